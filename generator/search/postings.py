"""Where words stand, as Pagefind writes it: the bytes of each word's pages are kept as they are, in columns.

A chunk is `[[word, …]]`, a word `[text, pages, variants]`, a variant `[form, pages]`, a page `[number, places, places
in metadata]`. Page numbers are given as the difference to the one before, so a run of pages is joined to another by
writing its first number anew, and nothing else of it needs to be read but where it ends and its last number.
(Source: `pagefind/src/index` of Pagefind 1.5 and 1.6.)
"""

import re
from array import array
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from generator.search.cbor import NotRead, encoded, head, head_at

# What is most frequent comes first: places are two bytes or one, and small numbers stand in a row.
INT = rb"(?:\x19..|[\x18\x38].|[\x00-\x17\x20-\x37]|\x39..|[\x1a\x3a].{4})"
ARRAY = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_PLACES = rb"\x83" + INT + ARRAY + INT + rb"*+"
_PAGES = re.compile(rb"(?:" + _PLACES + ARRAY + INT + rb"*+)*+", re.S)
EACH = re.compile(rb"\x83(" + INT + rb")((" + ARRAY + rb")" + INT + rb"*+(" + ARRAY + rb")" + INT + rb"*+)", re.S)
_STEP = re.compile(rb"\x83(" + INT + rb")(" + ARRAY + rb")" + INT + rb"*+(" + ARRAY + rb")" + INT + rb"*+", re.S)
_STEPS = re.compile(rb"\x83(" + INT + rb")" + ARRAY + INT + rb"*+" + ARRAY + INT + rb"*+", re.S)
INTS = re.compile(INT, re.S)
_WITHOUT = rb"(?:" + _PLACES + rb"\x80)"
_ALL_WITHOUT = re.compile(_WITHOUT + rb"*+", re.S)
# The second way takes what follows the last such page, lest every byte of it is tried as a beginning.
_IN_METADATA = re.compile(
    rb"(" + _WITHOUT + rb"*+" + _PLACES + ARRAY + rb")(" + INT + rb"++)|" + _WITHOUT + rb"++", re.S
)
_SHORT_WORD = (b"\x83\x60", b"\x83\x77")
"""How a word of less than 24 bytes begins."""


class Run(NamedTuple):
    """Pages in ascending order: how many, the first and last number, and the bytes after the first number.

    `weight` is what the run counts for when words are divided into chunks.
    """

    size: int
    first: int
    last: int
    weight: int
    rest: bytes


