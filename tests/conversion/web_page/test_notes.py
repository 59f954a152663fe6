"""Notes of web pages become Markdown footnotes, in both directions, however the page marks them up."""

import pytest

from generator.conversion import convert
from generator.model.articles import Conversion
from generator.model.captures import Capture, Format
from generator.model.ledger import Destination, Label, Ledger
from generator.site.markdown import render_text

FIRST = "<p>The ferry leaves at ten in the evening, and the quay hears its engines until midnight{} and complains.</p>"
SECOND = "<p>Nobody on the island remembers a time without it, although the timetable{} has changed more often.</p>"

PANDOC = (
    FIRST.format('<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>')
    + SECOND.format('<a href="#fn2" class="footnote-ref" id="fnref2"><sup>2</sup></a>')
    + '<section class="footnotes" role="doc-endnotes"><hr><ol>'
    '<li id="fn1"><p>Measured at the <em>old</em> quay.<a href="#fnref1" class="footnote-back">↩︎</a></p></li>'
    '<li id="fn2"><p>See the report.</p><p>It is long.<a href="#fnref2">↩︎</a></p></li></ol></section>'
)
WIKI = (
    FIRST.format('<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>')
    + SECOND.format('<sup id="cite_ref-a_2-0" class="reference"><a href="#cite_note-a-2">[2]</a></sup>')
    + FIRST.format('<sup id="cite_ref-a_2-1" class="reference"><a href="#cite_note-a-2">[2]</a></sup>').replace(
        "ten", "six"
    )
    + '<h2>References</h2><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b>'
    '<a href="#cite_ref-1">^</a></b></span> <span class="reference-text">Measured at the quay.</span></li>'
    '<li id="cite_note-a-2"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_2-0"><sup>a</sup></a> '
    '<a href="#cite_ref-a_2-1"><sup>b</sup></a></span> <span class="reference-text">See the report.</span></li></ol>'
)
WORDPRESS = (
    FIRST.format('<sup><a href="#note-1" id="ref-1">1</a></sup>')
    + SECOND.format('<sup><a href="#note-2" id="ref-2">2</a></sup>')
    + '<h3>Notes</h3><p id="note-1">1. Measured at the quay. <a href="#ref-1">↩</a></p>'
    '<p id="note-2"><sup>2</sup> See the report. <a href="#ref-2">back</a></p>'
)
SUBSTACK = (
    FIRST.format('<a id="footnote-anchor-1" href="https://x.example/p/ferry#footnote-1" class="footnote-anchor">1</a>')
    + SECOND.format(
        '<a id="footnote-anchor-2" href="https://x.example/p/ferry#footnote-2" class="footnote-anchor">2</a>'
    )
    + '<div class="footnote"><a id="footnote-1" href="https://x.example/p/ferry#footnote-anchor-1">1</a>'
    '<div class="footnote-content"><p>Measured at the quay.</p></div></div>'
    '<div class="footnote"><a id="footnote-2" href="https://x.example/p/ferry#footnote-anchor-2">2</a>'
    '<div class="footnote-content"><p>See the report.</p></div></div>'
)
BY_HAND = (
    FIRST.format('<a href="#n1">[1]</a>')
    + SECOND.format('<a href="#n2">[2]</a>')
    + '<p><a name="n1">[1]</a> Measured at the quay.</p><p><a name="n2">[2]</a> See the report.</p>'
)


def converted(body: str) -> tuple[Conversion, Ledger]:
    head = "<title>Night ferry to Brackwater</title><link rel=canonical href='https://x.example/p/ferry'>"
    text = f"<html lang=en><head>{head}</head><body><article><h1>Night ferry to Brackwater</h1>{body}</article></body></html>"
    return convert(Capture("seeds/page.html", "0" * 64, Format.HTML, "utf-8", text))


@pytest.mark.parametrize(
    "body", [PANDOC, WIKI, WORDPRESS, SUBSTACK, BY_HAND], ids=["Pandoc", "wiki", "blog", "letter", "by hand"]
)
def test_notes_stand_where_they_are_referred_to_and_below_the_text(body: str) -> None:
    conversion, ledger = converted(body)
    assert "until midnight[^1] and complains." in conversion.body
    assert "although the timetable[^2] has changed" in conversion.body
    first = conversion.body.split("[^1]: ")[1].split("\n\n")[0]
    second = conversion.body.split("[^2]: ")[1].split("\n\n")[0].rstrip()
    assert first.replace("*", "") in ("Measured at the quay.", "Measured at the old quay.")
    assert second == "See the report."
    assert "## " not in conversion.body, "a heading above nothing but notes goes with them"
    notes = ledger.of(Label.FOOTNOTE)
    assert len(notes) >= 2
    assert all(entry.destination is Destination.ARTICLE for entry in notes)


def test_a_note_keeps_its_paragraphs() -> None:
    assert "[^2]: See the report.\n\n    It is long.\n" in converted(PANDOC)[0].body


def test_a_note_that_is_named_twice_stands_once() -> None:
    body = converted(WIKI)[0].body
    assert body.count("[^2]") == 3
    assert body.count("[^2]: ") == 1


def test_links_within_a_page_that_lead_to_no_note_are_no_notes() -> None:
    contents = (
        '<ul><li><a href="#s1">1</a> The quay</li></ul>'
        + FIRST.format("")
        + '<h2 id="s1">1 The quay</h2>'
        + SECOND.format("")
    )
    assert "[^" not in converted(contents)[0].body


def test_the_page_says_what_notes_are_in_no_language() -> None:
    html = render_text(converted(WIKI)[0].body).html
    assert html.count('role="doc-noteref"') == 3
    assert html.count('role="doc-backlink"') == 3
    assert html.count('<section role="doc-endnotes"') == 1
    assert html.count(">[2]</a>") == 2
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_hostile_target_is_no_way_out() -> None:
    body = (
        FIRST.format('<sup><a href="#x&quot;&gt;&lt;script&gt;">1</a></sup>')
        + '<p id="x&quot;&gt;&lt;script&gt;">1. <b onclick="x()">Note</b> [^1]: {{ x }} <a href="javascript:x()">y</a></p>'
        + SECOND.format("")
    )
    html = render_text(converted(body)[0].body).html
    assert "<script" not in html
    assert "javascript" not in html
    assert "onclick" not in html
    assert "{{ x }}" in html
