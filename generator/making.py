"""Pages are made: rendered and written, here or in another process. Only small records of it come back."""

import contextlib
import marshal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256 as _digest
from pathlib import Path

from generator.archive.reading import body_of, read_text
from generator.model.catalogue import Holding
from generator.model.pages import Page
from generator.problems import Problem, Refusal
from generator.publishing.memory import Memory
from generator.publishing.record import Published
from generator.publishing.site_folder import SiteFolder
from generator.search.pages import searched_digest
from generator.settings import Settings
from generator.site.pieces import Pieces, recalled
from generator.site.rendering import Renderer
from generator.site.rolls import FORMS, renewed
from generator.site.templates import Templates
from generator.site.views import Heading, HeldLink, Text

ARTICLES = frozenset({"article.html", "record.html"})
LISTING = "listing.html"
MANY = 500
"""Articles: a file or a list that states fewer is quicker made anew than put together from the last one."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a process needs to make pages. `memory` is the folder of the record, none where it cannot be shared;
    `turn` tells one build from the next, and `program` one state of the program from another."""

    root: Path
    out: Path
    settings: Settings
    memory: Path | None
    program: str
    turn: str


@dataclass(frozen=True, slots=True)
class Order:
    """Pages to be made together, those of one article beside each other."""

    press: Press
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a page: how it was published, or the problems that prevented it."""

    path: str
    published: Published | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of an order, and the content files that were read for it."""

    made: tuple[Made, ...]
    read: tuple[str, ...]


def make_pages(order: Order) -> Batch:
    """Renders and writes the pages of an order; a page that cannot be made stays as it was."""
    renderer, folder, memory = _at_work(order.press)
    renderer.sources.clear()
    made = tuple(_made(page, renderer, folder) for page in order.pages)
    memory.write()
    return Batch(made, tuple(renderer.sources))


def orders(press: Press, pages: Sequence[Page], least: int, share: Callable[[int], int]) -> list[Order]:
    """Pages as orders: one where there are fewer than `least`, else of as many pages as are the `share` of those that
    are left, or a little more: the last are small, lest one process waits for another."""
    if len(pages) <= least:
        return [Order(press, tuple(pages))] if pages else []
    size, left = share(len(pages)), len(pages)
    found: list[Order] = []
    batch: list[Page] = []
    for page in pages:
        # Pages of one folder share the text they are made from.
        if len(batch) >= size and _folder(page.path) != _folder(batch[-1].path):
            found.append(Order(press, tuple(batch)))
            left -= len(batch)
            size, batch = share(left), []
        batch.append(page)
    found.append(Order(press, tuple(batch)))
    return found


def text_reader(root: Path) -> Callable[[str], str]:
    """Gives the Markdown text of a content file."""
    return _Texts(root).of


class _Texts:
    """The Markdown texts of content files; only the last one is remembered, which several pages share."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = self._text = self._sha256 = ""

    def of(self, path: str) -> str:
        """The text of a content file; raises Refusal with what is wrong with it."""
        if self._path != path:
            text, sha256, problems = read_text(self._root, path)
            if problems:
                raise Refusal(*problems)
            self._path, self._text, self._sha256 = path, body_of(text), sha256
        return self._text

    def was(self, path: str, sha256: str) -> bool:
        """Whether the file that was read last is this one with these bytes."""
        return (self._path, self._sha256) == (path, sha256)


class RememberingRenderer(Renderer):
    """A renderer that asks its memory before it renders Markdown."""

    def __init__(self, press: Press, memory: Memory) -> None:
        self._contents = _Texts(press.root)
        super().__init__(press.root, press.settings, Templates(press.root, memory), self._noted)
        # Taken before a template is compiled: what is made by one that changes meanwhile is not taken for the new one's.
        self._listing = self.templates.digest(LISTING)
        self._memory = memory
        self._program = press.program
        self._out = press.out
        self.sources: dict[str, None] = {}

    def _noted(self, path: str) -> str:
        self.sources[path] = None
        return self._contents.of(path)

    def rendered(self, source: str, sha256: str, links: tuple[HeldLink, ...], captured: str) -> Text:
        """The text of a content file as HTML: as it was rendered before, where nothing has changed."""
        key = _digest(f"{self._program}\0{links!r}\0{captured}\0{sha256}".encode("utf-8", "surrogatepass")).digest()
        known = self._memory.recall(source, key)
        if known is not None:
            html, mark, headings, pictures = marshal.loads(known)
            return Text(html, mark, tuple(Heading(*heading) for heading in headings), pictures)
        text = super().rendered(source, sha256, links, captured)
        headings = tuple((heading.level, heading.text, heading.anchor) for heading in text.headings)
        if self._contents.was(source, sha256):  # else the file has changed since it was planned
            self._memory.remember(source, key, marshal.dumps((str(text.html), text.mark, headings, text.pictures)))
        return text

    def render(self, page: Page) -> bytes:
        """The bytes of a page; a long list takes the cards that it had from the one that was published."""
        if page.maker != LISTING:
            return super().render(page)
        source = f"/{page.path}"
        about = f"{self._program}\0{self.settings!r}\0{self.logo}\0{self._listing}\0{source}"
        key = _digest(about.encode("utf-8", "surrogatepass")).digest()
        known, pieces = self._memory.recall(source, key), Pieces()
        if known is not None:
            with contextlib.suppress(OSError):
                pieces = recalled(known, (self._out / page.path).read_bytes())
        self.templates.environment.pieces = pieces
        try:
            made = super().render(page)
        finally:
            self.templates.environment.pieces = None
        if len(pieces) >= MANY:
            self._memory.remember(source, key, pieces.written(made))
        return made

    def roll(self, page: Page) -> bytes:
        """A file that states many articles, made from the one that was published where that is the same."""
        holdings: Sequence[Holding] = page.values["holdings"]
        if len(holdings) < MANY:
            return super().roll(page)
        source = f"/{page.path}"
        key = _digest(f"{self._program}\0{self.settings!r}\0{source}".encode("utf-8", "surrogatepass")).digest()
        known = self._memory.recall(source, key)
        published = b""
        if known is not None:
            with contextlib.suppress(OSError):
                published = (self._out / page.path).read_bytes()
        piece = self.piece_of(page.maker)
        made, known = renewed(FORMS[page.maker], holdings, self.settings, piece, published, known or b"")
        self._memory.remember(source, key, known)
        return made


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


_desks = threading.local()


def _at_work(press: Press) -> tuple[RememberingRenderer, SiteFolder, Memory]:
    """What this thread works with: templates are compiled once for all orders of a build."""
    if getattr(_desks, "press", None) != press:
        memory = Memory(press.memory)
        _desks.press, _desks.tools = press, (RememberingRenderer(press, memory), SiteFolder(press.out), memory)
    tools: tuple[RememberingRenderer, SiteFolder, Memory] = _desks.tools
    return tools


def leave() -> None:
    """Lets go of what this thread worked with."""
    if getattr(_desks, "press", None) is not None:
        _desks.tools[2].close()
        _desks.press = _desks.tools = None


def _made(page: Page, renderer: Renderer, folder: SiteFolder) -> Made:
    try:
        data = renderer.render(page)
        published = folder.write(page.path, data)
    except Refusal as refusal:
        return Made(page.path, None, refusal.problems)
    searched = searched_digest(data) if page.maker in ARTICLES else ""
    return Made(page.path, published._replace(key=page.key, searched=searched))
