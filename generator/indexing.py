"""The search index is brought up to date: shards whose articles changed are indexed anew, and all are made one index.

The published index is of whole files that others name, and the entry, which names them, is written last: at any
moment a reader finds the index as it was or as it is now.
"""

import hashlib
import shutil
import sys
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.collecting import without_collecting
from generator.problems import Problem, Refusal
from generator.publishing.record import Published, Record
from generator.publishing.site_folder import SiteFolder
from generator.publishing.workers import Workers
from generator.search.bundle import Shard, kept_shard, read_shard
from generator.search.cbor import NotRead
from generator.search.chunks import FORM, NOTHING, Before, Chunk
from generator.search.merging import chunk_path, merged, packed
from generator.search.pagefind import Pagefind, run_pagefind
from generator.search.pages import searched_part
from generator.search.remembered import LastJoin, changed_since, join_of, shape_of
from generator.search.shards import WHOLE, Indexed, cut
from generator.search.workplace import staged, workplace

ENTRY = "pagefind-entry.json"
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
class _Wanted:
    """The shards there shall be, their keys, and the key of all; the files of the index as it is published."""

    shards: Mapping[str, tuple[Indexed, ...]]
    keys: Mapping[str, str]
    whole: str
    before: Mapping[str, Published]


@dataclass(frozen=True, slots=True)
class ToIndex:
    """One shard that is to be indexed anew, by so many threads of Pagefind's."""

    bundle: Bundle
    name: str
    paths: tuple[str, ...]
    threads: int


class IndexedShard(NamedTuple):
    """A shard that was indexed: its name, what is kept of it, and the files that were published."""

    name: str
    kept: bytes
    files: dict[str, Published]


@dataclass(slots=True)
class Index:
    """The index as it stands: its files by path on the site, articles indexed anew, what went wrong."""

    files: dict[str, Published] = field(default_factory=dict)
    indexed: int = 0
    problems: tuple[Problem, ...] = ()


def bring_up_to_date(
    bundle: Bundle, articles: Sequence[Indexed], known: Mapping[str, Published], record: Record, workers: Workers
) -> Index:
    """Indexes what changed and publishes the index of all `articles`; `known` are the files published before.

    When it cannot be done, the published index stays as it is, and the problem says why.
    """
    before = {path: item for path, item in known.items() if path.startswith(bundle.path)}
    folder = SiteFolder(bundle.site)
    if not articles:
        return Index()
    try:
        shards = cut(articles)
        keys = {name: _key(bundle, held) for name, held in shards.items()}
        whole = hashlib.sha256(repr(list(keys.items())).encode()).hexdigest()
        entry = before.get(bundle.path + ENTRY)
        if entry is not None and entry.key == whole and all(folder.is_as_published(*item) for item in before.items()):
            return Index(before)
        return _brought_up_to_date(bundle, _Wanted(shards, keys, whole, before), record, workers)
    except Refusal as refusal:
        return Index(before, problems=refusal.problems)
    finally:
        for work in (bundle.fresh, workplace(bundle.fresh)):
            shutil.rmtree(work, ignore_errors=True)


def index_shard(order: ToIndex) -> IndexedShard:
    """Runs Pagefind over the articles of one shard, and publishes what of it is published as it is."""
    bundle = order.bundle
    work = workplace(bundle.fresh) / order.name
    folder = SiteFolder(bundle.site)
    try:
        texts = _searched_texts(bundle.site, order.paths)
        staged(work / "pages", texts)
        run_pagefind(bundle.pagefind, work / "pages", work / "index", bundle.language, order.threads)
        shard, files = read_shard(work / "index", lambda address: texts[f"{address.lstrip('/')}index.html"])
        kept = shard.kept()
        published = {bundle.path + path: folder.write(bundle.path + path, data) for path, data in files.items()}
    except OSError as error:
        raise Refusal(
            Problem("pagefind", f"could not index: {error.strerror}", "check the disk and the folder .pressmark/")
        ) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return IndexedShard(order.name, kept, published)


