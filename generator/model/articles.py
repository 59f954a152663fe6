"""An article: one Markdown file with front matter, read into a typed, frozen value.

The text itself is not held here: a catalogue of ten thousand articles must stay small.
"""

from dataclasses import dataclass
from enum import StrEnum

from generator.model.dates import Edtf

CONVERTER = "2"
"""The version of the conversion rules: an article that no person edited is converted again when it changes."""


class Access(StrEnum):
    """Whether the text of an article is published."""

    OPEN = "open"
    RECORD = "record"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    """What a source is to an article: drawn on, or the place where it was published or captured."""

    CITED = "cited"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Source:
    """A person, body or publication that an article draws on or comes from."""

    name: str
    url: str = ""
    role: Role = Role.CITED


@dataclass(frozen=True, slots=True)
class Provenance:
    """The front matter's `capture`: which file an article was converted from, and how each value was found.

    `date` is when the page or paper was captured, where that is known; it is no date of the article.
    `body_sha256` and `fields_sha256` are digests of the body and of the other front matter as the converter wrote
    them: where the file differs, a person has edited it.
    """

    file: str
    sha256: str = ""
    converter: str = ""
    read: tuple[tuple[str, str], ...] = ()
    body_sha256: str = ""
    fields_sha256: str = ""
    date: Edtf | None = None
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """The front matter of an article, all but its capture; empty values are values that are not known."""

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: Edtf | None = None
    updated: Edtf | None = None
    language: str = ""
    sources: tuple[Source, ...] = ()
    tags: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    image_credits: str = ""
    author_note: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    access: Access = Access.OPEN
    access_note: str = ""
    access_date: Edtf | None = None
    abstract: str = ""
    rights: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a capture says: front matter, where each value of it was read, and the body as Markdown.

    `decisions` is the digest of what a person decided about it, empty when nobody did; `captured` is when the page was
    saved, where the capture itself says so.
    """

    fields: Fields
    read: tuple[tuple[str, str], ...]
    body: str
    decisions: str = ""
    captured: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive, without its text.

    `path` is relative to the archive's root; `sha256` is of the file; `body_line` is the line its text begins on;
    `excerpt` is the beginning of its text, plain; `words` counts the text; `edited` tells whether a person changed
    what the converter wrote (an article without a capture is a person's anyway); `links` are the addresses of the
    text's links and pictures as they are written, a wiki link as `[[name]]`; `front` is a digest of all that pages
    other than its own may show of it, which are its fields and its excerpt.
    """

    path: str
    sha256: str
    fields: Fields
    provenance: Provenance | None
    body_line: int
    excerpt: str
    words: int
    edited: bool
    links: tuple[str, ...] = ()
    front: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the text may be published."""
        return self.fields.access is Access.OPEN
