"""The stages of a build, between what is known of the last one and what is published: each does only what is new."""

import marshal
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.archive.sightings import differ, is_sure, sighting
from generator.collecting import collecting_what_is_new
from generator.importing import Import, Progress, capture_named, import_captures
from generator.model.catalogue import Holding
from generator.model.pages import Page
from generator.problems import Problem
from generator.publishing.looking import Look, Looking
from generator.publishing.manifest import MANIFEST
from generator.publishing.memory import Memory
from generator.publishing.record import Published, Record, RecordLost, Seen
from generator.publishing.site_folder import Planned, SiteFolder, folders_of
from generator.publishing.workers import Workers
from generator.settings import Settings
from generator.standing import program_digest
from generator.timing import Stopwatch

if TYPE_CHECKING:
    from generator.site.desk import Content
    from generator.site.plan import Plan

_CAPTURES = "captures"
_RELATED = "related"
_FEW_PAGES = 400
"""Pages that are made here rather than in other processes, which would take as long to begin."""
_MOST_PAGES = 300
_MUCH = 500_000
"""Bytes of few pages from which on it is worth another process to make half of them."""
_PAGE, _ROLL = 15_000, 30
"""Bytes that take as long as what each page takes, however small; and how many of a roll take as long as one."""
_FEW_LINES = 2000
"""Lines of the manifest that are mended one by one."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Whether there is to be a search index, and whether this build leaves it as it is."""

    search: bool
    search_later: bool


@dataclass(slots=True)
class Bench:
    """What all stages of one build need: among them the `looking` at the published site, and what it found; the
    `sheaves` of the last build, and the published files that are `loose`, in none that is kept as it is, once pages are
    planned; all that is `planned`, once pages are finished."""

    root: Path
    out: Path
    settings: Settings
    wishes: Wishes
    state: Path
    record: Record
    workers: Workers
    progress: Progress | None
    watch: Stopwatch
    looking: Looking
    sheaves: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    planned: Planned | None = None
    _look: Look | None = None

    @property
    def look(self) -> Look:
        """What the look at the published site found; waits for it. Raises RecordLost where that is not about all files."""
        if self._look is None:
            self._look = self.looking.found(self.record)
            if not self.record.is_complete(self.out, self._look.looked_for):
                raise RecordLost
        return self._look

    def known(self) -> dict[str, Published]:
        """All files that are published: there are many, and most stages do without."""
        return self.record.pages(self.out)


@dataclass(slots=True)
class Pressed:
    """What became of the pages that were planned anew; those that were kept are as they were."""

    published: dict[str, Published]
    rendered: int
    problems: tuple[Problem, ...]


