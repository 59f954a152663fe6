"""Is a block text of the article, or of the page around it? A weighted sum of what it looks like and where it stands.

No single sign tells; many weak ones do. Small decision trees in `text_trees.json`, learned on real pages by
`benchmarks/learn_weights.py`, add up what they say; everything here is arithmetic on the capture itself. Rules with a
name come first: only what none of them claims is weighed, and text in the midst of text is never left out.
"""

import json
import re
from collections import Counter
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any

from generator.conversion import signals
from generator.conversion.blocks import Block, ends_sentence
from generator.conversion.endings import people_of_note
from generator.conversion.lexicon import Lexicon, starts_with
from generator.conversion.reading import Finding, Reading

WINDOW = 4
OPEN_RULES = frozenset({"paragraph", "heading", "list", "related-item"})
"""The rules whose blocks are weighed: those that say no more than how a block looks."""

FEWEST = 3
"""Paragraphs that a capture needs for its blocks to be weighed: without text there is nothing to stand out from it."""

SURE = 9.0
"""The log-odds of a paragraph in the midst of text."""

THRESHOLD = -0.85
"""Log-odds below which a block is left out: a chance of 0.3 that it is text, since losing text costs more."""
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?[$€£¥%]")
_YOU = re.compile(r"\b(?:you|your|you're|sie|ihr|ihre|vous|votre|tu|usted|su|ти|ви|ваш\w*|σας)\b", re.I)
_SAID = re.compile(r"[”\"“«»„]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_furniture(block: Block, line: str, lexicon: Lexicon) -> bool:
    """Whether the block by itself is surely the page's: a button, a counter, a call to subscribe, a link elsewhere."""
    text = block.text
    if len(text) > 220:
        return False
    return (
        lexicon.is_interface(line)
        or signals.is_counter(text)
        or signals.is_ago(text)
        or line.strip(" .:-–—[]()*") in lexicon.advertisement
        or bool(starts_with(line, lexicon.interface_starts))
        or (not ends_sentence(text) and bool(starts_with(line, lexicon.related_starts)))
        or (block.words <= 8 and bool(starts_with(line, lexicon.comment_starts)))
    )


def features_of(reading: Reading) -> list[dict[str, float] | None]:
    """For each block its features by name, each about between 0 and 3; None for paragraphs in the midst of text."""
    blocks, lines, profile = reading.blocks, reading.folded_lines, reading.profile
    lexicon, title, names = reading.lexicon, reading.title, reading.by_first_name
    count = len(blocks)
    furniture = [is_furniture(block, line, lexicon) for block, line in zip(blocks, lines, strict=True)]
    lengths = [min(log(1 + len(block.text)), 7.0) / 7 for block in blocks]
    prose = profile.prose
    sentence = [ends_sentence(block.text) for block in blocks]
    vocabulary: Counter[str] = Counter()
    for block, is_paragraph in zip(blocks, prose, strict=True):
        if is_paragraph:
            vocabulary.update({word for word in block.folded.split() if len(word) > 3})
    title_words = {word for word in blocks[title].folded.split() if len(word) > 3} if title >= 0 else set()
    total = sum(len(block.text) for block in blocks) or 1
    prose_total = sum(prose) or 1
    before_chars = prose_before = 0
    since_furniture = since_prose = 9
    result: list[dict[str, float] | None] = []
    for index, block in enumerate(blocks):
        text = block.text
        if prose[index] and reading.is_in_midst(index):
            result.append(None)
            before_chars += len(text)
            prose_before += 1
            since_prose, since_furniture = 0, since_furniture + 1
            continue
        is_prose = float(prose[index])
        short = 1.0 - is_prose
        words = [word for word in block.folded.split() if len(word) > 3]
        known = len([word for word in words if vocabulary[word] > is_prose])
        letters = [] if prose[index] else _WORD.findall(text[:400])
        capital = sum([word[0].isupper() for word in letters]) / len(letters) if letters else 0.0
        low, high = max(0, index - WINDOW), min(count, index + WINDOW + 1)
        around = high - low - 1 or 1
        prose_around = (sum(prose[low:high]) - prose[index]) / around
        furniture_around = (sum(furniture[low:high]) - furniture[index]) / around
        after = float(index > profile.last_prose)
        before = float(index < profile.first_prose)
        left = prose_total - prose_before - prose[index]
        row = {
            "length": lengths[index],
            "prose": is_prose,
            "sentence": float(sentence[index]),
            "short sentence": short * sentence[index],
            "capitals": capital * short,
            "all capitals": float(signals.is_capitals(text)),
            "digits": sum(map(str.isdigit, text[:200])) / len(text[:200]) if not prose[index] else 0.0,
            "quotation": float(bool(_SAID.search(text))),
            "comma": float("," in text) * short,
            "colon at the end": float(text.endswith((":", "："))),
            "ellipsis at the end": float(text.rstrip('”"')[-1:] == "…" or text.endswith("...")),
            "a person's note": float(7 < block.words < 130 and bool(people_of_note(text))),
            "begins with a name": float(text[:40].split(" ", 1)[0] in names),
            "phrases of the page": float(lexicon.has_page_phrase(lines[index])),
            "question": float(text.endswith("?")),
            "bar": float("|" in text or " » " in text or "›" in text),
            "money": float(bool(_MONEY.search(text[:200]))) * short,
            "speaks to the reader": float(bool(_YOU.search(text[:300]))),
            "address": float("http" in text or "@" in text or "www." in text),
            "photo credit": float(signals.has_photo_credit(text)),
            "words of the text": known / len(words) * short if words else 0.0,
            "words of the text, prose": known / len(words) * is_prose if words else 0.0,
            "words of the headline": sum(word in title_words for word in words) / len(words) * short if words else 0.0,
            "repeated": float(profile.counts[block.folded] > 1),
            "repeated, prose": float(profile.counts[block.folded] > 1) * is_prose,
            "prose around": prose_around,
            "prose around, prose": prose_around * is_prose,
            "furniture around": furniture_around,
            "furniture around, prose": furniture_around * is_prose,
            "prose before": float(index > 0 and prose[index - 1]),
            "prose after": float(index + 1 < count and prose[index + 1]),
            "between prose": short * float(0 < index < count - 1 and prose[index - 1] and prose[index + 1]),
            "furniture before": float(index > 0 and furniture[index - 1]),
            "furniture after": float(index + 1 < count and furniture[index + 1]),
            "length before": lengths[index - 1] if index else 0.0,
            "length after": lengths[index + 1] if index + 1 < count else 0.0,
            "before the text": before,
            "after the text": after,
            "after the text, sentence": after * sentence[index],
            "near the end": before_chars / total,
            "near the end, prose": before_chars / total * is_prose,
            "last prose": is_prose * float(left == 0),
            "little prose left": 1.0 / (1 + left),
            "first blocks": 1.0 / (1 + index),
            "since prose": min(since_prose, 9) / 9,
            "since prose, prose": min(since_prose, 9) / 9 * is_prose,
            "since furniture": 1.0 / (1 + since_furniture),
            "one paragraph": is_prose * float(prose_around == 0),
            "short paragraph": is_prose * max(0.0, 1 - len(text) / max(profile.typical, 1)),
        }
        result.append(row)
        before_chars += len(text)
        prose_before += prose[index]
        since_prose = 0 if prose[index] else since_prose + 1
        since_furniture = 0 if furniture[index] else since_furniture + 1
    return result


@cache
def _trees() -> tuple[float, list[Any]]:
    learned = json.loads(Path(__file__).with_name("text_trees.json").read_text("utf-8"))
    return learned["base"], learned["trees"]


def log_odds(features: dict[str, float]) -> float:
    """What the trees say of a block, added up: above 0 it is rather text than not."""
    total, trees = _trees()
    for tree in trees:
        node = tree
        while type(node) is list:
            node = node[2] if features[node[0]] <= node[1] else node[3]
        total += node
    return total


def weighed(reading: Reading) -> list[float]:
    """The log-odds of each block to be text; empty for captures that are not weighed."""
    if sum(reading.profile.prose) < FEWEST or reading.width:
        return []
    return [SURE if features is None else log_odds(features) for features in features_of(reading)]


def weighed_out(reading: Reading, index: int) -> Finding | None:
    """A block that looks and stands as the page's own lines do."""
    if not reading.weights or reading.weights[index] >= THRESHOLD or _parts_paragraphs(reading, index):
        return None
    chance = 1 / (1 + exp(-reading.weights[index]))
    where = (
        "after the last paragraph"
        if index > reading.profile.last_prose
        else ("before the first paragraph" if index < reading.profile.first_prose else "among the lines around it")
    )
    return Finding(
        f"looks like the page's own text {where} (a chance of {chance:.0%} that it is the article's)",
        confidence=1 - chance,
    )


def _parts_paragraphs(reading: Reading, index: int) -> bool:
    """A short line right above a paragraph and set apart from it, with one shortly before: a heading, as text has them."""
    block = reading.blocks[index]
    if reading.is_prose(index) or not 1 <= block.words <= 9 or ends_sentence(block.text):
        return False
    if "click" in reading.line(index):
        return False
    if index + 1 >= len(reading.blocks) or min(block.gap_before, reading.blocks[index + 1].gap_before) < 2:
        return False
    return reading.is_prose(index + 1) and any(reading.is_prose(place) for place in range(index - 3, index))


def weighed_in(reading: Reading, index: int) -> bool:
    """Whether a block is surely enough text that no rule about its place alone may leave it out."""
    return bool(reading.weights) and reading.weights[index] >= THRESHOLD
