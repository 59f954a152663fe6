"""Dates, languages and numbers in words, as a reader of a language expects them; Babel knows how."""

import re
from functools import lru_cache
from typing import Any

from generator.locale import texts
from generator.model.dates import SEASONS, Edtf, Moment

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


def direction(language: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=64)
def _locale(language: str) -> Any:
    from babel import Locale, UnknownLocaleError

    # Plain "en" says nothing of a country: international English, not that of the United States.
    for tag in ("en-001" if language == "en" else language, language.split("-", maxsplit=1)[0], "en-001"):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    raise AssertionError("English is always known")


@lru_cache(maxsize=20_000)
def date_words(date: Edtf | None, language: str) -> str:
    """A date in words with its certainty: `21 May 2022`, `about October 2024`, `undated`."""
    say = texts(language).gettext
    if date is None:
        return say("undated")
    if not date.is_interval:
        return _moment_words(date.start, language)
    if date.start is None:
        return say("until %(date)s") % {"date": _moment_words(date.end, language)}
    if date.end is None:
        return say("since %(date)s") % {"date": _moment_words(date.start, language)}
    ends = {"first": _moment_words(date.start, language), "last": _moment_words(date.end, language)}
    return say("%(first)s – %(last)s") % ends


def _moment_words(moment: Moment | None, language: str) -> str:
    if moment is None:
        return ""
    say = texts(language).gettext
    words = {"date": _bare_words(moment, language)}
    if moment.approximate and moment.uncertain:
        return say("perhaps about %(date)s") % words
    if moment.approximate:
        return say("about %(date)s") % words
    return say("perhaps %(date)s") % words if moment.uncertain else words["date"]


def _bare_words(moment: Moment, language: str) -> str:
    if moment.last_year != moment.year:
        span = moment.last_year - moment.year + 1
        return decade_name(moment.year, language) if span == 10 else f"{moment.year}–{moment.last_year}"
    if not 1 <= moment.year <= 9999:
        return str(moment.year)
    if moment.month in SEASONS:
        return _season_words(moment.month, language) % {"year": moment.year}
    return _calendar_words(moment.year, moment.month, moment.day, language)


def _season_words(season: int, language: str) -> str:
    say = texts(language).gettext
    words = {
        21: say("spring %(year)s"), 22: say("summer %(year)s"), 23: say("autumn %(year)s"), 24: say("winter %(year)s"),
    }  # fmt: skip
    return words[season]


def decade_name(year: int, language: str) -> str:
    """The decade of a year, as in `1990s`."""
    return texts(language).gettext("%(decade)ss") % {"decade": f"{year - year % 10:04d}"}


def index_name(kind: str, language: str) -> str:
    """The title of the page that lists all authors, sources, tags, languages, years or titles."""
    say = texts(language).gettext
    names = {
        "authors": say("Authors"), "sources": say("Sources"), "tags": say("Tags"), "languages": say("Languages"),
        "years": say("By date"), "titles": say("All titles"),
    }  # fmt: skip
    return names.get(kind, kind)


def articles_words(count: int, language: str) -> str:
    """A number of articles in words."""
    return texts(language).ngettext("%(count)s article", "%(count)s articles", count) % {
        "count": number(count, language)
    }


@lru_cache(maxsize=20_000)
def _calendar_words(year: int, month: int, day: int, language: str) -> str:
    from datetime import date

    from babel.dates import format_date, format_skeleton

    if not month:
        return str(year) if language.split("-", maxsplit=1)[0] != "ja" else f"{year}年"
    if not day:
        return str(format_skeleton("yMMMM", date(year, month, 1), locale=_locale(language)))
    return str(format_date(date(year, month, day), "long", locale=_locale(language)))


def day_words(year: int, month: int, day: int, language: str) -> str:
    """A day of a year without the year: `21 May`."""
    from datetime import date

    from babel.dates import format_skeleton

    return str(format_skeleton("MMMMd", date(year, month, day), locale=_locale(language)))


def month_words(year: int, month: int, language: str) -> str:
    """A month of a year: `May 2022`."""
    return _calendar_words(year, month, 0, language) if 1 <= year <= 9999 else f"{month_name(month, language)} {year}"


def first_weekday(language: str) -> int:
    """The day a week begins with where most people speak a language, Monday being 0."""
    from babel import Locale
    from babel.core import get_global

    locale = _locale(language)
    if not locale.territory:
        locale = Locale.parse(get_global("likely_subtags").get(locale.language, str(locale)))
    return int(locale.first_week_day)


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


@lru_cache(maxsize=512)
def native_name(language: str) -> str:
    """The name of a language in itself, empty when Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return ""
    name = locale.get_display_name(locale) or ""
    return name[0].upper() + name[1:]


@lru_cache(maxsize=4096)
def number(value: int, language: str) -> str:
    """A whole number with the separators of a language."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_locale(language)))


def date_stated(date: Edtf | None) -> str:
    """A certain year, month or day in the form of ISO 8601 (2022, 2022-05, 2022-05-21), else nothing."""
    if (
        date is None
        or date.is_interval
        or not date.is_certain
        or not re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", date.text[:10])
    ):
        return ""
    return date.text[:10]


def date_iso(date: Edtf | None) -> str:
    """An exact day as YYYY-MM-DD, else nothing: a doubtful date is never given to machines as a fact."""
    return date.text[:10] if date is not None and date.is_day else ""
