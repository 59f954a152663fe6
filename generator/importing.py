"""From `seeds/` to `content/`: what is new or changed is converted and filed; nothing below `seeds/` is written.

Converting is loaded only when there is something to convert.
"""

import difflib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.archive.filing import Action, Filing, Shelf, file_conversion, is_settled, shelf
from generator.archive.reading import content_files, is_keeper_page, read_article, read_text
from generator.model.articles import Article, Conversion
from generator.model.captures import Capture
from generator.model.ledger import Ledger
from generator.problems import Problem, Refusal

SEEDS = "seeds"
BIGGEST = 200_000_000

Progress = Callable[[str, int, int], None]
"""Told of a stage's name, how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: the filings (new, converted again, waiting for review), how many were settled, problems."""

    filings: tuple[Filing, ...]
    settled: int
    problems: tuple[Problem, ...]


def seed_files(root: Path) -> Iterator[str]:
    """The captures below `seeds/`, as paths below the root, in order; hidden files and links are passed over."""
    base = root / SEEDS
    found = []
    for folder, folders, names in os.walk(base):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = Path(folder).relative_to(root)
        found += [(inner / name).as_posix() for name in names if not name.startswith(".")]
    yield from sorted(path for path in found if not (root / path).is_symlink())


def read_capture(root: Path, path: str) -> Capture:
    """One capture, received; raises Refusal when it is none."""
    from generator.captures import receive

    return receive(path, _bytes(root, path))


def converted(capture: Capture) -> tuple[Conversion, Ledger]:
    """What a capture says, and the account of every line of it; raises Refusal when it says nothing."""
    from generator.conversion import convert

    try:
        return convert(capture)
    except RecursionError:
        hint = "save the page again with a simpler tool, or as plain text"
        raise Refusal(Problem(capture.path, "is nested too deeply to be read", hint)) from None


def import_captures(root: Path, captures: Iterable[str] | None = None, *, dry_run: bool = False, progress: Progress | None = None) -> Import:
    """Converts what is new or changed among `captures` (default: all of `seeds/`) and files it under `content/`."""
    wanted = list(seed_files(root) if captures is None else captures)
    if not wanted:
        return Import((), 0, ())
    held, files = _held(root)
    state = shelf(held, files)
    filings: list[Filing] = []
    problems: list[Problem] = []
    settled = 0
    for number, path in enumerate(wanted, start=1):
        try:
            filing, state = _filed(root, path, state)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        if filing is None:
            settled += 1
            continue
        if filing.action is not Action.WAITS_FOR_REVIEW and not dry_run:
            problems += _written(root, filing)
        filings.append(filing)
        if progress:
            progress("converting", number, len(wanted))
    return Import(tuple(filings), settled, tuple(problems))


def bring_in(root: Path, paths: Iterable[Path]) -> tuple[list[str], list[Problem]]:
    """The captures' paths below the root; a file from elsewhere is first copied into `seeds/`, never over another."""
    found: list[str] = []
    problems: list[Problem] = []
    seeds = (root / SEEDS).resolve()
    for path in paths:
        absolute = path.resolve()
        if absolute.is_dir():
            inside = [file for file in sorted(absolute.rglob("*")) if file.is_file() and not file.name.startswith(".")]
            more, wrong = bring_in(root, inside)
            found += more
            problems += wrong
        elif not absolute.is_file():
            problems.append(Problem(str(path), "does not exist", "check the path; captures are files or folders"))
        elif absolute.is_relative_to(seeds):
            found.append(f"{SEEDS}/{absolute.relative_to(seeds).as_posix()}")
        else:
            found.append(_copied_in(root, absolute))
    return found, problems


def difference(root: Path, filing: Filing) -> str:
    """What a filing would change, as a unified diff."""
    before, _, _ = read_text(root, filing.path) if (root / filing.path).exists() else ("", "", ())
    lines = difflib.unified_diff(before.splitlines(True), filing.text.splitlines(True), filing.path, f"{filing.capture} (converted)")
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def _filed(root: Path, path: str, state: Shelf) -> tuple[Filing | None, Shelf]:
    data = _bytes(root, path)
    sha256 = hashlib.sha256(data).hexdigest()
    if is_settled(state, path, sha256):
        return None, state
    from generator.captures import receive

    conversion, _ = converted(receive(path, data))
    return file_conversion(state, path, sha256, conversion)


def _held(root: Path) -> tuple[list[Article], list[str]]:
    """The articles there are; one with faulty front matter still holds its place by its capture."""
    articles, files = [], []
    for file in content_files(root):
        path = file.relative_to(root).as_posix()
        files.append(path)
        if is_keeper_page(path):
            continue
        text, sha256, problems = read_text(root, path)
        article = None if problems else read_article(path, text, sha256)[0]
        if article is not None:
            articles.append(article)
    return articles, files


def _bytes(root: Path, path: str) -> bytes:
    file = root / path
    try:
        if file.stat().st_size > BIGGEST:
            raise Refusal(Problem(path, "is larger than 200 MB", "split it, or keep it elsewhere"))
        return file.read_bytes()
    except OSError as error:
        raise Refusal(Problem(path, f"cannot be read: {error.strerror}", "check that it exists and may be read")) from None


def _written(root: Path, filing: Filing) -> tuple[Problem, ...]:
    """Writes an article whole or not at all."""
    file = root / filing.path
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(filing.text.encode("utf-8"))
        unfinished.replace(file)
    except OSError as error:
        return (Problem(filing.path, f"cannot be written: {error.strerror}", "check the folder's permissions and the disk"),)
    return ()


def _copied_in(root: Path, source: Path) -> str:
    data = source.read_bytes()
    folder = root / SEEDS
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    number = 2
    while target.exists() and target.read_bytes() != data:
        target = folder / f"{source.stem}-{number}{source.suffix}"
        number += 1
    if not target.exists():
        unfinished = target.with_name(f".{target.name}.unfinished")
        unfinished.write_bytes(data)
        unfinished.replace(target)
    return target.relative_to(root).as_posix()
