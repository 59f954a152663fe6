"""Which block is the headline: the best of those before the text begins, by how headlines look and what follows them.

A headline stands early, is no sentence of running text, shares words with the text below it, and is often followed by
a byline or a date. The weights stand in `weights.toml` under `headline`. A capture whose best line weighs less than
the threshold shows no headline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from generator.conversion import signals
from generator.conversion.blocks import Block, Profile, ends_sentence, folded
from generator.conversion.lexicon import Lexicon, starts_with
from generator.conversion.openings import names_in
from generator.conversion.weights import weigh, weights

_OUTLET = re.compile(r"\s+[|–—•·»-]\s+")
_PATH = re.compile(r"(?:^|\s)[>›»→]\s?\S.{0,80}?\s[>›»→]\s|^[^\s>›»]{1,20}\s[>›»→]\s[^\s>›»]{1,20}$")
"""The path to a page through its sections."""
_LONGEST = 260
_FARTHEST = 40
"""Blocks from the top in which a headline is looked for."""

_PARAGRAPHS = 2
"""Paragraphs that may stand above a headline: a notice, a caption, a teaser."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the choice of a headline looks at; `is_opening` marks bylines, dates and page headers among the first blocks."""

    blocks: Sequence[Block]
    lines: Sequence[str]
    profile: Profile
    lexicon: Lexicon
    is_opening: Sequence[bool]


def title_index(opening: Opening) -> int:
    """The index of the headline's block, -1 when the capture shows none."""
    table = weights("headline")
    scored = [(weigh(features, table), -index) for index, features in headline_candidates(opening)]
    best, index = max(scored, default=(0.0, 1))
    place = -index if best > 0 else _by_place(opening)
    if place < 0:
        return -1
    index = _in_mixed_case(_without_path(_above_deck(place, opening), opening), opening.blocks)
    return next(place for place, block in enumerate(opening.blocks) if block.text == opening.blocks[index].text)


def _above_deck(best: int, opening: Opening) -> int:
    """The headline in capitals right above the best line, which then is its deck."""
    above = opening.blocks[best - 1] if best else None
    if above is None or not signals.is_capitals(above.text) or signals.is_capitals(opening.blocks[best].text):
        return best
    is_headline = 3 <= above.words <= 14 and not ends_sentence(above.text) and _may_be_title(opening, best - 1)
    is_same = above.folded in opening.blocks[best].folded
    return best - 1 if is_headline and not is_same and opening.blocks[best].words > above.words else best


def _by_place(opening: Opening) -> int:
    """The headline of a capture that no line looks like one in: a short line above a byline or date, or of a release.

    Lines of one word (a section's name), nameplates above a date, and lines in brackets are passed over.
    """
    blocks, prose = opening.blocks, opening.profile.prose
    end = next((index for index, is_prose in enumerate(prose[:_FARTHEST]) if is_prose), min(len(blocks), 12))
    openers = (index for index in range(min(end, len(opening.is_opening))) if _opens(opening, index))
    dated = next(openers, end)
    is_release = any(starts_with(line, opening.lexicon.press_release) for line in opening.lines[:4])
    if dated == end and not (is_release and 0 < end <= 8):
        return -1
    above = [index for index in range(dated) if _may_stand_above(opening, index)]
    below = [index for index in range(dated + 1, end) if _may_stand_above(opening, index)]
    is_nameplate = len(above) == 1 and signals.is_capitals(blocks[above[0]].text) and bool(below)
    return next(iter(below if is_nameplate else above or below), -1)


def _opens(opening: Opening, index: int) -> bool:
    """Whether a line is a byline, a date, or below others a name."""
    return opening.is_opening[index] or (index > 0 and bool(names_in(opening.blocks[index].text)))


def _may_stand_above(opening: Opening, index: int) -> bool:
    block = opening.blocks[index]
    is_sentence = ends_sentence(block.text) and not signals.is_capitals(block.text) and block.text[-1:] not in "?!…»”"
    return (
        2 <= block.words <= 24
        and not block.shape
        and not is_sentence
        and block.text[-1:] not in ":,;"
        and block.text[0] not in "([{"
        and not any(sign in block.text for sign in "|›»>")
        and sum(map(str.isdigit, block.text)) <= len(block.text) * 0.3
        and _may_be_title(opening, index)
    )


def _without_path(best: int, opening: Opening) -> int:
    """The headline by itself, where the best line is a path or a lead-in that ends in it ("Blog > News > …")."""
    words = opening.blocks[best].folded
    for index, block in enumerate(opening.blocks[:_FARTHEST]):
        if block.words >= 4 and len(block.folded) < len(words) and words.endswith(f" {block.folded}"):
            return index
    parts = _OUTLET.split(opening.blocks[best].text)
    if len(parts) == 2 and _is_name(parts[1]) and (words := folded(parts[0])):
        return next((index for index, block in enumerate(opening.blocks[:_FARTHEST]) if block.folded == words), best)
    return best


def _is_name(text: str) -> bool:
    """Whether all but the small words are written with capitals, as in the name of an outlet."""
    words = text.split()
    return 0 < len(words) <= 5 and words[-1][:1].isupper() and sum(word[:1].islower() for word in words) <= 1


