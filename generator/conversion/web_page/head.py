"""What a page says about itself outside of its text: meta elements, links, the root's language, marks of a saver.

Values are as written, stripped, with the line they stand on. Nothing here judges them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from generator.conversion.web_page.blocks import collapsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 2_000
"""Characters of a value that are read."""

_SAVED_WITH = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})(?:\s+saved date:\s*([^\n]{1,100}))?", re.I
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{4}\)(\S{1,2000})\s*-->", re.I)
_WAYBACK = re.compile(r"FILE ARCHIVED ON \d\d:\d\d:\d\d (\w{3,9} \d{1,2}, \d{4})")
_WARC_DATE = re.compile(r"^WARC-Date:\s{1,9}(\d{4}-\d\d-\d\d(?:T[\d:.]{1,20}Z)?)\s*$", re.M)
_BEGINNING = 20_000


@dataclass(frozen=True, slots=True)
class Value:
    """A value as the page states it, the place in words, and its line."""

    text: str
    place: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The page's statements about itself.

    `metas` maps names and properties, in lower case, to their values; `title` is the title element's text; `url` is
    the page's own address (canonical, og:url, or what the saver noted) and `base` what relative links start from.
    """

    metas: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    title: str = ""
    title_line: int = 0
    language: str = ""
    url: str = ""
    url_place: str = ""
    base: str = ""
    saved: str = ""
    saved_place: str = ""

    def first(self, *names: str) -> Value | None:
        """The first value of the first of these names that has one."""
        return next((value for name in names for value in self.metas.get(name, ()) if value.text), None)

    def all(self, *names: str) -> tuple[Value, ...]:
        """All values of these names, in the order of the names."""
        return tuple(value for name in names for value in self.metas.get(name, ()) if value.text)


def web_address(text: str, base: str = "") -> str:
    """An absolute http or https address, resolved against `base`; empty for anything else."""
    text = re.sub(r"[\x00-\x20\x7f]+", "", text[:LONGEST]) if text else ""
    try:
        resolved = urljoin(base, text) if base else text
        parts = urlsplit(resolved)
        is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return resolved if is_web else ""


def head_of(root: "HtmlElement", text: str) -> Head:
    """Reads the page's statements; `text` is the whole file, for the comment that a saver leaves at its top."""
    metas: dict[str, list[Value]] = {}
    for element in root.iter("meta"):
        content = collapsed((element.get("content") or element.get("value") or "")[:LONGEST])
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = element.get(attribute, "").strip().lower()
            if name:
                place = f"meta {name}"
                metas.setdefault(name[:100], []).append(Value(content, place, element.sourceline or 0))
    title = next((e for e in root.iter("title") if not _is_in_picture(e)), None)
    saved = _SAVED_WITH.search(text[:_BEGINNING])
    saved_from = _SAVED_FROM.search(text[:_BEGINNING])
    stated = [
        ("link canonical", _link(root, "canonical")),
        ("og:url", next((value.text for value in metas.get("og:url", ())), "")),
        ("the comment that SingleFile left", saved[1] if saved else ""),
        ("the comment that the browser left", saved_from[1] if saved_from else ""),
    ]
    url, place = _first_address(stated)
    base_element = next(root.iter("base"), None)
    base = web_address(base_element.get("href", ""), url) if base_element is not None else ""
    return Head(
        {name: tuple(values) for name, values in metas.items()},
        collapsed(title.text_content()[:LONGEST]) if title is not None else "",
        (title.sourceline or 0) if title is not None else 0,
        (
            root.get("lang") or root.get("xml:lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        ).strip(),
        url,
        place,
        base or url,
        *_saved(root, text, saved[2] if saved else ""),
    )


def _saved(root: "HtmlElement", text: str, single_file: str | None) -> tuple[str, str]:
    """When the page was saved, as its saver noted, and where that stands."""
    if single_file:
        return single_file.strip(), "the comment that SingleFile left"
    if archived := _WAYBACK.search(text[:_BEGINNING]) or _WAYBACK.search(text[-_BEGINNING:]):
        return archived[1].strip(), "the comment that the Wayback Machine left"
    if stamped := _WARC_DATE.search(text[:_BEGINNING]):
        return stamped[1], "the header WARC-Date"
    metas: dict[str, HtmlElement] = {}
    for element in root.iter("meta"):
        metas.setdefault(element.get("name", element.get("http-equiv", "")).strip().lower(), element)
    for name in ("savepage-date", "archived-date", "singlefile-date", "memento-datetime"):
        if name in metas:
            return str(metas[name].get("content", ""))[:100].strip(), f"meta {name}"
    return "", ""


def _is_in_picture(element: "HtmlElement") -> bool:
    return any(around.tag == "svg" for around in element.iterancestors())


def _link(root: "HtmlElement", relation: str) -> str:
    for element in root.iter("link"):
        if relation in element.get("rel", "").lower().split():
            return str(element.get("href", ""))
    return ""


def _first_address(stated: Iterable[tuple[str, str]]) -> tuple[str, str]:
    for place, text in stated:
        if address := web_address(text):
            return address, place
    return "", ""
