"""Pictures and their captions: which caption belongs to which picture, and where the picture was."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.conversion.web_page.blocks import Block, collapsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-src-large", "data-hi-res-src", "data-full-src", "src")
_SETS = ("data-srcset", "srcset", "data-lazy-srcset")
_DECORATION = re.compile(
    r"\b(?:icon|logo|avatar|emoji|spinner|pixel|tracking|spacer|badge|gravatar|author|byline|headshot|share|social|ad)s?\b|smiley",
    re.I,
)
_SMALL = 60
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a block: its address (empty where the capture gives none) and its description."""

    address: str
    description: str
    block: int


def pictures_in(block: Block, resolve: Callable[[str], str]) -> list[Picture]:
    """The pictures of a block that show something: no icons, pixels or placeholders without a description."""
    found = []
    for piece in block.pieces:
        if piece.kind == "image" and piece.element is not None and not _is_decoration(piece.element):
            description = collapsed(piece.element.get("alt", "")[:_LONGEST])
            address = _address(piece.element, resolve)
            if address or description:
                found.append(Picture(address, description, block.number))
    return found


def emoji_in(element: "HtmlElement") -> str:
    """The character that a picture stands for, where it is one (`alt="🙂"`)."""
    alt = element.get("alt", "")
    return (
        alt if 0 < len(alt) <= 8 and not any(ch.isalnum() or ch.isspace() for ch in alt) and not alt.isascii() else ""
    )


def _is_decoration(element: "HtmlElement") -> bool:
    if emoji_in(element):
        return True
    for side in ("width", "height"):
        size = re.match(r"\d{1,5}", element.get(side, ""))
        if size and int(size[0]) < _SMALL:
            return True
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return bool(_DECORATION.search(names)) or element.get("role") == "presentation"


def _address(element: "HtmlElement", resolve: Callable[[str], str]) -> str:
    for name in _SOURCES:
        text = element.get(name, "").strip()
        if text and not text[:5].lower().startswith("data:") and (address := resolve(text)):
            return address
    for holder in (element, *_siblings_in_picture(element)):
        for name in _SETS:
            first = holder.get(name, "").strip().split(" ")[0].split(",")[0]
            if first and not first[:5].lower().startswith("data:") and (address := resolve(first)):
                return address
    return ""


def _siblings_in_picture(element: "HtmlElement") -> list["HtmlElement"]:
    around = element.getparent()
    return (
        [child for child in around if child.tag == "source"] if around is not None and around.tag == "picture" else []
    )


def captions_of(captions: Sequence[Block], pictures: Sequence[Picture], blocks: Sequence[Block]) -> dict[int, Picture]:
    """The picture of each caption, by the caption's number: the nearest in the innermost element that holds both."""
    by_frame: dict[int, list[Picture]] = {}
    for picture in pictures:
        for height, frame in enumerate(blocks[picture.block].frame.upwards()):
            if height > 6:
                break
            by_frame.setdefault(id(frame), []).append(picture)
    matched: dict[int, Picture] = {}
    taken: set[int] = set()
    for caption in captions:
        for height, frame in enumerate(caption.frame.upwards()):
            if height > 5 or frame.tag in ("article", "main", "body"):
                break
            free = [picture for picture in by_frame.get(id(frame), ()) if id(picture) not in taken]
            if free:
                nearest = min(free, key=lambda picture: abs(picture.block - caption.number))
                matched[caption.number] = nearest
                taken.add(id(nearest))
                break
    return matched
