"""What the preview shows at this moment: the published site, and above it pages that were made ahead of the build.

A page made ahead stands here until a build that knew of the same change has ended. The last good page of an article
that has become faulty is held here until the article is mended. The site's folder itself is written by the build alone.
"""

import hashlib
import threading
from collections.abc import Collection, Mapping
from pathlib import Path

NOT_FOUND = "404.html"


class Showcase:
    """The site in a folder, with the pages made ahead of it."""

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self._ahead: dict[str, tuple[int, bytes]] = {}
        self._held: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def put(self, pages: Mapping[str, bytes], turn: int) -> None:
        """Shows these pages (bytes by path) from now on; `turn` counts the changes so far."""
        with self._lock:
            self._ahead |= {path: (turn, data) for path, data in pages.items()}

    def settle(self, turn: int) -> None:
        """Lets go of pages made ahead up to this change: the site has them now."""
        with self._lock:
            self._ahead = {path: page for path, page in self._ahead.items() if page[0] > turn}

    def hold(self, paths: Collection[str]) -> None:
        """Goes on showing what stands at these paths, though the site lose it, until they are no longer named here."""
        held = {path: data for path in paths if (data := self._held.get(path) or self.data(path)) is not None}
        with self._lock:
            self._held = held

    def data(self, path: str) -> bytes | None:
        """The bytes at a path of the site (`""` and paths that end with `/` mean their `index.html`)."""
        path = file_path(path)
        with self._lock:
            ahead, held = self._ahead.get(path), self._held.get(path)
        if ahead is not None or held is not None:
            return ahead[1] if ahead is not None else held
        try:
            file = self.site / path
            return file.read_bytes() if file.resolve().is_relative_to(self.site) else None
        except (OSError, RuntimeError):
            return None

    def is_folder(self, path: str) -> bool:
        """Whether a path without a slash at its end is that of a folder."""
        try:
            return bool(path) and not path.endswith("/") and (self.site / path).is_dir()
        except OSError:
            return False

    def digest(self, path: str) -> str:
        """The SHA-256 of what is answered at a path: the page there, or the one that says there is none."""
        data = self.data(path)
        return digest(data if data is not None else self.data(NOT_FOUND) or b"")


def file_path(path: str) -> str:
    """The file that an address of the site means."""
    return path + "index.html" if path == "" or path.endswith("/") else path


def digest(data: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
