"""The capture that Pressmark was asked for: facts about its conversion. It is not ours, so none of it stands here."""

from pathlib import Path

import pytest

from generator.captures import receive
from generator.conversion import convert
from generator.model.articles import Conversion, Role
from generator.model.ledger import Destination, Label, Ledger

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "seeds"
CAPTURES = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []
pytestmark = pytest.mark.skipif(not CAPTURES, reason="the user's capture is not beside the project")


@pytest.fixture(scope="module")
def converted() -> tuple[Conversion, Ledger]:
    path = CAPTURES[0]
    return convert(receive(f"seeds/{path.name}", path.read_bytes()))


def lines_of(ledger: Ledger, *labels: Label) -> list[int]:
    return [entry.first for entry in ledger.of(*labels)]


def test_stray_interface_words_are_left_out(converted: tuple[Conversion, Ledger]) -> None:
    assert lines_of(converted[1], Label.INTERFACE_TEXT) == [1, 2]


def test_the_headline_stands_once(converted: tuple[Conversion, Ledger]) -> None:
    conversion, ledger = converted
    assert lines_of(ledger, Label.TITLE) == [4]
    assert lines_of(ledger, Label.REPEATED_TITLE) == [6]
    assert conversion.fields.title not in conversion.body


def test_key_points_are_the_summary_without_their_lead_in(converted: tuple[Conversion, Ledger]) -> None:
    conversion, ledger = converted
    assert lines_of(ledger, Label.SUMMARY_POINT) == [8, 12, 14]
    assert len(conversion.fields.summary) == 3
    assert not any(point.startswith(("What", "-")) for point in conversion.fields.summary)
    assert "lead-in" in ledger.of(Label.SUMMARY_POINT)[0].reason


def test_captions_are_neither_headings_nor_paragraphs(converted: tuple[Conversion, Ledger]) -> None:
    conversion, ledger = converted
    assert lines_of(ledger, Label.CAPTION) == [10, 28, 38]
    assert conversion.body.count("![T-90M]()") == 2
    assert conversion.body.count("![T-90M tank]()") == 1


def test_section_headings_are_headings(converted: tuple[Conversion, Ledger]) -> None:
    conversion, ledger = converted
    assert lines_of(ledger, Label.HEADING) == [16, 20, 40]
    assert conversion.body.count("\n## ") == 3


def test_the_author_comes_from_the_note(converted: tuple[Conversion, Ledger]) -> None:
    fields, read = converted[0].fields, dict(converted[0].read)
    assert fields.authors == ("Stavros Atlamazoglou",)
    assert read["author"] == "line 54, author note"
    assert fields.author_note.startswith("Stavros")
    assert fields.image_credits.startswith("Creative Commons")


def test_no_date_of_publication_is_invented(converted: tuple[Conversion, Ledger]) -> None:
    date, read = converted[0].fields.date, dict(converted[0].read)
    assert date is None or (str(date) == "2024-10~" and not date.is_certain and "line 32" in read["date"])


def test_the_bodies_that_statements_are_attributed_to_are_sources(converted: tuple[Conversion, Ledger]) -> None:
    sources = converted[0].fields.sources
    names = [source.name.casefold() for source in sources]
    assert sum("intelligence" in name for name in names) == 1
    assert sum("study of war" in name for name in names) == 1
    assert all(source.role is Role.CITED for source in sources)


def test_every_paragraph_is_kept_where_it_stood(converted: tuple[Conversion, Ledger]) -> None:
    conversion, ledger = converted
    paragraphs = ledger.of(Label.PARAGRAPH)
    assert len(paragraphs) == 13
    places = [conversion.body.index(entry.text) for entry in paragraphs]
    assert places == sorted(places)
    assert all(entry.destination is Destination.ARTICLE for entry in paragraphs)


def test_every_line_is_accounted_for_once(converted: tuple[Conversion, Ledger]) -> None:
    numbers = [number for entry in converted[1].entries for number in range(entry.first, entry.last + 1)]
    assert numbers == list(range(1, 57))
    assert converted[0].fields.language == "en"
