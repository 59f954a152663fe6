"""Shards become one index, the same that Pagefind would make of all pages at once, but for the order of its pages.

A reader's browser therefore asks one index, loads as little and finds the same as if there were no shards. What is
published follows from the shards alone: orders are fixed, and files are named by what they hold.
"""

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from generator.search.bundle import FIELDS, SIGNATURE, Shard
from generator.search.cbor import encoded, head
from generator.search.postings import Word, joined_word, renumbered

CHUNK = 20_000
"""Pagefind's own measure of a chunk: it ends with the word at which so many places have been counted."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def merged(shards: Sequence[Shard]) -> Iterator[tuple[str, bytes]]:
    """The (path, unpacked content) of each file of the index: first those that others name, the entry last.

    Files that end in `.json` are published as they are, the others through `packed`.
    """
    language, version = shards[0].language, shards[0].version
    offsets, count = [], 0
    for shard in shards:
        offsets.append(count)
        count += len(shard.pages)
    chunks = []
    for first, last, content in _chunks(_aligned(shards), offsets):
        name = f"{language}_{_digest(content)}"
        chunks.append([first, last, name])
        yield f"index/{name}.pf_index", content
    filters = []
    for filter_name, values in _filters(shards, offsets):
        content = encoded([filter_name, values])
        filters.append([filter_name, f"{language}_{_digest(content)}"])
        yield f"filter/{filters[-1][1]}.pf_filter", content
    pages = [page for shard in shards for page in shard.pages]
    meta = encoded([version, pages, _ranges(chunks), filters, _sorts(shards, offsets), _fields(shards)])
    name = f"{language}_{_digest(meta)}"
    yield f"pagefind.{name}.pf_meta", meta
    entry = json.loads(shards[0].entry)
    entry["languages"] = {language: {"hash": name, **entry["languages"][language], "page_count": count}}
    yield "pagefind-entry.json", json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


def packed(content: bytes) -> bytes:
    """Content as it is published: signed and compressed, with nothing of the clock or the machine in it."""
    content = SIGNATURE + content
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = squeeze.compress(content) + squeeze.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + body + struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def _chunks(vocabularies: list[dict[str, Word]], offsets: list[int]) -> Iterator[tuple[str, str, bytes]]:
    """The first and last word and the content of each chunk, words in the order of their UTF-8."""
    holders: dict[str, list[int]] = {}
    for number, words in enumerate(vocabularies):
        for text in words:
            holders.setdefault(text, []).append(number)
    written: list[bytes] = []
    first, weight = "", 0
    text = ""
    for text in sorted(holders, key=str.encode):
        word, counted = joined_word(text, [(offsets[number], vocabularies[number][text]) for number in holders[text]])
        first = first if written else text
        written.append(word)
        weight += counted
        if weight >= CHUNK:
            yield first, text, _chunk(written)
            written, weight = [], 0
    if written:
        yield first, text, _chunk(written)


def _chunk(words: list[bytes]) -> bytes:
    return b"".join([b"\x81", head(4, len(words)), *words])


def _ranges(chunks: list[list[str]]) -> list[list[str]]:
    """Where one chunk ends and the next begins, in as few letters as tell them apart; never an end before its start."""
    ranges = [list(chunk) for chunk in chunks]
    for before, after in pairwise(ranges):
        common = 0
        while common < min(len(before[1]), len(after[0])) and before[1][common] == after[0][common]:
            common += 1
        shortened = before[1][: common + 1]
        if shortened.encode() >= before[0].encode():
            before[1] = shortened
        after[0] = after[0][: common + 1]
    return ranges


def _fields(shards: Sequence[Shard]) -> tuple[str, ...]:
    return (*FIELDS, *sorted({field for shard in shards for field in shard.fields} - set(FIELDS)))


def _aligned(shards: Sequence[Shard]) -> list[dict[str, Word]]:
    """The words of each shard with the whole index's numbers for the metadata fields."""
    fields = _fields(shards)
    vocabularies = []
    for shard in shards:
        if shard.fields == fields[: len(shard.fields)]:
            vocabularies.append(shard.words)
        else:
            numbers = {number: fields.index(name) for number, name in enumerate(shard.fields)}
            vocabularies.append({text: renumbered(word, numbers) for text, word in shard.words.items()})
    return vocabularies


def _filters(shards: Sequence[Shard], offsets: list[int]) -> Iterator[tuple[str, list[Any]]]:
    for name in sorted({name for shard in shards for name in shard.filters}):
        values: dict[str, list[int]] = {}
        for shard, offset in zip(shards, offsets, strict=True):
            for value, pages in shard.filters.get(name, {}).items():
                values.setdefault(value, []).extend([page + offset for page in pages])
        yield name, sorted(([value, pages] for value, pages in values.items()), key=lambda item: str(item[0]).encode())


def _sorts(shards: Sequence[Shard], offsets: list[int]) -> list[Any]:
    """The order of all pages under each name: as numbers where every value is one, else as texts."""
    found = []
    for name in sorted({name for shard in shards for name in shard.sorts}):
        ordered = [
            (value, page + offset)
            for shard, offset in zip(shards, offsets, strict=True)
            for value, page in shard.sorts.get(name, [])
        ]
        if all(_NUMBER.fullmatch(value) for value, _ in ordered):
            ordered.sort(key=lambda item: struct.unpack("f", struct.pack("f", float(item[0])))[0])
        else:
            ordered.sort(key=lambda item: item[0].encode())
        found.append([name, [page for _, page in ordered]])
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
