"""From labelled blocks to the article: front matter, where each value was read, and the body as Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.conversion import markdown_text as markdown
from generator.conversion.dates import dated_line, inferred
from generator.conversion.kept_lines import TABBED, VERSE, cells_of
from generator.conversion.openings import is_above_text
from generator.conversion.reading import Labelled, Reading
from generator.conversion.sources import cited
from generator.conversion.structure import bullet_of, list_number
from generator.model.articles import Conversion, Fields, Source
from generator.model.dates import Edtf
from generator.model.ledger import Label

INCIPIT_WORDS = 10
_KEYS = {"authors": "author"}
"""Fields whose front matter key is another."""
_DATE_KEYS = {"published": "date", "updated": "updated"}
_TEXT = frozenset({Label.PARAGRAPH, Label.QUOTATION, Label.LIST})


@dataclass(slots=True)
class _Values:
    """The front matter while it is collected: each value with the reason it is there."""

    values: dict[str, object] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    def state(self, key: str, value: object, reason: str) -> None:
        if value and key not in self.values:
            self.values[key] = value
            self.read[key] = reason


def assemble(reading: Reading) -> Conversion:
    """Builds the article from the labels of a plain-text capture."""
    labelled = reading.done
    found = _Values()
    _state_title(labelled, found)
    _state_people(labelled, found, reading)
    _state_dates(labelled, found, reading)
    _state_texts(labelled, found)
    if reading.language:
        found.state("language", reading.language, "the words of the text")
    bodies = cited(_paragraphs(labelled), reading.language)
    found.state("sources", tuple(Source(body.name) for body in bodies), _lines_of([body.line for body in bodies]))
    fields = Fields(**found.values)  # type: ignore[arg-type]
    read = [(_KEYS.get(name, name), reason) for name, reason in found.read.items()]
    captured, reason = _captured(labelled, reading)
    if captured is not None:
        read.append(("capture.date", reason))
    return Conversion(fields, tuple(read), body_of(labelled), captured=captured)


def _captured(labelled: Sequence[Labelled], reading: Reading) -> tuple[Edtf | None, str]:
    """When the page was saved: a line outside of the text that says so, where no other such line contradicts it."""
    stated = {
        str(date.date): (date.date, entry.block.first)
        for index, entry in enumerate(labelled)
        if entry.label in (Label.DATE_LINE, Label.NOTICE, Label.INTERFACE_TEXT)
        and (_is_above_text(entry, reading) or index > reading.profile.last_prose)
        for date in entry.finding.dates
        if date.kind == "saved"
    }
    if len(stated) != 1:
        return None, ""
    date, line = next(iter(stated.values()))
    return date, f"line {line}, when the page was saved"


def _lines_of(lines: Sequence[int]) -> str:
    numbers = sorted(set(lines))
    return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {', '.join(map(str, numbers))}"


def _paragraphs(labelled: Sequence[Labelled]) -> tuple[tuple[int, str], ...]:
    return tuple((entry.block.first, entry.block.text) for entry in labelled if entry.label in _TEXT)


def _state_title(labelled: Sequence[Labelled], found: _Values) -> None:
    for entry in labelled:
        if entry.label is Label.TITLE:
            found.state("title", entry.finding.text or entry.block.text, f"line {entry.block.first}, headline")
        elif entry.label is Label.SUBTITLE:
            found.state("subtitle", entry.block.text, f"line {entry.block.first}, below the headline")
    text = next((entry for entry in labelled if has_text(entry)), None)
    if text is not None:
        reason = f"line {text.block.first}: no headline is stated, so the text's first words stand for it"
        found.state("title", incipit(text.finding.text or text.block.text), reason)


def has_text(entry: Labelled) -> bool:
    """Whether something of the block reaches the article, as text or as a value."""
    return entry.label in _WRITERS or bool(entry.finding.key)


def incipit(text: str) -> str:
    """The first words of a text, which catalogues use for what has no title."""
    text = text[:400].strip()
    words = text.split()
    shown = " ".join(words[:INCIPIT_WORDS])[:90]
    return shown if shown == text else shown.rstrip(" ,;:.–—-") + " …"


def _state_people(labelled: Sequence[Labelled], found: _Values, reading: Reading) -> None:
    """Authors: bylines above the text before names alone, those before bylines below it, and those before notes."""
    named = [entry for entry in labelled if entry.label in (Label.BYLINE, Label.DATE_LINE) and entry.finding.people]
    above = [entry for entry in named if _is_above_text(entry, reading)]
    sure = [entry for entry in above if entry.finding.confidence == 1]
    chosen = _without_cards(sure) or above[:1] or [entry for entry in named if entry.rule == "byline"][:1]
    chosen += [entry for entry in above if entry.finding.continues and entry not in chosen]
    people = tuple(dict.fromkeys(name for entry in chosen for name in entry.finding.people))
    if people:
        found.state("authors", people, f"{_lines_of([entry.block.first for entry in chosen])}, byline")
        return
    notes = [entry for entry in labelled if entry.label is Label.AUTHOR_NOTE and entry.finding.people]
    for entry in sorted(notes, key=lambda entry: -entry.finding.confidence)[:1]:
        found.state("authors", entry.finding.people, f"line {entry.block.first}, author note")


def _without_cards(bylines: list[Labelled]) -> list[Labelled]:
    """Bylines that belong together: those of other articles' cards stand apart from the first."""
    if not bylines:
        return []
    first = bylines[0].block.first
    return [entry for entry in bylines if entry.block.first - first <= 8]


