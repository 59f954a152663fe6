"""Feeds of the newest articles with their whole text, as Atom (RFC 4287) and as JSON Feed (1.1, jsonfeed.org).

Their dates are the articles', never the clock's; the text is read only when a feed is made.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.catalogue import Holding
from generator.settings import Settings
from generator.site.articles import Links
from generator.site.cards import Cards
from generator.site.citations import origin
from generator.site.views import Card, HeldLink
from generator.site.words import date_iso

LONGEST = 30
LONGEST_OF_LISTING = 10
_EPOCH = "1970-01-01T00:00:00Z"  # RFC 4287 demands a date where none is known


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article in a feed; `published` is empty when no exact day is known, and `changed` when none of a change is.

    `updated` is what Atom demands: the change, the publication, or the first instant that the date admits.

    `source` is the content file of its text and `sha256` that file's digest, both empty when the text is withheld;
    `links` are the text's links to things held here.
    """

    card: Card
    id: str
    published: str
    changed: str
    updated: str
    original: str
    source: str
    sha256: str
    links: tuple[HeldLink, ...]
    captured: str

    def __hash__(self) -> int:
        """Few entries have one address, and many are looked up."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the whole archive or of one listing; `path` is its own, `page_path` that of the page it follows."""

    title: str
    subtitle: str
    id: str
    updated: str
    path: str
    page_path: str
    entries: tuple[FeedEntry, ...]


def feed(
    settings: Settings, holdings: Sequence[Holding], cards: Cards, links: Links, *, name: str = "", path: str = ""
) -> Feed:
    """The feed of these holdings: of the whole archive, or of the listing of this `name` at this `path`."""
    entries = tuple(_entry(settings, holding, cards, links) for holding in holdings)
    title = f"{settings.name}: {name}" if path else settings.name
    updated = max((entry.updated for entry in entries), default=_EPOCH)
    return Feed(title, settings.description, _id(settings, path or "/"), updated, path + "feed.xml", path, entries)


def json_feed(feed: Feed, settings: Settings, items: Iterable[str]) -> str:
    """A feed in JSON; `items` are its entries as `json_item` writes them."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": settings.address + feed.page_path,
        "feed_url": settings.address + feed.page_path + "feed.json",
        "language": settings.language,
        "authors": [{"name": settings.publisher or settings.name}],
    }
    joined = ",\n".join(items)
    written = json.dumps({key: value for key, value in head.items() if value}, ensure_ascii=False)
    return f'{written[:-1]}, "items": [\n{joined}\n]}}\n'


def json_item(entry: FeedEntry, settings: Settings, text: str) -> str:
    """An entry of a JSON feed; `text` is the HTML of its text, with whole addresses, empty where it is withheld."""
    card = entry.card
    summary = card.subtitle or card.excerpt
    item = {
        "id": entry.id,
        "url": settings.address + card.path,
        "external_url": entry.original,
        "title": card.title,
        "content_html": text,
        # An item must have some content: of a withheld article that is what we say of it.
        "content_text": "" if text else summary or card.title,
        "summary": summary,
        "date_published": entry.published,
        "date_modified": entry.changed,
        "authors": [{"name": author.name} for author in card.authors],
        "tags": [tag.name for tag in card.tags],
        "language": card.language,
    }
    return json.dumps({key: value for key, value in item.items() if value}, ensure_ascii=False)


def _entry(settings: Settings, holding: Holding, cards: Cards, links: Links) -> FeedEntry:
    article = holding.article
    fields, published_at = article.fields, origin(article)
    published = _instant(fields.date.text[:10]) if fields.date and fields.date.is_day else ""
    updated = _instant(fields.updated.text[:10]) if fields.updated and fields.updated.is_day else ""
    is_open = article.is_open
    return FeedEntry(
        card=cards.of(holding),
        id=_id(settings, holding.path),
        published=published,
        changed=updated,
        updated=updated or published or _no_later(holding),
        original=published_at.url if published_at else "",
        source=article.path if is_open else "",
        sha256=article.sha256 if is_open else "",
        links=links.of(article.path) if is_open else (),
        captured=date_iso(article.provenance.date) if is_open and article.provenance else "",
    )


def _no_later(holding: Holding) -> str:
    """For an article without an exact day: the first instant its date admits, which claims least."""
    date = holding.article.fields.date
    if date is None or holding.year is None or not 1 <= holding.year <= 9999:
        return _EPOCH
    year, month, day = date.order
    return _instant(f"{year:04d}-{month or 1:02d}-{day or 1:02d}")


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _id(settings: Settings, path: str) -> str:
    """An id that stays when the archive moves to another address."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'pressmark:{settings.name}:{path}')}"
