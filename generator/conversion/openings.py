"""Rules for what opens an article: kicker, headline, its repetitions, subtitle, bylines, date lines."""

import re

from generator.conversion import signals
from generator.conversion.blocks import ends_sentence
from generator.conversion.dates import DatedLine, dated_line
from generator.conversion.lexicon import starts_with
from generator.conversion.people import byline_people
from generator.conversion.reading import Finding, Reading
from generator.model.ledger import Label

LONGEST_BYLINE = 200
_OUTLET = re.compile(r"\s+(?:[|–—•·»/:-]|::)\s+")


def byline_of(reading: Reading, index: int) -> tuple[str, ...] | None:
    """The people of a byline; a byline can fall apart into "By" and a name on the next line."""
    block = reading.blocks[index]
    if len(block.text) > LONGEST_BYLINE or block.words > 30:
        return None
    people = byline_people(block.text)
    if people is not None:
        return people
    before = reading.line(index - 1)
    if before and before.rstrip(":") in reading.lexicon.byline_starts and block.words <= 8:
        return byline_people(f"{reading.blocks[index - 1].text} {block.text}")
    return None


def date_of(reading: Reading, index: int) -> DatedLine | None:
    """The date of a line that is little more than a date."""
    block = reading.blocks[index]
    if len(block.text) > 160 or block.words > 24 or not any(ch.isdigit() for ch in block.text):
        return None
    return dated_line(block.text, reading.language)


def is_opening_line(reading: Reading, index: int) -> bool:
    """Whether the block is a byline or a date line: what stands below a headline."""
    if byline_of(reading, index):
        return True
    found = date_of(reading, index)
    return found is not None and found.kind in ("published", "updated") and len(found.rest) < 40


def headline(reading: Reading, index: int) -> Finding | None:
    """The headline itself."""
    if index == reading.title:
        return Finding("the headline: the likeliest of the lines before the text", key="title")
    return None


def repeated_headline(reading: Reading, index: int) -> Finding | None:
    """The headline once more, also in capitals, with the outlet's name, or cut short."""
    if reading.title < 0 or index == reading.title:
        return None
    title, block = reading.blocks[reading.title], reading.blocks[index]
    where = f"line {title.first}"
    if block.folded == title.folded:
        return Finding(f"repeats the headline of {where}")
    if title.words < 3 or len(block.text) > 2 * len(title.text) + 40 or reading.is_prose(index):
        return None
    parts = _OUTLET.split(block.text)
    if len(parts) > 1 and _folded_equal(parts, title.folded):
        return Finding(f"repeats the headline of {where} with the outlet's name")
    cut = block.text.rstrip(" .…")
    if cut != block.text and len(cut) > 20 and title.text.casefold().startswith(cut.casefold()):
        return Finding(f"repeats the beginning of the headline of {where}")
    return None


def _folded_equal(parts: list[str], folded_title: str) -> bool:
    from generator.conversion.blocks import folded

    return any(folded(part) == folded_title for part in parts)


def kicker(reading: Reading, index: int) -> Finding | None:
    """A short line above the headline: the section it stood in, or the outlet's name."""
    block = reading.blocks[index]
    if index < reading.title and block.words <= 6 and not ends_sentence(block.text) and len(block.text) <= 60:
        return Finding("a section or an outlet named above the headline")
    return None


def subtitle(reading: Reading, index: int) -> Finding | None:
    """The line right below the headline that says more, before byline, date or text."""
    title = reading.title
    if title < 0 or index <= title or index > title + 4 or index >= reading.profile.first_prose + 1:
        return None
    if any(entry.label is Label.SUBTITLE for entry in reading.done):
        return None
    between = {reading.label(place) for place in range(title + 1, index)}
    if not between <= {Label.REPEATED_TITLE, Label.INTERFACE_TEXT}:
        return None
    block = reading.blocks[index]
    if block.words < 5 or len(block.text) > 320 or reading.counts[block.folded] > 1:
        return None
    if starts_with(reading.line(index), reading.lexicon.caption_starts) or signals.has_photo_credit(block.text):
        return None
    opening = [place for place in range(index + 1, min(index + 4, len(reading.blocks))) if is_opening_line(reading, place)]
    if opening and (block.words >= 5):
        return Finding(f"stands between the headline and the line {reading.blocks[opening[0]].first} with author or date", key="subtitle")
    if not reading.is_prose(index) and not ends_sentence(block.text) and 6 <= block.words <= 40 and reading.is_prose(index + 1):
        is_longer = len(block.text) >= 0.6 * len(reading.blocks[title].text)
        if is_longer and index == title + 1:
            return Finding("stands right below the headline and is no sentence of the text", key="subtitle")
    return None


def byline(reading: Reading, index: int) -> Finding | None:
    """A line that names the authors."""
    if reading.is_prose(index) and reading.blocks[index].words > 25:
        return None
    people = byline_of(reading, index)
    if people is None:
        return None
    if not people:
        return Finding("a byline without a person")
    return Finding("names the author" if len(people) == 1 else "names the authors", key="author", people=people)


def lone_lead_in(reading: Reading, index: int) -> Finding | None:
    """ "By" on a line of its own, with the name on the next."""
    line = reading.line(index).rstrip(":")
    if line in reading.lexicon.byline_starts and index + 1 < len(reading.blocks) and byline_of(reading, index + 1):
        return Finding(f"leads in the byline of line {reading.blocks[index + 1].first}")
    return None


def date_line(reading: Reading, index: int) -> Finding | None:
    """A line that is a date, with or without the words that say of what."""
    found = date_of(reading, index)
    if found is None or found.kind == "dateline" or len(found.rest) > 60:
        return None
    if reading.body_seen and found.kind == "other" and ends_sentence(reading.blocks[index].text):
        return None
    key = {"published": "date", "updated": "updated"}.get(found.kind, "")
    what = {
        "published": "the date of publication",
        "updated": "the date of the last change",
        "saved": "the date on which the page was saved, not of the article",
    }.get(found.kind, "a date that is not the article's own")
    return Finding(what, key=key, date=found)
