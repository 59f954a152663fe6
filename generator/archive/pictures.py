"""Image files that a keeper puts beside the articles: published only when they are what they say they are."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from generator.model.catalogue import Picture
from generator.problems import Problem

_BEGINNINGS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".avif": (b"\0\0\0",),
}
"""SVG is missing on purpose: it can carry scripts."""


def pictures(root: Path) -> tuple[tuple[Picture, ...], tuple[Problem, ...]]:
    """The image files below `content/` in order of their paths, and those that are no images."""
    found: list[Picture] = []
    problems: list[Problem] = []
    for file in _candidates(root / "content"):
        source = file.relative_to(root).as_posix()
        try:
            data = file.read_bytes()
        except OSError as error:
            problems.append(Problem(source, f"cannot be read: {error.strerror}", "check that it may be read"))
            continue
        if not data.startswith(_BEGINNINGS[file.suffix.lower()]):
            problems.append(Problem(source, f"is not a {file.suffix[1:].upper()} image", "replace or remove it; it is not published"))
            continue
        path = "media/" + source.removeprefix("content/")
        found.append(Picture(source, path, hashlib.sha256(data).hexdigest()))
    return tuple(found), tuple(problems)


def _candidates(base: Path) -> Iterator[Path]:
    files = []
    for folder, folders, names in os.walk(base):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(folder, name) for name in names if Path(name).suffix.lower() in _BEGINNINGS and not name.startswith(".")]
    yield from sorted(file for file in files if not file.is_symlink())
