"""What holds for every page: it is accounted for, its text is shown as it is, and nothing of it runs."""

import html
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.captures import receive
from generator.conversion import convert
from generator.conversion.web_page.blocks import blocks_of
from generator.conversion.web_page.parsing import parsed
from generator.model.articles import Conversion
from generator.model.captures import Capture, Format
from generator.model.ledger import Label, Ledger
from generator.problems import Refusal

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
TAGS = [
    *("div", "p", "span", "b", "i", "a", "ul", "ol", "li", "table", "tr", "td", "th", "h1", "h2", "h3", "blockquote"),
    *("pre", "code", "figure", "figcaption", "img", "br", "script", "style", "em", "strong", "section", "article"),
    *("nav", "footer", "aside", "dl", "dt", "dd", "sup", "sub", "del", "form", "button", "title", "meta"),
]


def converted(text: str) -> tuple[Conversion, Ledger]:
    return convert(Capture("seeds/page.html", "0" * 64, Format.HTML, "utf-8", text))


def rendered(markdown: str) -> str:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render(markdown)


def assert_accounted_for(ledger: Ledger, line_count: int) -> None:
    """Lines: each in an entry, in order, shared only by blocks with text on them. Blocks: each with its own node."""
    covered = 0
    for entry in ledger.entries:
        assert 1 <= entry.first <= entry.last <= line_count
        assert entry.first <= covered + 1, f"line {covered + 1} is in no entry"
        if entry.label is Label.BLANK:
            assert entry.first == covered + 1, "a run without text overlaps a block"
        covered = max(covered, entry.last)
    assert covered == line_count
    nodes = [entry.node for entry in ledger.entries if entry.label is not Label.BLANK]
    assert len(nodes) == len(set(nodes))
    assert all(entry.reason and entry.rule for entry in ledger.entries)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_and_every_block_is_in_the_ledger(page: Path) -> None:
    capture = receive(f"seeds/{page.name}", page.read_bytes())
    _, ledger = convert(capture)
    assert_accounted_for(ledger, len(capture.lines))
    blocks = blocks_of(parsed(capture.text), len(capture.lines))
    assert sorted(e.text for e in ledger.entries if e.node not in ("", "head/title")) == sorted(
        block.text or "a picture" for block in blocks
    )


WORDS = st.text(st.sampled_from("abc xyz*_`#>[]()!|~\\&<;=+-1.\"'\u00e9\u4e2d:/\n"), max_size=30)


@st.composite
def soup(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(st.sampled_from(TAGS), st.integers(0, 3), WORDS), max_size=25))
    text = ""
    for tag, kind, words in parts:
        text += html.escape(words) if kind else words
        text += f"<{tag} class='{words[:3] if kind else 'body'}'>" if kind < 2 else f"</{tag}>" if kind == 2 else "\n"
    return text


@given(soup())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_tag_soup_never_fails_and_is_accounted_for(text: str) -> None:
    try:
        conversion, ledger = converted(text)
    except Refusal:
        return
    assert_accounted_for(ledger, max(1, len(text.removesuffix("\n").split("\n"))))
    assert conversion.fields.title
    assert "<script" not in rendered(conversion.body)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60),
        min_size=3,
        max_size=6,
    )
)
@settings(max_examples=150)
def test_text_shows_exactly_as_it_stood(texts: list[str]) -> None:
    lead = "Every paragraph of this page begins with the same twelve plain words, and then"
    paragraphs = [f"{lead} {number} {text}" for number, text in enumerate(texts)]
    page = (
        "<h1>A title of its own</h1><article>" + "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs) + "</article>"
    )
    conversion, _ = converted(page)
    shown = html.unescape(rendered(conversion.body).replace("<p>", "").replace("</p>", ""))
    for paragraph in paragraphs:
        assert " ".join(paragraph.split()) in " ".join(shown.split())


MARKED = "<b>bo*ld</b>x<i>it_al</i><b>more</b> <code>a`b|c</code> <a href='https://x.example/a_(b)*'>li[n]k!</a><s>gone~</s>!<a href='/rel'>r</a>"


