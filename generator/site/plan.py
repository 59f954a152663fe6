"""The plan: which files the site shall have, and what each is made from. Arithmetic on frozen values, no files.

Everything is planned on every build; what a page's key does not change is not made again.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any

from generator.locale import texts_digest
from generator.model.catalogue import KINDS, Catalogue, Facet, Holding, folded
from generator.model.pages import Page
from generator.model.slugs import slug
from generator.problems import Problem
from generator.settings import FILE
from generator.site import listings
from generator.site.articles import article_values, links_between, shown_holding
from generator.site.cards import Cards
from generator.site.claims import are_apart, settle_claims
from generator.site.desk import Content, Desk
from generator.site.keys import Keys
from generator.site.machines import citation_pages, data_sheaf, fed_from, feed_pages, sitemap_pages, sitemap_parts
from generator.site.related import Known
from generator.site.sheaves import Kept, Sheaf, sorted_out
from generator.site.templates import Templates
from generator.site.views import Index, Letter, Listing, NamedLink, Timeline
from generator.site.words import index_name, month_words

__all__ = ["SEARCH_BUNDLE", "Content", "plan", "planned_beside"]

STYLESHEET = "assets/pressmark.css"
SEARCH_BUNDLE = "search/index/"
SEARCH_FACETS = ("author", "decade", "year", "source", "tag", "language", "certainty")
_ARTICLE_FILES = (("index.md", "markdown"), ("cite.bib", "bibtex"), ("cite.ris", "ris"), ("cite.json", "csl"))
_MOST_TITLES = 300
_NUMBERED = re.compile(r"-[0-9a-f]{8}/$")
_MADE_LAST = ("sitemap.xml", "robots.txt", "manifest-sha256.txt")


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the site shall have: `pages` that are planned, and the paths of those that are `kept` as they were
    published; `sheaves` are what both belong to, to be known by the next plan."""

    pages: tuple[Page, ...]
    kept: tuple[str, ...]
    sheaves: dict[str, Kept]
    problems: tuple[Problem, ...]


def plan(content: Content, templates: Templates, version: str) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """All pages of the site in order of their paths; two that claim one path are a problem, and the first stays."""
    whole = plan_anew(content, templates, version)
    return whole.pages, whole.problems


def plan_anew(
    content: Content,
    templates: Templates,
    version: str,
    known: Mapping[str, Kept] | None = None,
    related: Known | None = None,
) -> Plan:
    """The plan, in which the pages of sheaves that are as they are `known` are not planned one by one.

    `related` is what an earlier plan found out of related articles, and is brought up to date; it only saves time.
    """
    settings = content.settings
    media = {picture.source: picture.path for picture in content.pictures}
    numbered = _numbered_names(content.catalogue)
    depends = (version, settings, texts_digest(settings.language), settings.theme.logo in media, numbered)
    keys = Keys(repr(depends))
    links = links_between(content.catalogue, content.keeper_pages, media, settings.base_url)
    desk = Desk(content, templates, keys, Cards(content.catalogue, related, keys.base), links)
    wanted = _wanted(desk)
    found = sorted_out(wanted, known or {})
    problems: list[Problem] = []
    if not are_apart(found.claims):
        found = sorted_out(wanted, {})
        found.sheaves.clear()
        found.pages, problems = settle_claims(found.pages)
    if settings.theme.logo and settings.theme.logo not in media:
        problems.append(
            Problem(
                FILE,
                f"logo: {settings.theme.logo} is not there",
                "name a PNG, JPEG, GIF, WebP or AVIF file below content/",
            )
        )
    pages = [page for page in found.pages if page.maker]
    listed = [page.path for page in pages if page.maker != "redirect.html"] + found.kept
    pages += sitemap_pages(desk, [path for path in listed if path.endswith("index.html")])
    if related is not None:
        related.take(desk.cards.related)
    ordered = tuple(sorted(pages, key=lambda page: page.path))
    return Plan(ordered, tuple(found.kept), found.sheaves, tuple(problems))


def _wanted(desk: Desk) -> list[Sheaf | Page]:
    """All that wants a place on the site; of two that want the same, the first has it."""
    return [
        *_reserved(desk),
        *_article_sheaves(desk),
        *_keeper_pages(desk),
        *_front_pages(desk),
        *_calendar_pages(desk),
        *_facet_pages(desk),
        data_sheaf(desk),
        *_asset_pages(desk),
        *_redirects(desk),
    ]


def _numbered_names(catalogue: Catalogue) -> tuple[str, ...]:
    """The pages of names that share their slug with another.

    All others follow from the name alone, and so from an article's file: only where a name gets or loses such a page
    is every page that could lead there made anew.
    """
    facets = [facet for kind in KINDS for facet in catalogue.facets[kind] if _NUMBERED.search(facet.path)]
    # A tag may well end like this by itself: on a day, such as strike-20190304.
    return tuple(sorted(facet.path for facet in facets if facet.path != f"{facet.kind}/{slug(folded(facet.name))}/"))


