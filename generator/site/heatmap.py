"""A year as twelve small calendars whose days are shaded by the number of articles, each month said in words as well."""

import calendar
from collections import Counter
from collections.abc import Mapping

from generator.locale import texts
from generator.model.catalogue import Holding
from generator.site.views import Heatmap, HeatmapMonth
from generator.site.words import articles_words, day_words, first_weekday, month_name

CELL = 10
STEP = 12
SHADES = 4
WIDTH = 7 * STEP - (STEP - CELL)


def heatmap(
    year: int, months: Mapping[int, tuple[Holding, ...]], paths: Mapping[int, str], language: str
) -> Heatmap | None:
    """The calendars of a year from its holdings by month; none for years that the calendar does not know."""
    if not 1 <= year <= 9999 or not any(months.get(month) for month in range(1, 13)):
        return None
    days = {month: Counter(holding.day for holding in months.get(month, ())) for month in range(1, 13)}
    highest = max((count for month in days.values() for day, count in month.items() if day), default=1)
    made = []
    for month, counts in days.items():
        first, length = calendar.monthrange(year, month)
        shades = _shades((first - first_weekday(language)) % 7, length, counts, highest)
        words = _words(year, month, counts, language)
        made.append(
            HeatmapMonth(month_name(month, language), paths.get(month, ""), sum(counts.values()), words, shades)
        )
    return Heatmap(tuple(made), WIDTH, 6 * STEP - (STEP - CELL))


def _shades(first: int, length: int, counts: Mapping[int, int], highest: int) -> tuple[tuple[int, str], ...]:
    """The days of a month whose first stands in column `first`, as one path for each shade."""
    shapes: dict[int, list[str]] = {}
    for day in range(1, length + 1):
        row, column = divmod(first + day - 1, 7)
        level = -(-SHADES * counts.get(day, 0) // highest)
        shapes.setdefault(level, []).append(f"M{column * STEP} {row * STEP}h{CELL}v{CELL}h-{CELL}z")
    return tuple((level, "".join(drawn)) for level, drawn in sorted(shapes.items()))


def _words(year: int, month: int, counts: Mapping[int, int], language: str) -> str:
    """`May: 7 articles, most on 21 May (3)`."""
    total = sum(counts.values())
    if not total:
        return ""
    words = f"{month_name(month, language)}: {articles_words(total, language)}"
    best = max(((count, -day) for day, count in counts.items() if day), default=(0, 0))
    if best[0] > 1 and sum(count == best[0] for day, count in counts.items() if day) == 1:
        day = day_words(year, month, -best[1], language)
        words += texts(language).gettext(", most on %(day)s (%(count)s)") % {"day": day, "count": best[0]}
    return words
