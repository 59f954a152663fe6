"""A long page is put together from pieces, such as the cards of a list: those that it had are taken from it as it is published.

A piece is known by all that it follows from. Where it stands in the page is remembered, and the digest of the page.
"""

import marshal
from collections.abc import Callable
from hashlib import blake2b, sha256

from markupsafe import Markup


class Pieces:
    """The pieces of one page: `known` are those that it had, by the digest of what they follow from, with their HTML."""

    def __init__(self, known: dict[bytes, str] | None = None) -> None:
        self._known = known or {}
        self._placed: list[tuple[bytes, str]] = []

    def __len__(self) -> int:
        return len(self._placed)

    def placed(self, about: str, make: Callable[[], Markup]) -> Markup:
        """The piece that follows from what it is `about`, as it is known or made now."""
        digest = blake2b(about.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        html = self._known.get(digest)
        if html is None:
            html = make()
        self._placed.append((digest, html))
        return Markup(html)

    def written(self, page: bytes) -> bytes:
        """Where the pieces that were placed stand in the page, for `recalled`."""
        found: list[tuple[bytes, int, int]] = []
        end = 0
        for digest, html in self._placed:
            piece = html.encode("utf-8", "replace")
            begin = page.find(piece, end)
            if begin >= 0:
                end = begin + len(piece)
                found.append((digest, begin, end))
        return marshal.dumps((sha256(page).digest(), found))


def recalled(written: bytes, page: bytes) -> Pieces:
    """The pieces of a page as it is published; none are known where it is not the one that was written about."""
    try:
        digest, found = marshal.loads(written)
        if digest != sha256(page).digest():
            return Pieces()
        return Pieces({about: page[begin:end].decode() for about, begin, end in found})
    except (ValueError, EOFError, TypeError):
        return Pieces()
