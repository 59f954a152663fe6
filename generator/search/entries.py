"""The entries of a run: what is said of a word on each page, one by one or in columns.

An entry is an array of places, each as the difference to the one before; before the first of those that count for
the same stands what that is, as a number below zero. What is said of metadata follows.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, chain, islice, pairwise
from typing import NamedTuple

from generator.search.cbor import NUMBERS, NotRead, head, head_at
from generator.search.postings import ARRAY, EACH, INT, INTS, NO_METADATA, NOWHERE, VALUES, Run, Values, Words, whole

_ENTRY = re.compile(
    rb"\x83("
    + INT
    + rb")(?:\x82([\x20-\x37]|\x38.|\x39..)(\x19..|\x18.|[\x00-\x17]|\x1a.{4})|("
    + ARRAY
    + INT
    + rb"*+))"
    rb"(" + ARRAY + INT + rb"*+)",
    re.S,
)
_PARTS = re.compile(rb"(" + ARRAY + INT + rb"*+)(" + ARRAY + INT + rb"*+)", re.S)
_OR_NONE = Values({b"": -1})

UNSAID = 25
"""What a place counts for where nothing is said of it."""


class Entry(NamedTuple):
    """One page of a run: its number, the bytes after that, and what it counts for when words are divided into chunks."""

    page: int
    content: bytes
    weight: int


Stated = tuple[int, bytes, int]
"""The same as a plain tuple, for there are many."""


def entries_of(run: Run) -> list[Entry]:
    """The pages of a run, one by one."""
    page, found = run.first, []
    for step, content, places, in_metadata in EACH.findall(whole(run)) if run.size else ():
        page += VALUES[step]
        found.append(Entry(page, content, 1 + VALUES[places] + VALUES[in_metadata]))
    return found


class EntryColumns(NamedTuple):
    """Entries of many runs, one run after another: the page; what the word counts for and its place, where it stands in
    one (else `places` is -1); the bytes about places, where these are none or several; and the bytes about metadata."""

    pages: list[int]
    weights: list[int]
    places: list[int]
    several: list[bytes]
    metadata: list[bytes]


def entries_in_columns(words: Words) -> EntryColumns:
    """The entries of all words, but for their forms."""
    runs = [run for run in words.runs().values() if run.size]
    data = b"".join(chain.from_iterable((b"\x83", NUMBERS[run.first], run.rest) for run in runs))
    found = _ENTRY.findall(data)
    if not found:
        return EntryColumns([], [], [], [], [])
    steps, weights, places, several, metadata = zip(*found, strict=True)
    taken = map(VALUES.__getitem__, steps)
    pages = [page for run in runs for page in accumulate(islice(taken, run.size))]
    number = _OR_NONE.__getitem__
    return EntryColumns(pages, [*map(number, weights)], [*map(number, places)], [*several], [*metadata])


def run_of(entries: Sequence[Stated]) -> Run:
    """The run of these pages, which are in ascending order."""
    if not entries:
        return NOWHERE
    if len(entries) == 1:
        page, content, weight = entries[0]
        return Run(1, page, page, weight, content)
    pages, contents, weights = zip(*entries, strict=True)
    steps = [b"\x83" + NUMBERS[after - before] for before, after in pairwise(pages)]
    rest = b"".join(chain(contents[:1], *zip(steps, contents[1:], strict=True)))
    return Run(len(pages), pages[0], pages[-1], sum(weights), rest)


def parts_of(content: bytes) -> tuple[bytes, bytes]:
    """The content of an entry: the bytes about places, and those about metadata."""
    match = _PARTS.fullmatch(content)
    if match is None:
        raise NotRead("places of another form")
    return match[1], match[2]


def places_of(content: bytes) -> list[tuple[int, int]]:
    """What the bytes about places say: (what it counts for, place) of the word."""
    _, _, begin = head_at(content, 0)
    found, weight, place = [], UNSAID, 0
    for number in INTS.findall(content, begin):
        if number[0] < 0x20:
            place += VALUES[number]
            found.append((weight, place))
        else:
            weight, place = VALUES[number], 0
    return found


def entry_of(page: int, places: Sequence[tuple[int, int]], metadata: bytes) -> Stated:
    """The entry of a word with these (what it counts for, place), and these bytes about metadata."""
    numbers: list[bytes] = []
    before, last = UNSAID, 0
    # Pagefind puts first what counts for as much as where nothing is said.
    for weight, place in sorted(places, key=_said_first) if len(places) > 1 else places:
        if weight != before:
            numbers.append(head(1, weight))
            before, last = weight, 0
        numbers.append(NUMBERS[place - last])
        last = place
    described = 0 if metadata == NO_METADATA else head_at(metadata, 0)[1]
    return page, b"".join((head(4, len(numbers)), *numbers, metadata)), 1 + len(numbers) + described


def _said_first(place: tuple[int, int]) -> tuple[bool, int, int]:
    return place[0] != UNSAID, *place
