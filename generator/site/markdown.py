"""Markdown becomes HTML: raw HTML stays text, links have safe schemes, and no picture is fetched from another host.

An image that stands alone in its paragraph is a figure with its text as the caption; an image without an address is
a caption whose picture was not captured.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from generator.model.slugs import slug
from generator.site.views import Heading

SAFE_SCHEMES = ("http", "https", "mailto")
RESERVED_IDS = frozenset(
    "main top menu search q cite sources provenance related summary contents note credits undated theme results "
    "filters status facts tags neighbours citation timeline titles footnotes".split()
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")

Resolve = Callable[[str], str]
"""Turns an address in an article's text into one on its page; an empty result means there is nothing there."""


def is_safe_address(address: str) -> bool:
    """Whether a link's address is relative or has one of the safe schemes."""
    address = re.sub(r"[\x00-\x20\x7f]+", "", address)
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[0][:-1].lower() in SAFE_SCHEMES


def is_outside(address: str) -> bool:
    """Whether an address leads to another host."""
    return address.startswith("//") or bool(_SCHEME.match(address))


def render_markdown(text: str, resolve_image: Resolve, resolve_link: Resolve) -> tuple[str, tuple[Heading, ...]]:
    """The HTML of a Markdown text, and its headings."""
    env: dict[str, Any] = {"resolve_image": resolve_image, "resolve_link": resolve_link, "headings": [], "ids": set(RESERVED_IDS)}
    html = _parser().render(text, env)
    return str(html), tuple(env["headings"])


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.validateLink = is_safe_address  # type: ignore[method-assign,assignment]
    parser.core.ruler.push("pressmark", _arrange)
    return parser


def _arrange(state: StateCore) -> None:
    """Marks headings with ids, and turns lone images into figures."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            _mark_heading(token, tokens[index + 1], tokens[index + 2], state.env)
        elif token.type == "paragraph_open" and _is_lone_image(tokens[index + 1]) and not token.hidden:
            token.type, token.tag = "figure_open", "figure"
            tokens[index + 2].type, tokens[index + 2].tag = "figure_close", "figure"
            tokens[index + 1].type = "figure"
            image = tokens[index + 1].children[0]  # type: ignore[index]
            if not image.attrGet("src"):
                token.attrSet("class", "caption-only")


def _is_lone_image(inline: Token) -> bool:
    children = inline.children or []
    return len(children) == 1 and children[0].type == "image"


def _mark_heading(opening: Token, inline: Token, closing: Token, env: EnvType) -> None:
    level = max(2, int(opening.tag[1:]))
    opening.tag = closing.tag = f"h{level}"
    text = _text_of(inline)
    anchor = base = slug(text)
    number = 2
    while anchor in env["ids"]:
        anchor = f"{base}-{number}"
        number += 1
    env["ids"].add(anchor)
    opening.attrSet("id", anchor)
    env["headings"].append(Heading(level, text, anchor))


def _text_of(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline")).strip()


class _Renderer(RendererHTML):
    """The rendering rules that differ from CommonMark's."""

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """An image inside a text: shown when it is ours, linked when it is elsewhere, its words when it is lost."""
        token = tokens[idx]
        words = self.renderInlineAsText(token.children or [], options, env)
        address = str(token.attrGet("src") or "")
        ours = "" if not address or is_outside(address) else env["resolve_image"](address)
        if ours:
            return f'<img src="{escapeHtml(ours)}" alt="{escapeHtml(words)}" loading="lazy">'
        shown = escapeHtml(words) or "image"
        if is_outside(address) and is_safe_address(address):
            return f'<a class="picture-elsewhere" href="{escapeHtml(address)}" rel="nofollow noopener">{shown}</a>'
        return escapeHtml(words)

    def figure(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """An image on its own, with its words as the caption."""
        image = (tokens[idx].children or [])[0]
        caption = self.renderInline(image.children or [], options, env)
        address = str(image.attrGet("src") or "")
        ours = "" if not address or is_outside(address) else env["resolve_image"](address)
        if ours:
            words = self.renderInlineAsText(image.children or [], options, env)
            picture = f'<img src="{escapeHtml(ours)}" alt="{escapeHtml(words)}" loading="lazy">'
            return picture + (f"<figcaption>{caption}</figcaption>" if caption else "")
        if is_outside(address) and is_safe_address(address):
            link = f'<a class="picture-elsewhere" href="{escapeHtml(address)}" rel="nofollow noopener">'
            return f"<figcaption>{link}{caption or 'image'}</a></figcaption>"
        return f"<figcaption>{caption}</figcaption>"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A link: to the page here when there is one, else outwards without vouching for it."""
        token = tokens[idx]
        address = str(token.attrGet("href") or "")
        resolved = env["resolve_link"](address)
        token.attrSet("href", resolved or address)
        if is_outside(resolved or address):
            token.attrSet("rel", "nofollow noopener")
        return self.renderToken(tokens, idx, options, env)

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Closes a heading with a link to itself."""
        opening = next(tokens[i] for i in range(idx, -1, -1) if tokens[i].type == "heading_open")
        anchor = escapeHtml(str(opening.attrGet("id")))
        return f' <a class="anchor" href="#{anchor}" aria-hidden="true" tabindex="-1">#</a></{tokens[idx].tag}>\n'
