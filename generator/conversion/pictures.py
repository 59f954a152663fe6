"""Rules for captions and credits: what a capture keeps of pictures it does not hold."""

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.conversion import signals
from generator.conversion.blocks import Block, Profile, ends_sentence
from generator.conversion.lexicon import Lexicon, starts_with
from generator.conversion.reading import Finding, Reading
from generator.model.ledger import Label

_YEAR = re.compile(r"\(?\d{4}")
_QUOTED = re.compile(r"[“”\"«»„「]")
_OF_ALL = re.compile(
    r"(?:fotos|photos|bilder|images|pictures|photographs|fotografías|imágenes|світлини|φωτογραφίες)\b", re.I
)
_MOST_PARAGRAPHS = 400
_SHORT = 10
"""Words of the longest line that counts as a caption only because it recurs."""


def recurring_captions(
    blocks: Sequence[Block], lines: Sequence[str], profile: Profile, lexicon: Lexicon, title: int
) -> frozenset[str]:
    """Short lines that recur, whole or as the beginning of another short line: pictures repeat, headings do not.

    Where many different lines recur, the text is built like a form, and its headings do repeat.
    """
    short: dict[str, int] = {}
    for index, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if (
            0 < block.words <= _SHORT
            and len(block.text) <= 80
            and not ends_sentence(block.text)
            and not block.text.endswith(":")
            and any(ch.isalpha() for ch in block.text)
            and not lexicon.is_interface(line)
            and not line.startswith(("-", "•", "*"))
            and not (title >= 0 and block.folded == blocks[title].folded)
            and profile.first_prose != len(blocks)
            and index <= profile.last_prose + 1
        ):
            short[block.folded] = short.get(block.folded, 0) + 1
    whole = {words for words, count in short.items() if count > 1}
    if len(whole) >= 3:
        return frozenset()
    ordered = sorted(short)
    for words, following in pairwise(ordered):
        if following.startswith(words + " ") and words in whole:
            whole.add(following)
    return frozenset(whole)


def recurring_caption(reading: Reading, index: int) -> Finding | None:
    """A short line that recurs through the text."""
    block = reading.blocks[index]
    if block.folded not in reading.captions or len(block.text) > 80 or ends_sentence(block.text):
        return None
    return Finding("a short line that recurs between paragraphs, as picture captions do")


def caption_start(reading: Reading, index: int) -> Finding | None:
    """A line that begins as captions do."""
    block = reading.blocks[index]
    if block.words > 90:
        return None
    start = starts_with(reading.line(index), reading.lexicon.caption_starts)
    if not start or (block.words > 45 and not signals.has_photo_credit(block.text)):
        return None
    if (
        start.endswith(":")
        or not (reading.is_prose(index - 1) and reading.is_prose(index + 1))
        or signals.has_photo_credit(block.text)
    ):
        return Finding(f"begins as captions do (“{start.strip()}”)")
    return None


def caption_with_credit(reading: Reading, index: int) -> Finding | None:
    """A line that ends in a photographer's or an agency's credit."""
    block = reading.blocks[index]
    if block.words > 90 or not signals.has_photo_credit(block.text) or signals.is_bare_credit(block.text):
        return None
    if block.folded in reading.first_lines:
        return None
    reason = "a caption that ends in its credit; the picture itself is not held"
    if reading.is_prose(index - 1) and reading.is_prose(index + 1) and reading.body_seen and block.words <= 24:
        return Finding(reason, text=signals.credit_part(block.text))
    return Finding(reason, key="image_credits", text=block.text)


def caption_before_credit(reading: Reading, index: int) -> Finding | None:
    """A short line whose next line is a photo credit."""
    block = reading.blocks[index]
    if block.words > 45 or index + 1 >= len(reading.blocks):
        return None
    following = reading.blocks[index + 1].text
    if reading.is_prose(index) and _OF_ALL.match(following):
        return None  # the credit of all pictures, below the text
    if not (signals.is_bare_credit(following) or signals.is_slash_credit(following)):
        return None
    if reading.is_prose(index) and _QUOTED.search(block.text):
        return None  # people speak in the text, not in captions
    if block.words > 2 and (not reading.is_prose(index) or block.words <= 30):
        return Finding(f"stands right above the credit of line {reading.blocks[index + 1].first}")
    return None


def credit_line(reading: Reading, index: int) -> Finding | None:
    """A credit by itself."""
    block = reading.blocks[index]
    if len(block.text) > 300:
        return None
    start = starts_with(reading.line(index), reading.lexicon.credit_starts)
    if start == "©" and _YEAR.match(block.text[1:].lstrip()):
        return None  # who owns the page, not who took a picture
    if start and not (reading.is_prose(index) and block.words > 25):
        has_more = (
            signals.has_photo_credit(block.text)
            or start.endswith(":")
            or "credit" in start
            or index > reading.profile.last_prose
        )
        if has_more:
            return _without_lead_in(block, start)
    if signals.is_bare_credit(block.text):
        return Finding("a picture credit by itself", key="image_credits", text=block.text)
    if signals.is_slash_credit(block.text) and reading.label(index - 1) is Label.CAPTION:
        return Finding("a picture credit below a caption", key="image_credits", text=block.text)
    return None


def _without_lead_in(block: Block, start: str) -> Finding:
    """ "Image credits: …" says what the key says already; "Photo: …" does not say of how many pictures."""
    rest = block.text[len(start) :]
    if "credit" in start and rest.lstrip()[:1] in (":", "：") and rest.lstrip()[1:].strip():
        text = rest.lstrip()[1:].strip()
        return Finding(
            f"picture credits; the lead-in “{block.text[: len(start)]}:” is left out", key="image_credits", text=text
        )
    return Finding(f"a picture credit (“{start.strip()}”)", key="image_credits", text=block.text)


def pull_quote(reading: Reading, index: int) -> Finding | None:
    """Words in quotation marks that a paragraph of the text says as well: set in large type on the page."""
    block = reading.blocks[index]
    if (
        not 4 <= block.words <= 45
        or block.text[0] not in "“„«\"'‘「"
        or block.text.rstrip(" .,")[-1] not in "”“»\"'’」"
    ):
        return None
    if reading.spoken is None:
        reading.spoken = [
            (place, other.folded)
            for place, other in enumerate(reading.blocks)
            if reading.profile.prose[place] and other.words > 5
        ][:_MOST_PARAGRAPHS]
    where = next((p for p, words in reading.spoken if p != index and f" {block.folded} " in f" {words} "), -1)
    if where < 0 or reading.blocks[where].words <= block.words + 1:
        return None
    return Finding(f"repeats words of line {reading.blocks[where].first}")


def repeated_line(reading: Reading, index: int) -> Finding | None:
    """A line that stands word for word further up: captions and pull quotes are saved twice."""
    block = reading.blocks[index]
    if reading.counts[block.folded] < 2 or block.words < 8:
        return None
    if reading.counts[block.folded] > 2 and not any(entry.block.folded == block.folded for entry in reading.done[-3:]):
        return None  # a line that keeps coming back is part of how the text is built
    earlier = reading.first_lines.get(block.folded)
    return Finding(f"repeats line {earlier}") if earlier is not None else None
