"""Dates as EDTF, level 1: as exact as what is known, and no more.

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019 (ISO 8601-2).
"""

import calendar
import re
from dataclasses import dataclass

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

_YEAR = r"(?P<year>-?\d{4}|\d{3}X|\d{2}XX|Y-?\d{5,})"
_MOMENT = re.compile(
    rf"{_YEAR}(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?P<time>T[0-9:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?(?P<mark>[?~%]?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One end of a date: a year, perhaps a month and a day, with unknown digits and doubts.

    `year` is the first year that the text admits and `last_year` the last; `month` 21 to 24 are seasons; 0 is absent.
    """

    year: int
    last_year: int
    month: int = 0
    day: int = 0
    uncertain: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as written, and its parts; an interval has an `end`, an open side is `None`."""

    text: str
    start: Moment | None
    end: Moment | None = None
    is_interval: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def _known(self) -> Moment:
        known = self.start or self.end
        if known is None:  # the parser refuses "../.."
            raise ValueError(self.text)
        return known

    @property
    def year(self) -> int | None:
        """The year under which the article stands: none where the text leaves more than one open."""
        known = self._known
        return known.year if known.year == known.last_year else None

    @property
    def month(self) -> int:
        """The month (1 to 12), or 0; an interval stands where it starts."""
        return self._known.month if 1 <= self._known.month <= 12 else 0

    @property
    def day(self) -> int:
        """The day, or 0."""
        return self._known.day

    @property
    def is_certain(self) -> bool:
        """Whether nothing of the date is marked as doubtful, approximate or open."""
        ends = [end for end in (self.start, self.end) if end is not None]
        return all(not end.uncertain and not end.approximate and end.year == end.last_year for end in ends)

    @property
    def is_day(self) -> bool:
        """Whether it is one certain calendar day, whose text begins with it as YYYY-MM-DD."""
        return not self.is_interval and self.is_certain and bool(self.day) and self.text[0].isdigit()

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts by the earliest day that the date admits; a date without day or month sorts before those with."""
        known = self._known
        month = SEASONS[known.month][0] if known.month in SEASONS else known.month
        return (known.year, month, known.day)


def edtf(text: str) -> Edtf:
    """Reads an EDTF level 1 date; raises ValueError when the text is none, or names a day that never was."""
    text = text.strip()
    if "/" not in text:
        return Edtf(text, _moment(text))
    left, _, right = text.partition("/")
    start = None if left in ("", "..") else _moment(left)
    end = None if right in ("", "..") else _moment(right)
    if start is None and end is None:
        raise ValueError(f"{text!r} names no date")
    if start and end and _first_day(start) > _last_day(end):
        raise ValueError(f"{text!r} ends before it begins")
    return Edtf(text, start, end, True)


def _first_day(moment: Moment) -> tuple[int, int, int]:
    """The earliest day a moment may mean; a season may be any part of its year, for hemispheres differ."""
    return moment.year, 0 if moment.month in SEASONS else moment.month, moment.day


def _last_day(moment: Moment) -> tuple[int, int, int]:
    known = bool(moment.month) and moment.month not in SEASONS
    return moment.last_year, moment.month if known else 12, moment.day or 31


def _moment(text: str) -> Moment:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an EDTF date")
    digits = match["year"].removeprefix("Y")
    year, last_year = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    month = 0 if match["month"] in (None, "XX") else int(match["month"])
    day = 0 if match["day"] in (None, "XX") else int(match["day"])
    if match["month"] not in (None, "XX") and not (1 <= month <= 12 or month in SEASONS):
        raise ValueError(f"{text!r} has no such month")
    if match["day"] is not None and month in SEASONS:
        raise ValueError(f"{text!r} gives a season a day")
    if match["day"] not in (None, "XX"):
        if not month:
            raise ValueError(f"{text!r} has a day but no month")
        # Years outside 1..9999 have no calendar in the standard library, and one of several may be a leap year.
        longest = calendar.monthrange(year if 1 <= year == last_year <= 9999 else 2000, month)[1]
        if not 1 <= day <= longest:
            raise ValueError(f"{text!r} has no such day")
    mark = match["mark"]
    return Moment(year, last_year, month, day, mark in ("?", "%") and bool(mark), mark in ("~", "%") and bool(mark))
