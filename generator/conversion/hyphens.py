"""Words that were hyphenated at a line end: which hyphens go, and which belong to the word.

The capture itself decides: a hyphen stays where the capture writes the same word with one in the middle of a line, or
where both halves are words of their own and their sum is not.
"""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LEFT = re.compile(r"([^\W\d_]+)[-‐]$")
_RIGHT = re.compile(r"[^\W\d_]+")


class Hyphens:
    """The words of one capture, asked for each hyphen at a line end."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            found = list(_WORD.finditer(line.rstrip()))
            for match in found:
                is_cut = match.end() < len(line.rstrip()) and line.rstrip()[match.end()] in "-‐" and match is found[-1]
                if not is_cut:
                    self._words.add(match[0].casefold())

    def join(self, before: str, after: str) -> str | None:
        """`before` without its hyphen, or with it, ready for `after` to follow; None when no word is cut there."""
        left, right = _LEFT.search(before[-60:]), _RIGHT.match(after[:60])
        if left is None or right is None or not right[0][0].islower():
            return None
        first, second = left[1].casefold(), right[0].casefold()
        whole = first + second
        is_compound = f"{first}-{second}" in self._words or (
            whole not in self._words and first in self._words and second in self._words
        )
        return before if is_compound else before[:-1]
