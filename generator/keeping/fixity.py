"""Fixity: what is published is still what was published, and what was captured is still what was captured."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from generator.problems import Problem

MANIFEST = "manifest-sha256.txt"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def verify_site(site: Path) -> tuple[int, tuple[Problem, ...]]:
    """Compares each file of a site with its manifest; gives the number of files that agree, and what does not."""
    try:
        manifest = (site / MANIFEST).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        hint = "name the folder of a site that Pressmark built, or build it first"
        return 0, (Problem(str(site), "has no manifest to verify against", hint),)
    problems: list[Problem] = []
    listed: set[str] = set()
    agree = 0
    for number, line in enumerate(manifest.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None or ".." in match[2].split("/") or match[2].startswith("/"):
            problems.append(Problem(MANIFEST, "a line cannot be read", "build the site again", number))
            continue
        listed.add(match[2])
        complaint = _compared(site / match[2], match[1])
        agree += not complaint
        if complaint:
            problems.append(Problem(match[2], complaint, "restore it from a copy, or build the site again"))
    for path in sorted(_files(site) - listed - {MANIFEST}):
        problems.append(Problem(path, "is not in the manifest", "remove it, or build the site again"))
    return agree, tuple(problems)


def verify_captures(root: Path, expected: Iterable[tuple[str, str, str]]) -> tuple[int, tuple[Problem, ...]]:
    """Compares captures with what the articles say of them; `expected` gives (article, capture, sha256)."""
    problems = []
    agree = 0
    for article, capture, sha256 in expected:
        if not sha256:
            continue
        complaint = _compared(root / capture, sha256)
        agree += not complaint
        if complaint:
            hint = f"restore it from a copy, or look at the new conversion with `pressmark import --review` ({article})"
            problems.append(Problem(capture, complaint, hint))
    return agree, tuple(problems)


def _compared(file: Path, sha256: str) -> str:
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if digest == sha256 else "has changed"


def _files(site: Path) -> set[str]:
    found = set()
    for file in site.rglob("*"):
        inner = file.relative_to(site)
        if file.is_file() and not inner.parts[0].startswith("."):
            found.add(inner.as_posix())
    return found
