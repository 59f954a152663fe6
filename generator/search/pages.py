"""What the search sees of a page: the element marked `data-pagefind-body`, and nothing around it.

An article is indexed again only when this part changes; what stands beside it on its page may change freely.
"""

import hashlib
import re

from generator.search.scripts import spaced

_MARK = "data-pagefind-body"
_UNMARKED = " unmarked"
_BODY = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?\sdata-pagefind-body\b[^<>]*>")


def searched_part(page: str) -> str:
    """A page that Pagefind reads as it reads this one, its letters spaced; the whole page where that is not certain."""
    opening = _opening(page)
    if opening is None:
        return spaced(page)
    start, end = opening.start(), _end_of(opening[1], page, opening.end())
    if not end or not 0 <= page.find("<h1", start) < end:
        return spaced(page)
    if page.find("data-pagefind-", 0, start) >= 0 or page.find("data-pagefind-", end) >= 0:
        return spaced(page)
    return f"<!doctype html><html><body>{spaced(page[start:end])}</body></html>"


def _opening(page: str) -> re.Match[str] | None:
    """The first tag with the mark: nearly always the tag that the first mention of it stands in."""
    place = page.find(_MARK)
    # What stands before it is not searched: a page has many elements before it.
    return _BODY.search(page, max(0, page.rfind("<", 0, place))) if place >= 0 else None


def searched_digest(page: bytes) -> str:
    """A digest of what the search sees of a page, which says so where nothing on it is marked."""
    seen = searched_part(page.decode("utf-8", "replace"))
    return hashlib.sha256(seen.encode()).hexdigest() + ("" if _opening(seen) else _UNMARKED)


def is_marked(digest: str) -> bool:
    """Whether a page has a mark, by the digest of what the search sees: Pagefind leaves out one without where others
    have one."""
    return not digest.endswith(_UNMARKED)


def _end_of(tag: str, page: str, place: int) -> int:
    """Where the element ends whose opening tag ends at `place`; 0 when it does not."""
    depth = 1
    for match in re.compile(rf"<(/?){tag}\b[^<>]*>", re.I).finditer(page, place):
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    return 0
