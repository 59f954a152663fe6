"""The words of a shard from where they stand: columns of numbers become the bytes that Pagefind writes, all at once.

What is written of a word on a page, an entry, is as `entries` has it.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.cbor import NotRead, head_at
from generator.search.entries import UNSAID
from generator.search.postings import NO_METADATA, Forms, Words

Column = NDArray[np.int64]
Flags = NDArray[np.bool_]
_ARRAY, _BELOW_ZERO = 4, 1
"""Major types of CBOR."""
_PAGE = 0x83
"""The byte that each page of a word begins with."""
_MOST_BITS = 62
_HEAVIEST = 1 << 20
"""More than any word can count for: Pagefind's measure is 24 for what is said of it once, and ten times that at most."""


class Standing(NamedTuple):
    """Words as columns: of each the number of its text, the page, what it counts for, and the place on the page."""

    texts: Column
    pages: Column
    weights: Column
    places: Column


class _Tokens(NamedTuple):
    """Words in the order in which they are written: the key of the entry, the place, what a place counts for, and
    whether it is the first of an entry that counts for that."""

    keys: Column
    places: Column
    weights: Column
    is_first: Flags


class _Entries(NamedTuple):
    """Entries in the order in which they are written: the key, the tokens from one to another, and where there is any,
    what is written of metadata."""

    keys: Column
    begins: Column
    ends: Column
    described: Mapping[int, bytes]


class _Keys:
    """A word on a page as one number: the rank of the word, then the page."""

    def __init__(self, ranks: Column, pages: int) -> None:
        self._ranks = ranks
        self._bits = pages.bit_length()

    def of(self, texts: Column, pages: Column) -> Column:
        return (self._ranks[texts] << self._bits) | pages

    def ranks(self, keys: Column) -> Column:
        return keys >> self._bits

    def pages(self, keys: Column) -> Column:
        return keys & ((1 << self._bits) - 1)


def words_standing(
    names: Sequence[str],
    pages: int,
    standing: Standing,
    metadata: Mapping[tuple[int, int], bytes],
    forms: dict[str, Forms],
) -> Words:
    """All words of a shard of so many pages: `names` are the texts by number.

    `metadata` is what is written of it for a text, by number, on a page. Raises NotRead for more words than can be told
    apart.
    """
    described = np.array([*metadata], np.int64).reshape(-1, 2).T
    used = np.zeros(len(names), np.bool_)
    used[standing.texts] = used[described[0]] = True
    numbers = np.flatnonzero(used)
    texts = list(map(names.__getitem__, numbers.tolist()))
    if forms:
        texts += forms.keys() - set(texts)
    order = sorted(range(len(texts)), key=texts.__getitem__)
    ranks = np.empty(len(texts), np.int64)
    ranks[order] = np.arange(len(texts))
    of_number = np.zeros(len(names), np.int64)
    of_number[numbers] = ranks[: len(numbers)]
    keys = _Keys(of_number, pages)
    tokens = _tokens(keys, standing)
    entries = _entries(tokens.keys, dict(zip(keys.of(*described).tolist(), metadata.values(), strict=True)))
    return _written(list(map(texts.__getitem__, order)), keys, tokens, entries, forms)


def _tokens(keys: _Keys, standing: Standing) -> _Tokens:
    if int(standing.weights.max(initial=0)) > _HEAVIEST:
        raise NotRead("words that count for more than any can")
    # Pagefind puts first what counts for as much as where nothing is said.
    held = np.flatnonzero(np.bincount(standing.weights)).tolist()
    weights = np.array(sorted(held, key=lambda weight: (weight != UNSAID, weight)), np.int64)
    codes = np.zeros(int(weights.max(initial=0)) + 1, np.int64)
    codes[weights] = np.arange(len(weights))
    weight_bits = len(weights).bit_length()
    place_bits = int(standing.places.max(initial=0)).bit_length()
    packed = keys.of(standing.texts, standing.pages)
    if int(packed.max(initial=0)).bit_length() + weight_bits + place_bits > _MOST_BITS:
        raise NotRead("more words than can be told apart")
    packed <<= weight_bits
    packed |= codes[standing.weights]
    packed <<= place_bits
    packed |= standing.places
    packed.sort()
    alike = packed >> place_bits
    return _Tokens(
        alike >> weight_bits,
        packed & ((1 << place_bits) - 1),
        weights[alike & ((1 << weight_bits) - 1)] if len(weights) else weights,
        _begins(alike),
    )


