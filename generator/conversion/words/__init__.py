"""Word lists: what news pages write around an article, in the languages that are read first-class.

The lists are data, one TOML file a language, each with a header that says where its facts come from. Every entry is
folded here (`fold`), so readers compare folded text with folded words. Nothing is loaded before it is asked for.
"""

import tomllib
import unicodedata
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "uk", "el", "ja", "ar")
"""The languages with a word list of their own, BCP 47."""

_FOLDER = Path(__file__).parent
_TYPOGRAPHY = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "ـ": ""}


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of one language, all folded.

    `…_starts` are the beginnings of lines, the rest are whole lines or words; `months` holds twelve, `seasons`
    four (from spring) and `weekdays` seven tuples (from Monday) of names, short names and inflected forms.
    """

    language: str
    interface: frozenset[str] = frozenset()
    interface_starts: tuple[str, ...] = ()
    advertisement: tuple[str, ...] = ()
    newsletter: tuple[str, ...] = ()
    cookie: tuple[str, ...] = ()
    paywall: tuple[str, ...] = ()
    related_starts: tuple[str, ...] = ()
    comment_starts: tuple[str, ...] = ()
    key_point_headings: tuple[str, ...] = ()
    author_note_headings: tuple[str, ...] = ()
    credit_starts: tuple[str, ...] = ()
    caption_starts: tuple[str, ...] = ()
    notice_starts: tuple[str, ...] = ()
    press_release: tuple[str, ...] = ()
    byline_starts: tuple[str, ...] = ()
    byline_ends: tuple[str, ...] = ()
    photo_starts: tuple[str, ...] = ()
    told_to: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    date_fillers: frozenset[str] = frozenset()
    event_words: frozenset[str] = frozenset()
    since: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    part_of_month: tuple[str, ...] = ()
    months: tuple[tuple[str, ...], ...] = ()
    seasons: tuple[tuple[str, ...], ...] = ()
    weekdays: tuple[tuple[str, ...], ...] = ()
    reporting_verbs: frozenset[str] = frozenset()
    attribution_starts: tuple[str, ...] = ()
    attribution_nouns: frozenset[str] = frozenset()
    organisation_words: frozenset[str] = frozenset()
    generic_bodies: frozenset[str] = frozenset()
    common_words: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    note_verbs: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Text for comparing: case-folded, typographic signs made plain, white space single."""
    if text.isascii():
        return " ".join(text.replace("`", "'").casefold().split())
    text = unicodedata.normalize("NFC", text)
    for sign, plain in _TYPOGRAPHY.items():  # four times as fast as str.translate
        text = text.replace(sign, plain)
    return " ".join(text.casefold().split())


def bare(text: str) -> str:
    """Folded text without accents: names of months and people are written with and without them."""
    folded = fold(text)
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFD", folded)
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


@cache
def words(language: str) -> Words:
    """The word lists of a language (`de` and `de-AT` alike); a language without a file has empty ones."""
    primary = language.partition("-")[0].lower()
    if primary not in LANGUAGES:
        return Words(primary)
    with (_FOLDER / f"{primary}.toml").open("rb") as file:
        lists = tomllib.load(file)
    kinds = {field.name: str(field.type) for field in fields(Words)}
    typed: dict[str, Any] = {name: _typed(kinds[name], value) for name, value in lists.items()}
    return Words(primary, **typed)


@cache
def all_words() -> tuple[Words, ...]:
    """The word lists of every language, in the order of LANGUAGES."""
    return tuple(words(language) for language in LANGUAGES)


@cache
def calendar_words(name: str) -> frozenset[str]:
    """The names of all `months` or `weekdays` in all languages."""
    return frozenset(word for lists in all_words() for words_of_one in getattr(lists, name) for word in words_of_one)


@cache
def shared(name: str) -> frozenset[str]:
    """A list that holds for several languages at once (`shared.toml`), folded."""
    entries = _shared_lists()[name]
    return frozenset(map(fold, entries.split() if isinstance(entries, str) else entries))


@cache
def _shared_lists() -> dict[str, str | list[str]]:
    with (_FOLDER / "shared.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def given_names(script: str) -> tuple[str, ...]:
    """The listed given names of a script (`latin`, `cyrillic`, `greek`, `arabic`), in small letters."""
    with (_FOLDER / "given_names.toml").open("rb") as file:
        return tuple(tomllib.load(file)[script].split())


@cache
def everywhere(name: str) -> tuple[str, ...]:
    """The entries of one list in all languages, the longest first, so that the longest match is found first."""
    entries = {entry for lists in all_words() for entry in getattr(lists, name)}
    return tuple(sorted(entries, key=lambda entry: (-len(entry), entry)))


def _typed(kind: str, value: list[str] | list[list[str]]) -> object:
    folded = [tuple(map(fold, item)) if isinstance(item, list) else fold(item) for item in value]
    return frozenset(folded) if kind.startswith("frozenset") else tuple(folded)
