"""The templates and assets of a site: the archive's own file of a name, else the bundled one.

Each template has a digest over itself and everything it can reach, so that a page knows when it must be made anew.
"""

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import ChoiceLoader, FileSystemLoader, PrefixLoader
from markupsafe import Markup

from generator.locale import texts
from generator.plain_files import read_plain
from generator.problems import Problem
from generator.site.compiled import Compiled, Kept, references
from generator.site.compiling import Compiling
from generator.site.once import Once
from generator.site.places import bundled_templates, template_folders

__all__ = ["ASSETS", "BUNDLED", "Templates", "bundled_templates"]

ASSETS = "assets"
BUNDLED = "bundled/"
"""Before the name of a template: the bundled one, also where the archive has one of that name."""


class _Environment(Compiling):
    """An environment whose templates have the same values for all pages, and none of their own."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own dict where nothing is added: Jinja's view on two is slow, and asked on every import."""
        return super().make_globals(d) if d else self.globals


class Templates:
    """The templates that an archive in `root` uses; where there is a place, they are `kept` compiled."""

    def __init__(self, root: Path, kept: Kept | None = None) -> None:
        self.folders = template_folders(root)
        self.root = root
        self._kept = kept
        self._digests: dict[str, str] = {}

    @cached_property
    def environment(self) -> Compiling:
        """The Jinja environment; a name that a template misspells is an error, never an empty text."""
        environment = _Environment(
            loader=ChoiceLoader(
                [
                    FileSystemLoader([str(folder) for folder in self.folders]),
                    # An archive's own template extends the bundled one of its name as bundled/NAME.
                    PrefixLoader({"bundled": FileSystemLoader(str(self.folders[-1]))}),
                ]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=400,
            bytecode_cache=Compiled(self._kept),
            extensions=["jinja2.ext.i18n", Once],
        )
        environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        return environment

    def begin(self, language: str, everywhere: Mapping[str, Any]) -> None:
        """Begins a site: its templates say their own words in a language, and all get the values of `everywhere`.

        Nothing is left of what was rendered for another site, or for the same one before it changed.
        """
        environment = self.environment
        environment.extensions[Once.identifier] = Once(environment)
        if environment.cache is not None:
            environment.cache.clear()
        self._speak(language)
        environment.globals.update(everywhere)

    def _speak(self, language: str) -> None:
        translations = texts(language)
        self.environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        # A page says a hundred such texts, nearly all without a variable: each is translated once.
        said = lru_cache(maxsize=2000)(lambda text: Markup(translations.gettext(text) % {}))

        def gettext(text: str, **variables: object) -> Markup:
            return Markup(translations.gettext(text)) % variables if variables else said(text)

        self.environment.globals.update(gettext=gettext, _=gettext)

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
                return (
                    f"templates/{name}"
                    if folder.parent.resolve() == self.root.resolve()
                    else f"(bundled) templates/{name}"
                )
        return f"templates/{name}"

    def problem(self, error: Exception, fallback: str) -> Problem:
        """What went wrong in a template, with the template's own line."""
        if isinstance(error, TemplateSyntaxError):
            return Problem(
                self.place(error.name or fallback), error.message or "syntax error", "mend this line", error.lineno
            )
        if isinstance(error, TemplateNotFound):
            hint = "restore the file, or mend the name in the template that asks for it"
            return Problem(self.place(fallback), f"the template {error.name} does not exist", hint)
        name, line = self._place_in_traceback(error, fallback)
        return Problem(
            self.place(name),
            f"{type(error).__name__}: {error}",
            "see docs/templates.md for the values a template gets",
            line,
        )

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
        for other in references(self._source(name), self._kept):
            if other is None:  # a name known only when rendering: it may be any of them
                for any_name in self.environment.list_templates(filter_func=lambda n: not n.startswith(ASSETS)):
                    self._reach(any_name, seen)
            else:
                self._reach(other, seen)
        return seen

    def _source(self, name: str) -> str:
        folders = self.folders
        if name.startswith(BUNDLED):
            folders, name = self.folders[-1:], name.removeprefix(BUNDLED)
        for folder in folders:
            try:
                return read_plain(folder / name).decode("utf-8").replace("\r\n", "\n")
            except OSError:
                continue
            except UnicodeDecodeError:
                return ""
        return ""


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
