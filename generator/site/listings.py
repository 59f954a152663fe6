"""The values of listing pages: years, months, the undated, and every author, source, tag and language.

Listings are cut by the calendar: what belongs to a closed month or year never moves to another page.
"""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from generator.model.catalogue import Catalogue, Facet, Holding
from generator.site.cards import Cards
from generator.site.timeline import month_timeline, year_timeline
from generator.site.views import Group, Index, IndexEntry, Letter, Listing, NamedLink, Timeline
from generator.site.words import month_name

SINGULAR = {"authors": "author", "sources": "source", "tags": "tag", "languages": "language"}
_UNDATED = "Undated"


def year_path(year: int) -> str:
    """Where a year's listing stands."""
    return f"{year:04d}/"


def timeline(catalogue: Catalogue) -> Timeline | None:
    """The whole archive's articles per year."""
    return year_timeline([(year, len(held), year_path(year)) for year, held in catalogue.years])


def year_entries(catalogue: Catalogue) -> tuple[IndexEntry, ...]:
    """The years with their counts, newest first, the undated last."""
    entries = [IndexEntry(str(year), year_path(year), len(held), "") for year, held in catalogue.years]
    if catalogue.undated:
        entries.append(IndexEntry(_UNDATED, "undated/", len(catalogue.undated), ""))
    return tuple(entries)


def year_index(catalogue: Catalogue) -> Index:
    """The page of all years, by decade."""
    decades = groupby(year_entries(catalogue), key=lambda entry: f"{entry.name[:3]}0s" if entry.name.isdigit() else entry.name)
    letters = tuple(Letter(decade, f"d-{decade.lower()}", tuple(entries)) for decade, entries in decades)
    return Index("years", "years/", letters, sum(len(letter.entries) for letter in letters))


def calendar(catalogue: Catalogue, cards: Cards, language: str) -> Iterator[Listing]:
    """The listings of all years, their months, and the undated articles."""
    parent = NamedLink("years", "years/")
    years = [year for year, _ in catalogue.years]
    for index, (year, held) in enumerate(catalogue.years):
        months = _by_month(held)
        known = [month for month in months if month]
        names = {month: month_name(month, language) for month in range(1, 13)}
        groups = tuple(
            Group(names[month] if month else "", _month_path(year, month), cards.all_of(found))
            for month, found in months.items()
        )
        bars = [(names[month], len(months.get(month, ())), _month_path(year, month) if month in months else "") for month in range(1, 13)]
        yield Listing(
            "year", str(year), year_path(year), len(held), groups,
            timeline=month_timeline(year, bars) if known else None,
            parent=parent,
            earlier=_year_link(years, index + 1), later=_year_link(years, index - 1),
        )  # fmt: skip
        for position, month in enumerate(known):
            name = f"{names[month]} {year}"
            neighbours = [
                NamedLink(f"{names[known[other]]} {year}", _month_path(year, known[other])) if 0 <= other < len(known) else None
                for other in (position + 1, position - 1)
            ]
            group = Group("", _month_path(year, month), cards.all_of(months[month]))
            yield Listing(
                "month", name, _month_path(year, month), len(months[month]), (group,),
                parent=NamedLink(str(year), year_path(year)), earlier=neighbours[0], later=neighbours[1],
            )  # fmt: skip
    group = Group("", "undated/", cards.all_of(catalogue.undated))
    yield Listing("undated", _UNDATED, "undated/", len(catalogue.undated), (group,) if catalogue.undated else (), parent=parent)


def facet_listing(facet: Facet, name: str, cards: Cards) -> Listing:
    """The listing of one author, source, tag or language: its articles by year, newest first."""
    groups = tuple(
        Group(label, year_path(int(label)) if label.isdigit() else "undated/", cards.all_of(tuple(held)))
        for label, held in groupby(facet.holdings, key=_year_label)
    )
    years = [(int(group.label), len(group.cards), "") for group in groups if group.label.isdigit()]
    notes = [holding.article.fields.author_note for holding in facet.holdings if holding.article.is_open]
    return Listing(
        SINGULAR[facet.kind], name, facet.path, len(facet.holdings), groups,
        timeline=year_timeline(years) if len(years) > 1 else None,
        feed_path=facet.path + "feed.xml",
        note=next((note for note in notes if note), "") if facet.kind == "authors" else "",
        url=facet.url,
        parent=NamedLink(facet.kind, f"{facet.kind}/"),
    )  # fmt: skip


def facet_index(kind: str, facets: tuple[Facet, ...], names: dict[str, str]) -> Index:
    """The A-Z of all authors, sources, tags or languages."""
    entries = sorted(
        (IndexEntry(names[facet.path], facet.path, len(facet.holdings), _years(facet.holdings)) for facet in facets),
        key=lambda entry: (_sorted_as(kind, entry.name), entry.path),
    )
    grouped = groupby(entries, key=lambda entry: _initial(_sorted_as(kind, entry.name)))
    letters: dict[str, list[IndexEntry]] = {}
    for letter, found in grouped:
        letters.setdefault(letter, []).extend(found)
    made = tuple(Letter(letter, f"letter-{_anchor(letter)}", tuple(found)) for letter, found in letters.items())
    return Index(kind, f"{kind}/", made, len(entries))


def _sorted_as(kind: str, name: str) -> str:
    """The text a name is sorted by: without accents, a source without its article."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.combining(ch)).casefold()
    return bare.removeprefix("the ") if kind in ("sources", "authors") else bare


def _initial(text: str) -> str:
    first = text[:1].upper()
    return first if first.isalpha() else "#"


def _anchor(letter: str) -> str:
    return letter.lower() if letter.isascii() and letter.isalpha() else f"{ord(letter):x}"


def _years(holdings: tuple[Holding, ...]) -> str:
    years = sorted({holding.year for holding in holdings if holding.year is not None})
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _year_label(holding: Holding) -> str:
    return _UNDATED if holding.path.startswith("undated/") else str(holding.year)


def _by_month(holdings: tuple[Holding, ...]) -> dict[int, tuple[Holding, ...]]:
    """One year's holdings by month, December first; 0 holds those whose month is not known."""
    ordered = sorted(holdings, key=lambda holding: -holding.month)
    return {month: tuple(found) for month, found in groupby(ordered, key=lambda holding: holding.month)}


def _month_path(year: int, month: int) -> str:
    return f"{year:04d}/{month:02d}/" if month else year_path(year)


def _year_link(years: list[int], index: int) -> NamedLink | None:
    return NamedLink(str(years[index]), year_path(years[index])) if 0 <= index < len(years) else None
