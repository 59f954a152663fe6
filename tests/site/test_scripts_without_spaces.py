"""Chinese and Japanese set no spaces between words: what the search is fed has each letter by itself, the page has not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.pages import searched_part
from generator.search.scripts import spaced

LETTERS = st.text("文字のカ。aB1 <>\"'&;=/　𠀀é", max_size=40)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>文字です。</p>", "<p>文 字 で す 。 </p>"),
        ("<h1>Unicode正規化!</h1>", "<h1>Unicode 正 規 化!</h1>"),
        ("<p>文<em>字</em></p>", "<p>文 <em>字 </em></p>"),
        ('<span data-value="文字">x</span>', '<span data-value="文字">x</span>'),
        ("<p>Nothing dense — at all.</p>", "<p>Nothing dense — at all.</p>"),
        ("<p>한국어 단어</p>", "<p>한국어 단어</p>"),
        ("<p>𠀀𠀁</p>", "<p>𠀀 𠀁 </p>"),
    ],
)
def test_letters_stand_apart_in_texts_and_nowhere_else(html: str, wanted: str) -> None:
    assert spaced(html) == wanted


@given(LETTERS)
def test_nothing_but_spaces_is_added(text: str) -> None:
    assert re.sub(r"\s", "", spaced(text)) == re.sub(r"\s", "", text)


@given(LETTERS, LETTERS)
def test_elements_stay_as_they_are(before: str, after: str) -> None:
    plain = [re.sub("[<>]", "", text) for text in (before, after)]
    assert re.findall("<[^<>]*>", spaced(f"{plain[0]}<b title='文字'>{plain[1]}</b>")) == ["<b title='文字'>", "</b>"]


def test_the_search_is_fed_spaced_letters() -> None:
    page = "<html><body><article data-pagefind-body><h1>文字</h1><p>字と文</p></article></body></html>"
    assert "<p>字 と 文 </p>" in searched_part(page)


def test_the_same_letters_are_dense_in_the_browser() -> None:
    from generator.search.scripts import DENSE
    from generator.site.templates import bundled_templates

    script = (bundled_templates() / "assets" / "search-scripts.js").read_text("utf-8")
    written = re.search(r'DENSE = "([^"]*)"', script)[1]
    as_python = re.sub(r"\\\\u\{(\w+)\}|\\\\u(\w{4})", lambda match: chr(int(match[1] or match[2], 16)), written)
    assert as_python == DENSE
