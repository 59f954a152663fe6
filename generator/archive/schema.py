"""What front matter means: plain text values become typed fields, or a problem that names key, line and remedy.

A value that decides the identity, the address or the rights of an article (title, date, slug, access) must be
right for the article to be published; any other faulty value is reported and left out.
"""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.front_matter import FrontMatter
from generator.model.articles import Access, Fields, Provenance, Role, Source
from generator.model.dates import Edtf, edtf
from generator.model.slugs import LONGEST
from generator.problems import Problem

KEYS = (
    "title", "subtitle", "author", "authors", "date", "updated", "language", "sources", "tags", "summary",
    "image_credits", "author_note", "slug", "aliases", "access", "access_note", "access_date", "abstract",
    "rights", "capture",
)  # fmt: skip
DECISIVE = frozenset({"title", "date", "slug", "access"})
LONGEST_NAME = 200
"""Bytes of one part of an address: file systems end at 255, and a file being written has a longer name."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{4,8})*")
_SLUG = re.compile(rf"[a-z0-9](?:[a-z0-9-]{{0,{LONGEST + 18}}}[a-z0-9])?")
_ALIAS = re.compile(r"/?[^\s?#\\:*\"<>|\x00-\x1f]+")


@dataclass(slots=True)
class _Reading:
    """One file's front matter while it is read; collects problems."""

    path: str
    front: FrontMatter
    problems: list[Problem] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)

    def complain(self, key: str, message: str, hint: str, place: str = "") -> None:
        line = self.front.lines.get(place or key, self.front.lines.get(key, 1))
        self.problems.append(Problem(self.path, f"{key}: {message}", hint, line))
        self.faulty.add(key)

    def text(self, key: str) -> str:
        value = self.front.values.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.complain(key, "is not a text", f'write it as {key}: "…"')
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts; a mapping with a `name` counts as that name."""
        value = self.front.values.get(key, "")
        items = value if isinstance(value, list) else [value]
        found: list[str] = []
        for index, item in enumerate(items):
            name = item.get("name") if isinstance(item, dict) else item
            if not isinstance(name, str):
                self.complain(key, "an entry is not a text", f'write it as {key}: ["…", "…"]', f"{key}.{index}")
            elif name.strip() and name.strip() not in found:
                found.append(name.strip())
        return tuple(found)

    def date(self, key: str) -> Edtf | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return edtf(_day_of(text))
        except ValueError:
            self.complain(key, f'"{text}" is not a date', "write it as 2022-05-21 or leave it out")
            return None


def read_fields(path: str, front: FrontMatter) -> tuple[Fields | None, Provenance | None, tuple[Problem, ...]]:
    """Types the front matter of the article `path`; no Fields when it must not be published as it is."""
    reading = _Reading(path, front)
    _refuse_misspelt(reading)
    authors = reading.texts("author") + tuple(name for name in reading.texts("authors") if name)
    fields = Fields(
        title=" ".join(reading.text("title").split()),
        subtitle=reading.text("subtitle"),
        authors=tuple(dict.fromkeys(authors)),
        date=reading.date("date"),
        updated=reading.date("updated"),
        language=_checked(reading, "language", _LANGUAGE, "is not a language tag", "write it as en, de or zh-Hant"),
        sources=_sources(reading),
        tags=reading.texts("tags"),
        summary=reading.texts("summary"),
        image_credits=reading.text("image_credits"),
        author_note=reading.text("author_note"),
        slug=_checked(reading, "slug", _SLUG, "is not a slug", "use only a-z, 0-9 and hyphens, such as night-ferry"),
        aliases=_aliases(reading),
        access=_access(reading),
        access_note=reading.text("access_note"),
        access_date=reading.date("access_date"),
        abstract=reading.text("abstract"),
        rights=reading.text("rights"),
        extra=tuple((key, _shown(value)) for key, value in front.values.items() if key not in KEYS),
    )
    if not fields.title and "title" not in reading.faulty:
        reading.complain("title", "is missing", 'give the article a line title: "…"')
    provenance = _provenance(reading)
    publishable = not (reading.faulty & DECISIVE)
    return (fields if publishable else None), provenance, tuple(reading.problems)


def _day_of(text: str) -> str:
    """The day of a date with a time of day, which other generators write with a space or a T."""
    return re.sub(r"^(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d.*$", r"\1", text)


def _checked(reading: _Reading, key: str, pattern: re.Pattern[str], message: str, hint: str) -> str:
    text = reading.text(key)
    if text and not pattern.fullmatch(text):
        reading.complain(key, f'"{text}" {message}', hint)
        return ""
    return text


def _access(reading: _Reading) -> Access:
    text = reading.text("access") or Access.OPEN.value
    try:
        return Access(text)
    except ValueError:
        reading.complain("access", f'"{text}" is not known', "write open, record or withdrawn")
        return Access.WITHDRAWN


def _aliases(reading: _Reading) -> tuple[str, ...]:
    found = []
    for index, alias in enumerate(reading.texts("aliases")):
        parts = alias.strip("/").split("/")
        if not _ALIAS.fullmatch(alias) or any(
            part in ("", ".", "..") or len(part.encode()) > LONGEST_NAME for part in parts
        ):
            hint = "write the old path on this site, such as /2019/old-address/"
            reading.complain("aliases", f'"{alias}" is not a path of this site', hint, f"aliases.{index}")
        else:
            found.append("/".join(parts) + ("" if "." in parts[-1] else "/"))
    return tuple(found)


def _sources(reading: _Reading) -> tuple[Source, ...]:
    value = reading.front.values.get("sources", "")
    found: list[Source] = []
    for index, item in enumerate(value if isinstance(value, list) else [value] if value else []):
        place = f"sources.{index}"
        if isinstance(item, str):
            item = {"name": item}  # noqa: PLW2901 - the short form means the same
        name, url, role = (item.get(key, "") if isinstance(item, dict) else None for key in ("name", "url", "role"))
        if not isinstance(name, str) or not isinstance(url, str) or not isinstance(role, str) or not (name or url):
            hint = 'write it as {name: "…", url: "https://…", role: cited}'
            reading.complain("sources", "an entry has no name", hint, place)
        elif role not in ("", *Role):
            reading.complain("sources", f'role "{role}" is not known', "write cited or origin", place)
        elif url and not re.match(r"https?://[^\s]+$", url):
            reading.complain("sources", f'"{url}" is not a web address', "write it as https://…", place)
        else:
            found.append(Source(name.strip() or url, url, Role(role or Role.CITED)))
    return tuple(found)


def _provenance(reading: _Reading) -> Provenance | None:
    value = reading.front.values.get("capture", "")
    if isinstance(value, str):
        return Provenance(value) if value else None
    if not isinstance(value, dict):
        reading.complain("capture", "is not a mapping", "restore what the converter wrote, or leave it out")
        return None

    def text(key: str) -> str:
        inner = value.get(key, "")
        return inner if isinstance(inner, str) else ""

    read = value.get("read", {})
    pairs = tuple((key, _shown(reason)) for key, reason in read.items()) if isinstance(read, dict) else ()
    return Provenance(
        text("file"), text("sha256"), text("converter"), pairs, text("body_sha256"), text("fields_sha256"),
        _capture_date(reading, text("date")), text("decisions"),
    )  # fmt: skip


def _capture_date(reading: _Reading, text: str) -> Edtf | None:
    if not text:
        return None
    try:
        return edtf(_day_of(text))
    except ValueError:
        reading.complain("capture", f'"{text}" is not a date', "write it as 2022-05-21 or leave it out", "capture.date")
        return None


def _refuse_misspelt(reading: _Reading) -> None:
    """Refuses an unknown key that looks like a misspelt known one; plurals such as `tag` count as misspelt too."""
    for key in reading.front.values:
        if key in KEYS or key.lower() != key:
            continue
        close = difflib.get_close_matches(key, KEYS, 1, 0.8)
        if close and close[0] not in reading.front.values and close[0] != "capture":
            reading.complain(
                close[0], f"{key} looks like a misspelt {close[0]}", f"write {close[0]}, or rename the key", key
            )


def _shown(value: Any) -> str:
    show: Callable[[Any], str] = _shown
    if isinstance(value, list):
        return ", ".join(show(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {show(item)}" for key, item in value.items())
    return str(value)
