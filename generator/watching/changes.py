"""Settled changes: events of the file system, without those of reading, of editors' droppings and of our own output.

The root itself is watched flat and only the folders that matter are watched in depth, so that neither the published
site nor `.git` nor `.pressmark` costs a watch or an event. Folders that are removed and come back are watched again.
"""

import contextlib
import errno
import logging
import os
import queue
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from generator.watching.interest import WATCHED, is_of_interest
from generator.watching.mounts import folders_below, heard_folders, why_deaf
from generator.watching.settling import Burst

POLLED_EVERY = 1.0
"""Seconds between two looks when events cannot be had."""
_TRIES, _BETWEEN_TRIES = 5, 0.1
"""How often, and with how many seconds between, folders are watched anew where fewer are heard than there are."""

_HEARD: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent, events.FileModifiedEvent, events.FileMovedEvent, events.FileDeletedEvent,
    events.FileClosedEvent, events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent,
]  # fmt: skip
"""Reading emits events too: whoever listened to those would build for ever."""

_Event = tuple[str, str, bool]


class Changes:
    """Watches an archive; iterate over it to get one settled set of changed paths after another.

    `output` is the site's folder, relative to the root, if it lies below it. `notice` says in words why changes are
    looked for rather than heard, and is empty when they are heard; that may turn out later, when there are more folders.
    """

    def __init__(
        self, root: Path, *, poll: bool = False, output: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._root = root.resolve()
        self._output = output
        self._clock = clock
        self._events: queue.SimpleQueue[_Event | None] = queue.SimpleQueue()
        self._watches: dict[str, Any] = {}
        self._lock = threading.Lock()
        self.notice = "" if poll else why_deaf(self._root)
        self._polls = poll or bool(self.notice)
        self._observer: Any = None

    def __enter__(self) -> "Changes":
        if not self._polls:
            try:
                self._start(Observer())
                if not self._is_all_heard() and (refusal := self._refusal()) is not None:
                    self._give_up_hearing(refusal)
            except OSError as error:
                self._give_up_hearing(error)
        if self._observer is None:
            self._start(PollingObserver(timeout=POLLED_EVERY))
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._stop()

    def stop(self) -> None:
        """Ends the iteration."""
        self._events.put(None)

    def __iter__(self) -> Iterator[frozenset[str]]:
        while (event := self._events.get()) is not None:
            burst = Burst(self._clock())
            self._take(burst, event)
            while not burst.is_overdue(self._clock()):
                try:
                    event = self._events.get(timeout=max(0.0, burst.settles_at() - self._clock()))
                except queue.Empty:
                    break
                if event is None:
                    return
                self._take(burst, event)
            yield frozenset(burst.changed | self._unheard(burst))

    def _unheard(self, burst: Burst) -> frozenset[str]:
        """What has to be looked at beside a burst: everything, where some folder was not heard after folders moved."""
        if self._polls or not burst.has_folders or self._is_all_heard():
            return frozenset()
        error: OSError | None = None
        for _ in range(_TRIES):
            try:
                self._watch_folders(*WATCHED)
                error = None
            except OSError as found:
                error = found
            if error is None and self._is_all_heard():
                return frozenset(WATCHED)
            time.sleep(_BETWEEN_TRIES)  # folders may still be moving
        error = error or self._refusal()
        if error is not None and self._observer is not None:
            self._give_up_hearing(error)
            self._start(PollingObserver(timeout=POLLED_EVERY))
        return frozenset(WATCHED)

    def _refusal(self) -> OSError | None:
        """What the system says when it refuses to watch one more folder; None where it does not."""
        with contextlib.suppress(FileNotFoundError, PermissionError), tempfile.TemporaryDirectory() as folder:
            if (observer := self._observer) is None:
                return None
            try:
                watch = observer.schedule(events.FileSystemEventHandler(), folder)
            except OSError as error:
                return error
            observer.unschedule(watch)
        return None

    def _give_up_hearing(self, error: OSError) -> None:
        self.notice = _limit_in_words(error)
        self._polls = True
        self._stop()

    def _take(self, burst: Burst, event: _Event) -> None:
        kind, path, is_folder = event
        # Polling sees results, not writers: there a file counts as finished when it was seen.
        kind = "closed" if self._polls and kind in ("created", "modified") else kind
        burst.note(kind, path, self._clock(), is_folder=is_folder)
        if "/" not in path and path in WATCHED:
            with contextlib.suppress(OSError):  # what cannot be heard is missed when the burst is over
                self._watch_folders(*([path] if is_folder else ()))

    def _start(self, observer: Any) -> None:
        # watchdog warns of its own book-keeping when a folder is renamed and watched again.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)
        self._observer = observer
        observer.start()
        observer.schedule(_Handler(self._note, str(self._root), ""), str(self._root), event_filter=_HEARD)
        self._watch_folders()

    def _stop(self) -> None:
        observer, self._observer = self._observer, None
        self._watches = {}
        if observer is not None:
            observer.stop()
            observer.join(2)

    def _watch_folders(self, *moved: str) -> None:
        """Watches the folders that are there, anew those that came back, and forgets those that are gone.

        Those that have `moved` (they came, went or did both) are watched anew though they may look like the ones before:
        disks give a new folder the number of one that was just removed. Raises OSError where one cannot be watched.
        """
        with self._lock:
            for name in WATCHED if self._observer is not None else ():
                folder = self._root / name
                identity = _identity(folder)
                known = self._watches.get(name)
                if known is not None and (known[0] != identity or name in moved):
                    self._observer.unschedule(known[1])
                    del self._watches[name]
                    known = None
                if known is None and identity is not None:
                    base = os.path.realpath(folder)
                    handler = _Handler(self._note, base, name)
                    try:
                        watch = self._observer.schedule(handler, base, recursive=True, event_filter=_HEARD)
                    except FileNotFoundError:  # it has just gone, which is an event of its own
                        continue
                    self._watches[name] = (identity, watch)

    def _is_all_heard(self) -> bool:
        """Whether each folder is watched, as far as can be told: watchdog does not tell where the system refused it."""
        heard = heard_folders()
        return heard is None or heard >= folders_below(self._root / name for name in WATCHED) + 1

    def _note(self, kind: str, path: str, is_folder: bool) -> None:
        if is_of_interest(path, self._output):
            self._events.put((kind, path, is_folder))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        stat = folder.stat()
    except OSError:
        return None
    return (stat.st_dev, stat.st_ino) if folder.is_dir() else None


def _limit_in_words(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "the system's limit of watched folders is reached (sysctl fs.inotify.max_user_watches raises it)"
    if error.errno == errno.EMFILE:
        return "the system's limit of watching programs is reached (sysctl fs.inotify.max_user_instances raises it)"
    return f"the system does not tell of changes here ({error.strerror or error})"


class _Handler(events.FileSystemEventHandler):
    """Turns watchdog's events below `base` into (kind, path below the root, whether it is a folder)."""

    def __init__(self, note: Callable[[str, str, bool], None], base: str, name: str) -> None:
        self._tell, self._base, self._name = note, base, name

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        kinds = {"moved": ("moved-away", "placed")}.get(event.event_type, (event.event_type, ""))
        for kind, place in zip(kinds, (event.src_path, event.dest_path), strict=True):
            path = os.fsdecode(place) if place else ""
            if not kind or not path.startswith(self._base):
                continue
            inner = path[len(self._base) :].replace(os.sep, "/").strip("/")
            whole = "/".join(part for part in (self._name, inner) if part)
            if whole:
                self._tell(kind, whole, event.is_directory)
