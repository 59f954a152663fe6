"""Shards made one index: what Pagefind would have made of all pages at once, so that every query finds the same."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from generator.search.bundle import Shard, kept_shard, packed, read_shard
from generator.search.cbor import NotRead, decoded, encoded
from generator.search.merging import merged
from generator.search.pagefind import Pagefind, find_pagefind, run_pagefind
from generator.search.postings import Numbers, words_of

WORDS = ["ferry", "ferries", "harbour", "mill", "noise", "naïve", "Läufe", "éclair", "lamp", "lamps", "quay", "tram"]


def page(number: int, dice: random.Random) -> str:
    """A page as ours are, with words that have accents, metadata that not all pages have, and filters."""
    body = " ".join(dice.choices(WORDS, k=dice.randint(5, 2000)))
    picture = '<img src="/quay.png" alt="The quay">' if number % 7 == 0 else ""
    extra = (
        f'<span hidden data-pagefind-meta="place[data-value]" data-value="Port {number}"></span>' if number > 20 else ""
    )
    return (
        f"<!doctype html><html><body><article data-pagefind-body><h1>Title {dice.choice(WORDS)} {number}</h1>"
        f'<span hidden data-pagefind-filter="author[data-value]" data-value="{dice.choice(["Ada &amp; Co", "José"])}"></span>'
        f'<span hidden data-pagefind-sort="date[data-value]" data-value="20{number % 9:02d}-01-02"></span>'
        f'<span hidden data-pagefind-sort="size[data-value]" data-value="{number * 7 % 100}"></span>'
        f"{picture}{extra}<h2 id=a>{dice.choice(WORDS)}</h2><p>{body}</p></article></body></html>"
    )


@pytest.fixture(scope="module")
def pagefind() -> Pagefind:
    return find_pagefind()


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    dice = random.Random(3)
    return {f"20{number % 9:02d}/page-{number}/index.html": page(number, dice) for number in range(60)}


def indexed(pagefind: Pagefind, pages: dict[str, str], folder: Path) -> Path:
    for path, text in pages.items():
        file = folder / "pages" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    run_pagefind(pagefind, folder / "pages", folder / "index", "en")
    return folder / "index"


def shard_of(pagefind: Pagefind, pages: dict[str, str], folder: Path) -> Shard:
    return read_shard(indexed(pagefind, pages, folder), lambda address: pages[address.lstrip("/") + "index.html"])[0]


def in_parts(pages: dict[str, str], parts: int) -> list[dict[str, str]]:
    paths = sorted(pages)
    return [{path: pages[path] for path in paths[part::parts]} for part in range(parts)]


def meaning(files: dict[str, bytes], addresses: dict[str, str]) -> dict[str, Any]:
    """What an index says, with pages by their address and fields by their name instead of by number."""
    entry = json.loads(files["pagefind-entry.json"])
    (about,) = entry["languages"].values()
    _, pages, chunks, filters, sorts, fields = decoded(files[f"pagefind.{about['hash']}.pf_meta"])
    names = [addresses[page[0]] for page in pages]
    words: dict[str, Any] = {}
    for _, _, chunk in chunks:
        for text, places, variants in decoded(files[f"index/{chunk}.pf_index"])[0]:
            words[text] = (
                named_places(places, names, fields),
                {form: named_places(found, names, fields) for form, found in variants},
            )
    filtered = {
        name: {
            value: sorted(names[page] for page in held) for value, held in decoded(files[f"filter/{file}.pf_filter"])[1]
        }
        for name, file in filters
    }
    return {
        "pages": {name: page[1] for name, page in zip(names, pages, strict=True)},
        "words": words,
        "ranges": [chunk[:2] for chunk in chunks],
        "filters": filtered,
        "sorts": {name: [names[page] for page in order] for name, order in sorts},
        "count": about["page_count"],
    }


def named_places(places: list[Any], names: list[str], fields: list[str]) -> dict[str, Any]:
    found, number = {}, 0
    for step, locations, in_metadata in places:
        number += step
        found[names[number]] = (locations, sorted(by_field(in_metadata, fields).items()))
    return found


def by_field(numbers: list[int], fields: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    name = ""
    for number in numbers:
        if number < 0:
            name = fields[-1 - number]
        else:
            found.setdefault(name, []).append(number)
    return found


def plain_index(folder: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """Pagefind's own index: its files unpacked, and the addresses of its fragments."""
    files, addresses = {}, {}
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        if file.suffix in (".pf_meta", ".pf_index", ".pf_filter"):
            files[path] = gzip.decompress(file.read_bytes())[12:]
        elif file.suffix == ".pf_fragment":
            addresses[file.stem] = json.loads(gzip.decompress(file.read_bytes())[12:])["url"]
        elif file.name == "pagefind-entry.json":
            files[path] = file.read_bytes()
    return files, addresses


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_shards_make_the_index_that_pagefind_makes_of_all(
    pagefind: Pagefind, pages: dict[str, str], parts: int, tmp_path: Path
) -> None:
    whole, addresses = plain_index(indexed(pagefind, pages, tmp_path / "whole"))
    shards, ours = [], {}
    for number, part in enumerate(in_parts(pages, parts)):
        shards.append(shard_of(pagefind, part, tmp_path / str(number)))
        paths = sorted(part)
        ours |= {
            held[0]: "/" + path.removesuffix("index.html") for held, path in zip(shards[-1].pages, paths, strict=True)
        }
    expected, found = meaning(whole, addresses), meaning(dict(merged(shards)), ours)
    assert len(expected["ranges"]) > 1
    for one in (expected, found):  # pages of one date stand in no particular order
        for name, order in one["sorts"].items():
            values = {
                "/" + path.removesuffix("index.html"): text.split(f'"{name}[data-value]" data-value="')[1].split('"')[0]
                for path, text in pages.items()
            }
            assert [values[address] for address in order] == sorted(values.values(), key=int if name == "size" else str)
            one["sorts"][name] = sorted(order)
    assert found == expected


