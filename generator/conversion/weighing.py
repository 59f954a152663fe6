"""Is a block text of the article, or of the page around it? A weighted sum of what it looks like and where it stands.

No single sign tells; many weak ones do. Small decision trees in `text_trees.json`, learned on real pages by
`benchmarks/learn_weights.py`, add up what they say; everything here is arithmetic on the capture itself. Rules with a
name come first: only what none of them claims is weighed, and text in the midst of text is never left out.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain
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


class Weights(Sequence[float]):
    """The log-odds of each block to be text, worked out when first asked for: most blocks have a rule with a name."""

    def __init__(self, reading: Reading) -> None:
        blocks, profile, title = reading.blocks, reading.profile, reading.title
        paragraphs = [block for block, is_prose in zip(blocks, profile.prose, strict=True) if is_prose]
        self._reading = reading
        self._in_midst = [is_prose and reading.is_in_midst(index) for index, is_prose in enumerate(profile.prose)]
        self._furniture = [
            is_furniture(block, line, reading.lexicon) for block, line in zip(blocks, reading.folded_lines, strict=True)
        ]
        # For each word of the text the number of paragraphs that it stands in.
        self._vocabulary = Counter(chain.from_iterable(set(_long_words(block)) for block in paragraphs))
        self._title_words = frozenset(_long_words(blocks[title])) if title >= 0 else frozenset()
        self._chars_before = list(accumulate((len(block.text) for block in blocks), initial=0))
        self._chars = self._chars_before[-1] or 1
        self._prose_before = list(accumulate(profile.prose, initial=0))
        self._since_prose = _distances(profile.prose)
        self._since_furniture = _distances(
            [is_marked and not amid for is_marked, amid in zip(self._furniture, self._in_midst, strict=True)]
        )
        self._known: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._in_midst)

    def __getitem__(self, index: Any) -> Any:
        if index not in self._known:
            self._known[index] = SURE if self._in_midst[index] else log_odds(self._asked_for(index))
        return self._known[index]

    def _asked_for(self, index: int) -> dict[str, float]:
        features = self.features(index)
        return features if _asked_for() <= features.keys() else features | self.further_features(index)

    def is_in_midst(self, index: int) -> bool:
        """Whether a block is a paragraph in the midst of text, which is never weighed."""
        return self._in_midst[index]

    def features(self, index: int) -> dict[str, float]:
        """A block's features by name, each about between 0 and 3: those that the trees ask for."""
        reading, furniture = self._reading, self._furniture
        blocks, profile, prose = reading.blocks, reading.profile, reading.profile.prose
        block, count = blocks[index], len(blocks)
        text = block.text
        is_prose, is_sentence = float(prose[index]), float(ends_sentence(text))
        short = 1.0 - is_prose
        words = _long_words(block)
        in_text = self._vocabulary.get
        known = len([word for word in words if in_text(word, 0) > is_prose])
        letters = [] if prose[index] else _WORD.findall(text[:400])
        capital = sum([word[0].isupper() for word in letters]) / len(letters) if letters else 0.0
        low, high = max(0, index - WINDOW), min(count, index + WINDOW + 1)
        around = high - low - 1 or 1
        prose_around = (sum(prose[low:high]) - prose[index]) / around
        furniture_around = (sum(furniture[low:high]) - furniture[index]) / around
        chars_before = self._chars_before[index]
        since_prose, since_furniture = self._since_prose[index], self._since_furniture[index]
        left = (self._prose_before[-1] or 1) - self._prose_before[index] - prose[index]
        return {
            "length": _length(block),
            "prose": is_prose,
            "sentence": is_sentence,
            "capitals": capital * short,
            "digits": sum(map(str.isdigit, text[:200])) / len(text[:200]) if not prose[index] else 0.0,
            "quotation": float(bool(_SAID.search(text))),
            "colon at the end": float(text.endswith((":", "："))),
            "ellipsis at the end": float(text.rstrip('”"')[-1:] == "…" or text.endswith("...")),
            "address": float("http" in text or "@" in text or "www." in text),
            "words of the text": known / len(words) * short if words else 0.0,
            "words of the text, prose": known / len(words) * is_prose if words else 0.0,
            "words of the headline": sum(word in self._title_words for word in words) / len(words) * short
            if words
            else 0.0,
            "repeated": float(profile.counts[block.folded] > 1),
            "prose around": prose_around,
            "prose around, prose": prose_around * is_prose,
            "furniture around": furniture_around,
            "furniture around, prose": furniture_around * is_prose,
            "prose before": float(index > 0 and prose[index - 1]),
            "prose after": float(index + 1 < count and prose[index + 1]),
            "furniture after": float(index + 1 < count and furniture[index + 1]),
            "length before": _length(blocks[index - 1]) if index else 0.0,
            "length after": _length(blocks[index + 1]) if index + 1 < count else 0.0,
            "near the end": chars_before / self._chars,
            "near the end, prose": chars_before / self._chars * is_prose,
            "little prose left": 1.0 / (1 + left),
            "first blocks": 1.0 / (1 + index),
            "since prose": min(since_prose, 9) / 9,
            "since prose, prose": min(since_prose, 9) / 9 * is_prose,
            "since furniture": 1.0 / (1 + since_furniture),
            "short paragraph": is_prose * max(0.0, 1 - len(text) / max(profile.typical, 1)),
        }

    def further_features(self, index: int) -> dict[str, float]:
        """Those that the trees, as they were learned last, do not ask for; they may when they are learned again."""
        reading, furniture = self._reading, self._furniture
        blocks, profile, prose = reading.blocks, reading.profile, reading.profile.prose
        block, text = blocks[index], blocks[index].text
        is_prose, is_sentence = float(prose[index]), float(ends_sentence(text))
        short = 1.0 - is_prose
        low, high = max(0, index - WINDOW), index + WINDOW + 1
        before, after = float(index < profile.first_prose), float(index > profile.last_prose)
        left = (self._prose_before[-1] or 1) - self._prose_before[index] - prose[index]
        return {
            "short sentence": short * is_sentence,
            "all capitals": float(signals.is_capitals(text)),
            "comma": float("," in text) * short,
            "a person's note": float(7 < block.words < 130 and bool(people_of_note(text))),
            "begins with a name": float(text[:40].split(" ", 1)[0] in reading.by_first_name),
            "phrases of the page": float(reading.lexicon.has_page_phrase(reading.folded_lines[index])),
            "question": float(text.endswith("?")),
            "bar": float("|" in text or " » " in text or "›" in text),
            "money": float(bool(_MONEY.search(text[:200]))) * short,
            "speaks to the reader": float(bool(_YOU.search(text[:300]))),
            "photo credit": float(signals.has_photo_credit(text)),
            "repeated, prose": float(profile.counts[block.folded] > 1) * is_prose,
            "between prose": short * float(0 < index < len(blocks) - 1 and prose[index - 1] and prose[index + 1]),
            "furniture before": float(index > 0 and furniture[index - 1]),
            "before the text": before,
            "after the text": after,
            "after the text, sentence": after * is_sentence,
            "last prose": is_prose * float(left == 0),
            "one paragraph": is_prose * float(sum(prose[low:high]) == 1),
        }


