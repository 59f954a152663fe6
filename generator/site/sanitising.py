"""The second wall: rendered Markdown goes through nh3 (ammonia), which lets through what our renderer writes, no more.

The first wall is that Markdown is rendered with raw HTML switched off. Should a capture ever find a way over it, what
it brings is taken away here, and the Content-Security-Policy is the third wall.
"""

from functools import lru_cache
from typing import Any

_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "section",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "data-originalurl", "data-versiondate", "aria-hidden", "tabindex", "id"},
    "div": {"tabindex"},
    "img": {"src", "alt", "loading"},
    "ol": {"start"},
    "li": {"id", "tabindex"},
    "sup": {"id"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_CLASSES = {
    "a": {"anchor", "picture-elsewhere", "footnote-backref"},
    "div": {"table"},
    "figure": {"caption-only"},
    "hr": {"footnotes-sep"},
    "section": {"footnotes"},
    "ol": {"footnotes-list"},
    "li": {"footnote-item"},
    "sup": {"footnote-ref"},
    "td": {"align-left", "align-centre", "align-right"},
    "th": {"align-left", "align-centre", "align-right"},
}
_ROLES = {"a": {"doc-noteref", "doc-backlink"}, "section": {"doc-endnotes"}}
"""What links of notes are, for those who hear the page (DPUB-ARIA 1.1); the words are in no language."""


def sanitised(html: str) -> str:
    """The HTML with nothing in it but the elements, attributes and schemes of a text."""
    return str(_cleaner().clean(html))


@lru_cache(maxsize=1)
def _cleaner() -> Any:
    from nh3 import Cleaner

    return Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        tag_attribute_values={tag: {"role": set(roles)} for tag, roles in _ROLES.items()},
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
