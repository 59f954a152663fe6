"""How the archive is cut for indexing: along the calendar, into parts of bounded size whose membership is stable.

A part that grows too large is halved, first by years, then by months, and articles of one month by a digest of their
address; nothing else moves. Which articles share a part follows from the articles alone, never from their history.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

LIMIT = 400
"""Articles of one shard: Pagefind takes about half a megabyte of memory and three milliseconds for each."""
WHOLE = "all"
_SLOT_BITS = 18
_MONTHS = 16


class Indexed(NamedTuple):
    """An article's page as the search sees it: its path on the site, when it stands, and a digest of its words."""

    path: str
    year: int
    month: int
    searched: str


def cut(articles: Sequence[Indexed], limit: int = 0) -> dict[str, tuple[Indexed, ...]]:
    """The shards by name, in calendar order, of at most `limit` articles (0: LIMIT); one when the archive is small."""
    limit = limit or LIMIT
    if len(articles) <= limit:
        return {WHOLE: tuple(sorted(articles))} if articles else {}
    # Its place on the calendar, months as sixteenths of years; the undated come first.
    last = (1 << _SLOT_BITS) // _MONTHS - 1
    placed = sorted([(min(max(article[1], 0), last) * _MONTHS + article[2], article) for article in articles])
    return dict(_halved(placed, 0, 1 << _SLOT_BITS, limit))


def _halved(
    placed: list[tuple[int, Indexed]], low: int, width: int, limit: int
) -> list[tuple[str, tuple[Indexed, ...]]]:
    if not placed:
        return []
    if len(placed) <= limit:
        return [(_name(low, width), tuple(sorted(article for _, article in placed)))]
    if width == 1:
        return _scattered([article for _, article in placed], _name(low, width), "", limit)
    half = width // 2
    early = [item for item in placed if item[0] < low + half]
    return _halved(early, low, half, limit) + _halved(placed[len(early) :], low + half, half, limit)


def _scattered(articles: list[Indexed], name: str, prefix: str, limit: int) -> list[tuple[str, tuple[Indexed, ...]]]:
    """One month that alone is too large, by the leading bits of a digest of each address."""
    if not articles:
        return []
    if len(articles) <= limit or len(prefix) > 32:
        return [(f"{name}.{prefix}", tuple(sorted(articles)))]
    parts = []
    for bit in "01":
        inner = [article for article in articles if _bits(article.path).startswith(prefix + bit)]
        parts += _scattered(inner, name, prefix + bit, limit)
    return parts


def _bits(path: str) -> str:
    return f"{int(hashlib.sha256(path.encode()).hexdigest()[:16], 16):064b}"


def _name(low: int, width: int) -> str:
    year, month = divmod(low, _MONTHS)
    return f"{year:04d}-{month:02d}+{width}"
