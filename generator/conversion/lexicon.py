"""The word lists of `words/` as questions about one line: is it an interface word, does it begin as a related link …

The lists of the capture's language and of English count, since pages in any language have English buttons; a capture
whose language is not known is read with all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from generator.conversion.words import LANGUAGES, Words, all_words, fold, words

_EDGES = " \t.:!…›»>«‹|•·*-–—()[]↓↑→←▼▲+✕×"
_DIVIDER = re.compile(r"[|•·/,»›]")
_DIVIDED = re.compile(r"\s*[|•·/,»›]\s*")
_MOST_WORDS = 12
SHORTEST_CALL = 12
"""Letters of a phrase that calls to subscribe, or the like, wherever it stands in a line."""

_WORD_END = re.compile(r"\W|$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that a line may hold anywhere; one is looked for only where the line has a word from its midst."""

    by_inner_word: dict[str, tuple[str, ...]]
    short: tuple[str, ...]

    @staticmethod
    def of(phrases: Iterable[str]) -> "Phrases":
        """Sorts phrases by their longest word between the first and the last; those of two words have none."""
        found: dict[str, list[str]] = {}
        short: list[str] = []
        for phrase in phrases:
            inner = phrase.split(" ")[1:-1]
            (found.setdefault(max(inner, key=len), []) if inner else short).append(phrase)
        return Phrases({word: tuple(having) for word, having in found.items()}, tuple(short))

    def are_in(self, line: str) -> bool:
        """Whether the line holds one of the phrases."""
        words = line.split()
        if not self.by_inner_word.keys().isdisjoint(words) and any(
            phrase in line for word in words for phrase in self.by_inner_word.get(word, ())
        ):
            return True
        return any(map(line.__contains__, self.short))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Merged word lists; the lines given to its questions are folded (`fold`)."""

    interface: frozenset[str]
    interface_starts: tuple[str, ...]
    advertisement: frozenset[str]
    newsletter: tuple[str, ...]
    cookie: tuple[str, ...]
    paywall: tuple[str, ...]
    related_starts: tuple[str, ...]
    comment_starts: tuple[str, ...]
    key_points: tuple[str, ...]
    author_notes: frozenset[str]
    credit_starts: tuple[str, ...]
    caption_starts: tuple[str, ...]
    notice_starts: tuple[str, ...]
    press_release: tuple[str, ...]
    byline_starts: tuple[str, ...]
    roles: frozenset[str]
    page_phrases: dict[str, tuple[str, ...]]
    role_words: frozenset[str]
    calls: Phrases

    def is_interface(self, line: str) -> bool:
        """Whether the whole line is one interface word or phrase, or nothing but several of them."""
        bare = line.strip(_EDGES)
        if bare in self.interface:
            return True
        if len(bare) < 200 and _DIVIDER.search(bare):
            parts = [part for part in _DIVIDED.split(bare) if part]
            if len(parts) > 1 and self.interface.issuperset(parts):
                return True
        return bare.count(" ") < _MOST_WORDS and self._is_made_of_interface_words(bare)

    def has_page_phrase(self, line: str) -> bool:
        """Whether the line holds a phrase that pages use for themselves: subscriptions, cookies, notices."""
        words = line.split()
        if self.page_phrases.keys().isdisjoint(words):
            return False
        return any(phrase in line for word in words for phrase in self.page_phrases.get(word, ()))

    def _is_made_of_interface_words(self, bare: str) -> bool:
        """ "share tweet comment": words that are all buttons, and at least two of them."""
        parts = bare.split()
        return 2 <= len(parts) <= _MOST_WORDS and self.interface.issuperset(parts) and min(map(len, parts)) > 1


@cache
def lexicon(language: str) -> Lexicon:
    """The word lists for captures in a language (BCP 47); empty: all languages."""
    primary = language.split("-", maxsplit=1)[0].lower()
    own = tuple(words(name) for name in dict.fromkeys((primary, "en")))
    lists = own if primary in LANGUAGES else all_words()

    def merged(name: str) -> tuple[str, ...]:
        entries = {entry for each in lists for entry in _entries(each, name)}
        return tuple(sorted(entries, key=lambda entry: (-len(entry), entry)))

    return Lexicon(
        frozenset(merged("interface")),
        merged("interface_starts"),
        frozenset(merged("advertisement")),
        merged("newsletter"),
        merged("cookie"),
        merged("paywall"),
        merged("related_starts"),
        merged("comment_starts"),
        merged("key_point_headings"),
        frozenset(merged("author_note_headings")),
        merged("credit_starts"),
        merged("caption_starts"),
        merged("notice_starts"),
        merged("press_release"),
        merged("byline_starts"),
        frozenset(merged("roles")),
        _by_first_word(
            phrase
            for name in ("newsletter", "cookie", "paywall", "notice_starts")
            for phrase in merged(name)
            if len(phrase) >= 10
        ),
        frozenset(word for role in merged("roles") for word in role.split() if len(word) > 3),
        Phrases.of(
            phrase
            for name in ("newsletter", "cookie", "paywall")
            for phrase in merged(name)
            if len(phrase) >= SHORTEST_CALL
        ),
    )


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first word, so that a line is searched only for those whose first word it holds."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    return {word: tuple(starting) for word, starting in found.items()}


def _entries(lists: Words, name: str) -> tuple[str, ...] | frozenset[str]:
    entries: tuple[str, ...] | frozenset[str] = getattr(lists, name)
    return entries


def starts_with(line: str, starts: tuple[str, ...]) -> str:
    """The list's entry that the line begins with, as a whole word; empty when there is none."""
    if not line.startswith(starts):
        return ""
    for start in starts:
        if line.startswith(start) and (
            not start[-1].isalnum() or _WORD_END.match(line, len(start)) or not start.isascii()
        ):
            return start
    return ""


def folded_line(text: str) -> str:
    """A line for the lexicon; more than the beginning of a long one says nothing about what it is."""
    return fold(text[:400])
