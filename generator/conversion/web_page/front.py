"""Blocks that become front matter once the metadata is known: bylines, date lines, credits, the note on the author."""

from collections.abc import Sequence
from dataclasses import replace

from generator.conversion.people import note_people
from generator.conversion.web_page.authoring import Authors
from generator.conversion.web_page.dating import Dates
from generator.conversion.web_page.names import kinds_of
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.rules import FRONT_MATTER, Verdict
from generator.conversion.words import fold
from generator.model.ledger import Label

_NOTE_WORDS = (6, 160)
_NEAR_END, _AFTER_END = 3, 12


def with_front_matter(page: Page, verdicts: Sequence[Verdict], authors: Authors, dates: Dates) -> list[Verdict]:
    """The verdicts, with the lines that show the chosen author and day sent to the front matter."""
    found = list(verdicts)
    for index, block in enumerate(page.blocks):
        verdict = found[index]
        if verdict.rule in ("hidden", "title", "subtitle", "summary-point"):
            continue
        if page.prose[index] and page.words[index] > 25:
            continue
        if block.number in authors.blocks:
            found[index] = Verdict(Label.BYLINE, FRONT_MATTER, "byline", "names the author", "author")
        elif block.number in dates.blocks:
            found[index] = Verdict(Label.DATE_LINE, FRONT_MATTER, "date-line", "states the day of publication", "date")
        elif verdict.rule == "credit" and page.is_in_core(index):
            found[index] = replace(verdict, destination=FRONT_MATTER, key="image_credits")
    _find_note(page, found, authors)
    return found


def _find_note(page: Page, verdicts: list[Verdict], authors: Authors) -> None:
    """The text after the article, or its last paragraph, that says who the author is."""
    known = [fold(name) for name in authors.names]
    for index in range(max(page.first + 1, page.last - _NEAR_END), min(len(page.blocks), page.last + _AFTER_END)):
        block = page.blocks[index]
        if block.is_hidden or not _NOTE_WORDS[0] <= page.words[index] <= _NOTE_WORDS[1] or verdicts[index].key:
            continue
        named = any("bio" in frame.names or "author" in frame.names for frame in list(block.frame.upwards())[:5])
        kinds = frozenset[str]().union(
            *(kinds_of(frame.names) for frame in page.inner_frames(block)[:6] if frame.names)
        )
        if kinds & {"comments", "related", "newsletter", "share"}:
            continue
        subjects = [fold(name) for name in note_people(block.text)]
        starts = any(page.folded[index].startswith(name) for name in known)
        is_about = any(subject in known for subject in subjects) if known else bool(subjects) and named
        if (is_about and (starts or named)) or (named and starts and not page.prose[index]):
            verdicts[index] = Verdict(
                Label.AUTHOR_NOTE, FRONT_MATTER, "author-note", "says who the author is", "author_note"
            )
            return
