"""The manifest: the SHA-256 of all published files, in the form that `sha256sum --check` reads, in order of their paths.

After a small change the lines that it concerns are mended, and the others stay as they were published.
"""

from collections.abc import Iterable, Mapping

MANIFEST = "manifest-sha256.txt"
_PATH = 66
"""Where the path begins in a line."""


def manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest of files with these digests."""
    return _joined(sorted((_line(path, digest) for path, digest in digests.items()), key=_path))


def mended(before: bytes, changed: Mapping[str, str], gone: Iterable[str]) -> bytes:
    """A manifest with other digests for some files, of which some may be new, and without those that are gone."""
    lines = {_encoded(path): b"" for path in gone}
    lines |= {_encoded(path): _line(path, digest) + b"\n" for path, digest in changed.items()}
    parts: list[bytes] = []
    done = 0
    for path in sorted(lines):
        start, end = _place(before, path, done)
        parts += (before[done:start], lines[path])
        done = end
    return b"".join([*parts, before[done:]])


def _place(lines: bytes, path: bytes, low: int) -> tuple[int, int]:
    """Where the line of a path begins and ends, not before `low`; both are the same where it would have to be put."""
    high = len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.index(b"\n", start) + 1
        found = lines[start + _PATH : end - 1]
        if found == path:
            return start, end
        if found < path:
            low = end
        else:
            high = start
    return low, low


def _joined(lines: list[bytes]) -> bytes:
    return b"\n".join([*lines, b""])


def _line(path: str, digest: str) -> bytes:
    return f"{digest}  ".encode() + _encoded(path)


def _path(line: bytes) -> bytes:
    return line[_PATH:]


def _encoded(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
