"""`pressmark.toml`: what a keeper can set, read into a frozen value; anything misspelt is a problem with its line."""

import difflib
import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from generator.colours import READABLE, contrast, is_colour
from generator.plain_files import read_plain
from generator.problems import Problem, Refusal

FILE = "pressmark.toml"
AUTHORS = "authors.toml"
PREVIEW = "http://localhost:8000/"
_BIGGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the site's navigation: `path` is an address of this site or a whole URL."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A keeper's own look: colours as CSS has them, each for the light and the dark page, and a picture as the logo.

    `logo` is the path of a picture below the archive's root; empty values leave what the stylesheet says.
    """

    accent: str = ""
    accent_dark: str = ""
    paper: str = ""
    paper_dark: str = ""
    panel: str = ""
    panel_dark: str = ""
    ink: str = ""
    ink_dark: str = ""
    logo: str = ""

    @property
    def colours(self) -> tuple[tuple[str, str, str], ...]:
        """(name, light, dark) of each colour."""
        names = ("accent", "paper", "panel", "ink")
        return tuple((name, getattr(self, name), getattr(self, f"{name}_dark")) for name in names)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an archive; `base_url` ends with a slash, or is empty while nobody has said where it will be."""

    name: str = "An archive"
    description: str = ""
    language: str = "en"
    base_url: str = ""
    publisher: str = ""
    rights: str = ""
    navigation: tuple[Link, ...] = ()
    footer: str = ""
    newest: int = 12
    search: bool = True
    pagefind: str = ""
    theme: Theme = Theme()
    one_author: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """The site's address, that of the local preview while none is set."""
        return self.base_url or PREVIEW

    @property
    def base_path(self) -> str:
        """The path below which the site stands on its host: `/` or `/archive/`."""
        return urlsplit(self.address).path or "/"


_TABLES: dict[str, dict[str, type]] = {
    "archive": {
        "name": str,
        "description": str,
        "language": str,
        "base_url": str,
        "publisher": str,
        "rights": str,
    },
    "site": {"navigation": list, "footer": str, "newest": int},
    "search": {"enabled": bool, "pagefind": str},
    "theme": {field.name: str for field in fields(Theme)},
}
BUNDLED_COLOURS = {
    "accent": "#7c2d25", "paper": "#fcfbf8", "panel": "#f3f0e9", "ink": "#1f1c18",
    "accent_dark": "#e3a08f", "paper_dark": "#171614", "panel_dark": "#211f1c", "ink_dark": "#e9e4da",
}  # fmt: skip
"""The colours of the bundled stylesheet."""
_KIND = {str: "a text between quotation marks", list: "a list", int: "a whole number", bool: "true or false"}


