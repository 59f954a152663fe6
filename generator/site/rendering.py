"""Pages become bytes: a template or a writer for each, given frozen values and a way to read an article's text.

The text of an article passes through here and is not kept.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator import __version__
from generator.front_matter import quoted
from generator.locale import texts
from generator.model.catalogue import Holding
from generator.model.pages import Page
from generator.plain_files import read_plain
from generator.problems import Problem, Refusal
from generator.settings import Settings
from generator.site import data, words
from generator.site.articles import shown_values
from generator.site.coins import coins
from generator.site.feeds import FeedEntry, json_feed, json_item
from generator.site.once import HERE
from generator.site.rolls import FORMS, whole
from generator.site.templates import Templates
from generator.site.theme import custom_properties
from generator.site.views import HeldLink, Text

ReadText = Callable[[str], str]
"""Gives the Markdown text of a content file (path below the root), without its front matter."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What every template gets as `page`: `address` is the path on the site, `url` the whole one, if it is known."""

    path: str
    address: str
    title: str
    url: str
    language: str
    direction: str


class Renderer:
    """Renders the pages of one site."""

    def __init__(self, root: Path, settings: Settings, templates: Templates, read_text: ReadText) -> None:
        self.root = root
        self.settings = settings
        self.templates = templates
        self.read_text = read_text
        logo = settings.theme.logo
        self.logo = "media/" + logo.removeprefix("content/") if logo and (root / logo).is_file() else ""
        self._texts: OrderedDict[tuple[str, tuple[HeldLink, ...], str], Text] = OrderedDict()
        self._texts_size = 0
        self._full: dict[str, str] = {}
        self._items: OrderedDict[FeedEntry, str] = OrderedDict()
        self._pieces: dict[tuple[str, str, str], str] = {}
        self.everywhere = self._of_every_page()
        templates.begin(settings.language, self.everywhere)

    def render(self, page: Page) -> bytes:
        """The bytes of a page; raises Refusal with the problem when they cannot be made."""
        writer = WRITERS.get(page.maker)
        if writer is not None:
            return writer(self, page)
        try:
            return without_controls(self._from_template(page).encode("utf-8", "replace"))
        except Refusal:
            raise
        except Exception as error:  # a template is a keeper's program: whatever it raises is a problem to report
            raise Refusal(self.templates.problem(error, page.maker)) from error

    def _from_template(self, page: Page) -> str:
        return self.templates.environment.get_template(page.maker).render(self.values(page))

    def values(self, page: Page) -> dict[str, Any]:
        """All that a template gets: what was planned, what is read only now, and what every page has."""
        values = page.values
        return {**values, **self._prepared(page, values), **self._globals(page, values)}

    def _prepared(self, page: Page, values: Mapping[str, Any]) -> dict[str, Any]:
        """What follows from an article, or is read only now: its text, or that of a keeper's page or a feed."""
        holding, keeper_page, feed = (values.get(key) for key in ("holding", "keeper_page", "feed"))
        if isinstance(holding, Holding):
            article = holding.article
            captured = words.date_iso(article.provenance.date) if article.provenance else ""
            text = self.text(article.path, article.sha256, values["links"], captured) if article.is_open else None
            return shown_values(holding, text, self.settings) | self._body(text, page)
        if keeper_page is not None:
            return self._body(self.text(keeper_page.source, keeper_page.sha256, values["links"]), page)
        return {"full_text": self.full_text} if feed is not None else {}

    def text(self, source: str, sha256: str, links: tuple[HeldLink, ...], captured: str = "") -> Text:
        """The text of a content file as HTML; many are kept, for feeds want them again. `sha256` is the file's."""
        key = (source, links, captured)
        if key not in self._texts:
            try:
                text = self.rendered(source, sha256, links, captured)
            except RecursionError:
                hint = "flatten its lists or quotations"
                raise Refusal(Problem(source, "is nested too deeply to be shown", hint)) from None
            self._texts_size += len(text.html)
            while self._texts and self._texts_size > _TEXTS_KEPT:
                self._texts_size -= len(self._texts.popitem(last=False)[1].html)
            self._texts[key] = text
        return self._texts[key]

    def rendered(self, source: str, sha256: str, links: tuple[HeldLink, ...], captured: str) -> Text:  # noqa: ARG002
        """The text of a content file as HTML, rendered now; `sha256` is what the plan knows of the file."""
        from generator.site.markdown import render_text  # lists alone are made without it

        return render_text(self.read_text(source), links, captured)

    def roll(self, page: Page) -> bytes:
        """A file that states every one of some holdings."""
        return whole(FORMS[page.maker], page.values["holdings"], self.settings, self.piece_of(page.maker))

    def piece_of(self, maker: str) -> Callable[[Holding], str]:
        """What a file of pieces says of an article; it is written once, for an article stands in many such files."""

        def piece(holding: Holding) -> str:
            written = self._pieces.get((maker, holding.path, holding.source))
            if written is None:
                written = self._pieces[maker, holding.path, holding.source] = FORMS[maker].piece(holding, self.settings)
            return written

        return piece

    def _body(self, text: Text | None, page: Page) -> dict[str, Any]:
        if text is None:
            return {"body": Markup(), "headings": ()}
        html = text.seen_from("../" * page.path.count("/") or "./")
        return {"body": Markup(html), "headings": text.headings}

    def feed_item(self, entry: FeedEntry) -> str:
        """An entry of a JSON feed; it is written once, for an article stands in many feeds."""
        item = self._items.get(entry)
        if item is None:
            while len(self._items) >= _ITEMS_KEPT:
                self._items.popitem(last=False)
            item = self._items[entry] = json_item(entry, self.settings, self.full_text(entry))
        return item

    def full_text(self, entry: FeedEntry) -> str:
        """The HTML of the text of a feed's entry, all its addresses whole; empty where it is withheld."""
        if not entry.source:
            return ""
        if entry.source not in self._full:  # a feed has two forms, which are made one after the other
            while len(self._full) >= _FULL_TEXTS_KEPT:
                del self._full[next(iter(self._full))]
            self._full[entry.source] = self._made_whole(entry)
        return self._full[entry.source]

    def _made_whole(self, entry: FeedEntry) -> str:
        try:
            text = self.text(entry.source, entry.sha256, entry.links, entry.captured)
        except Refusal:  # the article's own page reports it; the feed does without its text
            return ""
        html = text.seen_from(self.settings.address)
        html = _ANCHOR.sub("", html) if 'class="anchor"' in html else html
        return html.replace('href="#', f'href="{self.settings.address}{entry.card.path}#')

    def _globals(self, page: Page, values: Mapping[str, Any]) -> dict[str, Any]:
        # The 404 page is shown at any depth, so its links are absolute.
        above = self.settings.base_path if page.path == "404.html" else "../" * page.path.count("/")
        self.templates.environment.above = above
        language = self._language(values)
        return {
            "page": PageFacts(
                page.path, page.address, self._title(page, values), self._url(page), language, words.direction(language)
            ),
        }

    def _of_every_page(self) -> dict[str, Any]:
        """What is the same on all pages, or asks which page is being made."""
        return {
            "archive": self.settings,
            "link": self._link,
            "absolute": lambda path: self.settings.address + path,
            "date_words": words.date_words,
            "date_iso": words.date_iso,
            "language_name": words.language_name,
            "direction_of": words.direction,
            "native_name": words.native_name,
            "number": lambda value: words.number(value, self.settings.language),
            "coins": lambda card: coins(card, self.settings),
            "logo": self.logo,
            "version": __version__,
        }

    def _language(self, values: Mapping[str, Any]) -> str:
        holding, keeper_page = values.get("holding"), values.get("keeper_page")
        if isinstance(holding, Holding):
            return holding.article.fields.language or self.settings.language
        return (keeper_page.language if keeper_page else "") or self.settings.language

    def _title(self, page: Page, values: Mapping[str, Any]) -> str:
        holding, listing, index = (values.get(key) for key in ("holding", "listing", "index"))
        if isinstance(holding, Holding):
            return holding.article.fields.title
        if listing is not None:
            return str(listing.name)
        if index is not None:
            return words.index_name(index.kind, self.settings.language)
        say = texts(self.settings.language).gettext
        titles = {
            "index.html": self.settings.name,
            "search/index.html": say("Search"),
            "404.html": say("There is no page at this address"),
        }
        return str(values.get("title", "")) or titles.get(page.path, self.settings.name)

    def _url(self, page: Page) -> str:
        return self.settings.base_url + page.address if self.settings.base_url else ""

    def _link(self, path: str) -> str:
        """The address of a site path from the page that is being made."""
        if path.startswith(("http://", "https://", "mailto:", "#")):
            return path
        above = self.templates.environment.above
        return above + (path.lstrip("/") or ("./" if above in ("", HERE) else ""))


