"""What all tests share: archives made on the spot, the fixture archive built once, and short ways to values.

The factories are fixtures of the whole session, for they hold nothing: property tests may use them as well.
"""

import dataclasses
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from generator.archive.reading import read_article
from generator.model.articles import Article
from generator.model.catalogue import Holding, permalink

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
READER = "https://archive.example/reader/"

settings.register_profile("pressmark", deadline=None, max_examples=100, derandomize=bool(os.environ.get("CI")))
settings.load_profile("pressmark")

WITHHELD = (
    "Zanzibarock", "Quibblesnatch", "Vexilloptera", "Wimbleflux", "Brindlethorpe", "Glimmerwhack", "Snorkelbundt",
    "Frobnicastle", "Drizzlemancer",
)  # fmt: skip
"""Words that stand only in what the fixture archive must not publish."""


class Archive:
    """An archive in a temporary folder; steps give the archive back, so that a test reads as a story."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.done: Any = None
        if not (root / "pressmark.toml").exists():
            self.settings()

    def settings(self, **values: str) -> "Archive":
        """Writes `pressmark.toml`: `archive` is the text of its first table, other names are further tables."""
        tables = {"archive": 'name = "A test archive"', **values}
        return self.write("pressmark.toml", "".join(f"[{name}]\n{text}\n" for name, text in tables.items()))

    def write(self, path: str, content: str | bytes) -> "Archive":
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def article(self, name: str, *lines: str, body: str = "Some words of the article.") -> "Archive":
        """Writes `content/NAME.md` with these front matter lines; the title is the name where none is given."""
        if not any(line.startswith("title:") for line in lines):
            lines = (f"title: {name}", *lines)
        return self.write(f"content/{name}.md", "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n")

    def build(self, **options: Any) -> "Archive":
        from generator.build import Options, build  # the whole house: tests of one room do not wait for it

        self.done = build(self.root, Options(**{"search": False, **options}))
        return self

    @property
    def problems(self) -> list[str]:
        """What the last build complained of, as a person reads it."""
        assert self.done is not None
        return [str(problem) for problem in self.done.problems]

    @property
    def site(self) -> Path:
        return self.root / "site"

    def page(self, path: str) -> str:
        """A published file as text."""
        return (self.site / path).read_text("utf-8")

    def published(self) -> dict[str, bytes]:
        """All published files with their bytes."""
        return {
            file.relative_to(self.site).as_posix(): file.read_bytes()
            for file in sorted(self.site.rglob("*"))
            if file.is_file()
        }


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive without anything in it but settings."""
    root = tmp_path / "archive"
    root.mkdir()
    return Archive(root)


@pytest.fixture(scope="session")
def archive_at() -> Callable[[Path], Archive]:
    """Makes an archive in a folder of the test's own, for tests that share one."""
    return Archive


@pytest.fixture
def copy_of_fixture(tmp_path: Path) -> Archive:
    """The fixture archive, for a test to change."""
    return Archive(Path(shutil.copytree(TESTS / "fixtures" / "archive", tmp_path / "archive")))


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The fixture archive, built with search for https://archive.example/reader/; nobody changes it."""
    root = tmp_path_factory.mktemp("reader") / "archive"
    shutil.copytree(TESTS / "fixtures" / "archive", root)
    return Archive(root).build(search=True)


@pytest.fixture(scope="session")
def withheld() -> tuple[str, ...]:
    """Words that must stand nowhere in the site of the fixture archive."""
    return WITHHELD


@pytest.fixture(scope="session")
def article_of() -> Callable[..., Article]:
    """Reads an article from front matter lines and a text; fails on any problem."""

    def read(*lines: str, body: str = "Some words.", path: str = "content/x.md") -> Article:
        if not any(line.startswith("title:") for line in lines):
            lines = ('title: "A title"', *lines)
        article, problems = read_article(path, "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n", "0" * 64)
        assert not problems, problems
        assert article is not None
        return article

    return read


@pytest.fixture(scope="session")
def holding_of(article_of: Callable[..., Article]) -> Callable[..., Holding]:
    """Reads an article as `article_of` does, and gives it at its address."""

    def hold(*lines: str, **rest: Any) -> Holding:
        article = article_of(*lines, **rest)
        return Holding(article, permalink(article))

    return hold


@pytest.fixture(scope="session")
def with_fields() -> Callable[..., Holding]:
    """A holding with some fields replaced by values that no front matter needs to state."""

    def replaced(holding: Holding, **fields: Any) -> Holding:
        article = dataclasses.replace(holding.article, fields=dataclasses.replace(holding.article.fields, **fields))
        return Holding(article, permalink(article))

    return replaced


@pytest.fixture(scope="session")
def problems_of() -> Callable[..., list[str]]:
    """The problems of an article `content/x.md` with these front matter lines, as a person reads them."""

    def read(*lines: str) -> list[str]:
        _, problems = read_article("content/x.md", "---\n" + "\n".join(lines) + "\n---\nText.\n", "0" * 64)
        return [str(problem) for problem in problems]

    return read


@pytest.fixture(scope="session")
def golden() -> Callable[[Path, str], None]:
    """Compares a text with a golden file; PRESSMARK_UPDATE_GOLDEN=1 writes the file instead."""

    def compare(file: Path, text: str) -> None:
        if os.environ.get("PRESSMARK_UPDATE_GOLDEN"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert file.is_file(), f"{file.name} is missing; PRESSMARK_UPDATE_GOLDEN=1 writes it"
        assert text == file.read_bytes().decode(), f"{file.name} differs; PRESSMARK_UPDATE_GOLDEN=1 writes it anew"

    return compare


@pytest.fixture
def user_capture() -> Path:
    """The capture that the project was begun with, where it is at hand; no sentence of it stands in the tree."""
    found = sorted((REPOSITORY.parent / "shared" / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the user's capture is not at hand: ../shared/seeds/ holds no *.txt")
    return found[0]


CHROMIUM = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests: Playwright allows one at a time in a process."""
    program = chromium()
    if program is None:
        reason = "the browser tests need Chromium, which is not installed (on Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*CHROMIUM], chromium_sandbox=False)
        yield started
        started.close()
