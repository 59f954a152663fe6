"""The published folder: files appear whole, by write-then-rename, and nothing outside the folder is ever touched.

A folder that holds something else is not taken over: it must be empty, or carry the manifest that Pressmark writes.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem, Refusal
from generator.publishing.manifest import MANIFEST, manifest, mended
from generator.publishing.record import Published

UNFINISHED = ".pressmark-unfinished"
"""Ending of a file that is being written; one that is left over is removed by the next build."""


_OUTSIDE = frozenset(("", ".", ".."))
"""Parts that no path of a site has."""

TICK = 100_000_000
"""Nanoseconds: two changes of a folder that are nearer than this may bear the same time."""


class Pruned(NamedTuple):
    """What was removed, and the times of the folders that were searched, where they can be relied on."""

    gone: tuple[str, ...]
    folders: dict[str, int]


class SiteFolder:
    """The folder a site is published to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._top = f"{folder}{os.sep}"
        self._made: set[str] = set()
        self._fresh: str | None = None
        """The folder that was made last: nothing is in it but what was written since."""
        self._written: set[str] = set()

    def claim(self) -> None:
        """Makes the folder and makes sure that it is ours; raises Refusal when it is not or cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            held = [file.name for file in self.folder.iterdir() if not file.name.startswith(".")]
            if held and MANIFEST not in held:
                hint = "choose an empty folder with --out, or empty this one yourself"
                raise Refusal(Problem(str(self.folder), "holds files that Pressmark did not write", hint))
            if not held:
                self.write(MANIFEST, b"")
        except OSError as error:
            raise Refusal(self._unwritable(error)) from None

    def write(self, path: str, data: bytes) -> Published:
        """Writes one file whole; an equal one is left alone, with its time. The key is left for the caller to fill."""
        target = self._inside(path)
        digest = hashlib.sha256(data).hexdigest()
        try:
            inner = path.rpartition("/")[0]
            is_new = inner == self._fresh and path not in self._written
            if is_new or not self._holds(target, data):
                if inner not in self._made:
                    self._make_folder(inner)
                self._put(target, data)
                if inner == self._fresh:
                    self._written.add(path)
            found = os.lstat(target)
        except OSError as error:
            raise Refusal(self._unwritable(error)) from None
        return Published("", digest, found.st_size, found.st_mtime_ns)

    def is_as_published(self, path: str, published: Published) -> bool:
        """Whether a file still is what was published, as far as `stat` can tell."""
        try:
            found = os.lstat(self._top + path)
        except (OSError, ValueError):
            return False
        return found.st_size == published.size and found.st_mtime_ns == published.modified

    def prune(self, planned: "Planned", searched: Iterable[str]) -> Pruned:
        """Removes what is not planned from the folders that are `searched`, and from those below that nothing planned
        is in.

        Dot files at the top (`.git`, `.nojekyll`, `.well-known`) are the keeper's.
        """
        try:
            gone: list[str] = []
            times: dict[str, int] = {}
            for inner in sorted(planned.folders.intersection(searched)):
                now = time.time_ns()
                gone += self._cleared(inner, planned)
                at = self._time_of(inner)
                # What changed within this tick of the clock could change again in it.
                if 0 < at < now - TICK:
                    times[inner] = at
        except OSError as error:
            raise Refusal(self._unwritable(error)) from None
        return Pruned(tuple(gone), times)

    def _cleared(self, inner: str, planned: "Planned") -> list[str]:
        """Removes what does not belong into one folder; gives the files that are gone."""
        top = self._top + inner
        try:
            with os.scandir(top) as entries:
                held = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except FileNotFoundError:
            return []
        gone: list[str] = []
        for name, is_folder in held:
            path = f"{inner}/{name}" if inner else name
            if path in (planned.folders if is_folder else planned.files) or (
                not inner and name.startswith(".") and not name.endswith(UNFINISHED)
            ):
                continue
            if is_folder:
                gone += [f"{path}/{rest}" for rest in _files_below(Path(top, name))]
                shutil.rmtree(Path(top, name))
            else:
                with contextlib.suppress(FileNotFoundError):
                    Path(top, name).unlink()
                gone.append(path)
        return gone

    def _time_of(self, inner: str) -> int:
        try:
            return os.lstat(self._top + inner).st_mtime_ns
        except FileNotFoundError:
            return 0

    def write_manifest(self, digests: Mapping[str, str]) -> Published:
        """Writes the SHA-256 of all published files."""
        return self.write(MANIFEST, manifest(digests))

    def mend_manifest(self, known: Published, changed: Mapping[str, str], gone: Iterable[str]) -> Published | None:
        """Writes the manifest with what changed and without what is gone; nothing is done where it is not the `known`
        one."""
        try:
            before = Path(self._top + MANIFEST).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(before).hexdigest() != known.sha256:
            return None
        return self.write(MANIFEST, mended(before, changed, gone))

    def _put(self, target: str, data: bytes) -> None:
        """Makes the file appear whole: it is written beside its place, under a name that no other process uses."""
        unfinished = f"{target}.{os.getpid()}{UNFINISHED}"
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
            finally:
                os.close(descriptor)
            try:
                os.replace(unfinished, target)  # noqa: PTH105
            except OSError:
                if not Path(target).is_dir() or Path(target).is_symlink():
                    raise
                shutil.rmtree(target)
                self._made.clear()
                self._fresh = None
                os.replace(unfinished, target)  # noqa: PTH105
        except OSError:
            with contextlib.suppress(OSError):
                Path(unfinished).unlink()
            raise

    def _inside(self, path: str) -> str:
        if "\\" in path or "\0" in path or not _OUTSIDE.isdisjoint(path.split("/")):
            raise Refusal(Problem(path, "is not a path inside the site", "mend the slug or alias that asks for it"))
        return self._top + path

    def _make_folder(self, inner: str) -> None:
        try:
            os.mkdir(self._top + inner)  # noqa: PTH102 - texts are several times as quick as paths
            self._fresh, self._written = inner, set()
        except OSError:  # it is there already, or the one above is not, or a file stands in the way
            self._make_way(Path(self._top + inner))
        self._made.add(inner)

    def _make_way(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            for parent in (folder, *folder.parents):  # a file stands where a folder must be
                if (
                    parent != self.folder
                    and parent.is_relative_to(self.folder)
                    and not parent.is_dir()
                    and parent.exists()
                ):
                    parent.unlink()
            folder.mkdir(parents=True, exist_ok=True)

    @staticmethod
    def _holds(target: str, data: bytes) -> bool:
        try:
            found = os.lstat(target)
            return found.st_size == len(data) and stat.S_ISREG(found.st_mode) and Path(target).read_bytes() == data
        except OSError:
            return False

    def _unwritable(self, error: OSError) -> Problem:
        reasons = {
            errno.ENOSPC: ("the disk is full", "free some space and build again; the site serves what it served"),
            errno.EACCES: ("may not be written", "check its permissions, or choose another folder with --out"),
            errno.EROFS: ("is on a disk that cannot be written", "choose another folder with --out"),
            errno.ENOTDIR: ("has a file where a folder must be", "move that file, or choose another folder with --out"),
            errno.EEXIST: ("has a file where a folder must be", "move that file, or choose another folder with --out"),
        }
        message, hint = reasons.get(
            error.errno or 0, (f"cannot be written: {error.strerror}", "check the disk and the folder")
        )
        return Problem(str(self.folder), message, hint)


class Planned:
    """The files that a site shall have, and the folders that hold them: tens of thousands, put together once a build."""

    def __init__(self, files: Iterable[str]) -> None:
        self.files = set(files)
        self.folders = folders_of(self.files)

    def exchange(self, gone: Iterable[str], added: Iterable[str]) -> None:
        """Has some files give way to others."""
        gone, added = set(gone), set(added)
        self.files.difference_update(gone)
        self.files.update(added)
        held = folders_of(added)
        # Nearly always what is new stands where the old was, and no folder has to be looked for among all files.
        self.folders = self.folders | held if folders_of(gone) <= held else folders_of(self.files)


def folders_of(files: Iterable[str]) -> frozenset[str]:
    """All folders that hold the files, by path; the top is the empty path."""
    found = {""}
    above = {path.rpartition("/")[0] for path in files}
    while above:
        above -= found
        found |= above
        above = {inner.rpartition("/")[0] for inner in above}
    return frozenset(found)


def _files_below(folder: Path) -> list[str]:
    found = []
    for inner, folders, names in os.walk(folder):
        linked = [name for name in folders if Path(inner, name).is_symlink()]
        found += [Path(inner, name).relative_to(folder).as_posix() for name in (*names, *linked)]
    return sorted(found)
