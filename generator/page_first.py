"""The pages that somebody looks at, made ahead of the build: from the archive as it was, with a few files read anew.

What it makes is what the build will make, for the plan is the same; only the pages that are open are made. The page of
the changed file itself comes first, then the listings that may show it.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.archive.pictures import read_picture
from generator.archive.reading import CONTENT, is_keeper_page, read_article, read_keeper_page, read_text
from generator.archive.rearranging import rearranged
from generator.archive.sightings import is_picture
from generator.build import STATE, Options, effective_settings, text_reader
from generator.gathering import recall_content
from generator.model.articles import Article
from generator.model.catalogue import KINDS, Catalogue, KeeperPage, Picture, permalink
from generator.plain_files import read_plain
from generator.problems import Problem, Refusal
from generator.settings import AUTHORS, FILE, Settings
from generator.site.articles import Links, links_between
from generator.site.cards import Cards
from generator.site.desk import Content
from generator.site.one_page import Planner, stylesheet
from generator.site.plan import STYLESHEET
from generator.site.rendering import Renderer
from generator.site.templates import ASSETS, Templates

_TEMPLATES = "templates/"
_SETTINGS = (FILE, AUTHORS)
_INDEX = "index.html"

Shown = Callable[[Mapping[str, bytes]], None]
"""Is given pages (bytes by path on the site) as soon as they are made."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What could be made at once: bytes by path on the site, and the problems of the changed files.

    `faulty` are the pages of all articles that cannot be read at this moment, but could be before. `moved` gives the
    new address of each page that has got another one.
    """

    pages: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    faulty: frozenset[str] = frozenset()
    moved: dict[str, str] = field(default_factory=dict)


class PageFirst:
    """An archive held in memory, without its texts, ready to make any one page."""

    def __init__(self, root: Path, options: Options) -> None:
        self._root, self._options = root, options
        self._settings = Settings()
        self._templates = Templates(root)
        self._articles: dict[str, Article] = {}
        self._keeper_pages: dict[str, KeeperPage] = {}
        self._pictures: dict[str, Picture] = {}
        self._faulty: dict[str, str] = {}
        self._catalogue = Catalogue((), (), (), {})
        self._links = Links({}, {})

    def load(self) -> None:
        """Takes in the whole archive; raises Refusal when its settings cannot be read."""
        self._settings, _ = effective_settings(self._root, self._options)
        content = recall_content(self._root, self._settings, self._root / STATE)
        self._articles = {holding.article.path: holding.article for holding in content.catalogue.holdings}
        self._keeper_pages = {page.source: page for page in content.keeper_pages}
        self._pictures = {picture.source: picture for picture in content.pictures}
        self._catalogue = content.catalogue
        self._renew_templates()
        self._renew_links()
        self._warm_up()

    def show(self, changed: Iterable[str], wanted: Iterable[str], shown: Shown = lambda _: None) -> Ahead:
        """Takes in what has changed (paths below the root) and makes those of the wanted pages that it may concern.

        `shown` is given the pages in parts: first those of the changed files themselves.
        """
        changed = sorted(changed)
        problems, moved = self._take_in(changed)
        renderer = self._renderer()
        pages = self._assets(changed, renderer) | self._shown_pictures(changed)
        first, others = self._concerned(changed, wanted, moved)
        for part in (first, others):
            for path in part:
                page = self._planner.page(path)
                if page is None:
                    continue
                try:
                    pages[page.path] = renderer.render(page)
                except Refusal as refusal:
                    problems += refusal.problems
            if pages:
                shown(pages)
        return Ahead(pages, tuple(dict.fromkeys(problems)), frozenset(self._faulty.values()), moved)

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles by the path of their file, as they are at this moment."""
        return self._articles.copy()

    def _concerned(
        self, changed: list[str], wanted: Iterable[str], moved: Mapping[str, str]
    ) -> tuple[list[str], list[str]]:
        """The open pages of the changed files, and all others that may show something of what has changed."""
        open_pages = {_file(page) for page in wanted}
        open_pages |= {target + _INDEX for old, target in moved.items() if old + _INDEX in open_pages}
        if not any(path.startswith(f"{CONTENT}/") or _concerns_all(path) for path in changed):
            return [], []
        own = {permalink(self._articles[path]) + _INDEX for path in changed if path in self._articles}
        own |= {self._keeper_pages[path].path + _INDEX for path in changed if path in self._keeper_pages}
        return sorted(open_pages & own), sorted(open_pages - own)

    def _take_in(self, changed: list[str]) -> tuple[tuple[Problem, ...], dict[str, str]]:
        problems: tuple[Problem, ...] = ()
        settings = self._settings
        if any(path in _SETTINGS for path in changed):
            try:
                self._settings, problems = effective_settings(self._root, self._options)
            except Refusal as refusal:
                problems = refusal.problems
        if any(path.startswith(_TEMPLATES) for path in changed):
            self._renew_templates()
        texts = [path for path in changed if path.startswith(f"{CONTENT}/") and path.endswith(".md")]
        before = {path: self._address(path) for path in texts}
        articles = {path: self._articles.get(path) for path in texts}
        for path in texts:
            problems += self._read(path)
        after = {path: self._address(path) for path in texts}
        pictures = [path for path in changed if path.startswith(f"{CONTENT}/") and is_picture(path.rpartition("/")[2])]
        for path in pictures:
            problems += self._look_at(path)
        self._rearrange(articles, settings)
        if pictures:
            self._renew_links()
        moved = {old: after[path] for path, old in before.items() if old and after[path] and old != after[path]}
        return problems, {old: new for old, new in moved.items() if old not in after.values()}

    def _address(self, path: str) -> str:
        """Where the page of a content file stands, if it has one."""
        article, keeper_page = self._articles.get(path), self._keeper_pages.get(path)
        return permalink(article) if article else keeper_page.path if keeper_page else ""

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
        if address := self._address(path):
            self._faulty[path] = address + _INDEX
        return problems

    def _look_at(self, path: str) -> tuple[Problem, ...]:
        """Takes note of a picture that is new, another one, or gone."""
        self._pictures.pop(path, None)
        if not (self._root / path).exists():
            return ()
        picture, problems = read_picture(self._root, path)
        if picture is not None:
            self._pictures[path] = picture
        return problems

    def _rearrange(self, before: Mapping[str, Article | None], settings: Settings) -> None:
        """Brings the catalogue and the links up to date; what a change cannot have touched is kept."""
        changed = {path: (old, self._articles.get(path)) for path, old in before.items()}
        is_same = settings.one_author == self._settings.one_author
        if changed or not is_same:
            one_author = dict(self._settings.one_author)
            arranged = self._catalogue if is_same else Catalogue((), (), (), dict.fromkeys(KINDS, ()))
            self._catalogue = rearranged(arranged, self._articles, changed if is_same else self._articles, one_author)
        is_linked_alike = all(old and new and _linked(old) == _linked(new) for old, new in changed.values())
        if is_linked_alike and settings.base_url == self._settings.base_url:
            self._renew_citing({path: new for path, (_, new) in changed.items() if new})
            self._plan_anew()
        else:
            self._renew_links()

    def _renew_links(self) -> None:
        media = {picture.source: picture.path for picture in self._pictures.values()}
        pages = self._keeper_pages.values()
        self._links = links_between(self._catalogue, pages, media, self._settings.base_url)
        self._plan_anew()

    def _renew_citing(self, articles: Mapping[str, Article]) -> None:
        """Has the articles that cite others in the places of what they were; what links what has not changed."""
        renewed = {
            holding.article.path: holding for holding in self._catalogue.holdings if holding.article.path in articles
        }
        for target, citing in self._links.citing.items():
            if any(holding.article.path in renewed for holding in citing):
                self._links.citing[target] = tuple(renewed.get(holding.article.path, holding) for holding in citing)

    def _plan_anew(self) -> None:
        content = Content(
            self._catalogue, tuple(self._keeper_pages.values()), tuple(self._pictures.values()), self._settings
        )
        self._planner = Planner(content, self._templates, Cards(self._catalogue), self._links)

    def _assets(self, changed: list[str], renderer: Renderer) -> dict[str, bytes]:
        """The stylesheets, scripts and pictures of the templates that have changed, as they are published."""
        assets = [path.removeprefix(_TEMPLATES) for path in changed if _is_asset(path)]
        if any(path in _SETTINGS for path in changed) and STYLESHEET not in assets:
            assets.append(STYLESHEET)  # it ends with the colours that the settings name
        made: dict[str, bytes] = {}
        for path in assets:
            file = next((folder / path for folder in self._templates.folders if (folder / path).is_file()), None)
            with contextlib.suppress(OSError, Refusal):
                if file is not None:
                    is_sheet = path == STYLESHEET
                    made[path] = renderer.render(stylesheet(str(file))) if is_sheet else read_plain(file)
        return made

    def _shown_pictures(self, changed: list[str]) -> dict[str, bytes]:
        """Pictures that have changed and that a published text shows; others may be withheld."""
        pictures = {self._pictures[path].path: path for path in changed if path in self._pictures}
        if not pictures:
            return {}
        sources = [path for path, article in self._articles.items() if article.is_open] + [*self._keeper_pages]
        linked = {link.path for source in sources for link in self._links.of(source)}
        made: dict[str, bytes] = {}
        for target in pictures.keys() & linked:
            with contextlib.suppress(OSError):
                made[target] = read_plain(self._root / pictures[target])
        return made

    def _renew_templates(self) -> None:
        # Compiled templates are kept by their source, so this is quick; macros of one that changed are held by others.
        self._templates = Templates(self._root)

    def _warm_up(self) -> None:
        """Makes one page, so that what it needs is loaded and compiled before somebody waits for it."""
        holdings = self._catalogue.holdings
        page = self._planner.page(holdings[0].path + _INDEX) if holdings else None
        if page is not None:
            with contextlib.suppress(Refusal):
                self._renderer().render(page)

    def _renderer(self) -> Renderer:
        return Renderer(self._root, self._settings, self._templates, text_reader(self._root))


def _file(page: str) -> str:
    """The file that an open page shows: a folder's is its `index.html`."""
    return page + _INDEX if page == "" or page.endswith("/") else page


def _is_asset(path: str) -> bool:
    return path.startswith(f"{_TEMPLATES}{ASSETS}/")


def _concerns_all(path: str) -> bool:
    return path in _SETTINGS or (path.startswith(_TEMPLATES) and not _is_asset(path))


def _linked(article: Article) -> tuple[object, ...]:
    """All of an article that decides what links to it, and what it links to."""
    fields, made = article.fields, article.provenance
    return (
        permalink(article), fields.title, fields.date, fields.aliases, fields.sources, fields.access,
        made.date if made else None, article.links,
    )  # fmt: skip
