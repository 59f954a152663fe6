"""The second opinion on what the main text is: trafilatura's, brought back onto the page's own blocks.

Trafilatura gives text without its place, so a block counts as extracted when its letters stand in that text: a short
one as a whole line, a long one anywhere, or most of its parts.
"""

import logging
import re
from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from generator.conversion.web_page.blocks import Block, Frame

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_BLOCKS = 20_000
"""Blocks of a page that is still handed over: some of trafilatura's steps are not linear."""

_LONG, _NEARLY_ALL = 60, 0.92
_ASIDE = frozenset(("nav", "footer", "aside", "button", "dialog"))
_NO_LETTERS = re.compile(r"[\W_]+")
_SHORT, _PART, _PARTS = 25, 20, 8


def extracted(root: "HtmlElement", blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the blocks that trafilatura takes for main text; none when it finds no text at all."""
    if len(blocks) > MOST_BLOCKS:
        return frozenset()
    lines = [_letters(line) for line in _main_text(_region(root, blocks))]
    keys, everything = set(lines), "|".join(lines)
    return frozenset(
        block.number for block in blocks if not block.is_hidden and _is_among(block.text, keys, everything)
    )


def _region(root: "HtmlElement", blocks: Sequence[Block]) -> "HtmlElement":
    """The innermost part of the page with nearly all of its long texts: menus and footers only cost time."""
    from lxml import etree

    weight: Counter[int] = Counter()
    frames: dict[int, Frame] = {}
    for block in blocks:
        size = len(block.text)
        if size < _LONG or block.is_hidden or block.link_share > 0.4:
            continue
        if not block.frame.tags.isdisjoint(_ASIDE):
            continue
        for frame in block.frame.upwards():
            weight[id(frame)] += size
            frames[id(frame)] = frame
    if not frames:
        return root
    whole = max(weight.values())
    inner = max(
        (frame for key, frame in frames.items() if weight[key] >= _NEARLY_ALL * whole), key=lambda frame: frame.depth
    )
    if inner.tag in ("html", "body"):
        return root
    page = inner.element.makeelement("html")
    body = etree.SubElement(page, "body")
    part = copy(inner.element)
    part.tail = None
    body.append(part)
    return page


def _main_text(root: "HtmlElement") -> list[str]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is no error of the keeper's
    try:
        document = trafilatura.bare_extraction(root, include_comments=False, fast=True, favor_recall=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return []  # one opinion less: the page's own structure still decides
    return (getattr(document, "text", "") or "").split("\n")


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).lower()


def _is_among(text: str, keys: set[str], everything: str) -> bool:
    letters = _letters(text)
    if len(letters) < _SHORT:
        return bool(letters) and letters in keys
    if letters in everything:
        return True
    step = max(1, (len(letters) - _PART) // _PARTS)
    parts = [letters[start : start + _PART] for start in range(0, len(letters) - _PART + 1, step)]
    missing = 0
    for part in parts:
        missing += part not in everything
        if missing > 0.4 * len(parts):
            return False
    return True
