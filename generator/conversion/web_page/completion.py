"""Second thoughts about verdicts: tables and lists are kept or left whole, and no heading is kept for nothing."""

from collections.abc import Sequence
from dataclasses import replace

from generator.conversion.web_page.page import Page
from generator.conversion.web_page.rules import ARTICLE, LEFT_OUT, Verdict
from generator.conversion.web_page.tables import data_tables
from generator.model.ledger import Label


def completed(page: Page, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts after tables were made whole and headings that head nothing were dropped."""
    found = list(verdicts)
    _make_tables_whole(page, found)
    _drop_idle_headings(page, found)
    return found


def _make_tables_whole(page: Page, verdicts: list[Verdict]) -> None:
    for blocks in data_tables(page.blocks).values():
        cells = [
            block
            for block in blocks
            if block.text and verdicts[block.number].rule not in ("hidden", "before-title", "outside")
        ]
        kept = sum(verdicts[block.number].is_kept for block in cells)
        if kept and kept >= 0.4 * len(cells):
            for block in cells:
                if not verdicts[block.number].is_kept:
                    verdicts[block.number] = Verdict(
                        Label.TABLE, ARTICLE, "whole-table", "belongs to a table that is kept"
                    )


def _drop_idle_headings(page: Page, verdicts: list[Verdict]) -> None:
    """A heading whose section was left out goes with it; one that heads another heading stays."""
    pending: int | None = None
    dropped = False
    for index, verdict in enumerate(verdicts):
        if verdict.is_kept and verdict.label is Label.HEADING:
            if pending is not None and dropped:
                _drop(verdicts, pending)
            pending, dropped = index, False
        elif verdict.is_kept and page.blocks[index].text:
            pending = None
        elif verdict.rule != "hidden" and page.blocks[index].text:
            dropped = True
    if pending is not None:
        _drop(verdicts, pending)


def _drop(verdicts: list[Verdict], index: int) -> None:
    verdicts[index] = replace(
        verdicts[index],
        destination=LEFT_OUT,
        label=Label.INTERFACE_TEXT,
        rule="idle-heading",
        reason="heads nothing that is kept",
    )
