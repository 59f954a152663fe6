"""Markdown becomes HTML: raw HTML stays text, links have safe schemes, and no picture is fetched from another host.

An image that stands alone in its paragraph is a figure with its text as the caption; an image without an address is
a caption whose picture was not captured. Links to what the archive holds lead there, all others are Robust Links
(robustlinks.mementoweb.org/spec): they keep the original's address and the day of the capture.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore, inline, normalize
from markdown_it.rules_inline import StateInline, strikethrough
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from generator.model.slugs import slug
from generator.site.sanitising import sanitised
from generator.site.views import Heading, HeldLink, Text

SAFE_SCHEMES = ("http", "https", "mailto")
RESERVED_IDS = frozenset(
    [
        "main",
        "top",
        "menu",
        "search",
        "q",
        "cite",
        "sources",
        "provenance",
        "related",
        "summary",
        "contents",
        "note",
        "credits",
        "undated",
        "theme",
        "results",
        "filters",
        "status",
        "facts",
        "tags",
        "neighbours",
        "citation",
        "timeline",
        "titles",
        "footnotes",
    ]
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")

_WIKI_LINK = re.compile(r"\[\[([^\[\]|#\n]{1,200})(?:#[^\[\]|\n]{0,200})?(?:\|([^\[\]\n]{1,200}))?\]\]")
_NO_LIMIT = 1_000_000
_INLINE_LIMIT = 20
_NOTE_ROLES = {
    "footnote_ref": "doc-noteref",
    "footnote_block_open": "doc-endnotes",
    "footnote_anchor": "doc-backlink",
}
_FOOTNOTE_ID = re.compile(r"fn(?:ref)?[0-9]")
_ALIGNMENTS = {"text-align:left": "left", "text-align:center": "centre", "text-align:right": "right"}


def is_safe_address(address: str) -> bool:
    """Whether a link's address is relative or has one of the safe schemes."""
    address = re.sub(r"[\x00-\x20\x7f]+", "", address)
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[0][:-1].lower() in SAFE_SCHEMES


def is_outside(address: str) -> bool:
    """Whether an address leads to another host."""
    return address.startswith("//") or bool(_SCHEME.match(address))


def render_text(markdown: str, links: Iterable[HeldLink] = (), captured: str = "") -> Text:
    """A Markdown text as HTML that has been through the sanitiser, with its headings and the pictures it shows.

    `links` are those of its addresses that lead to something held here; `captured` is the day of the capture, empty
    when it is not known.
    """
    # The text cannot contain its own digest, so nothing in it can pass for the mark.
    mark = f"/~{hashlib.sha256(markdown.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}/"
    env: dict[str, Any] = {
        "mark": mark, "held": {link.address: link for link in links}, "captured": captured,
        "headings": [], "pictures": [], "ids": set(RESERVED_IDS), "numbers": {},
    }  # fmt: skip
    html = sanitised(str(_parser().render(markdown, env)))
    return Text(html, mark, tuple(env["headings"]), tuple(env["pictures"]))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    for rule, role in _NOTE_ROLES.items():
        _give_role(parser, rule, role)
    parser.add_render_rule("footnote_caption", _note_number)
    parser.validateLink = is_safe_address  # type: ignore[method-assign,assignment]
    # Addresses are compared as they are written, and made fit for HTML only when they are put there.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    # Beyond its limit markdown-it leaves blocks out without a word. Python's own limit ends such a text aloud; inside a
    # paragraph nothing is lost, and a low limit keeps rows of brackets quick.
    parser.options["maxNesting"] = _NO_LIMIT
    parser.core.ruler.at("normalize", _normalized)
    parser.inline.ruler2.at("strikethrough", _struck_through)
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.push("pressmark", _arrange)
    return parser


