"""Pages are abridged before Pagefind reads them: a row of plain words gives way to one word that marks its place.

Pagefind says the same of a word wherever it stands, and it takes most of its time for saying it again. So it is asked
about each distinct word once (`vocabulary`), about each page without its rows, and what it says of both is put together
again (`restoring`). Which element a row stands in, whether that is searched and what it counts for, Pagefind alone
decides: it says so of the mark.
"""

import re
from dataclasses import dataclass

MARK = "xqz"
"""How a mark begins; its number follows. No rule for the ends of words (a stemmer) takes anything off one."""
_FEWEST = 4
_COUNTS_FOR_MORE = re.compile("<h[1-6]")
_LONG_TEXT = re.compile(">([^<>]{60,})(?=<)")
"""A text between two tags that is worth a mark."""


@dataclass(frozen=True, slots=True)
class Abridged:
    """A page whose rows of words are marks; the first mark stands for the first of the `rows`."""

    page: str
    rows: tuple[tuple[str, ...], ...]


def mark(number: int) -> str:
    """The word that stands for a row."""
    return f"{MARK}{number}"


def abridged(page: str) -> Abridged:
    """The page without its rows of words; as it is where it uses the mark itself."""
    if MARK in page:
        return Abridged(page, ())
    rows: list[tuple[str, ...]] = []
    parts: list[str] = []
    end = 0
    for match in _LONG_TEXT.finditer(page):
        start = match.start()
        if _COUNTS_FOR_MORE.match(page, page.rfind("<", 0, start)):
            continue
        text = match[1]
        words = _plain(text).split()
        # The first and the last word may go on in the elements beside, and stay as they are written.
        if len(words) > _FEWEST:
            before, after = (" " if letter.isspace() else "" for letter in (text[0], text[-1]))
            first, last = text.split(None, 1)[0], text.rsplit(None, 1)[1]
            parts += (page[end : start + 1], f"{before}{first} {mark(len(rows))} {last}{after}")
            rows.append(tuple(words[1:-1]))
            end = match.end()
    return Abridged("".join((*parts, page[end:])), tuple(rows))


def _plain(text: str) -> str:
    """A text as it is read; nothing where that is not certain: signs that cannot be seen, or that are spaces to some."""
    if "&" in text:
        text = text.replace("&quot;", '"')
    is_certain = "&" not in text and "_" not in text
    return text if is_certain and text.replace("\n", " ").replace("\xa0", " ").isprintable() else ""
