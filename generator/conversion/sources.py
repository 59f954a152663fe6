"""From whom does it have it? The bodies and people that statements of a text are attributed to.

The rule: a source is a proper name beside a reporting verb and a quotation, or behind words such as "according to".
Whoever is only mentioned is no source, nor is "officials" or "the report". Precision goes before completeness.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.conversion.same_bodies import preferred, same_body
from generator.conversion.source_names import named_body, separate
from generator.conversion.source_patterns import mentions

__all__ = ["Cited", "cited", "same_body"]

MOST_SOURCES = 200
_LONGEST_PARAGRAPH = 20_000
_LONGEST_TEXT = 200_000
_MOST_PHRASES = 1000


@dataclass(frozen=True, slots=True)
class Cited:
    """A body or a person that the text cites, and the line (from 1) on which it does so first."""

    name: str
    line: int


def cited(paragraphs: Sequence[tuple[int, str]], language: str, authors: Iterable[str] = ()) -> tuple[Cited, ...]:
    """The sources of a text, in the order in which it cites them first; its own authors are none.

    `paragraphs` are pairs of a line (from 1) and the text that begins there.
    """
    found: list[Cited] = []
    own = tuple(authors)
    whole = " ".join(text[:_LONGEST_PARAGRAPH] for _, text in paragraphs)[:_LONGEST_TEXT]
    seen: dict[str, int] = {}
    for line, text in paragraphs:
        for phrase in mentions(" ".join(text[:_LONGEST_PARAGRAPH].split()), language):
            if phrase in seen:
                continue
            seen[phrase] = line
            for words in separate(phrase):
                name = named_body(words, language, whole)
                if name and not any(same_body(name, author) for author in own):
                    _add(found, name, line)
        if len(seen) > _MOST_PHRASES:
            break
    return tuple(found)


def _add(found: list[Cited], name: str, line: int) -> None:
    for index, one in enumerate(found):
        if same_body(one.name, name):
            found[index] = Cited(preferred(one.name, name), one.line)
            return
    if len(found) < MOST_SOURCES:
        found.append(Cited(name, line))