_TEXTS_KEPT = 16_000_000
"""Characters of HTML, in each process."""
_FULL_TEXTS_KEPT = 64
_ITEMS_KEPT = 3000
_ANCHOR = re.compile(r' <a (?=[^<>]*class="anchor")[^<>]*></a>')
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_CONTROL_BYTES = bytes({*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F})


def without_controls(data: bytes) -> bytes:
    """A page without the control characters that HTML and XML forbid; each becomes a replacement character."""
    if not _is_suspect(data) and len(data.translate(None, _CONTROL_BYTES)) == len(data):
        return data
    return _CONTROLS.sub("\ufffd", data.decode("utf-8")).encode()


def _is_suspect(data: bytes) -> bool:
    """Whether UTF-8 may hold a C1 control (C2 80 to C2 9F) or a noncharacter (EF B7, EF BF): looked for sign by sign,
    for a middle dot (C2 B7) stands on every page."""
    place = data.find(b"\xc2")
    while place >= 0:
        if data[place + 1] < 0xA0:
            return True
        place = data.find(b"\xc2", place + 1)
    return b"\xef" in data and (b"\xef\xb7" in data or b"\xef\xbf" in data)


def _markdown(renderer: Renderer, page: Page) -> bytes:
    """The article as Markdown with the front matter that belongs to readers; without its text when withheld."""
    holding: Holding = page.values["holding"]
    fields = holding.article.fields
    lines = [f"title: {quoted(fields.title)}"]
    for key, values in (("author", fields.authors), ("tags", fields.tags)):
        if values:
            lines.append(f"{key}: [{', '.join(quoted(value) for value in values)}]")
    lines += [
        f"{key}: {value}"
        for key, value in (("date", fields.date), ("updated", fields.updated), ("language", fields.language))
        if value
    ]
    if fields.sources:
        lines.append("sources:")
    for source in fields.sources:
        url = f", url: {quoted(source.url)}" if source.url else ""
        lines.append(f"  - {{name: {quoted(source.name)}{url}, role: {source.role.value}}}")
    if fields.summary:
        lines += ["summary:", *(f"  - {quoted(point)}" for point in fields.summary)]
    for key in ("subtitle", "image_credits", "author_note", "abstract", "access_note", "rights"):
        if value := getattr(fields, key):
            lines.append(f"{key}: {quoted(value)}")
    if not holding.article.is_open:
        lines.append(f"access: {fields.access.value}")
    if renderer.settings.base_url:
        lines.append(f"archived_at: {renderer.settings.base_url}{holding.path}")
    header = "---\n" + "\n".join(lines) + "\n---\n"
    body = renderer.read_text(holding.article.path).strip("\n") if holding.article.is_open else ""
    return (header + (f"\n{body}\n" if body else "")).encode()