def _note_number(_: Any, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
    """The number of a note, the same at each place that refers to it."""
    return f"[{int(tokens[idx].meta['id']) + 1}]"


def _give_role(parser: MarkdownIt, rule: str, role: str) -> None:
    """Makes a rendering rule of the footnotes say what its first element is, in the terms of DPUB-ARIA."""
    rules = parser.renderer.rules  # type: ignore[attr-defined]
    plain = rules[rule]

    def with_role(*arguments: Any) -> str:
        return re.sub(r"<(a|section)(?=[ >])", rf'<\1 role="{role}"', plain(*arguments), count=1)

    rules[rule] = with_role


def _normalized(state: StateCore) -> None:
    """Asked of each text, and nearly none has anything to normalize."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _struck_through(state: StateInline) -> None:
    """Looked for in each paragraph, and nearly none has any."""
    if "~" in state.src:
        strikethrough.postProcess(state)


def _inline(state: StateCore) -> None:
    state.md.options["maxNesting"] = _INLINE_LIMIT
    try:
        inline(state)
    finally:
        state.md.options["maxNesting"] = _NO_LIMIT


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
        elif token.type in ("th_open", "td_open") and (alignment := _ALIGNMENTS.get(str(token.attrGet("style")))):
            token.attrs = {"class": f"align-{alignment}"}  # the site allows no style attributes


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """`[[name]]` and `[[name|words]]` are links where there is an article of that name, and else stay as written."""
    if not state.src.startswith("[[", state.pos):
        return False
    match = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None or f"[[{match[1].strip()}]]" not in state.env["held"]:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": f"[[{match[1].strip()}]]"}
        state.push("text", "", 0).content = (match[2] or match[1]).strip()
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _is_lone_image(inline: Token) -> bool:
    children = inline.children or []
    return len(children) == 1 and children[0].type == "image"


def _mark_heading(opening: Token, inline: Token, closing: Token, env: EnvType) -> None:
    level = max(2, int(opening.tag[1:]))
    opening.tag = closing.tag = f"h{level}"
    text = _text_of(inline)
    anchor = base = slug(text)
    if _FOOTNOTE_ID.match(base):
        anchor = base = f"heading-{base}"
    while anchor in env["ids"]:  # each base counts on, for a text may have thousands of equal headings
        env["numbers"][base] = env["numbers"].get(base, 1) + 1
        anchor = f"{base}-{env['numbers'][base]}"
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
        if picture := _picture(address, words, env):
            return picture
        if is_outside(address) and is_safe_address(address):
            return f'<a class="picture-elsewhere" {_outward(address, env)}>{escapeHtml(words) or "image"}</a>'
        return escapeHtml(words)

    def figure(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """An image on its own, with its words as the caption."""
        image = (tokens[idx].children or [])[0]
        caption = self.renderInline(image.children or [], options, env)
        address = str(image.attrGet("src") or "")
        if picture := _picture(address, self.renderInlineAsText(image.children or [], options, env), env):
            return picture + (f"<figcaption>{caption}</figcaption>" if caption else "")
        if is_outside(address) and is_safe_address(address):
            link = f'<a class="picture-elsewhere" {_outward(address, env)}>'
            return f"<figcaption>{link}{caption or 'image'}</a></figcaption>"
        return f"<figcaption>{caption}</figcaption>"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        """A link: to the page here when there is one, else outwards without vouching for it."""
        token = tokens[idx]
        address = str(token.attrGet("href") or "")
        title = f' title="{escapeHtml(str(token.attrGet("title")))}"' if token.attrGet("title") else ""
        held = env["held"].get(address)
        if held is not None:
            return f"<a {_inward(held, env)}{title}>"
        if is_outside(address):
            return f"<a {_outward(address, env)}{title}>"
        if address.startswith("/"):
            return f'<a href="{env["mark"]}{escapeHtml(normalizeLink(address.lstrip("/")))}"{title}>'
        return f'<a href="{escapeHtml(normalizeLink(address))}"{title}>'

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A table in a box of its own, which a wide table is moved in, by keys as well."""
        return '<div class="table" tabindex="0">' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Closes a table and its box."""
        return self.renderToken(tokens, idx, options, env).rstrip("\n") + "</div>\n"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        """Closes a heading with a link to itself."""
        opening = next(tokens[i] for i in range(idx, -1, -1) if tokens[i].type == "heading_open")
        anchor = escapeHtml(str(opening.attrGet("id")))
        return f' <a class="anchor" href="#{anchor}" aria-hidden="true" tabindex="-1"></a></{tokens[idx].tag}>\n'


def _picture(address: str, words: str, env: EnvType) -> str:
    """A picture that the archive holds."""
    held = env["held"].get(address)
    if held is None or is_outside(address):
        return ""
    if (held.path, words) not in env["pictures"]:
        env["pictures"].append((held.path, words))
    return f'<img src="{env["mark"]}{quote(held.path)}" alt="{escapeHtml(words)}" loading="lazy">'


def _inward(held: HeldLink, env: EnvType) -> str:
    """The attributes of a link to a page here; of an original that is held it keeps the address."""
    attributes = f'href="{env["mark"]}{escapeHtml(normalizeLink(held.path))}"'
    if is_outside(held.address):
        attributes += f' data-originalurl="{escapeHtml(normalizeLink(held.address))}"'
        attributes += f' data-versiondate="{escapeHtml(held.captured)}"' if held.captured else ""
    return attributes


def _outward(address: str, env: EnvType) -> str:
    """The attributes of a link to another host."""
    whole = escapeHtml(normalizeLink(address))
    attributes = f'href="{whole}" rel="nofollow noopener"'
    if address.lower().startswith(("http:", "https:", "//")):
        attributes += f' data-originalurl="{whole}"'
        attributes += f' data-versiondate="{escapeHtml(env["captured"])}"' if env["captured"] else ""
    return attributes
