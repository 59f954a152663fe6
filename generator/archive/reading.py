"""The files of `content/` become articles: each is read once, typed, measured, and its text let go.

A file that cannot be read gives one problem and no article; the rest goes on.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator.archive.links import links_of
from generator.archive.schema import read_fields
from generator.archive.writing import is_edited
from generator.front_matter import read_front_matter, split_front_matter
from generator.model.articles import Article
from generator.model.catalogue import KeeperPage
from generator.model.slugs import slug
from generator.plain_files import read_plain
from generator.problems import Problem

CONTENT = "content"
PAGES = "content/pages"
BIGGEST = 20_000_000
_EXCERPT = 260
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def content_files(root: Path) -> Iterator[Path]:
    """The Markdown files below `content/`, in order of their paths; hidden files and links out of it are passed over."""
    base = root / CONTENT
    if not base.is_dir():
        return
    found = []
    for folder, folders, files in os.walk(base):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in files if name.endswith(".md") and not name.startswith((".", "#"))]
    yield from sorted(found, key=lambda path: path.relative_to(base).as_posix())


def is_keeper_page(path: str) -> bool:
    """Whether a file of `content/` is a page of the keeper's own and no article."""
    return path.startswith(PAGES + "/")


def read_text(root: Path, path: str) -> tuple[str, str, tuple[Problem, ...]]:
    """The text of a file and the SHA-256 of its bytes; a problem when there is no text to be had."""
    file = f"{root}/{path}"  # texts are several times as quick as paths
    try:
        if os.stat(file).st_size > BIGGEST:  # noqa: PTH116
            return "", "", (Problem(path, "is larger than 20 MB", "split it, or move it to seeds/ if it is a capture"),)
        data = read_plain(file)
    except OSError as error:
        return "", "", (Problem(path, f"cannot be read: {error.strerror}", "check that it exists and may be read"),)
    digest = hashlib.sha256(data).hexdigest()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), digest, ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", digest, (Problem(path, "is not UTF-8 text", "save it as UTF-8", line),)


def read_article(path: str, text: str, sha256: str) -> tuple[Article | None, tuple[Problem, ...]]:
    """One article from the text of its file; none when its front matter does not allow it to be published."""
    front, problems = read_front_matter(path, text)
    if problems:
        return None, problems
    if not front.syntax:
        hint = 'begin the file with a line ---, then title: "…", then another line ---'
        return None, (Problem(path, "has no front matter", hint, 1),)
    fields, provenance, problems = read_fields(path, front)
    if fields is None:
        return None, problems
    if not fields.slug:
        fields = replace(fields, slug=slug(fields.title))
    edited = provenance is None or is_edited(front.header, front.body, provenance.body_sha256, provenance.fields_sha256)
    body = front.body
    beginning = excerpt(body)
    shown = hashlib.sha256(f"{front.syntax}\0{front.header}\0{beginning}".encode("utf-8", "surrogatepass")).hexdigest()
    article = Article(
        path, sha256, fields, provenance, front.body_line, beginning, count_words(body), edited, links_of(body), shown
    )
    return article, problems


def read_keeper_page(path: str, text: str, sha256: str) -> tuple[KeeperPage | None, tuple[Problem, ...]]:
    """A page of the keeper's own; its address is its path below `content/pages/`."""
    front, problems = read_front_matter(path, text)
    if problems:
        return None, problems
    name = path.removeprefix(PAGES + "/").removesuffix(".md")
    address = "/".join(slug(part) for part in name.split("/")) + "/"
    title = front.values.get("title", "")
    if not isinstance(title, str) or not title:
        return None, (Problem(path, "title: is missing", 'give the page a line title: "…"', 1),)
    language = front.values.get("language", "")
    language = language if isinstance(language, str) else ""
    return KeeperPage(path, sha256, address, title, language, links_of(front.body)), ()


def body_of(text: str) -> str:
    """The Markdown text of a content file, without its front matter."""
    parts = split_front_matter(text)
    return parts[2] if parts is not None else text.removeprefix("\ufeff")


def count_words(text: str) -> int:
    """Words of a text; two characters of Chinese or Japanese count as one word."""
    dense = 0 if text.isascii() else len(_CJK.findall(text))
    return len(text.split()) + dense // 2


def excerpt(body: str) -> str:
    """The beginning of a text's first paragraph of prose, plain, cut at a word."""
    for paragraph in re.split(r"\n[ \t]*\n", body[:20_000]):
        stripped = paragraph.strip()
        if not stripped or stripped.startswith(("#", "![", "```", "|", "<!--", "---")):
            continue
        plain = _plain(stripped)
        if plain:
            return _cut(plain)
    return ""


def _plain(markdown: str) -> str:
    text = re.sub(r"^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)", "", markdown, flags=re.M)
    if "](" in text:
        text = re.sub(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)", r"\1", text)
    if "*" in text or "`" in text or "_" in text:
        text = re.sub(r"(?<!\\)[*`]+|(?<![\w\\])_+|(?<!\\)_+(?!\w)", "", text)
    if "\\" in text:
        text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return " ".join(text.split())


def _cut(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    head = text[: _EXCERPT + 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head[:_EXCERPT]).rstrip(",;:") + " …"
