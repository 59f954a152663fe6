"""A problem is a value with a place: what is wrong, where, and what to do about it.

Problems are collected and reported together; nothing in the house prints or stops for one bad file.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person has to mend.

    `path` is relative to the archive's root, with forward slashes; `line` and `column` count from 1, 0 is unknown.
    """

    path: str
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0

    @property
    def place(self) -> str:
        """`path`, `path:line` or `path:line:column`, the form that editors turn into a link."""
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return place

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}"
        return f"{text}; {self.hint}" if self.hint else text

    def as_json(self) -> dict[str, str | int]:
        """The same as a JSON object."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


class Refusal(Exception):
    """Raised where work cannot go on at all: carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type["Refusal"], tuple[Problem, ...]]:
        return Refusal, self.problems
