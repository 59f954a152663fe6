"""`watch`: build, serve, and build again whenever something of the archive has changed.

No mistake in a file ends it: problems are reported, the last good site stays, and the next change is tried.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from generator.build import Build, Options, build, effective_settings
from generator.problems import Problem, Refusal
from generator.watching.changes import Changes
from generator.watching.preview import open_preview

Report = Callable[[Build | None, tuple[Problem, ...], frozenset[str]], None]
"""Told of each build (or of none, with the problems that prevented it) and of the changes that led to it."""


def watch(root: Path, options: Options, host: str, port: int | None, poll: bool, report: Report, announce: Callable[[str], None]) -> None:
    """Watches the archive in `root` until it is interrupted; `announce` is told the preview's address."""
    site = options.out or root / "site"
    try:
        base_path = effective_settings(root, options)[0].base_path
    except Refusal:
        base_path = "/"
    with Changes(root, poll=poll) as changes:
        report(*_built(root, options), frozenset())
        preview = open_preview(site, host, port, base_path, reloads=True)
        threading.Thread(target=preview.serve_forever, daemon=True).start()
        announce(f"http://{host}:{preview.server_address[1]}/")
        try:
            for changed in changes:
                report(*_built(root, options), changed)
                preview.announce()
        finally:
            preview.shutdown()
            preview.server_close()


def _built(root: Path, options: Options) -> tuple[Build | None, tuple[Problem, ...]]:
    try:
        done = build(root, options)
    except Refusal as refusal:
        return None, refusal.problems
    return done, done.problems
