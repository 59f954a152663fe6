"""Pages are abridged before Pagefind reads them: a row of plain words gives way to one word that marks its place.

Pagefind says the same of a word wherever it stands, and it takes most of its time for saying it again. So it is asked
about each distinct word once (`vocabulary`), about each page without its rows, and what it says of both is put together
again (`restoring`). Which element a row stands in, whether that is searched and what it counts for, Pagefind alone
decides: it says so of the mark.
"""

from dataclasses import dataclass

MARK = "xqz"
"""How a mark begins; its number follows. No rule for the ends of words (a stemmer) takes anything off one."""
_FEWEST = 3
"""Words that are worth a mark."""
_FAR = 300
"""Letters among which so many are looked for."""
_LONG = 60
"""Letters of a text between two tags that may be worth one."""
_COUNTS_FOR_MORE = ("h1", "h2", "h3", "h4", "h5", "h6")
_IN_A_ROW = frozenset({"p", "li"})
"""Elements that often follow one another with nothing but a text in each: to Pagefind they are as one, where each ends
with a sign after which it adds none."""
_SENTENCE_ENDS = frozenset(".!?…:;”")
"""Signs that are not among those after which Pagefind writes a full stop where an element ends."""
_SPACES = frozenset(" \n")


@dataclass(frozen=True, slots=True)
class Abridged:
    """A page whose rows of words are marks; the first mark stands for the first of the `rows`, whose words stand between
    single spaces."""

    page: str
    rows: tuple[str, ...]


def mark(number: int) -> str:
    """The word that stands for a row."""
    return f"{MARK}{number}"


def abridged(page: str) -> Abridged:
    """The page without its rows of words; as it is where it uses the mark itself."""
    if MARK in page:
        return Abridged(page, ())
    rows: list[str] = []
    kept: list[str] = []
    # What stands between two signs that begin a tag: the rest of a tag, and the text after it.
    parts = page.split("<")
    number = 0
    while number < len(parts) - 1:
        begin, part = number, parts[number]
        number += 1
        tag, ends, text = part.rpartition(">") if len(part) > _LONG else ("", "", "")
        row = _plain(text) if ends and len(text) >= _LONG and not part.startswith(_COUNTS_FOR_MORE) else ""
        if not row:
            kept.append(part)
            continue
        # The first and the last word may go on in the elements beside: then they stay as they are written.
        first = last = before = after = ""
        if text[0].isspace():
            before = " "
        elif not begin or tag[:1] in "/!" or parts[begin - 1][-1:] not in _SPACES:
            first, row = text.split(None, 1)[0] + " ", row.partition(" ")[2]
        joined = [row]
        while tag in _IN_A_ROW and text[-1] in _SENTENCE_ENDS:
            more, words = _text_that_follows(parts, number, tag)
            if not words:
                break
            joined.append(words)
            text, number = more, number + 2
        row = " ".join(joined)
        if text[-1].isspace():
            after = " "
        else:
            last, row = " " + text.rsplit(None, 1)[-1], row.rpartition(" ")[0]
        if row.count(" ", 0, _FAR) < _FEWEST - 1:
            kept += parts[begin:number]
            continue
        kept.append(f"{tag}>{before}{first}{mark(len(rows))}{last}{after}")
        rows.append(row)
    kept += parts[number:]
    return Abridged("<".join(kept), tuple(rows))


def trial_page() -> str:
    """A page with all that abridging takes for granted: one who reads it otherwise when abridged is to get whole pages."""
    text = "nothing but plain words, and more of them than a mark is worth, stand in here"
    ends = (*sorted(_SENTENCE_ENDS), "")
    paragraphs = "\n".join(f"<p>{text}{sign}</p>" for sign in ends)
    items = "\n".join(f"<li>{text}{sign}</li>" for sign in ends)
    inline = f"{text} <em>{text}</em> {text}<strong>{text}</strong>\n{text}"
    return (
        "<!doctype html><html><body><main data-pagefind-body><h1>Trial</h1>\n"
        f"{paragraphs}\n<ul>\n{items}\n</ul>\n<p>{inline}</p>\n<blockquote>\n<p>{text}.</p>\n</blockquote>\n</main></body></html>"
    )


def _text_that_follows(parts: list[str], number: int, tag: str) -> tuple[str, str]:
    """The text of the next element with this tag, as it is written and in plain words, where one ends there, the next
    follows, and nothing else is in that; else nothing."""
    closed, opened = f"/{tag}>", f"{tag}>"
    if number + 2 < len(parts) and parts[number + 1].startswith(opened):
        between, text = parts[number].removeprefix(closed), parts[number + 1].removeprefix(opened)
        follows = between and parts[number].startswith(closed) and _SPACES.issuperset(between)
        if follows and text and ">" not in text and not text[-1].isspace() and parts[number + 2].startswith(closed):
            return text, _plain(text)
    return "", ""


def _plain(text: str) -> str:
    """The words of a text as they are read, between single spaces; nothing where that is not certain: signs that cannot
    be seen, or that are spaces to some."""
    if "&" in text:
        text = text.replace("&quot;", '"')
    words = text.replace("\n", " ").strip(" ")
    if not words.isprintable():
        words = words.replace("\xa0", " ").strip(" ")
    if "&" in words or "_" in words or not words.isprintable():
        return ""
    return " ".join(words.split()) if "  " in words else words
