"""Chunks of the record: many entries in one value with a checksum, so that all are read in no time.

An entry's chunk follows from its path, so that a change writes only the chunks it concerns.
"""

import contextlib
import marshal
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

CHUNKS = 256
FILE = "build.sqlite"


class DamagedChunk(sqlite3.DatabaseError):
    """A chunk that is not what was written: nothing of the record is to be relied on."""


def chunk_of(kind: str, path: str) -> int:
    """Pages of one folder, which change together, stand together."""
    together = path.rpartition("/")[0] if kind.startswith("pages ") else path
    return zlib.crc32(together.encode("utf-8", "surrogatepass")) % CHUNKS


def closed(kind: str, number: int, entries: Mapping[str, Any]) -> bytes:
    """A chunk of these entries, which is read as this one only."""
    data = marshal.dumps(dict(entries))
    return zlib.crc32(data, _begin(kind, number)).to_bytes(4, "big") + data


def opened(kind: str, number: int, held: bytes) -> dict[str, Any]:
    """The entries of a chunk; raises DamagedChunk."""
    if not isinstance(held, bytes) or zlib.crc32(held[4:], _begin(kind, number)) != int.from_bytes(held[:4], "big"):
        raise DamagedChunk("a chunk is damaged")
    return dict(marshal.loads(memoryview(held)[4:]))


def _begin(kind: str, number: int) -> int:
    return zlib.crc32(f"{kind} {number}".encode())


def all_entries(connection: sqlite3.Connection, kind: str) -> dict[str, Any]:
    """All entries of a kind, by path; raises sqlite3.DatabaseError where some cannot be read."""
    found: dict[str, Any] = {}
    for number, held in connection.execute("SELECT number, held FROM chunks WHERE kind = ?", (kind,)):
        found.update(opened(kind, number, held))
    return found


def entries_of(connection: sqlite3.Connection, kind: str, paths: Iterable[str]) -> dict[str, Any]:
    """The entries of these paths, as far as there are any: only their chunks are read."""
    by_chunk: dict[int, list[str]] = {}
    for path in paths:
        by_chunk.setdefault(chunk_of(kind, path), []).append(path)
    found: dict[str, Any] = {}
    for number, wanted in by_chunk.items():
        held = chunk(connection, kind, number)
        found.update((path, held[path]) for path in wanted if path in held)
    return found


def chunk(connection: sqlite3.Connection, kind: str, number: int) -> dict[str, Any]:
    """The entries of one chunk, none where there is none; raises sqlite3.DatabaseError."""
    row = connection.execute("SELECT held FROM chunks WHERE kind = ? AND number = ?", (kind, number)).fetchone()
    return opened(kind, number, row[0]) if row else {}


@contextlib.contextmanager
def for_reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """The record below a folder, for somebody who writes and mends nothing."""
    connection = sqlite3.connect(f"{(folder / FILE).absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)
    with contextlib.closing(connection):
        yield connection
