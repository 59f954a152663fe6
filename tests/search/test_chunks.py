"""Chunks of the last join are taken as they are only where a join of everything would make the same ones."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search import chunks
from generator.search.bundle import Shard
from generator.search.cbor import encoded
from generator.search.chunks import Before, Chunk
from generator.search.merging import chunk_path, merged
from generator.search.postings import Numbers, from_plain, plain, words_of
from generator.search.remembered import LastJoin, changed_since, changed_words, join_of, shape_of

VOCABULARY = [f"{first}{second}" for first in "abcdefgh" for second in ("", "a", "k", "é", "zz")]
PAGES = 6
Text = dict[int, list[str]]


def shard_of(texts: Text, language: str = "en") -> Shard:
    """A shard whose pages have these words; words with an accent stand as a form of the one without."""
    plain_words: dict[str, list[object]] = {}
    accented: dict[str, list[object]] = {}
    for page in range(PAGES):
        for word in sorted(set(texts.get(page, []))):
            places = [place for place, found in enumerate(texts[page]) if found == word]
            (accented if "é" in word else plain_words).setdefault(word, []).append((page, places))
    entries = []
    for text in sorted({word.replace("é", "e") for word in plain_words | accented}):
        form = text.replace("e", "é")
        forms = [[form, stepped(accented[form])]] if form in accented else []
        entries.append([text, stepped(plain_words.get(text, [])), forms])
    words = words_of(encoded([entries]), Numbers(list(range(PAGES)), {}))
    pages = tuple((f"{language}_{page}", len(texts.get(page, []))) for page in range(PAGES))
    return Shard("1.6.0", language, '{"languages":{"en":{}}}', pages, words, {}, {}, ())


def stepped(pages: list[object]) -> list[list[object]]:
    found, before = [], 0
    for page, places in pages:  # type: ignore[misc]
        found.append([page - before, places, []])
        before = page
    return found


def join(shards: list[Shard], before: Before = chunks.NOTHING) -> tuple[dict[str, bytes], list[Chunk]]:
    cut: list[Chunk] = []
    return dict(merged(shards, before, cut)), cut


texts = st.dictionaries(st.integers(0, PAGES - 1), st.lists(st.sampled_from(VOCABULARY), max_size=12))


@pytest.fixture(autouse=True, scope="module")
def small_chunks() -> object:
    limit, block = chunks.CHUNK, chunks._BLOCK
    chunks.CHUNK, chunks._BLOCK = 12, 3
    yield
    chunks.CHUNK, chunks._BLOCK = limit, block


@given(st.lists(texts, min_size=1, max_size=4), texts, st.integers(0, 3), st.booleans())
def test_a_join_after_a_change_is_the_join_of_everything(held: list[Text], other: Text, place: int, some: bool) -> None:
    place %= len(held)
    shards = {str(number): shard_of(text) for number, text in enumerate(held)}
    files, cut = join(list(shards.values()))
    keys = dict.fromkeys(shards, "as it was")
    last = LastJoin(keys, shape_of(shards), tuple(cut))
    now = shards | {str(place): shard_of({**held[place], **other})}
    words = {str(place): changed_words(shards[str(place)], now[str(place)])}
    changed = changed_since(last, now, keys | {str(place): "new"}, words)
    assert changed is not None
    stands: Callable[[Chunk], bool] = (lambda chunk: ord(chunk.last[0]) % 3 > 0) if some else bool
    whole, expected = join(list(now.values()))
    made, found = join(list(now.values()), Before(cut, changed, stands))
    assert found == expected
    kept = {chunk_path(chunk): files[chunk_path(chunk)] for chunk in found if chunk_path(chunk) not in made}
    assert made | kept == whole


def test_what_has_not_changed_is_not_joined_again() -> None:
    dice = random.Random(4)
    held = [{page: dice.choices(VOCABULARY, k=12) for page in range(PAGES)} for _ in range(4)]
    shards = [shard_of(text) for text in held]
    _, cut = join(shards)
    assert len(cut) > 10
    made, _ = join(shards, Before(cut, frozenset({"dk"}), bool))
    assert len([path for path in made if path.startswith("index/")]) == 1


@given(texts)
def test_words_come_back_as_they_were_kept(held: Text) -> None:
    words = shard_of(held).words
    assert from_plain(plain(words)) == words


def test_nothing_is_taken_of_a_join_that_differs_in_more_than_words() -> None:
    shards = {"a": shard_of({0: ["ak"]}), "b": shard_of({1: ["bk"]})}
    keys = {"a": "1", "b": "2"}
    last = LastJoin(keys, shape_of(shards), ())
    assert changed_since(last, shards, keys, {}) == frozenset()
    assert changed_since(last, shards, {**keys, "b": "3"}, {}) is None, "what it was is not known"
    assert changed_since(last, {"a": shards["a"]}, {"a": "1"}, {}) is None, "fewer pages"
    assert changed_since(last, {**shards, "b": shard_of({}, "de")}, keys, {}) is None, "another language"


def test_a_damaged_memory_of_a_join_is_none() -> None:
    last = LastJoin({"a": "1"}, "shape", (Chunk("a", "b", "en_1"), Chunk("ç", "é", "en_2")))
    assert join_of(last.text()) == last
    assert join_of("") is None
    assert join_of(last.text().replace("en_2", "en_3")) is None
