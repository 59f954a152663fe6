"""The command line as a test uses it: words in, exit status, output and messages out."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from generator.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command gave."""

    status: int
    out: str
    err: str

    @property
    def messages(self) -> str:
        """What was said on standard error, without the progress of long work."""
        return "".join(line for line in self.err.splitlines(keepends=True) if not re.fullmatch(r"\w+ \d+/\d+\n", line))

    @property
    def json(self) -> Any:
        """The one JSON object on standard output; fails where there is anything else."""
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def command(*words: object) -> Answer:
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:  # argparse ends the program by itself
            status = int(end.code or 0)
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return command
