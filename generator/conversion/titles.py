"""Which block is the headline: the best of those before the text begins, by how headlines look and what follows them.

A headline stands early, is no sentence of running text, shares words with the text below it, is often repeated, and
is often followed by a byline or a date. A capture whose first block is already text has none.
"""

from collections.abc import Sequence

from generator.conversion import signals
from generator.conversion.blocks import Block, Profile, ends_sentence
from generator.conversion.lexicon import Lexicon, starts_with

_LONGEST = 240
_FARTHEST = 40
"""Blocks from the top in which a headline is looked for."""


def title_index(
    blocks: Sequence[Block], lines: Sequence[str], profile: Profile, lexicon: Lexicon, is_opening: Sequence[bool]
) -> int:
    """The index of the headline's block, -1 when the capture shows none.

    `is_opening` tells for each of the first blocks whether it is a byline or a date.
    """
    best, best_score = -1, 0.0
    text_words = _words_of_text(blocks, profile)
    for index in range(min(len(blocks), _FARTHEST, _last_candidate(blocks, profile) + 1)):
        score = _score(index, blocks, lines, profile, lexicon, is_opening, text_words)
        if score > best_score:
            best, best_score = index, score
    return best


def _last_candidate(blocks: Sequence[Block], profile: Profile) -> int:
    """Headlines stand before the text: before the second paragraph at the latest."""
    paragraphs = [index for index, is_prose in enumerate(profile.prose) if is_prose]
    return paragraphs[1] if len(paragraphs) > 1 else paragraphs[0] if paragraphs else len(blocks) - 1


def _words_of_text(blocks: Sequence[Block], profile: Profile) -> frozenset[str]:
    paragraphs = [block.folded for block, is_prose in zip(blocks, profile.prose, strict=True) if is_prose][:12]
    return frozenset(word for words in paragraphs for word in words.split() if len(word) > 3)


def _score(
    index: int,
    blocks: Sequence[Block],
    lines: Sequence[str],
    profile: Profile,
    lexicon: Lexicon,
    is_opening: Sequence[bool],
    text_words: frozenset[str],
) -> float:
    block, line = blocks[index], lines[index]
    if not _may_be_title(block, line, lexicon) or (index < len(is_opening) and is_opening[index]):
        return 0.0
    before_text = index < profile.first_prose
    score = 3.0 if before_text else 0.6
    score += _length_score(block)
    score -= 0.12 * index
    if profile.prose[index] or (ends_sentence(block.text) and not block.text.rstrip("\"'”’»").endswith(("?", "!", "…"))):
        score -= 2.2
    words = [word for word in block.folded.split() if len(word) > 3]
    if words:
        score += 1.6 * sum(word in text_words for word in words) / len(words)
    if profile.counts[block.folded] > 1:
        score += 1.0
    following = [place for place in range(index + 1, min(index + 5, len(is_opening))) if is_opening[place]]
    if following:
        score += 1.4 - 0.25 * (following[0] - index)
    if any(is_opening[:index]):
        score -= 0.5
    if starts_with(line, lexicon.caption_starts) or signals.has_photo_credit(block.text):
        score -= 2.5
    if starts_with(line, lexicon.related_starts) or starts_with(line, lexicon.credit_starts):
        score -= 1.5
    if block.text.startswith("#") and not block.text.startswith("##"):
        score += 1.0
    return score


def _may_be_title(block: Block, line: str, lexicon: Lexicon) -> bool:
    text = block.text
    return (
        len(text) <= _LONGEST
        and any(ch.isalpha() for ch in text)
        and not lexicon.is_interface(line)
        and not starts_with(line, lexicon.interface_starts)
        and not starts_with(line, tuple(lexicon.advertisement))
        and not starts_with(line, lexicon.press_release)
        and not signals.is_counter(text)
        and not signals.is_ago(text)
        and not signals.is_address(text)
        and not signals.is_handles(text)
    )


def _length_score(block: Block) -> float:
    words, length = block.words, len(block.text)
    if words == 1 and length < 12:
        return -2.0
    if words <= 2 and length < 20:
        return -1.0
    if words == 3 or length < 25:
        return 0.0
    return 1.6 if words <= 18 else 0.9 if words <= 26 else -0.5
