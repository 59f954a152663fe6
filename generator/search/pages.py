"""What the search sees of a page: the element marked `data-pagefind-body`, and nothing around it.

An article is indexed again only when this part changes; what stands beside it on its page may change freely.
"""

import hashlib
import re

from generator.search.scripts import spaced

_BODY = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?\sdata-pagefind-body\b[^<>]*>")


def searched_part(page: str) -> str:
    """A page that Pagefind reads as it reads this one, its letters spaced; the whole page where that is not certain."""
    page = spaced(page)
    # What stands before the attribute is not searched for its beginning: a page has many elements before it.
    marked = page.find("data-pagefind-body")
    opening = _BODY.search(page, page.rfind("<", 0, marked)) if marked > 0 else None
    if opening is None:
        return page
    end = _end_of(opening[1], page, opening.end())
    part = page[opening.start() : end]
    around = page[: opening.start()] + page[end:]
    if not end or "data-pagefind-" in around or "<h1" not in part:
        return page
    return f"<!doctype html><html><body>{part}</body></html>"


def searched_digest(page: bytes) -> str:
    """A digest of what the search sees of a page."""
    return hashlib.sha256(searched_part(page.decode("utf-8", "replace")).encode()).hexdigest()


def _end_of(tag: str, page: str, place: int) -> int:
    """Where the element ends whose opening tag ends at `place`; 0 when it does not."""
    depth = 1
    for match in re.compile(rf"<(/?){tag}\b[^<>]*>", re.I).finditer(page, place):
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    return 0
