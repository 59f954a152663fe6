"""One build at a time on one archive. The lock is the operating system's: it ends with the process that holds it."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.problems import Problem, Refusal


@contextmanager
def only_build(folder: Path, patience: float = 60.0, waits: Callable[[str], None] | None = None) -> Iterator[None]:
    """Holds the archive's lock; waits for another holder up to `patience` seconds, then raises Refusal.

    `waits` is told at once whom it waits for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        start = time.monotonic()
        has_told = False
        while not _locked(descriptor):
            if time.monotonic() >= start + patience:
                hint = "wait for it to end, or stop it"
                raise Refusal(Problem(".pressmark/lock", f"{_holder(descriptor)} is building this archive", hint))
            if waits and not has_told:
                waits(_holder(descriptor))
                has_told = True
            time.sleep(0.05)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def is_held(folder: Path) -> bool:
    """Whether somebody holds the lock of a folder."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR)
    except OSError:
        return False
    try:
        return not _locked(descriptor)
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
    return f"process {holder}" if holder else "another process"


def _locked(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