def _citation(roll: str) -> Callable[[Renderer, Page], bytes]:
    """How to cite one article: a roll of that one."""

    def write(renderer: Renderer, page: Page) -> bytes:
        return whole(FORMS[roll], (page.values["holding"],), renderer.settings, renderer.piece_of(roll))

    return write


def _roll(renderer: Renderer, page: Page) -> bytes:
    """What is said of many articles at once; of a withheld one nothing of its text."""
    return renderer.roll(page)


def _by_original_url(renderer: Renderer, page: Page) -> bytes:
    return data.by_original_url(page.values["holdings"], renderer.settings).encode("utf-8", "replace")


def _json_feed(renderer: Renderer, page: Page) -> bytes:
    feed = page.values["feed"]
    return json_feed(feed, renderer.settings, map(renderer.feed_item, feed.entries)).encode("utf-8", "replace")


def _stylesheet(renderer: Renderer, page: Page) -> bytes:
    """The stylesheet with the keeper's own colours after it."""
    return _file(Path(page.values["file"]), page.claimant) + custom_properties(renderer.settings.theme).encode()


def _copy(_: Renderer, page: Page) -> bytes:
    return _file(Path(page.values["file"]), page.claimant)


def _picture(renderer: Renderer, page: Page) -> bytes:
    return _file(renderer.root / page.values["picture"].source, page.claimant)


def _file(path: Path, claimant: str) -> bytes:
    try:
        return read_plain(path)
    except OSError as error:
        raise Refusal(
            Problem(claimant, f"cannot be read: {error.strerror}", "check that it exists and may be read")
        ) from None


WRITERS: dict[str, Callable[[Renderer, Page], bytes]] = {
    "markdown": _markdown,
    "bibtex": _citation("bibtex_roll"),
    "ris": _citation("ris_roll"),
    "csl": _citation("csl_roll"),
    **dict.fromkeys(FORMS, _roll),
    "by-original-url.json": _by_original_url,
    "json_feed": _json_feed,
    "stylesheet": _stylesheet,
    "copy": _copy,
    "picture": _picture,
}
