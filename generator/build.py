"""The recipe: convert, read, plan, render, publish, index.

Everything is planned every time; only pages whose key is not in the last build's record are rendered, and only
files that differ are written. Nobody else builds the archive meanwhile. A build that is ended at any moment leaves a
site that serves, and the next one ends as a clean one would.
"""

import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive.sightings import all_content_sightings, content_sightings, sightings
from generator.collecting import collect_what_was_left, collecting_what_is_new, without_collecting
from generator.importing import SEEDS, Import, Progress
from generator.index_stage import IndexStage
from generator.problems import Problem, Refusal
from generator.publishing.lock import is_held, only_build
from generator.publishing.looking import Looking
from generator.publishing.record import Record, RecordLost
from generator.publishing.site_folder import Planned, SiteFolder
from generator.publishing.workers import Workers
from generator.settings import Settings, base_url, read_settings
from generator.stages import Bench, Wishes, finish, import_new, plan_pages, press, prune
from generator.standing import program_digest, standing
from generator.timing import Stage, Stopwatch

if TYPE_CHECKING:
    from generator.site.desk import Content

STATE = ".pressmark"
SITE = "site"
WATCH, ADDRESS = "watch", "address"
"""Below `STATE`: where a watch notes the address of its preview."""
_KEPT = ("seeds", "content", "templates", STATE, ".git")


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


def build(
    root: Path,
    options: Options = Options(),
    progress: Progress | None = None,
    executor: Executor | None = None,
    pages_first: Callable[[Build], None] | None = None,
    waits: Callable[[str], None] | None = None,
    done: Callable[[Build], None] | None = None,
) -> Build:
    """Builds the archive in `root`; raises Refusal when nothing can be built at all.

    Work goes to `options.jobs` processes, or to `executor` where one is given; the bytes are the same. `pages_first` is
    told when all is published but the search index, which then follows; `waits` is told for whom it waits where
    somebody else builds the archive. `done` is told at the end, before what was held in memory is taken apart.
    """
    settings, problems = effective_settings(root, options)
    out, state = place_of_site(root, options.out), root / STATE
    workers = Workers(options.jobs, executor)
    aside = workers.jobs > 1 and not options.clean
    collect_what_was_left()
    with (
        waiting_for_others(root, waits),
        Looking(state, out, aside=aside) as looking,
        Record(state) as record,
        without_collecting(),
    ):
        watch = Stopwatch()
        if options.clean or record.fact("program") != program_digest():
            record.forget_all()
        wishes = Wishes(options.search, options.search_later)
        held: list[object] = []

        def anew() -> Build:
            bench = Bench(root, out, settings, wishes, state, record, workers, progress, watch, looking)
            return _built(bench, problems, pages_first, held)

        try:
            made = anew()
        except RecordLost:
            record.is_relied_on = False  # it knows nothing now, so that everything is made anew
            made = anew()
    if done is not None:
        done(made)
    return made


