"""EDTF, level 1: what is a date, under which year and month it stands, and how it sorts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.dates import edtf

DATES = {
    # text: year, month, day, is_certain, is_day
    "2022-05-21": (2022, 5, 21, True, True),
    "2022-05": (2022, 5, 0, True, False),
    "2022": (2022, 0, 0, True, False),
    "2022-05-21T10:30:00Z": (2022, 5, 21, True, True),
    "2022-05-21T10:30:00+02:00": (2022, 5, 21, True, True),
    "2022-05~": (2022, 5, 0, False, False),
    "2022?": (2022, 0, 0, False, False),
    "2022-05-21%": (2022, 5, 21, False, False),
    "2022-XX": (2022, 0, 0, True, False),
    "2022-05-XX": (2022, 5, 0, True, False),
    "2022-XX-XX": (2022, 0, 0, True, False),
    "2022-21": (2022, 0, 0, True, False),
    "201X": (None, 0, 0, False, False),
    "19XX": (None, 0, 0, False, False),
    "1911/1912": (1911, 0, 0, True, False),
    "2004-02/2005-11-30": (2004, 2, 0, True, False),
    "1985/..": (1985, 0, 0, True, False),
    "../1985": (1985, 0, 0, True, False),
    "1985/": (1985, 0, 0, True, False),
    "2004-06/2004-22": (2004, 6, 0, True, False),
    "0000": (0, 0, 0, True, False),
    "-0044-03-15": (-44, 3, 15, True, False),
    "Y170000002": (170000002, 0, 0, True, False),
    "Y10000-05-21": (10000, 5, 21, True, False),
    "2024-02-29": (2024, 2, 29, True, True),
    "190X-02-29": (None, 2, 29, False, False),
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_as_exact_as_what_is_known(text: str) -> None:
    date = edtf(text)
    assert (date.year, date.month, date.day, date.is_certain, date.is_day) == DATES[text]
    assert str(date) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "21 Mai", "2022-13", "2022-00", "2022-05-32", "2022-05-00", "2023-02-29", "2022-5-1", "22", "2022/05/21",
        "2022-05-21/2022-05-20", "2013/2012", "../..", "/", "2022-21-03", "2022-XX-03", "X022", "2X22", "20220521", "2022~?",
        "Y2022", "now", "2022-05-21 10:30", "٢٠٢٢-٠٥-٢١", "２０２２", "2022-05-21T", "2022-05-21Tnoon", "1985/1986/1987", "2022-05\n-21",
        "Y" + "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        edtf(text)


@given(st.dates())
def test_every_calendar_day_is_a_certain_day(day) -> None:
    date = edtf(day.isoformat())
    assert (date.year, date.month, date.day) == (day.year, day.month, day.day)
    assert date.is_day


@given(st.dates(), st.dates())
def test_days_sort_as_the_calendar_does(one, other) -> None:
    assert (edtf(one.isoformat()).order < edtf(other.isoformat()).order) == (one < other)


@given(st.dates(), st.dates())
def test_an_interval_never_ends_before_it_begins(one, other) -> None:
    text = f"{one.isoformat()}/{other.isoformat()}"
    if one <= other:
        assert edtf(text).order == edtf(one.isoformat()).order
    else:
        with pytest.raises(ValueError, match="before"):
            edtf(text)


@given(st.text(alphabet="0123456789-XY?~%/.T: ", max_size=24))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        date = edtf(text)
    except ValueError:
        return
    assert str(date) == text.strip()
    assert 0 <= date.month <= 12
    assert 0 <= date.day <= 31
    assert len(date.order) == 3


def test_less_exact_dates_sort_before_the_days_they_hold() -> None:
    dates = ["2022-06", "2022-05-21", "2022", "2022-05", "2022-05-03", "2022-22", "2021-12-31"]
    ordered = sorted(dates, key=lambda text: edtf(text).order)
    assert ordered == ["2021-12-31", "2022", "2022-05", "2022-05-03", "2022-05-21", "2022-06", "2022-22"]
