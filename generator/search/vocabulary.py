"""What Pagefind makes of a word, asked once for each distinct one, on pages that hold nothing but such words.

A word is here what stands between two spaces. Pagefind may index it as several (`well-known` as three), without its
accents, without its ending, or not at all.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.search.abridging import mark
from generator.search.bundle import Said
from generator.search.cbor import NotRead
from generator.search.postings import NO_METADATA, entries_of, places_of, runs_of

_PAGE = 8000
"""Words of one page."""
_END = "."
"""Stands last, lest Pagefind ends the sentence with a sign that the last word has not."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One word of the index that a word is found by: itself, its form where it has accents, its weight."""

    text: str
    form: str
    weight: int


@dataclass(slots=True)
class Vocabulary:
    """What is known of words. Of the `plain` ones each is found by one other, which counts for `weight`, what any word
    counts for; of the rest all `senses` are told."""

    weight: int = 0
    plain: dict[str, str] = field(default_factory=dict)
    senses: dict[str, tuple[Sense, ...]] = field(default_factory=dict)

    def unknown(self, rows: Iterable[Sequence[str]]) -> list[str]:
        """The words of some rows of which nothing is known yet, in order."""
        words: set[str] = set().union(*rows)
        return sorted(words.difference(self.plain, self.senses))

    def __len__(self) -> int:
        return len(self.plain) + len(self.senses)


def vocabulary_pages(words: Sequence[str]) -> dict[str, str]:
    """Pages, by path, by which Pagefind is asked about words: 8,000 words on each, after a mark that has no meaning."""
    return {
        f"{number:06d}/index.html": "<!doctype html><html><body><main data-pagefind-body><p>"
        + " ".join((mark(0), *words[start : start + _PAGE], _END))
        + "</p></main></body></html>"
        for number, start in enumerate(range(0, len(words), _PAGE))
    }


def learn(vocabulary: Vocabulary, words: Sequence[str], said: Said) -> None:
    """Adds what Pagefind `said` of the pages that ask about `words`. Raises NotRead where it does not tell."""
    pages = [words[start : start + _PAGE] for start in range(0, len(words), _PAGE)]
    for asked, content in zip(pages, said.contents, strict=True):
        if json.loads(content)["content"].split(" ") != [mark(0), *asked, _END]:
            raise NotRead("words are not shown as they were asked")
    found: list[defaultdict[int, list[Sense]]] = [defaultdict(list) for _ in pages]
    for text, form, run in runs_of(said.shard.words):
        for page, content, _ in entries_of(run):
            places, metadata = places_of(content)
            if metadata != NO_METADATA:
                raise NotRead("metadata that nobody stated")
            for weight, place in places:
                found[page][place].append(Sense(text, form, weight))
    marked = found[0][0]
    if len(marked) != 1 or marked[0].text != mark(0) or vocabulary.weight not in (0, marked[0].weight):
        raise NotRead("a mark with a meaning")
    vocabulary.weight = marked[0].weight
    for asked, senses in zip(pages, found, strict=True):
        for place, word in enumerate(asked, 1):
            held = senses.get(place, ())
            if len(held) == 1 and not held[0].form and held[0].weight == vocabulary.weight:
                vocabulary.plain[word] = held[0].text
            else:
                vocabulary.senses[word] = tuple(held)
