"""The values that templates get: frozen, small, and already decided, so that templates only place them.

Every `path` is a path of the site without a leading slash (`authors/ada-byron/`); templates turn it into an
address with `link(path)`, relative to the page they stand on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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

    def __hash__(self) -> int:
        """Few cards have one path, and many are looked up."""
        return hash(self.path)


class LateCard:
    """A card that is made when somebody asks for more than which one it is; `identity` tells it from all others.

    Where a list of thousands is made anew, what it shows of most of them is known already.
    """

    __slots__ = ("_card", "_make", "identity", "path")

    def __init__(self, identity: str, path: str, make: Callable[[], Card]) -> None:
        self.identity, self.path = identity, path
        self._make = make
        self._card: Card | None = None

    def made(self) -> Card:
        """The card itself."""
        if self._card is None:
            self._card = self._make()
        return self._card

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made(), name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LateCard) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def __repr__(self) -> str:
        return f"LateCard({self.identity!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _itself, (self.made(),)


def _itself(card: Card) -> Card:
    return card


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
class HeatmapMonth:
    """A month of a year as a small calendar; `words` says it in words, empty for a month without articles.

    `shades` are (level, path data): the days of one shade as one SVG path, level 0 being the days without articles.
    """

    name: str
    path: str
    count: int
    words: str
    shades: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """The twelve months of a year, each drawn on `width` by `height`."""

    months: tuple[HeatmapMonth, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """Some cards under one heading, such as a month of a year.

    Where they stand on a page of their own, at `path`, `cards` is empty and `count` says how many they are.
    """

    label: str
    path: str
    cards: tuple[Card, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """Articles that share a year, month, author, source, tag or language.

    `kind` is `year`, `month`, `undated`, `author`, `source`, `tag` or `language`; `note` is an author's note;
    `parent` is the page one level up; `earlier` and `later` are neighbours of the same kind; `heatmap` is a year's
    calendar; `files` are its citation files; `language` and `native` are the tag and own name of a language.
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
    heatmap: Heatmap | None = None
    files: tuple[NamedLink, ...] = ()
    language: str = ""
    native: str = ""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One author, source, tag, language, year or title in an index: its name, page, number of articles, their years.

    `language` and `native` are the tag and the own name of a language; `count` is 0 for a title.
    """

    name: str
    path: str
    count: int
    years: str
    language: str = ""
    native: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries of an A-Z that begin with one letter; `anchor` is its fragment.

    In an index too long for one page `path` is the page of the letter and `entries` is empty; `count` counts them.
    """

    letter: str
    anchor: str
    entries: tuple[IndexEntry, ...]
    count: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """All authors, sources, tags, languages, years or titles; `kind` is the plural (`authors`, …).

    `letter` is set on the page of one letter, whose `parent` is the whole index.
    """

    kind: str
    path: str
    letters: tuple[Letter, ...]
    count: int
    letter: str = ""
    parent: NamedLink | None = None


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


@dataclass(frozen=True, slots=True)
class HeldLink:
    """An address of a text that leads to something held here: a page or a picture at `path` on the site.

    `address` is as the text has it; `captured` is the day on which what it leads to was captured, if it is known.
    """

    address: str
    path: str
    captured: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """An article's text as HTML, the same wherever it is shown: addresses on the site begin with `mark`.

    `pictures` are the (path, words) of the pictures it shows.
    """

    html: str
    mark: str
    headings: tuple[Heading, ...]
    pictures: tuple[tuple[str, str], ...]

    def seen_from(self, root: str) -> str:
        """The HTML with addresses that begin with `root`, the way from a page to the site's top."""
        return self.html.replace(self.mark, root)
