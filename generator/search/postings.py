"""Where words stand, as Pagefind writes it: read word by word, kept as bytes, and joined without being unpacked.

A chunk is `[[word, …]]`, a word `[text, pages, variants]`, a variant `[form, pages]`, a page `[number, places, places
in metadata]`. Page numbers are given as the difference to the one before, so a run of pages is joined to another by
writing its first number anew. (Source: `pagefind/src/index` of Pagefind 1.5 and 1.6.)
"""

import re
from itertools import accumulate
from typing import Any, NamedTuple

from generator.search.cbor import NotRead, encoded, head, head_at

_INT = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_ARRAY = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_PLACES = rb"\x83" + _INT + _ARRAY + _INT + rb"*+"
_PAGES = re.compile(rb"(?:" + _PLACES + _ARRAY + _INT + rb"*+)*+", re.S)
_EACH = re.compile(rb"\x83(" + _INT + rb")((" + _ARRAY + rb")" + _INT + rb"*+(" + _ARRAY + rb")" + _INT + rb"*+)", re.S)
_NUMBERS = re.compile(_INT, re.S)
_WITHOUT = rb"(?:" + _PLACES + rb"\x80)"
# The second way takes what follows the last such page, lest every byte of it is tried as a beginning.
_IN_METADATA = re.compile(
    rb"(" + _WITHOUT + rb"*+" + _PLACES + _ARRAY + rb")(" + _INT + rb"++)|" + _WITHOUT + rb"++", re.S
)


class Run(NamedTuple):
    """Pages in ascending order: how many, the first and last number, and the bytes after the first number.

    `weight` is what the run counts for when words are divided into chunks.
    """

    size: int
    first: int
    last: int
    rest: bytes
    weight: int


class Word(NamedTuple):
    """Where one word stands: pages that have it as it is, and those that have it in forms with accents."""

    pages: Run
    variants: tuple[tuple[str, Run], ...]


NOWHERE = Run(0, 0, 0, b"", 0)


class Numbers(NamedTuple):
    """What pages and metadata fields are called from now on: by page, and by field."""

    pages: list[int]
    fields: dict[int, int]


def words_of(chunk: bytes, numbers: Numbers) -> dict[str, Word]:
    """The words of one chunk, pages and fields numbered anew. Raises NotRead for another form."""
    found: dict[str, Word] = {}
    place = _array(chunk, 0, 1)
    major, count, place = head_at(chunk, place)
    if major != 4:
        raise NotRead("no list of words")
    for _ in range(count):
        text, place = _text(chunk, _array(chunk, place, 3))
        pages, place = _run_at(chunk, place, numbers)
        major, forms, place = head_at(chunk, place)
        if major != 4:
            raise NotRead("no list of variants")
        variants = []
        for _ in range(forms):
            form, place = _text(chunk, _array(chunk, place, 2))
            run, place = _run_at(chunk, place, numbers)
            variants.append((form, run))
        found[text] = Word(pages, tuple(variants))
    if place != len(chunk):
        raise NotRead("bytes after the last word")
    return found


def joined(runs: list[tuple[int, Run]]) -> bytes:
    """Runs as one list of pages; each comes with the number that its own page 0 has in the whole."""
    parts = [head(4, sum(run.size for _, run in runs))]
    before = 0
    for offset, run in runs:
        if run.size:
            parts += (b"\x83", head(0, offset + run.first - before), run.rest)
            before = offset + run.last
    return b"".join(parts)


def joined_word(text: str, parts: list[tuple[int, Word]]) -> tuple[bytes, int]:
    """A word as it stands in several shards, given with their offsets; and what it counts for in a chunk."""
    forms = sorted({form for _, word in parts for form, _ in word.variants})
    runs = [(offset, word.pages) for offset, word in parts]
    weight = sum(run.weight for _, run in runs) + len(forms)
    written = [b"\x83", encoded(text), joined(runs), head(4, len(forms))]
    for form in forms:
        held = [(offset, run) for offset, word in parts for name, run in word.variants if name == form]
        written += (b"\x82", encoded(form), joined(held))
        weight += sum(run.weight for _, run in held)
    return b"".join(written), weight


def renumbered(word: Word, fields: dict[int, int]) -> Word:
    """The same word with other numbers for the metadata fields."""
    return Word(_renumbered(word.pages, fields), tuple((form, _renumbered(run, fields)) for form, run in word.variants))


def _renumbered(run: Run, fields: dict[int, int]) -> Run:
    if not run.size:
        return run
    return run._replace(rest=_with_fields(b"\x83\x00" + run.rest, fields)[2:])


def _run_at(data: bytes, place: int, numbers: Numbers) -> tuple[Run, int]:
    major, count, place = head_at(data, place)
    if major != 4:
        raise NotRead("no list of pages")
    if not count:
        return NOWHERE, place
    match = _PAGES.match(data, place)
    end = match.end() if match else place
    found = _EACH.findall(data[place:end])
    if len(found) != count:
        raise NotRead("pages of another form")
    steps, contents, places, in_metadata = zip(*found, strict=True)
    weight = count + sum([_VALUES[part] for part in places]) + sum([_VALUES[part] for part in in_metadata])
    ordered = sorted(zip(_renamed(steps, numbers.pages), contents, strict=True))
    first, rest = ordered[0]
    parts = [rest]
    before = first
    for number, content in ordered[1:]:
        parts += (b"\x83", _SMALL[number - before] if number - before < 24 else head(0, number - before), content)
        before = number
    run = Run(count, first, before, b"".join(parts), weight)
    return (_renumbered(run, numbers.fields) if any(part != b"\x80" for part in in_metadata) else run), end


def _renamed(steps: tuple[bytes, ...], names: list[int]) -> list[int]:
    try:
        return [names[number] for number in accumulate([_VALUES[step] for step in steps])]
    except IndexError:
        raise NotRead("a page that is not there") from None


_SMALL = [head(0, number) for number in range(24)]


def _with_fields(pages: bytes, fields: dict[int, int]) -> bytes:
    """The same pages, with other numbers for the fields: a number below zero says which field the places after it are in."""

    def renumber(match: re.Match[bytes]) -> bytes:
        if match[2] is None:
            return match[0]
        numbers = _NUMBERS.findall(match[2])
        return match[1] + b"".join([encoded(-1 - fields[_VALUES[n]]) if 0x20 <= n[0] < 0x40 else n for n in numbers])

    return _IN_METADATA.sub(renumber, pages)


class _Values(dict[bytes, int]):
    """The value or length that the head of an item says, by its bytes."""

    def __missing__(self, item: bytes) -> int:
        value = self[item] = item[0] & 31 if len(item) == 1 else int.from_bytes(item[1:], "big")
        return value


_VALUES = _Values()


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


def plain(words: dict[str, Word]) -> list[Any]:
    """Words as plain values, for `marshal`."""
    return [
        (text, tuple(word.pages), tuple((form, tuple(run)) for form, run in word.variants))
        for text, word in words.items()
    ]


def from_plain(values: list[Any]) -> dict[str, Word]:
    """The words that `plain` was given."""
    make = Run._make
    return {
        text: Word(make(pages), tuple((form, make(run)) for form, run in variants) if variants else ())
        for text, pages, variants in values
    }
