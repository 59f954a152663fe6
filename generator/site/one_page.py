"""One page of the plan, made for somebody who waits for it: no keys are computed, and nothing beside it is planned.

The values are those of the plan itself, for they come from the same functions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.model.catalogue import KINDS, Catalogue, Holding
from generator.model.pages import Page
from generator.site.articles import Links, article_values
from generator.site.cards import Cards
from generator.site.desk import Content, Desk, Make
from generator.site.keys import Keys
from generator.site.plan import STYLESHEET, planned_beside
from generator.site.templates import Templates


class _Unkeyed(Desk):
    """A desk at which pages get no key."""

    def page(self, path: str, maker: str, values: Mapping[str, Any], claimant: str, digest: str = "") -> Page:
        return Page(path, maker, dict(values), claimant, digest)

    def later(
        self, path: str, maker: str, make: Make, claimant: str, inputs: Iterable[str], *, digest: str = ""
    ) -> Page:
        return Page(path, maker, make, claimant, digest if inputs else "")

    def fronts_of(self, holdings: Sequence[Holding]) -> str:
        return str(len(holdings))


class Planner:
    """Plans any one page of an archive."""

    def __init__(self, content: Content, templates: Templates, cards: Cards, links: Links) -> None:
        self._content, self._links, self._cards = content, links, cards
        self._templates = templates
        # Where two articles claim one address, the first has it.
        numbered = [(holding.path, place) for place, holding in enumerate(content.catalogue.holdings)]
        self._places = dict(reversed(numbered))
        self._keeper_pages = {page.path: page for page in reversed(content.keeper_pages)}

    def page(self, path: str) -> Page | None:
        """The page at a path of the site; none where no page of this archive is shown to readers there."""
        if not path.endswith("index.html"):
            return None
        folder = path.removesuffix("index.html")
        if folder in self._places:
            return self._article(folder)
        keeper_page = self._keeper_pages.get(folder)
        if keeper_page is not None:
            links = self._links.of(keeper_page.source)
            values = {"keeper_page": keeper_page, "title": keeper_page.title, "links": links}
            return Page(path, "page.html", values, keeper_page.source, "")
        return next((page for page in planned_beside(self._desk(folder), folder) if page.path == path), None)

    def _article(self, folder: str) -> Page:
        holdings, place = self._content.catalogue.holdings, self._places[folder]
        holding = holdings[place]
        later = holdings[place - 1] if place else None
        earlier = holdings[place + 1] if place + 1 < len(holdings) else None
        values = article_values(holding, earlier, later, self._cards, self._links)
        maker = "article.html" if holding.article.is_open else "record.html"
        return Page(folder + "index.html", maker, values, holding.article.path, "")

    def _desk(self, folder: str) -> Desk:
        content = replace(self._content, catalogue=_narrowed(self._content.catalogue, folder))
        return _Unkeyed(content, self._templates, Keys(""), self._cards, self._links)


def stylesheet(file: str) -> Page:
    """The page of the site's stylesheet, made from a file."""
    return Page(STYLESHEET, "stylesheet", {"file": file}, f"templates/{STYLESHEET}", "")


def _narrowed(catalogue: Catalogue, folder: str) -> Catalogue:
    """The catalogue with no other facets than the page of this folder shows; only a facet's own page, or the home
    page, can stand there."""
    kind = folder.partition("/")[0]
    if kind not in KINDS:
        return catalogue
    own = tuple(facet for facet in catalogue.facets[kind] if facet.path == folder)
    return replace(catalogue, facets={**dict.fromkeys(KINDS, ()), kind: own or catalogue.facets[kind]})
