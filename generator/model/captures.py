"""What was received: one raw file, decoded, and never changed.

`Capture` is the meeting point of `captures/` (which makes it from bytes) and `conversion/` (which reads it).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """What kind of file a capture turned out to be, judged by its content."""

    PLAIN_TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture as received.

    `path` is relative to the archive's root (`seeds/ferry.txt`); `sha256` is of the raw bytes; `text` is decoded,
    with every line end as `\\n`; `stated` is what front matter of a Markdown capture states (key -> value as text,
    tuple or mapping) and `stated_lines` the lines (from 1) each key stands on; `body_line` is the line on which the
    text after the front matter begins; `notes` say what decoding had to do (a repaired encoding, a removed mark).
    """

    path: str
    sha256: str
    format: Format
    encoding: str
    text: str
    stated: dict[str, Any] = field(default_factory=dict)
    stated_lines: dict[str, int] = field(default_factory=dict)
    body_line: int = 1
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The lines of the text; a line end at the very end opens no further line."""
        lines = self.text.split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        return lines