def _reserved(desk: Desk) -> Iterator[Page]:
    """Files that are made last, from all others; they stand in the plan so that nobody else takes their paths."""
    for path in (*_MADE_LAST, *sitemap_parts(desk), SEARCH_BUNDLE.rstrip("/")):
        yield Page(path, "", {}, f"/{path}", "")


def _article_sheaves(desk: Desk) -> Iterator[Sheaf]:
    holdings = desk.content.catalogue.holdings
    digests = {maker: desk.templates.digest(maker) for maker in ("article.html", "record.html")}
    later = None
    for holding, earlier in zip_longest(holdings, holdings[1:]):
        path = holding.path
        maker = "article.html" if holding.is_open else "record.html"
        key = desk.keys.of_inputs(path, maker, digests[maker], _seen_from(desk, holding, earlier, later))
        yield Sheaf(path, key, path, _article_pages, (desk, holding, earlier, later, maker, key))
        later = holding


def _article_pages(
    desk: Desk, holding: Holding, earlier: Holding | None, later: Holding | None, maker: str, key: str
) -> Iterator[Page]:
    make = partial(article_values, holding, earlier, later, desk.cards, desk.links)
    yield Page(holding.path + "index.html", maker, make, holding.source, key)
    shown = partial(shown_holding, holding)
    # One key for the text and one for all citations: each file is known by its own path.
    text = desk.keys.of_inputs(holding.path, "files", "1", (holding.sha256, holding.source))
    cited = desk.keys.of_inputs(holding.path, "files", "1", (holding.mark,))
    for name, writer in _ARTICLE_FILES:
        yield Page(holding.path + name, writer, shown, holding.source, text if writer == "markdown" else cited)


def _seen_from(desk: Desk, holding: Holding, earlier: Holding | None, later: Holding | None) -> list[str]:
    """All that an article's page follows from: its file, and what it shows of others (see `article_values`)."""
    cards, links = desk.cards, desk.links
    seen = [holding.sha256, holding.source, earlier.mark if earlier else "", later.mark if later else ""]
    seen += map(cards.marks.__getitem__, cards.related.of(holding))
    if citing := links.citing.get(holding.path):
        seen += ["cited by", *[other.mark for other in citing]]
    if held := links.held.get(holding.source):
        seen.append(repr(held))
    return seen


def _keeper_pages(desk: Desk) -> Iterator[Page]:
    for keeper_page in desk.content.keeper_pages:
        links = desk.links.of(keeper_page.source)
        values = {"keeper_page": keeper_page, "title": keeper_page.title, "links": links}
        yield desk.page(keeper_page.path + "index.html", "page.html", values, keeper_page.source)


def _front_pages(desk: Desk) -> Iterator[Sheaf | Page]:
    catalogue, settings = desk.content.catalogue, desk.content.settings
    language = settings.language
    newest = catalogue.holdings[: settings.newest]
    counts = repr((_counts(catalogue), [len(catalogue.facets[kind]) for kind in KINDS]))
    home = partial(_home, desk, newest)
    yield desk.later("index.html", "home.html", home, "the home page", (desk.fronts_of(newest), counts))
    # The page must stay light: the titles of a large archive have pages of their own.
    few = catalogue.holdings if len(catalogue.holdings) <= _MOST_TITLES else ()
    titles = listings.title_index(few, language)
    listed = tuple(NamedLink(entry.name, entry.path) for letter in titles.letters for entry in letter.entries)
    search = {"facets": SEARCH_FACETS, "titles": listed, "bundle": SEARCH_BUNDLE}
    yield desk.page("search/index.html", "search.html", search, "the search page")
    key = desk.keys.of_inputs(
        "titles/", "index.html", desk.templates.digest("index.html"), [desk.fronts_of(catalogue.holdings)]
    )
    yield Sheaf("titles/", key, "", _title_pages, (desk,))
    yield desk.page("404.html", "404.html", {}, "the page for addresses that do not exist")
    yield desk.page("opensearch.xml", "opensearch.xml", {}, "the search description")
    yield from feed_pages(desk, catalogue.holdings, "the feed")


def _counts(catalogue: Catalogue) -> list[tuple[int, int]]:
    """How many articles each year has, and how many have none (as of year 0): all that timelines follow from."""
    return [*((year, len(held)) for year, held in catalogue.years), (0, len(catalogue.undated))]


def _home(desk: Desk, newest: tuple[Holding, ...]) -> dict[str, Any]:
    catalogue, language = desk.content.catalogue, desk.content.settings.language
    return {
        "newest": desk.cards.all_of(newest),
        "timeline": listings.timeline(catalogue, language),
        "count": len(catalogue.holdings),
        "years": listings.year_or_decade_entries(catalogue, language),
        "facets": tuple((kind, f"{kind}/", len(catalogue.facets[kind])) for kind in KINDS),
    }


