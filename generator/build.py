"""The recipe: convert, read, plan, render, publish, index.

Everything is planned every time; only pages whose key is not in the last build's record are rendered, and only
files that differ are written. Nobody else builds the archive meanwhile. A build that is ended at any moment leaves a
site that serves, and the next one ends as a clean one would.
"""

import contextlib
import gc
import json
import marshal
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from generator import __version__
from generator.archive.sightings import content_sightings, decision_sightings, differ, is_sure, sighting, sightings
from generator.importing import SEEDS, Import, Progress, capture_named, import_captures
from generator.model.articles import Article
from generator.model.catalogue import Holding
from generator.model.pages import Page
from generator.problems import Problem, Refusal
from generator.publishing.lock import only_build
from generator.publishing.record import Published, Record, Seen
from generator.publishing.site_folder import MANIFEST, SiteFolder
from generator.publishing.workers import Workers
from generator.settings import Settings, base_url, read_settings
from generator.standing import program_digest, standing
from generator.timing import Stage, Stopwatch

STATE = ".pressmark"
SITE = "site"
_CAPTURES = "captures"
_RELATED = "related"
_FEW_PAGES = 400
"""Pages that are made here rather than in other processes, which would take as long to begin."""
_MOST_PAGES = 300


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: where to, under which address, with or without search, and whether to ignore the record.

    `search_later` leaves the published index as it is, for a later build to bring up to date: watching shows pages first.
    """

    out: Path | None = None
    base_url: str | None = None
    search: bool = True
    clean: bool = False
    jobs: int = 0
    search_later: bool = False


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did; `timings` holds the seconds of each stage in order, `stages` all that each took."""

    out: Path
    imported: Import
    articles: int
    pages: int
    rendered: int
    kept: int
    removed: int
    indexed: int
    problems: tuple[Problem, ...]
    timings: tuple[tuple[str, float], ...]
    stages: tuple[Stage, ...] = ()


@dataclass(slots=True)
class _Bench:
    """What all stages of one build need."""

    root: Path
    out: Path
    settings: Settings
    options: Options
    record: Record
    workers: Workers
    progress: Progress | None
    watch: Stopwatch
    known: dict[str, Published]


@dataclass(slots=True)
class _Pressed:
    """What became of the planned pages."""

    published: dict[str, Published]
    rendered: int
    problems: tuple[Problem, ...]


def build(
    root: Path, options: Options = Options(), progress: Progress | None = None, executor: Executor | None = None
) -> Build:
    """Builds the archive in `root`; raises Refusal when nothing can be built at all.

    Work goes to `options.jobs` processes, or to `executor` where one is given; the bytes are the same.
    """
    settings, problems = effective_settings(root, options)
    with only_build(root / STATE), Record(root / STATE) as record:
        watch = Stopwatch()
        out = (options.out or root / SITE).resolve()
        if options.clean or record.fact("program") != program_digest():
            record.forget_all()
        bench = _Bench(
            root, out, settings, options, record, Workers(options.jobs, executor), progress, watch, record.pages(out)
        )
        content_seen, seeds_seen = _look(root)
        files = {**content_seen, **seeds_seen, **decision_sightings(root)}
        stand = _standing(bench, files) if not problems else ""
        if stand and (done := _unchanged(bench, stand)):
            return done
        record.remember("program", program_digest())
        watch.passed("look")
        with _without_collecting():
            return _built(bench, content_seen, seeds_seen, stand, problems)


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """A catalogue is many small values and no cycles: looking for garbage among them takes a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _built(
    bench: _Bench, content_seen: dict[str, str], seeds_seen: dict[str, str], stand: str, problems: tuple[Problem, ...]
) -> Build:
    """Everything anew that is not as it was."""
    from generator.gathering import gather
    from generator.site.plan import plan
    from generator.site.templates import Templates

    root, record, watch = bench.root, bench.record, bench.watch
    gathered = gather(root, content_seen, record, bench.workers)
    watch.passed("read")
    imported = _imported(bench, gathered.seen, gathered.held, seeds_seen)
    watch.passed("import")
    if imported.filings:
        content_seen = content_sightings(root)
        gathered = gather(root, content_seen, record, bench.workers)
        watch.passed("read again")
    problems += imported.problems + tuple(gathered.problems)
    record.forget_texts(gathered.gone)
    content = gathered.content(bench.settings)
    before = _recalled_related(record)
    related = dict(before)
    pages, more = plan(content, Templates(root), f"{__version__} {program_digest()}", related)
    if related != before:
        record.keep_files(_RELATED, {"": Seen("", marshal.dumps(related))}, ())
    problems += more
    watch.passed("plan")
    folder = SiteFolder(bench.out)
    folder.claim()
    pressed = _pressed(bench, pages, folder, content_seen)
    problems += pressed.problems
    watch.passed("render")
    index, indexed, more = _indexed(bench, content.catalogue.holdings, pressed.published)
    problems += more
    watch.passed("index")
    removed = _finished(bench, folder, pressed.published | index)
    record.remember_addresses(
        holding.path for holding in content.catalogue.holdings if holding.path + "index.html" not in bench.known
    )
    counts = {"articles": len(content.catalogue.holdings), "pages": len(pages), "kept": len(pressed.published)}
    is_whole = stand and not problems and not imported.filings and not bench.options.search_later
    record.remember(f"standing {bench.out}", f"{stand} {json.dumps(counts)}" if is_whole else "")
    watch.passed("publish")
    return Build(
        bench.out, imported, counts["articles"], len(pages), pressed.rendered, len(pressed.published) - pressed.rendered,
        removed, indexed, tuple(dict.fromkeys(problems)), _seconds(watch), tuple(watch.stages),
    )  # fmt: skip


def _recalled_related(record: Record) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The related articles that the last plan found; none when they cannot be read."""
    kept = record.files(_RELATED).get("")
    try:
        return dict(marshal.loads(kept.value)) if kept else {}
    except (ValueError, EOFError, TypeError):
        return {}


