"""The page that somebody looks at, made ahead of the build: from the archive as it was, with one file read anew.

What it makes is what the build will make. Where it cannot be sure (a listing, a page that does not exist yet), it
makes nothing, and the build shows the page.
"""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.archive.catalogue import catalogue
from generator.archive.reading import CONTENT, is_keeper_page, read_article, read_keeper_page, read_text
from generator.build import Options, effective_settings, read_content, text_reader
from generator.model.articles import Article, Fields
from generator.model.catalogue import Catalogue, Holding, KeeperPage, permalink
from generator.model.pages import Page
from generator.problems import Problem, Refusal
from generator.settings import FILE, Settings
from generator.site.articles import article_values, links_between
from generator.site.cards import Cards
from generator.site.rendering import Renderer
from generator.site.templates import ASSETS, Templates

_OWN_TEMPLATES = "templates/"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What could be made at once: bytes by path on the site, and the problems of the changed files.

    `faulty` are the pages of all articles that cannot be read at this moment, but could be before.
    """

    pages: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    faulty: frozenset[str] = frozenset()


class PageFirst:
    """An archive held in memory, without its texts, ready to make any one page."""

    def __init__(self, root: Path, options: Options) -> None:
        self._root, self._options = root, options
        self._settings = Settings()
        self._templates = Templates(root)
        self._articles: dict[str, Article] = {}
        self._keeper_pages: dict[str, KeeperPage] = {}
        self._media: dict[str, str] = {}
        self._faulty: dict[str, str] = {}
        self._arrange(catalogue(()))

    def load(self) -> None:
        """Reads the whole archive; raises Refusal when its settings cannot be read."""
        self._settings, _ = effective_settings(self._root, self._options)
        content, _ = read_content(self._root, self._settings)
        self._articles = {holding.article.path: holding.article for holding in content.catalogue.holdings}
        self._keeper_pages = {page.source: page for page in content.keeper_pages}
        self._media = {picture.source: picture.path for picture in content.pictures}
        self._renew_templates()
        self._arrange(content.catalogue)
        self._warm_up()

    def show(self, changed: Iterable[str], wanted: Iterable[str]) -> Ahead:
        """Takes in what has changed (paths below the root) and makes those of the wanted pages that it concerns."""
        changed = sorted(changed)
        problems = self._take_in(changed)
        makes_all = any(path == FILE or (path.startswith(_OWN_TEMPLATES) and not _is_asset(path)) for path in changed)
        pages = {
            path.removeprefix(_OWN_TEMPLATES): data
            for path in changed
            if _is_asset(path) and (data := self._bytes(path)) is not None
        }
        renderer = self._renderer()
        for path in sorted(set(wanted)):
            page = self._page(path)
            if page is None or not (makes_all or page.claimant in changed):
                continue
            try:
                pages[page.path] = renderer.render(page)
            except Refusal as refusal:
                problems += refusal.problems
        return Ahead(pages, tuple(dict.fromkeys(problems)), frozenset(self._faulty.values()))

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles by the path of their file, as they are at this moment."""
        return self._articles.copy()

    def _take_in(self, changed: list[str]) -> tuple[Problem, ...]:
        problems: tuple[Problem, ...] = ()
        if FILE in changed:
            try:
                self._settings, problems = effective_settings(self._root, self._options)
            except Refusal as refusal:
                return refusal.problems
        if any(path.startswith(_OWN_TEMPLATES) for path in changed):
            self._renew_templates()
        before = {path: self._articles.get(path) for path in changed}
        for path in changed:
            if path.startswith(CONTENT + "/") and path.endswith(".md"):
                problems += self._read(path)
        self._rearrange(before)
        return problems

    def _read(self, path: str) -> tuple[Problem, ...]:
        """Reads one text anew; one that cannot be read any more keeps its last good place."""
        self._faulty.pop(path, None)
        if not (self._root / path).exists():
            self._articles.pop(path, None)
            self._keeper_pages.pop(path, None)
            return ()
        text, sha256, problems = read_text(self._root, path)
        if not problems and is_keeper_page(path):
            page, problems = read_keeper_page(path, text, sha256)
            if page is not None:
                self._keeper_pages[path] = page
                return problems
        elif not problems:
            article, problems = read_article(path, text, sha256)
            if article is not None:
                self._articles[path] = article
                return problems
        last = self._articles.get(path) or self._keeper_pages.get(path)
        if last is not None:
            self._faulty[path] = (permalink(last) if isinstance(last, Article) else last.path) + "index.html"
        return problems

    def _rearrange(self, before: dict[str, Article | None]) -> None:
        """Brings the catalogue up to date; where only texts have changed, its order and its names hold."""
        moved = [path for path, old in before.items() if _place(old) != _place(self._articles.get(path))]
        if moved:
            self._arrange(catalogue(self._articles.values(), dict(self._settings.one_author)))
            return
        replaced = {
            path: self._articles[path] for path, old in before.items() if old is not None and path in self._articles
        }
        if replaced:
            self._arrange(_with_articles(self._catalogue, replaced))

    def _arrange(self, arranged: Catalogue) -> None:
        self._catalogue = arranged
        self._cards = Cards(arranged)
        self._links = links_between(arranged, self._keeper_pages.values(), self._media, self._settings.base_url)
        self._places = {holding.path: index for index, holding in enumerate(arranged.holdings)}

    def _page(self, path: str) -> Page | None:
        """The page at a path of the site, if it is an article or a page of the keeper's own."""
        folder = path.removesuffix("index.html")
        holdings = self._catalogue.holdings
        index = self._places.get(folder)
        if index is not None:
            holding = holdings[index]
            later = holdings[index - 1] if index else None
            earlier = holdings[index + 1] if index + 1 < len(holdings) else None
            values = article_values(holding, earlier, later, self._cards, self._links)
            return Page(
                folder + "index.html",
                "article.html" if holding.article.is_open else "record.html",
                values,
                holding.article.path,
                "",
            )
        for page in self._keeper_pages.values():
            if page.path == folder:
                return Page(
                    folder + "index.html",
                    "page.html",
                    {"keeper_page": page, "title": page.title, "links": self._links.of(page.source)},
                    page.source,
                    "",
                )
        return None

    def _renew_templates(self) -> None:
        # Compiled templates are kept by their source, so this is quick; macros of one that changed are held by others.
        self._templates = Templates(self._root)

    def _warm_up(self) -> None:
        """Makes one page, so that what it needs is loaded and compiled before somebody waits for it."""
        holdings = self._catalogue.holdings
        page = self._page(holdings[0].path) if holdings else None
        if page is not None:
            with contextlib.suppress(Refusal):
                self._renderer().render(page)

    def _renderer(self) -> Renderer:
        return Renderer(self._root, self._settings, self._templates, text_reader(self._root))

    def _bytes(self, path: str) -> bytes | None:
        try:
            return (self._root / path).read_bytes()
        except OSError:
            return None


