"""What did we receive? Bytes become a `Capture`, or a `Refusal` that says what the file seems to be.

The bytes themselves are never changed: the digest is of what was received.
"""

import hashlib

from generator.captures.cleaning import cleaned
from generator.captures.encodings import Decoded, decoded
from generator.captures.kinds import binary_kind, format_of
from generator.front_matter import read_front_matter
from generator.model.captures import Capture, Format
from generator.problems import Problem, Refusal

LARGEST = 20_000_000
"""Bytes of a capture that are still converted: five thousand times an ordinary article."""


def receive(path: str, data: bytes) -> Capture:
    """Reads one raw file into a capture.

    `path` is relative to the archive's root. Raises Refusal for a file that is empty, too large, binary or
    undecodable, and for a Markdown capture whose front matter is broken.
    """
    found = _decoded_or_refused(path, data)
    text, notes = cleaned(found.text)
    notes = (*found.notes, *notes)
    if not text.strip():
        raise Refusal(Problem(path, "holds nothing but white space", "capture the article again, or remove the file"))
    digest = hashlib.sha256(data).hexdigest()
    format_ = format_of(path, text)
    if format_ is not Format.MARKDOWN:
        return Capture(path, digest, format_, found.encoding, text, notes=notes)
    header, problems = read_front_matter(path, text)
    if problems:
        raise Refusal(*problems)
    return Capture(path, digest, format_, found.encoding, text, header.values, header.lines, header.body_line, notes)


def _decoded_or_refused(path: str, data: bytes) -> Decoded:
    if not data:
        raise Refusal(Problem(path, "is empty", "capture the article again, or remove the file"))
    if len(data) > LARGEST:
        message = f"is {len(data) / 1_000_000:.0f} MB long; captures of up to {LARGEST // 1_000_000} MB are converted"
        raise Refusal(Problem(path, message, "split it into its articles, or move it out of the captures"))
    kind = binary_kind(data)
    found = None if kind else decoded(data)
    if found is None and b"\x00" in data:
        kind = kind or "a binary file of an unknown kind"
    if kind:
        hint = "save the article as text, Markdown or HTML, or move the file out of the captures"
        raise Refusal(Problem(path, f"is not text: it seems to be {kind}", hint))
    if found is None:
        message = "is not text in any encoding that is known here"
        raise Refusal(Problem(path, message, "save it as UTF-8, or move it out of the captures"))
    return found
