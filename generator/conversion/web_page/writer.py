"""The kept blocks as Markdown: what the page marks up as heading, list, quotation, table, code or figure stays that.

Blocks come in the page's order, each with the containers (list items, quotations) it stands in. Writing is one pass
over them and keeps no recursion; the text of every kept block appears exactly once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.conversion import markdown_text
from generator.conversion.web_page.blocks import Block, Frame
from generator.conversion.web_page.elements import HEADINGS, LISTS, VERBATIM
from generator.conversion.web_page.figures import Picture, captions_of, pictures_in
from generator.conversion.web_page.footnotes import Notes, note_pieces
from generator.conversion.web_page.inline import NO_NOTES, Segment, plain, segments_of, written
from generator.conversion.web_page.tables import data_tables, table_around, table_markdown
from generator.conversion.web_page.titling import agreement
from generator.conversion.words import fold
from generator.model.ledger import Label

_DEEPEST = 12
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight|brush:?)[-_ :]+([a-z0-9+#.-]{1,20})")


@dataclass(frozen=True, slots=True)
class Container:
    """A list item or a quotation around a unit: its identity, that of its list, and the marker of its first line."""

    key: int
    group: int
    marker: str

    @property
    def is_quotation(self) -> bool:
        """Whether it is a quotation."""
        return self.marker == "> "


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that belong together, and the containers around them, the outermost first."""

    lines: tuple[str, ...]
    containers: tuple[Container, ...]