def import_new(bench: Bench, seen: Mapping[str, str], held: Mapping[str, object], seeds: Mapping[str, str]) -> Import:
    """Converts what is new among the captures; one that has not changed since it was settled is not read."""
    if not seeds:
        return Import((), 0, ())
    from generator.archive.filing import shelf
    from generator.archive.reading import is_keeper_page

    texts = [path for path in seen if path.endswith(".md")]
    unreadable = [path for path in texts if path not in held and not is_keeper_page(path)]
    state = shelf(
        [item.article for item in held.values() if isinstance(item, Holding)],
        texts,
        {path: capture_named(bench.root, path) for path in unreadable},
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


def plan_pages(bench: Bench, content: "Content") -> "Plan":
    """The whole plan; what the last one found of related articles saves time, and what it planned together."""
    from generator.site.plan import plan_anew
    from generator.site.related import Known
    from generator.site.templates import Templates

    names, articles = _recalled_related(bench.record)
    related = Known(names, articles)
    known = bench.sheaves = bench.record.sheaves(bench.out)
    with closing(Memory(bench.state)) as memory:
        templates = Templates(bench.root, memory)
        plan = plan_anew(content, templates, f"{__version__} {program_digest()}", known, related)
        # The look at the site goes on meanwhile, and nearly always finds it whole.
        torn, bench.loose = bench.looking.ties(bench.record, bench.look.changed)
        if torn:
            known = {name: item for name, item in known.items() if name not in torn}
            plan = plan_anew(content, templates, f"{__version__} {program_digest()}", known, related)
        memory.write()
    if (related.names, related.articles) != (names, articles):
        kept = marshal.dumps((related.names, related.articles))
        bench.record.keep_files(_RELATED, {"": Seen("", kept)}, ())
    return plan


def _recalled_related(record: Record) -> tuple[dict[str, str], dict[str, tuple[str, tuple[str, ...]]]]:
    """The related articles that the last plan found; none when they cannot be read."""
    kept = record.files(_RELATED).get("")
    try:
        names, articles = marshal.loads(kept.value) if kept else ({}, {})
    except (ValueError, EOFError, TypeError):
        return {}, {}
    return names, articles


def press(
    bench: Bench,
    plan: "Plan",
    folder: SiteFolder,
    seen: Mapping[str, str],
    articles_made: Callable[[Mapping[str, Published]], None],
) -> Pressed:
    """Renders and writes what changed; a page that cannot be made keeps its last good state.

    `articles_made` is told what is published once the pages of articles are, where few pages are made.
    """
    known = bench.record.pages_of(bench.out, [page.path for page in plan.pages])
    changed = bench.look.changed
    published: dict[str, Published] = {}
    stale: list[Page] = []
    for page in plan.pages:
        before = known.get(page.path)
        if before is not None and before.key == page.key and page.path not in changed:
            published[page.path] = before
        else:
            stale.append(page)
    if not stale:
        return Pressed(published, 0, ())
    # Articles first: a list never leads to a page that is not there yet.
    stale.sort(key=lambda page: not page.claimant.startswith("content/"))
    problems: dict[Problem, None] = {}
    sizes = {path: item.size for path, item in known.items()}
    made, read = _made(bench, stale, sizes, problems, lambda made: articles_made({**published, **made}))
    changed_meanwhile = any(differ(seen.get(path, ""), sighting(bench.root / path)) for path in read)
    for path, item in made.items():
        # What was read may not be what was planned: such pages are made once more by the next build.
        published[path] = item._replace(key="") if changed_meanwhile else item
    for page in stale:
        before = known.get(page.path)
        if page.path not in made and before is not None and folder.is_as_published(page.path, before):
            published[page.path] = before._replace(key="")
    return Pressed(published, len(made), tuple(problems))


def _made(
    bench: Bench,
    stale: list[Page],
    sizes: Mapping[str, int],
    problems: dict[Problem, None],
    articles_made: Callable[[Mapping[str, Published]], None],
) -> tuple[dict[str, Published], set[str]]:
    from generator.making import ARTICLES, Batch, Order, Press, leave, make_pages, orders
    from generator.site.rolls import FORMS

    memory = None if bench.workers.are_elsewhere else bench.state
    turn = f"{os.getpid()} {time.monotonic_ns()}"
    press = Press(bench.root, bench.out, bench.settings, memory, program_digest(), turn)
    few = 0 if bench.workers.are_elsewhere else _FEW_PAGES
    articles = [page for page in stale if page.maker in ARTICLES] if len(stale) <= few else []
    rest = [page for page in stale if page.maker not in ARTICLES] if articles else stale

    def share(count: int) -> int:
        return max(20, min(_MOST_PAGES, count // (bench.workers.jobs * 6)))

    def batches(pages: list[Page]) -> Iterator[Batch]:
        if pages is rest and len(stale) <= few:
            efforts = {
                page.path: _PAGE + sizes.get(page.path, 0) // (_ROLL if page.maker in FORMS else 1) for page in rest
            }
            if sum(efforts.values()) > _MUCH:
                here, aside = (Order(press, half) for half in _halves(rest, efforts))
                return bench.workers.run_both(make_pages, here, aside)
        return bench.workers.run(make_pages, orders(press, pages, few, share))

    made: dict[str, Published] = {}
    read: set[str] = set()
    number = 0
    with collecting_what_is_new() if len(stale) > _FEW_PAGES else nullcontext():
        for pages in (articles, rest):
            for batch in batches(pages):
                read.update(batch.read)
                for item in batch.made:
                    number += 1
                    problems.update(dict.fromkeys(item.problems))
                    if item.published is not None:
                        made[item.path] = item.published
                if bench.progress:
                    bench.progress("rendering", number, len(stale))
            if pages is articles and made:
                articles_made(made)
    leave()
    return made, read


def _halves(pages: Sequence[Page], efforts: Mapping[str, int]) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """Two parts that take about as long; the pages of each are in order."""
    spent, aside = [0, 0], set()
    for page in sorted(pages, key=lambda page: -efforts[page.path]):
        lighter = int(spent[1] < spent[0])
        spent[lighter] += efforts[page.path]
        if lighter:
            aside.add(page.path)
    return tuple(page for page in pages if page.path not in aside), tuple(page for page in pages if page.path in aside)


def finish(bench: Bench, folder: SiteFolder, plan: "Plan", published: Mapping[str, Published]) -> int:
    """Removes what is no longer planned, and writes the manifest and the record; the number of files removed.

    `published` is all that is published but for what the plan keeps as it was.
    """
    before = bench.sheaves
    keys = {page.path: page.key for page in plan.pages}
    keys_made = {path: item.key for path in keys if (item := published.get(path))}
    whole = {
        name: item
        for name, item in plan.sheaves.items()
        if item is before.get(name) or all(keys_made.get(path) == keys[path] for path in item[1])
    }
    sheaves = {name: item for name, item in whole.items() if before.get(name) is not item}
    left = set(bench.loose)
    for name, sheaf in before.items():
        if whole.get(name) is not sheaf:
            left.update(sheaf[1])
    gone = left.difference(published, (MANIFEST,))
    known = bench.record.pages_of(bench.out, [*published, MANIFEST])
    changed = {path: item for path, item in published.items() if known.get(path) != item}
    manifest = known.get(MANIFEST)
    if changed or gone or manifest is None or not folder.is_as_published(MANIFEST, manifest):
        manifest = changed[MANIFEST] = _manifest(bench, folder, manifest, changed, gone)
    if bench.planned is None:
        bench.planned = Planned([*plan.kept, *published, MANIFEST])
    else:
        bench.planned.exchange(gone, published)
    searched = folders_of([*changed, *gone]) | bench.look.moved
    removed = prune(bench, folder, bench.planned, searched, gone)
    count = len(bench.planned.files)
    bench.record.keep(bench.out, changed, gone, sheaves, before.keys() - whole.keys(), count)
    bench.sheaves = whole
    bench.loose = frozenset(published)
    return removed


def _manifest(
    bench: Bench,
    folder: SiteFolder,
    known: Published | None,
    changed: Mapping[str, Published],
    gone: Collection[str],
) -> Published:
    """The manifest, written: the known one is mended where that is quicker, and it is still the known one."""
    digests = {path: item.sha256 for path, item in changed.items()}
    if known is not None and len(digests) + len(gone) <= _FEW_LINES:
        mended = folder.mend_manifest(known, digests, gone)
        if mended is not None:
            return mended
    before = {path: item.sha256 for path, item in bench.known().items() if path not in gone}
    before.pop(MANIFEST, None)
    return folder.write_manifest(before | digests)


def prune(bench: Bench, folder: SiteFolder, planned: Planned, searched: Iterable[str], gone: Iterable[str] = ()) -> int:
    """Removes from the folders that are `searched` what is not planned, such as what is `gone`; gives the number of
    files removed."""
    pruned = folder.prune(planned, searched)
    empty = bench.record.folders(bench.out).keys() - planned.folders if gone else set()
    if pruned.folders or empty:
        bench.record.keep_folders(bench.out, pruned.folders, empty)
    return len(pruned.gone)
