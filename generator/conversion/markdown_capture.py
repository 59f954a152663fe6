"""Markdown captures: what the front matter states is typed, the text stays as it is, line for line.

Only a heading on top that is the title leaves the text, since the page shows the title anyway, and what a person
labelled as no part of it. Pelican's header lines ("Title: …") count as front matter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.conversion.assembly import incipit
from generator.conversion.blocks import folded
from generator.conversion.bylines import byline_people
from generator.conversion.dates import dated_line
from generator.conversion.languages import language_of
from generator.conversion.markdown_decisions import with_labels
from generator.conversion.sources import cited
from generator.conversion.stated import Stated, stated_values
from generator.model.articles import Conversion, Fields, Source
from generator.model.captures import Capture
from generator.model.ledger import Destination, Entry, Label, Ledger

SAMPLE = 20_000
_LONGEST_BYLINE = 120
_HEADER_LINE = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]+(\S.*)$")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SETEXT = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_KINDS: tuple[tuple[re.Pattern[str], Label, str], ...] = (
    (_HEADING, Label.HEADING, "a Markdown heading"),
    (re.compile(r" {0,3}>"), Label.QUOTATION, "a Markdown quotation"),
    (re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]"), Label.LIST, "a Markdown list"),
    (re.compile(r" {0,3}\|.*\|"), Label.TABLE, "a Markdown table"),
    (re.compile(r" {0,3}!\[[^\]]*\]\([^)]*\)[ \t]*$"), Label.CAPTION, "a picture with its caption"),
    (re.compile(r" {0,3}\[\^[^\]]+\]:"), Label.FOOTNOTE, "a footnote"),
)


def convert_markdown(capture: Capture, labels: Mapping[str, Label]) -> tuple[Conversion, Ledger]:
    """Converts a Markdown capture; `labels` are a person's, by block key."""
    lines = capture.lines
    stated, stated_lines, body_line = capture.stated, capture.stated_lines, capture.body_line
    if body_line > 1 and (body_line == 2 or lines[body_line - 2].strip() not in ("---", "+++", "...")):
        body_line += 1  # the closing fence is the file's last line, without a line end
    if not stated and body_line == 1:
        stated, stated_lines, body_line = _header_lines(lines)
    found = stated_values(stated)
    title_lines = _title_on_top(lines, body_line, found)
    read = [("author" if name == "authors" else name, _place(stated_lines, key)) for name, key in found.keys.items()]
    _state_rest(lines, body_line, title_lines, found, read)
    first = title_lines[1] + 1 if title_lines else body_line
    body = "\n".join(lines[first - 1 :]).strip("\n")
    captured = found.values.pop("captured", None)
    read = [("capture.date" if name == "captured" else name, reason) for name, reason in read]
    fields = Fields(extra=tuple(found.extra), **found.values)
    entries = [
        *_front_matter_entries(lines, stated_lines, stated, body_line),
        *_title_entry(lines, title_lines),
        *_text_entries(lines, title_lines[1] + 1 if title_lines else body_line, title_lines, body_line),
    ]
    ledger = Ledger(tuple(sorted(entries, key=lambda entry: entry.first)))
    conversion = Conversion(fields, tuple(read), body + "\n" if body else "", captured=captured)
    return with_labels(capture, conversion, ledger, labels)


def _place(stated_lines: Mapping[str, int], key: str) -> str:
    line = stated_lines.get(key) or next((stated_lines[name] for name in stated_lines if name.endswith(f".{key}")), 0)
    return f"line {line}, front matter" if line else "front matter"


def _header_lines(lines: Sequence[str]) -> tuple[dict[str, Any], dict[str, int], int]:
    """Pelican's metadata: lines `Key: value` from the first line to the first empty one, a title among them."""
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    for number, line in enumerate(lines[:60], start=1):
        header = _HEADER_LINE.match(line)
        if header is None:
            is_complete = not line.strip() and any(key.casefold() == "title" for key in values)
            return (values, places, number) if is_complete else ({}, {}, 1)
        values.setdefault(header[1], header[2])
        places.setdefault(header[1], number)
    return {}, {}, 1


def _title_on_top(lines: Sequence[str], body_line: int, found: Stated) -> tuple[int, int] | None:
    """The lines of a heading of the first level on top of the text that is the title, or becomes it."""
    number = body_line
    while number <= len(lines) and not lines[number - 1].strip():
        number += 1
    if number > len(lines):
        return None
    line = lines[number - 1]
    heading = re.match(r" {0,3}#[ \t]+(.*?)[ \t]*(?:[ \t]#+)?[ \t]*$", line[:1000])
    last = number
    if heading:
        text = heading[1]
    elif number < len(lines) and re.match(r" {0,3}=+[ \t]*$", lines[number]) and line.strip():
        text, last = line.strip(), number + 1
    else:
        return None
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    title = found.values.get("title")
    if title and folded(title) != folded(plain):
        return None
    if not title and plain:
        found.values["title"] = plain
    return (number, last) if plain else None


def _state_rest(
    lines: Sequence[str],
    body_line: int,
    title_lines: tuple[int, int] | None,
    found: Stated,
    read: list[tuple[str, str]],
) -> None:
    """What the front matter leaves open and the text tells: title, language, bodies cited."""
    values = found.values
    paragraphs = tuple(_paragraphs(lines, title_lines[1] + 1 if title_lines else body_line))
    if title_lines and "title" not in found.keys:
        read.append(("title", f"line {title_lines[0]}, heading"))
    if "title" not in values:
        line, text = next(iter(paragraphs), (body_line, "untitled"))
        values["title"] = incipit(text)
        read.append(("title", f"line {line}: no title is stated, so the text's first words stand for it"))
    _state_byline(paragraphs[:2], found, read)
    if "language" not in values:
        language = language_of("\n".join(text for _, text in paragraphs)[:SAMPLE])
        if language:
            values["language"] = language
            read.append(("language", "the words of the text"))
    if "sources" not in values:
        bodies = cited(paragraphs, values.get("language", ""))
        if bodies:
            values["sources"] = tuple(Source(body.name) for body in bodies)
            read.append(("sources", "lines " + ", ".join(str(line) for line in sorted({body.line for body in bodies}))))


