"""The published folder: files appear whole, by write-then-rename, and nothing outside the folder is ever touched.

A folder that holds something else is not taken over: it must be empty, or carry the manifest that Pressmark writes.
"""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.problems import Problem, Refusal
from generator.publishing.record import Published

MANIFEST = "manifest-sha256.txt"
UNFINISHED = ".pressmark-unfinished"
"""Ending of a file that is being written; one that is left over is removed by the next build."""


class SiteFolder:
    """The folder a site is published to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[Path] = set()

    def claim(self) -> None:
        """Makes the folder and makes sure that it is ours; raises Refusal when it is not or cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            held = [name for name in os.listdir(self.folder) if not name.startswith(".")]
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
            if not self._holds(target, data):
                if target.parent not in self._made:
                    self._make_folder(target.parent)
                unfinished = target.with_name(target.name + UNFINISHED)
                unfinished.write_bytes(data)
                if target.is_dir() and not target.is_symlink():
                    shutil.rmtree(target)
                unfinished.replace(target)
            stat = target.stat()
        except OSError as error:
            raise Refusal(self._unwritable(error)) from None
        return Published("", digest, stat.st_size, stat.st_mtime_ns)

    def is_as_published(self, path: str, published: Published) -> bool:
        """Whether a file still is what was published, as far as `stat` can tell."""
        try:
            stat = os.stat(self.folder / path, follow_symlinks=False)
        except OSError:
            return False
        return stat.st_size == published.size and stat.st_mtime_ns == published.modified

    def files(self) -> set[str]:
        """All files in the folder; dot files at its top (`.git`, `.nojekyll`, `.well-known`) are the keeper's."""
        found = set()
        for folder, folders, names in os.walk(self.folder):
            inner = Path(folder).relative_to(self.folder)
            if inner == Path():
                folders[:] = [name for name in folders if not name.startswith(".")]
                names = [name for name in names if not name.startswith(".") or name.endswith(UNFINISHED)]  # noqa: PLW2901
            linked = [name for name in folders if (Path(folder) / name).is_symlink()]
            found |= {(inner / name).as_posix() for name in [*names, *linked]}
        return found

    def prune(self, planned: Iterable[str], spared: Iterable[str] = ()) -> tuple[str, ...]:
        """Removes what is not planned, and folders that are empty then; below the `spared` folders nothing."""
        prefixes = tuple(spared)
        gone = sorted(path for path in self.files() - set(planned) if not path.startswith(prefixes) or not prefixes)
        folders: set[Path] = set()
        for path in gone:
            target = self.folder / path
            with contextlib.suppress(FileNotFoundError):
                target.unlink()
            folders.update(parent for parent in target.relative_to(self.folder).parents if parent != Path())
        for inner in sorted(folders, key=lambda folder: -len(folder.parts)):
            with contextlib.suppress(OSError):  # not empty: something else lives there
                (self.folder / inner).rmdir()
        return tuple(gone)

    def write_manifest(self, digests: dict[str, str]) -> None:
        """Writes the SHA-256 of all published files, in the form that `sha256sum --check` reads."""
        lines = [f"{digest}  {path}\n" for path, digest in sorted(digests.items())]
        self.write(MANIFEST, "".join(lines).encode())

    def swap_in(self, fresh: Path, path: str) -> None:
        """Puts a whole folder in the place of another; readers see the old one or the new one."""
        target = self._inside(path)
        old = target.with_name(target.name + UNFINISHED)
        try:
            shutil.rmtree(old, ignore_errors=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                target.rename(old)
            try:
                fresh.rename(target)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                shutil.copytree(fresh, target)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            raise Refusal(self._unwritable(error)) from None

    def _inside(self, path: str) -> Path:
        parts = path.split("/")
        if path.startswith("/") or any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            raise Refusal(Problem(path, "is not a path inside the site", "mend the slug or alias that asks for it"))
        return self.folder.joinpath(*parts)

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            for parent in (folder, *folder.parents):  # a file stands where a folder must be
                if parent != self.folder and parent.is_relative_to(self.folder) and not parent.is_dir() and parent.exists():
                    parent.unlink()
            folder.mkdir(parents=True, exist_ok=True)
        self._made.add(folder)

    @staticmethod
    def _holds(target: Path, data: bytes) -> bool:
        try:
            return target.stat().st_size == len(data) and not target.is_symlink() and target.read_bytes() == data
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
        message, hint = reasons.get(error.errno or 0, (f"cannot be written: {error.strerror}", "check the disk and the folder"))
        return Problem(str(self.folder), message, hint)
