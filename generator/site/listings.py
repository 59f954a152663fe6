"""The values of listing pages: years, months, the undated, and every author, source, tag and language.

Listings are cut by the calendar: what belongs to a closed month or year never moves to another page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.locale import texts
from generator.model.catalogue import Catalogue, Facet, Holding
from generator.site.cards import Cards
from generator.site.collation import initial, sort_key, without_article
from generator.site.heatmap import heatmap
from generator.site.timeline import decade_anchor, month_timeline, year_timeline
from generator.site.views import Group, Index, IndexEntry, Letter, Listing, NamedLink, Timeline
from generator.site.words import decade_name, language_name, month_name, month_words, native_name

SINGULAR = {"authors": "author", "sources": "source", "tags": "tag", "languages": "language"}
LONGEST_INDEX = 1000
"""An index of more entries is cut into one page a letter."""
LONGEST_LISTING = 1000
"""A listing of more articles is cut into one page a year, and begins with the `NEWEST` of them."""
NEWEST = 30
CITATION_NAMES = (("BibTeX", "cite.bib"), ("RIS", "cite.ris"), ("CSL-JSON", "cite.json"))
MOST_YEARS = 40
"""The home page of an archive with more years names its decades."""


def year_path(year: int) -> str:
    """Where a year's listing stands."""
    return f"{year:04d}/"


def timeline(catalogue: Catalogue, language: str) -> Timeline | None:
    """The whole archive's articles per year."""
    return year_timeline([(year, len(held), year_path(year)) for year, held in catalogue.years], language)


def year_entries(catalogue: Catalogue, language: str) -> tuple[IndexEntry, ...]:
    """The years with their counts, newest first, the undated last."""
    entries = [IndexEntry(str(year), year_path(year), len(held), "") for year, held in catalogue.years]
    return (*entries, *_undated_entry(catalogue, language))


