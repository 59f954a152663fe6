"""The facts about a page's blocks that decide what its article is: where the prose stands, the title, the core.

The **core** is the innermost element that holds the article's prose. Facts only: the verdicts are in `rules`.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from generator.conversion.web_page.blocks import Block, Frame
from generator.conversion.web_page.elements import HEADINGS
from generator.conversion.web_page.names import kinds_of
from generator.conversion.web_page.tables import data_tables
from generator.conversion.web_page.wording import word_count
from generator.conversion.words import fold

_NEVER_PROSE = frozenset(("nav", "footer", "aside", "button", "dialog"))
_FOREIGN = frozenset(("comments", "consent", "related", "footer", "newsletter"))
_NONE: frozenset[str] = frozenset()


class Page:
    """What is known of all blocks of one page; lists run parallel to `blocks`."""

    def __init__(
        self, blocks: Sequence[Block], extracted: frozenset[int], title: str, description: str = "", title_at: int = -1
    ) -> None:
        self.blocks = blocks
        self.extracted = extracted
        self.title = fold(title)
        self.description = fold(description)
        self.folded = [fold(block.text) for block in blocks]
        self.words = [word_count(block.text) for block in blocks]
        self.first_of: dict[str, int] = {}
        for index, folded in enumerate(self.folded):
            if not blocks[index].is_hidden:
                self.first_of.setdefault(folded, index)
        self._kinds: dict[int, frozenset[str]] = {}
        self._inner: dict[int, tuple[Frame, ...]] = {}
        self._weigh_paragraphs()
        self.title_at = title_at if title_at >= 0 else self._title_block()
        self._holds_title = self._around(self.title_at)
        self.prose = [self._is_prose(index) for index in range(len(blocks))]
        if self.title_at >= 0 and not self._prose_follows(self.title_at):
            self.title_at = -1
        self.weight: Counter[int] = Counter()
        self.core = self._core()
        self._in_core = [self.core is None or self._inside(block.frame, self.core) for block in blocks]
        self.first, self.last = self._span()
        agreed = sum(len(b.text) for i, b in enumerate(blocks) if self.prose[i] and self._in_core[i] and i in extracted)
        self.opinions_agree = agreed > 0.5 * self._extracted_total
        self.last_extracted = max((i for i in extracted if self._in_core[i] and self.prose[i]), default=-1)

    def kinds(self, frame: Frame) -> frozenset[str]:
        """What a frame's names speak of; those of the whole page speak of nothing."""
        known = self._kinds.get(id(frame))
        if known is None:
            is_whole_page = frame.tag in ("html", "body") or not frame.names
            known = self._kinds[id(frame)] = _NONE if is_whole_page else kinds_of(frame.names)
        return known

    def is_in_core(self, index: int) -> bool:
        """Whether the block stands in the core."""
        return self._in_core[index]

    def inner_frames(self, block: Block) -> tuple[Frame, ...]:
        """The frames between the block and the core, the innermost first; all of them for a block outside."""
        known = self._inner.get(id(block.frame))
        if known is None:
            frames = []
            for frame in block.frame.upwards():
                if frame is self.core:
                    break
                frames.append(frame)
            known = self._inner[id(block.frame)] = tuple(frames)
        return known

    def share_of_core(self, frame: Frame) -> float:
        """The part of the core's prose that a frame holds."""
        whole = self.weight[id(self.core)] if self.core else 0
        return self.weight[id(frame)] / whole if whole else 0.0

    def extracted_share(self, frame: Frame) -> float:
        """The part of the extracted prose that a frame holds."""
        return self._extracted_mass[id(frame)] / self._extracted_total if self._extracted_total else 0.0

    @cached_property
    def signatures(self) -> frozenset[tuple[str, str, str, str]]:
        """The signatures of blocks that were extracted as prose: what the page's paragraphs look like."""
        return frozenset(
            self.signature(block)
            for index, block in enumerate(self.blocks)
            if self.prose[index] and index in self.extracted
        )

    @cached_property
    def cells(self) -> frozenset[int]:
        """The blocks that stand in tables that hold data."""
        return frozenset(block.number for held in data_tables(self.blocks).values() for block in held)

    @cached_property
    def holder(self) -> Frame | None:
        """The element that the last paragraph shares with what belongs to it."""
        if not self.blocks:
            return None
        frame = self.blocks[self.last].frame
        return frame.around if frame.tag in ("p", "li", "blockquote") and frame.around is not None else frame

    @staticmethod
    def signature(block: Block) -> tuple[str, str, str, str]:
        """How the page marks up a block: tags and names of its frame and of the one around."""
        around = block.frame.around
        return block.frame.tag, block.frame.names, around.tag if around else "", around.names if around else ""

    def _weigh_paragraphs(self) -> None:
        """Sums the paragraphs of each frame before anything is known of names."""
        self._mass: Counter[int] = Counter()
        self._extracted_mass: Counter[int] = Counter()
        self._total = self._extracted_total = 0
        self._is_paragraph = []
        for index, block in enumerate(self.blocks):
            is_paragraph = (
                not block.is_hidden
                and self.words[index] >= 10
                and block.link_share <= 0.4
                and block.frame.tag not in HEADINGS
                and self.first_of[self.folded[index]] == index
                and block.frame.tags.isdisjoint(_NEVER_PROSE)
            )
            self._is_paragraph.append(is_paragraph)
            if not is_paragraph:
                continue
            size = len(block.text)
            was_extracted = index in self.extracted
            self._total += size
            self._extracted_total += size * was_extracted
            for frame in block.frame.upwards():
                self._mass[id(frame)] += size
                if was_extracted:
                    self._extracted_mass[id(frame)] += size

    def _title_block(self) -> int:
        """The block that shows the title: a top heading that agrees with it, any block that is it, a top heading."""
        first_heading = -1
        for index, block in enumerate(self.blocks):
            folded = self.folded[index]
            if block.is_hidden or not folded or "h1" not in block.frame.tags:
                continue
            if folded == self.title or (
                self.title and len(folded) > 15 and (folded in self.title or self.title in folded)
            ):
                return index
            if first_heading < 0:
                first_heading = index
        same = self.first_of.get(self.title, -1) if self.title else -1
        return same if same >= 0 and self.blocks[same].link_share < 0.5 else first_heading

    def _around(self, index: int) -> frozenset[int]:
        return frozenset(id(frame) for frame in self.blocks[index].frame.upwards()) if index >= 0 else frozenset()

    def _is_foreign(self, frame: Frame) -> bool:
        """Whether a frame's names say that its text is not the article, and its size does not contradict them."""
        foreign = self.kinds(frame) & _FOREIGN
        if not foreign:
            return False
        if self._extracted_total:
            share = self._extracted_mass[id(frame)] / self._extracted_total
        else:
            share = self._mass[id(frame)] / self._total if self._total else 0.0
        if "comments" in foreign:
            return not (
                share > 0.5
                and (not self._holds_title or id(frame) in self._holds_title or "content" in self.kinds(frame))
            )
        return share < 0.3

    def _is_prose(self, index: int) -> bool:
        return self._is_paragraph[index] and not any(
            self._is_foreign(frame) for frame in self.blocks[index].frame.upwards()
        )

    def _prose_follows(self, index: int) -> bool:
        before = after = 0
        for other, block in enumerate(self.blocks):
            if self.prose[other] and (not self._extracted_total or other in self.extracted):
                if other > index:
                    after += len(block.text)
                else:
                    before += len(block.text)
        return after >= before

    def _core(self) -> Frame | None:
        frames: dict[int, Frame] = {}
        headings: Counter[int] = Counter()
        count: Counter[int] = Counter()
        total = 0
        for index, block in enumerate(self.blocks):
            is_prose = self.prose[index] and index > self.title_at
            if not is_prose and block.frame.tag != "h1":
                continue
            size = len(block.text) * (2 if index in self.extracted else 1) if is_prose else 0
            total += size
            for frame in block.frame.upwards():
                frames[id(frame)] = frame
                headings[id(frame)] += block.frame.tag == "h1"
                self.weight[id(frame)] += size
                count[id(frame)] += is_prose
        if not total:
            return None
        core = self._climbed(total, headings, count)
        if core is None:
            heavy = [frame for key, frame in frames.items() if self.weight[key] >= 0.7 * total]
            core = max(heavy, key=lambda frame: frame.depth)
        whole = self.weight[id(core)]
        inside = [f for key, f in frames.items() if self.weight[key] >= 0.9 * whole and self._inside(f, core)]
        return max(inside, key=lambda frame: frame.depth)

    def _climbed(self, total: int, headings: Counter[int], count: Counter[int]) -> Frame | None:
        """From the title outwards to the frame with its prose, and not into one with another article's heading."""
        if self.title_at < 0:
            return None
        upwards = list(self.blocks[self.title_at].frame.upwards())
        core = next((f for f in upwards if self.weight[id(f)] >= 0.25 * total and count[id(f)] >= 2), None)
        if core is None:
            return None
        for frame in upwards[upwards.index(core) + 1 :]:
            if headings[id(frame)] > headings[id(core)] > 0:
                break
            if self.weight[id(frame)] >= 1.35 * self.weight[id(core)]:
                core = frame
        return core

    @staticmethod
    def _inside(frame: Frame, outer: Frame) -> bool:
        return any(other is outer for other in frame.upwards())

    def _span(self) -> tuple[int, int]:
        inside = [i for i, is_prose in enumerate(self.prose) if is_prose and self._in_core[i] and i > self.title_at]
        # A standfirst reads as prose, but the text begins after it.
        while len(inside) > 2 and "summary" in self.kinds(self.blocks[inside[0]].frame):
            del inside[0]
        return (inside[0], inside[-1]) if inside else (0, len(self.blocks) - 1)
