"""Atom feeds (RFC 4287) of the newest articles; their dates are the articles', never the clock's."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.catalogue import Holding
from generator.settings import Settings
from generator.site.cards import Cards
from generator.site.views import Card, Listing

LONGEST = 30
_EPOCH = "1970-01-01T00:00:00Z"  # RFC 4287 demands a date where none is known


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article in a feed; `published` is empty when no exact day is known."""

    card: Card
    id: str
    published: str
    updated: str


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


def feed(settings: Settings, holdings: Sequence[Holding], cards: Cards, listing: Listing | None = None) -> Feed:
    """The feed of the newest of these holdings."""
    entries = tuple(_entry(settings, holding, cards) for holding in holdings[:LONGEST])
    path = listing.path if listing else ""
    title = f"{settings.name}: {listing.name}" if listing else settings.name
    updated = max((entry.updated for entry in entries), default=_EPOCH)
    return Feed(title, settings.description, _id(settings, path or "/"), updated, path + "feed.xml", path, entries)


def _entry(settings: Settings, holding: Holding, cards: Cards) -> FeedEntry:
    fields = holding.article.fields
    published = _instant(fields.date.text[:10]) if fields.date and fields.date.is_day else ""
    updated = _instant(fields.updated.text[:10]) if fields.updated and fields.updated.is_day else ""
    return FeedEntry(cards.of(holding), _id(settings, holding.path), published, updated or published or _no_later(holding))


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
