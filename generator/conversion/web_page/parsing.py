"""HTML text into a tree, in bounded time and memory, with nothing of it lost.

libxml2 stops reading at 256 nested elements, at buffers over 10 MB and at lone surrogates, and takes quadratic time
for the attributes of one tag. Ordinary pages come nowhere near; the others are rewritten first (`tamed`): every
character of text stays on its line, elements beyond a depth lose their tags, and so do attributes nobody reads.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 60
"""Open elements of a tamed page. Those that close each other (p, li, td …) do not count: 60 stays under 256."""

_BIGGEST = 8_000_000
_LONG_TAG, _MANY_WORDS = 12_000, 1_500
_MOST_ATTRIBUTES, _LONGEST_VALUE = 40, 8_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CLOSE_EACH_OTHER = frozenset(["p", "li", "td", "th", "tr", "tbody", "option", "html", "head", "body"])
_OPAQUE = frozenset(("script", "style", "textarea", "title", "noframes", "xmp", "noembed", "iframe"))
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,80})[^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*+([^\s=>/\"'<]++|[^\s>/])(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?", re.S)


def parsed(text: str) -> "HtmlElement | None":
    """The page's root element; nothing where the text holds neither an element nor a character to show."""
    if _needs_taming(text):
        return _tree(tamed(text), huge=True)[0]
    root, is_cut = _tree(text)
    return _tree(tamed(text), huge=True)[0] if is_cut else root


def _tree(text: str, huge: bool = False) -> "tuple[HtmlElement | None, bool]":
    """The tree, and whether the parser gave up on a part of the page. `huge` only lifts limits on tamed text."""
    from lxml import etree, html

    declaration = _DECLARATION.match(text)
    if declaration:  # a declared encoding is that of the file, and the text is decoded already
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    try:
        data = text.encode()
    except UnicodeEncodeError:  # libxml2 stops at a lone surrogate
        data = _SURROGATE.sub("\ufffd", text).encode()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
    # One class for all elements spares a call into Python for each of them: a fifth of the time of the whole.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    is_cut = any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return root, is_cut


def _needs_taming(text: str) -> bool:
    if len(text) > _BIGGEST:
        return True
    return any(
        len(piece.split(None, _MANY_WORDS)) > _MANY_WORDS and not _is_code(piece) for piece in _long_pieces(text)
    )


def _long_pieces(text: str) -> Iterator[str]:
    """The long pieces between two `<`. Most pages have few or none, so it leaps from one `<` to the last within reach."""
    start = 0
    while len(text) - start > _LONG_TAG:
        last = text.rfind("<", start, start + _LONG_TAG + 1)
        if last < 0:
            last = text.find("<", start)
            last = len(text) if last < 0 else last
            yield text[start:last]
        start = last + 1


def _is_code(piece: str) -> bool:
    """Whether a long piece between two `<` is the content of a script or style, after a short and whole opening tag."""
    tag = piece[:2000].partition(">")[0]
    return (
        len(tag) < 2000
        and tag[:6].lower().startswith(("script", "style"))
        and not tag.count('"') % 2
        and not tag.count("'") % 2
    )


def tamed(text: str) -> str:
    """The page with bounded depth and attributes; text and line numbers stay as they are."""
    parts: list[str] = []
    open_tags: list[tuple[str, bool]] = []
    position, depth = 0, 0
    while (start := text.find("<", position)) >= 0:
        parts.append(text[position:start])
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            position = len(text) if end < 0 else end + 3
            parts.append(_only_breaks(text[start:position]))
            continue
        name_match = _TAG_NAME.match(text, start)
        if name_match is None:
            parts.append("<")
            position = start + 1
            continue
        name = name_match[1].lower()
        if text[start + 1] == "/":
            end = text.find(">", start)
            position = len(text) if end < 0 else end + 1
            breaks = _only_breaks(text[start:position])
            if name in _CLOSE_EACH_OTHER or name in _VOID:
                parts.append(f"</{name}>{breaks}")
            elif open_tags and open_tags[-1][0] == name:
                _, is_written = open_tags.pop()
                depth -= is_written
                parts.append(f"</{name}>{breaks}" if is_written else breaks)
            else:
                parts.append(breaks)
            continue
        written, position = _start_tag(text, start, name_match.end(), name)
        if name in _VOID or name in _CLOSE_EACH_OTHER:
            parts.append(written)
        elif name in _OPAQUE:
            content_end = _end_of_opaque(text, position, name)
            is_data = name == "script" and "ld+json" in written
            content = text[position:content_end]
            kept = content if is_data or name in ("textarea", "title") else _only_breaks(content)
            parts += [written, kept, f"</{name}>"]
            closing = text.find(">", content_end)
            position = len(text) if closing < 0 or content_end == len(text) else closing + 1
        else:
            is_written = depth < DEEPEST
            open_tags.append((name, is_written))
            depth += is_written
            parts.append(written if is_written else _only_breaks(written))
    parts.append(text[position:])
    return "".join(parts)


def _start_tag(text: str, start: int, position: int, name: str) -> tuple[str, int]:
    """The tag with the attributes that are kept, and the position after it."""
    attributes: list[str] = []
    while (match := _ATTRIBUTE.match(text, position)) is not None:
        position = match.end()
        if len(attributes) < _MOST_ATTRIBUTES and len(match[0]) < _LONGEST_VALUE:
            attributes.append(f" {match[1]}" + (f"={match[2]}" if match[2] is not None else ""))
    while position < len(text) and text[position] in " \t\n\f/":
        position += 1
    if position < len(text) and text[position] == ">":
        position += 1
    kept = "".join(attributes)
    lost_breaks = "\n" * (text.count("\n", start, position) - kept.count("\n"))
    return f"<{name}{lost_breaks}{kept}>", position


def _end_of_opaque(text: str, position: int, name: str) -> int:
    closing = re.compile(f"</{re.escape(name)}", re.I).search(text, position)
    return closing.start() if closing else len(text)


def _only_breaks(text: str) -> str:
    return "\n" * text.count("\n")
