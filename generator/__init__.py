"""Pressmark turns captures of articles into an archive that lasts.

The folders below know `model`, `problems`, `front_matter` and `settings`, and never each other;
`build`, `watching` and `cli` put them together.
"""

__version__ = "0.1.0"
