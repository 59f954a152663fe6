"""Pages for programs: feeds, the collection as data, citation files of listings, the sitemap and robots.txt."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from generator.model.catalogue import Holding
from generator.model.pages import Page
from generator.site.desk import Desk
from generator.site.feeds import LONGEST, LONGEST_OF_LISTING, Feed, feed
from generator.site.sheaves import Sheaf

SITEMAP_LIMIT = 40_000
WHOLE_SITEMAP = 1000
"""Addresses: a longer sitemap is cut, so that one more article changes one year's part."""
CITATION_FILES = (("cite.bib", "bibtex_roll"), ("cite.ris", "ris_roll"), ("cite.json", "csl_roll"))


def feed_pages(
    desk: Desk,
    holdings: tuple[Holding, ...],
    claimant: str,
    *,
    name: str = "",
    path: str = "",
    about: tuple[str, ...] = (),
) -> Iterator[Page]:
    """The Atom and the JSON feed of the newest of some holdings: of the whole archive, or of the listing of this `name`
    at this `path`; `about` is what the name follows from."""
    newest = _newest(holdings, is_listing=bool(path))
    make = partial(_fed, desk, newest, name, path)
    inputs = [*about, *fed_from(desk, holdings, is_listing=bool(path))]
    yield desk.later(path + "feed.xml", "feed.xml", make, claimant, inputs)
    yield desk.later(path + "feed.json", "json_feed", make, claimant, inputs, digest="1")


def fed_from(desk: Desk, holdings: tuple[Holding, ...], *, is_listing: bool) -> list[str]:
    """What the feeds of some holdings follow from: the newest of them, and where their texts lead to."""
    newest = _newest(holdings, is_listing=is_listing)
    return [desk.files_of(newest), *(repr(links) for holding in newest if (links := desk.links.of(holding.source)))]


def _newest(holdings: tuple[Holding, ...], *, is_listing: bool) -> tuple[Holding, ...]:
    return holdings[: LONGEST_OF_LISTING if is_listing else LONGEST]


def _fed(desk: Desk, holdings: tuple[Holding, ...], name: str, path: str) -> dict[str, Feed]:
    return {"feed": feed(desk.content.settings, holdings, desk.cards, desk.links, name=name, path=path)}


def citation_pages(desk: Desk, path: str, holdings: tuple[Holding, ...], claimant: str) -> Iterator[Page]:
    """The citation files of a listing, beside it."""
    for name, maker in CITATION_FILES:
        yield desk.roll(path + name, maker, holdings, claimant)


def data_sheaf(desk: Desk) -> Sheaf:
    """The collection as data."""
    holdings = desk.content.catalogue.holdings
    key = desk.keys.of_inputs("data/", "data", "1", (desk.fronts_of(holdings), desk.words_of(holdings)))
    return Sheaf("data/", key, "data/", _data_pages, (desk,))


def _data_pages(desk: Desk) -> Iterator[Page]:
    holdings = desk.content.catalogue.holdings
    for name in ("articles.json", "articles.csv", "by-original-url.json"):
        counts = name.startswith("articles.")
        yield desk.roll(f"data/{name}", name, holdings, "the collection as data", counts_words=counts)


def sitemap_pages(desk: Desk, paths: list[str]) -> Iterator[Page]:
    """The sitemap of the pages at these paths, cut along the calendar where they are many, and robots.txt, which names it."""
    settings = desk.content.settings
    dates = {holding.path: holding.changed for holding in desk.content.catalogue.holdings}
    inner = sorted([path.removesuffix("index.html") for path in paths])
    if len(inner) <= min(WHOLE_SITEMAP, SITEMAP_LIMIT):
        yield _sitemap(desk, "sitemap.xml", inner, dates)
    else:
        parts = dict(_cut(inner))
        newest = [max([dates.get(path, "") for path in part], default="") for part in parts.values()]
        listed = tuple((settings.address + name, date) for name, date in zip(parts, newest, strict=True))
        yield desk.page("sitemap.xml", "sitemap.xml", {"addresses": (), "parts": listed}, "the sitemap")
        yield from (_sitemap(desk, name, part, dates) for name, part in parts.items())
    sitemap_url = settings.base_url + "sitemap.xml" if settings.base_url else ""
    yield desk.page("robots.txt", "robots.txt", {"sitemap_url": sitemap_url}, "robots.txt")


def sitemap_parts(desk: Desk) -> list[str]:
    """Where the parts of a sitemap would stand."""
    groups = [f"{year:04d}" for year, _ in desk.content.catalogue.years]
    return [f"sitemap-{group}.xml" for group in (*groups, "undated", "pages")]


def _cut(paths: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The parts of a sitemap by where they stand: a year, the undated, and all that is not dated."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        first = path.partition("/")[0]
        is_dated = first == "undated" or (len(first) == 4 and first.isdigit())
        groups.setdefault(first if is_dated else "pages", []).append(path)
    for group, items in sorted(groups.items()):
        for number, start in enumerate(range(0, len(items), SITEMAP_LIMIT), 1):
            name = f"sitemap-{group}.xml" if number == 1 else f"sitemap-{group}-{number}.xml"
            yield name, items[start : start + SITEMAP_LIMIT]


def _sitemap(desk: Desk, path: str, listed: list[str], dates: Mapping[str, str]) -> Page:
    """A sitemap of the pages `listed` by their paths, with the `dates` of the last changes of those that have one."""
    days = [dates.get(inner, "") for inner in listed]
    make = partial(_addresses, desk.content.settings.address, listed, days)
    return desk.later(path, "sitemap.xml", make, "the sitemap", (*listed, *days))


def _addresses(address: str, listed: list[str], days: list[str]) -> dict[str, Any]:
    held = tuple((address + inner, day) for inner, day in zip(listed, days, strict=True))
    return {"addresses": held, "parts": ()}
