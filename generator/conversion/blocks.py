"""A plain-text capture as blocks: runs of lines that belong together, and what stands around them.

A line break inside a run is only a wrap where the next word would not have fitted: `width` is the capture's own
column. Everything here is linear in the length of the capture.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.conversion.hyphens import Hyphens
from generator.conversion.kept_lines import kept_in

_WORD = re.compile(r"\w+")
_WIDEST = 110
_NARROWEST = 40
_NARROWEST_CJK = 16
_LIST_START = re.compile(r"(?:[-–—•◦▪●○■□‣⁃*+·※►▶✓✔➤→]\s|[-•▪●]\S|\(?\d{1,3}[.)]\s|[a-z][.)]\s)")
_QUOTED = re.compile(r"(?:>\s?)+")
_KEY = re.compile(r"[A-Z][\w-]{1,14}:\s")
_RULE = re.compile(r"[\s*_=~#.·•◆◇◊-]{1,200}")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines, counted from 1, as received; `text` is the run on one line, trimmed.

    `joined_words` counts the words that were hyphenated at line ends and are whole in `text`; `shape` tells why the
    lines keep their breaks (a table, verse), where they do.
    """

    first: int
    last: int
    lines: tuple[str, ...]
    text: str
    folded: str
    words: int
    gap_before: int = 1
    joined_words: int = 0
    shape: str = ""

    @property
    def raw(self) -> str:
        """The lines as they stand in the capture."""
        return "\n".join(self.lines)


def folded(text: str) -> str:
    """The text's words in lower case, compatible forms made one, without marks between them."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a capture, its runs of blank lines (first and last line), and its column (0: not wrapped)."""

    blocks: tuple[Block, ...]
    blanks: tuple[tuple[int, int], ...]
    width: int


def layout_of(lines: Sequence[str]) -> Layout:
    """Lays out the lines of a capture as blocks."""
    runs, blanks = _runs(lines)
    kept = [kept_in(run) for _, run in runs]
    width = wrap_width([run for run, shapes in zip(runs, kept, strict=True) if not shapes])
    hyphens = Hyphens(lines) if width else None
    blocks: list[Block] = []
    for (first, run), shapes in zip(runs, kept, strict=True):
        gap = first - blocks[-1].last if blocks else 1
        for start, end, shape in _parts(run, shapes, width):
            blocks.append(_block(first + start, run[start:end], gap, hyphens, shape))
            gap = 1
    return Layout(tuple(blocks), blanks, width)


def _parts(run: Sequence[str], shapes: Sequence[tuple[int, int, str]], width: int) -> list[tuple[int, int, str]]:
    """A run's blocks: those that keep their lines, and what `_cuts` makes of the lines between."""
    parts: list[tuple[int, int, str]] = []
    done = 0
    for start, end, shape in (*shapes, (len(run), len(run), "")):
        if done < start:
            parts += [(done + first, done + last, "") for first, last in _cuts(run[done:start], width)]
        if shape:
            parts.append((start, end, shape))
        done = end
    return parts


def _block(first: int, lines: Sequence[str], gap: int, hyphens: Hyphens | None, shape: str = "") -> Block:
    text, joined = unwrapped(lines, None if shape else hyphens)
    words = folded(text)
    return Block(first, first + len(lines) - 1, tuple(lines), text, words, _word_count(text, words), gap, joined, shape)


def _word_count(text: str, words: str) -> int:
    """Words, or for scripts that write none apart, half the letters."""
    wide = 0 if text.isascii() else len(_CJK.findall(text))
    return words.count(" ") + 1 + wide // 2 if words else 0


def _runs(lines: Sequence[str]) -> tuple[list[tuple[int, list[str]]], tuple[tuple[int, int], ...]]:
    runs: list[tuple[int, list[str]]] = []
    blanks: list[tuple[int, int]] = []
    was_blank = None
    for number, line in enumerate(lines, start=1):
        is_blank = not line.strip(" \t\u200b\u200e\u200f\u3000\xa0") or line.isspace()
        if is_blank and was_blank:
            blanks[-1] = (blanks[-1][0], number)
        elif is_blank:
            blanks.append((number, number))
        elif was_blank is False:
            runs[-1][1].append(line)
        else:
            runs.append((number, [line]))
        was_blank = is_blank
    return runs, tuple(blanks)


