"""What speaks for and against a block being part of the article: named observations, no verdicts.

Each observation is true or false for a block. `weights` turns them into a verdict; every observation has a clause that
a person understands, for the ledger.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from generator.conversion.web_page.blocks import Block, Frame
from generator.conversion.web_page.names import kinds_of
from generator.conversion.words import everywhere, fold

_WORD = re.compile(r"\w+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।:;][\"'”’»)\]]*$")
_TERMINAL_TAGS = frozenset(("article", "main", "aside", "nav", "header", "footer", "form", "figure", "table", "details", "dialog", "blockquote", "button", "section"))
_OWN_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 li td th blockquote pre figcaption dt dd summary caption label".split())
_SIDE_KINDS = frozenset("comments related share newsletter consent advertisement navigation footer side byline tags unseen".split())


@cache
def _interface() -> frozenset[str]:
    return frozenset(everywhere("interface"))


@cache
def _starts(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(start) for start in everywhere(name)) or r"(?!)")


def word_count(text: str) -> int:
    """Words; in scripts that write none apart, half the letters."""
    count = len(_WORD.findall(text))
    return count if text.isascii() else count + len(_CJK.findall(text)) // 2


class PageEvidence:
    """The observations of all blocks of one page."""

    def __init__(self, blocks: Sequence[Block], extracted: "frozenset[int] | None", title: str) -> None:
        self.blocks = blocks
        self.extracted = extracted
        self.folded = [fold(block.text) for block in blocks]
        self.words = [word_count(block.text) for block in blocks]
        self.counts = Counter(self.folded)
        self.title = fold(title)
        self._frames: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self.prose = [self._is_prose(index) for index in range(len(blocks))]
        self.core, self.shares = self._core()
        self.core_first, self.core_last = self._span()
        self.title_at = self._title_block()

    def _frame(self, frame: Frame) -> tuple[frozenset[str], frozenset[str]]:
        """The tags and the kinds of names of a frame and all around it."""
        known = self._frames.get(id(frame))
        if known is None:
            tags, kinds = self._frame(frame.around) if frame.around else (frozenset(), frozenset())
            if frame.tag in _TERMINAL_TAGS:
                tags = tags | {frame.tag}
            if frame.names and frame.tag not in ("html", "body"):
                kinds = kinds | kinds_of(frame.names)
            known = self._frames[id(frame)] = (tags, kinds)
        return known

    def _is_prose(self, index: int) -> bool:
        block = self.blocks[index]
        if block.is_hidden or self.words[index] < 12 or block.link_share > 0.4 or self.counts[self.folded[index]] > 1:
            return False
        tags, kinds = self._frame(block.frame)
        return not (tags & {"nav", "footer", "aside", "button", "form"} or kinds & {"comments", "consent", "related", "footer"})

    def _core(self) -> tuple[Frame | None, dict[int, float]]:
        """The innermost frame that holds most of the prose, and each frame's share of all prose."""
        weight: Counter[int] = Counter()
        frames: dict[int, Frame] = {}
        total = 0
        for index, block in enumerate(self.blocks):
            if self.prose[index]:
                size = len(block.text)
                total += size
                for frame in block.frame.upwards():
                    weight[id(frame)] += size
                    frames[id(frame)] = frame
        shares = {key: size / total for key, size in weight.items()} if total else {}
        core = max(
            (frame for key, frame in frames.items() if shares[key] >= 0.7), key=lambda frame: frame.depth, default=None
        )
        return core, shares

    def _span(self) -> tuple[int, int]:
        inside = [i for i, block in enumerate(self.blocks) if self.prose[i] and self._is_in_core(block)]
        return (inside[0], inside[-1]) if inside else (0, len(self.blocks))

    def _is_in_core(self, block: Block) -> bool:
        return self.core is None or any(frame is self.core for frame in block.frame.upwards())

    def _title_block(self) -> int:
        best = -1
        for index, block in enumerate(self.blocks):
            if block.frame.tag == "h1" and (best < 0 or self.folded[index] == self.title):
                best = index
                if self.folded[index] == self.title:
                    break
        return best

    def of(self, index: int) -> list[str]:
        """The observations of one block."""
        block = self.blocks[index]
        folded, words = self.folded[index], self.words[index]
        tags, kinds = self._frame(block.frame)
        own_kinds = kinds_of(block.frame.names) if block.frame.names else frozenset()
        if block.names:
            own_kinds = own_kinds | kinds_of(block.names)
        found = [f"in {tag}" for tag in tags]
        found += [f"around: {kind}" for kind in kinds - own_kinds]
        found += [f"own: {kind}" for kind in own_kinds]
        tag = block.frame.tag
        found.append(f"tag {tag}" if tag in _OWN_TAGS else "tag other")
        if any(frame.tag in ("ul", "ol") for frame in block.frame.upwards()):
            found.append("in list")
        found.append(self._length(words))
        found.append(self._links(block.link_share))
        if _ENDS_SENTENCE.search(block.text):
            found.append("ends as a sentence")
        found += self._wording(folded, words, block)
        found += self._surroundings(index, block)
        if self.extracted is not None:
            found.append("extracted" if block.number in self.extracted else "not extracted")
        return found

    @staticmethod
    def _length(words: int) -> str:
        for limit in (1, 3, 6, 11, 19, 39):
            if words <= limit:
                return f"up to {limit} words"
        return "40 words or more"

    @staticmethod
    def _links(share: float) -> str:
        if share == 0:
            return "no links"
        return "few links" if share < 0.35 else "many links" if share < 0.8 else "only links"

    def _wording(self, folded: str, words: int, block: Block) -> list[str]:
        found = []
        if folded in _interface() or not words:
            found.append("interface word")
        for name in ("interface_starts", "advertisement", "newsletter", "related_starts", "comment_starts", "cookie", "credit_starts", "notice_starts", "paywall"):
            if _starts(name).match(folded):
                found.append(f"begins: {name}")
        if self.counts[folded] > 1:
            found.append("repeated")
        if folded == self.title and folded:
            found.append("is the title")
        if words and block.text.upper() == block.text and block.text.lower() != block.text:
            found.append("capitals")
        if words and sum(ch.isdigit() for ch in block.text) > len(block.text) / 4:
            found.append("digits")
        if block.has_image and not block.text:
            found.append("picture only")
        if block.is_hidden:
            found.append("hidden")
        strong = sum(len(piece.text) for piece in block.pieces if any(m.kind in ("strong", "emphasis") for m in piece.marks))
        if block.text and strong > 0.8 * len(block.text):
            found.append("all bold or italic")
        return found

    def _surroundings(self, index: int, block: Block) -> list[str]:
        found = []
        if self._is_in_core(block):
            found.append("in the core")
        found.append("before the core" if index < self.core_first else "after the core" if index > self.core_last else "amid the core")
        holder: Frame | None = block.frame
        share = max(self.shares.get(id(frame), 0.0) for frame in (holder, holder.around or holder))
        found.append("beside much prose" if share > 0.5 else "beside some prose" if share > 0.1 else "beside little prose")
        own = self.shares.get(id(block.frame), 0.0)
        if own > 0.5:
            found.append("own frame holds the prose")
        if self.title_at >= 0:
            found.append("before the title" if index < self.title_at else "after the title")
        for step, name in ((-1, "previous"), (1, "next"), (-2, "second previous"), (2, "second next")):
            other = index + step
            if 0 <= other < len(self.blocks):
                if self.prose[other]:
                    found.append(f"{name} is prose")
                if self.blocks[other].link_share > 0.8:
                    found.append(f"{name} is links")
                if self.words[other] <= 3:
                    found.append(f"{name} is short")
                if self.extracted is not None and self.blocks[other].number in self.extracted:
                    found.append(f"{name} extracted")
                if abs(step) == 1 and self.blocks[other].frame.around is block.frame.around and self.blocks[other].frame.tag == block.frame.tag:
                    found.append(f"{name} is of its kind")
            else:
                found.append(f"no {name}")
        if (block.frame.tag in ("li", "td", "th", "dd", "dt")) and index > 0:
            found.append("list or table item " + ("amid" if self.core_first <= index <= self.core_last else "outside"))
        return found
