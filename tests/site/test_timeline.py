"""The timeline: every article is counted once, and said in words as well."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generator.site.timeline import HEIGHT, WIDTH, month_timeline, year_timeline


def counted(*counts: tuple[int, int]):
    return year_timeline([(year, count, f"{year:04d}/") for year, count in counts])


def test_each_year_is_a_bar_that_leads_to_it() -> None:
    drawing = counted((2022, 3), (2020, 1))
    assert [(bar.label, bar.count, bar.path) for bar in drawing.bars] == [
        ("2020", 1, "2020/"),
        ("2021", 0, ""),
        ("2022", 3, "2022/"),
    ]
    assert "4 articles from 2020 to 2022" in drawing.caption
    assert "2022" in drawing.caption.partition(";")[2]


def test_an_archive_without_dates_has_no_timeline() -> None:
    assert year_timeline([]) is None


def test_twelve_months_make_a_year() -> None:
    drawing = month_timeline(2022, [(f"month {number}", number % 2, "") for number in range(12)])
    assert len(drawing.bars) == 12
    assert "6 articles of 2022" in drawing.caption


@given(st.dictionaries(st.integers(0, 9999), st.integers(1, 5000), min_size=1, max_size=60))
def test_every_article_is_in_the_picture_once(counts: dict[int, int]) -> None:
    drawing = counted(*counts.items())
    assert sum(bar.count for bar in drawing.bars) == sum(counts.values())
    assert len(drawing.bars) <= 80
    for bar in drawing.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH and 0 <= bar.y <= HEIGHT
        assert (bar.height > 0) == (bar.count > 0)
    edges = [(bar.x, bar.x + bar.width) for bar in drawing.bars]
    assert all(right <= left for (_, right), (left, _) in pairwise(edges))
