"""Edited pages are exchanged in a shard: it is the one that Pagefind would have made of all pages anew."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from generator.search.bundle import FIELDS, Shard
from generator.search.exchanging import exchanged
from generator.search.pagefind import Pagefind, find_pagefind
from generator.search.remembered import changed_words
from tests.search.test_chunks import Text, texts
from tests.search.test_chunks import shard_of as shard_of_texts
from tests.search.test_merging import page, shard_of

USUAL = 20
"""Pages of lower numbers have the usual metadata."""


@pytest.fixture(scope="module")
def pagefind() -> Pagefind:
    return find_pagefind()


def canonical(shard: Shard) -> Shard:
    """A shard without what only spares time, forms with accents in the order of their names."""
    forms = {text: tuple(sorted(held)) for text, held in shard.words.forms.items()}
    return replace(shard, chunks=(), words=replace(shard.words, forms=forms))


def pages_of(numbers: range, seed: int) -> dict[str, str]:
    dice = random.Random(seed)
    return {f"20{number % 9:02d}/page-{number}/index.html": page(number, dice) for number in numbers}


def ranks_of(paths: list[str], pages: dict[str, str]) -> list[int]:
    return [sorted(pages).index(path) for path in sorted(paths)]


@pytest.mark.parametrize("count", [1, 2, 7])
@pytest.mark.parametrize("seed", range(3))
def test_edited_pages_are_exchanged(pagefind: Pagefind, count: int, seed: int, tmp_path: Path) -> None:
    before = pages_of(range(USUAL), 3)
    dice = random.Random(seed)
    edited = {path: page(dice.randrange(USUAL), dice) for path in dice.sample(sorted(before), count)}
    after = before | edited
    old, new, alone = (
        shard_of(pagefind, pages, tmp_path / name)
        for name, pages in (("old", before), ("new", after), ("alone", edited))
    )
    found = exchanged(old, ranks_of(list(edited), before), alone)
    assert found is not None
    assert canonical(found.shard) == canonical(new)
    was, now = said(old), said(new)
    assert found.changed == {text for text in was.keys() | now.keys() if was.get(text) != now.get(text)}


@given(texts, texts.filter(bool))
def test_whatever_stood_on_the_edited_pages_gives_way(before: Text, edited: Text) -> None:
    ranks = sorted(edited)
    old, new = whole(before), whole({**before, **edited})
    alone = whole({number: edited[rank] for number, rank in enumerate(ranks)})
    found = exchanged(old, ranks, replace(alone, pages=alone.pages[: len(ranks)]))
    assert found is not None
    assert found.shard.words == new.words
    assert found.changed == changed_words(old, new)


def whole(held: Text) -> Shard:
    """A shard of these texts; the one word that such a text would have in no form at all is left out."""
    return replace(
        shard_of_texts({page: [word for word in said if word != "eé"] for page, said in held.items()}), fields=FIELDS
    )


def said(shard: Shard) -> dict[str, object]:
    words = canonical(shard).words
    return {text: (run, words.forms.get(text, ())) for text, run in words.runs().items()}


def test_words_that_nobody_has_any_more_go_with_their_filters_and_orders(pagefind: Pagefind, tmp_path: Path) -> None:
    before = pages_of(range(3), 3)
    path = sorted(before)[1]
    plain = "<!doctype html><html><body><article data-pagefind-body><h1>Bare</h1><p>zürich</p></article></body></html>"
    odd = (
        "<!doctype html><html><body><article data-pagefind-body><h1>Odd</h1><p>Świat only-here</p>"
        '<span hidden data-pagefind-filter="place[data-value]" data-value="Oslo"></span>'
        '<span hidden data-pagefind-sort="rank[data-value]" data-value="7"></span></article></body></html>'
    )
    shards = {
        name: shard_of(pagefind, pages, tmp_path / name)
        for name, pages in (
            ("odd", before | {path: odd}),
            ("plain", before | {path: plain}),
            ("alone", {path: plain}),
        )
    }
    assert "place" in shards["odd"].filters
    found = exchanged(shards["odd"], [1], shards["alone"])
    assert found is not None
    assert canonical(found.shard) == canonical(shards["plain"])


def test_metadata_of_other_names_are_left_to_pagefind(pagefind: Pagefind, tmp_path: Path) -> None:
    """They are numbered by the pages of the whole shard."""
    before = pages_of(range(USUAL, USUAL + 5), 3)
    path = max(before)
    shard = shard_of(pagefind, before, tmp_path / "old")
    assert (
        exchanged(shard, ranks_of([path], before), shard_of(pagefind, {path: before[path]}, tmp_path / "one")) is None
    )
