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
    """The file, made from the `published` one where `known` says what its pieces are; else from its articles."""
    before = _pieces(published, known)
    head, joint, tail = _bytes(form.head(settings)), _bytes(form.joint), _bytes(form.tail)
    marks: list[str] = []
    pieces: list[bytes | memoryview] = []
    for holding in holdings:
        mark = _mark(holding)
        marks.append(mark)
        pieces.append(before.get(mark) or _bytes(piece(holding)))
    made = head + joint.join(pieces) + tail
    about = (sha256(made).digest(), len(head), len(joint), marks, [len(piece) for piece in pieces])
    return made, marshal.dumps(about)


def _pieces(published: bytes, known: bytes) -> dict[str, memoryview]:
    """The pieces of a published file by the mark of their article; none where it is not the file that is known."""
    try:
        digest, start, joint, marks, lengths = marshal.loads(known)
    except (ValueError, EOFError, TypeError):
        return {}
    if sha256(published).digest() != digest:
        return {}
    found = {}
    view = memoryview(published)
    for mark, length in zip(marks, lengths, strict=True):
        found[mark] = view[start : start + length]
        start += length + joint
    return found


def _mark(holding: Holding) -> str:
    """All that a piece follows from besides the settings."""
    return f"{holding.mark} {holding.words}"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
