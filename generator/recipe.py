"""The recipe: convert, read, plan, render, publish, index.

Everything is planned every time; only pages whose key is not in the last build's record are rendered, and only
files that differ are written.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from generator.archive.sightings import content_sightings
from generator.build import Build, Options
from generator.collecting import collecting_what_is_new
from generator.importing import Import, Progress
from generator.index_stage import IndexStage
from generator.problems import Problem, Refusal
from generator.publishing.looking import Looking
from generator.publishing.record import Record, RecordLost
from generator.publishing.site_folder import Planned, SiteFolder
from generator.publishing.workers import Workers
from generator.settings import Settings
from generator.stages import Bench, Wishes, finish, import_new, plan_pages, press, prune
from generator.standing import program_digest, standing
from generator.timing import Stopwatch


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, how, with what help, and who is told; see `build`."""

    root: Path
    out: Path
    state: Path
    options: Options
    settings: Settings
    problems: tuple[Problem, ...]
    looking: Looking
    progress: Progress | None = None
    executor: Executor | None = None
    pages_first: Callable[[Build], None] | None = None


def follow(order: Order, held: list[object]) -> Build:
    """Builds what is ordered; what it was made from is `held` until somebody lets go of it."""
    options, settings, looking = order.options, order.settings, order.looking
    workers, watch = Workers(options.jobs, order.executor), Stopwatch()
    wishes = Wishes(options.search, options.search_later)
    with Record(order.state) as record:

        def anew() -> Build:
            if options.clean or record.fact("program") != program_digest():
                record.forget_all()
            bench = Bench(
                order.root, order.out, settings, wishes, order.state, record, workers, order.progress, watch, looking
            )
            return _built(bench, order.problems, order.pages_first, held)

        record.is_relied_on = True
        try:
            return anew()
        except RecordLost:
            record.is_relied_on = False  # it knows nothing now, so that everything is made anew
        try:
            return anew()
        except RecordLost:
            hint = "check the disk, and delete the folder .pressmark/; the site serves what it served"
            raise Refusal(Problem(".pressmark/build.sqlite", "is damaged again and again", hint)) from None


def _built(
    bench: Bench, problems: tuple[Problem, ...], pages_first: Callable[[Build], None] | None, held: list[object]
) -> Build:
    """Everything anew that is not as it was."""
    content_seen, decisions, seeds_seen = bench.looking.first()
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
            record.remember(f"standing {bench.out}", _sealed(f"{stand} {json.dumps(counts)}") if is_whole else "")
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


def _standing(bench: Bench, files: Mapping[str, str]) -> str:
    """The digest of the archive as it stands, for this way of building it."""
    from generator.site.places import template_folders

    return standing(bench.root, bench.settings, bench.wishes, template_folders(bench.root), files)


def _unchanged(bench: Bench, stand: str) -> Build | None:
    """The build that has nothing to do; none when something of the archive or of the site is not as it was."""
    last, _, counts = _unsealed(bench.record.fact(f"standing {bench.out}")).partition(" ")
    if last != stand or bench.look.changed or not bench.look.looked_for:
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


def _sealed(text: str) -> str:
    """With a digest: a number that is damaged on a disk is not to be told."""
    return f"{hashlib.sha256(text.encode()).hexdigest()} {text}"


def _unsealed(sealed: str) -> str:
    text = sealed.partition(" ")[2]
    return text if _sealed(text) == sealed else ""