def read_settings(root: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Reads the settings of the archive in `root`; raises Refusal when they cannot be read at all."""
    path = root / FILE
    try:
        if path.stat().st_size > _BIGGEST:
            raise Refusal(Problem(FILE, "is larger than a settings file can be", "restore it from a copy"))
        text = read_plain(path).decode("utf-8-sig")
        tree = tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        raise Refusal(
            Problem(
                FILE,
                f"there is no archive in {root.name or root}",
                "make one with `pressmark new DIR`, or name one with --root DIR",
            )
        ) from None
    except UnicodeDecodeError:
        raise Refusal(Problem(FILE, "is not UTF-8 text", "save it as UTF-8")) from None
    except OSError as error:
        raise Refusal(Problem(FILE, f"cannot be read: {error.strerror}", "check the file's permissions")) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = re.search(r"at line (\d+)", str(error))
        message = re.sub(r" \(at .*", "", str(error))
        raise Refusal(
            Problem(FILE, f"is not TOML: {message}", "mend this line", int(where[1]) if where else 0)
        ) from None
    settings, problems = _settings(tree, text)
    one_author, more = _authors(root)
    return replace(settings, one_author=one_author), problems + more


def _authors(root: Path) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """The pairs (other spelling, name) of `authors.toml`, where a keeper says who is one author."""
    try:
        text = read_plain(root / AUTHORS).decode("utf-8-sig")
        tree = tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        return (), ()
    except (OSError, ValueError, RecursionError) as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) if where else 0
        return (), (Problem(AUTHORS, "cannot be read as TOML", "mend this line", line),)
    pairs: list[tuple[str, str]] = []
    for entry in tree["author"] if isinstance(tree.get("author"), list) else []:
        name, also = (entry.get("name"), entry.get("also", [])) if isinstance(entry, dict) else (None, [])
        if not isinstance(name, str) or not isinstance(also, list) or not all(isinstance(other, str) for other in also):
            hint = 'write it as [[author]], name = "…", also = ["…"]'
            return (), (Problem(AUTHORS, "an author lacks its name, or its other names are no list", hint),)
        pairs += [(other, name) for other in also]
    return _followed(pairs)


def _followed(pairs: list[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """The pairs with the name that is meant in the end, where one is itself the other spelling of another."""
    from generator.model.catalogue import folded

    meant = {folded(other): name for other, name in pairs}
    found = []
    for other, first in pairs:
        name, seen = first, {folded(other)}
        while (key := folded(name)) in meant and folded(meant[key]) != key:
            if key in seen:
                hint = "keep it as the name or as another name, not as both"
                return (), (Problem(AUTHORS, f'"{first}" is another name of its own other name', hint),)
            seen.add(key)
            name = meant[key]
        found.append((other, name))
    return tuple(found), ()


def _settings(tree: dict[str, object], text: str) -> tuple[Settings, tuple[Problem, ...]]:
    problems: list[Problem] = []
    lines = _lines(text)
    found: dict[str, object] = {}
    for table, content in tree.items():
        if table not in _TABLES or not isinstance(content, dict):
            problems.append(_unknown(table, list(_TABLES), lines.get(f"[{table}]", lines.get(f".{table}", 0)), "table"))
            continue
        for key, value in content.items():
            line = lines.get(f"{table}.{key}", 0)
            kind = _TABLES[table].get(key)
            if kind is None:
                problems.append(_unknown(key, list(_TABLES[table]), line, "setting"))
            elif type(value) is not kind:
                problems.append(Problem(FILE, f"{key} is not {_KIND[kind]}", f"write {key} as {_KIND[kind]}", line))
            else:
                found[_name(table, key)] = value
    if "navigation" in found:
        found["navigation"] = _navigation(found["navigation"], lines.get("site.navigation", 0), problems)
    if "base_url" in found:
        address, problem = base_url(str(found["base_url"]))
        found["base_url"] = address
        if problem:
            problems.append(
                Problem(
                    FILE,
                    problem,
                    "write it as https://example.org/ or https://example.org/archive/",
                    lines.get("archive.base_url", 0),
                )
            )
    colours = {key.removeprefix("theme."): str(found.pop(key)) for key in list(found) if key.startswith("theme.")}
    return Settings(**found, theme=_theme(colours, lines, problems)), tuple(problems)  # type: ignore[arg-type]


def _name(table: str, key: str) -> str:
    if table == "theme":
        return f"theme.{key}"
    return "search" if (table, key) == ("search", "enabled") else key


def _theme(values: dict[str, str], lines: dict[str, int], problems: list[Problem]) -> Theme:
    """The look, without colours that are none and a logo that is no file of the archive."""
    for key, value in list(values.items()):
        line = lines.get(f"theme.{key}", 0)
        if key == "logo":
            parts = value.split("/")
            if not value.startswith("content/") or ".." in parts or "" in parts:
                hint = "write it as content/logo.png, a picture of the archive"
                problems.append(Problem(FILE, f'logo: "{value}" is not a picture below content/', hint, line))
                del values[key]
        elif value and not is_colour(value):
            hint = "write it as #7c2d25, rgb(124 45 37), oklch(40% 0.1 30) or a name such as navy"
            problems.append(Problem(FILE, f'{key}: "{value}" is not a colour', hint, line))
            del values[key]
    theme = Theme(**values)
    for key, paper in (
        ("ink", "paper"),
        ("accent", "paper"),
        ("ink_dark", "paper_dark"),
        ("accent_dark", "paper_dark"),
    ):
        if not (values.get(key) or values.get(paper)):
            continue
        found = contrast(values.get(key) or BUNDLED_COLOURS[key], values.get(paper) or BUNDLED_COLOURS[paper])
        if found is not None and found < READABLE:
            message = f"{key}: its contrast to {paper} is {found:.1f}, and not everybody can read below {READABLE}"
            problems.append(
                Problem(
                    FILE,
                    message,
                    "take a darker colour, or a lighter background (for the dark page the other way)",
                    lines.get(f"theme.{key}", lines.get(f"theme.{paper}", 0)),
                )
            )
    return theme


def base_url(text: str) -> tuple[str, str]:
    """A base URL with its closing slash, and what is wrong with it (empty: nothing; then the URL is usable)."""
    if not text:
        return "", ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "", f'base_url: "{text}" is not a web address'
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        return "", f'base_url: "{text}" is not a web address'
    return text if text.endswith("/") else text + "/", ""


def _navigation(value: object, line: int, problems: list[Problem]) -> tuple[Link, ...]:
    links = []
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict) and isinstance(item.get("label"), str) and isinstance(item.get("path"), str):
            links.append(Link(item["label"], item["path"]))
        else:
            problems.append(
                Problem(
                    FILE,
                    "an entry of navigation lacks its label or path",
                    'write it as {label = "About", path = "/about/"}',
                    line,
                )
            )
    return tuple(links)


def _unknown(key: str, known: list[str], line: int, what: str) -> Problem:
    close = difflib.get_close_matches(key, known, 1)
    hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"
    return Problem(FILE, f"{key} is no {what} of Pressmark", hint, line)


def _lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := re.match(r"\s*\[+\s*([\w.-]+)\s*\]+", line):
            table = heading[1]
            lines.setdefault(f"[{table}]", number)
        elif setting := re.match(r"\s*([\w-]+)\s*=", line):
            lines.setdefault(f"{table}.{setting[1]}", number)
    return lines
