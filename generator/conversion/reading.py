"""A capture while it is being labelled: its blocks, what stands around each, and the labels given so far.

Blocks are labelled from the first to the last, so a rule may ask what the blocks before it were taken for, and what
the blocks after it look like.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.conversion.blocks import Block, Profile
from generator.conversion.dates import DatedLine
from generator.conversion.lexicon import Lexicon, folded_line
from generator.model.ledger import Label

_HEAD = frozenset(
    {
        Label.TITLE,
        Label.REPEATED_TITLE,
        Label.SUBTITLE,
        Label.BYLINE,
        Label.DATE_LINE,
        Label.INTERFACE_TEXT,
        Label.BLANK,
    }
)
BODY = frozenset({Label.PARAGRAPH, Label.QUOTATION, Label.LIST, Label.HEADING, Label.TABLE, Label.CODE})
"""Labels of blocks that are the article's running text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a block: why (a clause), where it goes (a front matter key), and what it read there.

    `text` is what is left of the block without its lead-in; `people` and `dates` are what was read
    in it; `continues` tells that the block goes on with the paragraph before it.
    """

    reason: str
    key: str = ""
    text: str = ""
    people: tuple[str, ...] = ()
    dates: tuple[DatedLine, ...] = ()
    confidence: float = 1.0
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """A block with its label, the rule that gave it, and what the rule found."""

    block: Block
    label: Label
    rule: str
    finding: Finding


@dataclass(slots=True)
class Reading:
    """The state of one capture's labelling; `done` grows by one entry a block, in order.

    What a rule asks of the blocks before it is kept as it comes (`first_lines` of each folded block, the number of
    `paragraphs`, the line of the last `list_opener`, the `spoken` words of
    the paragraphs), so that no rule walks back through the capture.
    """

    blocks: Sequence[Block]
    profile: Profile
    lexicon: Lexicon
    language: str
    folded_lines: Sequence[str]
    width: int = 0
    title: int = -1
    title_text: str = ""
    title_folded: str = ""
    body_ends: int = 0
    captions: frozenset[str] = frozenset()
    running_headers: frozenset[str] = frozenset()
    done: list[Labelled] = field(default_factory=list)
    body_seen: bool = False
    in_comments: bool = False
    names: frozenset[str] = frozenset()
    by_first_name: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weights: Sequence[float] = ()
    first_lines: dict[str, int] = field(default_factory=dict)
    paragraphs: int = 0
    list_opener: int = 0
    spoken: list[tuple[int, str]] | None = None

    def line(self, index: int) -> str:
        """The block's folded line for the lexicon; empty outside the capture."""
        return self.folded_lines[index] if 0 <= index < len(self.folded_lines) else ""

    def add(self, labelled: Labelled) -> None:
        """Takes the next block with its label."""
        self.done.append(labelled)
        self.first_lines.setdefault(labelled.block.folded, labelled.block.first)
        self.paragraphs += labelled.label is Label.PARAGRAPH
        if labelled.rule == "related-lead-in":
            self.list_opener = labelled.block.first

    def label(self, index: int) -> Label | None:
        """The label of an earlier block."""
        return self.done[index].label if 0 <= index < len(self.done) else None

    def is_prose(self, index: int) -> bool:
        """Whether a block reads as a paragraph."""
        return 0 <= index < len(self.blocks) and self.profile.prose[index]

    def is_in_midst(self, index: int) -> bool:
        """Whether text goes on for a while both before and after the block, so that it belongs to that text."""
        prose = self.profile.prose
        return sum(prose[max(0, index - 4) : index]) >= 2 and sum(prose[index + 1 : index + 5]) >= 2

    def index_of(self, entry: Labelled) -> int:
        """The place of a labelled block: blocks stand in the order of their lines."""
        return bisect_left(self.blocks, entry.block.first, key=lambda block: block.first)

    @property
    def first_names(self) -> frozenset[str]:
        """The first words of the names of `names`."""
        return frozenset(name.split(" ", 1)[0] for name in self.names)

    @property
    def counts(self) -> Counter[str]:
        """How often each folded block stands in the capture."""
        return self.profile.counts


def lines_for_lexicon(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The folded beginning of each block."""
    return tuple(folded_line(block.text) for block in blocks)


Recogniser = Callable[[Reading, int], Finding | None]
"""A rule's question: does this block, where it stands, fit the rule? None: no."""
