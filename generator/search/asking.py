"""Pagefind is asked about pages: about many of them without their rows of plain words, and about each word once.

Whether it answers as it would about the whole pages is tried first, on a few of them, in each process that asks. Where it
does not, whole pages are what it gets.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generator.search.abridging import abridged, trial_page
from generator.search.bundle import Said, Shard, read_said
from generator.search.cbor import NotRead
from generator.search.chunks import FORM
from generator.search.pagefind import Pagefind, run_pagefind
from generator.search.vocabulary import UNKNOWN, Told, Vocabulary, learned, vocabulary_pages
from generator.search.workplace import staged

if TYPE_CHECKING:
    from generator.search.placing import Column

FEWEST = 40
"""Pages from which on it is quicker to ask about their words apart from them."""
_TRIED = 3
"""Pages that are compared first, beside one that is made for it."""
_MOST_WORDS = 400_000
"""Words that are remembered in one process: of most archives all."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """How Pagefind is asked: in which language, in which folder, and by how many threads (0: one a processor)."""

    pagefind: Pagefind
    language: str
    work: Path
    threads: int = 0


@dataclass(slots=True)
class _Knowledge:
    """What this process knows of words, and what it has been told by others that work beside it."""

    vocabulary: Vocabulary
    told: Told


_knowledge: dict[tuple[Path, Pagefind, str], _Knowledge | None] = {}
"""By the folder that is worked in, Pagefind and language; nothing where whole pages are to be asked about."""


def asked(inquiry: Inquiry, pages: Mapping[str, str], known: Shard | None = None) -> Said:
    """What Pagefind says of pages, given by path; of whole ones it does not repeat what it said in a `known` shard.

    Processes that ask beside one another in folders beside one another tell each other what they learn of words.
    Raises Refusal where Pagefind fails, NotRead where its files are of an unknown form.
    """
    if len(pages) < FEWEST:
        return _said(inquiry, pages, known)
    about = (inquiry.work.parent, inquiry.pagefind, inquiry.language)
    if about not in _knowledge:
        _knowledge[about] = _tried(inquiry, dict(sorted(pages.items())[:_TRIED]))
    knowledge = _knowledge[about]
    if knowledge is None:
        return _said(inquiry, pages, known)
    if len(knowledge.vocabulary) > _MOST_WORDS:
        knowledge.vocabulary = Vocabulary()
    try:
        return said_of_abridged(inquiry, pages, knowledge.vocabulary, knowledge.told)
    except NotRead:
        _knowledge[about] = None
        return _said(inquiry, pages, known)


def said_of_abridged(
    inquiry: Inquiry, pages: Mapping[str, str], vocabulary: Vocabulary, told: Told | None = None
) -> Said:
    """What Pagefind says of the pages, asked about them without their rows of words."""
    # With it comes NumPy, whose algebra is not asked for: it is to begin no threads, for then nothing is safely forked.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from generator.search.restoring import restored

    whole: frozenset[str] = frozenset()
    while True:
        held = {path: abridged(page) for path, page in pages.items() if path not in whole}
        fed = {path: held[path].page if path in held else page for path, page in pages.items()}
        said = _said(inquiry, fed, originals=pages)
        paths = [_path(address) for address in said.addresses]
        rows = [held[path].rows if path in held else () for path in paths]
        numbers = _numbered(inquiry, rows, vocabulary, told)
        found, unfit = restored(said, rows, numbers, vocabulary)
        if not unfit:
            return found
        # A page without marks is never unfit, so this ends.
        whole |= {paths[number] for number in unfit}


def _numbered(inquiry: Inquiry, rows: Sequence[Sequence[str]], vocabulary: Vocabulary, told: Told | None) -> "Column":
    """The numbers of all words of some pages' rows; Pagefind is asked about those of which nothing is known yet."""
    if told is not None:
        told.hear(vocabulary)
    words = " ".join(chain.from_iterable(rows)).split()
    numbers = vocabulary.numbers(words)
    if unknown := vocabulary.unknown(words, numbers):
        found = learned(unknown, _said(inquiry, vocabulary_pages(unknown)))
        vocabulary.take(found)
        if told is not None:
            told.tell(found)
        missing = (numbers == UNKNOWN).nonzero()[0]
        numbers[missing] = vocabulary.numbers([words[place] for place in missing.tolist()])
    return numbers


def _tried(inquiry: Inquiry, pages: Mapping[str, str]) -> _Knowledge | None:
    """Knowledge to begin with; none where Pagefind says something else of abridged pages than of whole ones."""
    vocabulary = Vocabulary()
    pages = {**pages, "pressmark-trial/index.html": trial_page()}
    with suppress(NotRead):
        found, whole = said_of_abridged(inquiry, pages, vocabulary), _said(inquiry, pages)
        if found == replace(whole, shard=replace(whole.shard, chunks=())):
            about = f"{FORM} {inquiry.pagefind.version} {inquiry.language}"
            return _Knowledge(
                vocabulary, Told(inquiry.work.parent / f"words-{sha256(about.encode()).hexdigest()[:16]}")
            )
    return None


def _said(
    inquiry: Inquiry, pages: Mapping[str, str], known: Shard | None = None, originals: Mapping[str, str] | None = None
) -> Said:
    work = inquiry.work
    staged(work / "pages", pages)
    run_pagefind(inquiry.pagefind, work / "pages", work / "index", inquiry.language, inquiry.threads)
    texts = originals or pages
    return read_said(work / "index", lambda address: texts[_path(address)], known)


def _path(address: str) -> str:
    return f"{address.lstrip('/')}index.html"