NO_METADATA = b"\x80"
NOWHERE = Run(0, 0, 0, 0, b"")
Forms = tuple[tuple[str, Run], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a shard in ascending order, as columns: for each its run, whose rest ends at `ends` of `rests`.

    `forms` are the pages that have a word in a form with accents, for the words that have such.
    """

    texts: list[str] = field(default_factory=list)
    sizes: "array[int]" = field(default_factory=lambda: array("I"))
    firsts: "array[int]" = field(default_factory=lambda: array("I"))
    lasts: "array[int]" = field(default_factory=lambda: array("I"))
    weights: "array[int]" = field(default_factory=lambda: array("I"))
    ends: "array[int]" = field(default_factory=lambda: array("I"))
    rests: bytes = b""
    forms: dict[str, Forms] = field(default_factory=dict)

    def runs(self) -> dict[str, Run]:
        """The run of each word."""
        starts = [0, *self.ends[:-1]]
        columns = (self.texts, self.sizes, self.firsts, self.lasts, self.weights, starts, self.ends)
        return {
            text: Run(size, first, last, weight, self.rests[start:end])
            for text, size, first, last, weight, start, end in zip(*columns, strict=False)
        }

    def part(self, start: int, stop: int) -> "Words":
        """The words from one place to another."""
        begin = self.ends[start - 1] if start else 0
        texts, ends = self.texts[start:stop], self.ends[start:stop]
        within = set(texts) if self.forms else set()
        return Words(
            texts,
            self.sizes[start:stop],
            self.firsts[start:stop],
            self.lasts[start:stop],
            self.weights[start:stop],
            array("I", [end - begin for end in ends]),
            self.rests[begin : ends[-1] if ends else begin],
            {text: forms for text, forms in self.forms.items() if text in within},
        )


class Numbers:
    """What pages and metadata fields are called from now on: by page, and by field."""

    def __init__(self, pages: list[int], fields: dict[int, int]) -> None:
        self.pages = pages
        self.fields = fields
        self.keep_pages = pages == list(range(len(pages)))
        self.keep_fields = all(before == after for before, after in fields.items())


def words_of(chunk: bytes, numbers: Numbers) -> Words:
    """The words of a chunk, pages and fields numbered anew. Raises NotRead for another form."""
    texts: list[str] = []
    runs: list[Run] = []
    forms: dict[str, Forms] = {}
    major, count, place = head_at(chunk, _array(chunk, 0, 1))
    if major != 4:
        raise NotRead("no list of words")
    for _ in range(count):
        beginning = chunk[place : place + 2]
        if _SHORT_WORD[0] <= beginning <= _SHORT_WORD[1]:
            end = place + 2 + beginning[1] - 0x60
            text, place = chunk[place + 2 : end].decode(), end
        else:
            text, place = _text(chunk, _array(chunk, place, 3))
        run, place = _run_at(chunk, place, numbers)
        texts.append(text)
        runs.append(run)
        if chunk[place : place + 1] == b"\x80":
            place += 1
        else:
            forms[text], place = _forms_at(chunk, place, numbers)
    if place != len(chunk):
        raise NotRead("bytes after the last word")
    return columns(texts, runs, forms)


def in_a_row(parts: Sequence[Words]) -> Words:
    """The words of several chunks in ascending order, as one. Raises NotRead for chunks in another order."""
    texts: list[str] = []
    sizes, firsts, lasts, weights, ends = (array("I") for _ in range(5))
    forms: dict[str, Forms] = {}
    begin = 0
    for part in parts:
        if texts and part.texts and part.texts[0] <= texts[-1]:
            raise NotRead("chunks in another order")
        texts += part.texts
        forms |= part.forms
        sizes += part.sizes
        firsts += part.firsts
        lasts += part.lasts
        weights += part.weights
        ends += array("I", [begin + end for end in part.ends])
        begin += len(part.rests)
    return Words(texts, sizes, firsts, lasts, weights, ends, b"".join([part.rests for part in parts]), forms)


def columns(texts: list[str], runs: list[Run], forms: dict[str, Forms]) -> Words:
    """Words in columns. Raises NotRead for words that are not in ascending order."""
    if any(later <= text for text, later in pairwise(texts)):
        raise NotRead("words in another order")
    if not runs:
        return Words()
    *numbers, rests = zip(*runs, strict=True)
    sizes, firsts, lasts, weights = (array("I", column) for column in numbers)
    ends = array("I", accumulate(map(len, rests)))
    return Words(texts, sizes, firsts, lasts, weights, ends, b"".join(rests), forms)


def runs_of(words: Words) -> Iterator[tuple[str, str, Run]]:
    """Each run with its word, and with its form where the word has accents in it."""
    for text, run in words.runs().items():
        yield text, "", run
    for text, forms in words.forms.items():
        for form, run in forms:
            yield text, form, run


def renumbered(words: Words, fields: dict[int, int]) -> Words:
    """The same words with other numbers for the metadata fields."""
    runs = words.runs()
    forms = {text: tuple((form, _with_fields(run, fields)) for form, run in held) for text, held in words.forms.items()}
    return columns(words.texts, [_with_fields(run, fields) for run in runs.values()], forms)


def has_any(run: Run, pages: Set[int]) -> bool:
    """Whether one of these pages is in a run."""
    if run.first in pages or run.last in pages:
        return True
    if run.size < 3:
        return False
    steps = _STEPS.findall(whole(run))
    return not pages.isdisjoint(accumulate(map(VALUES.__getitem__, steps), initial=run.first))


def whole(run: Run) -> bytes:
    """All pages of a run, as if the first were the one that steps are counted from."""
    return b"\x83\x00" + run.rest


def joined(runs: list[tuple[int, Run]]) -> bytes:
    """Runs as one list of pages; each comes with the number that its own page 0 has in the whole."""
    parts = [head(4, sum(run.size for _, run in runs))]
    before = 0
    for offset, run in runs:
        if run.size:
            parts += (b"\x83", head(0, offset + run.first - before), run.rest)
            before = offset + run.last
    return b"".join(parts)


def joined_forms(parts: list[tuple[int, Forms]]) -> tuple[bytes, int]:
    """The forms with accents that a word has in several shards, given with their offsets; and what they count for."""
    names = sorted({name for _, forms in parts for name, _ in forms})
    written, weight = [head(4, len(names))], len(names)
    for name in names:
        held = [(offset, run) for offset, forms in parts for form, run in forms if form == name]
        written += (b"\x82", encoded(name), joined(held))
        weight += sum(run.weight for _, run in held)
    return b"".join(written), weight


def _forms_at(data: bytes, place: int, numbers: Numbers) -> tuple[Forms, int]:
    major, count, place = head_at(data, place)
    if major != 4:
        raise NotRead("no list of variants")
    forms = []
    for _ in range(count):
        form, place = _text(data, _array(data, place, 2))
        run, place = _run_at(data, place, numbers)
        forms.append((form, run))
    return tuple(sorted(forms)), place


def _run_at(data: bytes, place: int, numbers: Numbers) -> tuple[Run, int]:
    if data[place : place + 1] == b"\x81":
        size, place = 1, place + 1
    else:
        major, size, place = head_at(data, place)
        if major != 4:
            raise NotRead("no list of pages")
        if not size:
            return NOWHERE, place
    if size == 1 and numbers.keep_pages:
        match = _STEP.match(data, place)
        if match is None:
            raise NotRead("pages of another form")
        step, places, in_metadata = match.groups()
        first, end = VALUES[step], match.end()
        described = VALUES[in_metadata]
        run = Run(1, first, first, 1 + VALUES[places] + described, data[match.end(1) : end])
    else:
        match = _PAGES.match(data, place)
        if match is None or match.end() == place:
            raise NotRead("pages of another form")
        end = match.end()
        run, described = (_as_they_stand if numbers.keep_pages else _in_order)(data, place, end, numbers.pages)
    if run.size != size:
        raise NotRead("pages of another form")
    if run.last >= len(numbers.pages):
        raise NotRead("a page that is not there")
    return _with_fields(run, numbers.fields) if described and not numbers.keep_fields else run, end


def _as_they_stand(data: bytes, place: int, end: int, _: list[int]) -> tuple[Run, int]:
    """The run of pages that keep their numbers; and how much of it is about metadata."""
    found = _STEP.findall(data, place, end)
    values = VALUES
    last, weight, described = 0, len(found), 0
    for step, places, in_metadata in found:
        last += values[step]
        weight += values[places]
        described += values[in_metadata]
    first = found[0][0]
    return Run(len(found), values[first], last, weight + described, data[place + 1 + len(first) : end]), described


def _in_order(data: bytes, place: int, end: int, names: list[int]) -> tuple[Run, int]:
    """The run of pages that are called otherwise from now on, in their new order; and how much is about metadata."""
    steps, contents, places, in_metadata = zip(*EACH.findall(data, place, end), strict=True)
    values = VALUES.__getitem__
    try:
        pages = [names[number] for number in accumulate(map(values, steps))]
    except IndexError:
        raise NotRead("a page that is not there") from None
    ordered = sorted(zip(pages, contents, strict=True))
    first, rest = ordered[0]
    parts = [rest]
    before = first
    for number, content in ordered[1:]:
        parts += (b"\x83", _SMALL[number - before] if number - before < 24 else head(0, number - before), content)
        before = number
    described = sum(map(values, in_metadata))
    return Run(len(steps), first, before, len(steps) + sum(map(values, places)) + described, b"".join(parts)), described


_SMALL = [head(0, number) for number in range(24)]


def _with_fields(run: Run, fields: dict[int, int]) -> Run:
    """The same pages, with other numbers for the fields: a number below zero says which field the places after it are in."""
    pages = b"\x83\x00" + run.rest
    without = _ALL_WITHOUT.match(pages)
    if not run.size or (without is not None and without.end() == len(pages)):
        return run

    def renumber(match: re.Match[bytes]) -> bytes:
        if match[2] is None:
            return match[0]
        numbers = INTS.findall(match[2])
        return match[1] + b"".join([encoded(-1 - fields[VALUES[n]]) if 0x20 <= n[0] < 0x40 else n for n in numbers])

    return run._replace(rest=_IN_METADATA.sub(renumber, pages)[2:])


class Values(dict[bytes, int]):
    """The value or length that the head of an item says, by its bytes."""

    def __missing__(self, item: bytes) -> int:
        value = self[item] = item[0] & 31 if len(item) == 1 else int.from_bytes(item[1:], "big")
        return value


VALUES = Values()


def _array(data: bytes, place: int, size: int) -> int:
    major, found, after = head_at(data, place)
    if major != 4 or found != size:
        raise NotRead(f"byte {place}: no array of {size}")
    return after


def _text(data: bytes, place: int) -> tuple[str, int]:
    major, size, place = head_at(data, place)
    if major != 3:
        raise NotRead(f"byte {place}: no text")
    return data[place : place + size].decode(), place + size


def plain(words: Words) -> tuple[Any, ...]:
    """Words as plain values, for `marshal`, on this kind of machine."""
    columns = [column.tobytes() for column in (words.sizes, words.firsts, words.lasts, words.weights, words.ends)]
    forms = {text: tuple((form, tuple(run)) for form, run in held) for text, held in words.forms.items()}
    return ("\n".join(words.texts), columns, words.rests, forms)


def from_plain(values: tuple[Any, ...]) -> Words:
    """The words that `plain` was given."""
    texts, columns, rests, forms = values
    held = {text: tuple((form, Run._make(run)) for form, run in found) for text, found in forms.items()}
    sizes, firsts, lasts, weights, ends = (array("I", column) for column in columns)
    return Words(texts.split("\n") if texts else [], sizes, firsts, lasts, weights, ends, rests, held)
