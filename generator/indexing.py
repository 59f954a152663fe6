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
from itertools import chain

from generator.collecting import without_collecting
from generator.index_shards import (
    Bundle,
    IndexedShard,
    MadeShard,
    Shards,
    index_shard,
    published,
    searched_texts,
    shards_of,
    to_index,
)
from generator.problems import Problem, Refusal
from generator.publishing.record import KeptShard, Published, Record
from generator.publishing.site_folder import SiteFolder
from generator.publishing.workers import Workers
from generator.search.bundle import Shard, fragments_of, kept_shard, packed
from generator.search.cbor import NotRead
from generator.search.chunks import NOTHING, Before, Chunk
from generator.search.merging import chunk_path, merged
from generator.search.pagefind import run_pagefind
from generator.search.remembered import LastJoin, changed_since, join_of, shape_of
from generator.search.shards import WHOLE, Indexed
from generator.search.workplace import staged, workplace

ENTRY = "pagefind-entry.json"
_SEARCHES = "pagefind.js"


Early = Callable[[], Mapping[str, MadeShard]]
"""Waits for shards that were begun to be indexed before, and gives them by name."""


def _nothing() -> Mapping[str, MadeShard]:
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
    changed: dict[str, frozenset[str]] = {}
    asked = 0
    try:
        for made, shard in _indexed(bundle, wanted, stale, record, workers):
            name = made.name
            kept[name] = shard
            files |= made.files
            asked += made.asked
            if made.changed is not None and join and kept_keys.get(name) == join.keys.get(name):
                changed[name] = made.changed
            held = {item.path: item.searched for item in wanted.shards.held[name]}
            record.keep_shard(bundle.site, name, keys[name], KeptShard(made.kept, held))
        record.forget_shards_but(bundle.site, keys)
        with without_collecting():
            shards = {name: kept[name] for name in keys}
            before = _before(bundle, wanted, shards, join, changed)
            chunks: list[Chunk] = []
            files |= _published_index(bundle, merged(list(shards.values()), before, chunks), wanted, workers.jobs)
            taken = {bundle.path + chunk_path(chunk) for chunk in chunks} - files.keys()
            files |= {path: wanted.before[path] for path in sorted(taken)}
        with suppress(Refusal):  # the index is published; the next one is joined anew
            record.remember(_joined(bundle), LastJoin(keys, shape_of(shards), tuple(chunks)).text())
    except NotRead:
        articles = [item for held in wanted.shards.held.values() for item in held]
        files = _indexed_whole(bundle, articles, wanted.shards.whole)
        asked = len(articles)
    return Index(files, asked)


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
                fragments = [bundle.path + fragment for fragment in fragments_of(shard)]
                if all(path in wanted.before for path in fragments):
                    kept[name] = shard
                    files |= {path: wanted.before[path] for path in fragments}
    return kept, {**files, **wanted.programs} if kept else files


def _indexed(
    bundle: Bundle, wanted: _Wanted, stale: Sequence[str], record: Record, workers: Workers
) -> Iterable[tuple[IndexedShard, Shard]]:
    """The stale shards, those first that were begun early, with all of their files."""
    early = wanted.early()
    at_hand = {name: early[name] for name in stale if name in early and early[name].key == wanted.shards.keys[name]}
    rest = [name for name in stale if name not in at_hand]
    orders = to_index(bundle, wanted.shards, rest, workers.jobs, lambda name: record.shard_as_it_was(bundle.site, name))
    torn = []
    for made in chain(
        (
            IndexedShard(name, item.kept, published(bundle, item.files, wanted.before), item.asked, item.changed)
            for name, item in at_hand.items()
        ),
        workers.run(index_shard, orders),
    ):
        whole = _with_all_files(bundle, wanted, made)
        if whole is None:
            torn.append(made.name)
        else:
            yield whole
    # Of pages that were not edited, files have gone meanwhile: all are made anew.
    for made in workers.run(index_shard, to_index(bundle, wanted.shards, torn, workers.jobs, lambda _: None)):
        yield made, kept_shard(made.kept)


def _with_all_files(bundle: Bundle, wanted: _Wanted, made: IndexedShard) -> tuple[IndexedShard, Shard] | None:
    """A shard with the files of pages that were not indexed with it, and what searches them; none where one of these is
    not as published."""
    shard = kept_shard(made.kept)
    searches = f"{bundle.path}{_SEARCHES}"
    # What Pagefind has just written beside a whole shard is its own: another version or language has other files.
    files = dict(made.files) if searches in made.files else {**made.files, **wanted.programs}
    if searches not in files:
        return None
    for fragment in fragments_of(shard):
        path = bundle.path + fragment
        item = files.get(path) or wanted.before.get(path)
        if item is None:
            return None
        files[path] = item
    return made._replace(files=files), shard


def _joined(bundle: Bundle) -> str:
    return f"search index of {bundle.site}"


def _before(
    bundle: Bundle,
    wanted: _Wanted,
    shards: Mapping[str, Shard],
    join: LastJoin | None,
    changed: Mapping[str, frozenset[str]],
) -> Before:
    """What of the last join can be taken as it is; `changed` are the words of shards that were joined as they were."""
    if join is None:
        return NOTHING
    words = changed_since(join, shards, wanted.shards.keys, changed)
    if words is None:
        return NOTHING
    return Before(join.chunks, words, lambda chunk: bundle.path + chunk_path(chunk) in wanted.before)


def _programs(bundle: Bundle, before: Mapping[str, Published], changed: Set[str]) -> dict[str, Published]:
    """The published scripts, styles and WebAssembly that search the index; none when one of them is not as it was."""
    depth = bundle.path.count("/")
    found = {
        path: item
        for path, item in before.items()
        if path.count("/") == depth and not path.endswith((ENTRY, ".pf_meta"))
    }
    return found if f"{bundle.path}{_SEARCHES}" in found and changed.isdisjoint(found) else {}


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
    files = {}
    for name in sorted(made, key=lambda name: (name == ENTRY, name)):
        files[bundle.path + name] = folder.write(bundle.path + name, made[name].read_bytes())
    files[bundle.path + ENTRY] = files[bundle.path + ENTRY]._replace(key=whole)
    return files