def wrap_width(runs: Sequence[tuple[int, list[str]]]) -> int:
    """The column at which the capture's lines were wrapped, 0 when they were not.

    They were when hardly any line is longer, and most breaks inside runs are forced: the next line's first word would
    not have fitted.
    """
    lengths = sorted(len(line.rstrip()) for _, run in runs if len(run) > 1 for line in run)
    if len(lengths) < 2:
        return 0
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.97))]
    if not (_NARROWEST_CJK if _CJK.search(runs[-1][1][0]) else _NARROWEST) <= width <= _WIDEST:
        return 0
    lines = [line for _, run in runs for line in run]
    if sum(len(line) > width + 12 and " " in line.strip() for line in lines) > len(lines) * 0.05:
        return 0
    breaks = forced = within = 0
    pairs = [pair for _, run in runs for pair in pairwise(run)]
    is_one_sentence = len(pairs) == 1 and not ends_sentence(pairs[0][0].rstrip())
    for line, following in pairs:
        if _CJK.search(line[-2:]) and ends_sentence(line.rstrip()):
            continue
        if (len(line.rstrip()) < width * 0.6 and not following[:1].islower()) or _KEY.match(line):
            continue  # a short line above another: headers of a mail, an address, a signature
        breaks += 1
        is_forced = _is_forced(line, following, width)
        forced += is_forced
        within += is_forced and not ends_sentence(line.rstrip())
    if within < forced * 0.5:
        return 0  # lines that all end with their sentences are paragraphs
    return width if forced >= max(2, breaks * 0.5) or (forced == breaks == 1 and is_one_sentence) else 0


def _is_forced(line: str, following: str, width: int) -> bool:
    """Whether the line was broken only because the next word had no room; a ragged edge gets a few columns."""
    line, following = line.rstrip(), following.strip()
    if quoted := _QUOTED.match(following):
        following = following[quoted.end() :]
    if not line or not following or len(line) > width + 12:
        return False
    if _CJK.match(line[-1]) and _CJK.match(following[0]):
        return len(line) >= width - 2
    if following[0].islower() and (len(line) >= width * 0.6 or (line[-1] == "-" and line[-2:-1].isalpha())):
        return True
    word = following[:width].split(None, 1)[0]
    return len(line) + 1 + len(word) > width - 4


def _cuts(run: Sequence[str], width: int) -> list[tuple[int, int]]:
    """Where a run of lines falls apart into blocks."""
    starts = [0]
    for index in range(1, len(run)):
        line, following = run[index - 1], run[index]
        quoted = _QUOTED.match(line), _QUOTED.match(following)
        hangs = bool(_LIST_START.match(run[starts[-1]])) and following.startswith("  ") and not line.startswith("   ")
        joins = (
            (hangs or (width and _is_forced(line, following, width)))
            and not _LIST_START.match(following.lstrip())
            and not _RULE.fullmatch(following.strip())
            and not _RULE.fullmatch(line.strip())
            and bool(quoted[0]) == bool(quoted[1])
            and not (_KEY.match(following.lstrip()) and ends_sentence(line.rstrip()))
        )
        if not joins:
            starts.append(index)
    return list(zip(starts, [*starts[1:], len(run)], strict=True))


def unwrapped(lines: Sequence[str], hyphens: Hyphens | None = None) -> tuple[str, int]:
    """Wrapped lines as one, and how many words that were hyphenated at line ends were joined.

    Lines are joined by a space, by nothing between ideographs and kana.
    """
    if len(lines) == 1:
        return lines[0].strip(), 0
    quoted = all(_QUOTED.match(line) for line in lines)
    parts: list[str] = []
    joined = 0
    for line in lines:
        part = (_QUOTED.sub("", line, count=1) if quoted and parts else line).strip()
        if not part:
            continue
        if parts and (kept := hyphens.join(parts[-1], part) if hyphens else None) is not None:
            parts[-1] = kept
            joined += 1
        elif parts and not (_CJK.match(parts[-1][-1]) and _CJK.match(part[0])):
            parts.append(" ")
        parts.append(part)
    return "".join(parts), joined


@dataclass(frozen=True, slots=True)
class Profile:
    """What the capture as a whole looks like: the yardstick for each of its blocks.

    `prose` tells for each block whether it reads as a paragraph; `typical` is the median length of those.
    """

    prose: tuple[bool, ...]
    typical: int
    first_prose: int
    last_prose: int
    counts: Counter[str] = field(default_factory=Counter)


_FULL_END = re.compile(r"""(?:[.!?…。！？؟]["'”’»)\]」』›]{0,3}|[.!?…]\s?\[?\d{0,3}\]?)$""")


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return bool(_FULL_END.search(text[-12:]))


def profile_of(blocks: Sequence[Block]) -> Profile:
    """Measures a capture."""
    prose = tuple((block.words >= 12 and ends_sentence(block.text)) or block.words >= 35 for block in blocks)
    lengths = sorted(len(block.text) for block, is_prose in zip(blocks, prose, strict=True) if is_prose)
    where = [index for index, is_prose in enumerate(prose) if is_prose]
    return Profile(
        prose,
        lengths[len(lengths) // 2] if lengths else 0,
        where[0] if where else len(blocks),
        where[-1] if where else -1,
        Counter(block.folded for block in blocks),
    )
