"""The recipe: convert, read, plan, render, publish, index.

Everything is planned every time; only pages whose key is not in the last build's record are rendered, and only
files that differ are written. The lock is the caller's guarantee that nobody else does the same meanwhile.
"""

import hashlib
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import __version__
from generator.archive.catalogue import catalogue
from generator.archive.pictures import pictures
from generator.archive.reading import body_of, content_files, is_keeper_page, read_article, read_keeper_page, read_text
from generator.importing import Import, Progress, import_captures
from generator.model.articles import Article
from generator.model.catalogue import KeeperPage
from generator.model.pages import Page
from generator.problems import Problem, Refusal
from generator.publishing.lock import only_build
from generator.publishing.record import Published, Record
from generator.publishing.site_folder import MANIFEST, SiteFolder
from generator.settings import Settings, base_url, read_settings
from generator.site.plan import SEARCH_BUNDLE, Content, plan
from generator.site.rendering import Renderer
from generator.site.templates import Templates

STATE = ".pressmark"
SITE = "site"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: where to, under which address, with or without search, and whether to ignore the record."""

    out: Path | None = None
    base_url: str | None = None
    search: bool = True
    clean: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did; `timings` holds the seconds of each stage in order."""

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


@dataclass(slots=True)
class _Clock:
    """Notes how long each stage took."""

    stages: list[tuple[str, float]] = field(default_factory=list)
    last: float = field(default_factory=time.perf_counter)

    def passed(self, stage: str) -> None:
        now = time.perf_counter()
        self.stages.append((stage, now - self.last))
        self.last = now


def build(root: Path, options: Options = Options(), progress: Progress | None = None) -> Build:  # noqa: B008 - frozen
    """Builds the archive in `root`; raises Refusal when nothing can be built at all."""
    settings, problems = effective_settings(root, options)
    with only_build(root / STATE), Record(root / STATE) as record:
        clock = _Clock()
        imported = import_captures(root, progress=progress)
        clock.passed("import")
        content, more = read_content(root, settings)
        problems += imported.problems + more
        clock.passed("read")
        templates = Templates(root)
        pages, more = plan(content, templates, __version__)
        problems += more
        clock.passed("plan")
        folder = SiteFolder((options.out or root / SITE).resolve())
        folder.claim()
        known = {} if options.clean else record.pages(folder.folder)
        renderer = Renderer(root, settings, templates, {p.source: p.path for p in content.pictures}, text_reader(root))
        published, rendered, more = _publish(pages, known, folder, renderer, progress)
        problems += more
        clock.passed("render")
        articles = {page.path: published[page.path].sha256 for page in pages if _is_article(page) and page.path in published}
        indexed, searched, more = _index(root, folder, settings, options, articles, record)
        problems += more
        clock.passed("index")
        removed = folder.prune([*(page.path for page in pages), *searched, MANIFEST])
        digests = {path: item.sha256 for path, item in published.items()} | searched
        folder.write_manifest(digests)
        record.keep(folder.folder, published, set(known) - set(published))
        record.remember_addresses(holding.path for holding in content.catalogue.holdings)
        clock.passed("publish")
    return Build(
        folder.folder, imported, len(content.catalogue.holdings), len(pages), rendered, len(published) - rendered,
        len(removed), indexed, tuple(problems), tuple(clock.stages),
    )  # fmt: skip


def effective_settings(root: Path, options: Options) -> tuple[Settings, tuple[Problem, ...]]:
    """The archive's settings with what the command line says otherwise."""
    settings, problems = read_settings(root)
    if options.base_url is not None:
        address, wrong = base_url(options.base_url)
        if wrong:
            raise Refusal(Problem("--base-url", wrong, "write it as https://example.org/ or https://example.org/archive/"))
        settings = replace(settings, base_url=address)
    return settings, problems


