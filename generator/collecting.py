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