def _built(
    bench: Bench, problems: tuple[Problem, ...], pages_first: Callable[[Build], None] | None, held: list[object]
) -> Build:
    """Everything anew that is not as it was; what it was made from is `held` until somebody lets go of it."""
    content_seen, decisions = all_content_sightings(bench.root)
    seeds_seen = sightings(bench.root, SEEDS, lambda _: True)
    files = {**content_seen, **seeds_seen, **decisions}
    stand = _standing(bench, files) if not problems else ""
    if stand and (same := _unchanged(bench, stand)):
        return same
    bench.record.remember("program", program_digest())
    bench.watch.passed("look")

    from generator.gathering import gather

    root, record, watch = bench.root, bench.record, bench.watch
    gathered = gather(root, content_seen, record, bench.workers)
    watch.passed("read")
    with collecting_what_is_new():
        imported = import_new(bench, gathered.seen, gathered.held, seeds_seen)
    watch.passed("import")
    if imported.filings:
        content_seen = content_sightings(root)
        gathered = gather(root, content_seen, record, bench.workers)
        watch.passed("read again")
    problems += imported.problems + tuple(gathered.problems)
    record.forget_texts(gathered.gone)
    content = gathered.content(bench.settings)
    plan = plan_pages(bench, content)
    problems += plan.problems
    watch.passed("plan")
    folder = SiteFolder(bench.out)
    folder.claim()
    with IndexStage(bench, content.catalogue.holdings, plan.kept, low=pages_first is not None) as index_stage:
        pressed = press(bench, plan, folder, content_seen, index_stage.begin)
        problems += pressed.problems
        held += gathered, content, plan, pressed
        watch.passed("render")

        # The sheaf of an article is named by its address.
        count, known = len(plan.pages) + len(plan.kept), bench.sheaves.keys()

        def finished(wishes: Wishes) -> Build:
            bench.wishes = wishes
            with collecting_what_is_new():
                holdings = content.catalogue.holdings
                index, indexed, more = index_stage.run(pressed.published)
            found = problems + more
            watch.passed("index")
            removed = finish(bench, folder, plan, pressed.published | index)
            record.remember_addresses(holding.path for holding in holdings if holding.path not in known)
            kept = len(plan.kept) + len(pressed.published)
            counts = {"articles": len(holdings), "pages": count, "kept": kept}
            is_whole = stand and not found and not imported.filings and not wishes.search_later
            record.remember(f"standing {bench.out}", f"{stand} {json.dumps(counts)}" if is_whole else "")
            watch.passed("publish")
            return Build(
                bench.out, imported, counts["articles"], count, pressed.rendered,
                kept - pressed.rendered, removed, indexed, tuple(dict.fromkeys(found)), _seconds(watch),
                tuple(watch.stages),
            )  # fmt: skip

        wishes = bench.wishes
        if pages_first is not None and wishes.search and not wishes.search_later and bench.settings.search:
            pages_first(finished(replace(wishes, search_later=True)))
        return finished(wishes)


def place_of_site(root: Path, out: Path | None = None) -> Path:
    """The folder that a site goes to; raises Refusal for one that holds the archive, or stands in what it is made of."""
    place, archive = (out or root / SITE).resolve(), root.resolve()
    if archive.is_relative_to(place) or any(place.is_relative_to(archive / name) for name in _KEPT):
        hint = "choose a folder of its own, such as --out site"
        raise Refusal(Problem(os.fspath(out or SITE), "holds the archive itself, which a site would overwrite", hint))
    return place


def waiting_for_others(root: Path, waits: Callable[[str], None] | None = None) -> AbstractContextManager[None]:
    """Makes sure that nobody else writes to the archive; `waits` is told at once for whom it waits."""

    def told(holder: str) -> None:
        note = root / STATE / WATCH / ADDRESS
        where = ""
        if is_held(note.parent) and note.is_file():
            where = f" (it is watched at {note.read_text('utf-8', 'replace').partition(chr(10))[0]})"
        if waits:
            waits(f"{holder} is building this archive{where}: waiting until it has ended")

    return only_build(root / STATE, waits=told)


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


def _standing(bench: Bench, files: Mapping[str, str]) -> str:
    """The digest of the archive as it stands, for this way of building it."""
    from generator.site.places import template_folders

    return standing(bench.root, bench.settings, bench.wishes, template_folders(bench.root), files)


def _unchanged(bench: Bench, stand: str) -> Build | None:
    """The build that has nothing to do; none when something of the archive or of the site is not as it was."""
    last, _, counts = bench.record.fact(f"standing {bench.out}").partition(" ")
    if last != stand or bench.look.changed:
        return None
    bench.watch.passed("look")
    moved = bench.look.moved
    removed = prune(bench, SiteFolder(bench.out), Planned(bench.known()), moved) if moved else 0
    bench.watch.passed("publish")
    held = json.loads(counts)
    return Build(
        bench.out, Import((), 0, ()), held["articles"], held["pages"], 0, held["kept"], removed, 0, (),
        _seconds(bench.watch), tuple(bench.watch.stages),
    )  # fmt: skip


def _seconds(watch: Stopwatch) -> tuple[tuple[str, float], ...]:
    return tuple((stage.name, stage.wall) for stage in watch.stages)


def text_reader(root: Path) -> Callable[[str], str]:
    """Gives the Markdown text of a content file of the archive in `root`."""
    from generator.making import text_reader as reader

    return reader(root)


def read_content(root: Path, settings: Settings) -> "tuple[Content, tuple[Problem, ...]]":
    """Everything a site is planned from, read anew, and what is wrong with it."""
    from generator.gathering import read_content as read

    return read(root, settings)
