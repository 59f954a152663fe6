"""Tables: which of a page's tables hold data, and their rows as Markdown. Tables for layout are no tables to a reader."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from generator.conversion.web_page.blocks import Block, Frame
from generator.conversion.web_page.elements import CELLS, HEADINGS, LISTS, VERBATIM
from generator.conversion.web_page.footnotes import Notes
from generator.conversion.web_page.inline import NO_NOTES, segments_of, written

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_CELL, _USUAL_CELL = 500, 120
_MOST_COLUMNS, _WIDEST_SPAN = 60, 60


def table_around(block: Block) -> Frame | None:
    """The innermost table that a block stands in."""
    if "table" not in block.frame.tags:
        return None
    return next((frame for frame in block.frame.upwards() if frame.tag == "table"), None)


def data_tables(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    """The blocks of each table that holds data, by the identity of its frame."""
    tables: dict[int, list[Block]] = {}
    frames: dict[int, Frame] = {}
    holds_table: set[int] = set()
    for block in blocks:
        frame = table_around(block)
        if frame is None or block.is_hidden:
            continue
        frames[id(frame)] = frame
        tables.setdefault(id(frame), []).append(block)
        holds_table.update(
            id(outer) for outer in (frame.around.upwards() if frame.around else ()) if outer.tag == "table"
        )
    return {key: held for key, held in tables.items() if key not in holds_table and _holds_data(frames[key], held)}


def _holds_data(table: Frame, blocks: Sequence[Block]) -> bool:
    if "presentation" in table.names.split() or "none" in table.names.split():
        return False
    cells: dict[int, int] = {}
    rows: dict[int, set[int]] = {}
    has_heads = False
    for block in blocks:
        for frame in block.frame.upwards():
            if frame is table:
                break
            if frame.tag in HEADINGS or frame.tag in LISTS or frame.tag in VERBATIM or frame.tag == "form":
                return False
            if frame.tag in CELLS:
                has_heads = has_heads or frame.tag == "th"
                cells[id(frame)] = cells.get(id(frame), 0) + len(block.text)
                if frame.around is not None:
                    rows.setdefault(id(frame.around), set()).add(id(frame))
    if len(rows) < 2 or max(len(held) for held in rows.values()) < 2:
        return False
    usual = sum(cells.values()) / len(cells)
    return max(cells.values()) <= _LONGEST_CELL * (3 if has_heads else 1) and usual <= _USUAL_CELL * (
        2 if has_heads else 1
    )


def table_markdown(blocks: Sequence[Block], resolve: Callable[[str], str], notes: Notes = NO_NOTES) -> list[str]:
    """The lines of a table; its first row is the head. Captions are for the caller."""
    texts: dict[int, list[str]] = {}
    table = table_around(blocks[0])
    for block in blocks:
        cell = next((frame for frame in block.frame.upwards() if frame.tag in CELLS), None)
        if cell is not None:
            text = written(segments_of(block.pieces, resolve, notes), in_table=True, one_line=True)
            if text:
                texts.setdefault(id(cell.element), []).append(text)
    rows = [row for row in _rows(table.element if table else None, texts) if row]
    width = min(_MOST_COLUMNS, max((len(row) for row in rows), default=0))
    if not rows or not width:
        return []
    filled = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    # What lies beyond the widest table that is written goes into its last cell: nothing is lost.
    for row, line in zip(rows, filled, strict=True):
        if len(row) > width:
            line[-1] = " ".join(filter(None, row[width - 1 :]))
    lines = ["| " + " | ".join(line) + " |" for line in filled]
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def _rows(table: "HtmlElement | None", texts: dict[int, list[str]]) -> list[list[str]]:
    """The cells' texts in their grid: what spans columns or rows leaves the cells it covers empty."""
    rows: list[list[str]] = []
    covered: dict[int, int] = {}
    for element in table.iter("tr") if table is not None else ():
        row: list[str] = []
        for cell in element:
            if cell.tag not in CELLS:
                continue
            while covered.get(len(row), 0) > 0:
                covered[len(row)] -= 1
                row.append("")
            down = _span(cell.get("rowspan"))
            for offset in range(_span(cell.get("colspan"))):
                if down > 1:
                    covered[len(row)] = down - 1
                row.append(" ".join(texts.get(id(cell), ())) if not offset else "")
        if any(row):
            rows.append(row)
    return rows


def _span(text: str | None) -> int:
    return min(_WIDEST_SPAN, max(1, int(text))) if text and text.isdigit() and len(text) < 4 else 1
