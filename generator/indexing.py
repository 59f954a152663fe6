"""The search index is brought up to date: shards whose articles changed are indexed anew, and all are made one index.

The published index is of whole files that others name, and the entry, which names them, is written last: at any
moment a reader finds the index as it was or as it is now.
"""

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from generator.collecting import without_collecting
from generator.index_shards import (
    Bundle,
    EarlyShard,
    Shards,
    index_shard,
    searched_texts,
    shards_of,
    taken_in,
    to_index,
)
from generator.problems import Problem, Refusal
from generator.publishing.record import Published, Record
from generator.publishing.site_folder import SiteFolder
from generator.publishing.workers import Workers
from generator.search.bundle import Shard, kept_shard
from generator.search.cbor import NotRead
from generator.search.chunks import NOTHING, Before, Chunk
from generator.search.merging import chunk_path, merged, packed
from generator.search.pagefind import run_pagefind
from generator.search.remembered import LastJoin, changed_since, join_of, shape_of
from generator.search.shards import WHOLE, Indexed
from generator.search.workplace import staged, workplace

ENTRY = "pagefind-entry.json"


Early = Callable[[], Mapping[str, EarlyShard]]
"""Waits for shards that were begun to be indexed before, and gives them by name."""


def _nothing() -> Mapping[str, EarlyShard]:
    return {}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The shards there shall be; the files of the index that stand as published, and those `programs` among them that
    no shard makes alone; the shards that were begun `early`."""

    shards: Shards
    before: Mapping[str, Published]
    programs: Mapping[str, Published]
    early: Early


@dataclass(slots=True)
class Index:
    """The index as it stands: its files by path on the site, articles indexed anew, what went wrong."""

    files: dict[str, Published] = field(default_factory=dict)
    indexed: int = 0
    problems: tuple[Problem, ...] = ()


def bring_up_to_date(
    bundle: Bundle,
    articles: Sequence[Indexed],
    known: Mapping[str, Published],
    record: Record,
    workers: Workers,
    changed: Set[str] = frozenset(),
    early: Early = _nothing,
) -> Index:
    """Indexes what changed and publishes the index of all `articles`; `known` are the files published before, and
    those of them that were `changed` since are not as they were; `early` gives shards that were begun before.

    When it cannot be done, the published index stays as it is, and the problem says why.
    """
    before = {path: item for path, item in known.items() if path.startswith(bundle.path)}
    stands = {path: item for path, item in before.items() if path not in changed} if changed else before
    if not articles:
        return Index()
    try:
        shards = shards_of(bundle, articles)
        entry = before.get(bundle.path + ENTRY)
        if entry is not None and entry.key == shards.whole and len(stands) == len(before):
            return Index(before)
        programs = _programs(bundle, before, changed)
        return _brought_up_to_date(bundle, _Wanted(shards, stands, programs, early), record, workers)
    except Refusal as refusal:
        return Index(before, problems=refusal.problems)
    finally:
        for work in (bundle.fresh, workplace(bundle.fresh)):
            shutil.rmtree(work, ignore_errors=True)


def _brought_up_to_date(bundle: Bundle, wanted: _Wanted, record: Record, workers: Workers) -> Index:
    """Indexes the shards whose key changed or whose files are not as they were, and makes one index of all."""
    kept_keys = record.shard_keys(bundle.site)
    keys = wanted.shards.keys
    kept, files = _kept(bundle, wanted, record, kept_keys)
    stale = [name for name in keys if name not in kept]
    join = join_of(record.fact(_joined(bundle)))
    old: dict[str, Shard] = {}
    for name in stale:
        if join and name in kept_keys and kept_keys[name] == join.keys.get(name):
            with suppress(ValueError):  # what is damaged is read anew
                old[name] = kept_shard(record.shard(bundle.site, name))
    try:
        for name, data, published in _indexed(bundle, wanted, stale, old, workers):
            kept[name] = kept_shard(data)
            files |= published
            record.keep_shard(bundle.site, name, keys[name], data)
        record.forget_shards_but(bundle.site, keys)
        with without_collecting():
            shards = {name: kept[name] for name in keys}
            before = _before(bundle, wanted, shards, join, old)
            chunks: list[Chunk] = []
            files |= _published_index(bundle, merged(list(shards.values()), before, chunks), wanted, workers.jobs)
            taken = {bundle.path + chunk_path(chunk) for chunk in chunks} - files.keys()
            files |= {path: wanted.before[path] for path in sorted(taken)}
        with suppress(Refusal):  # the index is published; the next one is joined anew
            record.remember(_joined(bundle), LastJoin(keys, shape_of(shards), tuple(chunks)).text())
    except NotRead:
        articles = [item for held in wanted.shards.held.values() for item in held]
        files = _indexed_whole(bundle, articles, wanted.shards.whole)
    return Index(files, sum(len(wanted.shards.held[name]) for name in stale))


def _kept(
    bundle: Bundle, wanted: _Wanted, record: Record, kept_keys: Mapping[str, str]
) -> tuple[dict[str, Shard], dict[str, Published]]:
    """The shards that need not be indexed anew, and their files."""
    kept: dict[str, Shard] = {}
    files: dict[str, Published] = {}
    if not wanted.programs:
        return kept, files
    with without_collecting():
        for name, key in wanted.shards.keys.items():
            if kept_keys.get(name) != key:
                continue
            with suppress(ValueError):  # what is damaged is indexed anew
                shard = kept_shard(record.shard(bundle.site, name))
                fragments = [f"{bundle.path}fragment/{page[0]}.pf_fragment" for page in shard.pages]
                if all(path in wanted.before for path in fragments):
                    kept[name] = shard
                    files |= {path: wanted.before[path] for path in fragments}
    return kept, {**files, **wanted.programs} if kept else files


def _indexed(
    bundle: Bundle, wanted: _Wanted, stale: Sequence[str], old: Mapping[str, Shard], workers: Workers
) -> Iterable[tuple[str, bytes, dict[str, Published]]]:
    """The stale shards, those first that were begun early: name, what is kept, and files that are published; of an
    `old` one much may be as it was."""
    early = wanted.early()
    rest = []
    for name in stale:
        item = early.get(name)
        if item is None or item.key != wanted.shards.keys[name]:
            rest.append(name)
            continue
        yield name, *taken_in(bundle, (item.folder, item.texts), wanted.before, old.get(name))
    yield from workers.run(index_shard, to_index(bundle, wanted.shards, rest, workers.jobs))


def _joined(bundle: Bundle) -> str:
    return f"search index of {bundle.site}"


def _before(
    bundle: Bundle, wanted: _Wanted, shards: Mapping[str, Shard], join: LastJoin | None, old: Mapping[str, Shard]
) -> Before:
    """What of the last join can be taken as it is; `old` are shards that were joined, and are no longer."""
    if join is None:
        return NOTHING
    changed = changed_since(join, shards, wanted.shards.keys, old)
    if changed is None:
        return NOTHING
    return Before(join.chunks, changed, lambda chunk: bundle.path + chunk_path(chunk) in wanted.before)


def _programs(bundle: Bundle, before: Mapping[str, Published], changed: Set[str]) -> dict[str, Published]:
    """The published scripts, styles and WebAssembly that search the index; none when one of them is not as it was."""
    depth = bundle.path.count("/")
    found = {
        path: item
        for path, item in before.items()
        if path.count("/") == depth and not path.endswith((ENTRY, ".pf_meta"))
    }
    return found if f"{bundle.path}pagefind.js" in found and changed.isdisjoint(found) else {}


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
                files[path] = folder.write(path, content)._replace(key=wanted.shards.whole)
            elif known is not None:
                files[path] = known  # it is named by what it holds
            else:
                waiting.append((path, pool.submit(packed, content)))
                write(4 * jobs)
    return files


def _indexed_whole(bundle: Bundle, articles: Sequence[Indexed], whole: str) -> dict[str, Published]:
    """For a Pagefind whose files are of a form unknown here: one index as it makes it by itself."""
    work = workplace(bundle.fresh) / WHOLE
    folder = SiteFolder(bundle.site)
    staged(work / "pages", searched_texts(bundle.site, [item.path for item in articles]))
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
