"""From the lines of a capture to labelled blocks: measure the whole, then ask the rules block by block."""

from collections.abc import Sequence

from generator.conversion.blocks import Block, profile_of
from generator.conversion.lexicon import lexicon
from generator.conversion.openings import is_opening_line
from generator.conversion.pictures import recurring_captions
from generator.conversion.reading import Labelled, Reading, lines_for_lexicon
from generator.conversion.rules import label_block
from generator.conversion.titles import title_index
from generator.model.ledger import Label

_HEAD = 45
"""Blocks from the top in which bylines and dates are looked for before the headline is chosen."""


def label_blocks(blocks: Sequence[Block], language: str) -> Reading:
    """Labels every block; the result holds one entry a block in `done`."""
    profile = profile_of(blocks)
    reading = Reading(blocks, profile, lexicon(language), language, folded_lines=lines_for_lexicon(blocks))
    is_opening = [is_opening_line(reading, index) for index in range(min(len(blocks), _HEAD))]
    reading.title = title_index(blocks, reading.folded_lines, profile, reading.lexicon, is_opening)
    reading.captions = recurring_captions(blocks, reading.folded_lines, profile, reading.lexicon, reading.title)
    reading.body_ends = end_of_text(reading)
    for index in range(len(blocks)):
        labelled = label_block(reading, index)
        reading.done.append(labelled)
        reading.body_seen = reading.body_seen or _opens_text(reading, labelled, index)
    return reading


def _opens_text(reading: Reading, labelled: Labelled, index: int) -> bool:
    return labelled.label is Label.PARAGRAPH and (reading.is_prose(index) or index > reading.title + 2)


def end_of_text(reading: Reading) -> int:
    """The index after which only short lines without full stops remain; the number of blocks when text goes on.

    Only captures with several paragraphs have such an end: verse and lists are short lines throughout.
    """
    if sum(reading.profile.prose) < 3:
        return len(reading.blocks)
    return reading.profile.last_prose + 1
