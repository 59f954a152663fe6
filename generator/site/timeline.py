"""The timeline: articles per year or month as bars of a drawing, with the same said in words."""

from collections.abc import Sequence

from generator.site.views import Bar, Timeline

WIDTH = 720
HEIGHT = 96
BASELINE = 76
_MOST_BARS = 80
_MOST_LABELS = 12


def year_timeline(counts: Sequence[tuple[int, int, str]]) -> Timeline | None:
    """Bars for (year, count, path); years without articles leave a gap, long spans are drawn by decade."""
    if not counts:
        return None
    held = {year: (count, path) for year, count, path in counts}
    first, last = min(held), max(held)
    total = sum(count for count, _ in held.values())
    caption = f"{_articles(total)} from {first} to {last}" if first != last else f"{_articles(total)} from {first}"
    busiest = max(held, key=lambda year: (held[year][0], -year))
    if first != last:
        caption += f"; most in {busiest}: {held[busiest][0]}"
    if last - first < _MOST_BARS:
        slots = [(str(year), *held.get(year, (0, ""))) for year in range(first, last + 1)]
    else:
        slots = [_decade(start, held) for start in range(first - first % 10, last + 1, 10)]
    return _drawn(slots[-_MOST_BARS:], caption)


def month_timeline(year: int, counts: Sequence[tuple[str, int, str]]) -> Timeline:
    """Twelve bars for the (name, count, path) of a year's months."""
    total = sum(count for _, count, _ in counts)
    return _drawn(list(counts), f"{_articles(total)} of {year} with a known month")


def _decade(start: int, held: dict[int, tuple[int, str]]) -> tuple[str, int, str]:
    years = [year for year in range(start, start + 10) if year in held]
    path = held[years[0]][1] if years else ""
    return f"{start}s", sum(held[year][0] for year in years), path


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


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"
