"""What the last build made, in one SQLite file below `.pressmark/` that may be deleted at any time.

Nothing that is published depends on it: without it, or with one that cannot be read, everything is made anew.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

FORMAT = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS pages (out TEXT, path TEXT, key TEXT, sha256 TEXT, size INTEGER, modified INTEGER,
    PRIMARY KEY (out, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS addresses (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Published:
    """A file as it was published: the key of its page, its digest, and what `stat` said of it afterwards."""

    key: str
    sha256: str
    size: int
    modified: int


class Record:
    """The record of one archive; use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "build.sqlite"
        self._connection = self._opened(folder)

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def _opened(self, folder: Path) -> sqlite3.Connection:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return self._connected()
        except sqlite3.DatabaseError:
            for leftover in folder.glob(self._file.name + "*"):
                leftover.unlink(missing_ok=True)
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, FORMAT):
                raise sqlite3.DatabaseError("another format")
            connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _TABLES)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("SELECT count(*) FROM pages").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def pages(self, out: Path) -> dict[str, Published]:
        """All files published to a folder, by path."""
        rows = self._connection.execute("SELECT path, key, sha256, size, modified FROM pages WHERE out = ?", (str(out),))
        return {path: Published(*rest) for path, *rest in rows}

    def keep(self, out: Path, published: dict[str, Published], gone: Iterable[str]) -> None:
        """Writes down what was published and what is gone, in one transaction."""
        rows = [(str(out), path, p.key, p.sha256, p.size, p.modified) for path, p in published.items()]
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._connection.executemany("DELETE FROM pages WHERE out = ? AND path = ?", [(str(out), path) for path in gone])
        self._connection.execute("COMMIT")

    def fact(self, name: str) -> str:
        """A single remembered text, empty when there is none."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        """Remembers a single text under a name."""
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def remember_addresses(self, paths: Iterable[str]) -> None:
        """Remembers permalinks that have been published."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT OR IGNORE INTO addresses VALUES (?)", [(path,) for path in paths])
        self._connection.execute("COMMIT")

    def addresses(self) -> set[str]:
        """All permalinks that were ever published from here, as far as is remembered."""
        return {str(path) for (path,) in self._connection.execute("SELECT path FROM addresses")}