def _is_asset(path: str) -> bool:
    return path.startswith(f"{_OWN_TEMPLATES}{ASSETS}/")


def _place(article: Article | None) -> tuple[str, Fields] | None:
    """What decides where an article stands, and under which names it is found."""
    if article is None:
        return None
    address = permalink(article)
    title = article.fields.title if address.startswith("undated/") else ""  # the undated stand in order of their titles
    fields = replace(
        article.fields,
        title=title,
        subtitle="",
        summary=(),
        image_credits="",
        author_note="",
        abstract="",
        rights="",
        extra=(),
    )
    return address, fields


def _with_articles(arranged: Catalogue, articles: dict[str, Article]) -> Catalogue:
    """The same arrangement with some articles replaced by others that stand in the same places."""
    renewed = {
        holding.path: Holding(articles[holding.article.path], holding.path)
        for holding in arranged.holdings
        if holding.article.path in articles
    }

    def new(holdings: tuple[Holding, ...]) -> tuple[Holding, ...]:
        if all(holding.path not in renewed for holding in holdings):
            return holdings
        return tuple(renewed.get(holding.path, holding) for holding in holdings)

    return Catalogue(
        new(arranged.holdings),
        new(arranged.undated),
        tuple((year, new(holdings)) for year, holdings in arranged.years),
        {
            kind: tuple(replace(facet, holdings=new(facet.holdings)) for facet in facets)
            for kind, facets in arranged.facets.items()
        },
    )