def read_content(root: Path, settings: Settings) -> tuple[Content, tuple[Problem, ...]]:
    """Everything a site is planned from, and what is wrong with it."""
    articles: list[Article] = []
    keeper_pages: list[KeeperPage] = []
    problems: list[Problem] = []
    for file in content_files(root):
        path = file.relative_to(root).as_posix()
        text, sha256, more = read_text(root, path)
        problems += more
        if more:
            continue
        if is_keeper_page(path):
            page, more = read_keeper_page(path, text, sha256)
            keeper_pages += [page] if page else []
        else:
            article, more = read_article(path, text, sha256)
            articles += [article] if article else []
        problems += more
    images, more = pictures(root)
    return Content(catalogue(articles), tuple(keeper_pages), images, settings), tuple(problems) + more


def text_reader(root: Path) -> Callable[[str], str]:
    """Gives the Markdown text of a content file; remembers only the last one, which several pages share."""
    last: tuple[str, str] = ("", "")

    def read(path: str) -> str:
        nonlocal last
        if last[0] != path:
            text, _, problems = read_text(root, path)
            if problems:
                raise Refusal(*problems)
            last = (path, body_of(path, text))
        return last[1]

    return read


def _publish(
    pages: tuple[Page, ...], known: dict[str, Published], folder: SiteFolder, renderer: Renderer, progress: Progress | None
) -> tuple[dict[str, Published], int, tuple[Problem, ...]]:
    """Renders and writes what changed; a page that cannot be made keeps its last good state."""
    published: dict[str, Published] = {}
    problems: dict[Problem, None] = {}
    rendered = 0
    for number, page in enumerate(pages, start=1):
        before = known.get(page.path)
        if before is not None and before.key == page.key and folder.is_as_published(page.path, before):
            published[page.path] = before
            continue
        try:
            published[page.path] = replace(folder.write(page.path, renderer.render(page)), key=page.key)
            rendered += 1
        except Refusal as refusal:
            problems.update(dict.fromkeys(refusal.problems))
            if before is not None and folder.is_as_published(page.path, before):
                published[page.path] = replace(before, key="")
        if progress:
            progress("rendering", number, len(pages))
    return published, rendered, tuple(problems)


def _index(
    root: Path, folder: SiteFolder, settings: Settings, options: Options, articles: dict[str, str], record: Record
) -> tuple[int, dict[str, str], tuple[Problem, ...]]:
    """Brings the search index up to date; gives the number of articles indexed and the digests of its files."""
    if not (settings.search and options.search):
        return 0, {}, ()
    from generator.search.pagefind import find_pagefind, index_pages

    bundle = folder.folder / SEARCH_BUNDLE
    problems: tuple[Problem, ...] = ()
    count = 0
    try:
        pagefind = find_pagefind(settings.pagefind)
        wanted = hashlib.sha256(repr((pagefind.version, settings.language, sorted(articles.items()))).encode()).hexdigest()
        if not articles:
            return 0, {}, ()
        if options.clean or record.fact(f"index {folder.folder}") != f"{wanted} {_digest_of(bundle)}":
            fresh = root / STATE / "fresh-index"
            count = index_pages(pagefind, folder.folder, fresh, settings.language)
            folder.swap_in(fresh, SEARCH_BUNDLE.rstrip("/"))
            record.remember(f"index {folder.folder}", f"{wanted} {_digest_of(bundle)}")
    except Refusal as refusal:
        problems = refusal.problems
    finally:
        shutil.rmtree(root / STATE / "fresh-index", ignore_errors=True)
    return count, _digests(bundle), problems


def _is_article(page: Page) -> bool:
    return page.maker in ("article.html", "record.html")


def _digests(bundle: Path) -> dict[str, str]:
    """SHA-256 of each file of the search bundle, by its path on the site."""
    files = sorted(file for file in bundle.rglob("*") if file.is_file()) if bundle.is_dir() else []
    return {
        SEARCH_BUNDLE + file.relative_to(bundle).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def _digest_of(bundle: Path) -> str:
    return hashlib.sha256(repr(_digests(bundle)).encode()).hexdigest()
