"""The words of all shards, joined and cut into chunks: what a reader's browser loads to look up one word.

Where a chunk ends follows from the words alone. A chunk of an earlier join is therefore taken as it is where it begins
at the same word and none of its words has changed; the join goes on behind it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.search.cbor import encoded, head
from generator.search.postings import Forms, Words, joined_forms

FORM = 3
"""Goes up when the same pages give another index than before."""
CHUNK = 20_000
"""Pagefind's own measure: a chunk ends with the word at which so many places have been counted.

A browser looks for words that begin with what was typed in one chunk only, so chunks must end where Pagefind ends them.
"""
_BLOCK = 256
"""Words of the largest shard that are joined at once: few enough that memory stays small."""


class Chunk(NamedTuple):
    """A chunk as the index lists it: its first and last word, and the name of its file."""

    first: str
    last: str
    name: str


def _fallen(_: Chunk) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Before:
    """The chunks of an earlier join that differs in the `changed` words only; `stands` says if one is still there."""

    chunks: Sequence[Chunk] = ()
    changed: frozenset[str] = frozenset()
    stands: Callable[[Chunk], bool] = _fallen


NOTHING = Before()


class Cut(NamedTuple):
    """One chunk: either as it was before, or its first and last word and what is in it."""

    before: Chunk | None
    first: str = ""
    last: str = ""
    content: bytes = b""


def cut_chunks(join: "Join", before: Before) -> Iterator[Cut]:
    """The chunks in ascending order."""
    changed = sorted(before.changed)
    known = before.chunks
    end, place = "", 0  # the last word that is done, and the known chunk that may follow it
    while True:
        while place < len(known) and _unchanged(known, place, end, changed) and before.stands(known[place]):
            yield Cut(known[place])
            end, place = known[place].last, place + 1
        written: list[bytes] = []
        first, weight = "", 0
        for text, word, counted in join.words_after(end):
            first = first if written else text
            written.append(word)
            weight += counted
            if weight < CHUNK:
                continue
            yield Cut(None, first, text, _chunk(written))
            written, weight, end = [], 0, text
            while place < len(known) and known[place].last < text:
                place += 1
            if place < len(known) and known[place].last == text:
                place += 1
                if place < len(known) and _unchanged(known, place, end, changed):
                    break  # from here on it may be as it was
        else:
            if written:
                yield Cut(None, first, text, _chunk(written))
            return


def _unchanged(known: Sequence[Chunk], place: int, end: str, changed: list[str]) -> bool:
    """Whether no changed word is in a known chunk that begins after the word `end`; the last takes all that follows."""
    found = bisect_right(changed, end)
    return found == len(changed) or (place + 1 < len(known) and changed[found] > known[place].last)


def _chunk(words: list[bytes]) -> bytes:
    return b"".join([b"\x81", head(4, len(words)), *words])


class Join:
    """All shards side by side; words are joined in blocks, as far as they are asked for.

    `offsets` are the numbers of the shards' first pages among all `count` pages. Whether pages that have a word in a
    form with accents count where chunks are cut is another thing in each Pagefind: `forms_count` says it.
    """

    def __init__(self, shards: Sequence[Words], offsets: Sequence[int], count: int, forms_count: bool) -> None:
        self._forms_count = forms_count
        self._shards = list(zip(shards, offsets, strict=True))
        self._leading = max(shards, key=lambda words: len(words.texts)).texts
        self._heads = [b"\x83" + head(0, step) for step in range(count)]
        self._forms: dict[str, list[tuple[int, Forms]]] = {}
        for words, offset in self._shards:
            for text, forms in words.forms.items():
                self._forms.setdefault(text, []).append((offset, forms))

    def words_after(self, end: str) -> Iterator[tuple[str, bytes, int]]:
        """Each word after `end` (all, when it is empty) with its bytes in the whole index, and what it counts for in a chunk."""
        starts = [bisect_right(words.texts, end) if end else 0 for words, _ in self._shards]
        leading = bisect_right(self._leading, end) if end else 0
        while any(start < len(words.texts) for start, (words, _) in zip(starts, self._shards, strict=True)):
            leading += _BLOCK
            if leading < len(self._leading):
                limit = self._leading[leading]
                ends = [bisect_right(words.texts, limit) for words, _ in self._shards]
            else:
                ends = [len(words.texts) for words, _ in self._shards]
            yield from self._block(starts, ends)
            starts = ends

    def _block(self, starts: list[int], ends: list[int]) -> Iterator[tuple[str, bytes, int]]:
        """The words of one block: for each, how many pages, the last and the weight, then the bytes of its pages."""
        found: dict[str, list] = {}  # type: ignore[type-arg]
        heads = self._heads
        for (words, offset), start, end in zip(self._shards, starts, ends, strict=True):
            rests = words.rests
            begin = words.ends[start - 1] if start else 0
            columns = (words.texts, words.sizes, words.firsts, words.lasts, words.weights, words.ends)
            for text, size, first, last, weight, stop in zip(*(column[start:end] for column in columns), strict=True):
                held = found.get(text)
                if held is None:
                    number = first + offset
                    found[text] = [size, last + offset, weight, heads[number], rests[begin:stop]] if size else [0, 0, 0]
                elif size:
                    held += (heads[first + offset - held[1]], rests[begin:stop])
                    held[0] += size
                    held[1] = last + offset
                    held[2] += weight
                begin = stop
        for text in sorted(found):
            size, _, weight, *pages = found[text]
            forms, counted = joined_forms(self._forms[text]) if text in self._forms else (b"\x80", 0)
            yield (
                text,
                b"".join((b"\x83", encoded(text), head(4, size), *pages, forms)),
                weight + counted * self._forms_count,
            )
