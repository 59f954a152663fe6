"""Plain-text captures: lines to blocks, blocks to labels, labels to an article and its ledger."""

from generator.conversion.accounting import ledger_of
from generator.conversion.assembly import assemble
from generator.conversion.blocks import blocks_of
from generator.conversion.labelling import label_blocks
from generator.conversion.languages import language_of
from generator.model.articles import Conversion
from generator.model.captures import Capture
from generator.model.ledger import Ledger

SAMPLE = 20_000
"""Characters of the text from which its language is told."""


def convert_plain_text(capture: Capture) -> tuple[Conversion, Ledger]:
    """Converts a plain-text capture."""
    blocks, blanks = blocks_of(capture.lines)
    text = "\n".join(sorted((block.text for block in blocks if block.words > 8), key=len, reverse=True)[:60])
    language = language_of((text or capture.text)[:SAMPLE])
    reading = label_blocks(blocks, language)
    return assemble(reading), ledger_of(reading.done, blanks)
