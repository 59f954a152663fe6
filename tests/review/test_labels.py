"""A label can be set on any block of any kind of capture, and it decides where the block goes."""

from pathlib import Path
from typing import Any

import pytest

from generator.conversion.decisions import IN_ARTICLE, KEYS
from generator.deciding import Case
from generator.importing import converted, read_capture
from generator.model.decisions import Decisions
from generator.model.ledger import Destination, Entry, Label
from generator.review import _CHOICES_BY_FORMAT
from tests.review.test_decisions import FERRY

PAGE = """<!doctype html>
<html lang="en"><head><title>Night ferry to Brackwater | Northshore Post</title>
<meta property="og:site_name" content="Northshore Post"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Night ferry to Brackwater</h1>
<p>The ferry has sailed at night since the council asked for it, and twice as many passengers come as were expected.</p>
<figure><img src="ferry.jpg" alt=""></figure>
<h2>A quiet harbour</h2>
<p>People who live on the quay hear every engine, and they have written to the Harbour Board about the noise it makes.</p>
<p>Subscribe</p>
<p>The board says that a quieter ship is being built, a promise that neighbours have heard from it more than once before.</p>
<p>Subscribe</p>
</article><footer><p>All about us and our partners in the region</p></footer></body></html>
"""
NOTES = """---
title: "Night ferry to Brackwater"
date: 2022-05-21
---

The ferry has sailed at night since the council asked for it.

## A *quiet* harbour

> People who live on the quay hear every engine.
> They have written about it.

- The first point
- The second point

1917. That was the year of the first ferry.

```
timetable
```

The Institute for Quiet Towns says that [nothing](https://example.org/) can be done.
"""
CAPTURES = {"ferry.txt": FERRY, "ferry.html": PAGE, "ferry.md": NOTES}


@pytest.fixture(params=sorted(CAPTURES))
def capture(request: pytest.FixtureRequest, archive: Any) -> Any:
    path = f"seeds/{request.param}"
    archive.write(path, CAPTURES[request.param])
    return read_capture(archive.root, path)


def case_of(capture: Any, labels: dict[str, Label]) -> Case:
    decisions = Decisions(labels)
    return Case(capture, None, decisions, *converted(capture, decisions))


def with_label(capture: Any, words: str, label: Label) -> tuple[Case, Entry]:
    key = next(key for key, entry in case_of(capture, {}).blocks() if words in entry.text)
    case = case_of(capture, {key: label})
    return case, dict(case.blocks())[key]


def test_every_block_takes_every_label_and_no_other_block_is_touched(capture: Any) -> None:
    before = dict(case_of(capture, {}).blocks())
    tried = 0
    for key, entry in before.items():
        if entry.label is Label.FRONT_MATTER:
            continue
        for label in _CHOICES_BY_FORMAT[capture.format]:
            case = case_of(capture, {key: label})
            after = dict(case.blocks())
            where = Destination.FRONT_MATTER if label in KEYS else Destination.ARTICLE
            where = where if label in KEYS or label in IN_ARTICLE else Destination.LEFT_OUT
            assert (after[key].label, after[key].destination, after[key].rule) == (label, where, "a person")
            assert list(after) == list(before)
            lines = [line for one in case.ledger.entries for line in range(one.first, one.last + 1)]
            assert set(lines) == set(range(1, len(capture.lines) + 1))
            tried += 1
    assert tried > 60


def test_another_block_becomes_the_title_and_the_old_one_stays_in_the_text(capture: Any) -> None:
    case, entry = with_label(
        capture, "quiet* harbour" if capture.path.endswith("md") else "A quiet harbour", Label.TITLE
    )
    assert case.conversion.fields.title == "A quiet harbour"
    assert entry.destination is Destination.FRONT_MATTER
    assert dict(case.conversion.read)["title"].startswith("line ")
    assert "quiet harbour" not in case.conversion.body
    if not capture.path.endswith("md"):  # there the old one stood in the front matter
        assert "Night ferry to Brackwater" in case.conversion.body


def test_the_text_of_a_markdown_capture_stays_line_for_line(archive: Any) -> None:
    archive.write("seeds/ferry.md", NOTES)
    capture = read_capture(archive.root, "seeds/ferry.md")
    before = case_of(capture, {}).conversion.body
    case, _ = with_label(capture, "quiet* harbour", Label.ADVERTISEMENT)
    assert case.conversion.body == before.replace("## A *quiet* harbour\n\n", "")


@pytest.mark.parametrize(
    ("words", "label", "gone", "come"),
    [
        ("quiet* harbour", Label.PARAGRAPH, "## A *quiet* harbour", "A *quiet* harbour"),
        ("sailed at night", Label.HEADING, "The ferry has sailed", "## The ferry has sailed"),
        ("sailed at night", Label.QUOTATION, "The ferry has sailed", "> The ferry has sailed"),
        ("every engine", Label.PARAGRAPH, "> People who live on the quay hear every engine.\n> They",
         "People who live on the quay hear every engine.\nThey"),
        ("first point", Label.PARAGRAPH, "- The first point\n- The second", "The first point\nThe second"),
        ("1917", Label.QUOTATION, "1917. That", "> 1917\\. That"),
        ("timetable", Label.PARAGRAPH, "```\ntimetable\n```", "```\ntimetable\n```"),
    ],
)  # fmt: skip
def test_a_markdown_block_is_written_as_what_a_person_calls_it(
    archive: Any, words: str, label: Label, gone: str, come: str
) -> None:
    archive.write("seeds/ferry.md", NOTES)
    capture = read_capture(archive.root, "seeds/ferry.md")
    case, _ = with_label(capture, words, label)
    assert case.conversion.body == case_of(capture, {}).conversion.body.replace(gone, come)


def test_a_markdown_block_becomes_front_matter_without_its_marks(archive: Any) -> None:
    archive.write("seeds/ferry.md", NOTES)
    capture = read_capture(archive.root, "seeds/ferry.md")
    assert with_label(capture, "first point", Label.SUMMARY_POINT)[0].conversion.fields.summary == (
        "The first point",
        "The second point",
    )
    case, _ = with_label(capture, "Institute", Label.AUTHOR_NOTE)
    assert case.conversion.fields.author_note == "The Institute for Quiet Towns says that nothing can be done."
    assert [source.name for source in case_of(capture, {}).conversion.fields.sources] == ["Institute for Quiet Towns"]
    assert case.conversion.fields.sources == (), "a body is cited by what is no text of the article any more"


def test_what_only_one_of_two_opinions_takes_for_text_is_doubtful(archive: Any, tmp_path: Path) -> None:
    archive.write("seeds/ferry.html", PAGE)
    case = case_of(read_capture(archive.root, "seeds/ferry.html"), {})
    sure = {entry.text[:20]: entry.confidence for _, entry in case.blocks()}
    assert sure["The ferry has sailed"] > 0.9
    assert all(0 < confidence <= 1 for confidence in sure.values())
    assert len(set(sure.values())) > 2
