"""A build with nothing to convert does not load the converter."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from pathlib import Path
from generator.build import Options, build
build(Path(sys.argv[1]), Options(search=False, jobs=1))
print(*sorted(name for name in sys.modules if name.startswith(LOADED)))
""".replace("LOADED", repr(("generator.conversion", "generator.captures", "lxml", "trafilatura")))


def loaded(archive) -> list[str]:
    """The modules of the converter that a build in a new process has loaded."""
    command = [sys.executable, "-c", PROGRAM, str(archive.root)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("edited", [False, True])
def test_a_build_whose_captures_are_all_converted(archive, edited: bool) -> None:
    archive.write(
        "seeds/ferry.txt", "The ferry sails again\n\nIt sails at noon, and it comes back in the evening.\n"
    ).build()
    if edited:
        archive.article("b", "title: Another", body="It was written by hand.")
    assert loaded(archive) == []


def test_a_capture_that_is_new_loads_it(archive) -> None:
    archive.article("b", "title: Another").build()
    archive.write("seeds/ferry.txt", "The ferry sails again\n\nIt sails at noon, and it comes back in the evening.\n")
    assert "generator.conversion" in loaded(archive)
