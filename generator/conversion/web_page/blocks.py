"""A page as blocks: maximal runs of text that a reader sees without a break, each with its place in file and tree.

The walk visits every node once and keeps no recursion, so its cost is that of the page's length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.conversion.web_page.elements import BLOCKS, CODE, EMPHASIS, STRONG, STRUCK, UNSEEN, VERBATIM

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LAST_KNOWN_LINE = 65_535
"""libxml2 counts the lines of elements no further."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A block element around text: its tag, its names (classes, id, role), its place, and the frame around it."""

    tag: str
    names: str
    path: str
    depth: int
    around: "Frame | None"
    element: "HtmlElement"

    def upwards(self) -> "Iterator[Frame]":
        """This frame and those around it, the innermost first."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.around


@dataclass(frozen=True, slots=True)
class Mark:
    """What an inline element says about its text: `kind` is strong, emphasis, code, struck, link, above or below."""

    kind: str
    target: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block: text, a line break (`\\n` with `kind` break) or an image (`kind` image)."""

    kind: str
    text: str
    marks: tuple[Mark, ...]
    element: "HtmlElement | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A run of text without a break.

    `text` is what a reader sees, on one line; `first` and `last` are source lines from 1; `linked` counts the
    characters inside links; `node` is the element's path, made distinct where an element holds several runs;
    `is_hidden` tells that the page hides it; `names` are those of inline elements that hold the whole run.
    """

    number: int
    frame: Frame
    node: str
    pieces: tuple[Piece, ...]
    text: str
    first: int
    last: int
    linked: int
    is_hidden: bool
    names: str = ""

    @property
    def link_share(self) -> float:
        """The part of the text that is links, from 0 to 1."""
        return self.linked / len(self.text) if self.text else 0.0

    @property
    def has_image(self) -> bool:
        """Whether a picture stands in it."""
        return any(piece.kind == "image" for piece in self.pieces)


def collapsed(text: str) -> str:
    """White space as a browser shows it outside of `pre`: single spaces, none at the ends."""
    return _SPACE.sub(" ", text).strip(" ")


def blocks_of(root: "HtmlElement", line_count: int) -> tuple[Block, ...]:
    """The page's blocks in their order; a block without text is kept where it holds an image."""
    return _Walk(line_count).over(root)


_KINDS = {
    **dict.fromkeys(STRONG, "strong"),
    **dict.fromkeys(EMPHASIS, "emphasis"),
    **dict.fromkeys(CODE, "code"),
    **dict.fromkeys(STRUCK, "struck"),
    "a": "link",
    "sup": "above",
    "sub": "below",
    "q": "quoted",
}


