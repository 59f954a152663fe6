"""The interface in eight languages: every word is there, every placeholder is kept, and an article keeps its own language."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import catalogue_file, languages, texts
from generator.locale.gather import messages, written
from generator.model.dates import edtf
from generator.site.collation import initial, sort_key, without_article
from generator.site.words import date_words, direction, native_name

REPOSITORY = Path(__file__).parent.parent.parent
EIGHT = ("en", "ar", "de", "el", "es", "fr", "ja", "uk")
TRANSLATED = EIGHT[1:]
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
_SCRIPTS = {
    "ar": r"[\u0600-\u06ff]",
    "el": r"[\u0370-\u03ff]",
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff]",
    "uk": r"[\u0400-\u04ff]",
}


@pytest.fixture(scope="module")
def wanted():
    return messages(REPOSITORY / "templates", REPOSITORY / "generator" / "site")


def catalogue_of(language: str):
    with catalogue_file(language).open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def forms(text) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def test_there_are_words_for_eight_languages() -> None:
    assert languages() == EIGHT


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_interface_is_translated_and_no_other(language: str, wanted) -> None:
    """A new word in a template or module belongs into all catalogues: python -m generator.locale.gather lists it there."""
    held = {message.id: message.string for message in catalogue_of(language) if message.id}
    ids = {message.id for message in wanted if message.id}
    assert {words for words in ids if not all(forms(held.get(words, "")))} == set()
    assert set(held) - ids == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_kept(language: str) -> None:
    catalogue = catalogue_of(language)
    for message in catalogue:
        if not message.id:
            continue
        needed = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for form, text in enumerate(forms(message.string)):
            found = set(PLACEHOLDER.findall(text))
            # Arabic says none, one and two by the word itself.
            spares_number = language == "ar" and isinstance(message.id, tuple) and form < 3
            assert needed - found <= ({"%(count)s", "{n}"} if spares_number else set()), (message.id, text)
            assert found <= needed, (message.id, text)
            assert "%" not in PLACEHOLDER.sub("", text)
            # Templates take translations for markup: they stand inside attributes too.
            assert not set(text) & set('<>&"'), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_spaces_around_words_and_use_their_script(language: str) -> None:
    joints = {" and ", ", "}
    for message in catalogue_of(language):
        if message.id and message.id not in joints:
            for text in forms(message.string):
                assert text == text.strip(" ") or text.startswith((" ", "·")), text
                script = _SCRIPTS.get(language)
                if script and re.search(r"[a-z]{4}", PLACEHOLDER.sub("", forms(message.id)[0])):
                    assert re.search(script, text), (message.id, text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_written_in_one_form(language: str) -> None:
    assert written(catalogue_of(language)) == catalogue_file(language).read_bytes()


def test_a_region_has_the_words_of_its_language_and_an_unknown_language_english_ones() -> None:
    assert texts("de-AT").gettext("undated") == "undatiert"
    assert texts("fa").gettext("undated") == "undated"
    assert texts("../../etc").gettext("undated") == "undated"


@pytest.mark.parametrize(
    ("language", "count", "wanted"),
    [("uk", 1, "1 стаття"), ("uk", 3, "3 статті"), ("uk", 11, "11 статей"), ("uk", 22, "22 статті"), ("ar", 2, "مقالتان"), ("ar", 3, "3 مقالات"), ("fr", 0, "0\xa0article"), ("ja", 5, "記事5件"), ("de", 1000, "1.000 Artikel")],
)  # fmt: skip
def test_numbers_have_their_plural_forms(language: str, count: int, wanted: str) -> None:
    from generator.site.words import articles_words

    assert articles_words(count, language) == wanted


@pytest.mark.parametrize(
    ("language", "date", "wanted"),
    [("de", "2024-10~", "etwa Oktober 2024"), ("fr", "2022?", "peut-être 2022"), ("es", "201X", "década de 2010"), ("ja", "2024-10~", "2024年10月頃"), ("el", "1985/..", "από 1985"), ("uk", "2022-05-21", "21 травня 2022\u202fр."), ("ar", "2022%", "ربما نحو 2022")],
)  # fmt: skip
def test_dates_and_their_doubts_are_said_in_the_language(language: str, date: str, wanted: str) -> None:
    assert date_words(edtf(date), language) == wanted


@pytest.mark.parametrize("language", EIGHT)
def test_the_interface_speaks_the_language_of_the_archive(language: str, archive) -> None:
    archive.settings(archive=f'name = "Archive"\nlanguage = "{language}"').article(
        "a", "language: de", "date: 2024-10~", "tags: [x]"
    ).build()
    home, article = archive.page("index.html"), archive.page("2024/a/index.html")
    assert f'<html lang="{language}" dir="{direction(language)}"' in home
    assert '<html lang="de" dir="ltr"' in article
    assert texts(language).gettext("Newest") in home
    assert texts(language).gettext("Cite") in article
    assert date_words(edtf("2024-10~"), language) in article
    assert not archive.problems


def test_english_words_are_not_left_over(archive) -> None:
    """No English word of the interface stands on a page of a Ukrainian archive."""
    archive.settings(archive='name = "Архів"\nlanguage = "uk"').article(
        "a", "title: Пором", "date: 2022-05-21", "author: Ірина", "tags: [море]", "slug: a", body="Слова."
    ).build()
    for path in (
        "index.html",
        "search/index.html",
        "2022/a/index.html",
        "2022/index.html",
        "authors/index.html",
        "404.html",
        "years/index.html",
    ):
        text = re.sub(
            r"<(script|style)\b.*?</\1>|<[^>]*>",
            " ",
            archive.page(path).partition("<body")[2].partition(">")[2],
            flags=re.S,
        )
        words = set(re.findall(r"[A-Za-z]{3,}", text))
        assert words <= {
            "Pressmark",
            "JavaScript",
            "BibTeX",
            "RIS",
            "CSL",
            "JSON",
            "Markdown",
            "SHA",
            "Chicago",
            "APA",
            "Wikipedia",
            "Esc",
            "cite",
            "news",
            "title",
            "work",
            "date",
            "language",
            "last",
            "first",
            "author",
            "via",
            "url",
            "May",
            "nbsp",
            "CSV",
            "Atom",
            "Alt",
        }, (path, words)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["9 lives", "10 lives", "Ägypten", "apple", "Émile", "Zoë", "Яр"]),
        ("es", ["Nube", "Ñandú", "Obra"]),
        ("uk", ["Гора", "Ґанок", "Ель", "Єва", "Зебра", "Іній", "Їжак", "Юра", "Яр", "Alpha"]),
        ("el", ["Άλφα", "Βήτα", "Γάμμα", "Ωμέγα", "Alpha"]),
        ("ja", ["あさ", "いぬ", "かき", "ガス", "カメラ", "東京", "Tokyo"]),
        ("ar", ["أحمد", "إيمان", "باسم", "ياسر", "Ahmed"]),
    ],
)
def test_names_stand_in_the_order_of_the_language(language: str, names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=lambda name: sort_key(name, language)) == names


@given(st.text(st.characters(max_codepoint=0x17F), max_size=12), st.sampled_from(["en", "de", "fr"]))
def test_the_short_way_for_ascii_names_sorts_as_the_long_one(name: str, language: str) -> None:
    ascii_name = name.encode("ascii", "ignore").decode()
    assert sort_key(ascii_name, language) == sort_key(ascii_name + "\u0301", language)


def test_initials_and_articles() -> None:
    assert [initial(name, "en") for name in ("Émile", "9 lives", "“Quoted”", "!", "ßa")] == ["E", "#", "Q", "#", "S"]
    assert (initial("Ñandú", "es"), initial("Ñandú", "en"), initial("ґанок", "uk"), initial("がっこう", "ja")) == (
        "Ñ",
        "N",
        "Ґ",
        "か",
    )
    assert without_article("The Guardian", "de") == "Guardian"
    assert without_article("Die Zeit", "de") == "Zeit"
    assert without_article("Die Hard", "en") == "Die Hard"


def test_languages_have_their_own_names() -> None:
    assert (native_name("de"), native_name("uk"), native_name("ja"), native_name("xx-nonsense")) == (
        "Deutsch",
        "Українська",
        "日本語",
        "",
    )
