"""Files are opened only where they are files: a pipe, a socket or a device would be waited for, or never end.

Archives travel as tar files and on memory sticks; whatever lies in a folder of one must not hang a build.
"""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

_NOT_WAITING = getattr(os, "O_NONBLOCK", 0)


def open_plain(file: str | Path) -> BufferedReader:
    """Opens a file for reading; raises OSError where there is none, or what is there is no file."""
    return open(file, "rb", opener=_opened)


def read_plain(file: str | Path) -> bytes:
    """The bytes of a file; raises OSError as `open_plain` does."""
    with open_plain(file) as opened:
        return opened.read()


def _opened(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | _NOT_WAITING)
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        if stat.S_ISDIR(kind):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        raise OSError(errno.EINVAL, "it is a pipe, a socket or a device, and no file", path)
    return descriptor
