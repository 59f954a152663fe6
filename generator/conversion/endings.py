"""Rules for what closes an article: the note on its author, press contacts."""

import re
from functools import lru_cache

from generator.conversion.blocks import ends_sentence
from generator.conversion.lexicon import starts_with
from generator.conversion.people import note_people
from generator.conversion.reading import Finding, Reading
from generator.model.ledger import Label


@lru_cache(maxsize=4096)
def people_of_note(text: str) -> tuple[str, ...]:
    """The people whom a note is about; a note begins with a name, so not with a small letter."""
    return note_people(text) if text[:1].isupper() or not text[:1].isascii() else ()


def author_heading(reading: Reading, index: int) -> Finding | None:
    """The heading above the note on the author."""
    line = reading.line(index).strip(" :.-–—")
    if line in reading.lexicon.author_notes and reading.body_seen and index + 1 < len(reading.blocks):
        return Finding("the heading of the note on the author")
    return None


def author_note(reading: Reading, index: int) -> Finding | None:
    """The note below that heading, or a last paragraph that says who a person is."""
    block = reading.blocks[index]
    if block.words < 4 or block.words > 220:
        return None
    if _is_below_heading(reading, index):
        return Finding(
            "stands below the heading of the note on the author", key="author_note", people=note_people(block.text)
        )
    is_near_end = index >= reading.profile.last_prose - 2 and block.words <= 60
    if block.words > 140 or (reading.is_in_midst(index) and not is_near_end):
        return None
    people = people_of_note(block.text) or _by_first_name(reading, block.text)
    if not people or block.shape:
        return None
    if any(name in reading.names for name in people):
        return Finding("says who the author is", key="author_note", people=people)
    if (
        index > reading.profile.last_prose - 2
        and reading.body_seen
        and len(people) == 1
        and block.text.startswith(people[0])
        and _says_what_somebody_is(reading, block.text[len(people[0]) :])
    ):
        return Finding("says at the end who a person is", key="author_note", people=people, confidence=0.6)
    return None


def _says_what_somebody_is(reading: Reading, rest: str) -> bool:
    """Whether a sentence about a stranger says what they do for a living, as notes on authors do and stories may not."""
    words = re.findall(r"[^\W\d_]+", rest[:160].casefold())[:14]
    if not words:
        return False
    roles = reading.lexicon.role_words
    if words[:3] == ["can", "be", "reached"]:
        return True
    is_plain = words[0] in (
        "is",
        "ist",
        "est",
        "es",
        "works",
        "writes",
        "teaches",
        "covers",
        "lives",
        "є",
        "είναι",
        "lebt",
        "schreibt",
        "arbeitet",
    )
    return (is_plain and any(word in roles for word in words)) or any(word in roles for word in words[:3])


def headline_below(reading: Reading, index: int) -> Finding | None:
    """A line below the text that begins with somebody's name and is no sentence: the headline of another article."""
    block = reading.blocks[index]
    if index <= reading.profile.last_prose or not reading.body_seen or block.words < 5 or ends_sentence(block.text):
        return None
    return Finding("below the text, the headline of another article") if people_of_note(block.text) else None


def _by_first_name(reading: Reading, text: str) -> tuple[str, ...]:
    """The author whom a note calls by the first name only ("Imogen covers ports …")."""
    first = text[:40].split(" ", 1)[0]
    for name in reading.by_first_name.get(first, ()):
        if people := people_of_note(name + text[len(first) : 400]):
            return people
    return ()


def _is_below_heading(reading: Reading, index: int) -> bool:
    label, rule = reading.label(index - 1), reading.done[index - 1].rule if index else ""
    if rule == "author-note-heading":
        return True
    return (
        label is Label.AUTHOR_NOTE
        and index >= reading.profile.last_prose
        and not starts_with(
            reading.line(index),
            (*reading.lexicon.credit_starts, *reading.lexicon.related_starts, *reading.lexicon.comment_starts),
        )
        and reading.is_prose(index)
    )


_CONTACT = (
    "contact",
    "kontakt",
    "contacto",
    "presse",
    "contatto",
    "контакт",
    "επικοινων",
    "お問い合わせ",
    "問い合わせ",
    "連絡",
    "اتصال",
    "تواصل",
)
_LONGEST_CONTACT = 12


def press_contact_line(reading: Reading, index: int) -> Finding | None:
    """The lines right below "Media contact:": a name, an office, a number."""
    before = reading.done[index - 1] if index else None
    block = reading.blocks[index]
    if before is None or block.gap_before > 1 or block.words > _LONGEST_CONTACT or reading.is_prose(index):
        return None
    opens = before.rule == "press-contact" and any(word in reading.line(index - 1) for word in _CONTACT)
    if not (opens or before.rule == "press-contact-line"):
        return None
    return Finding("whom editors may ask, below the line that says so")


def press_contact(reading: Reading, index: int) -> Finding | None:
    """The lines of a press release that speak to editors."""
    block = reading.blocks[index]
    if len(block.text) > 200:
        return None
    start = starts_with(reading.line(index), reading.lexicon.press_release)
    if not start or (reading.is_prose(index) and block.words > 20):
        return None
    return Finding(f"speaks to editors, as press releases do (“{start.strip()}”)")
