"""The text inside a block as Markdown: emphasis, code, links and line breaks survive, every other character is literal.

Text beside our own delimiters is escaped wherever it could take part in them. A run that holds emphasis is read back
once; should anything but the capture's characters come out, it is written without emphasis.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from generator.conversion import markdown_text
from generator.conversion.web_page.blocks import Mark, Piece
from generator.conversion.web_page.figures import emoji_in
from generator.conversion.web_page.footnotes import Notes, reference_in

_SPACE = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_ESCAPED = re.compile(
    r"[`*\[\]]|\\|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])"
    r"|&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_LINE_START = re.compile(r"(?P<mark>[#>+=|:~-])|(?P<number>\d{1,9})(?=[.)](?:\s|$))")
_NOTE = re.compile(r"\[?\(?(\d{1,3}|[*†‡§a-z])\)?\]?")
_BACK_LINK = re.compile(r"[\s↩︎↑⤴^⏎↵⇧↥\ufe0e\[\]()]*|jump up|back|return", re.I)
_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ORDER = ("link", "strong", "emphasis", "struck")
_DELIMITER = {"strong": "**", "emphasis": "*", "struck": "~~"}
_IN_ADDRESS = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", '"': "%22", "`": "%60", "[": "%5B",
               "]": "%5D", "*": "%2A", "|": "%7C", "{": "%7B", "}": "%7D"}  # fmt: skip
_LONGEST_ADDRESS = 2_000
NO_NOTES = Notes()


@dataclass(frozen=True, slots=True)
class Segment:
    """Text under one set of marks; `text` has its white space collapsed, `\\n` is a line break that is kept.

    `is_note` tells that the text is the reference to a note, which is Markdown already.
    """

    text: str
    wraps: tuple[tuple[str, str], ...] = ()
    is_code: bool = False
    is_note: bool = False


def address(text: str, resolve: Callable[[str], str]) -> str:
    """A link's target as it is written in Markdown; empty where only the text may stay."""
    text = text.strip()
    if text[:7].lower() == "mailto:":
        target = text if re.fullmatch(r"mailto:[^\s<>()\"\\]{3,200}", text, re.I) else ""
    else:
        target = "" if text.startswith("#") or not text else resolve(text)
    if not target or len(target) > _LONGEST_ADDRESS:
        return ""
    try:
        urlsplit(target)
    except ValueError:
        return ""
    target = "".join(_IN_ADDRESS.get(ch, ch) for ch in target)
    return re.sub(r"&(?=#?\w{1,32};)", "&amp;", target)


def segments_of(pieces: Sequence[Piece], resolve: Callable[[str], str], notes: Notes = NO_NOTES) -> list[Segment]:
    """The pieces as segments: white space collapsed across them, marks in one order, note references in brackets."""
    found: list[Segment] = []
    for piece in pieces:
        if piece.kind == "image":
            if piece.element is not None and (emoji := emoji_in(piece.element)):
                found.append(Segment(emoji))
            continue
        if piece.kind == "break":
            found.append(Segment("\n"))
            continue
        text = _SPACE.sub(" ", piece.text)
        reference = reference_in(piece, notes.address) if notes.numbers else None
        if reference and (number := notes.numbers.get(reference)):
            found.append(Segment(f"[^{number}]", (), False, True))
        elif text:
            found += _segment(text, piece.marks, resolve)
    return _trimmed(found)


def _segment(text: str, marks: Sequence[Mark], resolve: Callable[[str], str]) -> list[Segment]:
    kinds = {mark.kind: mark for mark in marks}
    link = kinds.get("link")
    if link is not None and link.target.startswith("#"):
        if _BACK_LINK.fullmatch(text.strip()):
            return []
        note = _NOTE.fullmatch(text.strip())
        if note and (
            "above" in kinds
            or text.strip().startswith("[")
            or re.search(r"note|fn|cite|ref|endnote", link.target, re.I)
        ):
            return [Segment(f"[{note[1]}]")]
    if "above" in kinds and text.strip().isdigit() and text.isascii():
        text = text.translate(_ABOVE)
    elif "below" in kinds and text.strip().isdigit() and text.isascii():
        text = text.translate(_BELOW)
    wraps = []
    for kind in _ORDER:
        if kind == "link":
            target = address(link.target, resolve) if link is not None else ""
            if target:
                wraps.append(("link", target))
        elif kind in kinds:
            wraps.append((kind, ""))
    return [Segment(text, tuple(wraps), "code" in kinds)]


def _trimmed(segments: list[Segment]) -> list[Segment]:
    """Collapses spaces where segments meet and drops breaks at both ends."""
    kept: list[Segment] = []
    for segment in segments:
        text = segment.text
        before = kept[-1].text if kept else "\n"
        if text != "\n" and before.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text == "\n":
            if not kept:
                continue
            if kept[-1].text != "\n":
                kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        if text:
            kept.append(replace(segment, text=text))
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return [segment for segment in kept if segment.text]


