"""The plan: which files the site shall have, and what each is made from. Arithmetic on frozen values, no files.

Everything is planned on every build; what a page's key does not change is not made again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.catalogue import KINDS, Catalogue, Facet, Holding, KeeperPage, Picture
from generator.model.pages import Page
from generator.problems import Problem
from generator.settings import Settings
from generator.site import listings
from generator.site.articles import article_values
from generator.site.cards import Cards
from generator.site.feeds import feed
from generator.site.keys import Keys
from generator.site.templates import Templates
from generator.site.views import NamedLink
from generator.site.words import language_name

SEARCH_BUNDLE = "search/index/"
SEARCH_FACETS = ("author", "year", "source", "tag", "language")
_SITEMAP_LIMIT = 40_000


@dataclass(frozen=True, slots=True)
class Content:
    """All that a site is planned from."""

    catalogue: Catalogue
    keeper_pages: tuple[KeeperPage, ...]
    pictures: tuple[Picture, ...]
    settings: Settings


@dataclass(slots=True)
class _Desk:
    """Where a plan is made: the values every planning function needs."""

    content: Content
    templates: Templates
    keys: Keys
    cards: Cards

    def page(self, path: str, maker: str, values: Mapping[str, Any], claimant: str, digest: str = "") -> Page:
        maker_digest = digest or self.templates.digest(maker)
        return Page(path, maker, dict(values), claimant, self.keys.of(path, maker, maker_digest, values))


def plan(content: Content, templates: Templates, version: str) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """All pages of the site in order of their paths; two that claim one path are a problem, and the first stays."""
    desk = _Desk(content, templates, Keys(f"{version}\0{content.settings!r}"), Cards(content.catalogue))
    wanted = [
        *_article_pages(desk),
        *_keeper_pages(desk),
        *_front_pages(desk),
        *_calendar_pages(desk),
        *_facet_pages(desk),
        *_asset_pages(desk),
        *_redirects(desk),
    ]
    pages, problems = _settle_claims(wanted)
    pages += _machine_pages(desk, pages)
    return tuple(sorted(pages, key=lambda page: page.path)), tuple(problems)


def _settle_claims(wanted: list[Page]) -> tuple[list[Page], list[Problem]]:
    pages: dict[str, Page] = {}
    problems = []
    for page in wanted:
        # Some file systems do not tell A from a: neither may the site.
        holder = pages.setdefault(page.path.casefold(), page)
        if holder is not page:
            message = f"claims the address /{page.address}, which {holder.claimant} has already"
            problems.append(Problem(page.claimant, message, "give one of the two another slug (or alias)"))
    return list(pages.values()), problems


def _article_pages(desk: _Desk) -> Iterator[Page]:
    holdings = desk.content.catalogue.holdings
    for index, holding in enumerate(holdings):
        later = holdings[index - 1] if index else None
        earlier = holdings[index + 1] if index + 1 < len(holdings) else None
        values = article_values(holding, earlier, later, desk.cards, desk.content.settings)
        maker = "article.html" if holding.article.is_open else "record.html"
        source = holding.article.path
        shown = {"holding": values["holding"]}
        yield desk.page(holding.path + "index.html", maker, values, source)
        for name, writer in (("index.md", "markdown"), ("cite.bib", "bibtex"), ("cite.ris", "ris"), ("cite.json", "csl")):
            yield desk.page(holding.path + name, writer, shown, source, "1")


def _keeper_pages(desk: _Desk) -> Iterator[Page]:
    for keeper_page in desk.content.keeper_pages:
        values = {"keeper_page": keeper_page, "title": keeper_page.title}
        yield desk.page(keeper_page.path + "index.html", "page.html", values, keeper_page.source)


def _front_pages(desk: _Desk) -> Iterator[Page]:
    catalogue, settings = desk.content.catalogue, desk.content.settings
    facets = tuple((kind, f"{kind}/", len(catalogue.facets[kind])) for kind in KINDS)
    home = {
        "newest": desk.cards.all_of(catalogue.holdings[: settings.newest]),
        "timeline": listings.timeline(catalogue),
        "count": len(catalogue.holdings),
        "years": listings.year_entries(catalogue),
        "facets": facets,
    }
    titles = sorted((NamedLink(h.article.fields.title, h.path) for h in catalogue.holdings), key=lambda t: (t.name.casefold(), t.path))
    search = {"facets": SEARCH_FACETS, "titles": tuple(titles), "bundle": SEARCH_BUNDLE}
    yield desk.page("index.html", "home.html", home, "the home page")
    yield desk.page("search/index.html", "search.html", search, "the search page")
    yield desk.page("404.html", "404.html", {}, "the page for addresses that do not exist")
    yield desk.page("feed.xml", "feed.xml", {"feed": feed(settings, catalogue.holdings, desk.cards)}, "the feed")
    yield desk.page("opensearch.xml", "opensearch.xml", {}, "the search description")


def _calendar_pages(desk: _Desk) -> Iterator[Page]:
    catalogue = desk.content.catalogue
    index = {"index": listings.year_index(catalogue), "timeline": listings.timeline(catalogue)}
    yield desk.page("years/index.html", "index.html", index, "the list of years")
    for listing in listings.calendar(catalogue, desk.cards, desk.content.settings.language):
        yield desk.page(listing.path + "index.html", "listing.html", {"listing": listing}, f"the list of {listing.name}")


def _facet_pages(desk: _Desk) -> Iterator[Page]:
    catalogue, settings = desk.content.catalogue, desk.content.settings
    for kind in KINDS:
        facets = catalogue.facets[kind]
        names = {facet.path: _facet_name(facet, settings) for facet in facets}
        index = {"index": listings.facet_index(kind, facets, names), "timeline": None}
        yield desk.page(f"{kind}/index.html", "index.html", index, f"the list of {kind}")
        for facet in facets:
            listing = listings.facet_listing(facet, names[facet.path], desk.cards)
            claimant = f"the {listing.kind} {listing.name}"
            yield desk.page(facet.path + "index.html", "listing.html", {"listing": listing}, claimant)
            values = {"feed": feed(settings, facet.holdings, desk.cards, listing)}
            yield desk.page(facet.path + "feed.xml", "feed.xml", values, claimant)


def _facet_name(facet: Facet, settings: Settings) -> str:
    return language_name(facet.name, settings.language) if facet.kind == "languages" else facet.name


def _asset_pages(desk: _Desk) -> Iterator[Page]:
    for path, file in desk.templates.assets():
        values = {"file": str(file), "size": file.stat().st_size, "modified": file.stat().st_mtime_ns}
        yield Page(path, "copy", values, f"templates/{path}", desk.keys.of(path, "copy", "1", values))
    for picture in desk.content.pictures:
        yield desk.page(picture.path, "picture", {"picture": picture}, picture.source, "1")


def _redirects(desk: _Desk) -> Iterator[Page]:
    for holding in desk.content.catalogue.holdings:
        for alias in holding.article.fields.aliases:
            path = alias + "index.html" if alias.endswith("/") else alias
            values = {"target": holding.path, "title": holding.article.fields.title}
            yield desk.page(path, "redirect.html", values, f"{holding.article.path} (as an alias)")


def _machine_pages(desk: _Desk, pages: list[Page]) -> list[Page]:
    """The sitemap and robots.txt, which speak of the other pages."""
    settings = desk.content.settings
    dates = {holding.path: _last_change(holding) for holding in desk.content.catalogue.holdings}
    addresses = sorted(
        (settings.address + page.address, dates.get(page.address, ""))
        for page in pages
        if page.path.endswith("index.html") and page.maker != "redirect.html"
    )
    parts = [addresses[start : start + _SITEMAP_LIMIT] for start in range(0, len(addresses), _SITEMAP_LIMIT)]
    made: list[Page] = []
    if len(parts) == 1:
        made.append(desk.page("sitemap.xml", "sitemap.xml", {"addresses": tuple(parts[0]), "parts": ()}, "the sitemap"))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        urls = tuple(settings.address + name for name in names)
        made.append(desk.page("sitemap.xml", "sitemap.xml", {"addresses": (), "parts": urls}, "the sitemap"))
        for name, part in zip(names, parts, strict=True):
            made.append(desk.page(name, "sitemap.xml", {"addresses": tuple(part), "parts": ()}, "the sitemap"))
    sitemap_url = settings.base_url + "sitemap.xml" if settings.base_url else ""
    made.append(desk.page("robots.txt", "robots.txt", {"sitemap_url": sitemap_url}, "robots.txt"))
    return made


def _last_change(holding: Holding) -> str:
    """The last day on which the article is known to have changed; nothing where none is known exactly."""
    fields = holding.article.fields
    for date in (fields.updated, fields.date):
        if date is not None and date.is_day:
            return date.text[:10]
    return ""
