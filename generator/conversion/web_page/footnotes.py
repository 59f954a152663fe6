"""Notes that the text refers to: a link to a place further down that is short and, as a rule, leads back.

Wikipedia, WordPress, Substack, Pandoc and pages made by hand mark notes up in different ways; what they share is that a
short link leads to an element of the page, and that this element is a list item, a paragraph or a box of its own.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from generator.conversion.web_page.blocks import Block, Piece
from generator.conversion.web_page.elements import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LABEL = re.compile(
    r"[\[(]?\s?(?:(?:note|nb|n\.?|fn|anm\.?|прим\.?|注)\s?)?(?:\d{1,4}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶]{1,3})\s?[\])]?",
    re.I,
)
_NAMES = re.compile(r"foot-?note|end-?note|\bnotes?\b|\bfn\b|reference|cite|noteref|sidenote|fußnote", re.I)
_ID = re.compile(r"(?:^|[_.:-])(?:fn|ftn|edn|note|cite|foot|ref|en|n)", re.I)
_BACK = re.compile(r"[\s↩︎↑⤴^⏎↵⇧↥\ufe0e\[\]()]*|jump up|back|return|zurück|nach oben|retour|volver", re.I)
_LEAD = re.compile(r"\s*[\[(]?(?:\d{1,4}|[a-z]|[*†‡§¶]{1,3})[\])]?[.):]?\s*")
_LONGEST_NOTE = 400
_BOXES = frozenset(("li", "p", "dd", "td", "div", "aside", "section", "tr"))


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page: `numbers` by the id that references lead to, and the numbers of the blocks of each note."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    blocks: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    address: str = ""

    def number_of(self, target: str) -> int:
        """The number of the note that a link leads to; 0 when it leads to none."""
        return self.numbers.get(fragment_of(target, self.address), 0) if self.numbers else 0

    def only(self, kept: Iterable[int]) -> "Notes":
        """The notes whose blocks are all notes still: a person may have labelled some as something else."""
        still = set(kept)
        blocks = {number: held for number, held in self.blocks.items() if still.issuperset(held)}
        return Notes({target: n for target, n in self.numbers.items() if n in blocks}, blocks, self.address)


def fragment_of(target: str, address: str) -> str:
    """The id within this page that a link leads to; empty for a link elsewhere."""
    if "#" not in target:
        return ""
    page, fragment = urldefrag(target.strip())
    return unquote(fragment) if not page or (address and page == urldefrag(address)[0]) else ""


def notes_of(root: "HtmlElement", blocks: Sequence[Block], kept: Collection[int], address: str) -> Notes:
    """The notes that kept blocks refer to, numbered in the order in which they do so first."""
    references = list(_references(blocks, kept, address))
    if not references:
        return Notes()
    places = _elements(root, {target for target, _ in references})
    by_element: dict[int, list[Block]] = {}
    for block in blocks:
        for frame in block.frame.upwards():
            by_element.setdefault(id(frame.element), []).append(block)
    numbers: dict[str, int] = {}
    held: dict[int, tuple[int, ...]] = {}
    taken: dict[tuple[int, ...], int] = {}
    used: set[int] = set()
    for target, number in references:
        if target in numbers or target not in places:
            continue
        found = _note(places[target], by_element, number)
        if not found or (found not in taken and not used.isdisjoint(found)):
            continue
        numbers[target] = taken.setdefault(found, len(taken) + 1)
        held[numbers[target]] = found
        used.update(found)
    return Notes(numbers, held, address)


def _references(blocks: Sequence[Block], kept: Collection[int], address: str) -> Iterator[tuple[str, int]]:
    """The targets of links that look like references to notes, each with its block's number."""
    for block in blocks:
        if block.number in kept:
            for piece in block.pieces:
                if (target := reference_in(piece, address)) is not None:
                    yield target, block.number


def reference_in(piece: Piece, address: str) -> str | None:
    """The id that a piece refers to, where it looks like a reference to a note."""
    text = piece.text.strip()
    if not text or len(text) > 12:
        return None
    kinds = {mark.kind: mark for mark in piece.marks}
    link = kinds.get("link")
    target = fragment_of(link.target, address) if link is not None else ""
    if not target or not _LABEL.fullmatch(text):
        return None
    return target if "above" in kinds or text[0] in "[(" or _ID.search(target) or _NAMES.search(target) else None


def _elements(root: "HtmlElement", wanted: set[str]) -> dict[str, "HtmlElement"]:
    found: dict[str, HtmlElement] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name in wanted and name is not None:
                    found.setdefault(name, element)
    return found


def _note(element: "HtmlElement", by_element: Mapping[int, list[Block]], reference: int) -> tuple[int, ...]:
    """The blocks of the note at an element: those of the box around it that is no more than the note."""
    box: HtmlElement | None = element
    while box is not None and box.tag not in BLOCKS:
        box = box.getparent()
    for _ in range(3):
        if box is None or box.tag not in _BOXES:
            return ()
        held = by_element.get(id(box), [])
        text = "".join(_without_marks(block) for block in held).strip()
        if text:
            words = sum(len(block.text.split()) for block in held)
            is_one = held[0].number > reference and words <= _LONGEST_NOTE and _is_note(box, held)
            return tuple(block.number for block in held) if is_one else ()
        box = box.getparent()
    return ()


def _without_marks(block: Block) -> str:
    """The text of a block of a note, without its number and the links back."""
    text = "".join(
        piece.text for piece in block.pieces if not any(m.kind == "link" and "#" in m.target for m in piece.marks)
    )
    return _LEAD.sub("", text) if _LEAD.fullmatch(text) else text


def _is_note(box: "HtmlElement", held: Sequence[Block]) -> bool:
    """Whether a box is a note: it leads back, stands in a list, begins with a number, or is named as one."""
    if any(frame.tag in ("h1", "h2", "h3", "h4") for block in held for frame in block.frame.upwards()):
        return False
    leads_back = any(
        mark.kind == "link" and mark.target.startswith("#")
        for block in held
        for piece in block.pieces
        for mark in piece.marks
    )
    named = any(_NAMES.search(frame.names) for frame in list(held[0].frame.upwards())[:4])
    lead = _LEAD.match(held[0].text)
    return leads_back or named or box.tag == "li" or bool(lead and lead[0].strip())


def note_pieces(block: Block, is_first: bool) -> tuple[Piece, ...]:
    """The pieces of a note's block without links back, and without the number that it begins with."""
    pieces = [
        piece
        for piece in block.pieces
        if not (
            piece.kind == "text"
            and any(mark.kind == "link" and "#" in mark.target for mark in piece.marks)
            and (_BACK.fullmatch(piece.text.strip()) or _LEAD.fullmatch(piece.text.strip()))
        )
    ]
    if is_first:
        while pieces and pieces[0].kind == "text" and not pieces[0].text.strip():
            del pieces[0]
        if pieces and pieces[0].kind == "text":
            above = any(mark.kind in ("above", "link") for mark in pieces[0].marks)
            lead = re.match(r"\s*(?:[\[(]\d{1,4}[\])]|\d{1,4}[.)]|[\^†‡§*]{1,3})[.:]?\s+", pieces[0].text)
            rest = "" if above and _LEAD.fullmatch(pieces[0].text) else pieces[0].text[lead.end() if lead else 0 :]
            pieces[0] = replace(pieces[0], text=rest)
    return tuple(pieces)
