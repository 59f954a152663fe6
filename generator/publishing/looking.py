"""A published site is looked at, file by file and folder by folder, by a second process, while the first reads the archive.

Before the site it looks at what the first will read. Of the site only what is not as the record says comes back. Where no process can be forked, or it has died, or what it read may not
be what this process reads, the look is taken here; it finds the same.
"""

import contextlib
import io
import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, NoReturn

from generator.publishing.chunks import FILE, all_entries, for_reading
from generator.publishing.record import FORMAT, Record
from generator.publishing.site_folder import folders_of

Sightings = tuple[dict[str, str], ...]
Sheaves = Mapping[str, tuple[str, tuple[str, ...]]]
_LENGTH = 8


class Look(NamedTuple):
    """What a look found: files `changed` since they were published, folders that were `moved` in since they were
    searched, and how many files were looked for."""

    changed: frozenset[str]
    moved: frozenset[str]
    looked_for: int


class Ties(NamedTuple):
    """What of the sheaves holds: those that are `torn` because files of theirs changed or are not known, and files that
    are `loose`, which are published and belong to no sheaf."""

    torn: frozenset[str]
    loose: frozenset[str]


def look(site: Path, pages: Mapping[str, Any], folders: Mapping[str, int]) -> Look:
    """Looks at a site of which these published files and times of folders are known."""
    top = f"{site}{os.sep}"
    changed = _changed(top, pages)
    moved = frozenset(inner for inner in folders_of(pages) if _time_of(top + inner) != folders.get(inner))
    return Look(changed, moved, len(pages))


def ties(pages: Mapping[str, Any], changed: frozenset[str], sheaves: Sheaves) -> Ties:
    """Finds out which sheaves still hold the files that were published of them."""
    there = pages.keys() - changed if changed else pages.keys()
    held = set(chain.from_iterable(paths for _, paths in sheaves.values()))
    torn: frozenset[str] = frozenset()
    if not there >= held:
        torn = frozenset(name for name, (_, paths) in sheaves.items() if any(path not in there for path in paths))
    return Ties(torn, frozenset(pages.keys() - held))


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
        self._room = -1
        self._told: BinaryIO = io.BytesIO()
        self.process = 0
        if aside and sys.platform == "linux" and threading.active_count() == 1 and (state / FILE).exists():
            self._begin()

    def first(self) -> Sightings:
        """What `first` sees: once what the other process has seen, where there is one."""
        if self._room < 0:
            return self._first()
        length = int.from_bytes(self._told.read(_LENGTH), "big")
        data = os.pread(self._room, length, 0)
        self._leave_room()
        seen: Sightings | None = _read(data, length)
        return self._first() if seen is None else seen

    def found(self, record: Record) -> Look:
        """What the look found; `record` is the one it is about, as far as nothing of it was forgotten meanwhile."""
        said = self._next(Look)
        if said is None or record.losses:
            return look(self._out, record.pages(self._out), record.folders(self._out))
        return Look(*said)

    def ties(self, record: Record, changed: frozenset[str]) -> Ties:
        """What of the sheaves holds, of the same record; asked after what was `found` to be `changed`."""
        said = self._next(Ties)
        if said is None or record.losses:
            return ties(record.pages(self._out), changed, record.sheaves(self._out))
        return Ties(*said)

    def __enter__(self) -> "Looking":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave_room()
        self._told.close()
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.process = 0

    def _begin(self) -> None:
        here, there = os.pipe()
        try:
            self._room = _unnamed_file()
            self.process = os.fork()
        except OSError:
            os.close(here)
            os.close(there)
            self._leave_room()
            return
        if not self.process:
            self._look_aside(there)
        os.close(there)
        self._told = os.fdopen(here, "rb")

    def _leave_room(self) -> None:
        if self._room >= 0:
            os.close(self._room)
            self._room = -1

    def _next(self, wanted: type[Look | Ties]) -> tuple[Any, ...] | None:
        """What the other process says next; nothing where there is none, or it has died meanwhile."""
        if self._room >= 0:  # nobody asked for what it saw first
            self._told.read(_LENGTH)
            self._leave_room()
        length = int.from_bytes(self._told.read(_LENGTH), "big")
        said = _read(self._told.read(length), length)
        return tuple(said[1:]) if said and said[0] == wanted.__name__ else None

    def _look_aside(self, pipe: int) -> NoReturn:
        """What the other process does; it never comes back from here."""
        try:
            # The lock of the archive, and all else that is open, is not held by this process.
            low, high = sorted((pipe, self._room))
            os.closerange(3, low)
            os.closerange(low + 1, high)
            os.closerange(high + 1, max(high + 1, 256))
            with os.fdopen(pipe, "wb") as told:
                seen = marshal.dumps(self._first())
                # A pipe holds little, and nobody reads yet: what is long waits in memory that both can reach.
                with os.fdopen(self._room, "wb") as room:
                    room.write(seen)
                told.write(len(seen).to_bytes(_LENGTH, "big"))
                told.flush()
                for said in _seen_by_record(self._state, self._out):
                    data = marshal.dumps((type(said).__name__, *said))
                    told.write(len(data).to_bytes(_LENGTH, "big") + data)
                    told.flush()
        except BaseException:  # whatever it is: the first process looks for itself
            os._exit(1)
        os._exit(0)


def _unnamed_file() -> int:
    """A file that two processes can reach and nobody else: in memory, where this Python can make one there."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("sightings")
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _read(data: bytes, length: int) -> Any:
    """What a process has said in so many bytes; nothing where it did not come to the end of it."""
    if not data or len(data) != length:
        return None
    try:
        return marshal.loads(data)
    except (ValueError, EOFError, TypeError):
        return None


def _seen_by_record(state: Path, out: Path) -> Iterator[Look | Ties]:
    """The look, and then the ties; nothing where the record cannot be read as it is."""
    with for_reading(state) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        row = connection.execute("SELECT id FROM sites WHERE out = ?", (str(out),)).fetchone()
        if version != FORMAT or row is None:
            return
        connection.execute("BEGIN")
        pages, folders = (all_entries(connection, f"{kind} {row[0]}") for kind in ("pages", "folders"))
        found = look(out, pages, folders)
        yield found
        # Where nothing has changed nobody asks any further.
        yield ties(pages, found.changed, all_entries(connection, f"sheaves {row[0]}"))
