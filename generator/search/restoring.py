"""Rows of words are put back into what Pagefind said of the pages without them.

The outcome is what Pagefind says of the whole pages: where a row begins it says by the mark, and what each word of the
row is found by, the vocabulary knows.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np

from generator.search.abridging import MARK, mark
from generator.search.bundle import Said
from generator.search.entries import Stated, entries_in_columns, entries_of, entry_of, parts_of, places_of, run_of
from generator.search.placing import Column, Standing, words_standing
from generator.search.postings import NO_METADATA, Forms
from generator.search.vocabulary import Vocabulary


class _Page(NamedTuple):
    """One page as it is to be: how many words it has, where each word of the abridged one stands now, and its rows by
    number with the places where they begin."""

    size: int
    places: list[int]
    rows: list[tuple[int, int]]
    content: bytes


class _Found:
    """What stands on pages: words as columns and, where they are told one by one, in lists; what is written of metadata,
    by the number of the text and page; and where words stand in a form with accents, by text, form and page."""

    def __init__(self) -> None:
        self.columns: list[Standing] = []
        self._texts: list[int] = []
        self._pages: list[int] = []
        self._weights: list[int] = []
        self._places: list[int] = []
        self.metadata: dict[tuple[int, int], bytes] = {}
        self.forms: defaultdict[tuple[str, str, int], list[tuple[int, int]]] = defaultdict(list)
        self.metadata_of_forms: dict[tuple[str, str, int], bytes] = {}

    def add(self, text: int, page: int, weight: int, place: int) -> None:
        """One more word."""
        self._texts.append(text)
        self._pages.append(page)
        self._weights.append(weight)
        self._places.append(place)

    def standing(self) -> Standing:
        """All words, but for their forms."""
        lists = (self._texts, self._pages, self._weights, self._places)
        told = Standing(*(np.array(numbers, np.int64) for numbers in lists))
        return Standing(*map(np.concatenate, zip(*self.columns, told, strict=True)))

    def stated_forms(self) -> dict[str, Forms]:
        """What is to be written of forms, by text."""
        stated: defaultdict[str, defaultdict[str, list[Stated]]] = defaultdict(lambda: defaultdict(list))
        for about, held in sorted(self.forms.items()):
            text, form, page = about
            stated[text][form].append(entry_of(page, held, self.metadata_of_forms.get(about, NO_METADATA)))
        return {
            text: tuple((form, run_of(entries)) for form, entries in forms.items()) for text, forms in stated.items()
        }


def restored(
    said: Said, rows: Sequence[Sequence[str]], numbers: Column, vocabulary: Vocabulary
) -> tuple[Said, frozenset[int]]:
    """What Pagefind says of the whole pages, whose `rows` are given in the order of the addresses, with the `numbers` of
    all their words in a row.

    Also the numbers of pages of which that cannot be told, such as those on which a row counts for more than usual: what
    is given is not to be used where there are any.
    """
    sizes = [[row.count(" ") + 1 for row in held] for held in rows]
    pages = [_page(*about) for about in zip(said.contents, rows, sizes, strict=True)]
    found = _Found()
    marked = _add_beside_rows(said, rows, pages, vocabulary, found)
    unfit = frozenset(
        number
        for number, (page, content) in enumerate(zip(pages, said.contents, strict=True))
        if rows[number] and not len(page.rows) == marked[number] == content.count(MARK.encode())
    )
    _add_rows(pages, sizes, numbers, vocabulary, found)
    texts = vocabulary.texts
    shard = replace(
        said.shard,
        pages=tuple(
            (name, count + page.size - len(page.places) + 1, *rest)
            for (name, count, *rest), page in zip(said.shard.pages, pages, strict=True)
        ),
        words=words_standing(texts, len(pages), found.standing(), found.metadata, found.stated_forms()),
        chunks=(),
    )
    return replace(said, shard=shard, contents=tuple(page.content for page in pages)), unfit


def _page(content: bytes, rows: Sequence[str], sizes: Sequence[int]) -> _Page:
    shown: dict[str, Any] = json.loads(content)
    abridged = shown["content"].split(" ") if shown["content"] else []
    by_mark = {mark(number): number for number in range(len(rows))}
    words: list[str] = []
    places: list[int] = []
    placed = []
    place = 0
    for word in abridged:
        places.append(place)
        number = by_mark.get(word)
        if number is None:
            words.append(word)
            place += 1
        else:
            placed.append((number, place))
            words.append(rows[number])
            place += sizes[number]
    places.append(place)
    if not placed:
        return _Page(place, places, placed, content)
    shown["content"] = " ".join(words)
    shown["word_count"] += place - len(abridged)
    for anchor in shown["anchors"]:
        anchor["location"] = places[anchor["location"]]
    said = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
    return _Page(place, places, placed, said)


def _add_beside_rows(
    said: Said, rows: Sequence[Sequence[str]], pages: Sequence[_Page], vocabulary: Vocabulary, found: _Found
) -> list[int]:
    """Adds what Pagefind said of the abridged pages; gives how many marks on each stand in one place, count as any word
    does and have no metadata."""
    words = said.shard.words
    entries = entries_in_columns(words)
    texts = np.repeat(np.arange(len(words.texts)), words.sizes)
    on, weights, at = (np.array(held, np.int64) for held in (entries.pages, entries.weights, entries.places))

    marks = {mark(number): number for number in range(max(map(len, rows), default=0))}
    row_of = np.array([marks.get(text, len(marks)) for text in words.texts], np.int64)
    is_mark = row_of[texts] < np.array([len(held) for held in rows], np.int64)[on]
    is_described = np.array([content != NO_METADATA for content in entries.metadata], np.bool_)
    marked = on[is_mark & (at >= 0) & (weights == vocabulary.weight) & ~is_described]

    number_of = np.array([vocabulary.number_of(text) for text in words.texts], np.int64)
    numbers = number_of[texts]
    once = (at >= 0) & ~is_mark
    counts = np.array([len(page.places) for page in pages], np.int64)
    places = np.fromiter(chain.from_iterable(page.places for page in pages), np.int64, int(counts.sum()))
    begins = np.cumsum(counts) - counts
    found.columns.append(Standing(numbers[once], on[once], weights[once], places[begins[on[once]] + at[once]]))

    for entry in np.flatnonzero((at < 0) & ~is_mark).tolist():
        page, number = entries.pages[entry], int(numbers[entry])
        for weight, place in places_of(entries.several[entry]):
            found.add(number, page, weight, pages[page].places[place])
    for entry in np.flatnonzero(is_described & ~is_mark).tolist():
        found.metadata[int(numbers[entry]), entries.pages[entry]] = entries.metadata[entry]
    for text, forms in words.forms.items():
        for form, run in forms:
            for entry_of_form in entries_of(run):
                about = text, form, entry_of_form.page
                held, found.metadata_of_forms[about] = parts_of(entry_of_form.content)
                found.forms[about] += [(weight, pages[about[2]].places[place]) for weight, place in places_of(held)]
    return [*map(int, np.bincount(marked, minlength=len(pages)))]


def _add_rows(
    pages: Sequence[_Page], sizes: Sequence[Sequence[int]], numbers: Column, vocabulary: Vocabulary, found: _Found
) -> None:
    """Adds the words of all rows, of which there are so many on each page."""
    placed: list[tuple[int, int, int, int]] = []  # where a row begins among the numbers, its words, page and place
    begin = 0
    for page, (said, held) in enumerate(zip(pages, sizes, strict=True)):
        begins = list(accumulate(held, initial=begin))
        begin = begins[-1]
        placed += [(begins[number], held[number], page, place) for number, place in said.rows]
    starts, counts, on, at = np.array(placed, np.int64).reshape(-1, 4).T
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    texts = numbers[np.repeat(starts, counts) + within]
    on, at = np.repeat(on, counts), np.repeat(at, counts) + within
    is_plain = texts >= 0
    weights = np.full(np.count_nonzero(is_plain), vocabulary.weight, np.int64)
    found.columns.append(Standing(texts[is_plain], on[is_plain], weights, at[is_plain]))
    for number, page, place in zip(*(column[~is_plain].tolist() for column in (texts, on, at)), strict=True):
        for text, form, weight in vocabulary.senses(number):
            if form:
                found.forms[text, form, page].append((weight, place))
            else:
                found.add(vocabulary.number_of(text), page, weight, place)