def test_marked_up_text_shows_exactly_as_it_stood() -> None:
    page = (
        f"<h1>A title of its own</h1><p>These are words enough to make a paragraph of the article: {MARKED} and more of it.</p>"
        * 3
    )
    conversion, _ = converted(page.replace("</p>", " again.</p>", 1))
    shown = html.unescape(re.sub(r"<[^>]+>", "", rendered(conversion.body)))
    assert "bo*ldxit_almore a`b|c li[n]k!gone~!r and more of it." in shown


DEEP = 100_000
HOSTILE = {
    "deep divs": "<p>start words</p>"
    + "<div>" * DEEP
    + "<p>deep words in the middle</p>"
    + "</div>" * DEEP
    + "<p>end words</p>",
    "deep inline": "<b><i>" * DEEP + "end words",
    "deep lists": "<ul><li>item " * 5_000 + "end words",
    "deep quotations": "<blockquote>" * 5_000 + "end words",
    "deep tables": "<table><tr><td>" * 5_000 + "end words",
    "huge attribute": f"<p title='{'x' * 12_000_000}'>end words</p>",
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">end words</p>",
    "many attributes behind a quote": '<p a="< >" ' + " ".join(f"a{n}=1" for n in range(200_000)) + ">end words</p>",
    "huge text": "<p>" + "word " * 2_000_000 + "end words</p>",
    "many paragraphs": "<p>x</p>\n" * 20_000 + "<p>end words</p>",
    "many links": "<a href=/>x</a> " * 10_000 + "end words",
    "many breaks": "x<br>" * 20_000 + "end words",
    "wide table": "<table><tr>"
    + "<td>c</td>" * 5_000
    + "</tr><tr><td colspan=999999 rowspan=999999>end words</td></tr></table>",
    "billion entities": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;&b; end words</p>',
    "unclosed quotes": '<a b="' * 100_000 + '"><p>end words</p>',
    "unclosed comment": "<p>end words</p><!-- " + "<p>" * 100_000,
    "nul and surrogate": "<p>\x00\ud800 end words</p>",
    "deep json": "<script type='application/ld+json'>" + "[" * 500_000 + "</script><p>end words</p>",
    "brackets": "<p>" + "[" * 50_000 + " end words</p><p>" + "<b>*</b>" * 5_000 + "</p>",
    "xml declaration": '<?xml version="1.0" encoding="utf-16"?><html><p>end words</p></html>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_bounded_time_and_lose_no_text(name: str) -> None:
    start = time.process_time()
    conversion, ledger = converted(HOSTILE[name])
    assert time.process_time() - start < 20
    assert_accounted_for(ledger, max(1, len(HOSTILE[name].removesuffix("\n").split("\n"))))
    assert any("end words" in entry.text for entry in ledger.entries)
    assert conversion.fields.title


def test_nothing_of_a_page_runs() -> None:
    page = """<h1>A page that means harm</h1><p onclick="alert(1)">These words are here to be read as a paragraph of the text,
    <a href="javascript:alert(1)">here</a>, <a href="data:text/html,x">there</a>, <a href=" java\tscript:x">everywhere</a>.</p>
    <p>Another paragraph of the text holds <img src="javascript:alert(2)" alt="harm"> and &lt;script&gt;alert(3)&lt;/script&gt; as words.</p>
    <iframe src="https://evil.example/"></iframe><form action="https://evil.example/"><input value="secret"></form>
    <object data="x.swf"></object><svg onload="alert(4)"><text>drawn</text></svg><style>p{background:url(javascript:1)}</style>
    <p>The last paragraph of the text is as harmless as it can be, <a href="//cdn.example/x">apart from this link</a>.</p>"""
    conversion, _ = converted(page)
    shown = rendered(conversion.body)
    assert "here, there, everywhere." in shown
    assert "&lt;script&gt;alert(3)&lt;/script&gt;" in shown
    for harm in (
        "javascript:",
        "data:",
        "<script",
        "<iframe",
        "<form",
        "<svg",
        "onclick",
        "background",
        "evil.example",
    ):
        assert harm not in shown
