"""All that a site follows from, as far as `stat` can tell, as one digest: where it is the same as after the last build,
and every published file is as it was, nothing has to be planned.
"""

import hashlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from generator.archive.sightings import is_sure, sightings
from generator.settings import Settings

_LIBRARIES = (
    "markdown_it",
    "mdit_py_plugins",
    "jinja2",
    "markupsafe",
    "babel",
    "nh3",
    "yaml",
    "anyascii",
    "pagefind_bin",
    "trafilatura",
    "lxml",
)
_PROGRAMS = ("pagefind", "pagefind_extended")


@lru_cache(maxsize=1)
def program_digest() -> str:
    """A digest of this program and what it renders with: what another one made is not taken for its own."""
    lines = [sys.version, *_described(_sources(Path(__file__).parent))]
    for name in _LIBRARIES:
        spec = importlib.util.find_spec(name)
        lines += _described([spec.origin] if spec and spec.origin else [])
    return _sha(lines)


def standing(
    root: Path, settings: Settings, wishes: object, templates: Iterable[Path], files: Mapping[str, str]
) -> str:
    """The digest of an archive as it stands; empty where a file changed so lately that it cannot be relied on.

    `wishes` are what else decides a build; `templates` the folders of templates; `files` the sightings of the archive.
    """
    seen = dict(files)
    for number, folder in enumerate(templates):
        seen |= {
            f"{number}/{path}": sight
            for path, sight in sightings(folder.parent, folder.name, lambda _: True, lambda _: True).items()
        }
    if not all(map(is_sure, seen.values())):
        return ""
    found = [program for program in (settings.pagefind or "", *_PROGRAMS) if program]
    programs = _described(filter(None, map(shutil.which, found)))
    return _sha(
        [
            program_digest(),
            str(root),
            repr(settings),
            repr(wishes),
            *programs,
            *(f"{path} {sight}" for path, sight in seen.items()),
        ]
    )


def _sources(folder: Path) -> Iterator[str]:
    for inner, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (str(Path(inner, name)) for name in sorted(names))


def _described(files: Iterable[str]) -> list[str]:
    lines = []
    for file in files:
        try:
            found = Path(file).stat()
        except OSError:
            continue
        lines.append(f"{file} {found.st_size} {found.st_mtime_ns}")
    return lines


def _sha(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
