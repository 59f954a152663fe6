"""What front matter of a Markdown capture states, typed: the spellings of Hugo, Jekyll, Pelican, Zola and Obsidian.

A value that cannot be typed is kept as text in `extra`, never guessed at; so is every key that is not known here.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.conversion.dates import dated_line
from generator.model.articles import Access, Role, Source
from generator.model.dates import Edtf, edtf
from generator.model.slugs import slug

_TABLES = ("taxonomies", "extra", "params")
"""Tables of Zola and Hugo whose keys mean what they would mean at the top."""

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "subtitle": ("subtitle", "subhead", "subheadline", "deck", "dek", "standfirst", "tagline"),
    "authors": ("author", "authors", "byline", "by", "writer", "writers", "creator", "creators"),
    "date": (
        "date",
        "published",
        "pubdate",
        "publishdate",
        "publish_date",
        "date_published",
        "datepublished",
        "published_at",
        "created",
    ),
    "updated": (
        "updated",
        "lastmod",
        "last_modified_at",
        "last_modified",
        "modified",
        "date_updated",
        "updated_at",
        "date_modified",
    ),
    "language": ("language", "lang", "locale"),
    "tags": ("tags", "tag", "categories", "category", "keywords"),
    "summary": ("summary", "key_points"),
    "abstract": ("abstract", "description", "excerpt"),
    "sources": ("sources",),
    "slug": ("slug",),
    "aliases": ("aliases", "alias", "redirect_from", "permalink", "url", "path"),
    "rights": ("rights", "license", "licence", "copyright"),
    "image_credits": ("image_credits", "image_credit", "photo_credit", "photo_credits", "cover_credit"),
    "author_note": ("author_note", "author_bio"),
    "captured": (
        "captured",
        "date_captured",
        "captured_at",
        "captured_on",
        "saved",
        "date_saved",
        "saved_at",
        "saved_on",
        "archived",
        "archived_at",
        "clipped",
        "clipped_at",
        "retrieved",
        "retrieved_at",
        "accessed",
        "date_accessed",
        "accessed_at",
    ),
    "access": ("access",),
    "access_note": ("access_note",),
}
_OWN = frozenset((*_SPELLINGS, "author", "capture", "access_date"))
_MEANING = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}
_ORIGIN_NAMES = ("source", "publication", "publisher", "site", "site_name", "outlet", "newspaper")
_ORIGIN_ADDRESSES = ("original_url", "source_url", "canonical", "canonical_url", "link", "original", "url")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].{0,40})?$")


@dataclass(slots=True)
class Stated:
    """Typed values by field name, the front matter key each came from, and what stayed text."""

    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)


def stated_values(stated: Mapping[str, Any]) -> Stated:
    """Types the front matter of a Markdown capture; keys are compared without case."""
    result = Stated()
    flat = _flattened(stated)
    for key, value in sorted(flat, key=lambda item: _rank(item[0])):
        name = _MEANING.get(_plain(key))
        typed = _TYPES[name](value) if name else None
        if name and typed and name not in result.values:
            result.values[name], result.keys[name] = typed, key
        elif name in ("tags", "authors", "aliases") and typed and name in result.values:
            result.values[name] = tuple(dict.fromkeys(result.values[name] + typed))
        elif not _is_origin(key, value) and (text := as_text(value)):
            result.extra.append((key, text))
    order = {key: number for number, (key, _) in enumerate(flat)}
    result.extra = [(_free_key(key), text) for key, text in sorted(result.extra, key=lambda item: order[item[0]])]
    if any(_plain(key) == "layout" for key in stated):  # Jekyll: words between spaces
        for key in ("tags", "categories"):
            if isinstance(value := stated.get(key), str) and "," not in value:
                kept = tuple(tag for tag in result.values.get("tags", ()) if tag != as_text(value))
                result.values["tags"] = tuple(dict.fromkeys((*kept, *value.split())))
    origin = _origin(dict(flat))
    if origin:
        result.values["sources"] = (*result.values.get("sources", ()), origin)
        result.keys.setdefault("sources", "source")
    return result


def _rank(key: str) -> int:
    """Of two keys that mean the same, the one that says it best is heard first: `published` before `created`."""
    name = _MEANING.get(_plain(key))
    return _SPELLINGS[name].index(_plain(key)) if name else 0


def _free_key(key: str) -> str:
    """A key for a value that stays text: one of Pressmark's own would promise what the value is not."""
    return f"{key}_as_stated" if _plain(key) in _OWN else key


def _plain(key: str) -> str:
    return key.strip().casefold().replace("-", "_").replace(" ", "_")


