"""What the archive holds, in order, and under what it can be found: plain values that the site is planned from."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.model.articles import Article, Role

KINDS = ("authors", "sources", "tags", "languages")


Slip = tuple[Any, ...]
"""What a holding has at hand, in the order of `SLIP`: plain values that can be written down."""
SLIP = (
    "path", "source", "sha256", "front", "mark", "title", "words", "is_open", "year", "month", "day", "order",
    "changed", "captured", "under", "aliases", "links", "original", "originals",
)  # fmt: skip


_NEXT, _PART = "\x1e", "\x1f"
"""What divides names that stand in one string; no page shows these signs, and a name that has them gets spaces."""
_UNSHOWN = {ord(_NEXT): " ", ord(_PART): " "}


class Holding:
    """An article at its address: `path` is the permalink on the site, `2022/night-ferry/` or `undated/x/`.

    A holding is never changed. What the archive is arranged and planned by is at hand, so that of ten thousand articles
    only those that are shown anew have to be recalled whole, as `article`:

    `source` is its content file, `sha256` that file's digest; `front` a digest of all that other pages show of it, and
    `mark` one of that, its address and its file. `year` is the one under which it stands, none when undated: every year
    has four digits here; `month` is 0 when only the year is known, `day` when no single day is. `order` sorts as the
    archive does; `changed` is the last exact day of a change that is known, `captured` the date of its capture, as they
    are written. `under` are the names under which it is found, for each of `KINDS` one string, which `access_points`
    takes apart; `original` is where it was published, `originals` are all such addresses.
    """

    path: str
    source: str
    sha256: str
    front: str
    mark: str
    title: str
    words: int
    is_open: bool
    year: int | None
    month: int
    day: int
    order: str
    changed: str
    captured: str
    under: tuple[str, ...]
    aliases: tuple[str, ...]
    links: tuple[str, ...]
    original: str
    originals: tuple[str, ...]
    _article: Article | None
    _recall: Callable[[], Article]

    __slots__ = (*SLIP, "_article", "_recall")

    def __init__(self, article: Article, path: str) -> None:
        self._take(slip(article, path))
        self._article = article

    @classmethod
    def recalled(cls, written: Slip, recall: Callable[[], Article]) -> "Holding":
        """A holding from its slip, whose article is recalled when somebody asks for it."""
        holding = cls.__new__(cls)
        holding._take(written)
        holding._article, holding._recall = None, recall
        return holding

    def _take(self, written: Slip) -> None:
        (
            self.path, self.source, self.sha256, self.front, self.mark, self.title, self.words, self.is_open, self.year,
            self.month, self.day, self.order, self.changed, self.captured, self.under, self.aliases, self.links,
            self.original, self.originals,
        ) = written  # fmt: skip

    @property
    def article(self) -> Article:
        """The whole article, but for its text."""
        if self._article is None:
            self._article = self._recall()
        return self._article

    def access_points(self, kind: str) -> list[tuple[str, str, str]]:
        """The names of a kind under which it is found, as (folded name, name, url)."""
        under = self.under[KINDS.index(kind)]
        return [access_point(written) for written in under.split(_NEXT)] if under else []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Holding) and self.path == other.path and self.article == other.article

    def __hash__(self) -> int:
        return hash((self.path, self.sha256))

    def __repr__(self) -> str:
        return f"Holding({self.article!r}, {self.path!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Holding, (self.article, self.path)


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


def slip(article: Article, path: str) -> Slip:
    """What the holding of an article at an address has at hand."""
    fields, provenance = article.fields, article.provenance
    date = fields.date
    year = date.year if date else None
    year = year if year is not None and 0 <= year <= 9999 else None
    month = date.month if date and year is not None else 0
    day = date.day if date and not date.is_interval else 0
    front = article.front or article.sha256
    mark = hashlib.sha256(f"{path}\0{front}\0{article.path}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    changed = next((known.text[:10] for known in (fields.updated, date) if known is not None and known.is_day), "")
    captured = provenance.date.text if provenance and provenance.date else ""
    origins = [source.url for source in fields.sources if source.role is Role.ORIGIN]
    return (
        path, article.path, article.sha256, front, mark, fields.title, article.words, article.is_open, year, month, day,
        _order(article, path, year), changed, captured, _under(article), fields.aliases, article.links,
        origins[0] if origins else "", tuple(filter(None, origins)),
    )  # fmt: skip


def _order(article: Article, path: str, year: int | None) -> str:
    """Newest first, the less exactly dated after the exactly dated of a span; the undated last, by title."""
    date = article.fields.date
    if date is None or year is None:
        return f"1{folded(article.fields.title)}\0{path}{article.path}"
    _, month, day = date.order
    return f"0{9999 - year:04d}{99 - month:02d}{99 - day:02d}{path}\0{article.path}"


def by_access_point(kind: str, holdings: Iterable[Holding]) -> dict[str, list[Holding]]:
    """The holdings, in their order, under each name of a kind; `access_point` takes the names apart."""
    place = KINDS.index(kind)
    found: dict[str, list[Holding]] = {}
    known = found.get
    for holding in holdings:
        under = holding.under[place]
        if under:
            for written in under.split(_NEXT):
                held = known(written)
                if held is None:
                    found[written] = [holding]
                elif held[-1] is not holding:
                    held.append(holding)
    return found


def access_point(written: str) -> tuple[str, str, str]:
    """A name under which something is found: (folded name, name, url)."""
    own, name, url = written.split(_PART)
    return own, name, url


def _under(article: Article) -> tuple[str, ...]:
    """One string for each kind: to recall a dozen for each of ten thousand articles takes long."""
    fields = article.fields
    named = (
        [(name, "") for name in fields.authors],
        [(source.name, source.url) for source in fields.sources],
        [(name, "") for name in fields.tags],
        [(fields.language, "")] if fields.language else [],
    )
    return tuple(_NEXT.join(_written_point(name, url) for name, url in names) for names in named)


def _written_point(name: str, url: str) -> str:
    return _PART.join((folded(name), name.translate(_UNSHOWN), url.translate(_UNSHOWN)))
