"""What Pagefind makes of a word, asked once for each distinct one, on pages that hold nothing but such words.

A word is here what stands between two spaces. Pagefind may index it as several (`well-known` as three), without its
accents, without its ending, or not at all.
"""

import json
import marshal
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.search.abridging import mark
from generator.search.bundle import Said
from generator.search.cbor import NotRead
from generator.search.entries import entries_of, parts_of, places_of
from generator.search.postings import NO_METADATA, runs_of

if TYPE_CHECKING:
    from generator.search.placing import Column

_PAGE = 8000
"""Words of one page."""
_ENDING = ".words"
_END = "."
"""Stands last, lest Pagefind ends the sentence with a sign that the last word has not."""


Sense = tuple[str, str, int]
"""One word of the index that a word is found by: itself, its form where it has accents, and what it counts for."""
UNKNOWN = -1
"""The number of a word of which nothing is known."""


class Learned(NamedTuple):
    """What Pagefind made of some words. Of the `plain` ones each is found by one other, which counts for `weight`, what
    any word counts for; of the rest all `senses` are told."""

    weight: int
    plain: dict[str, str]
    senses: dict[str, tuple[Sense, ...]]


class _Numbers(dict[str, int]):
    def __missing__(self, word: str) -> int:
        return UNKNOWN


class Vocabulary:
    """All that is known of words, which are numbers here: one that is not below zero is that of the text that finds the
    word, others stand for senses.

    `texts` are the words of the index by number; `weight` is what any word counts for, zero while nothing is known.
    """

    def __init__(self) -> None:
        self.weight = 0
        self.texts: list[str] = []
        self._of_words = _Numbers()
        self._of_texts: dict[str, int] = {}
        self._senses: list[tuple[Sense, ...]] = []

    def __len__(self) -> int:
        return len(self._of_words) + len(self.texts)

    def take(self, learned: Learned) -> None:
        """Adds what was learned. Raises NotRead where a word counts for something else than before."""
        if self.weight not in (0, learned.weight):
            raise NotRead("words count for something else than before")
        self.weight = learned.weight
        for word, text in learned.plain.items():
            self._of_words[word] = self.number_of(text)
        for word, senses in learned.senses.items():
            self._senses.append(senses)
            self._of_words[word] = UNKNOWN - len(self._senses)

    def number_of(self, text: str) -> int:
        """The number of a word of the index."""
        number = self._of_texts.get(text)
        if number is None:
            number = self._of_texts[text] = len(self.texts)
            self.texts.append(text)
        return number

    def senses(self, number: int) -> tuple[Sense, ...]:
        """What a word is found by whose number is below zero."""
        return self._senses[UNKNOWN - 1 - number]

    def numbers(self, words: Sequence[str]) -> "Column":
        """The numbers of words."""
        import numpy as np

        return np.fromiter(map(self._of_words.__getitem__, words), np.int64, len(words))

    def unknown(self, words: Sequence[str], numbers: "Column") -> list[str]:
        """Those of the words with these numbers of which nothing was known: each once, the most frequent first.

        What is learned first lies close together in memory, so that frequent words are looked up fastest.
        """
        missing = Counter(words[place] for place in (numbers == UNKNOWN).nonzero()[0].tolist())
        return [word for word, _ in missing.most_common()]


def vocabulary_pages(words: Sequence[str]) -> dict[str, str]:
    """Pages, by path, by which Pagefind is asked about words: 8,000 words on each, after a mark that has no meaning."""
    return {
        f"{number:06d}/index.html": "<!doctype html><html><body><main data-pagefind-body><p>"
        + " ".join((mark(0), *words[start : start + _PAGE], _END))
        + "</p></main></body></html>"
        for number, start in enumerate(range(0, len(words), _PAGE))
    }


def learned(words: Sequence[str], said: Said) -> Learned:
    """What Pagefind `said` of `words` on the pages that ask about them. Raises NotRead where it does not tell."""
    pages = [words[start : start + _PAGE] for start in range(0, len(words), _PAGE)]
    shown = [json.loads(content)["content"].split(" ") for content in said.contents]
    if shown != [[mark(0), *asked, _END] for asked in pages]:
        raise NotRead("words are not shown as they were asked")
    usual = _weight_of_mark(said)
    first: list[list[str]] = [[""] * (len(asked) + 2) for asked in pages]
    others: list[defaultdict[int, list[Sense]]] = [defaultdict(list) for _ in pages]
    for text, form, run in runs_of(said.shard.words):
        for page, content, _ in entries_of(run):
            places, metadata = parts_of(content)
            if metadata != NO_METADATA:
                raise NotRead("metadata that nobody stated")
            for weight, place in places_of(places):
                if form or weight != usual or first[page][place]:
                    others[page][place].append((text, form, weight))
                else:
                    first[page][place] = text
    found = Learned(usual, {}, {})
    # The words as they are shown lie beside each other in memory.
    for words_shown, texts, more in zip(shown, first, others, strict=True):
        for place, word in enumerate(words_shown[1:-1], 1):
            if (text := texts[place]) and place not in more:
                found.plain[word] = text
            else:
                found.senses[word] = (*(((text, "", usual),) if text else ()), *more.get(place, ()))
    return found


def _weight_of_mark(said: Said) -> int:
    """What the mark counts for that stands first on each page."""
    for text, run in said.shard.words.runs().items():
        if text == mark(0):
            places, _ = parts_of(entries_of(run)[0].content)
            weights = [weight for weight, place in places_of(places) if place == 0]
            if len(weights) == 1:
                return weights[0]
    raise NotRead("a mark with a meaning")


class Told:
    """What processes that ask side by side tell one another of words: files in a folder that all of them know."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[str] = set()

    def tell(self, learned: Learned) -> None:
        """Lets the others know."""
        name = f"{os.getpid()}-{len(self._known)}{_ENDING}"
        self._known.add(name)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"{name}.unfinished"
        unfinished.write_bytes(marshal.dumps(tuple(learned)))
        unfinished.rename(self._folder / name)

    def hear(self, vocabulary: Vocabulary) -> None:
        """Adds what others have told since."""
        names = {file.name for file in self._folder.glob(f"*{_ENDING}")} - self._known
        for name in sorted(names):
            with suppress(OSError, ValueError, EOFError, TypeError):  # then the words are asked about once more
                vocabulary.take(Learned(*marshal.loads((self._folder / name).read_bytes())))
        self._known |= names
