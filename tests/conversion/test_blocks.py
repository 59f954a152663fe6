"""Lines become blocks: what was wrapped is one block, what was not is one block a line."""

from generator.conversion.blocks import layout_of, unwrapped
from generator.conversion.hyphens import Hyphens

WRAPPED_TEXT = """The ferry leaves at ten in the evening, and the people of the
quay hear its engines until well after midnight, when the last
lamp goes out.

By Imogen Starling
21 May 2022
Nobody on the island remembers a time without it, although the
timetable has changed more often than the boats.

- one crossing in the morning, which is always late, and which
  nobody takes
- two in the evening"""
WRAPPED = WRAPPED_TEXT.split("\n")


def texts(lines: list[str]) -> list[str]:
    return [block.text for block in layout_of(lines).blocks]


def test_hard_wrapped_paragraphs_are_one_block_and_short_lines_stay_apart() -> None:
    assert texts(WRAPPED) == [
        "The ferry leaves at ten in the evening, and the people of the quay hear its engines until well after "
        "midnight, when the last lamp goes out.",
        "By Imogen Starling",
        "21 May 2022",
        "Nobody on the island remembers a time without it, although the timetable has changed more often than the boats.",
        "- one crossing in the morning, which is always late, and which nobody takes",
        "- two in the evening",
    ]


def test_lines_that_were_not_wrapped_are_blocks_of_their_own() -> None:
    lines = ["A headline", "By Imogen Starling", "A paragraph that runs on and on. " * 6, "Another one. " * 20]
    assert texts(lines) == [line.strip() for line in lines]
    assert layout_of(lines).width == 0


def test_blank_lines_of_any_kind_are_runs() -> None:
    assert layout_of(["a", "", " \t", "\u200b", "b", ""]).blanks == ((2, 4), (6, 6))


def test_japanese_lines_join_without_a_space() -> None:
    assert unwrapped(["夜の十時に", "フェリーが"])[0] == "夜の十時にフェリーが"


def test_hyphens_at_line_ends_are_judged_by_the_capture() -> None:
    hyphens = Hyphens(["a well-known harbour, known for long", "a term of noth-", "ing and the terms"])
    assert unwrapped(["noth-", "ing"], hyphens) == ("nothing", 1)
    assert unwrapped(["a well-", "known one"], hyphens) == ("a well-known one", 1)
    assert unwrapped(["long-", "term"], hyphens) == ("long-term", 1)
    assert unwrapped(["from 1990-", "1995"], hyphens) == ("from 1990- 1995", 0)
    assert unwrapped(["Anna-", "Lena"], hyphens) == ("Anna- Lena", 0)
