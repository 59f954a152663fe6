"""Pages become bytes: a template or a writer for each, given frozen values and a way to read an article's text.

The text of an article passes through here and is not kept.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator import __version__
from generator.front_matter import quoted
from generator.model.catalogue import Holding
from generator.model.pages import Page
from generator.problems import Problem, Refusal
from generator.settings import Settings
from generator.site import citations, words
from generator.site.markdown import is_outside, render_markdown
from generator.site.metadata import json_ld
from generator.site.templates import Templates
from generator.site.views import Heading

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
    """Renders the pages of one site; `media` maps the image files of the archive to their paths on the site."""

    def __init__(self, root: Path, settings: Settings, templates: Templates, media: dict[str, str], read_text: ReadText) -> None:
        self.root = root
        self.settings = settings
        self.templates = templates
        self.media = media
        self.read_text = read_text

    def render(self, page: Page) -> bytes:
        """The bytes of a page; raises Refusal with the problem when they cannot be made."""
        writer = WRITERS.get(page.maker)
        if writer is not None:
            return writer(self, page)
        try:
            return self._from_template(page).encode("utf-8", "replace")
        except Refusal:
            raise
        except RecursionError:
            raise Refusal(Problem(page.claimant, "is nested too deeply to be shown", "flatten its lists or quotations")) from None
        except Exception as error:  # a template is a keeper's program: whatever it raises is a problem to report
            raise Refusal(self.templates.problem(error, page.maker)) from error

    def _from_template(self, page: Page) -> str:
        values = dict(page.values)
        values.update(self._prepared(page))
        return self.templates.environment.get_template(page.maker).render(values | self._globals(page))

    def _prepared(self, page: Page) -> dict[str, Any]:
        """What is read only now: the text of an article or a keeper's page."""
        holding = page.values.get("holding")
        if isinstance(holding, Holding):
            data = json_ld(holding, page.values["description"], self._url(page), self.settings.name)
            if not holding.article.is_open:
                return {"json_ld": data}
            body, headings = self.body(holding.article.path, page)
            return {"json_ld": data, "body": body, "headings": headings}
        if "keeper_page" in page.values:
            body, headings = self.body(page.values["keeper_page"].source, page)
            return {"body": body, "headings": headings}
        return {}

    def body(self, source: str, page: Page) -> tuple[Markup, tuple[Heading, ...]]:
        """The HTML of a content file's text as it stands on a page."""
        folder = posixpath.dirname(source)

        def image(address: str) -> str:
            path = posixpath.normpath(posixpath.join(folder, address.split("?")[0].split("#")[0]))
            return self._link(page, self.media[path]) if path in self.media else ""

        def link(address: str) -> str:
            if is_outside(address) or not address.startswith("/"):
                return ""
            return self._link(page, address.lstrip("/"))

        html, headings = render_markdown(self.read_text(source), image, link)
        return Markup(html), headings  # noqa: S704 - Markdown is rendered with raw HTML switched off

    def _globals(self, page: Page) -> dict[str, Any]:
        language = self._language(page)
        return {
            "archive": self.settings,
            "page": PageFacts(
                page.path, page.address, self._title(page), self._url(page), language, words.direction(language)
            ),
            "link": lambda path: self._link(page, path),
            "absolute": lambda path: self.settings.address + path,
            "date_words": words.date_words,
            "date_iso": words.date_iso,
            "language_name": words.language_name,
            "direction_of": words.direction,
            "number": lambda value: words.number(value, self.settings.language),
            "version": __version__,
        }

    def _language(self, page: Page) -> str:
        holding, keeper_page = page.values.get("holding"), page.values.get("keeper_page")
        if isinstance(holding, Holding):
            return holding.article.fields.language or self.settings.language
        return (keeper_page.language if keeper_page else "") or self.settings.language

    def _title(self, page: Page) -> str:
        holding, listing, index = (page.values.get(key) for key in ("holding", "listing", "index"))
        if isinstance(holding, Holding):
            return holding.article.fields.title
        if listing is not None:
            return str(listing.name)
        if index is not None:
            return str(index.kind).capitalize()
        return str(page.values.get("title", ""))

    def _url(self, page: Page) -> str:
        return self.settings.base_url + page.address if self.settings.base_url else ""

    def _link(self, page: Page, path: str) -> str:
        """The address of a site path from a page; the 404 page is shown at any depth, so its links are absolute."""
        if path.startswith(("http://", "https://", "mailto:", "#")):
            return path
        path = path.lstrip("/")
        if page.path == "404.html":
            return self.settings.base_path + path
        depth = page.path.count("/")
        return "../" * depth + path or "./"


def _markdown(renderer: Renderer, page: Page) -> bytes:
    """The article as Markdown with the front matter that belongs to readers; without its text when withheld."""
    holding: Holding = page.values["holding"]
    fields = holding.article.fields
    lines = [f"title: {quoted(fields.title)}"]
    for key, values in (("author", fields.authors), ("tags", fields.tags)):
        if values:
            lines.append(f"{key}: [{', '.join(quoted(value) for value in values)}]")
    lines += [f"{key}: {value}" for key, value in (("date", fields.date), ("updated", fields.updated), ("language", fields.language)) if value]
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


def _citation(make: Callable[[Holding, str, str], str]) -> Callable[[Renderer, Page], bytes]:
    def write(renderer: Renderer, page: Page) -> bytes:
        holding: Holding = page.values["holding"]
        url = renderer.settings.base_url + holding.path if renderer.settings.base_url else ""
        return make(holding, url, renderer.settings.name).encode()

    return write


def _copy(_: Renderer, page: Page) -> bytes:
    return _file(Path(page.values["file"]), page.claimant)


def _picture(renderer: Renderer, page: Page) -> bytes:
    return _file(renderer.root / page.values["picture"].source, page.claimant)


def _file(path: Path, claimant: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(Problem(claimant, f"cannot be read: {error.strerror}", "check that it exists and may be read")) from None


WRITERS: dict[str, Callable[[Renderer, Page], bytes]] = {
    "markdown": _markdown,
    "bibtex": _citation(citations.bibtex),
    "ris": _citation(citations.ris),
    "csl": _citation(citations.csl),
    "copy": _copy,
    "picture": _picture,
}
