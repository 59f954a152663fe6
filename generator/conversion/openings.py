"""Rules for what opens an article: kicker, headline, its repetitions, subtitle, bylines, date lines."""

import re
from functools import lru_cache

from generator.conversion import signals
from generator.conversion.blocks import ends_sentence, folded
from generator.conversion.bylines import named_people
from generator.conversion.dates import DatedLine, dated_lines
from generator.conversion.lexicon import starts_with
from generator.conversion.people import byline_people, is_organisation
from generator.conversion.reading import Finding, Reading
from generator.conversion.structure import bullet_of
from generator.model.ledger import Label

LONGEST_BYLINE = 200
_SIGNATURE = re.compile(r"(?:—|–|--|―)\s?(\S.{3,60})")
_NEAR_END = 40
"""Blocks from the end of a capture in which somebody may have signed it."""
_JOINED = re.compile(r"(?:and|und|et|y|та|і|й|και|&)\s", re.I)
OUTLET = re.compile(r"\s+(?:[|–—•·»/:-]|::)\s+")


@lru_cache(maxsize=4096)
def _byline(text: str) -> tuple[str, ...] | None:
    return byline_people(text)


@lru_cache(maxsize=4096)
def _dates(text: str, language: str) -> tuple[DatedLine, ...]:
    return dated_lines(text, language)


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """The people of a line that is nothing but names, with roles and outlets around them."""
    return named_people(text) if len(text) <= 120 else ()


def byline_of(reading: Reading, index: int) -> tuple[str, ...] | None:
    """The people of a byline; a byline can fall apart into "By" and a name on the next line."""
    block = reading.blocks[index]
    if len(block.text) > LONGEST_BYLINE or block.words > 30:
        return None
    people = _byline(block.text)
    if people is not None:
        return people
    before = reading.line(index - 1)
    if before and before.rstrip(":") in reading.lexicon.byline_starts and block.words <= 8:
        return byline_people(f"{reading.blocks[index - 1].text} {block.text}")
    return None


def dates_of(reading: Reading, index: int) -> tuple[DatedLine, ...]:
    """The dates of a line that is little more than dates."""
    block = reading.blocks[index]
    if len(block.text) > 160 or block.words > 24 or not any(map(str.isdigit, block.text)):
        return ()
    found = _dates(block.text, reading.language)
    return () if any(date.kind == "dateline" for date in found) else found


def is_opening_line(reading: Reading, index: int) -> bool:
    """Whether the block is a byline or a date line: what stands below a headline."""
    if byline_of(reading, index):
        return True
    return is_dated(reading, index)


def headline(reading: Reading, index: int) -> Finding | None:
    """The headline itself."""
    if index != reading.title:
        return None
    if reading.title_text != reading.blocks[index].text:
        return Finding("the subject of the mail", key="title", text=reading.title_text)
    return Finding("the headline: the likeliest of the lines before the text", key="title")


def repeated_headline(reading: Reading, index: int) -> Finding | None:
    """The headline once more, also in capitals, with the outlet's name, or cut short."""
    if reading.title < 0 or index == reading.title:
        return None
    title, block = reading.title_text, reading.blocks[index]
    where = f"line {reading.blocks[reading.title].first}"
    if block.folded == reading.title_folded:
        return Finding(f"repeats the headline of {where}")
    if reading.title_folded.count(" ") < 2 or len(block.text) > 2 * len(title) + 40 or reading.is_prose(index):
        return None
    parts = OUTLET.split(block.text)
    if len(parts) > 1 and any(folded(part) == reading.title_folded for part in parts):
        return Finding(f"repeats the headline of {where} with the outlet's name")
    cut = block.text.rstrip(" .…")
    if cut != block.text and len(cut) > 20 and title.casefold().startswith(cut.casefold()):
        return Finding(f"repeats the beginning of the headline of {where}")
    return None


def kicker(reading: Reading, index: int) -> Finding | None:
    """A short line above the headline: the section it stood in, or the outlet's name."""
    block = reading.blocks[index]
    if index < reading.title and block.words <= 6 and len(block.text) <= 60 and _is_no_sentence(block.text):
        return Finding("a section or an outlet named above the headline")
    return None


def _is_no_sentence(text: str) -> bool:
    """Whether a line is no sentence; old newspapers put a full stop behind their own names, in capitals."""
    return not ends_sentence(text) or signals.is_capitals(text)


def subtitle(reading: Reading, index: int) -> Finding | None:
    """The line right below the headline that says more, before byline, date or text."""
    title = reading.title
    if title < 0 or index <= title or index > title + 4 or any(reading.profile.prose[title + 1 : index]):
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
    if block.text[0] in "【〔":
        return None  # where and by whom a report was written
    opening = [
        place
        for place in range(index + 1, min(index + 4, len(reading.blocks)))
        if (is_opening_line(reading, place) or names_in(reading.blocks[place].text))
        and not any(reading.profile.prose[index + 1 : place])
    ]
    if opening and (block.words >= 5):
        return Finding(
            f"stands between the headline and the line {reading.blocks[opening[0]].first} with author or date",
            key="subtitle",
        )
    if (
        not reading.is_prose(index)
        and not ends_sentence(block.text)
        and 6 <= block.words <= 40
        and reading.is_prose(index + 1)
    ):
        is_longer = len(block.text) >= 0.6 * len(reading.blocks[title].text)
        if is_longer and index == title + 1:
            return Finding("stands right below the headline and is no sentence of the text", key="subtitle")
    return None


