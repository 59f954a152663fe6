"""The word lists are data that every reader relies on: complete, folded, and without an entry that matches everything."""

from dataclasses import fields

import pytest

from generator.conversion.words import LANGUAGES, Words, all_words, bare, everywhere, fold, given_names, shared, words

LISTS = [field.name for field in fields(Words) if field.name not in ("language", "months", "seasons", "weekdays")]
MAY_BE_EMPTY = {"articles", "told_to", "attribution_starts", "common_words", "byline_ends"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_list(language: str) -> None:
    lists = words(language)
    assert len(lists.months) == 12
    assert len(lists.weekdays) == 7
    assert len(lists.seasons) == 4
    assert all(lists.months)
    for name in LISTS:
        assert getattr(lists, name) or name in MAY_BE_EMPTY, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_folded_and_says_something(language: str, name: str) -> None:
    for entry in getattr(words(language), name):
        assert entry == fold(entry)
        assert entry.strip()


def test_no_line_is_furniture_in_one_list_and_a_heading_in_another() -> None:
    for lists in all_words():
        assert not lists.interface & set(lists.key_point_headings), lists.language
        assert not lists.interface & set(lists.author_note_headings), lists.language


def test_a_region_has_the_words_of_its_language() -> None:
    assert words("de-AT") is not None
    assert words("de-AT").months == words("de").months
    assert words("xx") == Words("xx")


def test_months_of_all_languages_agree() -> None:
    seen: dict[str, int] = {}
    for lists in all_words():
        for number, names in enumerate(lists.months, start=1):
            for name in names:
                assert seen.setdefault(bare(name), number) == number, name


def test_longest_entries_come_first() -> None:
    entries = everywhere("byline_starts")
    assert [len(entry) for entry in entries] == sorted((len(entry) for entry in entries), reverse=True)


@pytest.mark.parametrize("script", ["latin", "cyrillic", "greek", "arabic"])
def test_given_names_are_single_words(script: str) -> None:
    names = given_names(script)
    assert len(names) > 80
    assert all(name.replace("-", "").replace("'", "").isalpha() for name in names)


def test_shared_lists_are_folded() -> None:
    assert "van" in shared("particles")
    assert all(entry == fold(entry) for entry in shared("openers") | shared("offices") | shared("weak_leads"))
