"""Labels that a person has set take effect on a Markdown capture: blocks leave the text, or are written as what they are.

Every other line stays as it is. A block that becomes front matter is taken without its marks; one that is called
something else in the article keeps its words, and only the marks at the beginning of its lines change.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generator.conversion.decisions import IN_ARTICLE, KEYS
from generator.conversion.sources import cited
from generator.model.articles import Conversion, Fields, Source
from generator.model.captures import Capture
from generator.model.decisions import REASON, RULE, block_keys
from generator.model.ledger import Destination, Entry, Label, Ledger

_MARK = re.compile(r" {0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-+*][ \t]+)")
_NUMBER = re.compile(r" {0,3}(\d{1,9})[.)][ \t]+")
"""A number before an item of a list, or the year that a sentence begins with: it is kept, but for one that only counts."""
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_BEGINS_A_BLOCK = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)|(?=(?:#{1,6}|[-+*])(?:[ \t]|$)|>|`{3}|~{3})")
_FIXED = frozenset((Label.TABLE, Label.CODE, Label.FOOTNOTE))
"""Blocks whose lines mean something together: they are kept as they are, whatever text they are called."""
_RUNNING_TEXT = frozenset((Label.PARAGRAPH, Label.QUOTATION, Label.LIST))
_LINK = re.compile(r"!?\[([^\]]*)\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w\\])(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def with_labels(
    capture: Capture, conversion: Conversion, ledger: Ledger, labels: Mapping[str, Label]
) -> tuple[Conversion, Ledger]:
    """The conversion of a Markdown capture, and its ledger, as a person labelled its blocks (by block key)."""
    named = [entry for entry in ledger.entries if entry.label is not Label.BLANK]
    decided = {
        entry.first: labels[key]
        for key, entry in zip(block_keys(entry.text for entry in named), named, strict=True)
        if key in labels and entry.label is not Label.FRONT_MATTER
    }
    if not decided:
        return conversion, ledger
    has_title = Label.TITLE in decided.values()
    before = dict(zip((entry.first for entry in ledger.entries), ledger.entries, strict=True))
    entries = [_decided(entry, decided.get(entry.first), has_title) for entry in ledger.entries]
    body = "\n".join(_lines_kept(capture.lines, entries, before)).strip("\n")
    fields, read = _with_values(_with_sources(conversion, entries), entries, before)
    return replace(conversion, fields=fields, read=read, body=body + "\n" if body else ""), Ledger(tuple(entries))


def _decided(entry: Entry, label: Label | None, has_title: bool) -> Entry:
    if label is not None:
        key = KEYS.get(label, "")
        where = Destination.FRONT_MATTER if key else Destination.ARTICLE
        if not key and label not in IN_ARTICLE:
            where = Destination.LEFT_OUT
        return replace(entry, label=label, destination=where, reason=REASON, rule=RULE, key=key)
    if has_title and entry.key == "title":
        reason = "a person labelled another block as the title"
        if entry.label is Label.FRONT_MATTER:
            return replace(entry, destination=Destination.LEFT_OUT, reason=reason, rule=RULE, key="")
        return replace(entry, label=Label.HEADING, destination=Destination.ARTICLE, reason=reason, rule=RULE, key="")
    return entry


def _lines_kept(lines: Sequence[str], entries: Sequence[Entry], before: Mapping[int, Entry]) -> list[str]:
    """The lines of the article: as they stand, but for blocks that a person called something else."""
    kept: list[str] = []
    for entry in entries:
        own = list(lines[entry.first - 1 : entry.last])
        old = before[entry.first].label
        if entry.label is Label.BLANK:
            # Of a block that is left out, the lines above and below it meet: one gap is enough.
            kept += own if kept and kept[-1].strip() else []
        elif entry.destination is Destination.ARTICLE:
            is_changed = entry.rule == RULE and entry.label is not old and old not in _FIXED
            kept += _WRITERS.get(entry.label, _as_they_are)(own) if is_changed else own
    return kept


def _with_sources(conversion: Conversion, entries: Sequence[Entry]) -> Conversion:
    """The bodies that the text cites, where they were found in the text: of what is left out, none."""
    read = dict(conversion.read)
    if not read.get("sources", "").startswith("lines "):
        return conversion
    paragraphs = tuple(
        (entry.first, " ".join(line.strip().lstrip("> ") for line in entry.text.split("\n")))
        for entry in entries
        if entry.destination is Destination.ARTICLE and entry.label in _RUNNING_TEXT
    )
    bodies = cited(paragraphs, conversion.fields.language)
    del read["sources"]
    if bodies:
        read["sources"] = "lines " + ", ".join(str(line) for line in sorted({body.line for body in bodies}))
    fields = replace(conversion.fields, sources=tuple(Source(body.name) for body in bodies))
    return replace(conversion, fields=fields, read=tuple(read.items()))


def _with_values(
    conversion: Conversion, entries: Sequence[Entry], before: Mapping[int, Entry]
) -> tuple[Fields, tuple[tuple[str, str], ...]]:
    """The front matter with the texts of the blocks that a person sent there, and where each value comes from."""
    read = dict(conversion.read)
    texts: dict[str, list[str]] = {}
    for entry in entries:
        if entry.rule == RULE and entry.key:
            texts.setdefault(entry.key, []).extend(_plain(entry, before[entry.first].label))
            read[entry.key] = f"line {entry.first}, {REASON}"
    values: dict[str, str | tuple[str, ...]] = {}
    for key, found in texts.items():
        if key == "summary":
            values[key] = (*conversion.fields.summary, *found)
        else:
            values[key] = ("\n\n" if key == "author_note" else "; " if key == "image_credits" else " ").join(found)
    return replace(conversion.fields, **values), tuple(read.items())  # type: ignore[arg-type]


def _plain(entry: Entry, old: Label) -> list[str]:
    """A block's words without their marks; a list gives one text an item."""
    lines = entry.text.split("\n")
    if old in _FIXED:
        return [" ".join(entry.text.split())]
    if old is Label.LIST and entry.label is Label.SUMMARY_POINT:
        items: list[list[str]] = []
        for line in lines:
            number = _NUMBER.match(line)
            if _MARK.match(line) or number or not items:
                items.append([])
            is_count = number is not None and int(number[1]) == len(items)
            items[-1].append(line[number.end() :] if number and is_count else line)
        return [_words(_unmarked(item)) for item in items]
    return [_words(_unmarked(lines))]


