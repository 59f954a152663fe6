"""The manifest: the SHA-256 of all published files, in the form that `sha256sum --check` reads, in order of their paths.

After a small change the lines that it concerns are mended, and the others stay as they were published.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

MANIFEST = "manifest-sha256.txt"
_PATH = 66
"""Where the path begins in a line."""


def manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest of files with these digests."""
    return _joined(sorted((_line(path, digest) for path, digest in digests.items()), key=_path))


def mended(before: bytes, changed: Mapping[str, str], gone: Iterable[str]) -> bytes:
    """A manifest with other digests for some files, of which some may be new, and without those that are gone."""
    lines = before.split(b"\n")[:-1]
    for path in gone:
        key = _encoded(path)
        place = bisect_left(lines, key, key=_path)
        if place < len(lines) and _path(lines[place]) == key:
            del lines[place]
    for path, digest in changed.items():
        line = _line(path, digest)
        place = bisect_left(lines, _path(line), key=_path)
        if place < len(lines) and _path(lines[place]) == _path(line):
            lines[place] = line
        else:
            lines.insert(place, line)
    return _joined(lines)


def _joined(lines: list[bytes]) -> bytes:
    return b"\n".join([*lines, b""])


def _line(path: str, digest: str) -> bytes:
    return f"{digest}  ".encode() + _encoded(path)


def _path(line: bytes) -> bytes:
    return line[_PATH:]


def _encoded(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
