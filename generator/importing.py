"""From `seeds/` to `content/`: what is new or changed is converted and filed; nothing below `seeds/` is written.

Converting is loaded only when there is something to convert.
"""

import difflib
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.archive.decisions import read_decisions, with_values
from generator.archive.filing import Action, Filing, Shelf, file_conversion, is_settled, shelf
from generator.archive.reading import content_files, is_keeper_page, read_article, read_text
from generator.archive.sightings import SEEDS
from generator.model.articles import Conversion
from generator.model.captures import Capture
from generator.model.decisions import Decisions
from generator.model.ledger import Ledger
from generator.plain_files import open_plain, read_plain
from generator.problems import Problem, Refusal

BIGGEST = 200_000_000
_PART, _MOST = 50_000_000, 400
"""Bytes and number of captures that are held at a time while they are converted."""
BEGINNING = 100_000
"""Bytes of an article that cannot be read in which the name of its capture is looked for."""
_CAPTURE_FILE = re.compile(r"^capture:[ \t]*\n[ \t]+file:[ \t]*(.+)$", re.M)

Progress = Callable[[str, int, int], None]
"""Told of a stage's name, how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: the filings (new, converted again, waiting for review), how many were settled, problems.

    `digests` are the SHA-256 of the captures that were settled or filed, by path.
    """

    filings: tuple[Filing, ...]
    settled: int
    problems: tuple[Problem, ...]
    digests: dict[str, str] = field(default_factory=dict)


Received = tuple[str, bytes, Decisions]
"""A capture as it was received: its path, its bytes, and what a person decided about its conversion."""

Spread = Callable[[Callable[[Received], "Conversion | Refusal"], list[Received]], Iterable["Conversion | Refusal"]]
"""How captures are converted: a function over each of them, here or in several processes, results in their order."""


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

    return receive(path, _bytes(root / path, path))


def converted(capture: Capture, decisions: Decisions = Decisions()) -> tuple[Conversion, Ledger]:  # noqa: B008 - frozen
    """What a capture says, and the account of every line of it; raises Refusal when it says nothing."""
    from generator.conversion import convert

    try:
        conversion, ledger = convert(capture, decisions.labels)
        return with_values(conversion, decisions, capture.path), ledger
    except Refusal:
        raise
    except RecursionError:
        hint = "save the page again with a simpler tool, or as plain text"
        raise Refusal(Problem(capture.path, "is nested too deeply to be read", hint)) from None
    except Exception as error:  # captures are hostile: a defect that one uncovers must not stop the others
        hint = "this is a defect of Pressmark, please report it with the capture; the others are converted"
        raise Refusal(
            Problem(capture.path, f"could not be converted ({type(error).__name__}: {error})", hint)
        ) from error


def import_captures(
    root: Path,
    captures: Mapping[str, Path] | None = None,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    held: Shelf | None = None,
    known: Mapping[str, str] | None = None,
    spread: Spread = map,
) -> Import:
    """Converts what is new or changed among `captures` and files it under `content/`.

    `captures` maps paths below the root to the files that hold them; default are all of `seeds/`. `held` is what stands
    in `content/` where that has been read already; `known` are digests of captures that need not be read for them.
    """
    wanted = {path: root / path for path in seed_files(root)} if captures is None else captures
    if not wanted:
        return Import((), 0, ())
    state = held or held_in(root)
    problems: list[Problem] = []
    digests: dict[str, str] = {}
    number = 0
    filings: list[Filing] = []
    for part in _in_parts(root, wanted, state, known or {}, digests, problems):
        for (path, data, _), conversion in zip(part, spread(convert_capture, part), strict=True):
            number += 1
            if isinstance(conversion, Refusal):
                problems += conversion.problems
                continue
            sha256 = hashlib.sha256(data).hexdigest()
            filing = file_conversion(state, path, sha256, conversion)
            is_written = filing.action is not Action.WAITS_FOR_REVIEW and not dry_run
            wrong = _written(root, filing) if is_written else ()
            problems += wrong
            if not wrong:
                digests[path] = sha256
                filings.append(filing)
            if progress:
                progress("converting", number, len(wanted))
    return Import(tuple(filings), len(digests) - len(filings), tuple(problems), digests)


def convert_capture(received: Received) -> Conversion | Refusal:
    """What a capture says; the refusal when it says nothing."""
    from generator.captures import receive

    path, data, decisions = received
    try:
        return converted(receive(path, data), decisions)[0]
    except Refusal as refusal:
        return refusal


def _in_parts(
    root: Path,
    wanted: Mapping[str, Path],
    state: Shelf,
    known: Mapping[str, str],
    digests: dict[str, str],
    problems: list[Problem],
) -> Iterator[list[Received]]:
    """The captures that are not settled, with their bytes, in parts that memory holds; the others go to `digests`."""
    part: list[Received] = []
    for path, file in wanted.items():
        try:
            _refuse_name(path)
            article = state.by_capture.get(path)
            decisions = read_decisions(root, article.path) if article else Decisions()
            if path in known and is_settled(state, path, known[path], decisions.sha256):
                digests[path] = known[path]
                continue
            data = _bytes(file, path)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        if is_settled(state, path, sha256, decisions.sha256):
            digests[path] = sha256
            continue
        part.append((path, data, decisions))
        if sum(len(data) for _, data, _ in part) > _PART or len(part) >= _MOST:
            yield part
            part = []
    if part:
        yield part


