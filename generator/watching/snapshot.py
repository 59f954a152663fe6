"""What stood on the disk when we last looked: tells a change of content from a mere event.

Saving a file without changing it, touching it, or our own writing of an article that was just converted is no change.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.plain_files import read_plain
from generator.watching.interest import WATCHED, is_of_interest

_HASHED = 4_000_000
"""Files larger than this (bytes) are told apart by size and time alone."""


@dataclass(frozen=True, slots=True)
class State:
    """A file at one moment: its size, its time in nanoseconds, and the SHA-256 of its bytes (empty when large)."""

    size: int
    modified: int
    sha256: str

    def is_same(self, other: "State") -> bool:
        """Whether the two have the same content, as far as can be told."""
        if self.sha256 and other.sha256:
            return self.sha256 == other.sha256
        return self.size == other.size and self.modified == other.modified


class Snapshot:
    """The watched files of an archive as they were; `output` is the site's folder, relative to the root."""

    def __init__(self, root: Path, output: str = "") -> None:
        self._root = root
        self._output = output
        self._known: dict[str, State] = {}

    def take(self) -> None:
        """Looks at everything."""
        self._known = {}
        for name in WATCHED:
            for path in self._files(name):
                state = self._state(path)
                if state is not None:
                    self._known[path] = state

    def differences(self, changed: Iterable[str]) -> dict[str, State | None]:
        """What has really changed at or below these paths, with its new state (None: gone); nothing is remembered."""
        found: dict[str, State | None] = {}
        for path in changed:
            candidates = {path, *self._below(path)}
            if (self._root / path).is_dir():
                candidates |= set(self._files(path))
            for candidate in candidates:
                before, now = self._known.get(candidate), self._state(candidate)
                if (before is None) != (now is None) or (before and now and not before.is_same(now)):
                    found[candidate] = now
        return found

    def everything(self) -> dict[str, State | None]:
        """What has changed anywhere: for bursts so large that events may have been lost."""
        return self.differences({*WATCHED, *self._known})

    def remember(self, states: Mapping[str, State | None]) -> None:
        """Takes what `differences` gave for what is known from now on."""
        for path, state in states.items():
            if state is None:
                self._known.pop(path, None)
            else:
                self._known[path] = state

    def expect(self, path: str, text: str) -> None:
        """Takes note of a file that we have written ourselves: events about it are no news."""
        data = text.encode("utf-8")
        self._known[path] = State(len(data), 0, hashlib.sha256(data).hexdigest())

    def _below(self, path: str) -> list[str]:
        if path in self._known:
            return []
        return [known for known in self._known if known.startswith(path + "/")]

    def _files(self, name: str) -> Iterator[str]:
        base = self._root / name
        if base.is_file():
            if is_of_interest(name, self._output):
                yield name
            return
        for folder, folders, names in os.walk(base):
            inner = Path(folder).relative_to(self._root).as_posix()
            folders[:] = [one for one in folders if is_of_interest(f"{inner}/{one}", self._output)]
            yield from (path for one in names if is_of_interest(path := f"{inner}/{one}", self._output))

    def _state(self, path: str) -> State | None:
        file = self._root / path
        try:
            stat = file.stat()
            if not file.is_file():
                return None
            known = self._known.get(path)
            if known and known.size == stat.st_size and known.modified == stat.st_mtime_ns:
                return known
            sha256 = hashlib.sha256(read_plain(file)).hexdigest() if stat.st_size <= _HASHED else ""
        except OSError:
            return None
        return State(stat.st_size, stat.st_mtime_ns, sha256)