def effective_settings(root: Path, options: Options) -> tuple[Settings, tuple[Problem, ...]]:
    """The archive's settings with what the command line says otherwise."""
    settings, problems = read_settings(root)
    if options.base_url is not None:
        address, wrong = base_url(options.base_url)
        if wrong:
            raise Refusal(
                Problem("--base-url", wrong, "write it as https://example.org/ or https://example.org/archive/")
            )
        settings = replace(settings, base_url=address)
    return settings, problems


def _look(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What `stat` says of the archive's own content and of its captures."""
    return content_sightings(root), sightings(root, SEEDS, lambda _: True, links=False)


def _standing(bench: _Bench, files: Mapping[str, str]) -> str:
    """The digest of the archive as it stands, for this way of building it."""
    from generator.site.places import template_folders

    options = bench.options
    wishes = (options.search, options.search_later)
    return standing(bench.root, bench.settings, wishes, template_folders(bench.root), files)


def _unchanged(bench: _Bench, stand: str) -> Build | None:
    """The build that has nothing to do; none when something of the archive or of the site is not as it was."""
    last, _, counts = bench.record.fact(f"standing {bench.out}").partition(" ")
    folder = SiteFolder(bench.out)
    if bench.options.clean or last != stand or not all(folder.is_as_published(*item) for item in bench.known.items()):
        return None
    bench.watch.passed("look")
    removed = _pruned(bench, folder, bench.known)
    bench.watch.passed("publish")
    held = json.loads(counts)
    return Build(
        bench.out, Import((), 0, ()), held["articles"], held["pages"], 0, held["kept"], removed, 0, (),
        _seconds(bench.watch), tuple(bench.watch.stages),
    )  # fmt: skip


def _imported(bench: _Bench, seen: Mapping[str, str], held: Mapping[str, object], seeds: Mapping[str, str]) -> Import:
    """Converts what is new among the captures; one that has not changed since it was settled is not read."""
    if not seeds:
        return Import((), 0, ())
    from generator.archive.filing import shelf
    from generator.archive.reading import is_keeper_page

    texts = [path for path in seen if path.endswith(".md")]
    unreadable = [path for path in texts if path not in held and not is_keeper_page(path)]
    state = shelf(
        [item for item in held.values() if isinstance(item, Article)],
        texts,
        filter(None, (capture_named(bench.root, path) for path in unreadable)),
    )
    before = bench.record.files(_CAPTURES)
    known = {path: item.value.decode() for path, item in before.items() if seeds.get(path) == item.seen}
    captures = {path: bench.root / path for path in seeds}
    imported = import_captures(
        bench.root, captures, progress=bench.progress, held=state, known=known, spread=bench.workers.run
    )
    sure = {
        path: Seen(seeds[path], digest.encode()) for path, digest in imported.digests.items() if is_sure(seeds[path])
    }
    changed = {path: item for path, item in sure.items() if before.get(path) != item}
    bench.record.keep_files(_CAPTURES, changed, before.keys() - sure.keys())
    return imported


def _pressed(bench: _Bench, pages: Iterable[Page], folder: SiteFolder, seen: Mapping[str, str]) -> _Pressed:
    """Renders and writes what changed; a page that cannot be made keeps its last good state."""
    published: dict[str, Published] = {}
    stale: list[Page] = []
    for page in pages:
        before = bench.known.get(page.path)
        if before is not None and before.key == page.key and folder.is_as_published(page.path, before):
            published[page.path] = before
        else:
            stale.append(page)
    if not stale:
        return _Pressed(published, 0, ())
    # Articles first: a list never leads to a page that is not there yet.
    stale.sort(key=lambda page: not page.claimant.startswith("content/"))
    problems: dict[Problem, None] = {}
    made, read = _made(bench, stale, problems)
    changed_meanwhile = any(differ(seen.get(path, ""), sighting(bench.root / path)) for path in read)
    for path, item in made.items():
        # What was read may not be what was planned: such pages are made once more by the next build.
        published[path] = item._replace(key="") if changed_meanwhile else item
    for page in stale:
        before = bench.known.get(page.path)
        if page.path not in made and before is not None and folder.is_as_published(page.path, before):
            published[page.path] = before._replace(key="")
    return _Pressed(published, len(made), tuple(problems))


def _made(bench: _Bench, stale: list[Page], problems: dict[Problem, None]) -> tuple[dict[str, Published], set[str]]:
    from generator.making import Press, leave, make_pages, orders

    memory = None if bench.workers.are_elsewhere else bench.root / STATE
    turn = f"{os.getpid()} {time.monotonic_ns()}"
    press = Press(bench.root, bench.out, bench.settings, memory, program_digest(), turn)
    few = 0 if bench.workers.are_elsewhere else _FEW_PAGES
    work = orders(press, stale, few, lambda count: max(20, min(_MOST_PAGES, count // (bench.workers.jobs * 6))))
    made: dict[str, Published] = {}
    read: set[str] = set()
    number = 0
    for batch in bench.workers.run(make_pages, work):
        read.update(batch.read)
        for item in batch.made:
            number += 1
            problems.update(dict.fromkeys(item.problems))
            if item.published is not None:
                made[item.path] = item.published
        if bench.progress:
            bench.progress("rendering", number, len(stale))
    leave()
    return made, read


def _indexed(
    bench: _Bench, holdings: Iterable[Holding], published: Mapping[str, Published]
) -> tuple[dict[str, Published], int, tuple[Problem, ...]]:
    """The files of the search index, brought up to date; the number of articles indexed, and problems."""
    from generator.site.plan import SEARCH_BUNDLE

    if not (bench.settings.search and bench.options.search):
        return {}, 0, ()
    if bench.options.search_later:
        return {path: item for path, item in bench.known.items() if path.startswith(SEARCH_BUNDLE)}, 0, ()
    from generator.indexing import FRESH, Bundle, bring_up_to_date
    from generator.search.pagefind import find_pagefind
    from generator.search.shards import Indexed

    articles = []
    for holding in holdings:
        path = holding.path + "index.html"
        if path in published:
            dated = not holding.path.startswith("undated/") and holding.year is not None
            articles.append(
                Indexed(
                    path, (holding.year or 0) if dated else -1, holding.month if dated else 0, published[path].searched
                )
            )
    try:
        pagefind = find_pagefind(bench.settings.pagefind)
    except Refusal as refusal:
        return {path: item for path, item in bench.known.items() if path.startswith(SEARCH_BUNDLE)}, 0, refusal.problems
    bundle = Bundle(bench.out, SEARCH_BUNDLE, bench.root / STATE / FRESH, pagefind, bench.settings.language)
    index = bring_up_to_date(bundle, articles, bench.known, bench.record, bench.workers)
    return index.files, index.indexed, index.problems


def _finished(bench: _Bench, folder: SiteFolder, published: dict[str, Published]) -> int:
    """Removes what is no longer planned, and writes the manifest and the record; the number of files removed."""
    manifest = bench.known.get(MANIFEST)
    changed = {path: item for path, item in published.items() if bench.known.get(path) != item}
    gone = bench.known.keys() - published.keys() - {MANIFEST}
    if changed or gone or manifest is None or not folder.is_as_published(MANIFEST, manifest):
        manifest = folder.write_manifest({path: item.sha256 for path, item in published.items()})
        changed[MANIFEST] = manifest
    published[MANIFEST] = manifest
    removed = _pruned(bench, folder, published)
    bench.record.keep(bench.out, changed, gone)
    return removed


def _pruned(bench: _Bench, folder: SiteFolder, published: Iterable[str]) -> int:
    before = bench.record.folders(bench.out)
    pruned = folder.prune(published, before)
    changed = {path: at for path, at in pruned.folders.items() if before.get(path) != at}
    if changed or before.keys() - pruned.folders.keys():
        bench.record.keep_folders(bench.out, changed, before.keys() - pruned.folders.keys())
    return len(pruned.gone)


def _seconds(watch: Stopwatch) -> tuple[tuple[str, float], ...]:
    return tuple((stage.name, stage.wall) for stage in watch.stages)


def text_reader(root: Path) -> Callable[[str], str]:
    """Gives the Markdown text of a content file of the archive in `root`."""
    from generator.making import text_reader as reader

    return reader(root)


def read_content(root: Path, settings: Settings):  # type: ignore[no-untyped-def]
    """Everything a site is planned from, read anew, and what is wrong with it."""
    from generator.gathering import read_content as read

    return read(root, settings)