class _Walk:
    """The state of one walk over a page."""

    def __init__(self, line_count: int) -> None:
        self.line_count = max(1, line_count)
        self.blocks: list[Block] = []
        self.frame: Frame | None = None
        self.marks: tuple[Mark, ...] = ()
        self.pieces: list[Piece] = []
        self.hidden_depth = 0
        self.line = 1
        self.first = 0
        self.last = 0
        self.siblings: list[dict[str, int]] = [{}]
        self.runs_in: dict[int, int] = {}
        self.inline_names: list[str] = []
        self.run_names: str | None = None
        self.anchors = 0

    def over(self, root: "HtmlElement") -> tuple[Block, ...]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                self._see_line(element)
                if tag in UNSEEN:
                    walk.skip_subtree()
                    continue
                self._start(element, tag)
                if element.text:
                    self._text(element.text)
            else:
                if tag not in UNSEEN:
                    self._end(tag)
                if element.tail and element is not root:
                    self._text(element.tail)
        self._flush()
        return tuple(self.blocks)

    def _see_line(self, element: "HtmlElement") -> None:
        line = element.sourceline or 0
        if line < LAST_KNOWN_LINE and line >= self.first:
            self.line = line

    def _start(self, element: "HtmlElement", tag: str) -> None:
        attributes = element.attrib
        is_block = tag in BLOCKS
        if is_block:
            self._flush()
        if self.hidden_depth or (attributes and _is_hidden(attributes)):
            self.hidden_depth += 1
        if is_block:
            counts = self.siblings[-1]
            counts[tag] = counts.get(tag, 0) + 1
            step = tag if counts[tag] == 1 else f"{tag}[{counts[tag]}]"
            around = self.frame
            path = f"{around.path}/{step}" if around and around.tag not in ("html", "body") else step
            self.siblings.append({})
            names = _names(attributes) if attributes else ""
            self.frame = Frame(tag, names, path, around.depth + 1 if around else 0, around, element)
        elif tag == "br":
            self._break()
        elif tag in ("img", "amp-img"):
            self._add(Piece("image", "", self.marks, element))
        elif tag != "wbr":
            self.inline_names.append(_names(attributes) if attributes else "")
            kind = _KINDS.get(tag, "")
            self.anchors += 1
            target = attributes.get("href", "") if kind == "link" else ""
            self.marks = (*self.marks, Mark(kind, target, self.anchors))

    def _end(self, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
            self.siblings.pop()
            self.frame = self.frame.around if self.frame else None
        if self.hidden_depth:
            self.hidden_depth -= 1
        if tag in BLOCKS:
            return
        if tag not in ("br", "img", "amp-img", "wbr"):
            self.marks = self.marks[:-1]
            self.inline_names.pop()

    def _break(self) -> None:
        # Two breaks in a row are how pages without paragraphs part them.
        for piece in reversed(self.pieces):
            if piece.kind == "break":
                self._flush()
                return
            if piece.kind == "image" or piece.text.strip():
                break
        self.pieces.append(Piece("break", "\n", ()))

    def _text(self, text: str) -> None:
        if not self.pieces and text.isspace():
            self.line += text.count("\n")
            return
        self._add(Piece("text", text, self.marks))

    def _add(self, piece: Piece) -> None:
        is_seen = piece.kind == "image" or bool(piece.text.strip())
        if is_seen:
            lead = piece.text[: len(piece.text) - len(piece.text.lstrip())]
            start = min(self.line + lead.count("\n"), self.line_count)
            if not self.first:
                self.first = start
            self.last = max(self.last, min(self.line + piece.text.rstrip().count("\n"), self.line_count))
            names = " ".join(filter(None, self.inline_names))
            self.run_names = names if self.run_names is None else _common(self.run_names, names)
        self.pieces.append(piece)
        self.line += piece.text.count("\n")

    def _flush(self) -> None:
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        first, last, names = self.first, self.last, self.run_names or ""
        self.first = self.last = 0
        self.run_names = None
        if not first or self.frame is None:
            return
        text = "".join(piece.text for piece in pieces)
        if self.frame.tag not in VERBATIM:
            text = collapsed(text)
        linked = sum(
            len(piece.text.strip()) for piece in pieces if any(mark.kind == "link" and mark.target for mark in piece.marks)
        )
        runs = self.runs_in[id(self.frame)] = self.runs_in.get(id(self.frame), 0) + 1
        node = self.frame.path if runs == 1 else f"{self.frame.path}#{runs}"
        # Lines run forward only: a line that an element's end tag hides cannot lead back.
        first = max(first, self.blocks[-1].last) if self.blocks else first
        block = Block(
            len(self.blocks), self.frame, node, tuple(pieces), text, first, max(first, last), min(linked, len(text)), bool(self.hidden_depth), names
        )
        self.blocks.append(block)


def _common(left: str, right: str) -> str:
    return left if left == right else " ".join(name for name in left.split() if name in right.split())


def _names(attributes: "dict[str, str]") -> str:
    parts = [attributes.get("class", ""), attributes.get("id", ""), attributes.get("role", ""), attributes.get("itemprop", "")]
    return " ".join(filter(None, parts))[:400].lower()


def _is_hidden(attributes: "dict[str, str]") -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return attributes.get("hidden") != "until-found"
    style = attributes.get("style")
    return bool(style) and _HIDDEN_STYLE.search(style[:2000]) is not None
