"""What the last build found and made, in one SQLite file below `.pressmark/` that may be deleted at any time.

Nothing that is published depends on it: without it, or with one that is older, damaged or half-written, everything
is made anew. It keeps what was published, what was read, Markdown that was rendered, and the shards of the search.
What there is much of stands in chunks.
"""

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from generator.problems import Problem, Refusal
from generator.publishing.chunks import FILE, all_entries, chunk, chunk_of, closed, entries_of, for_reading

FORMAT = 6
_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file is known by: not even what SQLite says of it may be text."""
_SEARCHED = "searched {}"
"""The kind of chunk that holds which pages a shard of a site was made of."""
_COUNT = "files {}"
"""The name of the fact how many files of a site are known: a damaged file may hold fewer, and not show it."""
# What is long stands apart from the names by which it is found: SQLite then reads and writes a third as much.
_TABLES = """
CREATE TABLE IF NOT EXISTS sites (id INTEGER PRIMARY KEY, out TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS addresses (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunks (kind TEXT, number INTEGER, held BLOB, PRIMARY KEY (kind, number));
CREATE TABLE IF NOT EXISTS texts (source TEXT PRIMARY KEY, key BLOB, html BLOB);
CREATE TABLE IF NOT EXISTS shards (site INTEGER, name TEXT, key TEXT, words BLOB, PRIMARY KEY (site, name));
"""
_STATEMENTS = {line.replace("IF NOT EXISTS ", "").rstrip(";") for line in _TABLES.strip().splitlines()}


class Published(NamedTuple):
    """A file as it was published: the key of its page, its digest, and what `stat` said of it afterwards.

    `searched` is the digest of what the search indexes of it, empty when it is not indexed.
    """

    key: str
    sha256: str
    size: int
    modified: int
    searched: str = ""


class Seen(NamedTuple):
    """A file of the archive as it was last read: what `stat` said of it, and what was made of it, as plain values."""

    seen: str
    value: Any


class KeptShard(NamedTuple):
    """A shard of the search index as it is kept: its bytes, and of each page in it a digest of what is searched."""

    words: bytes
    searched: Mapping[str, str]


class RecordLost(Exception):
    """The record was found damaged, and begun anew, after something of it was relied on, or while it was written to:
    nothing of that holds."""


class Record:
    """The record of one archive; use it as a context manager.

    A disk that is full or a file that cannot be written raises Refusal: the site stays, and the next build looks anew.
    `losses` counts how often all was forgotten; where somebody relies on what was read (`is_relied_on`), finding the
    file damaged raises RecordLost.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self.losses = 0
        self.is_relied_on = False
        self._connection = self._opened(folder)

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def _opened(self, folder: Path) -> sqlite3.Connection:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                return self._connected()
            except _DAMAGE:
                self._forget_file(folder)
                return self._connected()
        except (OSError, sqlite3.Error) as error:
            raise _unwritable(error) from None

    def _forget_file(self, folder: Path) -> None:
        self.losses += 1
        for leftover in folder.glob(self._file.name + "*"):
            leftover.unlink(missing_ok=True)

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=30.0, isolation_level=None)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, FORMAT):
                raise sqlite3.DatabaseError("another format")
            connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _TABLES)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            held = {text for (text,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
            if held != _STATEMENTS:
                raise sqlite3.DatabaseError("tables of another form")
        except _DAMAGE:
            connection.close()
            raise
        return connection

    # ── What was published ──────────────────────────────────────────────────────────────────────────────────────────

    def pages(self, out: Path) -> dict[str, Published]:
        """All files published to a folder, by path; nothing when the record cannot be read."""
        rows = self._chunks(f"pages {self._site(out)}")
        # Many tens of thousands: this is how they are made quickest.
        return dict(zip(rows, map(tuple.__new__, repeat(Published), rows.values()), strict=True))

    def pages_of(self, out: Path, paths: Iterable[str]) -> dict[str, Published]:
        """Those of these files that were published to a folder, by path."""
        kind = f"pages {self._site(out)}"
        rows = self._recalled(lambda: entries_of(self._connection, kind, paths))
        return {path: Published(*item) for path, item in rows.items()}

    def folders(self, out: Path) -> dict[str, int]:
        """The folders of a site, by path, with the time of their last change in nanoseconds."""
        return self._chunks(f"folders {self._site(out)}")

    def sheaves(self, out: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
        """The pages that were planned together, by the name of their sheaf: its key, and their paths."""
        return self._chunks(f"sheaves {self._site(out)}")

    def keep(
        self,
        out: Path,
        published: Mapping[str, Published],
        gone: Iterable[str],
        sheaves: Mapping[str, tuple[str, tuple[str, ...]]] | None = None,
        sheaves_gone: Iterable[str] = (),
        count: int | None = None,
    ) -> None:
        """Writes down what was published anew and what is gone, in one transaction, and the `count` of all files then."""
        site = self._site(out)
        with self._writing():
            if count is not None:
                self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_COUNT.format(out), str(count)))
            self._keep(f"pages {site}", {path: tuple(item) for path, item in published.items()}, gone)
            self._keep(f"sheaves {site}", sheaves or {}, sheaves_gone)

    def is_complete(self, out: Path, count: int) -> bool:
        """Whether so many files are known of a site as were written down; if not, all is forgotten."""
        if self.fact(_COUNT.format(out)) == (str(count) if count else ""):
            return True
        self.forget_all()
        return False

    def keep_folders(self, out: Path, changed: Mapping[str, int], gone: Iterable[str]) -> None:
        """Writes down the folders of a site that changed, and those that are gone."""
        kind = f"folders {self._site(out)}"
        with self._writing():
            self._keep(kind, changed, gone)

    def remember_addresses(self, paths: Iterable[str]) -> None:
        """Remembers permalinks that have been published."""
        with self._writing():
            self._connection.executemany("INSERT OR IGNORE INTO addresses VALUES (?)", [(path,) for path in paths])

    def addresses(self) -> set[str]:
        """All permalinks that were ever published from here, as far as is remembered."""
        return {str(path) for (path,) in self._read("SELECT path FROM addresses")}

    # ── What was read, and what was made of it ──────────────────────────────────────────────────────────────────────

    def files(self, kind: str) -> dict[str, Seen]:
        """What is remembered of the archive's own files, by path; `kind` says what was made of them."""
        rows = self._chunks(f"files {kind}")
        return dict(zip(rows, map(tuple.__new__, repeat(Seen), rows.values()), strict=True))

    def keep_files(self, kind: str, changed: Mapping[str, Seen], gone: Iterable[str]) -> None:
        """Remembers files that were read, and forgets those that are gone."""
        gone = list(gone)
        if changed or gone:
            with self._writing():
                self._keep(f"files {kind}", {path: tuple(item) for path, item in changed.items()}, gone)

    def forget_texts(self, sources: Iterable[str]) -> None:
        """Forgets the rendered Markdown of content files that are gone."""
        rows = [(source,) for source in sources]
        if rows:
            with self._writing():
                self._connection.executemany("DELETE FROM texts WHERE source = ?", rows)

    def shard_keys(self, out: Path) -> dict[str, str]:
        """The keys of the search shards of a site, by name."""
        return self._chunks(f"shards {self._site(out)}")

    def shard(self, out: Path, name: str) -> bytes:
        """One shard of the search index, as `keep_shard` was given it."""
        rows = self._read("SELECT words FROM shards WHERE site = ? AND name = ?", self._site(out), name)
        return rows[0][0] if rows and isinstance(rows[0][0], bytes) else b""

    def shard_as_it_was(self, out: Path, name: str) -> KeptShard | None:
        """The same with the pages that it was made of; none where it is not known."""
        words, kind = self.shard(out, name), _SEARCHED.format(self._site(out))
        rows = self._recalled(lambda: entries_of(self._connection, kind, [name]))
        return KeptShard(words, rows[name]) if words and name in rows else None

    def keep_shard(self, out: Path, name: str, key: str, kept: KeptShard) -> None:
        """Remembers one shard of the search index; its key stands in a chunk, for a shard is long to read past."""
        site = self._site(out)
        with self._writing():
            row = (site, name, key, kept.words)
            self._connection.execute("INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?)", row)
            self._keep(f"shards {site}", {name: key}, ())
            self._keep(_SEARCHED.format(site), {name: dict(kept.searched)}, ())

    def forget_shards_but(self, out: Path, names: Iterable[str]) -> None:
        """Forgets the shards of a site that it no longer has."""
        site = self._site(out)
        gone = [(site, name) for name in self.shard_keys(out).keys() - set(names)]
        if gone:
            with self._writing():
                self._connection.executemany("DELETE FROM shards WHERE site = ? AND name = ?", gone)
                for kind in (f"shards {site}", _SEARCHED.format(site)):
                    self._keep(kind, {}, [name for _, name in gone])

    def fact(self, name: str) -> str:
        """A single remembered text, empty when there is none."""
        rows = self._read("SELECT value FROM facts WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def remember(self, name: str, value: str) -> None:
        """Remembers a single text under a name."""
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def forget_all(self) -> None:
        """Forgets everything but the addresses that were ever published, which no build can find out again."""
        with contextlib.suppress(RecordLost), self._writing():
            for table in ("chunks", "texts", "shards", "facts"):
                self._connection.execute(f"DELETE FROM {table}")
        self.losses += 1

    # ── Chunks ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _chunks(self, kind: str) -> dict[str, Any]:
        """All entries of a kind, by path."""
        return self._recalled(lambda: all_entries(self._connection, kind))

    def _recalled(self, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What can be read, or nothing, in which case the file is begun anew."""
        try:
            return read()
        except _DAMAGE:
            self._begin_anew()
            return {}

    def _keep(self, kind: str, changed: Mapping[str, Any], gone: Iterable[str]) -> None:
        """Writes down entries, and forgets others, within a transaction."""
        by_chunk: defaultdict[int, list[str]] = defaultdict(list)
        for path in (*gone, *changed):
            by_chunk[chunk_of(kind, path)].append(path)
        for number, paths in by_chunk.items():
            held = chunk(self._connection, kind, number)
            for path in paths:
                if path in changed:
                    held[path] = changed[path]
                else:
                    held.pop(path, None)
            row = (kind, number, closed(kind, number, held))
            self._connection.execute("INSERT OR REPLACE INTO chunks VALUES (?, ?, ?)", row)

    # ── The file itself ─────────────────────────────────────────────────────────────────────────────────────────────

    def _site(self, out: Path) -> int:
        rows = self._read("SELECT id FROM sites WHERE out = ?", str(out))
        if not rows:
            with self._writing():
                self._connection.execute("INSERT OR IGNORE INTO sites (out) VALUES (?)", (str(out),))
            rows = self._read("SELECT id FROM sites WHERE out = ?", str(out))
        return int(rows[0][0])

    def _read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query; a file found damaged only now is begun anew, and knows nothing."""
        try:
            return self._connection.execute(query, values).fetchall()
        except _DAMAGE:
            self._begin_anew()
            return self._connection.execute(query, values).fetchall()

    def _begin_anew(self) -> None:
        self._connection.close()
        try:
            self._forget_file(self._file.parent)
            self._connection = self._connected()
        except (OSError, sqlite3.Error) as error:
            raise _unwritable(error) from None
        if self.is_relied_on:
            raise RecordLost

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, of which nothing is kept where it fails: a disk that is full is a Refusal; a file that is
        damaged is begun anew, and raises RecordLost."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF != sqlite3.SQLITE_ERROR:
                raise _unwritable(error) from None
            self._begin_anew()  # it is not the disk, but what stands in the file
            raise RecordLost from None
        except _DAMAGE:
            self._begin_anew()
            raise RecordLost from None


def recalled_files(folder: Path, kind: str) -> dict[str, Seen]:
    """What a record holds of the archive's own files, for somebody who does not build: nothing is written or mended."""
    try:
        with for_reading(folder) as connection:
            rows = all_entries(connection, f"files {kind}")
    except (*_DAMAGE, sqlite3.Error, OSError):
        return {}
    return {path: Seen(*item) for path, item in rows.items()}


def recalled_shard(folder: Path, out: Path, name: str) -> KeptShard | None:
    """A shard of the search index of a site, for somebody who does not build."""
    try:
        with for_reading(folder) as connection:
            connection.execute("BEGIN")
            query = "SELECT id, words FROM sites JOIN shards ON site = id WHERE out = ? AND name = ?"
            row = connection.execute(query, (str(out), name)).fetchone()
            pages = entries_of(connection, _SEARCHED.format(row[0]), [name]) if row else {}
    except (*_DAMAGE, sqlite3.Error, OSError):
        return None
    return KeptShard(row[1], pages[name]) if name in pages and isinstance(row[1], bytes) else None


def _unwritable(error: Exception) -> Refusal:
    hint = (
        "free some space on the disk, or delete the folder .pressmark/, and build again; the site serves what it served"
    )
    return Refusal(Problem(".pressmark/build.sqlite", f"cannot be written: {error}", hint))
