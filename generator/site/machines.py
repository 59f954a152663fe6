"""Pages for programs: feeds, the collection as data, citation files of listings, the sitemap and robots.txt."""

from collections.abc import Callable, Iterator
from functools import partial

from generator.model.catalogue import Holding
from generator.model.pages import Page
from generator.site.desk import Desk
from generator.site.feeds import LONGEST, LONGEST_OF_LISTING, Feed, feed
from generator.site.views import Listing

SITEMAP_LIMIT = 40_000
CITATION_FILES = (("cite.bib", "bibtex_roll"), ("cite.ris", "ris_roll"), ("cite.json", "csl_roll"))


def feed_pages(
    desk: Desk,
    holdings: tuple[Holding, ...],
    listing: Callable[[], Listing] | None,
    claimant: str,
    *,
    path: str = "",
    about: tuple[str, ...] = (),
) -> Iterator[Page]:
    """The Atom and the JSON feed of the newest of some holdings; `about` is what the listing at `path` follows from."""
    newest = holdings[: LONGEST_OF_LISTING if listing else LONGEST]
    make = partial(_fed, desk, newest, listing)
    inputs = [*about, desk.files_of(newest)]
    inputs += [repr(links) for holding in newest if (links := desk.links.of(holding.article.path))]
    yield desk.later(path + "feed.xml", "feed.xml", make, claimant, inputs)
    yield desk.later(path + "feed.json", "json_feed", make, claimant, inputs, digest="1")


def _fed(desk: Desk, holdings: tuple[Holding, ...], listing: Callable[[], Listing] | None) -> dict[str, Feed]:
    return {"feed": feed(desk.content.settings, holdings, desk.cards, desk.links, listing() if listing else None)}


def citation_pages(desk: Desk, path: str, holdings: tuple[Holding, ...], claimant: str) -> Iterator[Page]:
    """The citation files of a listing, beside it."""
    for name, maker in CITATION_FILES:
        yield desk.roll(path + name, maker, holdings, claimant)


def data_pages(desk: Desk) -> Iterator[Page]:
    """The collection as data."""
    holdings = desk.content.catalogue.holdings
    for name in ("articles.json", "articles.csv", "by-original-url.json"):
        counts = name.startswith("articles.")
        yield desk.roll(f"data/{name}", name, holdings, "the collection as data", counts_words=counts)


def sitemap_pages(desk: Desk, pages: list[Page]) -> Iterator[Page]:
    """The sitemap of these pages, in parts where they are many, and robots.txt, which names it."""
    settings = desk.content.settings
    dates = {holding.path: _last_change(holding) for holding in desk.content.catalogue.holdings}
    addresses = sorted(
        (settings.address + page.address, dates.get(page.address, ""))
        for page in pages
        if page.path.endswith("index.html") and page.maker != "redirect.html"
    )
    parts = [tuple(addresses[start : start + SITEMAP_LIMIT]) for start in range(0, len(addresses), SITEMAP_LIMIT)]
    if len(parts) == 1:
        yield desk.page("sitemap.xml", "sitemap.xml", {"addresses": parts[0], "parts": ()}, "the sitemap")
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        newest = [max((date for _, date in part), default="") for part in parts]
        listed = tuple((settings.address + name, date) for name, date in zip(names, newest, strict=True))
        yield desk.page("sitemap.xml", "sitemap.xml", {"addresses": (), "parts": listed}, "the sitemap")
        for name, part in zip(names, parts, strict=True):
            yield desk.page(name, "sitemap.xml", {"addresses": part, "parts": ()}, "the sitemap")
    sitemap_url = settings.base_url + "sitemap.xml" if settings.base_url else ""
    yield desk.page("robots.txt", "robots.txt", {"sitemap_url": sitemap_url}, "robots.txt")


def _last_change(holding: Holding) -> str:
    """The last day on which the article is known to have changed; nothing where none is known exactly."""
    fields = holding.article.fields
    for date in (fields.updated, fields.date):
        if date is not None and date.is_day:
            return date.text[:10]
    return ""
