"""Shards of the search index: which there shall be, and how one is made by Pagefind from the pages on the site."""

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem, Refusal
from generator.publishing.record import Published
from generator.publishing.site_folder import SiteFolder
from generator.search.bundle import Shard, read_shard
from generator.search.chunks import FORM
from generator.search.pagefind import Pagefind, run_pagefind
from generator.search.pages import searched_part
from generator.search.shards import Indexed, cut
from generator.search.workplace import staged, workplace

FRESH = "fresh-index"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Where an index goes: the site, the folder of the index on it, and a folder for what is not finished."""

    site: Path
    path: str
    fresh: Path
    pagefind: Pagefind
    language: str


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards there shall be, their keys, and the key of all."""

    held: Mapping[str, tuple[Indexed, ...]]
    keys: Mapping[str, str]
    whole: str


@dataclass(frozen=True, slots=True)
class ToIndex:
    """One shard that is to be indexed anew, by so many threads of Pagefind's, at a priority that is so much `lower`."""

    bundle: Bundle
    name: str
    paths: tuple[str, ...]
    threads: int
    lower: int = 0


class IndexedShard(NamedTuple):
    """A shard that was indexed: its name, what is kept of it, and the files that were published."""

    name: str
    kept: bytes
    files: dict[str, Published]


class EarlyShard(NamedTuple):
    """A shard that Pagefind has indexed before its turn: its key, the folder that it has written, and the texts it was
    given by path."""

    key: str
    folder: Path
    texts: dict[str, str]


def shards_of(bundle: Bundle, articles: Sequence[Indexed]) -> Shards:
    """How articles are cut into shards."""
    held = cut(articles)
    keys = {name: _key(bundle, items) for name, items in held.items()}
    return Shards(held, keys, hashlib.sha256(repr(list(keys.items())).encode()).hexdigest())


def to_index(bundle: Bundle, shards: Shards, stale: Sequence[str], jobs: int) -> list[ToIndex]:
    """The shards that are to be indexed anew."""
    threads = max(1, jobs // max(1, len(stale)))
    orders = [ToIndex(bundle, name, tuple(item.path for item in shards.held[name]), threads) for name in stale]
    return sorted(orders, key=lambda order: -len(order.paths))  # the longest first: none is waited for at the end


def index_shard(order: ToIndex) -> IndexedShard:
    """Runs Pagefind over the articles of one shard, and publishes what of it is published as it is."""
    work = _work(order)
    try:
        return IndexedShard(order.name, *taken_in(order.bundle, _run(order), {}))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def taken_in(
    bundle: Bundle, made: tuple[Path, Mapping[str, str]], before: Mapping[str, Published], known: Shard | None = None
) -> tuple[bytes, dict[str, Published]]:
    """What is kept of the shard that Pagefind made, and its files, published; `made` is its folder and what it was given.

    Files that were published `before` stand, and what of its words is as in a `known` shard is not read.
    """
    index, texts = made
    site = SiteFolder(bundle.site)
    try:
        shard, files = read_shard(index, lambda address: texts[f"{address.lstrip('/')}index.html"], known)
        published = {}
        for path, data in ((bundle.path + name, data) for name, data in files.items()):
            item = before.get(path)
            is_there = item is not None and item.sha256 == hashlib.sha256(data).hexdigest()
            published[path] = item if item is not None and is_there else site.write(path, data)
        return shard.kept(), published
    except OSError as error:
        raise _unusable(error) from None


def index_early(
    bundle: Bundle, articles: Sequence[Indexed], keys: Mapping[str, str], jobs: int, lower: int
) -> dict[str, EarlyShard]:
    """What Pagefind makes of the shards whose key is not the kept one, by name, as far as they are few.

    Once Pagefind has something to do, this process works at a priority that is so much `lower`.
    """
    shards = shards_of(bundle, articles)
    stale = [name for name, key in shards.keys.items() if keys.get(name) != key]
    found = {}
    for order in to_index(bundle, shards, stale, 1) if len(stale) <= 2 else ():
        made = _run(ToIndex(bundle, order.name, order.paths, jobs, lower))
        found[order.name] = EarlyShard(shards.keys[order.name], *made)
    return found


def searched_texts(site: Path, paths: Sequence[str]) -> dict[str, str]:
    """What is searched of each page, by its path."""
    return {path: searched_part((site / path).read_bytes().decode("utf-8", "replace")) for path in paths}


def _work(order: ToIndex) -> Path:
    # A Pagefind whose build was killed may still write to its own folder.
    return workplace(order.bundle.fresh) / f"{order.name}.{os.getpid()}"


def _run(order: ToIndex) -> tuple[Path, dict[str, str]]:
    """The folder that Pagefind has written, and the texts that it was given."""
    bundle, work = order.bundle, _work(order)
    try:
        texts = searched_texts(bundle.site, order.paths)
        staged(work / "pages", texts)
        with suppress(OSError, AttributeError):
            os.nice(order.lower)
        run_pagefind(bundle.pagefind, work / "pages", work / "index", bundle.language, order.threads)
    except OSError as error:
        raise _unusable(error) from None
    return work / "index", texts


def _unusable(error: OSError) -> Refusal:
    hint = "check the disk and the folder .pressmark/"
    return Refusal(Problem("pagefind", f"could not index: {error.strerror}", hint))


def _key(bundle: Bundle, held: tuple[Indexed, ...]) -> str:
    said = (FORM, sys.byteorder, bundle.pagefind.version, bundle.language, held)
    return hashlib.sha256(repr(said).encode()).hexdigest()
