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

_SPACE = re.compile(r" [ \t\n\r\f]+|[\t\n\r\f][ \t\n\r\f]*")
"""White space other than the single spaces that most of it is."""

_NOTHING = " \u00a0\u200b\u200c\u200d\u2060\ufeff\n\t"
_SIZED = frozenset(("font", "big", "span"))
_FONT_SIZE = re.compile(r"(?P<sign>[+-]?)(?P<n>[1-9])")
_BIG_STYLE = re.compile(r"font-size\s*:\s*(?:((?:x+-)?large)|(\d{1,3}(?:\.\d{1,3})?)(pt|px|em|rem))", re.I)
BIG = 4
"""The size of type from which a line counts as big."""
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A block element around text: its tag, its names (classes, id, role), its place, and the frame around it.

    `tags` are its own tag and those of all frames around it.
    """

    tag: str
    names: str
    path: str
    depth: int
    around: "Frame | None"
    element: "HtmlElement"
    tags: frozenset[str]

    def upwards(self) -> "Iterator[Frame]":
        """This frame and those around it, the innermost first."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.around


@dataclass(frozen=True, slots=True)
class Mark:
    """What an inline element says about its text: strong, emphasis, code, struck, link, above, below, size, or nothing.

    The `target` of a link is its address, that of a size the number from 1 to 7 that `<font>` would have.
    """

    kind: str
    target: str = ""


_PLAIN = Mark("")


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
    `is_hidden` tells that the page hides it; `names` are those of inline elements that hold the whole run; `stamps`
    are machine-readable dates in it, each as (place in words, value, names).
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
    stamps: tuple[tuple[str, str, str], ...] = ()

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


@dataclass(slots=True, eq=False)
class _Open:
    """A block element that the walk is inside of; its frame is made when text is found in it."""

    element: "HtmlElement"
    tag: str
    step: str
    counts: dict[str, int] | None = None
    frame: Frame | None = None