def _state_byline(paragraphs: Sequence[tuple[int, str]], found: Stated, read: list[tuple[str, str]]) -> None:
    """Author and day from a line right above the text, where the front matter states none; the line stays where it is."""
    for line, text in paragraphs:
        plain = re.sub(r"\[([^\[\]]{1,100})\]\([^()]{0,300}\)", r"\1", text).strip("*_~` ")
        if len(plain) > _LONGEST_BYLINE or (people := byline_people(plain)) is None:
            continue
        if people and "authors" not in found.values:
            found.values["authors"] = people
            read.append(("author", f"line {line}, byline"))
        date = dated_line(plain, found.values.get("language", ""))
        if date is not None and date.kind == "published" and "date" not in found.values:
            found.values["date"] = date.date
            read.append(("date", f"line {line}, byline"))


def _paragraphs(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    for start, end, label, _ in _runs(lines, first):
        if label in (Label.PARAGRAPH, Label.QUOTATION, Label.LIST):
            yield start, " ".join(line.strip().lstrip("> ") for line in lines[start - 1 : end])


def _runs(lines: Sequence[str], first: int) -> Iterator[tuple[int, int, Label, str]]:
    """The text as runs of lines: (first, last, label, reason); code in a fence is one run, blank lines and all."""
    number = first
    while number <= len(lines):
        fence = _FENCE.match(lines[number - 1])
        start = number
        if not lines[number - 1].strip():
            while number < len(lines) and not lines[number].strip():
                number += 1
            yield start, number, Label.BLANK, "separates blocks"
        elif fence:
            closing = re.compile(rf" {{0,3}}{re.escape(fence[1][0])}{{{len(fence[1])},}}[ \t]*$")
            while number < len(lines) and not (number > start and closing.match(lines[number - 1])):
                number += 1
            yield start, number, Label.CODE, "code between fences"
        else:
            while number < len(lines) and _continues(lines[number - 1], lines[number]):
                number += 1
            label, reason = _kind(lines[start - 1], lines[number - 1] if number > start else "")
            yield start, number, label, reason
        number += 1


def _continues(line: str, following: str) -> bool:
    return (
        bool(following.strip())
        and not _FENCE.match(following)
        and not _HEADING.match(line)
        and not _HEADING.match(following)
    )


def _kind(line: str, last: str) -> tuple[Label, str]:
    if last and _SETEXT.match(last):
        return Label.HEADING, "a Markdown heading"
    for pattern, label, reason in _KINDS:
        if pattern.match(line[:2000]):
            return label, reason
    return Label.PARAGRAPH, "a Markdown paragraph"


def _text_entries(
    lines: Sequence[str], first: int, title_lines: tuple[int, int] | None, body_line: int
) -> Iterator[Entry]:
    if title_lines and body_line < title_lines[0]:
        yield Entry(body_line, title_lines[0] - 1, Label.BLANK, Destination.LEFT_OUT, "separates blocks", "blank", "")
    for start, end, label, reason in _runs(lines, first):
        where = Destination.LEFT_OUT if label is Label.BLANK else Destination.ARTICLE
        text = "" if label is Label.BLANK else "\n".join(lines[start - 1 : end])
        yield Entry(start, end, label, where, reason, "blank" if label is Label.BLANK else "markdown", text)


def _title_entry(lines: Sequence[str], title_lines: tuple[int, int] | None) -> Iterator[Entry]:
    if title_lines:
        first, last = title_lines
        text = "\n".join(lines[first - 1 : last])
        reason = "the heading on top of the text is the title"
        yield Entry(first, last, Label.TITLE, Destination.FRONT_MATTER, reason, "markdown-title", text, "title")


def _front_matter_entries(
    lines: Sequence[str], stated_lines: Mapping[str, int], stated: Mapping[str, Any], body_line: int
) -> Iterator[Entry]:
    """One entry a key, from its line to the next key's; what stands above the first and below the last are fences."""
    places: dict[int, str] = {}
    for key, line in stated_lines.items():
        if key in stated or key.split(".")[0] not in stated:
            places.setdefault(line, key)
    end = body_line - 1
    if end < 1:
        return
    fenced = lines[0].strip() in ("---", "+++")
    numbers = sorted(number for number in places if number <= end)
    last_value = end - 1 if fenced else end
    if fenced:
        top = min(numbers[0] - 1 if numbers else last_value, last_value) or 1
        yield _fence_entry(lines, 1, top, "opens the front matter")
    for number, following in zip(numbers, [*numbers[1:], last_value + 1], strict=False):
        text = "\n".join(lines[number - 1 : following - 1])
        key = places[number]
        reason = f"the front matter's {key}"
        yield Entry(
            number, following - 1, Label.FRONT_MATTER, Destination.FRONT_MATTER, reason, "front-matter", text, key
        )
    if fenced:
        yield _fence_entry(lines, end, end, "closes the front matter")


def _fence_entry(lines: Sequence[str], first: int, last: int, reason: str) -> Entry:
    text = "\n".join(lines[first - 1 : last])
    return Entry(first, last, Label.FRONT_MATTER, Destination.LEFT_OUT, reason, "front-matter", text)
