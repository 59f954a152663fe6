"""What a page states about itself, and what is made of it: nothing is invented, every value has its reason."""

import json
import subprocess
import sys

import pytest

from generator.conversion import convert
from generator.model.articles import Conversion
from generator.model.captures import Capture, Format

TEXT = "".join(
    f"<p>Paragraph {n} of this page is long enough to be taken for the text of an article.</p>" for n in range(4)
)


def page(head: str = "", above: str = "", below: str = "", title: str = "A ferry leaves at night") -> Conversion:
    text = (
        f"<html lang=en><head>{head}</head><body><article><h1>{title}</h1>{above}{TEXT}{below}</article></body></html>"
    )
    return convert(Capture("seeds/page.html", "0" * 64, Format.HTML, "utf-8", text))[0]


def data(**properties: object) -> str:
    article = {"@type": "NewsArticle", "headline": "A ferry leaves at night", **properties}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


PERSON = {"@type": "Person", "name": "Odalys Brenn"}


@pytest.mark.parametrize(
    ("head", "above", "authors"),
    [
        (data(author=PERSON), "", ("Odalys Brenn",)),
        (data(author=[PERSON, {"@type": "Person", "name": "Kai Ostrander"}]), "", ("Odalys Brenn", "Kai Ostrander")),
        (data(author="Odalys Brenn"), "", ("Odalys Brenn",)),
        (data(author="By Odalys Brenn and Kai Ostrander"), "", ("Odalys Brenn", "Kai Ostrander")),
        (data(author={"@type": "Organization", "name": "Tidewater Courier"}), "", ()),
        (data(author={"@type": "Person", "name": "Tidewater Staff"}), "", ()),
        (data(author={"@type": "Person", "name": "admin"}), "", ()),
        (data(author={"@type": "Person", "name": "https://courier.example/author/7"}), "", ()),
        ('<meta name="author" content="Odalys Brenn">', "", ("Odalys Brenn",)),
        ('<meta name="author" content="desk@courier.example">', "", ()),
        ('<meta property="article:author" content="https://social.example/courier">', "", ()),
        ('<meta property="og:site_name" content="Odalys Brenn"><meta name="author" content="Odalys Brenn">', "", ()),
        ("", '<p class="byline">By Odalys Brenn, Courier Staff Writer</p>', ("Odalys Brenn",)),
        ("", '<a rel="author" href="/o">Odalys Brenn</a>', ("Odalys Brenn",)),
        ("", "<p>Odalys Brenn</p><p>March 3, 2021</p>", ("Odalys Brenn",)),
        (data(author=PERSON), '<p class="byline">By Odalys Brenn</p><p>Photos by Kai Ostrander</p>', ("Odalys Brenn",)),
        ("", "", ()),
    ],
)
def test_authors_are_those_whom_the_page_states(head: str, above: str, authors: tuple[str, ...]) -> None:
    conversion = page(head, above)
    assert conversion.fields.authors == authors
    assert ("author" in dict(conversion.read)) is bool(authors)


@pytest.mark.parametrize(
    ("head", "above", "date"),
    [
        (data(datePublished="2021-03-03T23:59:00-08:00"), "", "2021-03-03"),
        ('<meta property="article:published_time" content="2021-03-03T01:00:00+0900">', "", "2021-03-03"),
        ("", '<time datetime="2021-03-03">Wednesday</time>', "2021-03-03"),
        ("", '<p class="date">March 3, 2021</p>', "2021-03-03"),
        ('<link rel="canonical" href="https://courier.example/2021/03/03/ferry">', "", "2021-03-03"),
        ('<link rel="canonical" href="https://courier.example/2021/03/ferry">', "", "2021-03"),
        ('<meta property="article:modified_time" content="2021-03-03">', "", None),
        ('<meta name="date" content="2021-02-31">', "", None),
        ('<meta name="date" content="9999999999">', "", None),
        ("", "<p>Updated March 3, 2021</p>", None),
        ("", "", None),
    ],
)
def test_a_date_is_one_that_the_page_states_as_that_of_publication(head: str, above: str, date: str | None) -> None:
    found = page(head, above).fields.date
    assert (found.text if found else None) == date


def test_statements_that_agree_are_named_in_the_reason() -> None:
    read = dict(page(data(author=PERSON), '<p class="byline">By Odalys Brenn</p>').read)
    assert read["author"].startswith("JSON-LD author, agrees with the byline in line 1")


def test_a_change_after_publication_is_kept_apart() -> None:
    fields = page(data(datePublished="2021-03-03", dateModified="2021-03-09")).fields
    assert (str(fields.date), str(fields.updated)) == ("2021-03-03", "2021-03-09")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>A ferry leaves at night | Tidewater Courier</title>", "A ferry leaves at night"),
        ('<meta property="og:title" content="A ferry leaves at night - Courier"><meta property="og:site_name" content="Courier">', "A ferry leaves at night"),
        ("<title>Something quite different</title>", "A ferry leaves at night"),
    ],
)  # fmt: skip
def test_the_title_is_the_heading_that_readers_see(head: str, title: str) -> None:
    assert page(head).fields.title == title


def test_the_publication_is_the_origin_and_bears_the_address() -> None:
    head = '<meta property="og:site_name" content="Tidewater Courier"><link rel="canonical" href="https://courier.example/f">'
    origin = page(head).fields.sources[0]
    assert (origin.name, origin.url, origin.role) == ("Tidewater Courier", "https://courier.example/f", "origin")


def test_key_points_and_subtitle_become_front_matter() -> None:
    above = '<h2 class="dek">It carries more people than in any year before.</h2><ul><li>The ferry leaves at ten.</li><li>It is often full by nine.</li></ul>'
    conversion = page("", above)
    assert conversion.fields.subtitle == "It carries more people than in any year before."
    assert conversion.fields.summary == ("The ferry leaves at ten.", "It is often full by nine.")
    assert "often full" not in conversion.body


def test_a_page_with_a_wrong_language_is_read_by_its_words() -> None:
    german = "<p>Die Fähre fährt in der Nacht, weil am Tage der Wind zu stark ist, und das bleibt auch so.</p>" * 1
    text = f"<html lang=en><h1>Die Fähre</h1>{german}<p>Sie ist seit dem Frühling fast immer voll, sagt man im Hafen.</p></html>"
    conversion, _ = convert(Capture("seeds/page.html", "0" * 64, Format.HTML, "utf-8", text))
    assert conversion.fields.language == "de"
    assert "although html lang" in dict(conversion.read)["language"]


def test_the_heavy_libraries_load_only_for_html() -> None:
    program = "import sys, generator.conversion as c; print([m for m in ('lxml', 'trafilatura', 'markdown_it') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