def byline(reading: Reading, index: int) -> Finding | None:
    """A line that names the authors, often with a date."""
    if reading.is_prose(index) and reading.blocks[index].words > 25:
        return None
    people = byline_of(reading, index)
    if people is None and (people := _signature(reading, index)) is None:
        return None
    dates = dates_of(reading, index)
    if not people:
        return Finding("a byline without a person", key="date" if dates else "", dates=dates)
    return Finding(
        "names the author" if len(people) == 1 else "names the authors", key="author", people=people, dates=dates
    )


def _signature(reading: Reading, index: int) -> tuple[str, ...] | None:
    """ "— Cordelia Wray" below the text of a capture that names nobody above it."""
    if reading.blocks[index].text[0] not in "—–-―" or index < len(reading.blocks) - _NEAR_END or not reading.body_seen:
        return None
    found = _SIGNATURE.fullmatch(reading.blocks[index].text[:80])
    if found is None:
        return None
    if any(entry.label is Label.BYLINE and entry.finding.people for entry in reading.done):
        return None
    after = range(index + 1, min(index + 40, len(reading.blocks)))
    is_quoted = reading.blocks[index - 1].text.rstrip()[-1:] in '”“»"’」'
    if is_quoted or any(reading.is_prose(place) and not dates_of(reading, place) for place in after):
        return None
    return names_in(found[1]) or None


def lone_name(reading: Reading, index: int) -> Finding | None:
    """People's names near the headline and above the text, alone or before a role, an outlet, a place."""
    block = reading.blocks[index]
    if index == reading.title or not is_above_text(reading, index) or block.words > 12 or ends_sentence(block.text):
        return None
    if reading.is_prose(index - 1) and reading.is_prose(index + 1):
        return None  # between two paragraphs a short line is a heading, whatever it is made of
    if (
        reading.label(index - 1) is Label.BYLINE
        and reading.done[index - 1].finding.people
        and is_organisation(block.text)
    ):
        return Finding("where the author of the line above works")
    joined = _JOINED.match(block.text) if reading.label(index - 1) is Label.BYLINE else None
    if joined and (more := names_in(block.text[joined.end() :])):
        return Finding("goes on with the byline above", key="author", people=more, confidence=0.7, continues=True)
    people = names_in(block.text) or (
        named_people(block.text, in_place=True) if _is_place_of_name(reading, index) else ()
    )
    return (
        Finding("a name between the headline and the text", key="author", people=people, confidence=0.7)
        if people
        else None
    )


def _is_place_of_name(reading: Reading, index: int) -> bool:
    """Right below the headline and right above a date, or with no more than an outlet or a place in between."""
    if index != reading.title + 1 or reading.blocks[index].words > 4:
        return False
    following = range(index + 1, min(index + 3, len(reading.blocks)))
    dated = next((place for place in following if is_dated(reading, place)), 0)
    return bool(dated) and all(reading.blocks[place].words <= 5 for place in range(index + 1, dated))


def is_dated(reading: Reading, index: int) -> bool:
    """Whether the block states when the article was published or updated, and little else."""
    return any(date.kind in ("published", "updated") and len(date.rest) < 40 for date in dates_of(reading, index))


def is_above_text(reading: Reading, index: int) -> bool:
    """Whether the block stands near the headline, with no more than a teaser or a note above it."""
    first = max(reading.title, 0)
    return first - 4 <= index < first + 20 and sum(reading.profile.prose[:index]) <= 2


def lone_lead_in(reading: Reading, index: int) -> Finding | None:
    """ "By" on a line of its own, with the name on the next."""
    line = reading.line(index).rstrip(":")
    if line in reading.lexicon.byline_starts and index + 1 < len(reading.blocks) and byline_of(reading, index + 1):
        return Finding(f"leads in the byline of line {reading.blocks[index + 1].first}")
    return None


_DATES = {
    "published": "the date of publication",
    "updated": "the date of the last change",
    "saved": "the date on which the page was saved, not of the article",
}


def date_line(reading: Reading, index: int) -> Finding | None:
    """A line that is a date, or several, with or without the words that say of what."""
    found = dates_of(reading, index)
    if not found or len(found[0].rest) > 60:
        return None
    if reading.body_seen and found[0].kind == "other" and ends_sentence(reading.blocks[index].text):
        return None
    kinds = [date.kind for date in found]
    if set(kinds) == {"other"} and (len(found[0].rest.split()) > 2 or bullet_of(reading.blocks[index].text)):
        return None  # a line that says something about a day is text
    key = "date" if "published" in kinds else "updated" if "updated" in kinds else ""
    what = dict.fromkeys(_DATES.get(kind, "a date that is not the article's own") for kind in kinds)
    people = names_in(found[0].rest) if is_above_text(reading, index) and found[0].rest else ()
    return Finding(" and ".join(what), key="author" if people and not key else key, dates=found, people=people)
