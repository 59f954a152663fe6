"""Dates in words, with their certainty; machines get a date only when it is stated."""

import pytest

from generator.model.dates import edtf
from generator.site.words import date_iso, date_stated, date_words, direction, language_name, month_name


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2022-05-21", "21 May 2022"),
        ("2022-05", "May 2022"),
        ("2022", "2022"),
        ("2024-10~", "about October 2024"),
        ("2022?", "perhaps 2022"),
        ("2022%", "perhaps about 2022"),
        ("1911/1912", "1911 – 1912"),
        ("2022-05-21/2022-05-23", "21 May 2022 – 23 May 2022"),
        ("1985/..", "since 1985"),
        ("../1985", "until 1985"),
        ("201X", "2010s"),
        ("19XX", "1900–1999"),
        ("2022-22", "summer 2022"),
        ("2022-05-XX", "May 2022"),
        ("0800", "800"),
        ("-0044-03-15", "-44"),
    ],
)
def test_a_date_is_said_with_its_certainty(date: str, wanted: str) -> None:
    assert date_words(edtf(date), "en") == wanted


def test_no_date_is_said_as_well() -> None:
    assert date_words(None, "en") == "undated"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("de", "21. Mai 2022"),
        ("fr", "21 mai 2022"),
        ("en-GB", "21 May 2022"),
        ("ja", "2022年5月21日"),
        ("xx", "21 May 2022"),
        ("", "21 May 2022"),
    ],
)
def test_a_date_is_said_in_the_language_of_the_page(language: str, wanted: str) -> None:
    assert date_words(edtf("2022-05-21"), language) == wanted


@pytest.mark.parametrize(
    ("date", "day", "stated"),
    [
        ("2022-05-21", "2022-05-21", "2022-05-21"),
        ("2022-05-21T10:00:00Z", "2022-05-21", "2022-05-21"),
        ("2022-05", "", "2022-05"),
        ("2022", "", "2022"),
        ("2022-05-21~", "", ""),
        ("2022-22", "", ""),
        ("2022-XX", "", ""),
        ("2022-05-XX", "", ""),
        ("1911/1912", "", ""),
        ("19XX", "", ""),
        ("-0044-03-15", "", ""),
        ("Y10000-05-21", "", ""),
    ],
)
def test_a_doubtful_date_is_never_given_to_machines_as_a_fact(date: str, day: str, stated: str) -> None:
    assert date_iso(edtf(date)) == day
    assert date_stated(edtf(date)) == stated


def test_languages_and_months_have_names() -> None:
    assert language_name("de", "en") == "German"
    assert language_name("qqq-zz", "en") == "qqq-zz"
    assert month_name(5, "de") == "Mai"
    assert (direction("ar"), direction("ar-EG"), direction("en"), direction("")) == ("rtl", "rtl", "ltr", "ltr")
