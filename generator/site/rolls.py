"""Files that state every article of some holdings, one piece each: citation files of a listing, and the collection.

A piece follows from an article's own file alone. One that is as it was is taken from the file that was published, so
that one more article among ten thousand costs one piece.
"""

import marshal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from generator.model.catalogue import Holding
from generator.settings import Settings
from generator.site import citations, data

Written = tuple[bytes, bytes]
"""A file's bytes, and what to know of it to write the next one from it."""


Piece = Callable[[Holding], str]
"""Gives what a file says of an article."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file of pieces is put together."""

    piece: Callable[[Holding, Settings], str]
    joint: str = ""
    head: Callable[[Settings], str] = lambda _: ""
    tail: str = ""

    def piece_of(self, settings: Settings) -> Piece:
        """Writes the pieces of one archive."""
        return lambda holding: self.piece(holding, settings)


def _cited(make: Callable[[Holding, str, str], str]) -> Callable[[Holding, Settings], str]:
    def piece(holding: Holding, settings: Settings) -> str:
        url = settings.base_url + holding.path if settings.base_url else ""
        return make(holding, url, settings.name)

    return piece


# BibTeX programs want each key once: a key has the year and the slug, as has the address that is listed once.
FORMS: Mapping[str, Form] = {
    "bibtex_roll": Form(_cited(citations.bibtex), "\n"),
    "ris_roll": Form(_cited(citations.ris), "\r\n"),
    "csl_roll": Form(_cited(citations.csl), ",\n", lambda _: "[\n", "\n]\n"),
    "articles.json": Form(data.json_line, ",\n", data.json_head, "\n]}\n"),
    "articles.csv": Form(data.csv_line, "", data.csv_head),
}


def whole(form: Form, holdings: Sequence[Holding], settings: Settings, piece: Piece | None = None) -> bytes:
    """The file, made from its articles; `piece` may know some already."""
    made = map(piece or form.piece_of(settings), holdings)
    return _bytes(form.head(settings) + form.joint.join(made) + form.tail)


def renewed(
    form: Form, holdings: Sequence[Holding], settings: Settings, piece: Piece, published: bytes, known: bytes
) -> Written:
    """The file, made from the `published` one where `known` says what its pieces are; else from its articles.

    What both begin and end with is taken in one.
    """
    head, joint, tail = _bytes(form.head(settings)), _bytes(form.joint), _bytes(form.tail)
    marks = [_mark(holding) for holding in holdings]
    before = _before(published, known)
    first, last = _shared(before.marks, marks) if published.startswith(head) else (0, 0)
    middle = before.middle(first, last)
    end = len(marks) - last
    made = [middle.get(marks[place]) or _bytes(piece(holdings[place])) for place in range(first, end)]
    lengths = [*before.lengths[:first], *map(len, made), *before.lengths[len(before.lengths) - last :]]
    whole = (
        head
        + joint.join([*before.run(0, first), *made, *before.run(len(before.marks) - last, len(before.marks))])
        + tail
    )
    return whole, marshal.dumps((sha256(whole).digest(), len(head), len(joint), marks, lengths))


@dataclass(frozen=True, slots=True)
class _Before:
    """A published file: the marks of its pieces, where the first begins, how long each is, and what stands between."""

    data: memoryview
    start: int
    joint: int
    marks: list[str]
    lengths: list[int]

    def run(self, first: int, end: int) -> list[memoryview]:
        """Pieces that stand side by side, as one; nothing where there are none."""
        if first >= end:
            return []
        begin = self.start + sum(self.lengths[:first]) + first * self.joint
        return [self.data[begin : begin + sum(self.lengths[first:end]) + (end - first - 1) * self.joint]]

    def middle(self, first: int, last: int) -> dict[str, memoryview]:
        """The pieces by the mark of their article, but for so many at the beginning and at the end."""
        found = {}
        begin = self.start + sum(self.lengths[:first]) + first * self.joint
        for mark, length in zip(
            self.marks[first : len(self.marks) - last], self.lengths[first : len(self.lengths) - last], strict=True
        ):
            found[mark] = self.data[begin : begin + length]
            begin += length + self.joint
        return found


def _before(published: bytes, known: bytes) -> _Before:
    """The published file; one without pieces where it is not the file that is known."""
    try:
        digest, start, joint, marks, lengths = marshal.loads(known)
    except (ValueError, EOFError, TypeError):
        return _Before(memoryview(b""), 0, 0, [], [])
    if sha256(published).digest() != digest:
        return _Before(memoryview(b""), 0, 0, [], [])
    return _Before(memoryview(published), start, joint, marks, lengths)


def _shared(before: Sequence[str], now: Sequence[str]) -> tuple[int, int]:
    """How many marks two rows begin with alike, and how many of the others they end with alike."""
    most = min(len(before), len(now))
    first = next((place for place in range(most) if before[place] != now[place]), most)
    most -= first
    return first, next((place for place in range(most) if before[-1 - place] != now[-1 - place]), most)


def _mark(holding: Holding) -> str:
    """All that a piece follows from besides the settings."""
    return f"{holding.mark} {holding.words}"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
