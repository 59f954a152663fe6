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

SAMPLE = 20_000
"""Characters of the text from which its language is told."""


def convert_plain_text(capture: Capture, labels: Mapping[str, Label]) -> tuple[Conversion, Ledger]:
    """Converts a plain-text capture; `labels` are a person's; raises Refusal when no line of it reaches an article."""
    layout = layout_of(capture.lines)
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
