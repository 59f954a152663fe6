"""Plain-text captures: lines to blocks, blocks to labels, labels to an article and its ledger."""

from collections.abc import Mapping

from generator.conversion.accounting import ledger_of
from generator.conversion.assembly import assemble, has_text
from generator.conversion.blocks import Layout, layout_of
from generator.conversion.decisions import decided
from generator.conversion.labelling import label_blocks
from generator.conversion.languages import language_of
from generator.model.articles import Conversion
from generator.model.captures import Capture
from generator.model.ledger import Label, Ledger
from generator.problems import Problem, Refusal

MOST_BLOCKS = 100_000
"""Blocks of a capture that are still converted: a thousand times an ordinary article."""

SAMPLE = 20_000
"""Characters of the text from which its language is told."""


def convert_plain_text(capture: Capture, labels: Mapping[str, Label]) -> tuple[Conversion, Ledger]:
    """Converts a plain-text capture; `labels` are a person's; raises Refusal when no line of it reaches an article, or it has too many."""
    layout = layout_of(capture.lines)
    if len(layout.blocks) > MOST_BLOCKS:
        message = f"falls into {len(layout.blocks)} blocks; captures of up to {MOST_BLOCKS} are converted"
        raise Refusal(Problem(capture.path, message, "split it into its articles, or move it out of the captures"))
    language = language_of_layout(layout, capture.text)
    reading = label_blocks(layout, language)
    reading.done = decided(reading.done, labels)
    if not any(has_text(entry) for entry in reading.done):
        message = "holds nothing of an article: every line of it is the interface of a page"
        raise Refusal(Problem(capture.path, message, "capture the article again, or remove the file"))
    return assemble(reading), ledger_of(reading.done, layout.blanks)


def language_of_layout(layout: Layout, text: str) -> str:
    """The language of the longest blocks: short lines around an article may be in another one."""
    longest = sorted((block.text for block in layout.blocks if block.words > 8), key=len, reverse=True)[:60]
    return language_of(("\n".join(longest) or text)[:SAMPLE])
