"""JSON-LD: the nodes of a page that describe an article, with references resolved, in bounded work.

Source: JSON-LD 1.1 (`@graph`, `@id`, `@type`) and schema.org's Article and its subtypes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LARGEST = 2_000_000
_MOST_NODES = 5_000
_WRAPPING = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s{0,100}[\]}])")
_ARTICLES = frozenset(
    [
        "article",
        "newsarticle",
        "analysisnewsarticle",
        "askpublicnewsarticle",
        "backgroundnewsarticle",
        "opinionnewsarticle",
        "reportagenewsarticle",
        "reviewnewsarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "scholarlyarticle",
        "medicalscholarlyarticle",
        "techarticle",
        "apireference",
        "report",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "discussionforumposting",
        "review",
        "criticreview",
        "recipe",
        "howto",
        "videoobject",
        "podcastepisode",
        "claimreview",
    ]
)
_WHOLE_PAGES = frozenset(("webpage", "itempage", "medicalwebpage", "aboutpage", "creativework"))


@dataclass(frozen=True, slots=True)
class Node:
    """A described article: its properties, whether it is an article rather than a page, and the script's line."""

    properties: dict[str, Any]
    is_article: bool
    line: int

    def texts(self, name: str) -> list[str]:
        """A property's values that are text, or the names of those that are nodes."""
        return [text for value in listed(self.properties.get(name)) if (text := text_of(value))]


def listed(value: Any) -> list[Any]:
    """A value as a list of values."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text_of(value: Any) -> str:
    """The text of a value, or the name of the thing it describes."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def article_nodes(root: "HtmlElement") -> list[Node]:
    """The nodes that describe an article or the page, articles first, each kind in the page's order."""
    nodes: list[tuple[dict[str, Any], int]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _LARGEST:
            tree = _parsed(script.text)
            nodes += [(node, script.sourceline or 0) for node in _nodes(tree)]
            if len(nodes) > _MOST_NODES:
                break
    by_id = {node["@id"]: node for node, _ in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    found = []
    for node, line in nodes:
        kinds = {str(kind).rpartition("/")[2].lower() for kind in listed(node.get("@type"))}
        if kinds & _ARTICLES or kinds & _WHOLE_PAGES:
            found.append(Node(_resolved(node, by_id), bool(kinds & _ARTICLES), line))
    return [node for node in found if node.is_article] + [node for node in found if not node.is_article]


def _parsed(text: str) -> Any:
    text = _WRAPPING.sub("", text.strip()).strip()
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of a script, the outer before the inner; what lists of other things describe is left alone."""
    waiting, seen = [tree], 0
    while waiting and seen < _MOST_NODES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            inner = [
                value[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher")
                if key in value
            ]
            waiting += reversed(inner)


def _resolved(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    resolved = {}
    for key, value in node.items():
        items = [
            by_id.get(item["@id"], item)
            if isinstance(item, dict) and set(item) == {"@id"} and isinstance(item["@id"], str)
            else item
            for item in listed(value)
        ]
        resolved[key] = items if isinstance(value, list) else items[0] if items else value
    return resolved
