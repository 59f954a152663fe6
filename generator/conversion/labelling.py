"""From the lines of a capture to labelled blocks: measure the whole, then ask the rules block by block."""

from collections.abc import Sequence

from generator.conversion import signals
from generator.conversion.blocks import Layout, folded, profile_of
from generator.conversion.furniture import begin_thread
from generator.conversion.lexicon import lexicon
from generator.conversion.names import is_person_name
from generator.conversion.openings import OUTLET, byline_of, is_above_text, is_opening_line, names_in
from generator.conversion.pages import mail_header, running_header, running_headers, subject_index, subject_of
from generator.conversion.pictures import recurring_captions
from generator.conversion.reading import Labelled, Reading, lines_for_lexicon
from generator.conversion.rules import label_block
from generator.conversion.titles import Opening, title_index
from generator.conversion.weighing import weighed
from generator.model.ledger import Label

_HEAD = 45
"""Blocks from the top in which bylines and dates are looked for before the headline is chosen."""


def label_blocks(layout: Layout, language: str) -> Reading:
    """Labels every block; the result holds one entry a block in `done`."""
    reading = begin_reading(layout, language)
    label_all(reading)
    return reading


def begin_reading(layout: Layout, language: str) -> Reading:
    """Measures a capture: what holds for it as a whole, before any block is labelled."""
    blocks = layout.blocks
    profile = profile_of(blocks)
    reading = Reading(blocks, profile, lexicon(language), language, lines_for_lexicon(blocks), layout.width)
    reading.running_headers = running_headers(blocks, layout.width)
    _choose_title(reading, opening_lines(reading))
    reading.names = _names(reading)
    for name in filter(is_person_name, sorted(reading.names)):
        first = name.split(" ", 1)[0]
        reading.by_first_name[first] = (*reading.by_first_name.get(first, ()), name)[:9]
    reading.captions = recurring_captions(blocks, reading.folded_lines, profile, reading.lexicon, reading.title)
    reading.body_ends = end_of_text(reading)
    return reading


def label_all(reading: Reading, weigh_blocks: bool = True) -> None:
    """Labels the blocks from the first to the last; without weighing, only the rules with a name decide."""
    reading.weights = weighed(reading) if weigh_blocks else []
    for index in range(len(reading.blocks)):
        labelled = label_block(reading, index)
        reading.add(labelled)
        if labelled.rule == "comment-heading":
            reading.in_comments = begin_thread(reading, index)
        reading.body_seen = reading.body_seen or _opens_text(reading, labelled, index)


def _choose_title(reading: Reading, is_opening: Sequence[bool]) -> None:
    """A mail's subject is its title; elsewhere the likeliest line is."""
    index = subject_index(reading)
    if index < 0:
        index = title_index(Opening(reading.blocks, reading.folded_lines, reading.profile, reading.lexicon, is_opening))
    if index >= 0:
        reading.title = index
        reading.title_text = subject_of(reading.blocks[index].text) or reading.blocks[index].text
        if signals.is_capitals(reading.title_text):
            reading.title_text = _in_ordinary_letters(reading) or reading.title_text
        reading.title_folded = folded(reading.title_text)


def _in_ordinary_letters(reading: Reading) -> str:
    """The headline as a line with the outlet's name writes it, where the headline itself is in capitals."""
    words = folded(reading.title_text)
    for block in reading.blocks[:_HEAD]:
        for part in OUTLET.split(block.text) if len(block.text) < 300 else ():
            if not signals.is_capitals(part) and folded(part) == words:
                return part
    return ""


def opening_lines(reading: Reading) -> list[bool]:
    """For each of the first blocks, whether it is a byline, a date or a page header, and so no headline."""
    return [_is_no_headline(reading, index) for index in range(min(len(reading.blocks), _HEAD))]


def _is_no_headline(reading: Reading, index: int) -> bool:
    return (
        is_opening_line(reading, index)
        or running_header(reading, index) is not None
        or mail_header(reading, index) is not None
    )


def _names(reading: Reading) -> frozenset[str]:
    """The people whom bylines name, and those whose names stand alone above the text."""
    names: set[str] = set()
    for index, block in enumerate(reading.blocks):
        if block.words <= 14 and len(block.text) <= 120:
            names.update(byline_of(reading, index) or ())
            if is_above_text(reading, index) and index != reading.title:
                names.update(names_in(block.text))
    return frozenset(names)


def _opens_text(reading: Reading, labelled: Labelled, index: int) -> bool:
    return labelled.label is Label.PARAGRAPH and (reading.is_prose(index) or index > reading.title + 2)


def end_of_text(reading: Reading) -> int:
    """The index after which only short lines without full stops remain; the number of blocks when text goes on.

    Only captures with several paragraphs have such an end: verse and lists are short lines throughout.
    """
    if sum(reading.profile.prose) < 3:
        return len(reading.blocks)
    return reading.profile.last_prose + 1
