"""The templates and assets of a site: the archive's own file of a name, else the bundled one.

Each template has a digest over itself and everything it can reach, so that a page knows when it must be made anew.
"""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, meta
from jinja2.loaders import FileSystemLoader

from generator.problems import Problem

ASSETS = "assets"


def bundled_templates() -> Path:
    """The folder of the templates that come with Pressmark: inside the wheel, or at the top of a checkout."""
    inside = Path(__file__).parent.parent / "bundled" / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "templates"


class Templates:
    """The templates that an archive in `root` uses."""

    def __init__(self, root: Path) -> None:
        own = root / "templates"
        bundled = bundled_templates()
        self.folders = [own, bundled] if own.is_dir() and own.resolve() != bundled.resolve() else [bundled]
        self.root = root
        self._digests: dict[str, str] = {}

    @cached_property
    def environment(self) -> Environment:
        """The Jinja environment; a name that a template misspells is an error, never an empty text."""
        environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in self.folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=400,
            extensions=["jinja2.ext.i18n"],
        )
        environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        return environment

    def digest(self, name: str) -> str:
        """The digest of a template and all that it extends, includes and imports; of a missing one, its name's."""
        if name not in self._digests:
            reached = sorted(self._reach(name, set()))
            whole = "\n".join(f"{other} {_sha(self._source(other))}" for other in reached)
            self._digests[name] = _sha(whole)
        return self._digests[name]

    def assets(self) -> Iterator[tuple[str, Path]]:
        """(path on the site, file) of every asset, in order; an archive's own comes before a bundled one."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            base = folder / ASSETS
            for file in base.rglob("*") if base.is_dir() else ():
                inner = file.relative_to(folder)
                if file.is_file() and not any(part.startswith(".") for part in inner.parts):
                    found[inner.as_posix()] = file
        yield from sorted(found.items())

    def place(self, name: str) -> str:
        """A template's path as a person knows it: below the archive where it is there, else as a bundled one."""
        for folder in self.folders:
            if (folder / name).is_file():
                return f"templates/{name}" if folder.parent.resolve() == self.root.resolve() else f"(bundled) templates/{name}"
        return f"templates/{name}"

    def problem(self, error: Exception, fallback: str) -> Problem:
        """What went wrong in a template, with the template's own line."""
        if isinstance(error, TemplateSyntaxError):
            return Problem(self.place(error.name or fallback), error.message or "syntax error", "mend this line", error.lineno)
        if isinstance(error, TemplateNotFound):
            hint = "restore the file, or mend the name in the template that asks for it"
            return Problem(self.place(fallback), f"the template {error.name} does not exist", hint)
        name, line = self._place_in_traceback(error, fallback)
        return Problem(self.place(name), f"{type(error).__name__}: {error}", "see docs/templates.md for the values a template gets", line)

    def _place_in_traceback(self, error: Exception, fallback: str) -> tuple[str, int]:
        name, line = fallback, 0
        trace = error.__traceback__
        while trace is not None:
            for folder in self.folders:
                file = Path(trace.tb_frame.f_code.co_filename)
                if file.is_relative_to(folder):
                    name, line = file.relative_to(folder).as_posix(), trace.tb_lineno
            trace = trace.tb_next
        return name, line

    def _reach(self, name: str, seen: set[str]) -> set[str]:
        if name in seen:
            return seen
        seen.add(name)
        try:
            tree: Any = self.environment.parse(self._source(name), name)
        except TemplateSyntaxError:
            return seen  # rendering reports it
        for other in meta.find_referenced_templates(tree):
            if other is None:  # a name known only when rendering: it may be any of them
                for any_name in self.environment.list_templates(filter_func=lambda n: not n.startswith(ASSETS)):
                    self._reach(any_name, seen)
            else:
                self._reach(other, seen)
        return seen

    def _source(self, name: str) -> str:
        for folder in self.folders:
            try:
                return (folder / name).read_text("utf-8")
            except OSError:
                continue
            except UnicodeDecodeError:
                return ""
        return ""


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
