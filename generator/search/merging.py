"""Shards become one index, the same that Pagefind would make of all pages at once, but for the order of its pages.

A reader's browser therefore asks one index, loads as little and finds the same as if there were no shards. What is
published follows from the shards alone: orders are fixed, and files are named by what they hold.
"""

import hashlib
import json
import re
import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

from generator.search.bundle import FIELDS, Shard
from generator.search.cbor import encoded, encoded_numbers, head
from generator.search.chunks import NOTHING, Before, Chunk, Join, cut_chunks
from generator.search.postings import Words, renumbered

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def merged(
    shards: Sequence[Shard], before: Before = NOTHING, chunks: list[Chunk] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The (path, unpacked content) of each file of the index: first those that others name, the entry last.

    Files that end in `.json` are published as they are, the others through `bundle.packed`. Chunks that stand as they were
    `before` are not among them; all there are, are put into `chunks`.
    """
    language, version = shards[0].language, shards[0].version
    offsets = offsets_of(shards)
    count = offsets[-1] + len(shards[-1].pages)
    chunks = [] if chunks is None else chunks
    for cut in cut_chunks(Join(_aligned(shards), offsets, count, _forms_count(version)), before):
        if cut.before is not None:
            chunks.append(cut.before)
        else:
            chunks.append(Chunk(cut.first, cut.last, f"{language}_{_digest(cut.content)}"))
            yield chunk_path(chunks[-1]), cut.content
    filters = []
    for filter_name, values in _filters(shards, offsets):
        held = [b"\x82" + encoded(value) + encoded_numbers(pages) for value, pages in values]
        content = b"".join([b"\x82", encoded(filter_name), head(4, len(held)), *held])
        filters.append([filter_name, f"{language}_{_digest(content)}"])
        yield f"filter/{filters[-1][1]}.pf_filter", content
    pages = [encoded(page) for shard in shards for page in shard.pages]
    sorts = [b"\x82" + encoded(by) + encoded_numbers(ordered) for by, ordered in _sorts(shards, offsets)]
    meta = b"".join(
        [
            *(b"\x86", encoded(version), head(4, len(pages)), *pages, encoded(_ranges(chunks)), encoded(filters)),
            *(head(4, len(sorts)), *sorts, encoded(fields_of(shards))),
        ]
    )
    name = f"{language}_{_digest(meta)}"
    yield f"pagefind.{name}.pf_meta", meta
    entry = json.loads(shards[0].entry)
    entry["languages"] = {language: {"hash": name, **entry["languages"][language], "page_count": count}}
    yield "pagefind-entry.json", json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


def chunk_path(chunk: Chunk) -> str:
    """Where a chunk is, in the folder of the index."""
    return f"index/{chunk.name}.pf_index"


def offsets_of(shards: Sequence[Shard]) -> list[int]:
    """The number of each shard's first page among all pages."""
    return [0, *accumulate(len(shard.pages) for shard in shards[:-1])]


def fields_of(shards: Sequence[Shard]) -> tuple[str, ...]:
    """The metadata fields of the whole index."""
    return (*FIELDS, *sorted({field for shard in shards for field in shard.fields} - set(FIELDS)))


def _forms_count(version: str) -> bool:
    """Pagefind counts forms with accents towards its chunks since 1.6; a browser is to find chunks cut in its way."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2]) >= (1, 6)


def _ranges(chunks: Sequence[Chunk]) -> list[list[str]]:
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


def _aligned(shards: Sequence[Shard]) -> list[Words]:
    """The words of each shard with the whole index's numbers for the metadata fields."""
    fields = fields_of(shards)
    vocabularies = []
    for shard in shards:
        numbers = {number: fields.index(name) for number, name in enumerate(shard.fields)}
        same = all(before == after for before, after in numbers.items())
        vocabularies.append(shard.words if same else renumbered(shard.words, numbers))
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
