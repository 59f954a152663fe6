"""Labels that a person has set take the place of the verdicts on a page's blocks; what follows from a label follows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.conversion.decisions import IN_ARTICLE, KEYS
from generator.conversion.web_page.blocks import Block
from generator.conversion.web_page.rules import Verdict
from generator.conversion.web_page.titling import Title
from generator.model.decisions import REASON, RULE, block_keys
from generator.model.ledger import Destination, Label


def with_labels(blocks: Sequence[Block], verdicts: Sequence[Verdict], labels: Mapping[str, Label]) -> list[Verdict]:
    """The verdicts, with those that a person has given; a headline that is none any more becomes a heading."""
    if not labels:
        return list(verdicts)
    keys = list(block_keys(shown_text(block) for block in blocks))
    has_title = any(labels.get(key) is Label.TITLE for key in keys)
    return [_given(verdict, labels.get(key), has_title) for verdict, key in zip(verdicts, keys, strict=True)]


def with_title(blocks: Sequence[Block], verdicts: Sequence[Verdict], title: Title) -> Title:
    """The title, or the block that a person labelled as the title."""
    for block, verdict in zip(blocks, verdicts, strict=True):
        if verdict.rule == RULE and verdict.label is Label.TITLE and block.text:
            return replace(title, text=block.text, reason=f"line {block.first}, {REASON}", block=block.number)
    return title


def shown_text(block: Block) -> str:
    """A block as the ledger shows it, and as its key names it."""
    return block.text or ("a picture" if block.has_image else "")


def _given(verdict: Verdict, label: Label | None, has_title: bool) -> Verdict:
    if label is None:
        if has_title and verdict.label is Label.TITLE:
            reason = "a person labelled another block as the title"
            return Verdict(Label.HEADING, Destination.ARTICLE, RULE, reason)
        return verdict
    key = KEYS.get(label, "")
    where = Destination.FRONT_MATTER if key else Destination.ARTICLE if label in IN_ARTICLE else Destination.LEFT_OUT
    return Verdict(label, where, RULE, REASON, key)