def bring_in(root: Path, paths: Iterable[Path], *, dry_run: bool = False) -> tuple[dict[str, Path], list[Problem]]:
    """The captures' paths below the root, and the files that hold them.

    A file from elsewhere is first copied into `seeds/`, never over another; a dry run reads it where it is.
    """
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    seeds = (root / SEEDS).resolve()
    for path in paths:
        absolute = path.resolve()
        if absolute.is_dir():
            inside = [file for file in sorted(absolute.rglob("*")) if file.is_file() and not file.name.startswith(".")]
            more, wrong = bring_in(root, inside, dry_run=dry_run)
            found |= more
            problems += wrong
        elif not absolute.is_file():
            problems.append(Problem(str(path), "does not exist", "check the path; captures are files or folders"))
        elif absolute.is_relative_to(seeds):
            found[f"{SEEDS}/{absolute.relative_to(seeds).as_posix()}"] = absolute
        else:
            target = _place_for(root, absolute)
            if not dry_run and not target.exists():
                _copy(absolute, target)
            found[target.relative_to(root).as_posix()] = absolute if dry_run else target
    return found, problems


def difference(root: Path, filing: Filing) -> str:
    """What a filing would change, as a unified diff."""
    before, _, _ = read_text(root, filing.path) if (root / filing.path).exists() else ("", "", ())
    lines = difflib.unified_diff(
        before.splitlines(True), filing.text.splitlines(True), filing.path, f"{filing.capture} (converted)"
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def _refuse_name(path: str) -> None:
    if not path.isascii() and path.encode("utf-8", "replace") != path.encode("utf-8", "surrogateescape"):
        raise Refusal(
            Problem(path.encode("utf-8", "replace").decode(), "has a name that is not UTF-8", "rename the file")
        )


def held_in(root: Path) -> Shelf:
    """What stands in `content/`; an article that cannot be read still holds its name and its capture."""
    articles, files, unreadable = [], [], {}
    for file in content_files(root):
        path = file.relative_to(root).as_posix()
        files.append(path)
        if is_keeper_page(path):
            continue
        text, sha256, problems = read_text(root, path)
        article = None if problems else read_article(path, text, sha256)[0]
        if article is not None:
            articles.append(article)
        else:
            unreadable[path] = capture_named(root, path)
    return shelf(articles, files, unreadable)


def capture_named(root: Path, path: str) -> str:
    """The capture that an article names which cannot be read, if it can be found out."""
    found = _CAPTURE_FILE.search(_beginning(root / path))
    return found[1].strip().strip("\"'") if found else ""


def _beginning(file: Path) -> str:
    try:
        with open_plain(file) as stream:
            return stream.read(BEGINNING).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""


def _bytes(file: Path, path: str) -> bytes:
    try:
        if file.stat().st_size > BIGGEST:
            raise Refusal(Problem(path, "is larger than 200 MB", "split it, or keep it elsewhere"))
        return read_plain(file)
    except OSError as error:
        raise Refusal(
            Problem(path, f"cannot be read: {error.strerror}", "check that it exists and may be read")
        ) from None


def _written(root: Path, filing: Filing) -> tuple[Problem, ...]:
    """Writes an article whole or not at all, and never over what a person has saved while it was converted."""
    file = root / filing.path
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)  # one that was left over may be the article itself, under a second name
        unfinished.write_bytes(filing.text.encode("utf-8"))
        if _digest(file) != filing.replaces or not _put(unfinished, file, is_new=not filing.replaces):
            unfinished.unlink()
            hint = "build again: it is left as it is"
            return (Problem(filing.path, "was changed while its capture was being converted", hint),)
    except OSError as error:
        return (
            Problem(filing.path, f"cannot be written: {error.strerror}", "check the folder's permissions and the disk"),
        )
    return ()


def _put(unfinished: Path, file: Path, *, is_new: bool) -> bool:
    """Gives a file its name; a new one never takes the name of one that has come in this very moment."""
    if is_new:
        try:
            os.link(unfinished, file)  # unlike a rename, it fails where something is
        except FileExistsError:
            return False
        except OSError:  # a disk that knows no links
            pass
        else:
            unfinished.unlink()
            with file.open("ab"):
                pass  # it is closed: a watch need not wait for somebody who is still writing it
            return True
    unfinished.replace(file)
    return True


def _digest(file: Path) -> str:
    """The SHA-256 of a file; empty when there is none."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _place_for(root: Path, source: Path) -> Path:
    """Where below `seeds/` a file from elsewhere belongs: where its copy already is, or under a name that is free."""
    data = source.read_bytes()
    target = root / SEEDS / source.name
    number = 2
    while target.exists() and target.read_bytes() != data:
        target = target.with_name(f"{source.stem}-{number}{source.suffix}")
        number += 1
    return target


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.write_bytes(source.read_bytes())
    unfinished.replace(target)