def year_or_decade_entries(catalogue: Catalogue, language: str) -> tuple[IndexEntry, ...]:
    """The years, or the decades where the years are many."""
    if len(catalogue.years) <= MOST_YEARS:
        return year_entries(catalogue, language)
    entries = []
    for decade, found in groupby(catalogue.years, key=lambda item: item[0] // 10 * 10):
        count = sum(len(held) for _, held in found)
        entries.append(IndexEntry(decade_name(decade, language), f"years/#{decade_anchor(decade)}", count, ""))
    return (*entries, *_undated_entry(catalogue, language))


def _undated_entry(catalogue: Catalogue, language: str) -> tuple[IndexEntry, ...]:
    if not catalogue.undated:
        return ()
    return (IndexEntry(texts(language).gettext("Undated"), "undated/", len(catalogue.undated), ""),)


def year_index(catalogue: Catalogue, language: str) -> Index:
    """The page of all years, by decade."""
    letters = []
    for decade, found in groupby(catalogue.years, key=lambda item: item[0] // 10 * 10):
        entries = tuple(IndexEntry(str(year), year_path(year), len(held), "") for year, held in found)
        letters.append(Letter(decade_name(decade, language), decade_anchor(decade), entries, len(entries)))
    if undated := _undated_entry(catalogue, language):
        letters.append(Letter(undated[0].name, "d-undated", undated, 1))
    return Index("years", "years/", tuple(letters), sum(letter.count for letter in letters))


def year_listing(
    year: int, years: Sequence[int], months: Mapping[int, tuple[Holding, ...]], cards: Cards, language: str
) -> Listing:
    """The listing of a year from its holdings `by_month`; `years` are all that have articles, newest first."""
    names = {month: month_name(month, language) for month in range(1, 13)}
    known = [month for month in months if month]
    groups = tuple(
        Group(names[month] if month else "", month_path(year, month), cards.all_of(found))
        for month, found in months.items()
    )
    bars = [
        (names[month], len(months.get(month, ())), month_path(year, month) if month in months else "")
        for month in range(1, 13)
    ]
    drawn = heatmap(year, months, {month: month_path(year, month) for month in known}, language)
    place = years.index(year)
    return Listing(
        "year", str(year), year_path(year), sum(map(len, months.values())), groups,
        timeline=month_timeline(year, bars, language) if known and not drawn else None, heatmap=drawn,
        parent=NamedLink("years", "years/"),
        earlier=_year_link(years, place + 1), later=_year_link(years, place - 1),
    )  # fmt: skip


def month_listing(
    year: int, months: Sequence[int], position: int, held: tuple[Holding, ...], cards: Cards, language: str
) -> Listing:
    """The listing of one of the `months` of a year that have articles, of which the last comes first."""
    month = months[position]
    neighbours = [
        NamedLink(month_words(year, months[other], language), month_path(year, months[other]))
        if 0 <= other < len(months)
        else None
        for other in (position + 1, position - 1)
    ]
    group = Group("", month_path(year, month), cards.all_of(held))
    return Listing(
        "month", month_words(year, month, language), month_path(year, month), len(held), (group,),
        parent=NamedLink(str(year), year_path(year)), earlier=neighbours[0], later=neighbours[1],
    )  # fmt: skip


def undated_listing(catalogue: Catalogue, cards: Cards, language: str) -> Listing:
    """The listing of the undated articles."""
    group = Group("", "undated/", cards.all_of(catalogue.undated))
    undated = texts(language).gettext("Undated")
    parent = NamedLink("years", "years/")
    return Listing(
        "undated", undated, "undated/", len(catalogue.undated), (group,) if catalogue.undated else (), parent=parent
    )


def facet_listing(facet: Facet, name: str, cards: Cards, language: str) -> Listing:
    """The listing of one author, source, tag or language: its articles by year, newest first."""
    parts = facet_parts(facet, language)
    if is_long(facet):
        newest = Group("", "", cards.all_of(facet.holdings[:NEWEST]))
        groups = (newest, *(Group(part.label, part.path, (), len(part.holdings)) for part in parts))
        counts = [(part.year, len(part.holdings), part.path) for part in parts if part.year is not None]
    else:
        held = (Group(part.label, part.path.removeprefix(facet.path), cards.all_of(part.holdings)) for part in parts)
        groups = (*held,)
        counts = [(part.year, len(part.holdings), "") for part in parts if part.year is not None]
    # Asking an article means recalling it whole: only what an author has written is asked.
    told = facet.holdings if facet.kind == "authors" else ()
    notes = (holding.article.fields.author_note for holding in told if holding.is_open)
    is_language = facet.kind == "languages"
    return Listing(
        SINGULAR[facet.kind], name, facet.path, len(facet.holdings), groups,
        timeline=year_timeline(counts, language) if len(counts) > 1 else None,
        feed_path=facet.path + "feed.xml",
        note=next(filter(None, notes), ""),
        url=facet.url,
        parent=NamedLink(facet.kind, f"{facet.kind}/"),
        files=tuple(NamedLink(name, facet.path + file) for name, file in CITATION_NAMES),
        language=facet.name if is_language else "",
        native=native_name(facet.name) if is_language else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A year of a listing, or its undated articles; `path` is that of a page of their own."""

    year: int | None
    label: str
    path: str
    holdings: tuple[Holding, ...]


def is_long(facet: Facet) -> bool:
    """Whether the years of a listing stand on pages of their own."""
    return len(facet.holdings) > LONGEST_LISTING


def facet_parts(facet: Facet, language: str) -> tuple[Part, ...]:
    """The years of a listing, newest first, the undated last."""
    undated = texts(language).gettext("Undated")
    return tuple(
        Part(year, str(year), facet.path + year_path(year), tuple(held))
        if year is not None
        else Part(None, undated, f"{facet.path}undated/", tuple(held))
        for year, held in groupby(facet.holdings, key=_listed_year)
    )


def part_listing(facet: Facet, name: str, parts: Sequence[Part], position: int, cards: Cards) -> Listing:
    """One year of a listing that is cut."""
    part = parts[position]
    neighbours = [
        NamedLink(parts[other].label, parts[other].path) if 0 <= other < len(parts) else None
        for other in (position + 1, position - 1)
    ]
    return Listing(
        SINGULAR[facet.kind], f"{name}: {part.label}", part.path, len(part.holdings),
        (Group("", part.path, cards.all_of(part.holdings)),),
        parent=NamedLink(name, facet.path), earlier=neighbours[0], later=neighbours[1],
    )  # fmt: skip


def facet_name(facet: Facet, language: str) -> str:
    """The name of an author, source or tag as it stands; of a language in the interface's."""
    return language_name(facet.name, language) if facet.kind == "languages" else facet.name


def facet_index(kind: str, facets: tuple[Facet, ...], names: dict[str, str], language: str) -> Index:
    """The A-Z of all authors, sources, tags or languages."""
    tags = {facet.path: facet.name for facet in facets} if kind == "languages" else {}
    entries = [
        IndexEntry(
            names[facet.path], facet.path, len(facet.holdings), years_of(facet.holdings),
            tags.get(facet.path, ""), native_name(tags[facet.path]) if tags else "",
        )
        for facet in facets
    ]  # fmt: skip
    return _a_to_z(kind, entries, language, is_body=kind in ("sources", "authors"))


def title_index(holdings: Sequence[Holding], language: str) -> Index:
    """The A-Z of all titles."""
    entries = [IndexEntry(holding.title, holding.path, 0, "") for holding in holdings]
    return _a_to_z("titles", entries, language, is_body=True)


def titles_by_letter(holdings: Sequence[Holding], language: str) -> dict[str, list[Holding]]:
    """The holdings whose titles stand under each letter, the letters as `title_index` has them, the titles in no order."""
    by_letter: dict[str, list[Holding]] = {}
    for holding in holdings:
        by_letter.setdefault(initial(without_article(holding.title, language), language), []).append(holding)
    # All that stands under a letter begins with what the letter sorts as.
    return {letter: by_letter[letter] for letter in sorted(by_letter, key=lambda letter: sort_key(letter, language))}


def _a_to_z(kind: str, entries: Sequence[IndexEntry], language: str, is_body: bool) -> Index:
    ordered = []
    for entry in entries:
        name = without_article(entry.name, language) if is_body else entry.name
        ordered.append((sort_key(name, language), entry.path, initial(name, language), entry))
    ordered.sort(key=lambda item: item[:2])
    by_letter: dict[str, list[IndexEntry]] = {}
    for _, _, letter, entry in ordered:
        by_letter.setdefault(letter, []).append(entry)
    letters = tuple(
        Letter(letter, _letter_anchor(letter), tuple(found), len(found)) for letter, found in by_letter.items()
    )
    return Index(kind, f"{kind}/", letters, len(ordered))


def cut_by_letter(index: Index, name: str) -> tuple[Index, ...]:
    """The index alone, or the letters of one that is too long, and a page for each of them."""
    if index.count <= LONGEST_INDEX:
        return (index,)
    letters = {letter.letter: letter.count for letter in index.letters}
    pages = (letter_page(index.kind, letter, name) for letter in index.letters)
    return (index_of_letters(index.kind, letters), *pages)


def index_of_letters(kind: str, letters: Mapping[str, int]) -> Index:
    """The index that leads to pages of its letters, with the number of entries on each."""
    leading = tuple(
        Letter(letter, _letter_anchor(letter), (), count, letter_path(kind, letter))
        for letter, count in letters.items()
    )
    return Index(kind, f"{kind}/", leading, sum(letters.values()))


def letter_page(kind: str, letter: Letter, name: str) -> Index:
    """The page of one letter of an index of this name."""
    path = letter_path(kind, letter.letter)
    return Index(kind, path, (letter,), letter.count, letter.letter, NamedLink(name, f"{kind}/"))


def letter_path(kind: str, letter: str) -> str:
    """Where the page of one letter of an index stands."""
    return f"{kind}/a-z/{_anchor(letter)}/"


def _letter_anchor(letter: str) -> str:
    return f"letter-{_anchor(letter)}"


def _anchor(letter: str) -> str:
    return letter.lower() if letter.isascii() and letter.isalpha() else f"{ord(letter[0]):x}"


def years_of(holdings: tuple[Holding, ...]) -> str:
    """The years of some holdings, which are in order: newest first, the undated last."""
    first = holdings[0].year if holdings else None
    if first is None:
        return ""
    last = next(holding.year for holding in reversed(holdings) if holding.year is not None)
    return str(last) if last == first else f"{last}–{first}"


def _listed_year(holding: Holding) -> int | None:
    return None if holding.path.startswith("undated/") else holding.year


def by_month(holdings: tuple[Holding, ...]) -> dict[int, tuple[Holding, ...]]:
    """One year's holdings by month, December first; 0 holds those whose month is not known."""
    ordered = sorted(holdings, key=lambda holding: -holding.month)
    return {month: tuple(found) for month, found in groupby(ordered, key=lambda holding: holding.month)}


def month_path(year: int, month: int) -> str:
    """Where a month's listing stands; that of its year where the month is not known."""
    return f"{year:04d}/{month:02d}/" if month else year_path(year)


def _year_link(years: Sequence[int], index: int) -> NamedLink | None:
    return NamedLink(str(years[index]), year_path(years[index])) if 0 <= index < len(years) else None
