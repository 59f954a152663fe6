"""Rules for what closes an article: the note on its author, press contacts."""

from generator.conversion.lexicon import starts_with
from generator.conversion.people import note_people
from generator.conversion.reading import Finding, Reading
from generator.model.ledger import Label


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
        return Finding("stands below the heading of the note on the author", key="author_note", people=note_people(block.text))
    if index >= reading.profile.last_prose - 3 and reading.body_seen and index >= len(reading.blocks) * 0.5 and block.words <= 120:
        people = note_people(block.text)
        known = {name.casefold() for entry in reading.done for name in entry.finding.people}
        if people and all(name.casefold() in known for name in people) and block.text.startswith(people[0][:3]):
            return Finding("says who the author is", key="author_note", people=people)
    return None


def _is_below_heading(reading: Reading, index: int) -> bool:
    label, rule = reading.label(index - 1), reading.done[index - 1].rule if index else ""
    if rule == "author-note-heading":
        return True
    return label is Label.AUTHOR_NOTE and index >= reading.profile.last_prose and not starts_with(
        reading.line(index), (*reading.lexicon.credit_starts, *reading.lexicon.related_starts, *reading.lexicon.comment_starts)
    ) and reading.is_prose(index)


def press_contact(reading: Reading, index: int) -> Finding | None:
    """The lines of a press release that speak to editors."""
    block = reading.blocks[index]
    if len(block.text) > 200:
        return None
    start = starts_with(reading.line(index), reading.lexicon.press_release)
    if not start or (reading.is_prose(index) and block.words > 20):
        return None
    return Finding(f"speaks to editors, as press releases do (“{start.strip()}”)")
