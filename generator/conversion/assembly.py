"""From labelled blocks to the article: front matter, where each value was read, and the body as Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.conversion import markdown_text as markdown
from generator.conversion.dates import dated_line, inferred
from generator.conversion.reading import Labelled, Reading
from generator.conversion.sources import cited
from generator.conversion.structure import bullet_of, list_number
from generator.model.articles import Conversion, Fields, Source
from generator.model.dates import Edtf
from generator.model.ledger import Label

INCIPIT_WORDS = 10
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
    return Conversion(fields, tuple(found.read.items()), body_of(labelled))


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
    for line, text in _paragraphs(labelled):
        found.state("title", incipit(text), f"line {line}: no headline is stated, so the text's first words stand for it")
        break


def incipit(text: str) -> str:
    """The first words of a text, which catalogues use for what has no title."""
    text = text[:400].strip()
    words = text.split()
    shown = " ".join(words[:INCIPIT_WORDS])[:90]
    return shown if shown == text else shown.rstrip(" ,;:.–—-") + " …"


def _state_people(labelled: Sequence[Labelled], found: _Values, reading: Reading) -> None:
    bylines = [entry for entry in labelled if entry.label is Label.BYLINE and entry.finding.people]
    opening = [entry for entry in bylines if _is_in_head(entry, reading)]
    chosen = opening or bylines[:1]
    people = tuple(dict.fromkeys(name for entry in chosen for name in entry.finding.people))
    if people:
        found.state("authors", people, f"{_lines_of([entry.block.first for entry in chosen])}, byline")
        return
    for entry in labelled:
        if entry.label is Label.AUTHOR_NOTE and entry.finding.people:
            found.state("authors", entry.finding.people, f"line {entry.block.first}, author note")
            return


def _is_in_head(entry: Labelled, reading: Reading) -> bool:
    first = reading.profile.first_prose
    return first >= len(reading.blocks) or entry.block.first <= reading.blocks[min(first + 1, len(reading.blocks) - 1)].last


def _state_dates(labelled: Sequence[Labelled], found: _Values, reading: Reading) -> None:
    for entry in labelled:
        if entry.label is Label.DATE_LINE and entry.finding.date and entry.finding.key:
            found.state(entry.finding.key, entry.finding.date.date, f"line {entry.block.first}")
    for line, text in _paragraphs(labelled)[:2]:
        dateline = dated_line(text[:300], reading.language)
        if dateline is not None and dateline.kind == "dateline":
            found.state("date", dateline.date, f"line {line}, dateline")
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
    credits_ = [entry for entry in labelled if entry.finding.key == "image_credits"]
    notes = [entry for entry in labelled if entry.finding.key == "author_note"]
    if points:
        found.state("summary", tuple(entry.finding.text for entry in points), _lines_of([entry.block.first for entry in points]))
    if credits_:
        texts = dict.fromkeys(entry.finding.text for entry in credits_)
        found.state("image_credits", "; ".join(texts), _lines_of([entry.block.first for entry in credits_]))
    if notes:
        found.state("author_note", "\n\n".join(entry.block.text for entry in notes), _lines_of([entry.block.first for entry in notes]))


def body_of(labelled: Sequence[Labelled]) -> str:
    """The article's text as Markdown, one empty line between blocks, one line end at its end."""
    written = list(_written(labelled))
    return "\n\n".join(written) + "\n" if written else ""


def _written(labelled: Sequence[Labelled]) -> Iterator[str]:
    kept = (entry for entry in labelled if entry.label in _WRITERS)
    for label, run in groupby(kept, key=lambda entry: entry.label):
        yield from _WRITERS[label](list(run))


def _headings(run: list[Labelled]) -> Iterator[str]:
    return (markdown.heading(entry.block.text) for entry in run)


def _plain(run: list[Labelled]) -> Iterator[str]:
    return (markdown.paragraph(entry.block.text) for entry in run)


def _captions(run: list[Labelled]) -> Iterator[str]:
    return (markdown.caption(entry.block.text) for entry in run)


def _lists(run: list[Labelled]) -> Iterator[str]:
    """Bulleted and numbered lines that follow each other, each kind a list of its own."""
    for is_numbered, items in groupby(run, key=lambda entry: list_number(entry.block.text) is not None):
        texts = [entry.block.text for entry in items]
        if is_numbered:
            first = list_number(texts[0]) or 0
            yield markdown.numbered([text.split(None, 1)[1] for text in texts], first)
        else:
            yield markdown.bullets([bullet_of(text) or text for text in texts])


def _quotations(run: list[Labelled]) -> Iterator[str]:
    yield markdown.quotation([entry.block.text.lstrip("> ") for entry in run])


_WRITERS = {
    Label.HEADING: _headings,
    Label.PARAGRAPH: _plain,
    Label.CAPTION: _captions,
    Label.LIST: _lists,
    Label.QUOTATION: _quotations,
}
