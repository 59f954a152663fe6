"""The blocks of notes that the text refers to are kept as notes, wherever they stand on the page."""

from collections.abc import Sequence
from dataclasses import replace

from generator.conversion.web_page.blocks import Block
from generator.conversion.web_page.footnotes import Notes
from generator.conversion.web_page.rules import ARTICLE, LEFT_OUT, Verdict
from generator.model.ledger import Label


def with_notes(blocks: Sequence[Block], verdicts: Sequence[Verdict], notes: Notes) -> list[Verdict]:
    """The verdicts, with the blocks of notes kept as such, and without the heading that stands above them alone."""
    found = list(verdicts)
    held = {number for numbers in notes.blocks.values() for number in numbers}
    for number in held:
        found[number] = Verdict(Label.FOOTNOTE, ARTICLE, "footnote", "a note that the text refers to")
    for index, verdict in enumerate(found):
        if not (verdict.is_kept and verdict.label is Label.HEADING):
            continue
        following = next((i for i in range(index + 1, len(found)) if found[i].is_kept and blocks[i].text), -1)
        if following in held:
            after = next(
                (i for i in range(following, len(found)) if i not in held and found[i].is_kept and blocks[i].text), -1
            )
            if after < 0 or found[after].label is Label.HEADING:
                found[index] = replace(
                    verdict, destination=LEFT_OUT, label=Label.INTERFACE_TEXT, rule="idle-heading",
                    reason="heads nothing but the notes, which are numbered",
                )  # fmt: skip
    return found
