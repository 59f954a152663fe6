"""Pagefind is asked about pages without their rows of words: what it says is what it says of the whole pages."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search import asking
from generator.search.abridging import Abridged, abridged
from generator.search.asking import FEWEST, Inquiry, asked, said_of_abridged
from generator.search.bundle import Said, read_said
from generator.search.pagefind import find_pagefind, run_pagefind
from generator.search.vocabulary import Learned, Told, Vocabulary, vocabulary_pages
from tests.search.test_merging import page

ROW = "the night ferry leaves from the old harbour and nobody who waits there has heard of the new timetable"


@pytest.fixture(scope="module")
def inquiry(tmp_path_factory: pytest.TempPathFactory) -> Inquiry:
    return Inquiry(find_pagefind(), "en", tmp_path_factory.mktemp("asking"))


def article(body: str) -> str:
    return f"<!doctype html><html><body><article data-pagefind-body><h1>Night ferry</h1>{body}</article></body></html>"


def of_whole(inquiry: Inquiry, pages: dict[str, str]) -> Said:
    """What Pagefind itself says of all pages, without what only spares time."""
    folder = inquiry.work / "whole"
    for path, text in pages.items():
        file = folder / "pages" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    for file in (folder / "pages").rglob("*.html"):
        if file.relative_to(folder / "pages").as_posix() not in pages:
            file.unlink()
    run_pagefind(inquiry.pagefind, folder / "pages", folder / "index", inquiry.language)
    said = read_said(folder / "index", lambda address: pages[f"{address.lstrip('/')}index.html"])
    return replace(said, shard=replace(said.shard, chunks=()))


def assert_same(inquiry: Inquiry, pages: dict[str, str]) -> None:
    found, whole = said_of_abridged(inquiry, pages, Vocabulary()), of_whole(inquiry, pages)
    assert found.contents == whole.contents
    assert found.shard.words.runs() == whole.shard.words.runs()
    assert found == whole


def test_rows_give_way_to_marks() -> None:
    found = abridged(article(f"<p>{ROW}</p><p>Short as it is.</p><p>{ROW}: <em>{ROW}</em>.</p>"))
    words = ROW.split()
    assert found.page == article(
        "<p>the xqz0 timetable</p><p>Short as it is.</p><p>the xqz1 <em>xqz2 timetable</em>.</p>"
    )
    assert found.rows == (" ".join(words[1:-1]), " ".join(words[1:]) + ":", " ".join(words[:-1]))


@pytest.mark.parametrize(
    "page", ["", "<>", f"<>{ROW}<", f"{ROW}<{ROW}<p>", f"<p>{ROW}.</p>\n<p>", f"<{ROW}>{ROW}</p>\n<p>{ROW}<"]
)
def test_what_is_no_page_is_no_trouble(page: str) -> None:
    found = abridged(page)
    assert found.page if page else found == Abridged("", ())


def test_a_hundred_thousand_paragraphs_are_one_row() -> None:
    text = f"<p>{ROW}.</p>\n"
    found = abridged(article("\n" + text * 100_000))
    assert len(found.rows) == 1 and len(found.page) < 200


def test_paragraphs_that_follow_one_another_are_one_row() -> None:
    found = abridged(article(f"\n<p>{ROW}.</p>\n<p>As it is.</p>\n<p>{ROW}</p>\n<p>{ROW}</p>"))
    assert found.page == article("\n<p>xqz0 timetable</p>\n<p>xqz1 timetable</p>")
    words = ROW.removesuffix(" timetable")
    assert found.rows == (f"{ROW}. As it is. {words}", words)


@pytest.mark.parametrize(
    "text",
    [
        f"{ROW} xqz3",
        ROW.replace(" old ", " old\u200bnew "),
        ROW.replace(" old ", " AT&amp;T "),
        ROW.replace(" old ", " ___PAGEFIND_WEIGHT___2 "),
        "short",
        "a" * 400,
    ],
    ids=["mark", "unseen", "entity", "sentinel", "short", "one word"],
)
def test_what_is_not_certain_stays(text: str) -> None:
    assert abridged(article(f"<p>{text}</p>")) == Abridged(article(f"<p>{text}</p>"), ())


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{ROW}.</p>",
        f"<p>{ROW}, {ROW}.</p>\n<p>{ROW}</p>",
        f"<p>wait{ROW}<em>{ROW}</em>{ROW}</p>",
        f'<h2 id="a">{ROW}</h2><p id="b">{ROW}</p><h3 id="c">End</h3><ul><li id="d">{ROW}</li></ul><p id="e"></p>',
        f'<div data-pagefind-weight="2"><p>{ROW}</p></div><p>{ROW}</p>',
        f"<p data-pagefind-ignore>{ROW}</p><p>{ROW}</p><!-- {ROW} > {ROW} --><script>{ROW}</script>",
        f'<p title="x > {ROW}">{ROW}</p><img src="/a.png" alt="x > {ROW}">',
        f'<p data-pagefind-meta="lead">{ROW}</p><p data-pagefind-filter="kind">{ROW}</p>',
        f'<p data-pagefind-index-attrs="title" title="{ROW}">{ROW}</p>',
        f"<p>&quot;Sunk&quot; {ROW} &quot;lamp&quot;</p><p>{ROW} &quot;lamp</p>",
        f"<p>{ROW} &quot;{ROW}&quot; {ROW}</p><pre>{ROW}\n  {ROW}</pre>",
        f"<p>well-known {ROW} ThreeAntelopes café-crème l’été naïve Läufe 🌦️ a🌦️b — … 12.5 page.Find {ROW}</p>",
        f"<p>{ROW} well-known-well self-self — “{ROW}” {ROW}</p><h2>Self known</h2>",
        f"<p>{ROW} XQZ0 {ROW}</p>",
        f"<p>XQZ0 {ROW}</p>",
        f"<p>{ROW}</p><p>xqz0 xqz1</p>",
        "<p></p>",
        f"<p>{' '.join(f'{ROW} {number}' for number in range(4000))}</p>",
        "\n".join(f"<p>{ROW}{sign}</p>" for sign in (*".!?…:;”’»)]}\"'*$%/—-,", "", "&quot;", ".&quot;", ".)", "?!")),
        "<ul>" + "\n".join(f"<li>{ROW}{sign}</li>" for sign in (*".!?…:;”’»)]}*$%/—-,", "")) + "</ul>",
        f"<p>{ROW.replace(' ', chr(0xA0))} {ROW}</p>",
        f"<p>{ROW.replace('e', 'é')} {ROW.replace('o', 'ö').title()} {ROW.upper()}</p>",
        f"<p>Ночной паром уходит из старой гавани, {ROW}, и никто не слышал о новом расписании {ROW}</p>",
    ],
)
def test_of_any_page_the_same_is_said(inquiry: Inquiry, body: str) -> None:
    assert_same(inquiry, {"one/index.html": article(body), "two/index.html": article(f"<p>{ROW} {ROW}</p>")})


WORDS = st.sampled_from(
    [*ROW.split(), "Ferry", "ferries", "well-known", "café", "Cafés", "naïve,", "“quay”", "l’été", "x", "—", "🌦️", "a_b",
     "3.5", "WKWebView", "R&amp;D", "&quot;lamp&quot;", "(see", "there)", "o'clock", "e-mail@example.org", "\u00ad", "żółć"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)
ELEMENTS = st.sampled_from(
    ["<p>{}</p>", "<p>{}.</p>\n<p>{}</p>\n<p>{} </p>", "<ul>\n<li>{}!</li>\n<li>{}</li> <li>{}.</li></ul>", "<p>{}.</p>{}<p>{}</p>",
     "<p>{}.</p>\n<p id='a'>{}</p>\n<p>{} <i>{}</i></p>", "{}<span data-pagefind-ignore>{} </span>{}", "<p>{}:</p>\n<ol>\n<li>{};</li>\n<li>{}</li>\n</ol>\n<p>{}</p>",
     "<p>{}<em>{}</em>{}</p>", "<p>{} <strong>{}</strong> {}</p>", "<em>{}</em><strong>{}</strong><p><em>{}</em></p>",
     "<li id='k'><em>{}</em> {}</li>", "<h3><em>{}</em></h3>", "<p><strong>{}</p>{}</strong>", "<h2 id='h'>{}</h2>", "<ul><li>{}</li><li id='i'>{}</li></ul>", "{}<br>{}",
     "<blockquote><p>{}</p></blockquote>", "<p data-pagefind-weight='0.5'>{}</p>", "<p data-pagefind-ignore>{}</p>",
     "<table><tr><td>{}</td><td>{}</td></tr></table>", "<figure><figcaption>{}</figcaption></figure>",
     "<div data-pagefind-ignore><div id='d'><p>{}</p></div><h2>{}</h2></div>", "{}<span data-pagefind-ignore>{}</span>{}",
     "<section data-pagefind-ignore><h1>{}</h1></section>", "<div data-pagefind-ignore>{}<!-- </div> --> {}</div>",
     "<div data-pagefind-ignore><b title='</div>'>{}</b></div>", '<div data-pagefind-ignore><b title="</div>">{}</b></div>',
     '<p data-pagefind-ignore><i data-pagefind-filter="of">{}</i></p>', "<div data-pagefind-ignore><p>{}</div>"]
)  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn) -> str:
    between = draw(st.sampled_from(["", " ", "\n", "\n  "]))
    return between.join(
        form.format(*(draw(TEXTS) for _ in range(form.count("{}")))) for form in draw(st.lists(ELEMENTS, max_size=6))
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(bodies(), min_size=1, max_size=5))
def test_of_all_pages_the_same_is_said(inquiry: Inquiry, held: list[str]) -> None:
    assert_same(inquiry, {f"{number}/index.html": article(body) for number, body in enumerate(held)})


def test_other_languages_have_other_stems(inquiry: Inquiry) -> None:
    german = replace(inquiry, language="de")
    text = "Die Häuser am Hafen waren längst geschlossen, und niemand hatte die Fährgäste davon benachrichtigt. " * 3
    assert_same(german, {"a/index.html": article(f"<p>{text}</p>"), "b/index.html": article(f"<p>{text.title()}</p>")})


def test_many_pages_with_metadata_and_orders(inquiry: Inquiry) -> None:
    dice = random.Random(5)
    pages = {f"20{number % 9:02d}/page-{number}/index.html": page(number, dice) for number in range(60)}
    assert_same(inquiry, pages)


def test_what_was_learned_once_is_not_asked_again(inquiry: Inquiry) -> None:
    vocabulary = Vocabulary()
    dice = random.Random(7)
    first, then = ({f"p{number}/index.html": page(number, dice) for number in range(20)} for _ in range(2))
    said_of_abridged(inquiry, first, vocabulary)
    words = [word for text in then.values() for row in abridged(text).rows for word in row.split(" ")]
    numbers = vocabulary.numbers(words)
    assert words and not vocabulary.unknown(words, numbers)
    assert said_of_abridged(inquiry, then, vocabulary) == of_whole(inquiry, then)
    assert [*vocabulary.numbers(words)] == [*numbers]


@pytest.mark.parametrize("otherwise", ["s/xqz[0-9]*/gone/g", "s#:</p>#:.</p>#g", "s#</li>#.</li>#g"])
def test_pagefind_that_answers_otherwise_gets_whole_pages(
    otherwise: str, inquiry: Inquiry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one that reads a word by what stands beside it: here one that leaves out what looks like a mark, that ends
    sentences with other signs, or at each item of a list."""
    program = tmp_path / "pagefind"
    program.write_text(
        f"#!/bin/sh\nfind . -name '*.html' -exec sed -i '{otherwise}' {{}} +\n"
        f'exec "{inquiry.pagefind.program}" "$@"\n'
    )
    program.chmod(0o755)
    other = replace(inquiry, pagefind=replace(inquiry.pagefind, program=program))
    monkeypatch.setattr(asking, "_knowledge", {})
    dice = random.Random(9)
    pages = {f"p{number}/index.html": page(number, dice) for number in range(FEWEST)}
    found = asked(other, pages)
    assert [*asking._knowledge.values()] == [None]
    assert replace(found, shard=replace(found.shard, chunks=())) == of_whole(inquiry, pages)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted where Linux lists them")
