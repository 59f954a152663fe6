"""What Pagefind makes of a word, asked once for each distinct one, on pages that hold nothing but such words.

A word is here what stands between two spaces. Pagefind may index it as several (`well-known` as three), without its
accents, without its ending, or not at all.
"""

import json
import marshal
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator.search.abridging import mark
from generator.search.bundle import Said
from generator.search.cbor import NotRead
from generator.search.postings import NO_METADATA, entries_of, places_of, runs_of

_PAGE = 8000
"""Words of one page."""
_ENDING = ".words"
_END = "."
"""Stands last, lest Pagefind ends the sentence with a sign that the last word has not."""


Sense = tuple[str, str, int]
"""One word of the index that a word is found by: itself, its form where it has accents, and what it counts for."""


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

    def take(self, other: "Vocabulary") -> None:
        """Adds what is known in another one. Raises NotRead where a word counts for something else there."""
        if self.weight not in (0, other.weight):
            raise NotRead("words count for something else than before")
        self.weight = other.weight
        self.plain |= other.plain
        self.senses |= other.senses

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


def learned(words: Sequence[str], said: Said) -> Vocabulary:
    """What Pagefind `said` of `words` on the pages that ask about them. Raises NotRead where it does not tell."""
    pages = [words[start : start + _PAGE] for start in range(0, len(words), _PAGE)]
    for asked, content in zip(pages, said.contents, strict=True):
        if json.loads(content)["content"].split(" ") != [mark(0), *asked, _END]:
            raise NotRead("words are not shown as they were asked")
    usual = _weight_of_mark(said)
    first: list[list[str]] = [[""] * (len(asked) + 2) for asked in pages]
    others: list[defaultdict[int, list[Sense]]] = [defaultdict(list) for _ in pages]
    for text, form, run in runs_of(said.shard.words):
        for page, content, _ in entries_of(run):
            places, metadata = places_of(content)
            if metadata != NO_METADATA:
                raise NotRead("metadata that nobody stated")
            for weight, place in places:
                if form or weight != usual or first[page][place]:
                    others[page][place].append((text, form, weight))
                else:
                    first[page][place] = text
    vocabulary = Vocabulary(usual)
    for asked, texts, more in zip(pages, first, others, strict=True):
        for place, word in enumerate(asked, 1):
            if (text := texts[place]) and place not in more:
                vocabulary.plain[word] = text
            else:
                vocabulary.senses[word] = (*(((text, "", usual),) if text else ()), *more.get(place, ()))
    return vocabulary


def _weight_of_mark(said: Said) -> int:
    """What the mark counts for that stands first on each page."""
    for text, run in said.shard.words.runs().items():
        if text == mark(0):
            weights = [weight for weight, place in places_of(entries_of(run)[0].content)[0] if place == 0]
            if len(weights) == 1:
                return weights[0]
    raise NotRead("a mark with a meaning")


class Told:
    """What processes that ask side by side tell one another of words: files in a folder that all of them know."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[str] = set()

    def tell(self, vocabulary: Vocabulary) -> None:
        """Lets the others know."""
        name = f"{os.getpid()}-{len(self._known)}{_ENDING}"
        self._known.add(name)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"{name}.unfinished"
        unfinished.write_bytes(marshal.dumps((vocabulary.weight, vocabulary.plain, vocabulary.senses)))
        unfinished.rename(self._folder / name)

    def hear(self, vocabulary: Vocabulary) -> None:
        """Adds what others have told since."""
        names = {file.name for file in self._folder.glob(f"*{_ENDING}")} - self._known
        for name in sorted(names):
            with suppress(OSError, ValueError, EOFError, TypeError):  # then the words are asked about once more
                vocabulary.take(Vocabulary(*marshal.loads((self._folder / name).read_bytes())))
        self._known |= names