def _title_pages(desk: Desk) -> Iterator[Page]:
    holdings, language = desk.content.catalogue.holdings, desk.content.settings.language
    claimant, name = "the list of titles", index_name("titles", language)
    if len(holdings) <= listings.LONGEST_INDEX:
        yield from _index_pages(desk, listings.title_index(holdings, language), None, claimant)
        return
    # Ten thousand titles are put in order letter by letter, where the page of the letter is made anew.
    letters = listings.titles_by_letter(holdings, language)
    index = listings.index_of_letters("titles", {letter: len(found) for letter, found in letters.items()})
    yield _index_page(desk, index, None, name, claimant)
    for letter, found in letters.items():
        path = listings.letter_path("titles", letter)
        inputs = (name, letter, *[f"{holding.title!r} {holding.path}" for holding in found])
        make = partial(_titles_of_letter, found, language, name)
        yield desk.later(path + "index.html", "index.html", make, claimant, inputs)


def _titles_of_letter(holdings: list[Holding], language: str, name: str) -> dict[str, Any]:
    (letter,) = listings.title_index(holdings, language).letters
    return _indexed(listings.letter_page("titles", letter, name), None)


def _calendar_pages(desk: Desk) -> Iterator[Sheaf | Page]:
    catalogue, language = desk.content.catalogue, desk.content.settings.language
    index = desk.keys.of_inputs("years/", "index.html", desk.templates.digest("index.html"), [repr(_counts(catalogue))])
    yield Sheaf("years/", index, "", _year_index_pages, (desk,))
    years = [year for year, _ in catalogue.years]
    digest = desk.templates.digest("listing.html")
    for place, (year, held) in enumerate(catalogue.years):
        inputs = (desk.fronts_of(held), repr(years[max(0, place - 1) : place + 2]))
        path = listings.year_path(year)
        key = desk.keys.of_inputs(path, "listing.html", digest, inputs)
        yield Sheaf(path, key, "", _year_pages, (desk, years, year, held, key))
    make = partial(_listed, partial(listings.undated_listing, catalogue, desk.cards, language))
    fronts = desk.fronts_of(catalogue.undated)
    yield desk.later("undated/index.html", "listing.html", make, "the list of the undated", (fronts,))


def _year_index_pages(desk: Desk) -> Iterator[Page]:
    catalogue, language = desk.content.catalogue, desk.content.settings.language
    index, timeline = listings.year_index(catalogue, language), listings.timeline(catalogue, language)
    yield from _index_pages(desk, index, timeline, "the list of years")


def _year_pages(desk: Desk, years: list[int], year: int, held: tuple[Holding, ...], key: str) -> Iterator[Page]:
    language = desk.content.settings.language
    months = listings.by_month(held)
    make = partial(_listed, partial(listings.year_listing, year, years, months, desk.cards, language))
    yield Page(listings.year_path(year) + "index.html", "listing.html", make, f"the list of {year}", key)
    known = [month for month in months if month]
    for position, month in enumerate(known):
        name, path = month_words(year, month, language), listings.month_path(year, month)
        make = partial(
            _listed, partial(listings.month_listing, year, known, position, months[month], desk.cards, language)
        )
        inputs = (desk.fronts_of(months[month]), repr(known[max(0, position - 1) : position + 2]))
        yield desk.later(path + "index.html", "listing.html", make, f"the list of {name}", inputs)


def _facet_pages(desk: Desk) -> Iterator[Sheaf | Page]:
    digest = desk.templates.digest("listing.html") + desk.templates.digest("feed.xml")
    for kind in KINDS:
        facets = desk.content.catalogue.facets[kind]
        yield _facet_index(desk, kind, facets)
        for facet in facets:
            about = (kind, facet.url, facet.name)
            inputs = (*about, desk.fronts_of(facet.holdings), *fed_from(desk, facet.holdings, is_listing=True))
            key = desk.keys.of_inputs(facet.path, "facet", digest, inputs)
            yield Sheaf(facet.path, key, facet.path, _pages_of_facet, (desk, facet, about))


def _facet_index(desk: Desk, kind: str, facets: tuple[Facet, ...]) -> Sheaf:
    entries = [
        f"{facet.name}\0{facet.path}\0{len(facet.holdings)}\0{listings.years_of(facet.holdings)}" for facet in facets
    ]
    key = desk.keys.of_inputs(f"{kind}/", "index.html", desk.templates.digest("index.html"), entries)
    return Sheaf(f"{kind}/", key, "", _facet_index_pages, (desk, kind, facets))