def test_the_same_pages_have_the_same_bytes(pagefind: Pagefind, pages: dict[str, str], tmp_path: Path) -> None:
    """Pagefind takes pages in the order of the disk, and its filters in no order; here both are settled."""
    backwards = dict(reversed(pages.items()))
    first = dict(merged([shard_of(pagefind, pages, tmp_path / "first")]))
    second = dict(merged([shard_of(pagefind, backwards, tmp_path / "second")]))
    assert first == second


def test_a_shard_that_is_kept_comes_back(pagefind: Pagefind, pages: dict[str, str], tmp_path: Path) -> None:
    shard = shard_of(pagefind, pages, tmp_path)
    kept = shard.kept()
    assert kept_shard(kept) == shard
    with pytest.raises(ValueError, match="not as it was kept"):
        kept_shard(kept[:-7] + b"\0" + kept[-6:])
    with pytest.raises(ValueError, match="not as it was kept"):
        kept_shard(b"")


def test_a_shard_read_beside_the_one_before_is_as_if_read_alone(
    pagefind: Pagefind, pages: dict[str, str], tmp_path: Path
) -> None:
    before = shard_of(pagefind, pages, tmp_path / "before")
    path = max(pages)
    changed = pages | {path: pages[path].replace("</p>", " zanzibarock</p>")}

    def text_of(address: str) -> str:
        return changed[address.lstrip("/") + "index.html"]

    folder = indexed(pagefind, changed, tmp_path / "after")
    alone, _ = read_shard(folder, text_of)
    beside, _ = read_shard(folder, text_of, before)
    assert beside == alone
    assert "zanzibarock" in beside.words.texts
    shared = {digest for digest, _ in before.chunks} & {digest for digest, _ in alone.chunks}
    assert shared
    assert shared < {digest for digest, _ in alone.chunks}


def test_what_is_left_of_a_shard_without_some_chunks_are_the_words_of_the_others(
    pagefind: Pagefind, pages: dict[str, str], tmp_path: Path
) -> None:
    shard = shard_of(pagefind, pages, tmp_path)
    digests = [digest for digest, _ in shard.chunks]
    first, rest = (
        {text: run for words in shard.words_but(left_out) for text, run in words.runs().items()}
        for left_out in (set(digests[1:]), {digests[0]})
    )
    assert first
    assert rest
    assert first.keys().isdisjoint(rest)
    assert first | rest == shard.words.runs()


def test_packed_content_is_what_a_browser_unpacks() -> None:
    data = packed(b"some content" * 1000)
    assert gzip.decompress(data) == b"pagefind_dcd" + b"some content" * 1000
    assert data[4:8] == b"\0\0\0\0", "no time of day"


@pytest.mark.parametrize(
    "chunk", [b"", b"\x81", b"\x81\x81\x83", encoded([[["word", [[0, [1]]], []]]]), encoded([["word"]]), b"\x9f\xff"]
)
def test_an_unknown_form_is_refused(chunk: bytes) -> None:
    with pytest.raises(NotRead):
        words_of(chunk, Numbers([0], {}))


def test_a_page_that_is_not_there_is_refused() -> None:
    chunk = encoded([[["word", [[7, [-25, 3], []]], []]]])
    assert words_of(chunk, Numbers(list(range(8)), {})).runs()["word"].first == 7
    with pytest.raises(NotRead):
        words_of(chunk, Numbers([0], {}))
