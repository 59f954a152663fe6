"""Front matter as syntax: splits a file into its header and its text, and reads the header into plain text values.

Every scalar stays text, so `no`, `1.10` and `2022-05-21` mean what was written. What the values mean is for
`archive.schema` to say. Anchors, aliases and merge keys are refused: they make small files huge.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generator.problems import Problem

Value = Any
"""A text, a list of values, or a dict from text to values."""

DEEPEST = 20
LONGEST = 1_000_000
"""Characters of a header: what is longer is no front matter, and would take long to read."""

_FEW_NESTINGS = 500


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The header of a file and what follows it.

    `values` maps keys to values; `lines` maps each key, and each `key.inner` and `key.0` below it, to its line
    (from 1) in the file; `body` is the text after the header and `body_line` its first line; `syntax` is `yaml`,
    `toml` or empty when there is no header.
    """

    syntax: str
    header: str
    body: str
    body_line: int
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


_FENCE = re.compile(r"(---|\+\+\+)[ \t]*(?:\r?\n|\r)")
_CLOSING = {
    "---": re.compile(r"^(?:---|[.]{3})[ \t]*$", re.M),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.M),
}


def split_front_matter(text: str) -> tuple[str, str, str] | None:
    """A text as its fence, header and body, the fence empty where there is no header; None where a header has no end."""
    text = text.removeprefix("\ufeff")
    opening = _FENCE.match(text)
    if opening is None:
        return "", "", text
    closing = _CLOSING[opening[1]].search(text, opening.end())
    if closing is None:
        return None
    return (
        opening[1],
        text[opening.end() : closing.start()],
        text[closing.end() :].removeprefix("\r").removeprefix("\n"),
    )


def read_front_matter(path: str, text: str) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Splits and reads a file's front matter; problems name the line in the file `path`.

    A file without front matter, or whose front matter cannot be read, gives one without values.
    """
    parts = split_front_matter(text)
    if parts is None:
        text = text.removeprefix("\ufeff")
        fence = text[:3]
        problem = Problem(
            path,
            f"the front matter that begins with {fence} has no end",
            f"close it with a line {fence}, or remove the first line if there is no front matter",
            1,
        )
        return FrontMatter("", "", text, 1), (problem,)
    fence, header, body = parts
    if not fence:
        return FrontMatter("", "", body, 1), ()
    syntax = "yaml" if fence == "---" else "toml"
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    if len(header) > LONGEST:
        problem = Problem(
            path, "the front matter is longer than a million characters", "move its texts into the article", 1
        )
        return FrontMatter(syntax, "", body, body_line), (problem,)
    if syntax == "yaml":
        values, lines, problems = _read_yaml(path, header)
    else:
        values, lines, problems = _read_toml(path, header)
    return FrontMatter(syntax, header, body, body_line, values, lines), problems


def _read_yaml(path: str, header: str) -> tuple[dict[str, Value], dict[str, int], tuple[Problem, ...]]:
    import yaml

    loader = _loader()
    lines: dict[str, int] = {}
    problems: list[Problem] = []

    def refuse(node: Any, message: str, hint: str) -> None:
        problems.append(Problem(path, message, hint, node.start_mark.line + 2))

    def value_of(node: Any, key: str, depth: int) -> Value:
        if id(node) in seen or depth > DEEPEST:
            refuse(node, f"{key}: aliases and very deep nesting are not read", "write the value out in full")
            return ""
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            plain = not node.style  # libyaml says "", the Python loader None
            return "" if plain and node.value in ("~", "null", "Null", "NULL") else node.value
        if isinstance(node, yaml.SequenceNode):
            items = []
            for index, item in enumerate(node.value):
                lines[f"{key}.{index}"] = item.start_mark.line + 2
                items.append(value_of(item, f"{key}.{index}", depth + 1))
            return items
        values: dict[str, Value] = {}
        for name_node, inner in node.value:
            name = name_node.value if isinstance(name_node, yaml.ScalarNode) else ""
            place = f"{key}.{name}" if key else name
            if not name:
                refuse(
                    name_node, "a key of the front matter is not a text", "write it as a plain word before the colon"
                )
            elif name in values:
                refuse(name_node, f"{name}: stands twice in the front matter", "keep one of the two")
            else:
                lines[place] = name_node.start_mark.line + 2
                values[name] = value_of(inner, place, depth + 1)
        return values

    seen: set[int] = set()
    try:
        if line := _too_deep(header, loader):
            problem = Problem(path, "the front matter is nested too deeply", "write its values out flat", line)
            return {}, {}, (problem,)
        tree = yaml.compose(header, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 2 if mark is not None else 1
        problem = Problem(
            path,
            f"the front matter is not YAML: {what}",
            "put texts that contain a colon, a # or quotation marks between double quotes",
            line,
            mark.column + 1 if mark is not None else 0,
        )
        return {}, {}, (problem,)
    if tree is None:
        return {}, {}, ()
    if not isinstance(tree, yaml.MappingNode):
        return {}, {}, (Problem(path, "the front matter holds no keys", "write it as lines of the form key: value", 2),)
    values = value_of(tree, "", 0)
    return values, lines, tuple(problems)


@lru_cache(maxsize=1)
def _loader() -> Any:
    """libyaml's loader where it is there, without the search for the type of each scalar: all of them are texts."""
    import yaml

    class _Untyped(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
        def resolve(self, kind: type, value: object, implicit: object) -> str:  # noqa: ARG002
            return yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG

        def descend_resolver(self, parent: object, index: object) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass

    return _Untyped


def _too_deep(header: str, loader: Any) -> int:
    """The line on which a header nests too deeply, 0 where it does not: libyaml composes nodes until the stack ends.

    Every nesting needs one of four characters, or an indentation that the length of a header bounds.
    """
    import yaml

    if sum(header.count(ch) for ch in "[{-?") < _FEW_NESTINGS:
        return 0
    depth = 0
    for event in yaml.parse(header, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > 2 * DEEPEST:
            return int(event.start_mark.line) + 2 if event.start_mark else 1
    return 0


def _read_toml(path: str, header: str) -> tuple[dict[str, Value], dict[str, int], tuple[Problem, ...]]:
    import tomllib

    try:
        tree = tomllib.loads(header.replace("\r\n", "\n"))
        values = {key: _as_text(value) for key, value in tree.items()}
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) + 1 if where else 1
        message = re.sub(r" \(at .*", "", str(error))
        return {}, {}, (Problem(path, f"the front matter is not TOML: {message}", "mend this line", line),)
    lines: dict[str, int] = {}
    for number, line_text in enumerate(header.splitlines(), start=2):
        found = re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line_text) or re.match(r"\s*\[+([\w.-]+)\]+", line_text)
        if found:
            lines.setdefault(found[1], number)
    return values, lines, ()


def _as_text(value: object) -> Value:
    if isinstance(value, Mapping):
        return {str(key): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)


def quoted(text: str) -> str:
    """A text as a double-quoted YAML scalar on one line, which reads back as exactly that text."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate has no place in a UTF-8 file
    written = json.dumps(text, ensure_ascii=False)
    if written.isprintable():
        return written
    return "".join(ch if _is_printable(ch) else _escaped(ch) for ch in written)


def _is_printable(ch: str) -> bool:
    return ch == " " or (unicodedata.category(ch)[0] not in "CZ")


def _escaped(ch: str) -> str:
    code = ord(ch)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
