"""The house's own rules: who may know whom, how long a room may be, and that every room says its law."""

import ast
import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
GENERATOR = REPOSITORY / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
ROOMS = ("captures", "conversion", "archive", "site", "publishing", "search", "watching", "keeping")
LEAVES = ("model", "problems", "front_matter", "settings", "locale", "colours", "plain_files")
LONGEST = 450
TEXT_ENDINGS = {".py", ".md", ".toml", ".html", ".css", ".js", ".xml", ".txt", ".yml", ".yaml", ".cfg", ".json", ".sh"}


def named(file: Path) -> str:
    return file.relative_to(REPOSITORY).as_posix()


def imported(file: Path) -> Iterator[str]:
    """The modules of the house that a file imports, those inside its functions too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield "a relative import"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "generator":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "generator")


def allowed(file: Path) -> tuple[str, ...]:
    """What a file may import, as beginnings of module names; everything for the rooms that compose the house."""
    first = file.relative_to(GENERATOR).parts[0].removesuffix(".py")
    if first == "model":
        return ("generator.model.",)
    if first == "problems":
        return ()
    if first in LEAVES:
        return tuple(f"generator.{leaf}." for leaf in LEAVES)
    if first in ROOMS:
        return (*(f"generator.{leaf}." for leaf in LEAVES), f"generator.{first}.", "generator.__version__")
    return ("generator.",)


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_a_folder_knows_the_model_and_itself_and_no_other_folder(file: Path) -> None:
    strangers = [name for name in imported(file) if not (name + ".").startswith(allowed(file))]
    assert not strangers, f"{named(file)} may not import {', '.join(strangers)}"


def test_the_rule_of_imports_can_fail(tmp_path: Path) -> None:
    stranger = GENERATOR / "site" / "plan.py"
    assert not "generator.archive.reading.".startswith(allowed(stranger))
    assert "generator.model.pages.Page.".startswith(allowed(stranger))
    guilty = tmp_path / "guilty.py"
    guilty.write_text("def late():\n    from generator.archive.reading import read_text\n    import generator.cli\n")
    assert list(imported(guilty)) == ["generator.archive.reading.read_text", "generator.cli"]


def test_every_folder_of_the_generator_has_a_rule() -> None:
    folders = {file.parent.name for file in GENERATOR.glob("*/__init__.py")}
    assert folders == {*ROOMS, "model", "locale", "bundled"}


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_a_room_is_small_enough_to_know(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("file", [*MODULES, *sorted((REPOSITORY / "tests").rglob("*.py"))], ids=named)
def test_a_room_says_its_law_on_top(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not text or ast.get_docstring(ast.parse(text)), f"{named(file)} has no docstring"


def tracked_texts() -> list[Path]:
    """The text files that git would publish: known to it, or new and not ignored."""
    command = ["git", "-C", str(REPOSITORY), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    files = [REPOSITORY / name for name in names if name]
    return [file for file in files if file.is_file() and (file.suffix in TEXT_ENDINGS or not file.suffix)]


def words_of(text: str) -> list[str]:
    """The words of a text, whatever stands between them and however they are written."""
    return re.findall(r"\w+", text.casefold())


def rows_shared(text: str, captured: str) -> list[str]:
    """Rows of eight words (a name has up to seven), or a whole line of six, that a text has from a capture, its headline included."""
    here = f" {' '.join(words_of(text))} "
    lines = [words for line in captured.splitlines() if len(words := words_of(line)) >= 6]
    rows = (" ".join(words[at : at + 8]) for words in lines for at in range(max(1, len(words) - 7)))
    return [row for row in dict.fromkeys(rows) if f" {row} " in here]


def test_a_sentence_and_a_headline_are_found_however_they_are_set() -> None:
    captured = "The night ferry leaves an old harbour\n\nNobody who waits there has heard of it, says one.\n"
    assert rows_shared('title: "The Night Ferry: leaves an old harbour"', captured)
    assert rows_shared("> has heard *of it*,\n> says one, nobody who waits there has heard of it", captured)
    assert not rows_shared("The night ferry leaves. Nobody who waits has heard of it.", captured)


def test_no_sentence_of_the_users_capture_stands_in_the_tree(user_capture: Path) -> None:
    captured = user_capture.read_bytes().decode("utf-8", "replace")
    shared = {named(file): rows_shared(file.read_text("utf-8", "replace"), captured) for file in tracked_texts()}
    assert {name: rows for name, rows in shared.items() if rows} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    forbidden = ("/wo" + "rk/", "files.python" + "hosted.org", "/op" + "t/pypi", "index" + "-url =")
    guilty = [
        f"{named(file)}: {word}"
        for file in tracked_texts()
        for word in forbidden
        if word in file.read_text("utf-8", "replace")
    ]
    assert not guilty


def test_nothing_is_left_for_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" + "XX:")
    guilty = [
        f"{named(file)}: {mark}"
        for file in tracked_texts()
        for mark in marks
        if mark in file.read_text("utf-8", "replace")
    ]
    assert not guilty


def test_pytest_passes_over_no_folder_of_tests(pytestconfig: pytest.Config) -> None:
    folders = {
        part for file in (REPOSITORY / "tests").rglob("test_*.py") for part in file.relative_to(REPOSITORY).parts[:-1]
    }
    assert "build" in folders
    passed_over = pytestconfig.getini("norecursedirs")
    assert [folder for folder in folders if any(fnmatch(folder, pattern) for pattern in passed_over)] == []
