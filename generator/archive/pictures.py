"""Image files that a keeper puts beside the articles: published only when they are what they say they are."""

import hashlib
import re
from pathlib import Path

from generator.model.catalogue import Picture
from generator.plain_files import open_plain
from generator.problems import Problem

_BEGINNINGS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".avif": (b"\0\0\0",),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_picture(root: Path, source: str) -> tuple[Picture | None, tuple[Problem, ...]]:
    """One image file, given by its path below the root; none when it is no image."""
    ending = Path(source).suffix.lower()
    if _CONTROL.search(source):  # a line of the manifest, and much else, ends with the name
        hint = "rename the file; it is not published"
        return None, (Problem(source, "has a line break or another control character in its name", hint),)
    try:
        with open_plain(root / source) as stream:
            is_one = stream.read(16).startswith(_BEGINNINGS[ending])
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return None, (Problem(source, f"cannot be read: {error.strerror}", "check that it may be read"),)
    if not is_one:
        return None, (
            Problem(source, f"is not a {ending[1:].upper()} image", "replace or remove it; it is not published"),
        )
    return Picture(source, "media/" + source.removeprefix("content/"), sha256), ()
