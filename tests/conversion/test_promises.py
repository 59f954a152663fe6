"""Nothing is lost: each line of a capture stands in its ledger once, and what is kept is on the page verbatim."""

import hashlib
import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.captures import receive
from generator.conversion import convert
from generator.model.articles import Conversion
from generator.model.captures import Capture, Format
from generator.model.ledger import Destination, Label, Ledger
from generator.problems import Refusal

RENDERER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
LINES = [
    *("", "", "", "close", "Share", "Advertisement", "Night ferry to Brackwater", "NIGHT FERRY TO BRACKWATER"),
    *(
        "By Imogen Starling",
        "21 May 2022",
        "Read more: The last bus",
        "Related stories",
        "12 comments",
        "About the author",
    ),
    *(
        "What you need to know: the ferry runs late.",
        "-Neighbours ask for silence.",
        "• one",
        "• two",
        "1. first",
        "2. second",
    ),
    *("Photo: Oda Fjeld/Reuters", "Ferry Aurora", "A quiet harbour", "* * *", "---", "> quoted", "# hash", "| a | b |"),
    *(
        "    indented",
        "\ttabbed",
        "a * b * c _d_ `e` <b> &amp; [x](y)",
        "\u2028",
        "\ufeff",
        "\u00a0",
        "Q: Why?",
        "A: Because.",
    ),
    "The ferry leaves at ten in the evening, and the people of the quay hear its engines until well after midnight.",
    "“We hear every engine,” said Oda Fjeld of the Institute for Quiet Towns, “and we count them, night after night.”",
    "The word-wrapped line of a mail that ends here because there was no room left",
    "for the next word of it, which stands below.",
    "夜の十時にフェリーが出港する。住民はエンジンの騒音について苦情を言っている。",
    "تغادر العبارة في العاشرة مساء ويشتكي السكان من ضجيج المحركات كل ليلة.",
]
messy = st.lists(st.sampled_from(LINES) | st.text(max_size=40), max_size=40).map("\n".join)


def capture_of(text: str, format_: Format = Format.PLAIN_TEXT) -> Capture:
    return Capture("seeds/x.txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), format_, "utf-8", text)


def converted(capture: Capture) -> tuple[Conversion, Ledger] | None:
    """The conversion; none where every line is interface text, which is refused."""
    try:
        return convert(capture)
    except Refusal as refused:
        assert "holds nothing of an article" in str(refused) or "blocks; captures of up to" in str(refused)
        return None


def check_ledger(capture: Capture, ledger: Ledger) -> None:
    numbers = [number for entry in ledger.entries for number in range(entry.first, entry.last + 1)]
    assert numbers == list(range(1, len(capture.lines) + 1))
    for entry in ledger.entries:
        assert entry.reason
        assert entry.rule
        if entry.label is not Label.BLANK:
            assert entry.text == "\n".join(capture.lines[entry.first - 1 : entry.last])
        assert (entry.destination is Destination.FRONT_MATTER) <= bool(entry.key)


def visible(body: str) -> str:
    rendered = RENDERER.render(body)
    rendered = re.sub(r'<img src="[^"]*" alt="([^"]*)"[^<>]*>', r" \1 ", rendered)
    return squeezed(html.unescape(re.sub(r"<[^<>]*>", " ", rendered)))


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(messy)
def test_each_line_is_in_the_ledger_once_and_kept_text_is_on_the_page(text: str) -> None:
    try:
        capture = receive("seeds/x.txt", text.encode("utf-8", "replace"))
    except Refusal:
        return
    result = converted(capture) if capture.format is Format.PLAIN_TEXT else None
    if result is None:
        return
    conversion, ledger = result
    check_ledger(capture, ledger)
    page = visible(conversion.body)
    place = 0
    for entry in ledger.entries:
        if entry.destination is Destination.ARTICLE and entry.label in (Label.PARAGRAPH, Label.HEADING, Label.CAPTION):
            found = page.find(squeezed(entry.text), place)
            assert found >= 0, (entry, conversion.body)
            place = found + len(squeezed(entry.text))


@settings(max_examples=300, deadline=None)
@given(messy)
def test_markdown_too(text: str) -> None:
    try:
        capture = receive("seeds/x.md", text.encode("utf-8", "replace"))
    except Refusal:
        return
    result = converted(capture)
    if result is None:
        return
    conversion, ledger = result
    check_ledger(capture, ledger)
    kept = [entry.text for entry in ledger.entries if entry.destination is Destination.ARTICLE]
    assert squeezed(conversion.body) == squeezed("".join(kept))


@settings(max_examples=100, deadline=None)
@given(messy)
def test_conversion_is_the_same_every_time(text: str) -> None:
    capture = capture_of(text)
    assert converted(capture) == converted(capture)


FRONT_MATTERS = [
    "---\ntitle: A\n---",
    "---\ntitle: A\n---\n",
    "---\n\ntitle: A\nauthor:\n  - B\n  - C\n\n# note\n\ndate: 2022\n---\n\n\n# A\n\nText\n",
    "+++\ntitle = 'A'\n[taxonomies]\ntags = ['b']\n[extra]\nauthor = 'C'\n+++\nText",
    "Title: A\nDate: 2022-05-21 10:00\n\nText",
    "Title: A\nDate: 2022-05-21 10:00",
    "---\n---\nText",
    "# A\n\n```\n# no heading\n\n```\n\nText\n",
    "A\n=\nText\n---\nmore",
]


@pytest.mark.parametrize("text", FRONT_MATTERS)
def test_front_matter_lines_are_in_the_ledger(text: str) -> None:
    capture = receive("seeds/x.md", text.encode())
    _, ledger = convert(capture)
    check_ledger(capture, ledger)


WORDS = "The ferry leaves at ten in the evening and the people of the quay hear its engines until midnight"
HOSTILE = {
    "one long line": "a b " * 500_000,
    "one long word": "x" * 2_000_000,
    "a million lines": "x\n" * 1_000_000,
    "a wrapped page without end": ("word " * 14 + "\n") * 20_000,
    "brackets": "[" * 200_000 + "](" * 200_000,
    "asterisks": "*a" * 200_000,
    "backticks": "`" * 500_000,
    "spaces": " " * 1_000_000 + "x",
    "quotes": "> " * 200_000,
    "capitals": "AAAA " * 20 + "/" + " BBBB" * 20,
    "repeated headline": "A headline that is repeated\n\n" * 10_000,
    "pairs of lines": "\n\n".join(f"{WORDS} {number % 5_000}" for number in range(10_000)),
    "key points": "Summary: the ferry runs late.\n\n" * 10_000,
    "other articles": "Related stories\n\n" + "Harbour tolls rise again today\n\n" * 10_000,
    "captions": f"{WORDS}.\n\n" + "The quay. (Photo: Oda Fjeld)\n\n" * 10_000,
    "bylines": "By Imogen Starling\n\n" * 10_000,
    "paragraphs": f"{WORDS}.\n\n" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_is_bounded(name: str) -> None:
    capture = capture_of(HOSTILE[name])
    started = time.process_time()
    result = converted(capture)
    assert time.process_time() - started < 20
    if result is not None:
        assert sum(entry.last - entry.first + 1 for entry in result[1].entries) == len(capture.lines)
