"""One value of a file's front matter is changed; every other line stays as it was. Pure."""

import re

from generator.front_matter import quoted, read_front_matter
from generator.problems import Problem, Refusal

_ALSO = {"author": ("author", "authors")}


def amended(path: str, text: str, key: str, value: str | list[str]) -> str:
    """The text of the article file `path` with one front matter value set, or taken away where the value is empty."""
    lines, end = _lines(text)
    front, problems = read_front_matter(path, "".join(lines))
    if problems:
        raise Refusal(*problems)
    if front.syntax != "yaml":
        raise Refusal(Problem(path, "has front matter that is not YAML", "change it in the file", 1))
    fence = next(number for number in range(2, len(lines) + 1) if re.fullmatch(r"(---|\.\.\.)\s*", lines[number - 1]))
    written = f"{key}: {_written(value)}\n" if value else ""
    for name in _ALSO.get(key, (key,)):
        first = front.lines.get(name)
        if first is not None:
            after = min([n for k, n in front.lines.items() if "." not in k and n > first], default=fence)
            return "".join([*lines[: first - 1], written, *lines[after - 1 :]]).replace("\n", end)
    place = front.lines.get("capture", fence)
    return "".join([*lines[: place - 1], written, *lines[place - 1 :]]).replace("\n", end)


def with_capture_digest(path: str, text: str, sha256: str) -> str:
    """The text of an article file that says it was made from a capture with this digest: a person has seen the new one."""
    lines, end = _lines(text)
    front, problems = read_front_matter(path, "".join(lines))
    line = front.lines.get("capture.sha256")
    if problems or line is None:
        raise Refusal(
            *problems, *([] if problems else [Problem(path, "names no capture", "restore its front matter", 1)])
        )
    lines[line - 1] = re.sub(r"(sha256:\s*).*", rf"\g<1>{sha256}", lines[line - 1], count=1)
    return "".join(lines).replace("\n", end)


def _lines(text: str) -> tuple[list[str], str]:
    """The lines of a file, each with a plain line end, and the line end that the file has."""
    end = "\r\n" if "\r\n" in text else "\n"
    return [line + "\n" for line in text.replace("\r\n", "\n").split("\n")[:-1]] + text.replace("\r\n", "\n").split(
        "\n"
    )[-1:], end


def _written(value: str | list[str]) -> str:
    return quoted(value) if isinstance(value, str) else "[" + ", ".join(quoted(item) for item in value) + "]"
