"""A problem as it is shown in the browser: with the lines of the file around it."""

from pathlib import Path
from typing import Any

from generator.plain_files import read_plain
from generator.problems import Problem

AROUND = 2
_BIGGEST = 5_000_000
_LONGEST_LINE = 300


def shown_problem(root: Path, problem: Problem) -> dict[str, Any]:
    """The problem as a JSON object; `excerpt` holds (line number, text) pairs, empty when there is nothing to show."""
    return problem.as_json() | {"place": problem.place, "excerpt": excerpt(root, problem)}


def excerpt(root: Path, problem: Problem) -> list[tuple[int, str]]:
    """The lines around a problem; files outside the archive are not read."""
    file = root / problem.path
    try:
        if not problem.line or file.stat().st_size > _BIGGEST or not file.resolve().is_relative_to(root.resolve()):
            return []
        lines = read_plain(file).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except (OSError, ValueError):
        return []
    first, last = max(1, problem.line - AROUND), min(len(lines), problem.line + AROUND)
    return [(number, lines[number - 1][:_LONGEST_LINE]) for number in range(first, last + 1)]
