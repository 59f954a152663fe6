"""When is a burst of events over? Arithmetic on times; it knows no clock and no file system.

A change is settled soonest when each file in it was seen to be finished: closed by its writer or put in place by a
rename. A file that is still open, or that has just vanished (editors rename the old text away before they write the
new one), is waited for a little longer, but never for ever. The spans were measured on real operations: see
docs/watch.md.
"""

from dataclasses import dataclass, field

FINISHED = 0.012
"""Seconds of quiet after which a finished file counts as a change."""

MANY = 0.08
"""The same when many files change together: a checkout, a folder that is copied in."""

VANISHED = 0.15
"""The same while something is missing that stood there before the burst."""

UNFINISHED = 0.8
"""The same while a file is open for writing."""

LONGEST = 3.0
"""Seconds after which a burst is taken as it is, however much goes on."""

FEW = 4


@dataclass(slots=True)
class Burst:
    """Events that belong together; `changed` holds all paths that they name, `has_folders` says that some are folders'."""

    began: float
    last: float = 0.0
    changed: set[str] = field(default_factory=set)
    has_folders: bool = False
    _open: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)
    _born: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def note(self, kind: str, path: str, now: float, *, is_folder: bool = False) -> None:
        """Takes in one event: `created`, `modified`, `closed`, `placed` (by a rename), `deleted` or `moved-away`."""
        self.last = now
        if kind == "created" and path not in self.changed:
            self._born.add(path)
        self.changed.add(path)
        self._open.discard(path)
        self._gone.discard(path)
        self.has_folders |= is_folder
        if is_folder and kind in ("created", "placed"):
            self._folders.add(path)
        elif (kind == "modified" and not is_folder) or (
            kind == "created" and path.rpartition("/")[0] not in self._folders
        ):
            # What is found in a folder that has just appeared was there before: nobody need be writing it.
            self._open.add(path)
        elif kind in ("deleted", "moved-away") and path not in self._born:
            self._gone.add(path)

    def settles_at(self) -> float:
        """The time at which the burst is over if nothing else happens."""
        if self._open:
            quiet = UNFINISHED
        elif self._gone:
            quiet = VANISHED
        else:
            quiet = FINISHED if len(self.changed) <= FEW else MANY
        return min(self.last + quiet, self.began + LONGEST)

    def is_overdue(self, now: float) -> bool:
        """Whether it has gone on for so long that it is taken as it is."""
        return now >= self.began + LONGEST
