"""Markdown becomes HTML: nothing of a text runs, nothing of it is lost, and no picture comes from another host."""

import html
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.markdown import is_safe_address, render_text
from generator.site.views import HeldLink

SAFE = {
    "a", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre",
    "s", "section", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


class Elements(HTMLParser):
    """Collects what a browser would make of a piece of HTML: elements with attributes, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data) -> None:
        self.text += data

    def all(self, tag: str, attribute: str) -> list[str]:
        return [values[attribute] for name, values in self.found if name == tag and attribute in values]


def shown(markdown: str, *links: HeldLink) -> Elements:
    return Elements(render_text(markdown, links).html)


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "<svg/onload=alert(1)>", "<iframe src='https://e.example'>",
        "<style>*{display:none}</style>", "<form action='https://e.example'>", "<!-- comment -->", "<b>bold</b>", "<a href='https://e.example'>a</a>",
        "<details open ontoggle=alert(1)>", "</div></main><h1>", "<![CDATA[x]]>", "<?php x ?>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<base href=//e.example>",
    ],
)  # fmt: skip
def test_raw_html_is_shown_as_text(raw: str) -> None:
    for markdown in (raw, f"words {raw} words", f"> {raw}", f"# {raw}", f"- {raw}", f"| a |\n| - |\n| {raw} |"):
        elements = shown(markdown)
        assert {tag for tag, _ in elements.found} <= SAFE
        assert html.unescape(raw) in elements.text
    assert raw in shown(f"`` {raw} ``").text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "&#106;avascript:alert(1)", "\x01javascript:alert(1)",
        "javascript&colon;alert(1)", "vbscript:x", "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=alert(1)>",
        "file:///etc/passwd", "blob:x", "about:blank", "ftp://e.example/",
    ],
)  # fmt: skip
def test_a_link_with_an_unsafe_scheme_is_no_link(address: str) -> None:
    for markdown in (
        f"[words](<{address}>)",
        f"[words]({address})",
        f"<{address}>",
        f"[words]\n\n[words]: <{address}>",
        f"![words](<{address}>)",
    ):
        for tag, values in shown(markdown).found:
            assert tag not in ("a", "img") or not re.match(
                r"\s*(javascript|vbscript|data|file|blob|about|ftp)\b", values.get("href", ""), re.I
            )
            assert "src" not in values


@given(st.text(alphabet=st.sampled_from("javscriptdatehlmo:/\\&#;\t\n\x00\x01 %3aA@?.")))
def test_an_address_that_is_let_through_has_a_safe_scheme_in_every_browser(address: str) -> None:
    # A browser strips C0 controls and spaces from both ends, and tabs and line ends everywhere (WHATWG URL).
    if is_safe_address(address):
        read = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33))))).lower()
        assert not read.startswith(("javascript:", "data:", "vbscript:"))


def test_links_to_other_hosts_are_not_vouched_for() -> None:
    (values,) = [
        values for tag, values in shown('[words](https://e.example/?a=1&b="2" "A <title>")').found if tag == "a"
    ]
    assert values["rel"] == "nofollow noopener"
    assert values["href"].startswith("https://e.example/?a=1&b=")
    assert values["title"] == "A <title>"


def test_a_picture_from_another_host_becomes_a_link() -> None:
    for markdown in (
        "![A chart](https://e.example/chart.png)",
        "Words ![A chart](https://e.example/chart.png) words",
        "![A chart](//e.example/chart.png)",
    ):
        elements = shown(markdown)
        assert not elements.all("img", "src")
        assert elements.all("a", "href")[0].endswith("//e.example/chart.png")
        assert "A chart" in elements.text


def test_a_lone_picture_of_the_archive_is_a_figure_with_its_caption() -> None:
    text = render_text('![The *ferry* & "quay"](pictures/a.png)', [HeldLink("pictures/a.png", "media/pictures/a.png")])
    elements = Elements(text.seen_from("../../"))
    assert [tag for tag, _ in elements.found] == ["figure", "img", "figcaption", "em"]
    assert elements.all("img", "src") == ["../../media/pictures/a.png"]
    assert elements.all("img", "alt") == ['The ferry & "quay"']
    assert elements.text.strip() == 'The ferry & "quay"'


def test_a_caption_whose_picture_was_not_captured_is_a_figure_without_one() -> None:
    elements = shown("![A crowd on the quay]()\n\nWords ![inside]() words")
    assert elements.found[:2] == [("figure", {"class": "caption-only"}), ("figcaption", {})]
    assert elements.text.split() == ["A", "crowd", "on", "the", "quay", "Words", "inside", "words"]
    assert not elements.all("img", "src")


def test_every_heading_has_an_anchor_of_its_own() -> None:
    text = render_text(
        "# One\n\n## One\n\n## One-2\n\n### !!!\n\n## fn1\n\nA note.[^a]\n\n[^a]: Here.\n\n## One *and* `two` <b>\n"
    )
    ids = Elements(text.html).all("h2", "id") + Elements(text.html).all("h3", "id")
    everything = [values["id"] for _, values in Elements(text.html).found if "id" in values]
    assert len(everything) == len(set(everything))
    assert sorted(ids) == sorted(heading.anchor for heading in text.headings)
    assert [heading.text for heading in text.headings] == ["One", "One", "One-2", "!!!", "fn1", "One and two <b>"]


def test_a_text_has_no_heading_above_its_title() -> None:
    assert "<h1" not in render_text("# One\n\nTwo\n===\n").html


DEEP = {
    "quotations": (">" * 30 + " deep", "deep"),
    "lists": ("\n".join("  " * level + f"- level{level}" for level in range(30)), "level29"),
    "one line": ("- " * 40 + "deep", "deep"),
    "mixed": ("> - " * 20 + "deep", "deep"),
    "emphasis": ("*a **b " * 400 + "deep", "deep"),
    "brackets": ("[" * 3000 + "deep", "deep"),
    "pictures": ("![" * 3000 + "deep", "deep"),
}


@pytest.mark.parametrize("name", DEEP)
def test_nothing_is_lost_however_deeply_it_is_nested(name: str) -> None:
    markdown, word = DEEP[name]
    assert word in shown(markdown).text


@pytest.mark.parametrize(
    "body", [">" * 5000 + " deep", "- " * 5000 + "deep", "1. " * 3000 + "deep"], ids=["quotations", "list", "numbers"]
)
def test_what_is_nested_beyond_measure_is_a_problem_and_no_crash(body: str, archive) -> None:
    archive.article("good").article("deep", body=body).build()
    assert archive.problems == ["content/deep.md: is nested too deeply to be shown; flatten its lists or quotations"]
    assert "Some words" in archive.page("undated/good/index.html")


@pytest.mark.parametrize(
    "markdown",
    [
        "[" * 50_000, "![" * 20_000, "[a](" * 20_000, "*a " * 20_000, "_" * 50_000, "`a``b" * 8_000, "<" * 50_000, "<a " * 20_000, "&" * 50_000,
        "# Same\n\n" * 10_000, "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n", "[^1]: a\n\n" + "[^1] " * 5000, "~~a" * 10_000, "[[a" * 15_000, "[a](" + "(" * 30_000,
        "\\" * 50_000, "- a\n" * 10_000, "[a]: <b\n" * 5000, '[a]: b "c\n' * 5000,
    ],
)  # fmt: skip
def test_a_hostile_text_is_rendered_in_good_time(markdown: str) -> None:
    began = time.perf_counter()
    render_text(markdown)
    assert time.perf_counter() - began < 5


WORDS = st.text(alphabet=st.sampled_from("ab <>&\"'*_`[]()!#-+.1:|~\\\n\t{}%$"), max_size=80)


@given(WORDS | st.text(max_size=80))
def test_any_text_becomes_safe_html(markdown: str) -> None:
    for tag, values in shown(markdown).found:
        assert tag in SAFE
        assert not any(name.startswith("on") or name == "style" for name in values)
        assert is_safe_address(values.get("href", ""))
        assert "src" not in values


@given(WORDS)
def test_every_letter_of_a_text_is_on_its_page(markdown: str) -> None:
    rendered = render_text(markdown).html
    kept = Elements(rendered).text + html.unescape(rendered)
    defined = re.search(r"\]\s*:|\]\(|\^", markdown)  # addresses, titles and link definitions are no text
    for word in re.findall(r"[ab]+", markdown):
        assert defined or "```" in markdown or "~~~" in markdown or word in kept
