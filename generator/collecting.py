"""When Python looks for garbage: not while very many small values are made that all stay, and never among those."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """A catalogue is many small values and no cycles: looking for garbage among them takes a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def collecting_what_is_new() -> Iterator[None]:
    """Long work that leaves garbage: it is looked for, but not among the values that were there before."""
    collects = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        if not collects:
            gc.disable()
        gc.unfreeze()


_has_built = False


def collect_what_was_left() -> None:
    """Looks for what an earlier build in this process left: having been frozen, it never counts as enough to be looked for."""
    global _has_built  # noqa: PLW0603 - it is the process that has built before
    if _has_built:
        gc.collect()
    _has_built = True
