"""The Pagefind program: where it is, and one run of it over a folder of pages.

It always writes into a fresh folder, for it leaves dead files behind in a used one.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Problem, Refusal

_PATIENCE = 3600
_ON_PATH = ("pagefind_extended", "pagefind")


@dataclass(frozen=True, slots=True)
class Pagefind:
    """A Pagefind program and its version."""

    program: Path
    version: str


def find_pagefind(wish: str = "") -> Pagefind:
    """The program that the settings wish for, else the newest of the packaged one and those on the PATH.

    Raises Refusal when there is none that runs.
    """
    if wish:
        found = shutil.which(wish)
        if not found:
            hint = "write the path of a pagefind program, or remove the setting to use the packaged one"
            raise Refusal(Problem("pressmark.toml", f'pagefind: there is no program "{wish}"', hint))
        return _asked(Path(found))
    programs = [program for program in (_packaged(), *map(shutil.which, _ON_PATH)) if program]
    if not programs:
        hint = "install it with `pip install pagefind-bin`, or build with --no-search"
        raise Refusal(Problem("pagefind", "the search program is not installed", hint))
    found_here: list[Pagefind] = []
    refusals: list[Refusal] = []
    for program in programs:
        try:
            found_here.append(_asked(Path(program)))
        except Refusal as refusal:
            refusals.append(refusal)
    if not found_here:
        raise refusals[0]
    return max(found_here, key=lambda pagefind: _order(pagefind.version))


def _packaged() -> str:
    try:
        import pagefind_bin

        return str(pagefind_bin.get_executable())
    except (ImportError, OSError, RuntimeError):
        return ""


def _asked(program: Path) -> Pagefind:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        hint = "install it anew with `pip install --force-reinstall pagefind-bin`, or mend search.pagefind in pressmark.toml"
        raise Refusal(Problem("pagefind", f"{program} does not run: {error}", hint)) from None
    return Pagefind(program, answer.stdout.strip().removeprefix("pagefind").strip())


def _order(version: str) -> tuple[int, ...]:
    """A version as it is compared; of 1.6.0 and 1.6.0-beta.1 the first is the newer one."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", version.partition("-")[0])[:3])
    return (*numbers, int("-" not in version))


def run_pagefind(pagefind: Pagefind, pages: Path, fresh: Path, language: str, threads: int = 0) -> None:
    """Indexes all pages of a folder into the folder `fresh`; raises Refusal when Pagefind fails.

    Several runs side by side are best given one of the `threads` each (0: as many as there are processors).

    All languages go into one index, so that a reader searches the whole archive at once.
    """
    shutil.rmtree(fresh, ignore_errors=True)
    command: list[str | Path] = [pagefind.program, "--site", pages, "--output-path", fresh, "--glob", "**/*.html"]
    command += ["--force-language", language.split("-", maxsplit=1)[0].lower() or "en", "--quiet"]
    # Pagefind reads settings from PAGEFIND_*: a build must not depend on who runs it.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    if threads:
        environment["RAYON_NUM_THREADS"] = str(threads)
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, env=environment, cwd=pages, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Refusal(
            Problem("pagefind", f"did not run: {error}", "build with --no-search to publish without it")
        ) from None
    if run.returncode != 0 or not (fresh / "pagefind.js").is_file():
        said = " ".join((run.stderr or run.stdout).split())[-300:]
        raise Refusal(
            Problem("pagefind", f"failed: {said or run.returncode}", "build with --no-search to publish without it")
        )