def plain(segments: Sequence[Segment]) -> str:
    """What a reader sees of the segments."""
    return "".join(segment.text for segment in segments)


def written(segments: Sequence[Segment], *, in_table: bool = False, one_line: bool = False) -> str:
    """The segments as Markdown that begins no block but a paragraph; `one_line` turns breaks into spaces."""
    if one_line:
        segments = [replace(s, text=" ") if s.text == "\n" else s for s in segments]
    text = plain(segments)
    if not any(segment.wraps or segment.is_code or segment.is_note for segment in segments):
        markdown = markdown_text.verse(text.split("\n"))
        return markdown.replace("|", "\\|") if in_table else markdown
    formatted = _joined(segments)
    if not all(_is_apart(segments, index) for index in range(len(segments))) and not _shows(formatted, text):
        formatted = _joined([replace(s, wraps=tuple(w for w in s.wraps if w[0] == "link")) for s in segments])
    formatted = "\\\n".join(_not_a_block(line) for line in formatted.split("\n"))
    return re.sub(r"(?<!\\)\|", r"\\|", formatted) if in_table else formatted


def _is_apart(segments: Sequence[Segment], index: int) -> bool:
    """Whether an emphasised word stands so plainly apart from its surroundings that its marks cannot be misread."""
    segment = segments[index]
    if all(kind == "link" for kind, _ in segment.wraps):
        return True
    before = segments[index - 1] if index else None
    after = segments[index + 1] if index + 1 < len(segments) else None
    if any(kind != "link" for other in (before, after) if other is not None for kind, _ in other.wraps):
        return False
    word = segment.text.strip(" ")
    opens = before is None or segment.text[:1] == " " or before.text[-1:] in (" ", "\n")
    closes = after is None or segment.text[-1:] == " " or after.text[:1] in (" ", "\n", ".", ",", ";", ":")
    return opens and closes and word[:1].isalnum() and word[-1:].isalnum() and not segment.is_code


def _not_a_block(line: str) -> str:
    """Escapes what would make a line something else than text."""
    start = _LINE_START.match(line)
    if start is None:
        return line
    return f"{start['number']}\\{line[start.end() :]}" if start["number"] else f"\\{line}"


def _joined(segments: Sequence[Segment]) -> str:
    parts: list[str] = []
    opened: list[tuple[str, str]] = []
    for index, segment in enumerate(segments):
        wraps = list(segment.wraps)
        shared = 0
        while shared < min(len(opened), len(wraps)) and opened[shared] == wraps[shared]:
            shared += 1
        space = ""
        if len(opened) > shared and parts and parts[-1].endswith(" "):
            parts[-1], space = parts[-1].rstrip(" "), " "
        parts += [_closing(wrap) for wrap in reversed(opened[shared:])]
        del opened[shared:]
        text = segment.text
        lead = text[: len(text) - len(text.lstrip(" "))]
        if len(wraps) > shared:
            space, text = space or lead, text.lstrip(" ")
        parts.append(space)
        for wrap in wraps[shared:]:
            if wrap[0] == "link" and parts[-1].endswith("!"):
                parts[-1] = parts[-1][:-1] + "\\!"
            parts.append("[" if wrap[0] == "link" else _DELIMITER[wrap[0]])
            opened.append(wrap)
        following = segments[index + 1].text[:1] if index + 1 < len(segments) else ""
        parts.append(text if segment.is_note else _code(text) if segment.is_code else _escaped(text, following))
        parts = [part for part in parts if part] or [""]
    if opened and parts[-1].endswith(" "):
        parts[-1] = parts[-1].rstrip(" ")
    parts += [_closing(wrap) for wrap in reversed(opened)]
    return "".join(parts)


def _closing(wrap: tuple[str, str]) -> str:
    kind, target = wrap
    return f"]({target})" if kind == "link" else _DELIMITER[kind]


def _escaped(text: str, following: str = "") -> str:
    if following:
        text += "\u0000"  # a mark at the end is judged by what comes after it
    text = _ESCAPED.sub(lambda match: "\\" + match[0], text)
    return text.removesuffix("\u0000")


def _code(text: str) -> str:
    if not text.strip():
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    text = text.strip()
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{lead}{fence}{pad}{text}{pad}{fence}{tail}"


@cache
def _reader() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _shows(markdown: str, text: str) -> bool:
    """Whether the Markdown, read back, shows exactly the text."""
    tokens = _reader().parseInline(markdown.replace("\n", " "), {})
    seen = "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for token in tokens
        for child in token.children or ()
    )
    return " ".join(seen.split()) == " ".join(text.split())
