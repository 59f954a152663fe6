"""When a page was saved stands apart from when it was written: only a capture that says so has such a day."""

import pytest

from generator.archive.reading import read_article
from generator.archive.writing import written_article
from generator.conversion import convert
from generator.model.articles import Conversion
from generator.model.captures import Capture, Format

TEXT = (
    "The ferry leaves at ten in the evening, and the people of the quay hear its engines until well after midnight.\n\n"
    "Nobody on the island remembers a time without it, although the timetable has changed more often than the boats.\n"
)
HEAD = "Night ferry to Brackwater divides the old harbour\nBy Imogen Starling\n21 May 2022\n"


def of_text(text: str) -> Conversion:
    return convert(Capture("seeds/a.txt", "0" * 64, Format.PLAIN_TEXT, "utf-8", text))[0]


def of_page(before: str) -> Conversion:
    paragraphs = "".join(f"<p>{part}</p>" for part in TEXT.strip().split("\n\n"))
    text = (
        f"<!DOCTYPE html>{before}<html lang=en><body><article><h1>Night ferry</h1>{paragraphs}</article></body></html>"
    )
    return convert(Capture("seeds/a.html", "0" * 64, Format.HTML, "utf-8", text))[0]


@pytest.mark.parametrize(
    "line",
    [
        "Saved on 3 June 2022", "Retrieved 3 June 2022", "WARC-Date: 2022-06-03T10:11:12Z", "Abgerufen am 3. Juni 2022",
        "Consulté le 3 juin 2022", "Consultado el 3 de junio de 2022", "Збережено 3 червня 2022", "閲覧日：2022年6月3日",
    ],
)  # fmt: skip
def test_a_line_that_says_when_the_page_was_saved(line: str) -> None:
    conversion = of_text(f"{HEAD}{line}\n\n{TEXT}")
    assert str(conversion.captured) == "2022-06-03"
    assert dict(conversion.read)["capture.date"] == "line 4, when the page was saved"
    assert str(conversion.fields.date) == "2022-05-21"


def test_two_such_lines_that_disagree_say_nothing() -> None:
    assert of_text(f"{HEAD}Saved on 3 June 2022\nAccessed 4 June 2022\n\n{TEXT}").captured is None


def test_a_capture_that_does_not_say_so_has_no_such_day() -> None:
    cited = (
        "“Harbour noise”, retrieved on 3 June 2022 from the paper's own archive, says nothing of the engines at all."
    )
    assert of_text(f"{HEAD}\n{TEXT}\n{cited}\n").captured is None


@pytest.mark.parametrize(
    "comment",
    [
        "<!--\n Page saved with SingleFile \n url: https://x.example/a \n saved date: Fri Jun 03 2022 10:11:12 GMT+0200 (CEST)\n-->",
        "<!--\n FILE ARCHIVED ON 10:11:12 Jun 03, 2022 AND RETRIEVED FROM AN ARCHIVE ON 01:02:03 Jan 04, 2024.\n-->",
    ],
)
def test_what_the_saver_of_a_page_noted(comment: str) -> None:
    assert str(of_page(comment).captured) == "2022-06-03"
    assert of_page("").captured is None


def test_front_matter_that_says_so() -> None:
    capture = Capture(
        "seeds/a.md", "0" * 64, Format.MARKDOWN, "utf-8", "---\ntitle: A\nclipped: 2022-06-03\n---\nText.\n",
        {"title": "A", "clipped": "2022-06-03"}, {"title": 2, "clipped": 3}, 5,
    )  # fmt: skip
    conversion = convert(capture)[0]
    assert str(conversion.captured) == "2022-06-03"
    assert conversion.fields.date is None


def test_the_article_file_holds_it_and_gives_it_back() -> None:
    text = written_article(of_text(f"{HEAD}Saved on 3 June 2022\n\n{TEXT}"), "seeds/a.txt", "0" * 64)
    assert "  date: 2022-06-03\n" in text
    article = read_article("content/a.md", text, "")[0]
    assert article.provenance is not None
    assert str(article.provenance.date) == "2022-06-03"
    assert not article.edited
