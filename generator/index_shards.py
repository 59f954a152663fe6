"""Shards of the search index: which there shall be, and how one is made by Pagefind from the pages on the site."""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.collecting import without_collecting
from generator.problems import Problem, Refusal
from generator.publishing.record import KeptShard, Published, recalled_shard
from generator.publishing.site_folder import SiteFolder
from generator.search.asking import Inquiry, asked
from generator.search.bundle import FRAGMENT, Shard, kept_shard, named
from generator.search.cbor import NotRead
from generator.search.chunks import FORM
from generator.search.exchanging import exchanged
from generator.search.pagefind import Pagefind
from generator.search.pages import is_marked, searched_part
from generator.search.remembered import changed_words
from generator.search.shards import Indexed, cut
from generator.search.workplace import workplace

FRESH = "fresh-index"
FEWER = 4
"""How many times fewer than all pages of a shard the edited ones are where they are exchanged."""
FEW = 2
"""Shards that are indexed while the rest of the site is made, and compared with what they were."""


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
    """One shard that is to be indexed, by so many threads of Pagefind's, at a priority that is so much `lower`.

    `known` is what is kept of it as it was; where there are pages that were `edited` since, they are all that changed.
    """

    bundle: Bundle
    name: str
    key: str
    paths: tuple[str, ...]
    threads: int
    lower: int = 0
    known: bytes = b""
    edited: tuple[str, ...] = ()


class MadeShard(NamedTuple):
    """A shard that was indexed: its key, what is kept of it, its files, by name, that are to be published, and how many
    pages Pagefind was asked about.

    `changed` are the words of which it says something else than the shard that was known; None: that was not asked.
    """

    key: str
    kept: bytes
    files: dict[str, bytes]
    asked: int
    changed: frozenset[str] | None = None


class IndexedShard(NamedTuple):
    """The same, its files published."""

    name: str
    kept: bytes
    files: dict[str, Published]
    asked: int
    changed: frozenset[str] | None = None


def shards_of(bundle: Bundle, articles: Sequence[Indexed]) -> Shards:
    """How articles are cut into shards."""
    held = cut(articles)
    keys = {name: _key(bundle, items) for name, items in held.items()}
    return Shards(held, keys, hashlib.sha256(repr(list(keys.items())).encode()).hexdigest())


