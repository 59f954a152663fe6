"""Rows of words are put back into what Pagefind said of the pages without them.

The outcome is what Pagefind says of the whole pages: where a row begins it says by the mark, and what each word of the
row is found by, the vocabulary knows.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from generator.search.abridging import MARK, mark
from generator.search.bundle import Said
from generator.search.cbor import NUMBERS, head
from generator.search.postings import (
    NO_METADATA,
    VALUES,
    Run,
    Stated,
    Words,
    columns,
    entries_of,
    entry_of,
    places_of,
    run_of,
    runs_of,
)
from generator.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Page:
    """One page as it is to be: all its words, where each word of the abridged one stands now, and its rows with the
    places where they begin."""

    words: list[str]
    places: list[int]
    rows: list[tuple[int, tuple[str, ...]]]
    content: bytes


@dataclass(slots=True)
class _Found:
    """What Pagefind said of an abridged page: the words that stand in one place and count as any word does, and the
    others, each with its form where it has accents, and with what was written of it."""

    usual: list[tuple[str, int]] = field(default_factory=list)
    odd: list[tuple[str, str, bytes]] = field(default_factory=list)


@dataclass(slots=True)
class _Stated:
    """What is to be written of each word, page by page; and of those with accents, by form."""

    words: defaultdict[str, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    forms: defaultdict[tuple[str, str], list[Stated]] = field(default_factory=lambda: defaultdict(list))


def restored(
    said: Said, rows: Sequence[tuple[tuple[str, ...], ...]], vocabulary: Vocabulary
) -> tuple[Said, frozenset[int]]:
    """What Pagefind says of the whole pages, whose `rows` are given in the order of the addresses.

    Also the numbers of pages of which that cannot be told, such as those on which a row counts for more than usual: what
    is given is not to be used where there are any.
    """
    pages = [_page(content, held) for content, held in zip(said.contents, rows, strict=True)]
    found, marked = _sorted_out(said, rows, vocabulary.weight)
    unfit = frozenset(
        number
        for number, (page, content) in enumerate(zip(pages, said.contents, strict=True))
        if rows[number] and not len(page.rows) == marked[number] == content.count(MARK.encode())
    )
    stated, written = _Stated(), _Written(vocabulary.weight)
    for number, page in enumerate(pages):
        _state(number, page, found[number], vocabulary, written, stated)
    shard = replace(
        said.shard,
        pages=tuple(
            (name, count + len(page.words) - len(page.places) + 1, *rest)
            for (name, count, *rest), page in zip(said.shard.pages, pages, strict=True)
        ),
        words=_words(stated),
        chunks=(),
    )
    return replace(said, shard=shard, contents=tuple(page.content for page in pages)), unfit


def _page(content: bytes, rows: Sequence[tuple[str, ...]]) -> _Page:
    shown: dict[str, Any] = json.loads(content)
    abridged = shown["content"].split(" ") if shown["content"] else []
    words: list[str] = []
    places: list[int] = []
    placed = []
    by_mark = {mark(number): row for number, row in enumerate(rows)}
    for word in abridged:
        places.append(len(words))
        row = by_mark.get(word)
        if row is None:
            words.append(word)
        else:
            placed.append((len(words), row))
            words += row
    places.append(len(words))
    if not placed:
        return _Page(words, places, placed, content)
    shown["content"] = " ".join(words)
    shown["word_count"] += len(words) - len(abridged)
    for anchor in shown["anchors"]:
        anchor["location"] = places[anchor["location"]]
    said = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
    return _Page(words, places, placed, said)


def _sorted_out(said: Said, rows: Sequence[Sequence[object]], usual: int) -> tuple[list[_Found], list[int]]:
    """What Pagefind said of each page, and how many marks on it stand in one place and count as any word does."""
    found = [_Found() for _ in said.contents]
    marked = [0] * len(found)
    marks = {mark(number): number for number in range(max(map(len, rows), default=0))}
    begin = b"\x82" + head(1, usual)
    size_of_begin = len(begin)
    for text, form, run in runs_of(said.shard.words):
        number = marks.get(text)
        for page, content, weight in entries_of(run):
            is_usual = weight == 3 and not form and content.startswith(begin) and content.endswith(NO_METADATA)
            if number is not None and number < len(rows[page]):
                marked[page] += is_usual
            elif is_usual:
                found[page].usual.append((text, VALUES[content[size_of_begin:-1]]))
            else:
                found[page].odd.append((text, form, content))
    return found, marked


class _Written:
    """What is written of a word that counts as any word does on a page, by where it stands there."""

    def __init__(self, usual: int) -> None:
        usually = head(1, usual)
        self.once = _Numbers(b"\x82" + usually, NO_METADATA)
        self._first_of_two = _Numbers(b"\x83" + usually, b"")
        self._second = _Numbers(b"", NO_METADATA)
        self._usually = usually

    def several(self, places: list[int]) -> bytes:
        """Of one that stands in these places; they are put in order."""
        places.sort()
        first = places[0]
        if len(places) == 1:
            return self.once[first]
        if len(places) == 2:
            return self._first_of_two[first] + self._second[places[1] - first]
        steps = [NUMBERS[after - before] for before, after in pairwise(places)]
        return b"".join((head(4, len(places) + 1), self._usually, NUMBERS[first], *steps, NO_METADATA))


class _Numbers(dict[int, bytes]):
    """Numbers as they are written, with what stands before and after."""

    def __init__(self, before: bytes, after: bytes) -> None:
        super().__init__()
        self._before, self._after = before, after

    def __missing__(self, number: int) -> bytes:
        data = self[number] = self._before + head(0, number) + self._after
        return data


def _state(number: int, page: _Page, found: _Found, vocabulary: Vocabulary, written: _Written, stated: _Stated) -> None:
    """Adds all that is to be said of one page."""
    # Most words stand in one place of a page: only those of several have a list of them.
    places: dict[str | None, int | list[int]] = {}
    held_at = places.get
    for start, row in page.rows:
        for place, text in enumerate(map(vocabulary.plain.get, row), start):
            at = held_at(text)
            if at is None:
                places[text] = place
            elif type(at) is int:
                places[text] = [at, place]
            else:
                at.append(place)  # type: ignore[union-attr]
    odd: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for place in _listed(places.pop(None, [])):
        for text, form, weight in vocabulary.senses[page.words[place]]:
            if weight == vocabulary.weight and not form:
                places[text] = [*_listed(places.get(text, [])), place]
            else:
                odd[text, form].append((weight, place))
    for text, place in found.usual:
        places[text] = [*_listed(places.get(text, [])), page.places[place]]
    metadata: dict[tuple[str, str], bytes] = {}
    for text, form, content in found.odd:
        held, metadata[text, form] = places_of(content)
        odd[text, form] += [(weight, page.places[place]) for weight, place in held]
    for (text, form), held in odd.items():
        entries = stated.forms[text, form] if form else stated.words[text]
        if not form:
            held += [(vocabulary.weight, place) for place in _listed(places.pop(text, []))]
        entries.append(entry_of(number, held, metadata.get((text, form), NO_METADATA)))
    words, once, several = stated.words, written.once, written.several
    for text, at in places.items():
        if type(at) is int:
            words[text].append((number, once[at], 3))  # type: ignore[index]
        else:
            words[text].append((number, several(at), len(at) + 2))  # type: ignore[index,arg-type]


def _listed(places: int | list[int]) -> list[int]:
    return [places] if isinstance(places, int) else places


def _words(stated: _Stated) -> Words:
    forms: defaultdict[str, list[tuple[str, Run]]] = defaultdict(list)
    for (text, form), entries in sorted(stated.forms.items()):
        forms[text].append((form, run_of(entries)))
    texts = sorted(stated.words.keys() | forms.keys()) if forms else sorted(stated.words)
    runs = [run_of(stated.words.get(text, ())) for text in texts]
    return columns(texts, runs, {text: tuple(held) for text, held in forms.items()})
