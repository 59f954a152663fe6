"""Which lines keep their breaks: tables that are aligned by hand, and verse. Everything else may be wrapped text.

A table is three or more lines with a gap of at least two columns that runs through all of them, or lines with the same
number of tabs. Verse is short lines of uneven length whose breaks cut through sentences, where wrapping would not.
"""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

TABLE, TABBED, VERSE = "table", "tabbed table", "verse"

_INNER_GAP = re.compile(r"\S\s{2,}\S")
_NO_VERSE = re.compile(r"\s*(?:[-–—•*>#]\s|\(?\d{1,3}[.)]\s|>|https?:|[A-Z][\w-]{1,12}:\s)|.*@|.*\d{4}")
_SOFT_END = re.compile(r"[,;:—–،؛]$")
_LONGEST_VERSE = 72
_FEWEST = 3


def kept_in(run: Sequence[str]) -> list[tuple[int, int, str]]:
    """The parts of a run of lines (first index, index after the last, what it is) whose line breaks are kept."""
    if len(run) < 2 or max(map(len, run)) > 400:
        return []
    found = _tabbed(run) or _aligned(run)
    return found if found else [(0, len(run), VERSE)] if is_verse(run) else []


def _tabbed(run: Sequence[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for tabs, group in groupby(range(len(run)), key=lambda index: run[index].strip().count("\t")):
        places = list(group)
        cells = [cell for index in places for cell in run[index].strip().split("\t")]
        if tabs and len(places) >= 2 and (tabs > 1 or len(places) > 2) and sum(map(bool, cells)) > len(cells) * 0.6:
            found.append((places[0], places[-1] + 1, TABBED))
    return found


def _aligned(run: Sequence[str]) -> list[tuple[int, int, str]]:
    """Runs of lines with a gap inside, as far down as one gap runs through all of them."""
    found: list[tuple[int, int, str]] = []
    start = 0
    while start < len(run):
        river = _gaps(run[start])
        end = start + 1
        while river and end < len(run) and (narrower := river & _gaps(run[end])) and _is_wide(narrower):
            river, end = narrower, end + 1
        if end - start >= _FEWEST:
            found.append((start, end, TABLE))
        start = max(end, start + 1) if end - start >= _FEWEST else start + 1
    return found


def _gaps(line: str) -> frozenset[int]:
    """The columns of a line that are blank between its first and last sign, beside another blank one."""
    if not _INNER_GAP.search(line):
        return frozenset()
    line = line.expandtabs().rstrip()
    begin = len(line) - len(line.lstrip())
    return frozenset(
        column for match in re.finditer(r"\s{2,}", line) for column in range(*match.span()) if match.start() > begin
    )


def _is_wide(columns: frozenset[int]) -> bool:
    return any(column + 1 in columns for column in columns)


def is_verse(run: Sequence[str]) -> bool:
    """Whether the lines are verse: no line is full, and most breaks stand within a sentence."""
    lines = [line.strip() for line in run]
    if not _FEWEST <= len(lines) <= 60 or any(_NO_VERSE.match(line) for line in lines):
        return False
    lengths = sorted(map(len, lines))
    words = sum(len(line.split()) for line in lines)
    if lengths[-1] > _LONGEST_VERSE or lengths[len(lines) // 2] > 56 or words < 3 * len(lines):
        return False
    soft = sum(bool(_SOFT_END.search(line)) or following[0].islower() for line, following in pairwise(lines))
    if lengths[-1] <= 50 and sum(bool(_SOFT_END.search(line)) or line[-1] in ".!?…»”" for line in lines) >= 0.6 * len(
        lines
    ):
        return soft >= 0.5 * (len(lines) - 1)
    full = sum(len(line) + 1 + len(following.split()[0]) > lengths[-1] for line, following in pairwise(lines))
    return soft >= 0.5 * (len(lines) - 1) and full < 0.5 * (len(lines) - 1) and soft >= 2


def cells_of(line: str) -> list[str]:
    """The cells of a line of a tab-separated table."""
    return [cell.strip() for cell in line.strip().split("\t")]
