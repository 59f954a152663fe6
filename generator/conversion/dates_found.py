"""Dates that a text states in full, in any of the languages: numbers, names of months, eras.

The rule: a date is read only where the text settles it. 03/04/2021 is two days in two countries, so it is none, unless
the language, the region or a weekday beside it decides; a weekday that contradicts its date makes it doubtful (`?`).
Years outside 1500 to 2100 are not read. The work is one pass over the years of a text with bounded looks around each.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from generator.conversion.words import all_words, bare
from generator.model.dates import Edtf, edtf

MOST = 2000
"""The most years of one text that are looked at."""

_WORD = r"[^\W\d_]"
_MONTH = rf"(?P<m>{_WORD}{{3,12}}(?:\s(?:الأول|الاول|الثاني))?)(?:\s?/\s?{_WORD}{{3,12}})?"
_DAY = r"(?<!\d)(?P<d>\d{1,2})"
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LOOSE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d(?:\d{2,}|/|\.))|(?<!\d)(?:1[5-8]\d\d|(?![0-9])\d{4})(?!\d)")
_BEFORE = (
    re.compile(
        _DAY
        + r"(?:st|nd|rd|th|er|re|-?го|º|ª|°)?\.?(?:\s{1,3}|-|/)(?:de\s|of\s|d['’])?"
        + _MONTH
        + r"[.,]{0,2}(?:\s{1,3}|-|/)(?:de\s|del\s|of\s|του\s)?$"
    ),
    re.compile(rf"(?<!{_WORD})" + _MONTH + r"\.?(?:\s{1,3}|-)" + _DAY + r"(?:st|nd|rd|th)?,?(?:\s{1,3}|-)$"),
    re.compile(rf"(?<!{_WORD})" + _MONTH + r"[.,]{0,2}(?:\s{1,3}|-|/)(?:de\s|del\s|of\s|του\s)?$"),
)
_NUMBERS = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>\s?[./-]\s?)(?P<b>\d{1,2})(?P=sep)$")
_AFTER = (
    re.compile(r"(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?:T\d[\d:.]{1,14}(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"),
    re.compile(r"\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?"),
    re.compile(r"년\s?(?P<m>\d{1,2})월(?:\s?(?P<d>\d{1,2})일)?"),
)
_SHORT_YEAR = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d\d)(?![\d./-])")
_ERA = re.compile(r"(?P<era>令和|平成|昭和|大正|明治)\s?(?P<y>\d{1,2}|元)年\s?(?P<m>\d{1,2})月(?:\s?(?P<d>\d{1,2})日)?")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_WEEKDAY_BEFORE = re.compile(
    rf"(?P<w>{_WORD}{{2,12}}['’]?{_WORD}{{0,8}})(?P<dot>[.,،]{{0,2}})\s{{0,2}}(?:the\s|den\s|dem\s|le\s|,\s)?$"
)
_WEEKDAY_AFTER = re.compile(r"\s?[(（](?P<w>[月火水木金土日])(?:曜日?)?[)）]")

_GLUED = re.compile(
    rf"(?<=[^\W_])(?=(?P<m>[A-ZÀ-Þ]{_WORD}{{2,9}})\.?\s\d)|(?<=[a-zß-ÿ.)])(?=\d{{1,2}}\s[A-Z][a-z]{{2}})"
)
_GLUED_LABEL = re.compile(
    r"(?<=[A-Z]{2})(?=(?:Published|Updated|Posted)\b)|(?<=[a-z\d.)])(?=(?:Published|Updated|Posted|Last\s)\b)|(?<=Published)(?=On\b|[A-Z])|(?<=\b[Aa]t)(?=\d)"
)
_GLUED_YEAR = re.compile(r"((?:19|20)\d\d)(?=\d{1,2}(?::\d\d|\s[A-Z][a-z]{2}|\d{0,6}\sShares))")


@dataclass(frozen=True, slots=True)
class Found:
    """A date and the part of the text, from `start` up to `end`, that states it."""

    date: Edtf
    start: int
    end: int


def found_dates(text: str, language: str, *, loose: bool = False) -> tuple[Found, ...]:
    """All dates that the text states in full (at least month and year), in their order.

    `loose` reads a short line as page layouts leave it: with years of two digits, and years that run into a time.
    """
    found = [date for date in _candidates(text, language, loose) if date is not None]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def unglued(text: str) -> str:
    """Layouts drop the space between a name, a date and a time; this puts it back, in a working copy only."""
    text = _GLUED.sub(lambda match: " " if not match["m"] or month_number(match["m"]) else "", text)
    return _GLUED_YEAR.sub(r"\1 ", _GLUED_LABEL.sub(" ", text))


def years_in(text: str) -> list[tuple[int, int]]:
    """Each year from 1500 to 2100 that stands as a number in the text, with its position."""
    numbers = ((int(match[0]), match.start()) for match in islice(_YEAR.finditer(text), MOST))
    return [(year, start) for year, start in numbers if 1500 <= year <= 2100]


def month_number(word: str) -> int:
    """The month (1 to 12) that a word names in any of the languages, or 0."""
    return _months().get(bare(word), 0)


def season_number(word: str) -> int:
    """The season (21 to 24, as EDTF counts them from spring) that a word names in any of the languages, or 0."""
    return _seasons().get(bare(word), 0)


def _candidates(text: str, language: str, loose: bool) -> Iterator[Found | None]:
    for match in islice((_LOOSE_YEAR if loose else _YEAR).finditer(text), MOST):
        year = int(match[0])
        if 1500 <= year <= 2100:
            yield _around(text, match.start(), match.end(), year, language)
    for match in islice(_ERA.finditer(text), MOST):
        year = _ERAS[match["era"]] + (1 if match["y"] == "元" else int(match["y"]))
        yield _found(text, (year, int(match["m"]), int(match["d"] or 0)), match.start(), match.end())
    if loose:
        for match in islice(_SHORT_YEAR.finditer(text), MOST):
            year = int(match["y"])
            year += 2000 if year <= 40 else 1900
            if not 1940 < year < 1970:
                yield _numeric(text, match, year, match.span(), language)


def _around(text: str, start: int, end: int, year: int, language: str) -> Found | None:
    for pattern in _AFTER:
        if match := pattern.match(text, end):
            return _found(text, (year, int(match["m"]), int(match["d"] or 0)), start, match.end())
    offset = max(0, start - 48)
    window = text[offset:start]
    if match := _NUMBERS.search(window):
        return _numeric(text, match, year, (offset + match.start(), end), language)
    for pattern in _BEFORE:
        match = pattern.search(window)
        month = month_number(match["m"]) if match else 0
        if match and month:
            day = int(match["d"]) if "d" in pattern.groupindex else 0
            return _found(text, (year, month, day), offset + match.start(), end)
    return None


def _numeric(text: str, match: re.Match[str], year: int, span: tuple[int, int], language: str) -> Found | None:
    start, end = span
    first, second = int(match["a"]), int(match["b"])
    readings = {(second, first), (first, second)}
    days = [(month, day) for month, day in sorted(readings) if _is_day(year, month, day)]
    if len(days) > 1:
        weekday = _weekday_beside(text, start, end)
        if weekday is not None:
            days = [day for day in days if calendar.weekday(year, *day) == weekday]
        elif _day_first(language, match["sep"].strip()):
            days = [(second, first)]
        elif language.lower() in ("en-us", "en-ph"):
            days = [(first, second)]
    if len(days) != 1:
        return None
    return _found(text, (year, *days[0]), start, end)


def _day_first(language: str, separator: str) -> bool:
    primary, _, region = language.lower().partition("-")
    if primary == "en":
        return region in ("gb", "ie", "au", "nz", "in", "za") and separator != "-"
    return primary not in ("", "ja", "zh", "ko", "hu", "fa", "sv", "lt")


def _found(text: str, date: tuple[int, int, int], start: int, end: int) -> Found | None:
    year, month, day = date
    if not 1500 <= year <= 2100:
        return None
    if not day:
        return Found(edtf(f"{year:04}-{month:02}"), start, end) if 1 <= month <= 12 else None
    if not _is_day(year, month, day):
        return None
    weekday = _weekday_beside(text, start, end)
    doubt = "" if weekday is None or weekday == calendar.weekday(year, month, day) else "?"
    return Found(edtf(f"{year:04}-{month:02}-{day:02}{doubt}"), start, end)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _weekday_beside(text: str, start: int, end: int) -> int | None:
    if match := _WEEKDAY_AFTER.match(text, end):
        return "月火水木金土日".index(match["w"])
    match = _WEEKDAY_BEFORE.search(text[max(0, start - 24) : start])
    if match is None or (len(match["w"]) < 3 and not match["dot"]):
        return None
    return _weekdays().get(bare(match["w"]))


@cache
def _months() -> dict[str, int]:
    return {
        bare(name): number for lists in all_words() for number, names in enumerate(lists.months, 1) for name in names
    }


@cache
def _seasons() -> dict[str, int]:
    return {
        bare(name): number for lists in all_words() for number, names in enumerate(lists.seasons, 21) for name in names
    }


@cache
def _weekdays() -> dict[str, int]:
    numbers: dict[str, int] = {}
    ambiguous = set()
    for lists in all_words():
        for number, names in enumerate(lists.weekdays):
            for name in map(bare, names):
                if numbers.setdefault(name, number) != number:
                    ambiguous.add(name)
    return {name: number for name, number in numbers.items() if name not in ambiguous and name not in _months()}
