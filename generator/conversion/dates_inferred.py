"""A date that no line states: inferred, always approximate, and only from a text that speaks of its own present.

The rule: a clause such as "since early May 2022" or "the state of affairs in early summer 2026" dates a text when it
names the latest month of the text and no later year is mentioned anywhere. A bare "since March 1989" is history, not the present, and dates nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.conversion.dates_found import found_dates, month_number, season_number, years_in
from generator.conversion.words import words
from generator.model.dates import SEASONS, Edtf, edtf

LONGEST_PHRASE = 60
_MOST_TEXT = 400_000


@dataclass(frozen=True, slots=True)
class Inference:
    """An approximate date, the line (from 1) that it was read from, and the words there, at most 60 characters."""

    date: Edtf
    line: int
    phrase: str


def inferred(lines: Sequence[tuple[int, str]], language: str) -> Inference | None:
    """The approximate month in which a text was written, if the text itself speaks of it; None when in doubt."""
    pattern = _present(language.partition("-")[0].lower())
    if pattern is None or sum(len(text) for _, text in lines) > _MOST_TEXT:
        return None
    best: tuple[tuple[int, int], int, int, str] | None = None
    for number, text in lines:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = int(match["n"]) if groups.get("n") else month_number(groups.get("m") or "")
            month = month or season_number(groups.get("m") or "")
            latest = SEASONS[month][1] if month in SEASONS else month
            year = int(match["y"])
            if 1900 <= year <= 2100 and month and (best is None or (year, latest) > best[0]):
                best = ((year, latest), month, number, match[0].strip())
    if best is None or len(best[3]) > LONGEST_PHRASE or _speaks_of_later(lines, best[0], language):
        return None
    (year, _), month, number, phrase = best
    return Inference(edtf(f"{year:04}-{month:02}~"), number, phrase)


def _speaks_of_later(lines: Sequence[tuple[int, str]], latest: tuple[int, int], language: str) -> bool:
    for _, text in lines:
        if any(year > latest[0] for year, _ in years_in(text)):
            return True
        if any((one.date.year or 0, one.date.month) > latest for one in found_dates(text, language)):
            return True
    return False


@cache
def _present(language: str) -> re.Pattern[str] | None:
    lists = words(language)
    if not lists.since or not lists.part_of_month:
        return None
    since = "|".join(re.escape(word) for word in sorted(lists.since, key=len, reverse=True))
    part = "|".join(re.escape(word) for word in sorted(lists.part_of_month, key=len, reverse=True))
    if language == "ja":
        return re.compile(
            rf"(?P<y>\d{{4}})年(?P<n>\d{{1,2}})月(?:(?:{part})(?:{since})|(?:{'|'.join(lists.present)}))", re.I
        )
    month = r"(?P<m>[^\W\d_]{3,12}(?:\s(?:الأول|الاول|الثاني))?)"
    opening = rf"(?:{since})\s(?:the\s|el\s|les?\s|a\s)?(?:{part})[\s-]?(?:of\s|de\s|d['’]|του\s)?"
    if language == "en":
        opening = rf"(?:{opening}|so\sfar\sin\s)"
    if lists.present:
        now = "|".join(re.escape(entry) for entry in sorted(lists.present, key=len, reverse=True))
        opening = rf"(?:{opening}|(?:{now})\s(?:(?:{part})[\s-]?)?(?:of\s|de\s|d['’]|του\s|τον\s|την\s)?)"
    return re.compile(rf"(?<!\w){opening}{month}\.?,?\s(?:of\s|de\s|del\s|του\s)?(?P<y>\d{{4}})(?!\d)", re.I)
