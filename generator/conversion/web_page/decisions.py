"""Labels that a person has set take the place of the verdicts on a page's blocks."""

from collections.abc import Mapping, Sequence

from generator.conversion.decisions import IN_ARTICLE, KEYS
from generator.conversion.web_page.blocks import Block
from generator.conversion.web_page.rules import Verdict
from generator.model.decisions import REASON, RULE, block_keys
from generator.model.ledger import Destination, Label


def with_labels(blocks: Sequence[Block], verdicts: Sequence[Verdict], labels: Mapping[str, Label]) -> list[Verdict]:
    """The verdicts, with those that a person has given."""
    if not labels:
        return list(verdicts)
    keys = block_keys(block.text for block in blocks)
    return [_given(verdict, labels.get(key)) for verdict, key in zip(verdicts, keys, strict=True)]


def _given(verdict: Verdict, label: Label | None) -> Verdict:
    if label is None:
        return verdict
    key = KEYS.get(label, "")
    where = Destination.FRONT_MATTER if key else Destination.ARTICLE if label in IN_ARTICLE else Destination.LEFT_OUT
    return Verdict(label, where, RULE, REASON, key)
