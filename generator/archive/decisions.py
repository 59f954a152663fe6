"""The decisions file beside an article (`ferry.review.toml` beside `ferry.md`): read, written, and its values applied.

A file that cannot be read decides nothing and is a problem with its line; it is never overwritten then.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.archive.schema import read_fields
from generator.archive.sightings import DECISIONS
from generator.front_matter import FrontMatter, quoted
from generator.model.articles import Conversion, Fields
from generator.model.decisions import Decisions
from generator.model.ledger import Label
from generator.plain_files import open_plain
from generator.problems import Problem, Refusal

VALUES = ("title", "subtitle", "author", "date", "language", "tags", "summary", "image_credits", "author_note")
"""The front matter keys that a person can set in review."""

_LISTS = frozenset({"author", "tags", "summary"})
_FIELDS = {"author": "authors"}
_WHY = "a person, in review"
_BIGGEST = 1_000_000
_HEAD = "# What a person decided about the conversion of this article's capture. `pressmark watch` writes it at /_review/.\n"


def decisions_path(article: str) -> str:
    """Where the decisions about the article file `article` stand."""
    return article.removesuffix(".md") + DECISIONS


def read_decisions(root: Path, article: str) -> Decisions:
    """The decisions about an article; raises Refusal when the file cannot be understood."""
    path = decisions_path(article)
    try:
        with open_plain(root / path) as stream:
            data = stream.read(_BIGGEST)
        tree = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        raise Refusal(Problem(path, f"cannot be read: {error.strerror}", "check that it may be read")) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        where = re.search(r"at line (\d+)", str(error))
        raise Refusal(
            Problem(path, f"is not TOML: {error}", "mend it, or remove it", int(where[1]) if where else 0)
        ) from None
    return Decisions(
        _labels(path, tree.get("block", [])), _values(path, tree.get("values", {})), hashlib.sha256(data).hexdigest()
    )


def written_decisions(capture: str, decisions: Decisions, begins: Mapping[str, str]) -> str:
    """The text of a decisions file; `begins` shows a person how each block begins."""
    lines = [_HEAD, f"capture = {_toml(capture)}\n"]
    if decisions.values:
        lines.append("\n[values]\n")
        lines += [f"{key} = {_toml(decisions.values[key])}\n" for key in VALUES if key in decisions.values]
    for key, label in decisions.labels.items():
        lines.append(f'\n[[block]]\nkey = "{key}"\nlabel = "{label.value}"\nbegins = {_toml(begins.get(key, ""))}\n')
    return "".join(lines)


def with_values(conversion: Conversion, decisions: Decisions, path: str) -> Conversion:
    """The conversion with the values that a person has set; raises Refusal when one of them is none (`path`: the article)."""
    if not decisions.values and not decisions.labels:
        return conversion
    front = FrontMatter("toml", "", "", 1, {"title": conversion.fields.title or "?", **decisions.values})
    fields, _, problems = read_fields(decisions_path(path), front)
    if problems or fields is None:
        raise Refusal(*(replace(problem, line=0) for problem in problems))
    changed = {
        name: getattr(fields, name) for key in decisions.values if (name := _FIELDS.get(key, key)) in Fields.__slots__
    }
    read = tuple((key, reason) for key, reason in conversion.read if key not in decisions.values)
    read += tuple((key, _WHY) for key, value in decisions.values.items() if value)
    return replace(conversion, fields=replace(conversion.fields, **changed), read=read, decisions=decisions.sha256)


def value_of(key: str, text: str) -> str | list[str]:
    """What a person typed, as a value: lists have one item a line."""
    if key in _LISTS:
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text.strip() if key == "author_note" else " ".join(text.split())


def _labels(path: str, blocks: object) -> dict[str, Label]:
    found: dict[str, Label] = {}
    for block in blocks if isinstance(blocks, list) else []:
        key, label = (block.get("key"), block.get("label")) if isinstance(block, dict) else (None, None)
        if not isinstance(key, str) or label not in list(Label):
            raise Refusal(Problem(path, f"label {label!r} is not known", f"write one of: {', '.join(Label)}"))
        found[key] = Label(label)
    return found


def _values(path: str, values: object) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for key, value in values.items() if isinstance(values, dict) else ():
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if key not in VALUES or not (isinstance(value, str) or (is_list and key in _LISTS)):
            raise Refusal(Problem(path, f"{key} is nothing that can be set here", f"known are: {', '.join(VALUES)}"))
        found[key] = value
    return found


def _toml(value: str | list[str]) -> str:
    # TOML knows \u and \U of the escapes that YAML's form uses, but not \x.
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return re.sub(r"(?<!\\)((?:\\\\)*)\\x([0-9a-f]{2})", r"\1\\u00\2", quoted(value))
