"""Dates, languages and numbers in words, as a reader of a language expects them; Babel knows how."""

from functools import lru_cache
from typing import Any

from generator.model.dates import SEASONS, Edtf, Moment

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})
_SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


def direction(language: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=64)
def _locale(language: str) -> Any:
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0], "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    raise AssertionError("English is always known")


@lru_cache(maxsize=20_000)
def date_words(date: Edtf | None, language: str) -> str:
    """A date in words with its certainty: `21 May 2022`, `about October 2024`, `undated`."""
    if date is None:
        return "undated"
    if date.is_interval:
        if date.start is None:
            return f"until {_moment_words(date.end, language)}"  # type: ignore[arg-type]
        if date.end is None:
            return f"since {_moment_words(date.start, language)}"
        return f"{_moment_words(date.start, language)} – {_moment_words(date.end, language)}"
    assert date.start is not None
    return _moment_words(date.start, language)


def _moment_words(moment: Moment, language: str) -> str:
    words = _bare_words(moment, language)
    if moment.approximate and moment.uncertain:
        return f"perhaps about {words}"
    if moment.approximate:
        return f"about {words}"
    return f"perhaps {words}" if moment.uncertain else words


def _bare_words(moment: Moment, language: str) -> str:
    if moment.last_year != moment.year:
        span = moment.last_year - moment.year + 1
        return f"{moment.year}s" if span == 10 else f"{moment.year}–{moment.last_year}"
    if not 1 <= moment.year <= 9999:
        return str(moment.year)
    if moment.month in SEASONS:
        return f"{_SEASON_NAMES[moment.month]} {moment.year}"
    return _calendar_words(moment.year, moment.month, moment.day, language)


@lru_cache(maxsize=20_000)
def _calendar_words(year: int, month: int, day: int, language: str) -> str:
    from datetime import date

    from babel.dates import format_date, format_skeleton

    if not month:
        return str(year)
    if not day:
        return str(format_skeleton("yMMMM", date(year, month, 1), locale=_locale(language)))
    return str(format_date(date(year, month, day), "long", locale=_locale(language)))


def month_name(month: int, language: str) -> str:
    """The name of a month (1 to 12) as it stands alone."""
    return str(_locale(language).months["stand-alone"]["wide"][month])


@lru_cache(maxsize=512)
def language_name(language: str, in_language: str) -> str:
    """The name of a language in another one, or its tag when Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(language, sep="-").get_display_name(_locale(in_language))
    except (ValueError, UnknownLocaleError):
        name = None
    return (name[0].upper() + name[1:]) if name else language


def number(value: int, language: str) -> str:
    """A whole number with the separators of a language."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_locale(language)))


def date_iso(date: Edtf | None) -> str:
    """An exact day as YYYY-MM-DD, else nothing: a doubtful date is never given to machines as a fact."""
    return date.text[:10] if date is not None and date.is_day else ""
