"""The values that templates get: frozen, small, and already decided, so that templates only place them.

Every `path` is a path of the site without a leading slash (`authors/ada-byron/`); templates turn it into an
address with `link(path)`, relative to the page they stand on.
"""

from dataclasses import dataclass

from generator.model.articles import Access
from generator.model.dates import Edtf


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A name and where it leads; an empty `path` leads nowhere, and a `url` leads out of the archive."""

    name: str
    path: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An article as it stands in a listing."""

    title: str
    subtitle: str
    path: str
    date: Edtf | None
    authors: tuple[NamedLink, ...]
    publication: str
    tags: tuple[NamedLink, ...]
    excerpt: str
    language: str
    access: Access


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a timeline, in the units of its drawing; `path` leads to the articles it counts."""

    label: str
    path: str
    count: int
    x: int
    y: int
    width: int
    height: int
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles per year (or month) as bars; `caption` says the same in words."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    baseline: int
    caption: str


@dataclass(frozen=True, slots=True)
class Group:
    """Some cards under one heading, such as a month of a year."""

    label: str
    path: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Articles that share a year, month, author, source, tag or language.

    `kind` is `year`, `month`, `undated`, `author`, `source`, `tag` or `language`; `note` is an author's note;
    `parent` is the page one level up; `earlier` and `later` are neighbours of the same kind.
    """

    kind: str
    name: str
    path: str
    count: int
    groups: tuple[Group, ...]
    timeline: Timeline | None = None
    feed_path: str = ""
    note: str = ""
    url: str = ""
    parent: NamedLink | None = None
    earlier: NamedLink | None = None
    later: NamedLink | None = None


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One author, source, tag, language or year in an index: its name, page, number of articles and their years."""

    name: str
    path: str
    count: int
    years: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries of an A-Z that begin with one letter; `anchor` is its fragment."""

    letter: str
    anchor: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """All authors, sources, tags, languages or years; `kind` is the plural (`authors`, …)."""

    kind: str
    path: str
    letters: tuple[Letter, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an article's provenance: what, the value, and how it is known.

    `key` is the front matter key; `how` is `read`, `inferred`, `by hand` or empty; `reason` is the capture's line or
    the inference in words.
    """

    key: str
    value: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of an article's text, for the table of contents."""

    level: int
    text: str
    anchor: str
