"""A published site is looked at, file by file and folder by folder, by a second process, while the first reads the archive.

Before the site it looks at what the first will read. Of the site only what is not as the record says comes back. Where no process can be forked, or it has died, or what it read may not
be what this process reads, the look is taken here; it finds the same.
"""

import contextlib
import marshal
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, NoReturn

from generator.publishing.chunks import FILE, all_entries, for_reading
from generator.publishing.record import FORMAT, Record
from generator.publishing.site_folder import folders_of

Sightings = tuple[dict[str, str], ...]
_LENGTH = 8


class Look(NamedTuple):
    """What a look found: files `changed` since they were published, folders that were `moved` in since they were
    searched, sheaves that are `torn` because files of theirs changed or are not known, and files that are `loose`,
    which are published and belong to no sheaf."""

    changed: frozenset[str]
    moved: frozenset[str]
    torn: frozenset[str]
    loose: frozenset[str]


def look(
    site: Path, pages: Mapping[str, Any], folders: Mapping[str, int], sheaves: Mapping[str, tuple[str, tuple[str, ...]]]
) -> Look:
    """Looks at a site of which these published files, times of folders and sheaves are known."""
    top = f"{site}{os.sep}"
    changed = _changed(top, pages)
    moved = frozenset(inner for inner in folders_of(pages) if _time_of(top + inner) != folders.get(inner))
    there = pages.keys() - changed if changed else pages.keys()
    held = set(chain.from_iterable(paths for _, paths in sheaves.values()))
    torn: frozenset[str] = frozenset()
    if not there >= held:
        torn = frozenset(name for name, (_, paths) in sheaves.items() if any(path not in there for path in paths))
    return Look(changed, moved, torn, frozenset(pages.keys() - held))


def _changed(top: str, pages: Mapping[str, Any]) -> frozenset[str]:
    look, found = os.lstat, set()
    for path, item in pages.items():
        try:
            now = look(top + path)
        except (OSError, ValueError):
            found.add(path)
            continue
        if now.st_mtime_ns != item[3] or now.st_size != item[2]:
            found.add(path)
    return frozenset(found)


def _time_of(folder: str) -> int:
    try:
        return os.lstat(folder).st_mtime_ns
    except (OSError, ValueError):
        return 0


class Looking:
    """A look at the site `out` of the record in `state`, begun at once if `aside` is wished and possible; use it as a
    context manager, before the record is opened. `first` is looked at by the same process before the site is."""

    def __init__(self, state: Path, out: Path, first: Callable[[], Sightings] = tuple, *, aside: bool) -> None:
        self._state, self._out, self._first = state, out, first
        self.process = 0
        self._pipe = self._room = -1
        if aside and sys.platform == "linux" and threading.active_count() == 1 and (state / FILE).exists():
            self._begin()

    def first(self) -> Sightings:
        """What `first` sees; the other process has seen it, where there is one, but looks once only."""
        if self._room < 0:
            return self._first()
        try:
            length = int.from_bytes(os.read(self._pipe, _LENGTH), "big")
            data = os.pread(self._room, length, 0)
        finally:
            os.close(self._room)
            self._room = -1
        # A length that is missing comes from a process that has died.
        seen: Sightings = marshal.loads(data) if data and len(data) == length else self._first()
        return seen

    def found(self, record: Record) -> Look:
        """What the look found; `record` is the one it is about, as far as nothing of it was forgotten meanwhile."""
        seen = self._come_back()
        if seen is None or record.losses:
            out = self._out
            return look(out, record.pages(out), record.folders(out), record.sheaves(out))
        return seen

    def __enter__(self) -> "Looking":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
            self._come_back()

    def _begin(self) -> None:
        here, there = os.pipe()
        try:
            self._room = os.memfd_create("sightings")
            self.process = os.fork()
        except OSError:
            for descriptor in (here, there, self._room):
                if descriptor >= 0:
                    os.close(descriptor)
            self._room = -1
            return
        if not self.process:
            self._look_aside(there)
        os.close(there)
        self._pipe = here

    def _come_back(self) -> Look | None:
        """What the other process found; nothing where there is none, or it did not come to an end."""
        if not self.process:
            return None
        with os.fdopen(self._pipe, "rb") as pipe:
            if self._room >= 0:
                pipe.read(_LENGTH)
                os.close(self._room)
                self._room = -1
            data = pipe.read()
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        if status or not data:
            return None
        return Look(*marshal.loads(data))

    def _look_aside(self, pipe: int) -> NoReturn:
        """What the other process does; it never comes back from here."""
        try:
            # The lock of the archive, and all else that is open, is not held by this process.
            low, high = sorted((pipe, self._room))
            os.closerange(3, low)
            os.closerange(low + 1, high)
            os.closerange(high + 1, max(high + 1, 256))
            with os.fdopen(pipe, "wb") as stream:
                seen = marshal.dumps(self._first())
                # A pipe holds little, and nobody reads yet: what is long waits in memory that both can reach.
                with os.fdopen(self._room, "wb") as room:
                    room.write(seen)
                stream.write(len(seen).to_bytes(_LENGTH, "big"))
                stream.flush()
                stream.write(_seen_by_record(self._state, self._out))
        except BaseException:  # whatever it is: the first process looks for itself
            os._exit(1)
        os._exit(0)


def _seen_by_record(state: Path, out: Path) -> bytes:
    """The look as bytes; nothing where the record cannot be read as it is."""
    try:
        with for_reading(state) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            row = connection.execute("SELECT id FROM sites WHERE out = ?", (str(out),)).fetchone()
            if version != FORMAT or row is None:
                return b""
            connection.execute("BEGIN")
            pages, folders, sheaves = (
                all_entries(connection, f"{kind} {row[0]}") for kind in ("pages", "folders", "sheaves")
            )
    except sqlite3.Error:
        return b""
    return marshal.dumps(tuple(look(out, pages, folders, sheaves)))