def _words(lines: Sequence[str]) -> str:
    text = " ".join(" ".join(lines).split())
    text = _LINK.sub(r"\1", text)
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text)


def _unmarked(lines: Sequence[str]) -> list[str]:
    """The lines of a block without the marks of headings, quotations and lists."""
    if len(lines) > 1 and _UNDERLINE.match(lines[-1]):
        lines = lines[:-1]
    found = []
    for line in lines:
        mark = _MARK.match(line)
        rest = line[mark.end() :] if mark else line.strip()
        found.append(_CLOSING.sub("", rest).strip() if mark and "#" in mark[0] else rest.rstrip())
    return found


def _as_they_are(lines: Sequence[str]) -> list[str]:
    return list(lines)


def _as_paragraph(lines: Sequence[str]) -> list[str]:
    return [_BEGINS_A_BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else "\\", line, count=1)
            if _BEGINS_A_BLOCK.match(line) else line for line in _unmarked(lines)]  # fmt: skip


def _as_heading(lines: Sequence[str]) -> list[str]:
    return ["## " + " ".join(" ".join(_unmarked(lines)).split())]


def _as_quotation(lines: Sequence[str]) -> list[str]:
    return ["> " + line for line in _as_paragraph(lines)]


def _as_list(lines: Sequence[str]) -> list[str]:
    first, *others = _as_paragraph(lines)
    return ["- " + first, *("  " + line for line in others)]


_WRITERS: dict[Label, Callable[[Sequence[str]], list[str]]] = {
    Label.PARAGRAPH: _as_paragraph,
    Label.HEADING: _as_heading,
    Label.QUOTATION: _as_quotation,
    Label.LIST: _as_list,
}
