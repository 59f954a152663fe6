"""Building an archive, by one at a time: how to build, what came of it, and where everything stands.

What is done is in `recipe`. A build that is ended at any moment leaves a site that serves, and the next one ends as a
clean one would.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive.sightings import CONTENT, SEEDS, archive_sightings
from generator.collecting import collect_what_was_left, without_collecting
from generator.problems import Problem, Refusal
from generator.publishing.lock import is_held, only_build
from generator.publishing.looking import Looking
from generator.publishing.processors import processors
from generator.settings import Settings, base_url, read_settings
from generator.timing import Stage

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from generator.importing import Import, Progress
    from generator.site.desk import Content

STATE = ".pressmark"
SITE = "site"
WATCH, ADDRESS = "watch", "address"
"""Below `STATE`: where a watch notes the address of its preview."""
_KEPT = (SEEDS, CONTENT, "templates", STATE, ".git")


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
    imported: "Import"
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
    progress: "Progress | None" = None,
    executor: "Executor | None" = None,
    pages_first: Callable[[Build], None] | None = None,
    waits: Callable[[str], None] | None = None,
    held: list[object] | None = None,
) -> Build:
    """Builds the archive in `root`; raises Refusal when nothing can be built at all.

    Work goes to `options.jobs` processes, or to `executor` where one is given; the bytes are the same. `pages_first` is
    told when all is published but the search index, which then follows; `waits` is told for whom it waits where
    somebody else builds the archive. `held` takes what the site was made from: whoever ends his process soon need not
    wait until a large archive is taken apart in memory, value by value.
    """
    settings, problems = effective_settings(root, options)
    out, state = place_of_site(root, options.out), root / STATE
    aside = processors(options.jobs) > 1 and not options.clean
    collect_what_was_left()
    with (
        waiting_for_others(root, waits),
        without_collecting(),
        Looking(state, out, partial(archive_sightings, root), aside=aside) as looking,
    ):
        from generator.recipe import Order, follow  # the other process looks while rooms are opened here

        return follow(
            Order(root, out, state, options, settings, problems, looking, progress, executor, pages_first),
            [] if held is None else held,
        )


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


def text_reader(root: Path) -> Callable[[str], str]:
    """Gives the Markdown text of a content file of the archive in `root`."""
    from generator.making import text_reader as reader

    return reader(root)


def read_content(root: Path, settings: Settings) -> "tuple[Content, tuple[Problem, ...]]":
    """Everything a site is planned from, read anew, and what is wrong with it."""
    from generator.gathering import read_content as read

    return read(root, settings)
