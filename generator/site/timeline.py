"""The timeline: articles per year or month as bars of a drawing, with the same said in words."""

from collections.abc import Sequence

from generator.locale import texts
from generator.site.views import Bar, Timeline
from generator.site.words import articles_words, decade_name, number

WIDTH = 720
HEIGHT = 96
BASELINE = 76
_MOST_BARS = 80
_MOST_LABELS = 12


def year_timeline(counts: Sequence[tuple[int, int, str]], language: str = "en") -> Timeline | None:
    """Bars for (year, count, path); years without articles leave a gap, long spans are drawn by decade, century or millennium."""
    if not counts:
        return None
    held = {year: (count, path) for year, count, path in counts}
    first, last = min(held), max(held)
    total = sum(count for count, _ in held.values())
    say = texts(language).gettext
    words = {"articles": articles_words(total, language), "first": first, "last": last}
    caption = (
        say("%(articles)s from %(first)s to %(last)s") if first != last else say("%(articles)s from %(first)s")
    ) % words
    busiest = max(held, key=lambda year: (held[year][0], -year))
    if sum(count == held[busiest][0] for count, _ in held.values()) == 1 and first != last:
        caption += say("; most in %(year)s: %(count)s") % {"year": busiest, "count": number(held[busiest][0], language)}
    if last - first < _MOST_BARS:
        slots = [(str(year), *held.get(year, (0, ""))) for year in range(first, last + 1)]
    else:
        span = next(span for span in (10, 100, 1000) if last // span - first // span < _MOST_BARS)
        slots = [_years(start, span, held, language) for start in range(first - first % span, last + 1, span)]
    return _drawn(slots, caption)


def month_timeline(year: int, counts: Sequence[tuple[str, int, str]], language: str = "en") -> Timeline:
    """Twelve bars for the (name, count, path) of a year's months."""
    articles = articles_words(sum(count for _, count, _ in counts), language)
    caption = texts(language).gettext("%(articles)s of %(year)s with a known month") % {
        "articles": articles,
        "year": year,
    }
    return _drawn(list(counts), caption)


def _years(start: int, span: int, held: dict[int, tuple[int, str]], language: str) -> tuple[str, int, str]:
    """A bar of ten, a hundred or a thousand years; it leads to the only year it has, else to the list of years."""
    years = [year for year in range(start, start + span) if year in held]
    name = decade_name(start, language) if span == 10 else f"{start}–{start + span - 1}"
    if len(years) == 1 or not any(held[year][1] for year in years):
        return name, sum(held[year][0] for year in years), held[years[0]][1] if years else ""
    return name, sum(held[year][0] for year in years), f"years/#{decade_anchor(years[0])}"


def decade_anchor(year: int) -> str:
    """The fragment of a decade on the page of all years."""
    return f"d-{year - year % 10:04d}s"


def _drawn(slots: list[tuple[str, int, str]], caption: str) -> Timeline:
    highest = max(count for _, count, _ in slots) or 1
    step = WIDTH / len(slots)
    every = -(-len(slots) // _MOST_LABELS)
    bars = []
    for index, (label, count, path) in enumerate(slots):
        left, right = round(index * step), round((index + 1) * step)
        # An article must be visible even next to a year of a thousand.
        height = max(3, round(count / highest * (BASELINE - 12))) if count else 0
        gap = max(1, min(6, (right - left) // 5))
        width = min(right - left - gap, 64)
        x = left + (right - left - width) // 2
        bars.append(Bar(label, path, count, x, BASELINE - height, width, height, index % every == 0))
    return Timeline(tuple(bars), WIDTH, HEIGHT, BASELINE, caption)
