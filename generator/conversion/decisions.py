"""Labels that a person has set take the place of those that the rules gave. Pure; what follows from a label follows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.conversion.reading import Finding, Labelled
from generator.model.decisions import REASON, RULE, block_keys
from generator.model.ledger import Label

KEYS = {
    Label.TITLE: "title",
    Label.SUBTITLE: "subtitle",
    Label.SUMMARY_POINT: "summary",
    Label.AUTHOR_NOTE: "author_note",
    Label.CREDIT: "image_credits",
}
"""Labels whose blocks become front matter."""

IN_ARTICLE = frozenset({Label.PARAGRAPH, Label.HEADING, Label.QUOTATION, Label.LIST, Label.CAPTION})
"""Labels whose blocks are text of the article."""

CHOICES = (
    Label.PARAGRAPH, Label.HEADING, Label.QUOTATION, Label.LIST, Label.CAPTION,
    Label.TITLE, Label.SUBTITLE, Label.SUMMARY_POINT, Label.AUTHOR_NOTE, Label.CREDIT,
    Label.REPEATED_TITLE, Label.BYLINE, Label.DATE_LINE, Label.PULL_QUOTE, Label.INTERFACE_TEXT, Label.ADVERTISEMENT,
    Label.RELATED_LINK, Label.COMMENT, Label.RUNNING_HEADER, Label.NOTICE,
)  # fmt: skip
"""The labels that a person can choose from: text first, then front matter, then what is left out."""


def decided(labelled: Sequence[Labelled], labels: Mapping[str, Label]) -> list[Labelled]:
    """The blocks with the labels that a person gave them; a headline that is none any more becomes a heading."""
    if not labels:
        return list(labelled)
    keys = list(block_keys(entry.block.raw for entry in labelled))
    has_title = any(labels.get(key) is Label.TITLE for key in keys)
    return [_decided(entry, labels.get(key), has_title) for entry, key in zip(labelled, keys, strict=True)]


def _decided(entry: Labelled, label: Label | None, has_title: bool) -> Labelled:
    if label is None:
        if has_title and entry.label is Label.TITLE:
            finding = Finding("a person labelled another block as the title")
            return replace(entry, label=Label.HEADING, rule=RULE, finding=finding)
        return entry
    return replace(entry, label=label, rule=RULE, finding=Finding(REASON, KEYS.get(label, ""), entry.block.text))
