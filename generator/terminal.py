"""What a person sees: progress while work goes on, problems with their place, a ledger at a glance."""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TextIO

from generator.model.ledger import Destination, Entry, Label
from generator.problems import Problem

_COLOURS = {Destination.ARTICLE: "32", Destination.FRONT_MATTER: "36", Destination.LEFT_OUT: "33"}


class Progress:
    """A bar on a terminal, a line a stage elsewhere, nothing at all for short work."""

    def __init__(self, stream: TextIO, quiet: bool) -> None:
        self._stream = stream
        self._live = stream.isatty() and not quiet
        self._quiet = quiet
        self._began = time.monotonic()
        self._last = 0.0
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Shows how far a stage is."""
        now = time.monotonic()
        if self._quiet or now - self._began < 0.7:
            return
        if self._live:
            if now - self._last > 0.05 or done == total:
                self._last = now
                width = 24
                filled = width * done // total
                self._stream.write(f"\r\x1b[K{stage:<10} {'█' * filled}{'·' * (width - filled)} {done}/{total}")
                self._stream.flush()
        elif stage != self._stage or done == total:
            self._stage = stage
            print(f"{stage} {done}/{total}", file=self._stream, flush=True)

    def done(self) -> None:
        """Clears the bar."""
        if self._live:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def print_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """One line a problem, in the order given."""
    for problem in problems:
        place, rest = printable(problem.place), printable(str(problem)[len(problem.place) + 1 :])
        print(paint(place, "1", stream) + ":" + rest, file=stream)


def print_ledger(entries: Sequence[Entry], stream: TextIO) -> None:
    """A ledger as a table: lines, label, destination, the beginning of the block, and the reason below it."""
    width = shutil.get_terminal_size((100, 24)).columns
    shown = [entry for entry in entries if entry.label is not Label.BLANK]
    blank = sum(entry.last - entry.first + 1 for entry in entries if entry.label is Label.BLANK)
    places = [_place(entry) for entry in shown]
    column = max([5, *map(len, places)])
    print(f"{'lines':>{column}}  {'label':<15} {'goes to':<13} text", file=stream)
    for entry, place in zip(shown, places, strict=True):
        goes = entry.key or entry.destination.value
        room = max(20, width - column - 34)
        text = " ".join(entry.text.split())
        cut = text if len(text) <= room else text[: room - 1] + "…"
        colour = _COLOURS[entry.destination]
        print(
            f"{place:>{column}}  {paint(f'{entry.label.value:<15}', colour, stream)} {goes:<13} {printable(cut)}",
            file=stream,
        )
        print(" " * (column + 2) + paint(f"└ {printable(entry.reason)}", "2", stream), file=stream)
    if blank:
        print(f"{blank} blank {'line separates' if blank == 1 else 'lines separate'} these blocks", file=stream)


def _place(entry: Entry) -> str:
    return str(entry.first) if entry.first == entry.last else f"{entry.first}–{entry.last}"


def printable(text: str) -> str:
    """A capture's text without what would steer a terminal."""
    return "".join(ch if ch.isprintable() or ch == "\t" else "�" for ch in text)


def paint(text: str, code: str, stream: TextIO) -> str:
    """Colour on a terminal, plain text elsewhere or when NO_COLOR is set."""
    if not stream.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


def say(text: str, as_json: bool) -> None:
    """A line for the person: on standard output, or on standard error when a program reads the output."""
    lines = [printable(line) for line in text.split("\n")]  # names of files and captures are not ours
    print("\n".join(lines), file=sys.stderr if as_json else sys.stdout, flush=True)