def _length(block: Block) -> float:
    return min(log(1 + len(block.text)), 7.0) / 7


def _long_words(block: Block) -> list[str]:
    return [word for word in block.folded.split() if len(word) > 3]


def _distances(marks: Sequence[bool]) -> list[int]:
    """For each place, how many places lie between it and the last mark before it; nine from the top."""
    distances, distance = [], 9
    for is_marked in marks:
        distances.append(distance)
        distance = 0 if is_marked else distance + 1
    return distances


def features_of(reading: Reading) -> list[dict[str, float] | None]:
    """All features of each block, for learning; None for paragraphs in the midst of text."""
    weights = Weights(reading)
    return [
        None if weights.is_in_midst(index) else weights.features(index) | weights.further_features(index)
        for index in range(len(weights))
    ]


@cache
def _trees() -> tuple[float, list[Any]]:
    learned = json.loads(Path(__file__).with_name("text_trees.json").read_text("utf-8"))
    return learned["base"], [_as_tuples(tree) for tree in learned["trees"]]


def _as_tuples(node: Any) -> Any:
    return tuple(map(_as_tuples, node)) if isinstance(node, list) else node


@cache
def _asked_for() -> frozenset[str]:
    """The features that the trees ask for."""
    nodes, names = list(_trees()[1]), set()
    for node in nodes:
        if isinstance(node, tuple):
            names.add(node[0])
            nodes += node[2:]
    return frozenset(names)


def log_odds(features: dict[str, float]) -> float:
    """What the trees say of a block, added up: above 0 it is rather text than not."""
    total, trees = _trees()
    for tree in trees:
        node = tree
        while type(node) is tuple:
            name, threshold, at_most, above = node
            node = at_most if features[name] <= threshold else above
        total += node
    return total


def weighed(reading: Reading) -> Sequence[float]:
    """The log-odds of each block to be text; empty for captures that are not weighed."""
    return () if sum(reading.profile.prose) < FEWEST or reading.width else Weights(reading)


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