def to_index(
    bundle: Bundle, shards: Shards, stale: Sequence[str], jobs: int, known: Callable[[str], KeptShard | None]
) -> list[ToIndex]:
    """The shards that are to be indexed; what is `known` of one spares work where little of it has changed."""
    threads = max(1, jobs // max(1, len(stale)))
    orders = []
    for name in stale:
        held = shards.held[name]
        paths = tuple(item.path for item in held)
        order = ToIndex(bundle, name, shards.keys[name], paths, threads)
        before = known(name)
        edited = _edited(held, before.searched) if before is not None else ()
        if before is not None and (edited or len(stale) <= FEW):
            order = replace(order, known=before.words, edited=edited)
        orders.append(order)
    return sorted(orders, key=lambda order: -len(order.edited or order.paths))  # the longest first: none is waited for


def _edited(held: Sequence[Indexed], before: Mapping[str, str]) -> tuple[str, ...]:
    """The pages that are all that changed in a shard; none where others came or went, where they are many, or where
    what Pagefind makes of a page depends on others."""
    edited = tuple(item.path for item in held if before.get(item.path) != item.searched)
    are_few = len(edited) * FEWER <= len(held)
    are_same = len(before) == len(held) and before.keys() >= {item.path for item in held}
    are_marked = all(map(is_marked, before.values())) and all(is_marked(item.searched) for item in held)
    return edited if are_few and are_same and are_marked else ()


def index_shard(order: ToIndex) -> IndexedShard:
    """Has Pagefind index one shard, and publishes what of it is published as it is."""
    made = made_shard(order)
    return IndexedShard(order.name, made.kept, published(order.bundle, made.files, {}), made.asked, made.changed)


def published(bundle: Bundle, files: Mapping[str, bytes], before: Mapping[str, Published]) -> dict[str, Published]:
    """Publishes files of the index; those that were published `before` stand."""
    site = SiteFolder(bundle.site)
    found = {}
    for path, data in ((bundle.path + name, data) for name, data in files.items()):
        item = before.get(path)
        is_there = item is not None and item.sha256 == hashlib.sha256(data).hexdigest()
        found[path] = item if item is not None and is_there else site.write(path, data)
    return found


def made_shard(order: ToIndex) -> MadeShard:
    """What Pagefind makes of one shard, or of the pages of it that were edited."""
    # A Pagefind whose build was killed may still write to its own folder.
    work = workplace(order.bundle.fresh) / f"{order.name}.{os.getpid()}"
    known = None
    with suppress(ValueError):  # what is damaged is made anew
        known = kept_shard(order.known) if order.known else None
    try:
        if order.edited and known is not None and (made := _made_of_edited(order, known, work)) is not None:
            return made
        if order.edited and known is not None:
            order = replace(order, lower=0)  # it is low by now
        shard, files = _run(order, order.paths, work, known)
        changed = changed_words(known, shard) if known is not None else None
        return MadeShard(order.key, shard.kept(), files, len(order.paths), changed)
    except OSError as error:
        hint = "check the disk and the folder .pressmark/"
        raise Refusal(Problem("pagefind", f"could not index: {error.strerror}", hint)) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _made_of_edited(order: ToIndex, known: Shard, work: Path) -> MadeShard | None:
    """The shard with its edited pages exchanged; none where that cannot be told from them alone."""
    if len(known.pages) != len(order.paths):
        return None
    try:
        edited, files = _run(order, order.edited, work, None)
    except (Refusal, NotRead):  # such as for a page on which nothing is to be searched: beside others it is no trouble
        return None
    ranks = [rank for rank, path in enumerate(_by_address(order.paths)) if path in {*order.edited}]
    found = exchanged(known, ranks, edited)
    if found is None:
        return None
    fragments = {name: data for name, data in files.items() if name.endswith(FRAGMENT)}
    return MadeShard(order.key, found.shard.kept(), fragments, len(ranks), found.changed)


def index_early(
    bundle: Bundle, articles: Sequence[Indexed], record: tuple[Path, Mapping[str, str]], jobs: int, lower: int
) -> dict[str, MadeShard]:
    """What Pagefind makes of the shards whose key is not the kept one, by name, as far as they are few.

    `record` is the folder of the record and the keys that it keeps. Once Pagefind has something to do, this process
    works at a priority that is so much `lower`.
    """
    shards = shards_of(bundle, articles)
    state, keys = record
    stale = [name for name, key in shards.keys.items() if keys.get(name) != key]
    if len(stale) > FEW:
        return {}
    orders = to_index(bundle, shards, stale, jobs * len(stale), lambda name: recalled_shard(state, bundle.site, name))
    for order in orders[:1]:
        orders[0] = replace(order, lower=lower)
    return {order.name: made_shard(order) for order in orders}


def searched_texts(site: Path, paths: Sequence[str]) -> dict[str, str]:
    """What is searched of each page, by its path."""
    return {path: searched_part((site / path).read_bytes().decode("utf-8", "replace")) for path in paths}


def _run(order: ToIndex, paths: Sequence[str], work: Path, known: Shard | None) -> tuple[Shard, dict[str, bytes]]:
    """The shard that Pagefind makes of some pages, and its files; chunks as in a `known` one are not read."""
    bundle = order.bundle
    texts = searched_texts(bundle.site, paths)
    with suppress(OSError, AttributeError):
        os.nice(order.lower)
    with without_collecting():
        return named(asked(Inquiry(bundle.pagefind, bundle.language, work, order.threads), texts, known))


def _by_address(paths: Sequence[str]) -> list[str]:
    return sorted(paths, key=lambda path: path.removesuffix("index.html"))


def _key(bundle: Bundle, held: tuple[Indexed, ...]) -> str:
    said = (FORM, sys.byteorder, bundle.pagefind.version, bundle.language, held)
    return hashlib.sha256(repr(said).encode()).hexdigest()
