"""Everything a site is planned from is gathered: what has not changed since it was read is recalled, the rest read.

Reading is spread over processes when there is much of it. What has problems is not remembered, so that they are told
again by every build.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.archive.catalogue import arranged
from generator.archive.pictures import read_picture
from generator.archive.reading import is_keeper_page, read_article, read_keeper_page, read_text
from generator.archive.remembering import Held, Plain, Read, recalled, remembered
from generator.archive.sightings import content_sightings, is_picture, is_sure
from generator.model.catalogue import Holding, KeeperPage, Picture
from generator.problems import Problem
from generator.publishing.record import Record, Seen, recalled_files
from generator.publishing.workers import Workers, shared_out
from generator.settings import Settings
from generator.site.desk import Content

KIND = "content"
_LEAST, _MOST = 300, 250
"""Files: fewer are not worth another process; more in one go would keep the others waiting at the end."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """Files of an archive that are to be read."""

    root: Path
    paths: tuple[str, ...]


@dataclass(slots=True)
class Gathered:
    """The files of `content/`: what `stat` said of each, what was read of it, and what is wrong.

    `gone` are those that were remembered and are no longer there, or no longer of use.
    """

    seen: dict[str, str]
    held: dict[str, Held] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    gone: tuple[str, ...] = ()

    def content(self, settings: Settings) -> Content:
        """The whole archive, in order."""
        held = [self.held[path] for path in self.seen if path in self.held]
        articles = [item for item in held if isinstance(item, Holding)]
        keeper_pages = tuple(item for item in held if isinstance(item, KeeperPage))
        images = tuple(item for item in held if isinstance(item, Picture))
        return Content(arranged(articles, dict(settings.one_author)), keeper_pages, images, settings)


def gather(root: Path, seen: dict[str, str], record: Record | None = None, workers: Workers | None = None) -> Gathered:
    """Reads what is new or changed, and recalls the rest; without a record, everything is read."""
    gathered = Gathered(seen)
    known = record.files(KIND) if record else {}
    unread = [path for path in seen if not _is_recalled(path, known, gathered)]
    read_now = _read(root, unread, gathered, workers or Workers(1))
    gathered.gone = tuple(sorted(known.keys() - gathered.held.keys()))
    if record:
        changed = {path: Seen(seen[path], data) for path, data in read_now.items() if is_sure(seen[path])}
        record.keep_files(KIND, changed, gathered.gone)
    return gathered


def read_content(root: Path, settings: Settings) -> tuple[Content, tuple[Problem, ...]]:
    """Everything a site is planned from, read anew, and what is wrong with it."""
    gathered = gather(root, content_sightings(root))
    return gathered.content(settings), tuple(gathered.problems)


def recall_content(root: Path, settings: Settings, folder: Path) -> Content:
    """The same for somebody who does not build: from the record in `folder` where files are as they were read."""
    gathered = Gathered(content_sightings(root))
    known = recalled_files(folder, KIND)
    unread = [path for path in gathered.seen if not _is_recalled(path, known, gathered)]
    _read(root, unread, gathered, Workers(1))
    return gathered.content(settings)


def read_files(order: ToRead) -> tuple[tuple[str, Plain | None, tuple[Problem, ...]], ...]:
    """(path, what was read, problems) of each file; nothing was read where nothing can be published of it."""
    found = []
    for path in order.paths:
        held, problems = _held(order.root, path)
        found.append((path, remembered(held) if held is not None else None, problems))
    return tuple(found)


def _is_recalled(path: str, known: Mapping[str, Seen], gathered: Gathered) -> bool:
    """Takes in a file that has not changed since it was read, if it has not."""
    before = known.get(path)
    if before is None or before.seen != gathered.seen[path]:
        return False
    try:
        gathered.held[path] = recalled(before.value)
    except ValueError:
        return False
    return True


def _read(root: Path, paths: Sequence[str], gathered: Gathered, workers: Workers) -> dict[str, Plain]:
    parts = shared_out(tuple(paths), workers, _LEAST, _MOST)
    fine: dict[str, Plain] = {}
    for part in workers.run(read_files, [ToRead(root, tuple(part)) for part in parts]):
        for path, plain, problems in part:
            gathered.problems += problems
            if plain is not None:
                gathered.held[path] = recalled(plain)
                if not problems:
                    fine[path] = plain
    return fine


def _held(root: Path, path: str) -> tuple[Read | None, tuple[Problem, ...]]:
    if not path.isascii() and path.encode("utf-8", "replace") != path.encode("utf-8", "surrogateescape"):
        return None, (
            Problem(path.encode("utf-8", "replace").decode(), "has a name that is not UTF-8", "rename the file"),
        )
    if is_picture(path.rpartition("/")[2]):
        return read_picture(root, path)
    text, sha256, problems = read_text(root, path)
    if problems:
        return None, problems
    if is_keeper_page(path):
        return read_keeper_page(path, text, sha256)
    return read_article(path, text, sha256)
