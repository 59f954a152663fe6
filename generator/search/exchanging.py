"""A shard in which some pages were edited: what it said of them gives way to what Pagefind says of their new text.

Pagefind is asked about the edited pages alone. The outcome is the shard that it would make of all pages at once, so that
an edit costs what the edited pages hold, and not what stands beside them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from generator.search.bundle import FIELDS, Shard
from generator.search.entries import Entry, entries_of, run_of
from generator.search.postings import NOWHERE, Forms, Run, Words, has_any, in_a_row

Word = tuple[Run, Forms]
_ABSENT: Word = (NOWHERE, ())


class Exchanged(NamedTuple):
    """A shard with edited pages, and the words of which it says something else than before."""

    shard: Shard
    changed: frozenset[str]


def exchanged(shard: Shard, ranks: Sequence[int], edited: Shard) -> Exchanged | None:
    """The `shard` whose pages of these `ranks` are those of the `edited` one, both in the order of their addresses.

    None where that cannot be told from the two: another Pagefind, or metadata of other names than usual, which are
    numbered by all the pages of a shard.
    """
    about = (shard.version, shard.language, shard.entry, shard.fields)
    if about != (edited.version, edited.language, edited.entry, edited.fields) or shard.fields != FIELDS:
        return None
    if len(ranks) != len(edited.pages):
        return None
    words = _words(shard.words, ranks, edited.words)
    pages = list(shard.pages)
    for rank, page in zip(ranks, edited.pages, strict=True):
        pages[rank] = page
    made = replace(
        shard,
        pages=tuple(pages),
        words=_with(shard.words, words),
        filters=_filters(shard.filters, ranks, edited.filters),
        sorts=_sorts(shard.sorts, ranks, edited.sorts),
        chunks=(),
    )
    return Exchanged(made, frozenset(words))


def _words(words: Words, ranks: Sequence[int], edited: Words) -> dict[str, Word]:
    """What is said from now on of each word of which something else was said before."""
    fresh = {text: (run, edited.forms.get(text, ())) for text, run in edited.runs().items()}
    found: dict[str, Word] = {}
    for text, before in _words_on(words, frozenset(ranks), fresh):
        run, forms = fresh.get(text, _ABSENT)
        now = _run(before[0], ranks, run), _forms(before[1], ranks, forms)
        if now[0] != before[0] or now[1] != tuple(sorted(before[1])):
            found[text] = now
    return found


def _words_on(words: Words, ranks: Set[int], fresh: Mapping[str, Word]) -> Iterator[tuple[str, Word]]:
    """The words that may stand on these pages, or shall from now on, with what is said of each."""
    low, high = min(ranks), max(ranks)
    rests, begin, left = words.rests, 0, set(fresh)
    columns = (words.texts, words.sizes, words.firsts, words.lasts, words.weights, words.ends)
    for text, size, first, last, weight, end in zip(*columns, strict=True):
        is_asked = text in fresh or text in words.forms
        if is_asked or (first <= high and last >= low and size):
            run = Run(size, first, last, weight, rests[begin:end])
            if is_asked or has_any(run, ranks):
                left.discard(text)
                yield text, (run, words.forms.get(text, ()))
        begin = end
    for text in left:
        yield text, _ABSENT


def _run(before: Run, ranks: Sequence[int], fresh: Run) -> Run:
    gone = frozenset(ranks)
    kept = [entry for entry in entries_of(before) if entry.page not in gone] if before.size else []
    added = [Entry(ranks[entry.page], entry.content, entry.weight) for entry in entries_of(fresh)]
    return run_of(sorted(kept + added))


def _forms(before: Forms, ranks: Sequence[int], fresh: Forms) -> Forms:
    if not before and not fresh:
        return ()
    old, new = dict(before), dict(fresh)
    runs = ((name, _run(old.get(name, NOWHERE), ranks, new.get(name, NOWHERE))) for name in sorted(old.keys() | new))
    return tuple((name, run) for name, run in runs if run.size)


def _with(words: Words, changed: Mapping[str, Word]) -> Words:
    """The words with others among them; one that stands nowhere any more is left out."""
    parts, start = [], 0
    for text in sorted(changed):
        run, forms = changed[text]
        place = bisect_left(words.texts, text, start)
        if place > start:
            parts.append(words.part(start, place))
        start = place + (place < len(words.texts) and words.texts[place] == text)
        if run.size or forms:
            parts.append(_one(text, run, forms))
    parts.append(words.part(start, len(words.texts)))
    return in_a_row(parts)


def _one(text: str, run: Run, forms: Forms) -> Words:
    size, first, last, weight, end = (array("I", [number]) for number in (*run[:4], len(run.rest)))
    return Words([text], size, first, last, weight, end, run.rest, {text: forms} if forms else {})


def _filters(
    before: Mapping[str, Mapping[str, list[int]]], ranks: Sequence[int], fresh: Mapping[str, Mapping[str, list[int]]]
) -> dict[str, dict[str, list[int]]]:
    found = {}
    for name in sorted(before.keys() | fresh.keys()):
        old, new = before.get(name, {}), fresh.get(name, {})
        values = {
            value: sorted({*old.get(value, ())}.difference(ranks).union(ranks[page] for page in new.get(value, ())))
            for value in sorted(old.keys() | new.keys())
        }
        if held := {value: pages for value, pages in values.items() if pages}:
            found[name] = held
    return found


def _sorts(
    before: Mapping[str, list[tuple[str, int]]], ranks: Sequence[int], fresh: Mapping[str, list[tuple[str, int]]]
) -> dict[str, list[tuple[str, int]]]:
    found = {}
    for name in sorted(before.keys() | fresh.keys()):
        kept = [(value, page) for value, page in before.get(name, []) if page not in ranks]
        ordered = kept + [(value, ranks[page]) for value, page in fresh.get(name, [])]
        if ordered:
            found[name] = sorted(ordered, key=lambda item: item[1])
    return found
