"""Where a conversion is filed: under which name in `content/`, and whether it may be written at all.

A file that a person has edited is never overwritten. An article keeps its file and its slug however often it is
converted again; a person may rename the file, for `capture.file` says which capture it came from.
"""

import itertools
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from generator.archive.writing import written_article
from generator.model.articles import CONVERTER, Article, Conversion, Provenance
from generator.model.catalogue import permalink
from generator.model.slugs import is_reserved, slug

_MONTH = re.compile(r"0[1-9]|1[0-2]")
_NONE: Mapping[str, str] = MappingProxyType({})


class Action(StrEnum):
    """What becomes of a capture's conversion."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CONVERTED_AGAIN = "converted again"
    WAITS_FOR_REVIEW = "waits for review"


@dataclass(frozen=True, slots=True)
class Filing:
    """A conversion ready to be written: `path` below the root, the file's whole `text`, and what it means.

    `replaces` is the SHA-256 of the article that stood there when this was decided; empty where there was none.
    """

    capture: str
    path: str
    action: Action
    text: str
    replaces: str = ""


@dataclass(slots=True)
class Shelf:
    """What stands in `content/` while captures are filed: it learns every name and address that is given away.

    `by_capture` maps captures to their articles; `unreadable` holds captures whose article cannot be read, `nameless`
    the files that cannot be read and do not say either which capture they are from; `files` and `nameless` are paths in
    lower case; `slugs` maps the folders of permalinks (`2022/`) to the slugs taken there.
    """

    by_capture: dict[str, Article]
    unreadable: frozenset[str]
    nameless: frozenset[str]
    files: set[str]
    slugs: defaultdict[str, set[str]]
    numbers: dict[str, int] = field(default_factory=dict)

    def free_path(self, candidates: Iterable[str]) -> str:
        """Takes the first of these paths that nobody has."""
        path = next(path for path in candidates if path.casefold() not in self.files)
        self.files.add(path.casefold())
        return path

    def free_slug(self, folder: str, wanted: str) -> str:
        """Takes `wanted` in a folder of permalinks, or the first of `wanted-2`, `wanted-3`, … that nobody has."""
        taken = self.slugs[folder]
        free = wanted
        if free in taken or _MONTH.fullmatch(wanted):  # `2022/05/` is the list of a month
            free = next(free for free in self._numbered(folder + wanted, wanted) if free not in taken)
        taken.add(free)
        return free

    def numbered_paths(self, stem: str) -> Iterator[str]:
        """The paths `stem-2.md`, `stem-3.md` and so on, from the first that was not yet tried."""
        return (f"{path}.md" for path in self._numbered(stem, stem))

    def _numbered(self, key: str, wanted: str) -> Iterator[str]:
        # Thousands of captures may have one name: none starts counting anew.
        for number in itertools.count(self.numbers.get(key, 2)):
            self.numbers[key] = number + 1
            yield f"{wanted}-{number}"


def shelf(articles: Iterable[Article], files: Iterable[str], unreadable: Mapping[str, str] = _NONE) -> Shelf:
    """The state of `content/`; of two articles from one capture the first by path counts as its conversion.

    `unreadable` maps files that cannot be read to the captures they name, or to nothing.
    """
    held = sorted(articles, key=lambda article: article.path)
    by_capture: dict[str, Article] = {}
    slugs: defaultdict[str, set[str]] = defaultdict(set)
    for article in held:
        if article.provenance and article.provenance.file:
            by_capture.setdefault(article.provenance.file, article)
        folder, _, name = permalink(article).rstrip("/").rpartition("/")
        slugs[folder + "/"].add(name)
    named = frozenset(filter(None, unreadable.values()))
    nameless = frozenset(path.casefold() for path, capture in unreadable.items() if not capture)
    return Shelf(by_capture, named, nameless, {name.casefold() for name in files}, slugs)


def is_settled(shelf: Shelf, capture: str, sha256: str, decisions: str = "") -> bool:
    """Whether a capture needs no conversion: its article is from these bytes, rules and decisions, or a person's."""
    article = shelf.by_capture.get(capture)
    if article is None or article.provenance is None:
        # A person has to mend that article first. One that is cut short is known by the name that the capture gave it.
        usual = itertools.islice(_paths(shelf, capture), 2)
        return capture in shelf.unreadable or any(path.casefold() in shelf.nameless for path in usual)
    same_bytes = article.provenance.sha256 == sha256
    return same_bytes and (article.edited or _is_from(article.provenance, decisions))


def _is_from(provenance: Provenance, decisions: str) -> bool:
    return provenance.converter == CONVERTER and provenance.decisions == decisions


def file_conversion(shelf: Shelf, capture: str, sha256: str, conversion: Conversion) -> Filing:
    """Decides where a conversion goes; the shelf then holds its name and address."""
    article = shelf.by_capture.get(capture)
    if article is None:
        return _new(shelf, capture, sha256, conversion)
    fields = replace(conversion.fields, slug=article.fields.slug)
    text = written_article(replace(conversion, fields=fields), capture, sha256)
    action = Action.WAITS_FOR_REVIEW if article.edited else Action.CONVERTED_AGAIN
    return Filing(capture, article.path, action, text, article.sha256)


def _new(shelf: Shelf, capture: str, sha256: str, conversion: Conversion) -> Filing:
    fields = conversion.fields
    date = fields.date
    folder = f"{date.year:04d}/" if date and date.year is not None and 0 <= date.year <= 9999 else "undated/"
    fields = replace(fields, slug=shelf.free_slug(folder, fields.slug or slug(fields.title)))
    text = written_article(replace(conversion, fields=fields), capture, sha256)
    return Filing(capture, shelf.free_path(_paths(shelf, capture)), Action.NEW, text)


def _paths(shelf: Shelf, capture: str) -> Iterator[str]:
    """`content/` mirrors `seeds/`; where two captures differ only in their ending, the later one keeps its ending."""
    inner = capture.split("/", 1)[1] if "/" in capture else capture
    folder, name = posixpath.split(inner)
    stem, ending = posixpath.splitext(name)
    base = posixpath.join("content", *(part for part in (_folder(folder),) if part))
    yield posixpath.join(base, _safe(stem) + ".md")
    yield posixpath.join(base, _safe(stem + ending.replace(".", "-")) + ".md")
    yield from shelf.numbered_paths(posixpath.join(base, _safe(stem)[:70]))


def _folder(folder: str) -> str:
    parts = [_safe(part) for part in folder.split("/") if part]
    # content/pages/ holds the keeper's own pages: a folder of captures of that name stands beside it.
    if parts and parts[0] == "pages":
        parts[0] = "pages-captured"
    return "/".join(parts)


def _safe(name: str) -> str:
    """A file name that any system takes: a capture's own where it is plain, a slug otherwise."""
    plain = all((ch.isalnum() and ch.isascii()) or ch in "-_." for ch in name) and not name.startswith((".", "-"))
    return name if plain and 0 < len(name) <= 80 and not is_reserved(name) else slug(name)