def _in_mixed_case(best: int, blocks: Sequence[Block]) -> int:
    """The same headline in ordinary letters, where the capture has it in capitals as well."""
    if not signals.is_capitals(blocks[best].text):
        return best
    for index, block in enumerate(blocks[:_FARTHEST]):
        if block.folded == blocks[best].folded and not signals.is_capitals(block.text):
            return index
    return best


def headline_candidates(opening: Opening) -> list[tuple[int, dict[str, float]]]:
    """The blocks that may be the headline, each with its features."""
    blocks, profile = opening.blocks, opening.profile
    paragraphs = [index for index, is_prose in enumerate(profile.prose[: 3 * _FARTHEST]) if is_prose]
    last = paragraphs[_PARAGRAPHS] if len(paragraphs) > _PARAGRAPHS else len(blocks) - 1
    text_words = _words_of_text(blocks, profile)
    found: list[tuple[int, dict[str, float]]] = []
    for index in range(min(len(blocks), _FARTHEST, last + 1)):
        if _may_be_title(opening, index):
            found.append((index, _features(opening, index, len(found), text_words)))
    return found


def _words_of_text(blocks: Sequence[Block], profile: Profile) -> frozenset[str]:
    paragraphs = [block.folded for block, is_prose in zip(blocks, profile.prose, strict=True) if is_prose][:12]
    return frozenset(word for words in paragraphs for word in words.split() if len(word) > 3)


def _features(opening: Opening, index: int, before: int, text_words: frozenset[str]) -> dict[str, float]:
    blocks, profile = opening.blocks, opening.profile
    block, line = blocks[index], opening.lines[index]
    text = block.text
    words = [word for word in block.folded.split() if len(word) > 3]
    following = [
        place - index
        for place in range(index + 1, min(index + 6, len(opening.is_opening)))
        if opening.is_opening[place]
    ]
    is_sentence = ends_sentence(text) and not text.rstrip("\"'”’»)").endswith(("?", "!", "…"))
    count = profile.counts[block.folded]
    head_words = [
        blocks[place].words
        for place in range(max(0, index - 6), min(len(blocks), index + 7))
        if not profile.prose[place]
    ]
    letters = [word for word in text.split()[:30] if word[:1].isalpha()]
    return {
        "always": 1.0,
        "one word": float(block.words == 1),
        "two words": float(block.words == 2),
        "three or four words": float(block.words in (3, 4)),
        "more than eighteen words": float(block.words > 18),
        "more than twenty-six words": float(block.words > 26),
        "longest around": float(not profile.prose[index] and block.words == max(head_words, default=0)),
        "sentence": float(is_sentence),
        "long sentence": float(is_sentence and block.words >= 7),
        "long sentence without byline": float(is_sentence and block.words >= 7 and not following),
        "question or exclamation": float(ends_sentence(text) and not is_sentence),
        "colon at the end": float(text.endswith((":", "："))),
        "capitals": sum(word[0].isupper() for word in letters) / len(letters) if letters else 0.0,
        "words of the text": sum(word in text_words for word in words) / len(words) if words else 0.0,
        "twice": float(count == 2),
        "more than twice": float(count > 2),
        "a name": float(bool(names_in(text))),
        "byline or date next": float(following[:1] == [1]),
        "byline or date near": float(bool(following) and following[0] > 1),
        "byline or date above": float(any(opening.is_opening[:index])),
        "line like it above": float(_is_like_headline(opening, index - 1)),
        "line like it below": float(_is_like_headline(opening, index + 1)),
        "paragraph next": float(index + 1 < len(blocks) and profile.prose[index + 1]),
        "paragraphs above": min(sum(profile.prose[:index]), 2),
        "depth": log(1 + index),
        "candidates above": log(1 + before),
        "caption": float(bool(starts_with(line, opening.lexicon.caption_starts)) or signals.has_photo_credit(text)),
        "lead-in": float(
            bool(
                starts_with(
                    line,
                    (*opening.lexicon.related_starts, *opening.lexicon.credit_starts, *opening.lexicon.notice_starts),
                )
            )
        ),
        "digits": sum(map(str.isdigit, text)) / len(text),
        "bar": float("|" in text or "@" in text),
    }


def _is_like_headline(opening: Opening, index: int) -> bool:
    """Whether a neighbour could be the headline as well: of two such lines, the second is the subtitle."""
    if not 0 <= index < len(opening.blocks):
        return False
    block = opening.blocks[index]
    return 4 <= block.words <= 40 and not opening.profile.prose[index] and _may_be_title(opening, index)


def _may_be_title(opening: Opening, index: int) -> bool:
    block, line, lexicon = opening.blocks[index], opening.lines[index], opening.lexicon
    text = block.text
    return (
        len(text) <= _LONGEST
        and any(ch.isalpha() for ch in text)
        and not (index < len(opening.is_opening) and opening.is_opening[index])
        and not lexicon.is_interface(line)
        and not starts_with(line, lexicon.interface_starts)
        and line.strip(" .:-–—[]()*") not in lexicon.advertisement
        and not starts_with(line, lexicon.press_release)
        and not signals.is_counter(text)
        and not signals.is_ago(text)
        and not signals.is_address(text)
        and not signals.is_handles(text)
        and not _PATH.search(text)
    )