def _brought_up_to_date(bundle: Bundle, wanted: _Wanted, record: Record, workers: Workers) -> Index:
    """Indexes the shards whose key changed or whose files are not as they were, and makes one index of all."""
    folder = SiteFolder(bundle.site)
    kept_keys = record.shard_keys(bundle.site)
    kept: dict[str, Shard] = {}
    files: dict[str, Published] = {}
    for name in wanted.shards:
        if kept_keys.get(name) != wanted.keys[name]:
            continue
        with suppress(ValueError):  # what is damaged is indexed anew
            shard = kept_shard(record.shard(bundle.site, name))
            own = _own_files(bundle, shard, wanted.before, folder)
            if own is not None:
                kept[name] = shard
                files |= own
    stale = [name for name in wanted.shards if name not in kept]
    threads = max(1, workers.jobs // max(1, len(stale)))
    orders = [ToIndex(bundle, name, tuple(item.path for item in wanted.shards[name]), threads) for name in stale]
    orders.sort(key=lambda order: -len(order.paths))  # the longest first: none is waited for at the end
    join = join_of(record.fact(_joined(bundle)))
    old = {
        name: record.shard(bundle.site, name)
        for name in stale
        if join and kept_keys.get(name, "") == join.keys.get(name)
    }
    try:
        for name, data, published in workers.run(index_shard, orders):
            kept[name] = kept_shard(data)
            files |= published
            record.keep_shard(bundle.site, name, wanted.keys[name], data)
        record.forget_shards_but(bundle.site, wanted.shards)
        with without_collecting():
            shards = {name: kept[name] for name in wanted.shards}
            before = _before(bundle, wanted, shards, join, old)
            chunks: list[Chunk] = []
            files |= _published_index(bundle, merged(list(shards.values()), before, chunks), wanted, workers.jobs)
            taken = {bundle.path + chunk_path(chunk) for chunk in chunks} - files.keys()
            files |= {path: wanted.before[path] for path in sorted(taken)}
        record.remember(_joined(bundle), LastJoin(wanted.keys, shape_of(shards), tuple(chunks)).text())
    except NotRead:
        files = _indexed_whole(bundle, [item for held in wanted.shards.values() for item in held], wanted.whole)
    return Index(files, sum(len(order.paths) for order in orders))


def _joined(bundle: Bundle) -> str:
    return f"search index of {bundle.site}"


def _before(
    bundle: Bundle, wanted: _Wanted, shards: Mapping[str, Shard], join: LastJoin | None, old: Mapping[str, bytes]
) -> Before:
    """What of the last join can be taken as it is; `old` are shards that were joined, and are no longer."""
    if join is None:
        return NOTHING
    try:
        changed = changed_since(join, shards, wanted.keys, {name: kept_shard(data) for name, data in old.items()})
    except ValueError:  # the record is damaged
        return NOTHING
    if changed is None:
        return NOTHING
    folder = SiteFolder(bundle.site)

    def stands(chunk: Chunk) -> bool:
        path = bundle.path + chunk_path(chunk)
        return path in wanted.before and folder.is_as_published(path, wanted.before[path])

    return Before(join.chunks, changed, stands)


def _key(bundle: Bundle, held: tuple[Indexed, ...]) -> str:
    said = (FORM, sys.byteorder, bundle.pagefind.version, bundle.language, held)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _own_files(
    bundle: Bundle, shard: Shard, before: Mapping[str, Published], folder: SiteFolder
) -> dict[str, Published] | None:
    """The published files that a shard needs; none when one of them is not as it was."""
    wanted = [f"{bundle.path}fragment/{page[0]}.pf_fragment" for page in shard.pages]
    wanted += [
        path for path in before if path.count("/") == bundle.path.count("/") and not path.endswith((ENTRY, ".pf_meta"))
    ]
    found = {path: before[path] for path in wanted if path in before and folder.is_as_published(path, before[path])}
    return found if len(found) == len(wanted) and f"{bundle.path}pagefind.js" in found else None


def _published_index(
    bundle: Bundle, made: Iterable[tuple[str, bytes]], wanted: _Wanted, jobs: int
) -> dict[str, Published]:
    """Publishes the files of the index; packing takes longest, and is done by several threads."""
    folder = SiteFolder(bundle.site)
    files: dict[str, Published] = {}
    waiting: deque[tuple[str, Future[bytes]]] = deque()

    def write(left: int) -> None:
        while len(waiting) > left:
            path, data = waiting.popleft()
            files[path] = folder.write(path, data.result())

    with ThreadPoolExecutor(jobs) as pool:
        for name, content in made:
            path = bundle.path + name
            known = wanted.before.get(path)
            if name == ENTRY:
                write(0)
                files[path] = folder.write(path, content)._replace(key=wanted.whole)
            elif known is not None and folder.is_as_published(path, known):
                files[path] = known  # it is named by what it holds
            else:
                waiting.append((path, pool.submit(packed, content)))
                write(4 * jobs)
    return files


def _indexed_whole(bundle: Bundle, articles: Sequence[Indexed], whole: str) -> dict[str, Published]:
    """For a Pagefind whose files are of a form unknown here: one index as it makes it by itself."""
    work = workplace(bundle.fresh) / WHOLE
    folder = SiteFolder(bundle.site)
    staged(work / "pages", _searched_texts(bundle.site, [item.path for item in articles]))
    run_pagefind(bundle.pagefind, work / "pages", work / "index", bundle.language)
    made = {
        file.relative_to(work / "index").as_posix(): file
        for file in sorted((work / "index").rglob("*"))
        if file.is_file()
    }
    published = {}
    for name in sorted(made, key=lambda name: (name == ENTRY, name)):
        published[bundle.path + name] = folder.write(bundle.path + name, made[name].read_bytes())
    published[bundle.path + ENTRY] = published[bundle.path + ENTRY]._replace(key=whole)
    return published


def _searched_texts(site: Path, paths: Sequence[str]) -> dict[str, str]:
    """What is searched of each page, by its path."""
    return {path: searched_part((site / path).read_bytes().decode("utf-8", "replace")) for path in paths}
