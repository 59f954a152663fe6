"""Every link, fragment and image of a built site must lead somewhere: a look at the files, as a browser would go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.problems import Problem

_ADDRESSES = {
    "a": ("href",),
    "link": ("href",),
    "img": ("src",),
    "script": ("src",),
    "form": ("action",),
    "source": ("src",),
}
_FOREIGN_LOADS = {"img", "script", "source", "iframe", "object", "embed", "audio", "video"}


@dataclass(slots=True)
class _Document:
    """What one HTML file says of itself: its ids, the addresses it uses, each with line and element."""

    ids: set[str] = field(default_factory=set)
    twice: list[tuple[str, int]] = field(default_factory=list)
    addresses: list[tuple[str, int, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = _Document()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if anchor := values.get("id"):
            if anchor in self.document.ids:
                self.document.twice.append((anchor, line))
            self.document.ids.add(anchor)
        for name in _ADDRESSES.get(tag, ()):
            if name in values:
                self.document.addresses.append((values[name], line, tag))


def check_links(site: Path, base_path: str) -> Iterator[Problem]:
    """The problems of all HTML files of a site, in order of path and line; `base_path` is where the site is mounted."""
    documents = {
        file.relative_to(site).as_posix(): _read(file)
        for file in sorted(site.rglob("*.html"))
        if "search/index" not in file.relative_to(site).as_posix()
    }
    for path, document in documents.items():
        for anchor, line in document.twice:
            yield Problem(path, f'the id "{anchor}" stands twice', "give one of the two elements another id", line)
        for address, line, tag in document.addresses:
            message = _complaint(_Place(site, base_path, path), documents, address, tag)
            if message:
                yield Problem(path, message, "mend it in the article or template it comes from", line)


def _read(file: Path) -> _Document:
    reader = _Reader()
    reader.feed(file.read_text("utf-8", "replace"))
    reader.close()
    return reader.document


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an address stands: on the page `path` of a site that is mounted at `base_path`."""

    site: Path
    base_path: str
    path: str


def _complaint(place: _Place, documents: dict[str, _Document], address: str, tag: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return f'"{address}" is not an address'
    if parts.scheme or parts.netloc:
        return f'"{address}" is loaded from another host' if tag in _FOREIGN_LOADS and parts.netloc else ""
    target = place.path if not parts.path else _target(place.base_path, place.path, unquote(parts.path))
    if target is None:
        return f'"{address}" leads out of the site'
    if target.endswith("/") or target == "" or (place.site / target).is_dir():
        target = (target.rstrip("/") + "/index.html").lstrip("/")
    if target not in documents and not (place.site / target).is_file():
        return f'"{address}" leads nowhere'
    fragment = unquote(parts.fragment)
    if fragment and target in documents and fragment not in documents[target].ids:
        return f'"{address}": {target} has no place "{fragment}"'
    return ""


def _target(base_path: str, path: str, address: str) -> str | None:
    """The path on the site that an address on a page means; none when it leaves the site."""
    if address.startswith("/"):
        return address.removeprefix(base_path) if address.startswith(base_path) else None
    folder = path.rpartition("/")[0].split("/") if "/" in path else []
    for part in re.split(r"/", address):
        if part == "..":
            if not folder or folder == [""]:
                return None
            folder = folder[:-1]
        elif part not in ("", "."):
            folder = [*folder, part]
    joined = "/".join(part for part in folder if part)
    return joined + "/" if address.endswith(("/", "/.", "..")) or address in (".", "./") else joined
