"""Where a conversion is filed: under which name in `content/`, and whether it may be written at all.

A file that a person has edited is never overwritten. An article keeps its file and its slug however often it is
converted again; a person may rename the file, for `capture.file` says which capture it came from.
"""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.archive.writing import written_article
from generator.model.articles import CONVERTER, Article, Conversion
from generator.model.catalogue import permalink
from generator.model.slugs import free_slug, slug

_SUFFIXES = 1000


class Action(StrEnum):
    """What becomes of a capture's conversion."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CONVERTED_AGAIN = "converted again"
    WAITS_FOR_REVIEW = "waits for review"


@dataclass(frozen=True, slots=True)
class Filing:
    """A conversion ready to be written: `path` below the root, the file's whole `text`, and what it means."""

    capture: str
    path: str
    action: Action
    text: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands in `content/` before an import: articles by capture, names and permalinks already taken."""

    by_capture: dict[str, Article]
    files: frozenset[str]
    permalinks: frozenset[str]


def shelf(articles: Iterable[Article], files: Iterable[str]) -> Shelf:
    """The state of `content/`; of two articles from one capture the first by path counts as its conversion."""
    held = sorted(articles, key=lambda article: article.path)
    by_capture: dict[str, Article] = {}
    for article in held:
        if article.provenance and article.provenance.file:
            by_capture.setdefault(article.provenance.file, article)
    return Shelf(by_capture, frozenset(name.casefold() for name in files), frozenset(permalink(article) for article in held))


def is_settled(shelf: Shelf, capture: str, sha256: str) -> bool:
    """Whether a capture needs no conversion: its article is from these bytes and these rules, or a person's."""
    article = shelf.by_capture.get(capture)
    if article is None or article.provenance is None:
        return False
    same_bytes = article.provenance.sha256 == sha256
    return same_bytes and (article.edited or article.provenance.converter == CONVERTER)


def file_conversion(shelf: Shelf, capture: str, sha256: str, conversion: Conversion) -> tuple[Filing, Shelf]:
    """Decides where a conversion goes; gives the shelf as it is afterwards."""
    article = shelf.by_capture.get(capture)
    if article is None:
        return _new(shelf, capture, sha256, conversion)
    fields = replace(conversion.fields, slug=article.fields.slug)
    text = written_article(replace(conversion, fields=fields), capture, sha256)
    action = Action.WAITS_FOR_REVIEW if article.edited else Action.CONVERTED_AGAIN
    return Filing(capture, article.path, action, text), shelf


def _new(shelf: Shelf, capture: str, sha256: str, conversion: Conversion) -> tuple[Filing, Shelf]:
    path = _free_path(shelf, capture)
    fields = conversion.fields
    date = fields.date
    folder = f"{date.year:04d}/" if date and date.year is not None and date.year >= 0 else "undated/"
    prefix = len(folder)
    taken = {link[prefix:-1] for link in shelf.permalinks if link.startswith(folder)}
    fields = replace(fields, slug=free_slug(fields.slug or slug(fields.title), taken))
    text = written_article(replace(conversion, fields=fields), capture, sha256)
    after = replace(
        shelf,
        files=shelf.files | {path.casefold()},
        permalinks=shelf.permalinks | {f"{folder}{fields.slug}/"},
    )
    return Filing(capture, path, Action.NEW, text), after


def _free_path(shelf: Shelf, capture: str) -> str:
    """`content/` mirrors `seeds/`; where two captures differ only in their ending, the later one keeps its ending."""
    inner = capture.split("/", 1)[1] if "/" in capture else capture
    folder, name = posixpath.split(inner)
    stem, ending = posixpath.splitext(name)
    base = posixpath.join("content", *(part for part in (_folder(folder),) if part))
    for candidate in (stem, f"{stem}-{ending.lstrip('.')}", *(f"{stem}-{n}" for n in range(2, _SUFFIXES))):
        path = posixpath.join(base, _safe(candidate) + ".md")
        if path.casefold() not in shelf.files:
            return path
    raise ValueError(f"no free name for {capture}")


def _folder(folder: str) -> str:
    parts = [_safe(part) for part in folder.split("/") if part]
    # content/pages/ holds the keeper's own pages: a folder of captures of that name stands beside it.
    if parts and parts[0] == "pages":
        parts[0] = "pages-captured"
    return "/".join(parts)


def _safe(name: str) -> str:
    """A file name that any system takes: a capture's own where it is plain, a slug otherwise."""
    plain = all(ch.isalnum() and ch.isascii() or ch in "-_." for ch in name) and not name.startswith((".", "-"))
    return name if plain and 0 < len(name) <= 80 else slug(name)