def _facet_index_pages(desk: Desk, kind: str, facets: tuple[Facet, ...]) -> Iterator[Page]:
    language = desk.content.settings.language
    names = {facet.path: listings.facet_name(facet, language) for facet in facets}
    yield from _index_pages(desk, listings.facet_index(kind, facets, names, language), None, f"the list of {kind}")


def _pages_of_facet(desk: Desk, facet: Facet, about: tuple[str, ...]) -> Iterator[Page]:
    language = desk.content.settings.language
    name = listings.facet_name(facet, language)
    claimant = f"the {listings.SINGULAR[facet.kind]} {name}"
    listing = partial(listings.facet_listing, facet, name, desk.cards, language)
    inputs = (*about, desk.fronts_of(facet.holdings))
    yield desk.later(facet.path + "index.html", "listing.html", partial(_listed, listing), claimant, inputs)
    if listings.is_long(facet):
        parts = listings.facet_parts(facet, language)
        for position, part in enumerate(parts):
            make = partial(_listed, partial(listings.part_listing, facet, name, parts, position, desk.cards))
            around = repr([other.label for other in parts[max(0, position - 1) : position + 2]])
            seen = (*about, desk.fronts_of(part.holdings), around)
            yield desk.later(part.path + "index.html", "listing.html", make, f"{claimant} in {part.label}", seen)
    yield from feed_pages(desk, facet.holdings, claimant, name=name, path=facet.path, about=about)
    yield from citation_pages(desk, facet.path, facet.holdings, claimant)


def _listed(make: Callable[[], Listing]) -> dict[str, Listing]:
    return {"listing": make()}


def _index_pages(desk: Desk, index: Index, timeline: Timeline | None, claimant: str) -> Iterator[Page]:
    name = index_name(index.kind, desk.content.settings.language)
    for part in listings.cut_by_letter(index, name):
        yield _index_page(desk, part, timeline if part.path == index.path else None, name, claimant)


def _index_page(desk: Desk, index: Index, timeline: Timeline | None, name: str, claimant: str) -> Page:
    # Ten thousand titles: their key is made from texts, not from value after value.
    inputs = (name, repr(timeline), *map(_written, index.letters))
    make = partial(_indexed, index, timeline)
    return desk.later(index.path + "index.html", "index.html", make, claimant, inputs)


def _indexed(index: Index, timeline: Timeline | None) -> dict[str, Any]:
    return {"index": index, "timeline": timeline}


def _written(letter: Letter) -> str:
    """All that the page of an index shows of a letter."""
    entries = [
        f"{entry.name!r} {entry.path} {entry.count} {entry.years} {entry.language!r} {entry.native!r}"
        for entry in letter.entries
    ]
    return "\n".join([f"{letter.letter}\0{letter.anchor}\0{letter.count}\0{letter.path}", *entries])


def _asset_pages(desk: Desk) -> Iterator[Page]:
    for path, file in desk.templates.assets():
        maker = "stylesheet" if path == STYLESHEET else "copy"
        values = {"file": str(file), "size": file.stat().st_size, "modified": file.stat().st_mtime_ns}
        yield Page(path, maker, values, f"templates/{path}", desk.keys.of(path, maker, "1", values))
    withheld = _withheld_pictures(desk) if desk.content.pictures else ()
    for picture in desk.content.pictures:
        if picture.path not in withheld:
            yield desk.page(picture.path, "picture", {"picture": picture}, picture.source, "1")


def _withheld_pictures(desk: Desk) -> set[str]:
    """Pictures that only articles show whose text is withheld; a picture that nobody shows is the keeper's own."""
    shown: set[str] = set()
    withheld: set[str] = set()
    for holding in desk.content.catalogue.holdings:
        wanted = shown if holding.is_open else withheld
        wanted.update(link.path for link in desk.links.of(holding.source))
    for page in desk.content.keeper_pages:
        shown.update(link.path for link in desk.links.of(page.source))
    return withheld - shown


def _redirects(desk: Desk) -> Iterator[Page]:
    for holding in desk.content.catalogue.holdings:
        for alias in holding.aliases:
            path = alias + "index.html" if alias.endswith("/") else alias
            values = {"target": holding.path, "title": holding.title}
            yield desk.page(path, "redirect.html", values, f"{holding.source} (as an alias)")


def planned_beside(desk: Desk, folder: str) -> Iterator[Page]:
    """The part of the plan in which the listing of a folder of the site stands; whoever seeks one page stops there."""
    kind = folder.partition("/")[0]
    if kind in KINDS:
        wanted = _facet_pages(desk)
    elif kind in ("", "search", "titles"):
        wanted = _front_pages(desk)
    else:
        wanted = _calendar_pages(desk)
    for item in wanted:
        if isinstance(item, Page):
            yield item
        elif folder.startswith(item.name):
            yield from item.pages()