def _flattened(stated: Mapping[str, Any]) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in stated.items():
        if _plain(key) in _TABLES and isinstance(value, Mapping):
            flat += value.items()
        else:
            flat.append((key, value))
    return flat


def as_text(value: Any) -> str:
    """A value of the front matter as one line of text."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(map(as_text, value))
    return json.dumps(value, ensure_ascii=False) if value else ""


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    texts = (as_text(item.get("name", "")) if isinstance(item, Mapping) else as_text(item) for item in items)
    return tuple(dict.fromkeys(text for text in texts if text))


def _people(value: Any) -> tuple[str, ...]:
    if not isinstance(value, str):
        return tuple(_WIKI_LINK.sub(r"\1", text) for text in _texts(value))
    text = re.sub(r"^by\s+", "", as_text(value), flags=re.I)
    text = _WIKI_LINK.sub(r"\1", text)
    parts = [part.strip() for part in re.split(r"\s*;\s*|\s+(?:and|und|et|y|&|та|и|και)\s+", text) if part.strip()]
    if len(parts) == 1 and text.count(",") == 1 and all(" " not in part.strip() for part in text.split(",")):
        last, first = text.split(",")
        return (f"{first.strip()} {last.strip()}",)
    return tuple(dict.fromkeys(name.strip() for part in parts for name in part.split(",") if name.strip()))


def _tags(value: Any) -> tuple[str, ...]:
    texts = _texts(value) if not isinstance(value, str) else tuple(part.strip() for part in value.split(","))
    return tuple(dict.fromkeys(text.lstrip("#").strip() for text in texts if text.lstrip("#").strip()))


def _date(value: Any) -> Edtf | None:
    text = as_text(value)
    if day := _DAY.match(text):
        text = f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
    try:
        return edtf(text)
    except ValueError:
        pass
    found = dated_line(text, "en") if re.search(r"[^\W\d_]{3,}", text) else None
    return found.date if found is not None and found.date.is_day and not found.rest.strip() else None


def _language(value: Any) -> str:
    found = re.fullmatch(
        r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:\.[\w-]+)?", as_text(value)
    )
    if not found:
        return ""
    parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
    return "-".join(part for part in parts if part)


def _addresses(value: Any) -> tuple[str, ...]:
    """Addresses on this site; what Obsidian calls aliases are other names, and stay text."""
    texts = _texts(value)
    return texts if texts and all(text.startswith("/") and not text.startswith("//") for text in texts) else ()


def _sources(value: Any) -> tuple[Source, ...]:
    sources = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            name, url = as_text(item.get("name", "")), as_text(item.get("url", ""))
            role = Role.ORIGIN if as_text(item.get("role", "")) == Role.ORIGIN else Role.CITED
            sources.append(Source(name or url, url, role))
        else:
            sources.append(Source(as_text(item)))
    return tuple(source for source in sources if source.name)


def _origin(values: Mapping[str, Any]) -> Source | None:
    """Where the piece was published, from whatever keys name it and its address."""
    plain = {_plain(key): value for key, value in values.items()}
    name = next(
        (as_text(plain[key]) for key in _ORIGIN_NAMES if isinstance(plain.get(key), str) and plain[key].strip()), ""
    )
    url = next((plain[key].strip() for key in _ORIGIN_ADDRESSES if _is_web_address(plain.get(key))), "")
    if _is_web_address(name):
        name, url = "", url or name
    if not name and not url:
        return None
    return Source(name or url.split("/")[2], url, Role.ORIGIN)


def _is_web_address(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"https?://[^\s/]\S*", value.strip()))


def _is_origin(key: str, value: Any) -> bool:
    plain = _plain(key)
    if plain in _ORIGIN_NAMES:
        return isinstance(value, str)
    return plain in _ORIGIN_ADDRESSES and _is_web_address(value)


def _access(value: Any) -> Access | None:
    text = as_text(value)
    return Access(text) if text in tuple(Access) else None


def _slug(value: Any) -> str:
    text = as_text(value)
    return slug(text.rsplit("/", 1)[-1]) if text else ""


_TYPES: dict[str, Callable[[Any], Any]] = {
    "title": as_text,
    "subtitle": as_text,
    "authors": _people,
    "date": _date,
    "updated": _date,
    "captured": _date,
    "language": _language,
    "tags": _tags,
    "summary": _texts,
    "abstract": as_text,
    "sources": _sources,
    "slug": _slug,
    "aliases": _addresses,
    "rights": as_text,
    "image_credits": as_text,
    "author_note": as_text,
    "access": _access,
    "access_note": as_text,
}
