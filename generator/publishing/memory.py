"""Rendered Markdown, remembered by what it was rendered from: each process reads and writes it for itself.

It only saves time: where it cannot be read or written, the text is rendered.
"""

import contextlib
import os
import sqlite3
import zlib
from pathlib import Path

_PATIENCE = 30.0
_DAMAGE = (sqlite3.Error, UnicodeDecodeError, TypeError)


class Memory:
    """What is remembered in the record below `folder`; without a folder, nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / "build.sqlite" if folder else None
        self._connection: sqlite3.Connection | None = None
        self._owner = os.getpid()
        self._left: list[sqlite3.Connection | None] = []
        self._made: dict[str, tuple[bytes, bytes]] = {}

    def recall(self, source: str, key: bytes) -> bytes | None:
        """What was made of a content file, if it was made from the same."""
        if source in self._made and self._made[source][0] == key:
            return self._made[source][1]
        connection = self._connected()
        if connection is None:
            return None
        with contextlib.suppress(*_DAMAGE):
            if not connection.in_transaction:  # one for many questions: beginning it takes longer than an answer
                connection.execute("BEGIN")
            row = connection.execute("SELECT key, html FROM texts WHERE source = ?", (source,)).fetchone()
            if row is not None and row[0] == key:
                return _unsealed(row[1])
        return None

    def remember(self, source: str, key: bytes, html: bytes) -> None:
        """Keeps what was made of a content file until `write`."""
        self._made[source] = (key, html)

    def write(self) -> None:
        """Writes down what was made since the last time."""
        made, self._made = self._made, {}
        connection = self._connected() if made or self._connection is not None else None
        if connection is None:
            return
        with contextlib.suppress(*_DAMAGE):
            if connection.in_transaction:
                connection.execute("COMMIT")  # what others have written meanwhile is seen from now on
            if not made:
                return
            connection.execute("BEGIN IMMEDIATE")
            rows = [(source, key, _sealed(html)) for source, (key, html) in made.items()]
            connection.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")
            return
        with contextlib.suppress(*_DAMAGE):
            connection.execute("ROLLBACK")

    def close(self) -> None:
        """Lets the file go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> sqlite3.Connection | None:
        if self._owner != os.getpid():
            # A process that was forked neither uses nor closes what its parent has open: SQLite forbids both.
            self._left.append(self._connection)
            self._connection, self._owner = None, os.getpid()
        if self._connection is None and self._file is not None and self._file.exists():
            with contextlib.suppress(*_DAMAGE):
                self._connection = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
                self._connection.execute("PRAGMA synchronous=NORMAL")
        return self._connection


def _sealed(data: bytes) -> bytes:
    """With a checksum: what is damaged on a disk is not to be published."""
    return zlib.crc32(data).to_bytes(4, "big") + data


def _unsealed(sealed: bytes) -> bytes | None:
    data = sealed[4:]
    return data if zlib.crc32(data) == int.from_bytes(sealed[:4], "big") else None
