"""Where Pagefind works: a folder in memory where the machine has one with room, else one of the archive's own.

Thousands of small files are made and removed for each index, which a disk feels for a minute afterwards. Memory lists
files in the order that spares reading the index twice, see `staged`; nothing depends on it but the time it takes.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 256 << 20
"""Bytes that must be free: a shard takes about ten million, and Pagefind waits for ever where it cannot write."""


def workplace(own: Path) -> Path:
    """The folder to work in, for an archive whose own one would be `own`; the same on every call of one user."""
    name = hashlib.sha256(os.fsencode(own.absolute())).hexdigest()[:16]
    folder = _MEMORY / f"pressmark-{getattr(os, 'getuid', int)()}-{name}"
    try:
        if shutil.disk_usage(_MEMORY).free < _ROOM:
            return own
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return own
    # Everybody may write to the folder of memory: what somebody else put there is not touched.
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if ours else own


def staged(pages: Path, texts: Mapping[str, str]) -> None:
    """Puts pages, by path, into a fresh folder, the last first: a folder in memory lists the newest before the others."""
    shutil.rmtree(pages, ignore_errors=True)
    made: set[Path] = set()
    for path in sorted(texts, reverse=True):
        file = pages / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_text(texts[path], "utf-8")
