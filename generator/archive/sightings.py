"""Which files there are, and what `stat` says of each: what has not changed since it was read is not read again.

A file that changed a moment before it was read could change again within the same tick of the clock: what is said of
it is not to be relied on, and it is read once more by the next build.
"""

import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TICK = 100_000_000
"""Nanoseconds; the coarsest clock of a usual file system ticks every ten milliseconds."""
_DOUBTFUL = " ?"
SEEDS, CONTENT = "seeds", "content"
DECISIONS = ".review.toml"
"""Ending of the file beside an article that holds what a person decided about its conversion."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
"""SVG is missing on purpose: it can carry scripts."""


def is_text(name: str) -> bool:
    """Whether a file of this name below `content/` is an article or a page."""
    return name.endswith(".md") and not name.startswith((".", "#"))


def is_picture(name: str) -> bool:
    """Whether a file of this name below `content/` is to be an image."""
    return name.lower().endswith(PICTURES) and not name.startswith(".")


def content_sightings(root: Path) -> dict[str, str]:
    """The articles, pages and pictures of an archive by path, in order, with what `stat` says of each."""
    return all_content_sightings(root)[0]


def all_content_sightings(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The same, and the files beside them in which a person decided about conversions."""
    found = sightings(root, CONTENT, _is_content, links=is_text)
    decisions = {path: seen for path, seen in found.items() if path.endswith(DECISIONS)}
    return {path: seen for path, seen in found.items() if path not in decisions} if decisions else found, decisions


def archive_sightings(root: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The same, and the captures."""
    return *all_content_sightings(root), sightings(root, SEEDS, lambda _: True)


def _is_content(name: str) -> bool:
    return is_text(name) or is_picture(name) or name.endswith(DECISIONS)


def sightings(
    root: Path, folder: str, wanted: Callable[[str], bool], links: Callable[[str], bool] = lambda _: False
) -> dict[str, str]:
    """The files of a folder whose names are `wanted` by path below the root, in order, with what `stat` says.

    Hidden files and folders are passed over, and links to files unless `links` says otherwise of the name.
    """
    found: dict[str, str] = {}
    now = time.time_ns()
    for path, entry in _files(str(root / folder), folder):
        if wanted(entry.name) and (not entry.is_symlink() or links(entry.name)):
            try:
                if not path.isascii():
                    path.encode()
                found[path] = _described(entry.stat(), now)
            except (OSError, UnicodeEncodeError):
                found[path] = _DOUBTFUL
    return dict(sorted(found.items()))


def sighting(file: Path) -> str:
    """What `stat` says of one file now."""
    try:
        return _described(file.stat(), time.time_ns())
    except OSError:
        return _DOUBTFUL


def is_sure(seen: str) -> bool:
    """Whether a file that is seen like this again has not changed."""
    return not seen.endswith(_DOUBTFUL)


def differ(seen: str, again: str) -> bool:
    """Whether a file has changed between two sightings."""
    return seen.removesuffix(_DOUBTFUL) != again.removesuffix(_DOUBTFUL)


def _described(found: os.stat_result, now: int) -> str:
    modified, changed = found.st_mtime_ns, found.st_ctime_ns
    seen = f"{found.st_size} {modified} {changed} {found.st_ino}"
    is_fresh = modified > now - TICK or changed > now - TICK
    return seen + _DOUBTFUL if is_fresh or not stat.S_ISREG(found.st_mode) else seen


def _files(folder: str, inner: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    try:
        with os.scandir(folder) as entries:
            held = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return
    for entry in held:
        path = f"{inner}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, path)
        elif not (entry.is_symlink() and _leads_to_folder(entry)):
            yield path, entry


def _leads_to_folder(link: "os.DirEntry[str]") -> bool:
    try:
        return link.is_dir()
    except OSError:  # a link that leads to itself
        return False
