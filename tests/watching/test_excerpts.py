"""Problems as the browser shows them: with the lines of the file around them, and never a file from outside."""

from pathlib import Path

from generator.problems import Problem
from generator.watching.excerpts import excerpt, shown_problem


def test_the_lines_around_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\ntwo\nthree\nfour\nfive\nsix\n")
    assert excerpt(tmp_path, Problem("a.md", "wrong", line=4)) == [
        (2, "two"),
        (3, "three"),
        (4, "four"),
        (5, "five"),
        (6, "six"),
    ]
    assert excerpt(tmp_path, Problem("a.md", "wrong", line=1)) == [(1, "one"), (2, "two"), (3, "three")]


def test_no_excerpt_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "outside.md").write_text("secret\n")
    root = tmp_path / "inner"
    for problem in (
        Problem("a.md", "gone", line=3),
        Problem("../outside.md", "elsewhere", line=1),
        Problem("pagefind", "failed"),
    ):
        assert excerpt(root, problem) == []


def test_a_problem_is_told_with_place_and_remedy(tmp_path: Path) -> None:
    shown = shown_problem(tmp_path, Problem("a.md", "wrong", "mend it", 2, 5))
    assert (shown["place"], shown["message"], shown["hint"], shown["excerpt"]) == ("a.md:2:5", "wrong", "mend it", [])
