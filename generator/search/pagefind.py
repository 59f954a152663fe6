"""The Pagefind program: where it is, and one run of it over a folder of pages.

It always writes into a fresh folder, for it leaves dead files behind in a used one.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Problem, Refusal

ARTICLES = "{[0-9][0-9][0-9][0-9],undated}/*/index.html"
"""Where article pages stand; listings among them carry no body for Pagefind and are passed over."""
_PATIENCE = 3600


@dataclass(frozen=True, slots=True)
class Pagefind:
    """A Pagefind program and its version."""

    program: Path
    version: str


def find_pagefind(wish: str = "") -> Pagefind:
    """The program that the settings wish for, else the packaged one; raises Refusal when there is none that runs."""
    program = _program(wish)
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        hint = "install it anew with `pip install --force-reinstall pagefind-bin`, or mend search.pagefind in pressmark.toml"
        raise Refusal(Problem("pagefind", f"{program} does not run: {error}", hint)) from None
    return Pagefind(program, answer.stdout.strip().removeprefix("pagefind").strip())


def _program(wish: str) -> Path:
    if wish:
        found = shutil.which(wish)
        if found:
            return Path(found)
        hint = "write the path of a pagefind program, or remove the setting to use the packaged one"
        raise Refusal(Problem("pressmark.toml", f'pagefind: there is no program "{wish}"', hint))
    try:
        import pagefind_bin

        return Path(pagefind_bin.get_executable())
    except (ImportError, OSError, RuntimeError):
        hint = "install it with `pip install pagefind-bin`, or build with --no-search"
        raise Refusal(Problem("pagefind", "the search program is not installed", hint)) from None


def index_pages(pagefind: Pagefind, site: Path, fresh: Path, language: str) -> int:
    """Indexes the article pages of a site into the folder `fresh`; gives the number of pages found.

    All languages go into one index, so that a reader searches the whole archive at once.
    """
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [pagefind.program, "--site", site, "--output-path", fresh, "--glob", ARTICLES]
    command += ["--force-language", language.split("-")[0].lower() or "en", "--quiet"]
    # Pagefind reads settings from PAGEFIND_*: a build must not depend on who runs it.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, env=environment, cwd=fresh.parent, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        raise Refusal(Problem("pagefind", f"did not run: {error}", "build with --no-search to publish without it")) from None
    if run.returncode != 0 or not (fresh / "pagefind.js").is_file():
        said = " ".join((run.stderr or run.stdout).split())[-300:]
        raise Refusal(Problem("pagefind", f"failed: {said or run.returncode}", "build with --no-search to publish without it"))
    return sum(1 for _ in (fresh / "fragment").glob("*")) if (fresh / "fragment").is_dir() else 0
