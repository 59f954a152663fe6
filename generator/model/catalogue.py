"""What the archive holds, in order, and under what it can be found: plain values that the site is planned from."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from generator.model.articles import Article

KINDS = ("authors", "sources", "tags", "languages")


@dataclass(frozen=True, slots=True)
class Holding:
    """An article at its address: `path` is the permalink on the site, `2022/night-ferry/` or `undated/x/`."""

    article: Article
    path: str

    @property
    def year(self) -> int | None:
        """The year under which it stands, none when undated: every year has four digits here."""
        year = self.article.fields.date.year if self.article.fields.date else None
        return year if year is not None and 0 <= year <= 9999 else None

    @property
    def month(self) -> int:
        """The month under which it stands, 0 when only the year is known."""
        return self.article.fields.date.month if self.article.fields.date and self.year is not None else 0


@dataclass(frozen=True, slots=True)
class Facet:
    """One author, source, tag or language and what is held under it, newest first.

    `others` are further spellings of its name, folded.
    """

    kind: str
    name: str
    path: str
    url: str
    holdings: tuple[Holding, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the archive holds: `years` is newest first; `facets` maps each kind to its facets by name."""

    holdings: tuple[Holding, ...]
    undated: tuple[Holding, ...]
    years: tuple[tuple[int, tuple[Holding, ...]], ...]
    facets: dict[str, tuple[Facet, ...]]


@dataclass(frozen=True, slots=True)
class KeeperPage:
    """A page of the keeper's own, from `content/pages/`: `path` on the site ends with a slash, `links` as of articles."""

    source: str
    sha256: str
    path: str
    title: str
    language: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file of the archive: `source` below the root, `path` on the site."""

    source: str
    path: str
    sha256: str


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name as it is compared: case, width, accents' composition and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def permalink(article: Article) -> str:
    """Where the page of an article stands: `YYYY/slug/`, or `undated/slug/` when no single year is known."""
    date = article.fields.date
    year = date.year if date else None
    folder = f"{year:04d}" if year is not None and 0 <= year <= 9999 else "undated"
    return f"{folder}/{article.fields.slug}/"