def _entries(keys: Column, metadata: Mapping[int, bytes]) -> _Entries:
    """The entries of tokens with these `keys`, and those of which nothing is told but their metadata, by key."""
    held = keys[_begins(keys)]
    more = np.array(sorted(metadata), np.int64)
    missing = more[~np.isin(more, held, assume_unique=True)]
    held = np.insert(held, np.searchsorted(held, missing), missing)
    begins = np.searchsorted(keys, held)
    places = np.searchsorted(held, more).tolist()
    described = {place: metadata[key] for place, key in zip(places, more.tolist(), strict=True)}
    return _Entries(held, begins, np.append(begins[1:], len(keys)), described)


def _written(texts: list[str], keys: _Keys, tokens: _Tokens, entries: _Entries, forms: dict[str, Forms]) -> Words:
    steps = np.diff(tokens.places, prepend=0)
    steps[tokens.is_first] = tokens.places[tokens.is_first]
    is_weighed = tokens.is_first & (tokens.weights != UNSAID)
    widths_of_steps = _widths(steps)
    widths = widths_of_steps.copy()
    widths[is_weighed] += _widths(tokens.weights[is_weighed])
    counts = entries.ends - entries.begins
    numbers = counts + _of_entries(is_weighed, entries)
    sizes = _widths(numbers) + _of_entries(widths, entries) + len(NO_METADATA)
    counted = 1 + numbers
    for entry, content in entries.described.items():
        sizes[entry] += len(content) - len(NO_METADATA)
        counted[entry] += head_at(content, 0)[1]

    ranks, pages = keys.ranks(entries.keys), keys.pages(entries.keys)
    page_steps = np.diff(pages, prepend=0)
    follows = ~_begins(ranks)
    ends = np.cumsum(sizes + np.where(follows, 1 + _widths(page_steps), 0))
    starts = ends - sizes

    written = np.empty(int(ends.max(initial=0)), np.uint8)
    at = np.append(0, ends[:-1])[follows]
    written[at] = _PAGE
    _write(written, at + 1, page_steps[follows])
    _write(written, starts, numbers, _ARRAY)
    before = np.append(0, np.cumsum(widths))
    at = np.repeat(starts + _widths(numbers) - before[entries.begins], counts) + before[:-1]
    _write(written, at[is_weighed], tokens.weights[is_weighed], _BELOW_ZERO)
    at[is_weighed] += _widths(tokens.weights[is_weighed])
    _write(written, at, steps, widths=widths_of_steps)
    written[ends - 1] = NO_METADATA[0]
    data = written.data
    stops = ends.tolist() if entries.described else []
    for entry, content in entries.described.items():
        data[stops[entry] - len(content) : stops[entry]] = content
    runs = np.bincount(ranks, minlength=len(texts))
    firsts, lasts, weights, run_ends = _runs(runs, pages, counted, ends)
    return Words(texts, _column(runs), firsts, lasts, weights, run_ends, written.tobytes(), forms)


def _runs(sizes: Column, pages: Column, counted: Column, ends: Column) -> "list[array[int]]":
    """The other columns of words with so many entries (see `Words`), from those of the entries."""
    stops = np.cumsum(sizes)
    is_held = sizes > 0
    begins, lasts = (stops - sizes)[is_held], stops[is_held] - 1
    found = np.zeros((4, len(sizes)), np.int64)
    found[0, is_held] = pages[begins]
    found[1, is_held] = pages[lasts]
    found[2, is_held] = np.diff(np.append(0, np.cumsum(counted)[lasts]))
    found[3, is_held] = ends[lasts]
    found[3] = np.maximum.accumulate(found[3])
    return [_column(values) for values in found]


def _of_entries(values: NDArray[np.generic], entries: _Entries) -> Column:
    """The sum of a value of tokens for each entry."""
    sums = np.append(0, np.cumsum(values))
    found: Column = sums[entries.ends] - sums[entries.begins]
    return found


def _begins(values: Column) -> Flags:
    """Where another value begins, in values in ascending order."""
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def _widths(numbers: Column) -> Column:
    """How many bytes each number takes (see `cbor.head`)."""
    found = np.ones(len(numbers), np.int64)
    found += numbers >= 24
    found += numbers >= 1 << 8
    found += 2 * (numbers >= 1 << 16)
    return found


def _write(
    written: NDArray[np.uint8], at: Column, numbers: Column, major: int = 0, widths: Column | None = None
) -> None:
    """Writes the heads of a major type with these numbers to these places (see `cbor.head`)."""
    first = major << 5
    widths = _widths(numbers) if widths is None else widths
    written[at] = np.where(widths == 1, numbers, np.array([0, 0, 24, 25, 0, 26])[widths]) | first
    for width in (2, 3, 5):
        chosen = np.flatnonzero(widths == width)
        if len(chosen):
            places, values = at[chosen], numbers[chosen]
            for byte in range(1, width):
                written[places + byte] = (values >> (8 * (width - 1 - byte))) & 0xFF


def _column(values: Column) -> "array[int]":
    column = array("I")
    column.frombytes(values.astype(np.uintc).tobytes())
    return column
