"""Rules for the article's own text: key points, headings, lists, quotations, paragraphs."""

import re

from generator.conversion.blocks import ends_sentence
from generator.conversion.kept_lines import TABBED, TABLE, VERSE
from generator.conversion.lexicon import starts_with
from generator.conversion.reading import Finding, Reading
from generator.model.ledger import Label

_BULLET = re.compile(r"(?:[-–—•◦▪●○■□‣⁃*+·►▶✓✔➤→]\s+|[-•▪●–—](?=[^\W\d_\s\"“„«]))")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_QUESTION = re.compile(r"(?:Q|F|П|В|Ε|س|問|Question|Frage)\s?[:.：]\s?|(?:A|R|О|Α|ج|答)\s?[:.：]\s")
_SPEAKER = re.compile(r"[^\W\d_]{2,15}(?:\s[^\W\d_]{2,15})?:\s(?=\S.*[.?!…]$)")
_CIPHER = re.compile(r"(?=\w*\d)(?=\w*[^\W\d_])\w{16,}")
_FIRST_WORD = re.compile(r"(?:\d{1,3}[.)]\s)?[\s\"“„«'‘]*")
_LONGEST_HEADING = 110


def bullet_of(text: str) -> str:
    """The text after a list marker; empty when the line has none."""
    found = _BULLET.match(text)
    return text[found.end() :].strip() if found else ""


def key_points_start(reading: Reading, index: int) -> Finding | None:
    """A key-point lead-in at the beginning of a line ("What you need to know: …"), or alone above the points."""
    block = reading.blocks[index]
    start = starts_with(reading.line(index), reading.lexicon.key_points)
    if not start or _past_the_beginning(reading, index):
        return None
    rest = block.text[len(start) :].lstrip()
    if rest[:1] in (":", "：") and rest[1:].strip():
        point = rest[1:].strip()
        return Finding(f"a key point; its lead-in “{block.text[: len(start)]}:” is left out", key="summary", text=point)
    if not rest.strip(" :：.") and _points_follow(reading, index):
        return Finding("the heading of the key points that follow")
    return None


def _past_the_beginning(reading: Reading, index: int) -> bool:
    """Key points stand at the top of an article, or at its very end; in between, the words are a heading."""
    return reading.paragraphs > 3 and index < reading.profile.last_prose - 8


def _points_follow(reading: Reading, index: int) -> bool:
    following = range(index + 1, min(index + 3, len(reading.blocks)))
    return sum(bool(bullet_of(reading.blocks[place].text)) for place in following) >= min(2, len(following)) > 0


def key_point(reading: Reading, index: int) -> Finding | None:
    """A list item after the first key point; a caption may stand in between."""
    point = bullet_of(reading.blocks[index].text)
    if not point:
        return None
    place = index - 1
    while place >= 0 and reading.label(place) is Label.CAPTION:
        place -= 1
    if reading.label(place) is not Label.SUMMARY_POINT:
        return None
    return Finding("a key point: a list item below the first", key="summary", text=point)


def list_item(reading: Reading, index: int) -> Finding | None:
    """A line with a list marker, among others like it."""
    text = reading.blocks[index].text
    if text[0] in "—–―" and ends_sentence(text):
        return None  # somebody speaks, as Ukrainian, French, Spanish and Greek write it
    is_list = (
        _neighbour_has_bullet(reading, index)
        if bullet_of(text)
        else _neighbour_has_number(reading, index)
        if _NUMBER.match(text)
        else False
    )
    return Finding("one of several lines with a list marker") if is_list else None


def _neighbour_has_bullet(reading: Reading, index: int) -> bool:
    mark = reading.blocks[index].text[0]
    return any(
        reading.blocks[place].text[0] == mark and bool(bullet_of(reading.blocks[place].text))
        for place in (index - 1, index + 1)
        if 0 <= place < len(reading.blocks)
    )


def _neighbour_has_number(reading: Reading, index: int) -> bool:
    number = _number(reading, index)
    return _number(reading, index - 1) == number - 1 or _number(reading, index + 1) == number + 1


def list_number(text: str) -> int | None:
    """The number that a line of a numbered list begins with."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def _number(reading: Reading, index: int) -> int:
    number = list_number(reading.blocks[index].text) if 0 <= index < len(reading.blocks) else None
    return -9 if number is None else number


def aligned_table(reading: Reading, index: int) -> Finding | None:
    """Lines whose columns stand below each other, or are parted by tabs."""
    shape = reading.blocks[index].shape
    if shape not in (TABLE, TABBED):
        return None
    return Finding("its columns stand below each other" if shape == TABLE else "its columns are parted by tabs")


def verse(reading: Reading, index: int) -> Finding | None:
    """Short lines that are broken within sentences, as verse is."""
    return Finding("verse: its lines keep their breaks") if reading.blocks[index].shape == VERSE else None


def quoted_lines(reading: Reading, index: int) -> Finding | None:
    """Lines that begin with >, as quoted parts of mail do."""
    return Finding("its lines begin with >") if reading.blocks[index].text.startswith(">") else None


def heading(reading: Reading, index: int) -> Finding | None:
    """A short line without a full stop, above text."""
    block = reading.blocks[index]
    if not reading.body_seen and index < reading.title:
        return None
    if len(block.text) > _LONGEST_HEADING or block.words > 16 or not any(ch.isalpha() for ch in block.text):
        return None
    if ends_sentence(block.text) and not block.text.endswith(("?", "!")):
        return None
    if block.text.endswith((":", ",", ";", "：", "—", "–")) or (
        block.text[0] in "“„«\"'‘" and block.text[-1] in "”“»\"'’"
    ):
        return None
    if _CIPHER.search(block.text):
        return None
    if _QUESTION.match(block.text) or _SPEAKER.match(block.text) or block.text[0] in "-•*@#—–(" or _goes_on(block.text):
        return None
    if text_follows(reading, index):
        return Finding("a short line without a full stop, above text")
    return None


def _goes_on(text: str) -> bool:
    """Whether a line begins with a small letter, so within a sentence; names such as "iPad" do not."""
    word = _FIRST_WORD.sub("", text, count=1)[:24].split(" ", 1)[0]
    return word.islower() and word.isalpha()


def underlined_heading(reading: Reading, index: int) -> Finding | None:
    """A line with a row of marks right below it that is as long as itself."""
    if index + 1 >= len(reading.blocks) or index == reading.title:
        return None
    block, below = reading.blocks[index], reading.blocks[index + 1]
    line = below.text.strip()
    is_row = len(line) >= 3 and line[0] in "-=~" and line.count(line[0]) == len(line)
    is_close = below.first == block.last + 1 and abs(len(line) - len(block.text)) <= 2
    if not (is_row and is_close and any(ch.isalpha() for ch in block.text) and len(block.text) <= _LONGEST_HEADING):
        return None
    return Finding(f"underlined on line {below.first}")


def text_follows(reading: Reading, index: int) -> bool:
    """Whether the next block that is no short line is text, with at most two short lines in between."""
    for place in range(index + 1, min(index + 4, len(reading.blocks))):
        block = reading.blocks[place]
        if reading.is_prose(place) or (block.words >= 4 and ends_sentence(block.text)) or bullet_of(block.text):
            return True
        if reading.lexicon.is_interface(reading.line(place)):
            continue
        if block.words > 16:
            return False
    return False


def paragraph(reading: Reading, index: int) -> Finding | None:
    """Everything that no other rule claims: text is kept unless there is a reason to leave it out."""
    return Finding("text that reads as a paragraph" if reading.is_prose(index) else "text that no other rule explains")
