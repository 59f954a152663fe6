"""Literal text stays literal: what is written as Markdown renders to exactly the characters it was made from."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.conversion import markdown_text as markdown

RENDERER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
PIECES = [
    *"ab1 *_#-+>=<&|`~[]()!\\.:^{}/\t\u00a0\u2028é\"'",
    *("amp;", "http://", "---", "](", "&amp;", "```", "~~", "**", "__", "<b>", "#35;", "{{ x }}", "{% y %}", "10) "),
]
hostile = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def visible(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", markup)).split())


def plain(text: str) -> str:
    return " ".join(text.split())


@given(hostile)
def test_a_paragraph_is_one_paragraph_with_the_same_characters(text: str) -> None:
    rendered = RENDERER.render(markdown.paragraph(text))
    assert visible(rendered) == plain(text)
    assert rendered.startswith("<p>") or not plain(text)


@given(hostile)
def test_a_heading(text: str) -> None:
    rendered = RENDERER.render(markdown.heading(text, 3))
    assert rendered.startswith("<h3>")
    assert visible(rendered) == plain(text)


@given(st.lists(hostile, min_size=2, max_size=3))
def test_lists_quotations_and_verse(texts: list[str]) -> None:
    everything = plain(" ".join(texts))
    for written in (
        markdown.bullets(texts),
        markdown.numbered(texts, 7),
        markdown.quotation(texts),
        markdown.verse(texts),
    ):
        assert visible(RENDERER.render(written)) == everything


@given(st.lists(st.lists(hostile, min_size=2, max_size=2), min_size=2, max_size=3))
def test_a_table(rows: list[list[str]]) -> None:
    rendered = RENDERER.render(markdown.table(rows))
    assert "<table>" in rendered
    assert visible(rendered) == plain(" ".join(" ".join(row) for row in rows))


@given(hostile)
def test_a_caption(text: str) -> None:
    found = re.fullmatch(r'<p><img src="" alt="([^"]*)" ?/></p>\n', RENDERER.render(markdown.caption(text)))
    assert found
    assert plain(html.unescape(found[1])) == plain(text)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), min_size=1, max_size=4))
def test_code_is_verbatim(lines: list[str]) -> None:
    rendered = RENDERER.render(markdown.code(lines))
    assert html.unescape(rendered) == "<pre><code>" + "\n".join(lines) + "\n</code></pre>\n"


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_text_at_all(text: str) -> None:
    text = text.replace("\x00", "").replace("\n", " ").replace("\r", " ")
    assert visible(RENDERER.render(markdown.paragraph(text))) == plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "The file my_long_name.txt has 3 * 4 bytes, costs 5 $ & is #1 of 2 ~ or so.",
        "He said [sic] that C# and a_b are {{ fine }} (see http://example.org/a_b?c=d&e=f).",
        "Prices rose - by 3 % - in May; x < 5 and y > 7.",
        "12 monkeys. 1.5 litres. +49 30 123. -5 degrees.",
        "One *asterisk only.",
        "A | B",
    ],
)
def test_text_that_no_markup_can_come_of_is_left_as_it_is(text: str) -> None:
    assert markdown.paragraph(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# not a heading", "\\# not a heading"),
        ("1. not a list", "1\\. not a list"),
        ("- not a list", "\\- not a list"),
        ("> not a quotation", "\\> not a quotation"),
        ("---", "\\---"),
        ("*so* it says", "\\*so\\* it says"),
        ("<script>", "\\<script>"),
        ("&amp;", "\\&amp;"),
        ("[x](y)", "[x\\](y)"),
        ("E = mc^[2]", "E = mc^\\[2]"),
        ("[x]: y", "\\[x]: y"),
        ("~~~ no fence", "\\~~~ no fence"),
        ("    no code", "no code"),
    ],
)
def test_what_would_be_markup_is_escaped_once(text: str, written: str) -> None:
    assert markdown.paragraph(text) == written
