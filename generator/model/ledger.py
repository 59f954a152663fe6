"""The account of a conversion: every block of a capture, what it was taken for, and where it went.

The law of the ledger: each line of a capture stands in exactly one entry.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Label(StrEnum):
    """What a block is."""

    TITLE = "title"
    REPEATED_TITLE = "repeated-title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE_LINE = "date-line"
    SUMMARY_POINT = "summary-point"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    AUTHOR_NOTE = "author-note"
    CREDIT = "credit"
    PULL_QUOTE = "pull-quote"
    INTERFACE_TEXT = "interface-text"
    ADVERTISEMENT = "advertisement"
    RELATED_LINK = "related-link"
    COMMENT = "comment"
    RUNNING_HEADER = "running-header"
    FRONT_MATTER = "front-matter"
    NOTICE = "notice"
    BLANK = "blank"


class Destination(StrEnum):
    """Where a block went."""

    ARTICLE = "article"
    FRONT_MATTER = "front matter"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Entry:
    """One block in the ledger.

    `first` and `last` are its lines, counted from 1, both included; `node` names the place inside a line where lines
    say too little (an HTML element's path); `rule` is the name of the rule that decided; `reason` is a clause a
    person understands; `key` is the front matter key it went to, if it did; `confidence` runs from 0 to 1.
    """

    first: int
    last: int
    label: Label
    destination: Destination
    reason: str
    rule: str
    text: str
    key: str = ""
    node: str = ""
    confidence: float = 1.0

    def as_json(self) -> dict[str, Any]:
        """The entry as a JSON object."""
        return {
            "lines": [self.first, self.last],
            "node": self.node,
            "label": self.label.value,
            "destination": self.destination.value,
            "key": self.key,
            "reason": self.reason,
            "rule": self.rule,
            "confidence": round(self.confidence, 3),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of one capture, in the order of the capture."""

    entries: tuple[Entry, ...]

    def of(self, *labels: Label) -> tuple[Entry, ...]:
        """The entries with one of these labels."""
        return tuple(entry for entry in self.entries if entry.label in labels)
