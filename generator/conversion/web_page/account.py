"""The ledger of a page.

The law: every line of the file, from the first to the last, stands in an entry, and every block of text that the page
holds in exactly one. Two entries share a line only where text of both stands on it (minified pages); they differ in
`node`. Lines without text of the page (markup, scripts, styles, comments) are accounted for in runs.
"""

from collections.abc import Sequence

from generator.conversion.web_page.blocks import Block
from generator.conversion.web_page.certainty import confidence
from generator.conversion.web_page.decisions import shown_text
from generator.conversion.web_page.head import Head
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.rules import Verdict
from generator.model.ledger import Destination, Entry, Label, Ledger

_LONGEST = 400


def ledger_of(page: Page, verdicts: Sequence[Verdict], head: Head, line_count: int) -> Ledger:
    """Accounts for all blocks, the title element, and the lines without text."""
    entries = [
        _entry(block, verdict, confidence(page, index, verdict))
        for index, (block, verdict) in enumerate(zip(page.blocks, verdicts, strict=True))
    ]
    if head.title:
        entries.append(_title_entry(head, line_count))
    entries.sort(key=lambda entry: entry.first)  # stable: blocks keep the page's order
    return Ledger(tuple(_with_blanks(entries, line_count)))


def _entry(block: Block, verdict: Verdict, sure: float) -> Entry:
    return Entry(
        block.first,
        block.last,
        verdict.label,
        verdict.destination,
        verdict.reason,
        verdict.rule,
        shown_text(block),
        verdict.key,
        block.node,
        sure,
    )


def _title_entry(head: Head, line_count: int) -> Entry:
    line = min(max(1, head.title_line), line_count)
    return Entry(
        line, line, Label.REPEATED_TITLE, Destination.LEFT_OUT, "the title for windows and bookmarks", "title-element",
        head.title[:_LONGEST], "", "head/title",
    )  # fmt: skip


def _with_blanks(entries: Sequence[Entry], line_count: int) -> list[Entry]:
    found: list[Entry] = []
    covered = 0
    for entry in entries:
        if entry.first > covered + 1:
            found.append(_blank(covered + 1, entry.first - 1))
        found.append(entry)
        covered = max(covered, entry.last)
    if covered < line_count:
        found.append(_blank(covered + 1, line_count))
    return found


def _blank(first: int, last: int) -> Entry:
    return Entry(first, last, Label.BLANK, Destination.LEFT_OUT, "markup without text", "markup", "")