class _Walk:
    """The state of one walk over a page."""

    def __init__(self, line_count: int) -> None:
        self.line_count = max(1, line_count)
        self.blocks: list[Block] = []
        self.open: list[_Open] = []
        self.marks: tuple[Mark, ...] = ()
        self.inline: list[HtmlElement] = []
        self.pieces: list[Piece] = []
        self.stamps: list[tuple[str, str, str]] = []
        self.hidden_depth = 0
        self.line = 1
        self.first = self.last = 0
        self.runs_in: dict[int, int] = {}
        self.run_inline: list[HtmlElement] | None = None
        self.after_break = self.has_words = False
        self.last_text: Piece | None = None
        self.links = 0

    def over(self, root: "HtmlElement") -> tuple[Block, ...]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                line = element.sourceline or 0
                if LAST_KNOWN_LINE > line >= self.first:
                    self.line = line
                if tag in UNSEEN:
                    walk.skip_subtree()
                    continue
                if tag in BLOCKS:
                    self._open_block(element, tag, _is_hidden(element))
                else:
                    self._open_inline(element, tag, _is_hidden(element))
                if tag == "time" or "ate" in element.get("itemprop", ""):
                    self._see_stamp(element, tag)
                text = element.text
            else:
                if tag not in UNSEEN:
                    self._close(tag)
                text = element.tail if element is not root else None
            if text:
                if self.pieces or not text.isspace():
                    self._add(Piece("text", text, self.marks))
                else:
                    self.line += text.count("\n")
        self._flush()
        return tuple(self.blocks)

    def _open_block(self, element: "HtmlElement", tag: str, hides: bool) -> None:
        if self.pieces:
            self._flush()
        if hides or self.hidden_depth:
            self.hidden_depth += 1
        step = tag
        if self.open:
            around = self.open[-1]
            if around.counts is None:
                around.counts = {}
            count = around.counts[tag] = around.counts.get(tag, 0) + 1
            if count > 1:
                step = f"{tag}[{count}]"
        self.open.append(_Open(element, tag, step))

    def _open_inline(self, element: "HtmlElement", tag: str, hides: bool) -> None:
        if hides or self.hidden_depth:
            self.hidden_depth += 1
        if tag == "br":
            self._break()
        elif tag in ("img", "amp-img"):
            self._add(Piece("image", "", self.marks, element))
        self.inline.append(element)
        if tag in _SIZED and (size := type_size(element, tag)):
            self.marks = (*self.marks, Mark("size", str(size)))
        elif kind := _KINDS.get(tag, ""):
            target = element.get("href", "") if kind == "link" else ""
            self.marks = (*self.marks, Mark(kind, target))
        else:
            self.marks = (*self.marks, _PLAIN)

    def _close(self, tag: str) -> None:
        if tag in BLOCKS:
            if self.pieces:
                self._flush()
            self.open.pop()
        else:
            self.marks = self.marks[:-1]
            self.inline.pop()
        if self.hidden_depth:
            self.hidden_depth -= 1

    def _see_stamp(self, element: "HtmlElement", tag: str) -> None:
        role = element.get("itemprop", "")
        value = element.get("datetime") or element.get("content") or ""
        if value and (tag == "time" or "date" in role.lower()):
            place = f"microdata {role}" if "date" in role.lower() else "the time element"
            self.stamps.append((place, value[:100], f"{role} {_names(element)}".lower()))

    def _break(self) -> None:
        if self.open and self.open[-1].tag not in VERBATIM:
            # Two breaks in a row are how pages without paragraphs part them.
            for piece in reversed(self.pieces):
                if piece.kind == "break":
                    self._flush()
                    return
                if piece.kind == "image" or piece.text.strip():
                    break
        self.pieces.append(Piece("break", "\n", ()))
        self.after_break = True

    def _parts_lines(self, piece: Piece) -> bool:
        """Whether a piece begins a line that is no part of what stands above it.

        A headline in big type ends where plain type begins, and a line of links where there are no more of them.
        """
        if not self.after_break or self.last_text is None:
            return False
        if (_size(self.last_text) >= BIG) != (_size(piece) >= BIG):
            return True
        return self.links > 1 and not self.has_words and not _is_link(piece)

    def _see_text(self, piece: Piece) -> None:
        """Keeps what `_parts_lines` asks of the run so far, so that nothing is walked through again."""
        self.after_break = False
        self.last_text = piece
        if _is_link(piece):
            self.links += 1
        elif not self.has_words:
            self.has_words = any(map(str.isalnum, piece.text))

    def _add(self, piece: Piece) -> None:
        text = piece.text
        if piece.kind == "text" and not text.isspace():
            if self.after_break and self.pieces and self._parts_lines(piece):
                self._flush()
            self._see_text(piece)
        if piece.kind == "image" or not text.isspace():
            lead = text[: len(text) - len(text.lstrip())]
            if not self.first:
                self.first = min(self.line + lead.count("\n"), self.line_count)
            self.last = max(self.last, min(self.line + text.rstrip().count("\n"), self.line_count))
            if self.run_inline is None:
                self.run_inline = list(self.inline)
            else:
                self.run_inline = [a for a, b in zip(self.run_inline, self.inline, strict=False) if a is b]
        self.pieces.append(piece)
        self.line += text.count("\n")

    def _frame(self) -> Frame:
        """The frame of the innermost open block, made together with those around it that nobody needed before."""
        depth = len(self.open)
        while depth and self.open[depth - 1].frame is None:
            depth -= 1
        frame = self.open[depth - 1].frame if depth else None
        for opened in self.open[depth:]:
            path = f"{frame.path}/{opened.step}" if frame and frame.tag not in ("html", "body") else opened.step
            around_tags = frame.tags if frame else frozenset[str]()
            tags = around_tags if opened.tag in around_tags else around_tags | {opened.tag}
            names = _names(opened.element)
            depth = frame.depth + 1 if frame else 0
            frame = opened.frame = Frame(opened.tag, names, path, depth, frame, opened.element, tags)
        if frame is None:
            raise ValueError("text outside of all elements")
        return frame

    def _flush(self) -> None:
        pieces, self.pieces = self.pieces, []
        first, last, inline = self.first, self.last, self.run_inline or ()
        self.first = self.last = 0
        self.run_inline = None
        self.after_break = self.has_words = False
        self.last_text, self.links = None, 0
        if not first:
            return
        frame = self._frame()
        text = "".join([piece.text for piece in pieces])
        if frame.tag not in VERBATIM:
            text = collapsed(text)
        if not text.strip(_NOTHING):
            text = ""
            if all(piece.kind != "image" for piece in pieces):
                return
        linked = 0
        for piece in pieces:
            if piece.marks and any(mark.kind == "link" and mark.target for mark in piece.marks):
                linked += len(piece.text.strip())
        runs = self.runs_in[id(frame)] = self.runs_in.get(id(frame), 0) + 1
        node = frame.path if runs == 1 else f"{frame.path}#{runs}"
        # Lines run forward only: a line that an element's end tag hides cannot lead back.
        first = max(first, self.blocks[-1].last) if self.blocks else first
        names = " ".join(filter(None, [_names(element) for element in inline])) if inline else ""
        self.blocks.append(
            Block(
                len(self.blocks),
                frame,
                node,
                tuple(pieces),
                text,
                first,
                max(first, last),
                min(linked, len(text)),
                bool(self.hidden_depth),
                names,
                tuple(self.stamps),
            )
        )
        self.stamps = []


def _names(element: "HtmlElement") -> str:
    parts = [value for key in ("class", "id", "role", "itemprop", "rel") if (value := element.get(key))]
    return " ".join(parts)[:400].lower() if parts else ""


def type_size(element: "HtmlElement", tag: str) -> int:
    """The size of type that an element sets, from 1 to 7 (3 is plain text); 0 where it sets none."""
    if tag == "big":
        return 4
    size = element.get("size", "").strip()
    if tag == "font" and (match := _FONT_SIZE.fullmatch(size)):
        number = int(match["n"])
        return min(7, max(1, 3 + (number if match["sign"] == "+" else -number) if match["sign"] else number))
    if (style := element.get("style")) is not None and (found := _BIG_STYLE.search(style[:500])):
        return 5 if found[1] or float(found[2]) >= (14 if found[3] == "pt" else 20 if found[3] == "px" else 1.4) else 0
    return 0


def _size(piece: Piece) -> int:
    return next((int(mark.target) for mark in reversed(piece.marks) if mark.kind == "size"), 3)


def _is_link(piece: Piece) -> bool:
    return any(mark.kind == "link" and mark.target for mark in piece.marks)


def size_of(block: Block) -> int:
    """The size of type in which the whole block is set: the smallest of its words'."""
    return min((_size(piece) for piece in block.pieces if piece.kind == "text" and piece.text.strip()), default=3)


def _is_hidden(element: "HtmlElement") -> bool:
    if element.get("aria-hidden") == "true":
        return True
    hidden = element.get("hidden")
    if hidden is not None and hidden != "until-found":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style[:2000]) is not None