def _is_above_text(entry: Labelled, reading: Reading) -> bool:
    index = reading.index_of(entry)
    return is_above_text(reading, index)


def _state_dates(labelled: Sequence[Labelled], found: _Values, reading: Reading) -> None:
    """Dates: those above the text, then a dateline, then one right below the text; else what the text lets infer."""
    stated = [(entry, date) for entry in labelled for date in entry.finding.dates if date.kind in _DATE_KEYS]
    for entry, date in stated:
        if _is_above_text(entry, reading):
            found.state(_DATE_KEYS[date.kind], date.date, f"line {entry.block.first}, {entry.label.replace('-', ' ')}")
    for line, text in _paragraphs(labelled)[:2]:
        dateline = dated_line(text[:300], reading.language)
        if dateline is not None and dateline.kind == "dateline":
            found.state("date", dateline.date, f"line {line}, dateline")
    below = [(entry, date) for entry, date in stated if not _is_above_text(entry, reading)]
    if below and "date" not in found.values and len({str(date.date) for _, date in below}) == 1:
        entry, date = below[0]
        found.state(_DATE_KEYS[date.kind], date.date, f"line {entry.block.first}, {entry.label.replace('-', ' ')}")
    if "date" not in found.values:
        guess = inferred(_paragraphs(labelled), reading.language)
        if guess is not None:
            found.state("date", _approximate(guess.date), f"inferred from line {guess.line}: '{guess.phrase}'")


def _approximate(date: Edtf) -> Edtf:
    if date.is_certain:
        raise ValueError(f"an inferred date is never certain: {date}")
    return date


def _state_texts(labelled: Sequence[Labelled], found: _Values) -> None:
    points = [entry for entry in labelled if entry.finding.key == "summary"]
    credits_ = [
        entry
        for entry in labelled
        if entry.finding.key == "image_credits" or (entry.label is Label.CAPTION and entry.finding.text)
    ]
    notes = [entry for entry in labelled if entry.finding.key == "author_note"]
    if points:
        found.state(
            "summary", tuple(entry.finding.text for entry in points), _lines_of([entry.block.first for entry in points])
        )
    if credits_:
        texts = dict.fromkeys(entry.finding.text for entry in credits_)
        found.state("image_credits", "; ".join(texts), _lines_of([entry.block.first for entry in credits_]))
    if notes:
        found.state(
            "author_note",
            "\n\n".join(entry.block.text for entry in notes),
            _lines_of([entry.block.first for entry in notes]),
        )


def body_of(labelled: Sequence[Labelled]) -> str:
    """The article's text as Markdown, one empty line between blocks, one line end at its end."""
    written = list(_written(labelled))
    return "\n\n".join(written) + "\n" if written else ""


def _written(labelled: Sequence[Labelled]) -> Iterator[str]:
    kept = (entry for entry in labelled if entry.label in _WRITERS and not entry.finding.key)
    for label, run in groupby(kept, key=lambda entry: entry.label):
        yield from _WRITERS[label](list(run))


def _headings(run: list[Labelled]) -> Iterator[str]:
    return (markdown.heading(entry.block.text) for entry in run)


def _plain(run: list[Labelled]) -> Iterator[str]:
    for is_verse, entries in groupby(run, key=lambda entry: entry.block.shape == VERSE):
        if is_verse:
            yield from (markdown.verse(entry.block.lines) for entry in entries)
            continue
        texts: list[list[str]] = []
        for entry in entries:
            if entry.finding.continues and texts:
                texts[-1].append(entry.block.text)
            else:
                texts.append([entry.block.text])
        yield from (markdown.paragraph(" ".join(parts)) for parts in texts)


def _tables(run: list[Labelled]) -> Iterator[str]:
    """Tables: those with tabs as tables, those that were aligned by hand exactly as they stand."""
    for entry in run:
        if entry.block.shape == TABBED:
            yield markdown.table([cells_of(line) for line in entry.block.lines])
        else:
            yield markdown.code([line.rstrip() for line in entry.block.lines])


def _captions(run: list[Labelled]) -> Iterator[str]:
    return (markdown.caption(entry.block.text) for entry in run)


def _lists(run: list[Labelled]) -> Iterator[str]:
    """Bulleted and numbered lines that follow each other; numbers that do not count up stay plain text."""
    for is_numbered, items in groupby(run, key=lambda entry: list_number(entry.block.text) is not None):
        texts = [entry.block.text for entry in items]
        if not is_numbered:
            yield markdown.bullets([bullet_of(text) or text for text in texts])
            continue
        first = list_number(texts[0]) or 0
        counts_up = [list_number(text) for text in texts] == list(range(first, first + len(texts)))
        if counts_up and not texts[0].startswith("("):
            yield markdown.numbered([text.split(None, 1)[1] for text in texts], first)
        else:
            yield from map(markdown.paragraph, texts)


def _quotations(run: list[Labelled]) -> Iterator[str]:
    yield markdown.quotation([entry.block.text.lstrip("> ") for entry in run])


_WRITERS = {
    Label.HEADING: _headings,
    Label.PARAGRAPH: _plain,
    Label.CAPTION: _captions,
    Label.LIST: _lists,
    Label.QUOTATION: _quotations,
    Label.TABLE: _tables,
}
