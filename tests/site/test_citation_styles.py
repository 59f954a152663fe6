"""Citations to copy: each style in its own order, and nothing that is not known."""

import pytest

from generator.site.citation_styles import apa, chicago, citations, wikipedia

URL = "https://archive.example/2022/night-ferry/"
ARCHIVE = "The Shelf"
FULL = (
    "title: Night ferry", "subtitle: Passengers and neighbours", "author: [Imogen Starling, Jean-Luc van Wren]", "date: 2022-05-21", "language: en",
    "sources: [{name: Northshore Post, url: 'https://northshore.example/ferry', role: origin}]",
)  # fmt: skip


def test_chicago(holding_of) -> None:
    assert chicago(holding_of(*FULL), URL, ARCHIVE) == (
        "Starling, Imogen, and Jean-Luc van Wren. “Night ferry: Passengers and neighbours.” Northshore Post, May 21, 2022. "
        f"https://northshore.example/ferry. Archived at The Shelf, {URL}."
    )


def test_apa(holding_of) -> None:
    assert apa(holding_of(*FULL), URL, ARCHIVE) == (
        "Starling, I., & van Wren, J.-L. (2022, May 21). Night ferry: Passengers and neighbours. Northshore Post. "
        f"https://northshore.example/ferry. Archived at The Shelf, {URL}."
    )


def test_wikipedia_has_no_archive_date_that_is_not_known(holding_of) -> None:
    text = wikipedia(holding_of(*FULL), URL, ARCHIVE)
    assert text == (
        "{{cite news |last1=Starling |first1=Imogen |last2=van Wren |first2=Jean-Luc |title=Night ferry: Passengers and neighbours "
        "|url=https://northshore.example/ferry |work=Northshore Post |date=21 May 2022}}"
    )
    captured = wikipedia(holding_of(*FULL, "capture: {file: seeds/a.html, date: 2023-01-02}"), URL, ARCHIVE)
    assert f"|archive-url={URL} |archive-date=2023-01-02 |url-status=live" in captured


@pytest.mark.parametrize(
    ("date", "in_chicago", "in_apa", "in_wikipedia"),
    [
        ("2022-05-21", "May 21, 2022.", "(2022, May 21).", "|date=21 May 2022"),
        ("2022-05", "May 2022.", "(2022, May).", "|date=May 2022"),
        ("2022", "2022.", "(2022).", "|date=2022"),
        ("2024-10~", "[ca. October 2024].", "(ca. 2024, October).", "|date=c. 2024"),
        ("2022?", "[2022?].", "(2022?).", "|date=c. 2022"),
        ("1911/1912", "1911–1912.", "(1911–1912).", "|date=1911–1912"),
        ("1985/..", "1985–.", "(1985–).", ""),
        ("201X", "[2010s].", "(2010s).", ""),
        ("2022-22", "Summer 2022.", "(2022, Summer).", "|date=Summer 2022"),
    ],
)
def test_dates_keep_their_doubt(date: str, in_chicago: str, in_apa: str, in_wikipedia: str, holding_of) -> None:
    holding = holding_of("author: Imogen Starling", f"date: {date}")
    assert f"” {in_chicago} " in chicago(holding, URL, ARCHIVE)
    assert f" {in_apa} " in apa(holding, URL, ARCHIVE)
    assert in_wikipedia in wikipedia(holding, URL, ARCHIVE)
    assert in_wikipedia or "|date=" not in wikipedia(holding, URL, ARCHIVE)


def test_an_article_without_author_date_and_origin(holding_of) -> None:
    holding = holding_of("title: What is it?")
    assert chicago(holding, URL, ARCHIVE) == f"“What is it?” n.d. The Shelf. {URL}."
    assert apa(holding, URL, ARCHIVE) == f"What is it? (n.d.). The Shelf. {URL}."
    assert wikipedia(holding, URL, ARCHIVE) == f"{{{{cite news |title=What is it? |url={URL} |via=The Shelf}}}}"
    assert chicago(holding, "", ARCHIVE) == "“What is it?” n.d. The Shelf."


def test_a_body_is_not_taken_for_a_person(holding_of) -> None:
    holding = holding_of("author: [Northshore Press Agency]", "date: 2022")
    assert chicago(holding, URL, ARCHIVE).startswith("Northshore Press Agency. “")
    assert apa(holding, URL, ARCHIVE).startswith("Northshore Press Agency. (2022).")
    assert "|author1=Northshore Press Agency" in wikipedia(holding, URL, ARCHIVE)


def test_many_authors_are_shortened_as_the_styles_have_it(holding_of) -> None:
    names = ", ".join(f"Ada Writer{letter}" for letter in "abcdefghijklmnopqrstuvw")
    holding = holding_of(f"author: [{names}]")
    assert "Ada Writerg, et al." in chicago(holding, URL, ARCHIVE)
    assert ", . . . Writerw, A." in apa(holding, URL, ARCHIVE)


@pytest.mark.parametrize(
    "title", ["a|url=https://evil.example", "{{evil}}", "[[File:x]]", "<ref>x</ref>", "''a''", "one\ntwo"]
)
def test_no_title_breaks_out_of_the_template(title: str, holding_of, with_fields) -> None:
    text = wikipedia(with_fields(holding_of("slug: x"), title=title), URL, ARCHIVE)
    inner = text.removeprefix("{{cite news ").removesuffix("}}").replace("{{!}}", "")
    assert not set("[]{}<>\n") & set(inner)
    assert "''" not in inner
    assert [part.partition("=")[0] for part in inner.split("|") if part] == ["title", "url", "via"]


def test_every_style_has_a_name(holding_of) -> None:
    assert [name for name, _ in citations(holding_of(*FULL), URL, ARCHIVE)] == ["Chicago", "APA", "Wikipedia"]
