"""The day of publication and of the last change, as the page states them; a date that it does not state is absent.

Every statement is weighed, those for the same day support each other. A date of change is never one of publication,
and the time zone is that of the statement: the day is the one that the page itself gives.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.conversion.dates import dated_line, dates_in, from_url
from generator.conversion.web_page.head import Head
from generator.conversion.web_page.names import kinds_of
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.structured import Node
from generator.model.dates import Edtf, edtf

_ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[T\s])|\s*(\d{4})(\d{2})(\d{2})(?=$|[T\s]|\d{6}$)|\s*(\d{4})/(\d{1,2})/(\d{1,2})(?=$|[T\s])"
)
_MONTH = re.compile(r"\s*(\d{4})-(\d{2})\s*$")
_EARLIEST, _LATEST = 1500, 2100
_METAS: tuple[tuple[str, float], ...] = (
    ("article:published_time", 9), ("og:article:published_time", 8), ("article:published", 8), ("parsely-pub-date", 8),
    ("sailthru.date", 7), ("datepublished", 8), ("citation_publication_date", 7), ("citation_online_date", 6),
    ("dc.date.issued", 8), ("dcterms.issued", 8), ("dcterms.created", 6), ("dc.date.created", 6), ("dc.date", 5), ("dcterms.date", 5),
    ("date", 5), ("pubdate", 7), ("publishdate", 7), ("publish-date", 7), ("publish_date", 7), ("publication_date", 7),
    ("publicationdate", 7), ("published", 6), ("pdate", 6), ("ptime", 6), ("article.published", 7), ("article_date_original", 7),
    ("originalpublicationdate", 8), ("cxenseparse:recs:publishtime", 7), ("og:published_time", 7), ("og:pubdate", 7),
    ("og:publish_date", 7), ("rnews:datepublished", 7), ("prism.publicationdate", 7), ("article.created", 5), ("created", 4),
    ("datecreated", 4), ("bt:pubdate", 7), ("displaydate", 6), ("publishtime", 6), ("iso-8601-publish-date", 7),
    ("vr:published_time", 6), ("last-modified-date", 0),
)  # fmt: skip
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "article:updated", "dcterms.modified", "lastmod",
            "revision_date", "dc.date.modified", "og:article:modified_time", "updated_time", "last-updated")  # fmt: skip
_CHANGE_NAMES = re.compile(r"updated?|modif|changed|lastmod|revis|refresh")


@dataclass(frozen=True, slots=True)
class Statement:
    """A date as one place of the page states it."""

    date: Edtf
    place: str
    weight: float
    block: int = -1


@dataclass(frozen=True, slots=True)
class Dates:
    """The chosen days and the reasons; `blocks` show the day of publication."""

    published: Edtf | None = None
    reason: str = ""
    updated: Edtf | None = None
    updated_reason: str = ""
    blocks: frozenset[int] = frozenset()


def dates_of(page: Page, head: Head, nodes: Sequence[Node], language: str) -> Dates:
    """Weighs every statement of the page about its dates."""
    found = [*_structured(nodes), *_metas(head, language), *_times(page), *_lines(page, language), *_address(head)]
    published, reason = _chosen(found)
    changed = [*_changes(nodes, head, language)]
    updated, updated_reason = (changed[0].date, changed[0].place) if changed else (None, "")
    if updated is not None and published is not None and updated.order <= published.order:
        updated, updated_reason = None, ""
    shown = frozenset(
        s.block for s in found if s.block >= 0 and published is not None and s.date.text == published.text
    )
    return Dates(published, reason, updated, updated_reason, shown)


def _chosen(found: Sequence[Statement]) -> tuple[Edtf | None, str]:
    groups: dict[str, list[Statement]] = {}
    for statement in found:
        if statement.weight > 0:
            groups.setdefault(statement.date.text, []).append(statement)
    if not groups:
        return None, ""
    best = max(groups, key=lambda day: (_support(day, groups), groups[day][0].weight))
    chosen = sorted(groups[best], key=lambda statement: -statement.weight)
    others = list(dict.fromkeys(s.place for s in chosen[1:] if s.place != chosen[0].place))
    return chosen[0].date, chosen[0].place + (f", agrees with {' and '.join(others[:3])}" if others else "")


def _support(day: str, groups: dict[str, list[Statement]]) -> float:
    """The best weight, and a part of the others; a month supports its days."""
    weights = sorted((s.weight for s in groups[day]), reverse=True)
    months = sum(
        0.3 * max(s.weight for s in group)
        for other, group in groups.items()
        if other != day and day.startswith(other + "-")
    )
    return weights[0] + 0.4 * sum(weights[1:4]) + months


def parsed_date(text: str, language: str) -> Edtf | None:
    """The day (or month) that a value of structured data gives, in its own time zone."""
    text = text.strip()[:120]
    if match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        return _day(year, month, day)
    if match := _MONTH.match(text):
        return edtf(text.strip()) if _EARLIEST <= int(match[1]) <= _LATEST and 1 <= int(match[2]) <= 12 else None
    dates = dates_in(text, language or "en")
    return dates[0][0] if dates else None


def _day(year: int, month: int, day: int) -> Edtf | None:
    if not (_EARLIEST <= year <= _LATEST and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return edtf(f"{year:04d}-{month:02d}-{day:02d}")


def _structured(nodes: Sequence[Node]) -> Iterator[Statement]:
    articles = [node for node in nodes if node.is_article]
    for rank, node in enumerate((articles or list(nodes))[:3]):
        for key, weight in (("datePublished", 10.0), ("dateCreated", 4.0), ("uploadDate", 3.0)):
            for text in node.texts(key)[:1]:
                if date := parsed_date(text, "en"):
                    yield Statement(date, f"JSON-LD {key}", weight if rank == 0 else weight / 3)
    if articles:
        for node in nodes:
            if not node.is_article:
                for text in node.texts("datePublished")[:1]:
                    if date := parsed_date(text, "en"):
                        yield Statement(date, "JSON-LD datePublished of the page", 5.0)


def _metas(head: Head, language: str) -> Iterator[Statement]:
    for name, weight in _METAS:
        for value in head.metas.get(name, ())[:1]:
            if date := parsed_date(value.text, language):
                yield Statement(date, value.place, weight)


def _times(page: Page) -> Iterator[Statement]:
    """`<time datetime>` and microdata beside the title or the byline, not of other articles."""
    for index, block in enumerate(page.blocks):
        if block.is_hidden or not _is_near(page, index):
            continue
        for place, stamp, names in block.stamps:
            if _CHANGE_NAMES.search(names) or _says_changed(page, index):
                continue
            if date := parsed_date(stamp, "en"):
                yield Statement(
                    date, f"{place} in line {block.first}", 6.0 if block.number < page.first else 4.0, block.number
                )


def _lines(page: Page, language: str) -> Iterator[Statement]:
    """Lines between title and text that state the day of publication."""
    for index, block in enumerate(page.blocks):
        if block.is_hidden or not block.text or page.words[index] > 30 or not _is_near(page, index):
            continue
        line = dated_line(block.text, language)
        if line is None:
            continue
        named = "byline" in kinds_of(f"{block.frame.names} {block.names}")
        if line.kind == "published" or (
            line.kind not in ("updated", "saved") and named and not _says_changed(page, index)
        ):
            yield Statement(
                line.date, f"the date line in line {block.first}", 5.5 if index < page.first else 3.0, block.number
            )


def _is_near(page: Page, index: int) -> bool:
    if page.title_at >= 0 and page.title_at - 6 <= index <= page.first + 2:
        return True
    return page.first - 12 <= index <= page.first + 2 if page.title_at < 0 else False


def _says_changed(page: Page, index: int) -> bool:
    return bool(_CHANGE_NAMES.search(page.folded[index][:60])) and "publi" not in page.folded[index]


def _address(head: Head) -> Iterator[Statement]:
    if head.url and (date := from_url(head.url)):
        yield Statement(date, f"the address ({head.url_place})", 5.0)


def _changes(nodes: Sequence[Node], head: Head, language: str) -> Iterator[Statement]:
    for node in nodes:
        if node.is_article:
            for text in node.texts("dateModified")[:1]:
                if date := parsed_date(text, language):
                    yield Statement(date, "JSON-LD dateModified", 9.0)
            break
    for value in head.all(*_CHANGED):
        if date := parsed_date(value.text, language):
            yield Statement(date, value.place, 7.0)