def test_what_puts_words_together_begins_no_threads() -> None:
    program = (
        "import os, pathlib, sys; from generator.search.asking import Inquiry, said_of_abridged; "
        "from generator.search.pagefind import find_pagefind; from generator.search.vocabulary import Vocabulary; "
        "pages = {'a/index.html': '<html><body><main data-pagefind-body><p>' + 'the night ferry ' * 9 + '</p></main></body></html>'}; "
        "said_of_abridged(Inquiry(find_pagefind(), 'en', pathlib.Path(sys.argv[1])), pages, Vocabulary()); "
        "print('numpy' in sys.modules, len(os.listdir('/proc/self/task')))"
    )
    with TemporaryDirectory() as folder:
        run = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "1"]


def test_few_pages_are_asked_about_as_they_are(inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_knowledge", {})
    found = asked(inquiry, {"one/index.html": article(f"<p>{ROW}</p>")})
    assert asking._knowledge == {}
    assert found.shard.chunks


def test_words_are_asked_about_between_a_mark_and_an_end() -> None:
    (asked_about,) = vocabulary_pages(["ferry", "Ferries,"]).values()
    assert asked_about == (
        "<!doctype html><html><body><main data-pagefind-body><p>xqz0 ferry Ferries, .</p></main></body></html>"
    )


def test_what_one_process_learned_another_knows_and_damage_is_passed_over(tmp_path: Path) -> None:
    one, other = Told(tmp_path), Told(tmp_path)
    mail = ("email", "", 24), ("mail", "", 12)
    one.tell(Learned(24, {"Ferries,": "ferri"}, {"—": (), "e-mail": mail}))
    (tmp_path / "1-0.words").write_bytes(b"cut sho")
    heard, again = Vocabulary(), Vocabulary()
    other.hear(heard)
    known, nothing, two, unknown = heard.numbers(["Ferries,", "—", "e-mail", "quay"]).tolist()
    assert (heard.texts[known], heard.senses(nothing), heard.senses(two)) == ("ferri", (), mail)
    assert heard.unknown(["quay"], heard.numbers(["quay"])) == ["quay"] and unknown not in (known, nothing, two)
    other.hear(again)
    assert not again and not again.weight


def test_who_knows_too_many_words_begins_anew_and_says_the_same(
    inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_knowledge", {})
    monkeypatch.setattr(asking, "_MOST_WORDS", 5)
    dice = random.Random(3)
    pages = {f"p{number}/index.html": page(number, dice) for number in range(FEWEST)}
    first, again = asked(inquiry, pages), asked(inquiry, pages)
    assert None not in asking._knowledge.values()
    assert first == again == of_whole(inquiry, pages)