class Writer:
    """Writes the kept blocks of one page; `labels` tell headings, captions and the rest apart."""

    def __init__(
        self,
        blocks: Sequence[Block],
        kept: Sequence[int],
        labels: dict[int, Label],
        *,
        core: Frame | None,
        title: str,
        resolve: Callable[[str], str],
        notes: Notes = NO_NOTES,
    ) -> None:
        self.blocks = blocks
        self.notes = notes
        in_notes = {number for held in notes.blocks.values() for number in held}
        self.kept = [blocks[number] for number in kept if number not in in_notes]
        self.labels = labels
        self.core = core
        self.title = title
        self.resolve = resolve
        self.tables = data_tables(self.kept)
        self._numbers: dict[int, dict[int, int]] = {}
        self._containers: dict[int, tuple[Container, ...]] = {}
        self._written_pictures: set[str] = set()
        self._said = {fold(block.text) for block in self.kept}

    def markdown(self) -> str:
        """The article's text, blocks apart by one empty line, one line end at its end."""
        lines: list[str] = []
        before: tuple[Container, ...] = ()
        for unit in self._units():
            shared = 0
            while shared < min(len(before), len(unit.containers)) and before[shared].key == unit.containers[shared].key:
                shared += 1
            if lines and not self._is_next_item(before, unit.containers, shared):
                lines.append(
                    "".join("> " if c.is_quotation else " " * len(c.marker) for c in unit.containers[:shared]).rstrip()
                )
            first = "".join(self._continued(c) if i < shared else c.marker for i, c in enumerate(unit.containers))
            rest = "".join(map(self._continued, unit.containers))
            lines += [((first if number == 0 else rest) + line).rstrip() if not line else (first if number == 0 else rest) + line
                      for number, line in enumerate(unit.lines)]  # fmt: skip
            before = unit.containers
        lines += self._note_lines(bool(lines))
        return "\n".join(lines) + "\n" if lines else ""

    def _note_lines(self, has_text: bool) -> list[str]:
        """The notes below the text: their further paragraphs are indented, as Markdown's footnotes ask."""
        lines: list[str] = []
        for number, held in sorted(self.notes.blocks.items()):
            texts: list[str] = []
            for place in held:
                block = self.blocks[place]
                pieces = note_pieces(block, not texts)
                if segments := segments_of(pieces, self.resolve, self.notes):
                    texts.append(written(segments).replace("\n", "\n    "))
            if texts:
                lines += (
                    ["", f"[^{number}]: " + "\n\n    ".join(texts)]
                    if lines or has_text
                    else [f"[^{number}]: {texts[0]}"]
                )
        return lines

    @staticmethod
    def _continued(container: Container) -> str:
        return "> " if container.is_quotation else " " * len(container.marker)

    @staticmethod
    def _is_next_item(before: tuple[Container, ...], after: tuple[Container, ...], shared: int) -> bool:
        """Whether a unit begins the next item of the list that the last one stood in, or a list inside that item."""
        if shared >= len(after) or any(c.is_quotation for c in (*before[shared:], *after[shared:])):
            return False
        if shared < len(before):
            return before[shared].group == after[shared].group
        return shared > 0 and len(after) == shared + 1 and after[shared].marker[0] in "-*"

    def _units(self) -> list[Unit]:
        units: list[Unit] = []
        done_tables: set[int] = set()
        for block in self.kept:
            table = table_around(block)
            if table is not None and id(table) in self.tables:
                if id(table) not in done_tables:
                    done_tables.add(id(table))
                    units += self._table(self.tables[id(table)], block)
                continue
            units += [Unit((line,), self._containers_of(block)) for line in self._pictures(block)]
            lines = self._lines(block)
            if lines:
                units.append(Unit(tuple(lines), self._containers_of(block)))
        return units

    def _table(self, held: Sequence[Block], first: Block) -> list[Unit]:
        containers = self._containers_of(first)
        captions = [block for block in held if any(frame.tag == "caption" for frame in block.frame.upwards())]
        cells = [block for block in held if block not in captions]
        units = [
            Unit((written(segments_of(block.pieces, self.resolve, self.notes), one_line=True),), containers)
            for block in captions
            if block.text
        ]
        units += [Unit((line,), containers) for block in cells for line in self._pictures(block)]
        lines = table_markdown(cells, self.resolve, self.notes) if cells else []
        return [*units, Unit(tuple(lines), containers)] if lines else units

    @cached_property
    def _captions(self) -> dict[int, Picture]:
        captions = [block for block in self.kept if block.text and self.labels[block.number] is Label.CAPTION]
        return captions_of(captions, [picture for held in self._held.values() for picture in held], self.blocks)

    @cached_property
    def _continuations(self) -> dict[int, int]:
        """Captions without a picture of their own that follow a caption in the same figure, and which one."""
        found: dict[int, int] = {}
        leader: Block | None = None
        for block in self.kept:
            if not block.text:
                continue
            if self.labels[block.number] is not Label.CAPTION:
                leader = None
            elif leader is not None and block.number not in self._captions and _share_figure(leader, block):
                found[block.number] = leader.number
            else:
                leader = block
        return found

    def _with_continuations(self, block: Block, segments: list[Segment]) -> list[Segment]:
        for number, leader in self._continuations.items():
            if leader == block.number:
                segments = [*segments, Segment(" "), *segments_of(self.blocks[number].pieces, self.resolve, self.notes)]
        return segments

    @cached_property
    def _held(self) -> dict[int, list[Picture]]:
        return {block.number: pictures_in(block, self.resolve) for block in self.kept if block.has_image}

    def _pictures(self, block: Block) -> list[str]:
        """The pictures of a block, but for those whose caption stands elsewhere and brings them along."""
        captioned = {id(picture) for picture in self._captions.values()}
        lines = []
        for picture in self._held.get(block.number, ()):
            if id(picture) in captioned:
                continue
            if picture.address in self._written_pictures:
                continue
            self._written_pictures.add(picture.address)
            lines.append(_image(self._description(picture), picture.address))
        return lines

    def _description(self, picture: Picture) -> str:
        """What the page says the picture shows, unless it says the same of others, or what the text says already."""
        folded = fold(picture.description)
        if not folded or folded in self._said or agreement(picture.description, self.title) >= 0.5:
            return ""
        self._said.add(folded)
        return picture.description

    def _lines(self, block: Block) -> list[str]:
        if block.frame.tag in VERBATIM:
            return self._code(block)
        segments = segments_of(block.pieces, self.resolve, self.notes)
        if not segments:
            return []
        if self.labels[block.number] is Label.CAPTION:
            if block.number in self._continuations:
                return []
            segments = self._with_continuations(block, segments)
            picture = self._captions.get(block.number)
            address = picture.address if picture is not None and picture.address not in self._written_pictures else ""
            self._written_pictures.add(address)
            return [_image(plain(segments).replace("\n", " "), address)]
        level = self._level(block)
        if level:
            unmarked = [replace(s, wraps=tuple(w for w in s.wraps if w[0] != "strong")) for s in segments]
            text = written(unmarked, one_line=True)
            return ["#" * level + " " + re.sub(r"(#+)$", lambda match: "\\" + match[0], text)]
        if any(frame.tag == "dt" for frame in block.frame.upwards()) and not any(s.wraps for s in segments):
            return (
                [f"**{written(segments, one_line=True)}**"]
                if "*" not in plain(segments)
                else written(segments).split("\n")
            )
        return written(segments).split("\n")

    @staticmethod
    def _code(block: Block) -> list[str]:
        text = "".join(piece.text for piece in block.pieces if piece.kind != "image").replace("\r", "").strip("\n")
        names = " ".join([block.frame.names, block.names])
        language = _LANGUAGE.search(names)
        lines = markdown_text.code(text.rstrip().split("\n")).split("\n")
        return [lines[0] + (language[1] if language else ""), *lines[1:]]

    @cached_property
    def _shift(self) -> int:
        levels = [level for block in self.kept if block.text and (level := self._own_level(block))]
        return 2 - min(levels, default=2)

    def _own_level(self, block: Block) -> int:
        if self.labels[block.number] is not Label.HEADING:
            return 0
        marked_up = next((HEADINGS[frame.tag] for frame in block.frame.upwards() if frame.tag in HEADINGS), 0)
        return marked_up or self._bold_level

    @cached_property
    def _bold_level(self) -> int:
        """The level of headings that are only bold: below those that are marked up."""
        levels = [
            HEADINGS[frame.tag] for block in self.kept for frame in block.frame.upwards() if frame.tag in HEADINGS
        ]
        return min(levels) + 1 if levels else 2

    def _level(self, block: Block) -> int:
        own = self._own_level(block)
        return min(6, own + self._shift) if own else 0

    def _containers_of(self, block: Block) -> tuple[Container, ...]:
        known = self._containers.get(id(block.frame))
        if known is None:
            found = []
            for frame in block.frame.upwards():
                if frame is self.core:
                    break
                if frame.tag == "blockquote":
                    found.append(Container(id(frame), id(frame), "> "))
                elif frame.tag in ("li", "dd"):
                    found.append(self._item(frame))
            known = self._containers[id(block.frame)] = tuple(reversed(found))[:_DEEPEST]
        return known

    def _item(self, item: Frame) -> Container:
        holder = next((frame for frame in item.upwards() if frame.tag in LISTS or frame.tag == "dl"), None)
        if holder is None or holder.tag != "ol":
            return Container(id(item), id(holder), "- ")
        numbers = self._numbers.get(id(holder))
        if numbers is None:
            start = holder.element.get("start", "")
            number = int(start) if start.isdigit() and len(start) < 9 else 1
            numbers = self._numbers[id(holder)] = {}
            for child in holder.element.iterchildren("li"):
                value = child.get("value", "")
                number = int(value) if value.isdigit() and len(value) < 9 else number
                numbers[id(child)] = number
                number += 1
        return Container(id(item), id(holder), f"{numbers.get(id(item.element), 1)}. ")


def _share_figure(left: Block, right: Block) -> bool:
    """Whether two captions stand in one figure, or side by side."""
    figures = [
        next((frame for frame in block.frame.upwards() if frame.tag == "figure"), block.frame.around)
        for block in (left, right)
    ]
    return figures[0] is figures[1] and right.number - left.number <= 2


def _image(text: str, address: str) -> str:
    for raw, safe in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E"), ("\\", "%5C")):
        address = address.replace(raw, safe)
    return markdown_text.caption(text, re.sub(r"&(?=#?\w{1,32};)", "&amp;", address))
