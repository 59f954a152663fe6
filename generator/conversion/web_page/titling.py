"""The title: the heading that the page's own statements agree on, without the name of the site.

A top heading that agrees with what the head states is what readers see, so it wins; statements alone come after.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from generator.conversion.web_page.blocks import BIG, Block, size_of
from generator.conversion.web_page.head import Head, Value
from generator.conversion.web_page.names import kinds_of
from generator.conversion.web_page.structured import Node
from generator.conversion.words import fold

_WORD = re.compile(r"\w+")
_PART = re.compile(r"\s+[|–—·•»«›:/~-]+\s+|\s*[|»]\s*|:\s+(?=\S+$)")
_LONGEST = 400
_TEXT = 25
"""Words of the first block that is surely text."""
_HEADINGS = frozenset(("h1", "h2", "h3"))


@dataclass(frozen=True, slots=True)
class Title:
    """The chosen title, the reason, and the number of the block that shows it (-1: none does)."""

    text: str
    reason: str
    block: int = -1


def title_of(blocks: Sequence[Block], head: Head, nodes: Sequence[Node], sites: Sequence[str]) -> Title:
    """Chooses the title; `sites` are the names that the page gives its publisher."""
    stated = _stated(head, nodes, sites)
    headings = [block for block in blocks if not block.is_hidden and 0 < len(block.text) <= _LONGEST and _level(block)]
    best = max(
        (
            (agreement(block.text, value.text), -_level(block), -block.number, block, value)
            for block in headings
            for value in stated
        ),
        key=lambda found: found[:3],
        default=None,
    )
    own = _own_heading(headings, stated, sites)
    if best is not None and best[0] >= 0.5 and (_level(best[3]) == 1 or own is None):
        block, value = best[3], best[4]
        return Title(
            without_site(block.text, sites),
            f"line {block.first}, {block.frame.tag}, agrees with {value.place}",
            block.number,
        )
    if own is not None:
        return Title(without_site(own.text, sites), f"line {own.first}, the page's main heading", own.number)
    top = [block for block in headings if _level(block) == 1 and len(block.text) > 5]
    if not top and (big := _big_type(blocks, stated)) is not None:
        return Title(without_site(big.text, sites), f"line {big.first}, the biggest type above the text", big.number)
    if stated:
        value = stated[0]
        return Title(value.text, f"{value.place}, no heading agrees with it" if top else value.place)
    if top:
        return Title(top[0].text, f"line {top[0].first}, the page's first main heading", top[0].number)
    if headings:
        return Title(headings[0].text, f"line {headings[0].first}, the page's first heading", headings[0].number)
    return Title("", "")


def _own_heading(headings: Sequence[Block], stated: Sequence[Value], sites: Sequence[str]) -> Block | None:
    """The top heading that is the article's although the head words the title in another way."""
    names = {_key(name) for name in sites}
    top = [
        block
        for block in headings
        if _level(block) == 1 and len(block.text.split()) >= 3 and _key(block.text) not in names
    ]
    named = [block for block in top if "title" in kinds_of(_names_around(block))]
    alike = [
        (max((agreement(block.text, value.text) for value in stated), default=0.0), -block.number, block)
        for block in top
    ]
    best = max(alike, key=lambda found: found[:2], default=None)
    if best is not None and best[0] > 0.1:
        return best[2]
    if len(named) == 1:
        return named[0]
    is_only_window_title = all(value.place == "the title element" for value in stated)
    return top[0] if len(top) == 1 and is_only_window_title else None


def _big_type(blocks: Sequence[Block], stated: Sequence[Value]) -> Block | None:
    """The headline of a page without headings: of the lines in big type above the text, the one that the head words alike."""
    found: list[Block] = []
    for block in blocks:
        if len(block.text.split()) >= _TEXT:
            break
        if not block.is_hidden and len(block.text) > 5 and size_of(block) >= BIG and block.link_share < 0.5:
            found.append(block)
    ranked = [
        (max((agreement(block.text, value.text) for value in stated), default=0.0), size_of(block), block.number, block)
        for block in found
    ]
    best = max(ranked, key=lambda one: one[:3], default=None)
    return best[3] if best is not None and (best[0] >= 0.3 or best[1] > BIG or len(found) == 1) else None


def _names_around(block: Block) -> str:
    return " ".join([block.names, *(frame.names for frame in block.frame.upwards() if frame.tag == "h1")])


def _names_near(block: Block) -> str:
    around = block.frame.around
    return (
        f"{block.frame.names} {around.names} {around.around.names if around.around else ''}"
        if around
        else block.frame.names
    )


def _level(block: Block) -> int:
    """1 for a top heading or what is marked as the headline, 2 for a second heading, 0 otherwise."""
    if block.frame.tags.isdisjoint(_HEADINGS) and "headline" not in _names_near(block):
        return 0
    for frame in block.frame.upwards():
        if frame.tag == "h1" or "headline" in frame.names.split():
            return 1
        if frame.tag in ("h2", "h3"):
            return 2
        if frame.depth < block.frame.depth - 2:
            break
    return 0


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def agreement(left: str, right: str) -> float:
    """How far two titles are the same, from 0 to 1: words in common, of those that the longer one has."""
    a, b = _words(left), _words(right)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    common = len(set(a) & set(b))
    shorter, longer = min(len(set(a)), len(set(b))), max(len(set(a)), len(set(b)))
    if common == shorter and shorter >= 4:
        return max(0.6, common / longer)
    return common / longer


def _stated(head: Head, nodes: Sequence[Node], sites: Sequence[str]) -> list[Value]:
    found = [*head.all("og:title")[:1]]
    for node in nodes:
        if node.is_article:
            found += [
                Value(text, "JSON-LD headline", node.line)
                for text in (node.texts("headline") or node.texts("name"))[:1]
            ]
            break
    found += head.all(
        "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "citation_title", "headline"
    )
    if head.title:
        found.append(Value(head.title, "the title element", head.title_line))
    cleaned = [
        Value(without_site(value.text, sites), value.place, value.line)
        for value in found
        if len(value.text) <= 2 * _LONGEST
    ]
    names = {_key(name) for name in sites}
    return [value for value in cleaned if value.text and _key(value.text) not in names]


def without_site(title: str, sites: Sequence[str]) -> str:
    """The title without the name of the site that stands before or after it."""
    names = [key for name in sites if (key := _key(name))]
    for _ in range(3):
        cuts = list(_PART.finditer(title))
        if not cuts:
            break
        last, first = cuts[-1], cuts[0]
        if _is_site(title[last.end() :], names) and title[: last.start()].strip():
            title = title[: last.start()].strip()
        elif _is_site(title[: first.start()], names) and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            break
    return title


def _is_site(part: str, names: Sequence[str]) -> bool:
    key = _key(part)
    return bool(key) and any(
        key == name or (len(key) > 5 and (key in name or (name in key and len(name) > 0.5 * len(key))))
        for name in names
    )


def _key(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def site_names(head: Head, nodes: Sequence[Node]) -> list[str]:
    """The names that the page gives its publisher, and its host's."""
    names = [
        value.text
        for value in head.all("og:site_name", "application-name", "twitter:site", "al:android:app_name", "dc.publisher")
    ]
    for node in nodes:
        names += [*node.texts("publisher")[:1], *node.texts("isPartOf")[:1]]
    if head.url:
        host = (urlsplit(head.url).hostname or "").removeprefix("www.")
        names += [host, *host.split(".")[:-1]]
    return [name.lstrip("@") for name in dict.fromkeys(names) if 2 < len(name) < 80]
