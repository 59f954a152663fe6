"""What the words of a block say: interface, advertisement, sign-up, sentence. The lists are in `conversion.words`."""

import re
from functools import cache

from generator.conversion.words import everywhere

_WORD = re.compile(r"\w+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")


def word_count(text: str) -> int:
    """Words; in scripts that write none apart, half the letters."""
    count = len(_WORD.findall(text))
    return count if text.isascii() else count + len(_CJK.findall(text)) // 2


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


@cache
def _interface() -> frozenset[str]:
    return frozenset(everywhere("interface"))


@cache
def _starts(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(_whole, everywhere(name))) or r"(?!)")


def _whole(entry: str) -> str:
    """The entry as a pattern that ends where a word ends, in scripts that part their words."""
    parts_words = entry[-1].isalnum() and not _CJK.match(entry[-1])
    return re.escape(entry) + (r"(?!\w)" if parts_words else "")


def is_interface(folded: str) -> bool:
    """Whether a folded text is nothing but a word of the page's controls."""
    return folded.rstrip(" :.!›»>→|") in _interface()


def begins(folded: str, name: str) -> bool:
    """Whether a folded text begins as an entry of a word list (`newsletter`, `advertisement` …)."""
    return _starts(name).match(folded) is not None
