"""What decoded text is freed of before anything reads it, each with a note: it must carry no meaning.

Control characters, soft hyphens and stray byte order marks go; joiners, no-break spaces and directional marks stay.
Text that was decoded twice ("â€™" for ’) is mended only where the wrong reading is certain.
"""

import re

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ASCII_MARKS = tuple(map(chr, (*range(9), *range(14, 32), 127)))
_CONTROL_MARKS = (*_ASCII_MARKS, *map(chr, (*range(128, 133), *range(134, 160))))
_INVISIBLE_MARKS = ("\u00ad", "\ufeff", "\u2060", "\u200b")
# A zero-width space goes where it stands beside a Latin letter or a space; the other marks go everywhere.
_INVISIBLE = re.compile("[\u00ad\ufeff\u2060\u200b](?:(?<!\u200b)|(?=[A-Za-z ])|(?<=[A-Za-z ]\u200b))")
_DOUBLED_CHARS = (
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_DOUBLED = re.compile(f"[\u00c2-\u00f4]{_DOUBLED_CHARS}{{1,3}}")
_DOUBLED_BYTES = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc3\xc5\xc6\xcb\xe2]")
"""How such a place begins in UTF-8; in bytes the many texts without one are told several times faster."""


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what carries no meaning, with every line end as a newline, and what was done to it."""
    notes = []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, repaired = _repaired(text)
    if repaired:
        notes.append(f"mended {repaired} {_times(repaired)} where UTF-8 had been read as Windows-1252")
    # Hardly any text has such marks, and looking for them one by one is many times faster than a pattern.
    marks = _ASCII_MARKS if text.isascii() else _CONTROL_MARKS
    text, controls = _CONTROLS.subn("", text) if any(map(text.__contains__, marks)) else (text, 0)
    if controls:
        notes.append(f"removed {controls} control {'character' if controls == 1 else 'characters'}")
    has_invisible = not text.isascii() and any(mark in text for mark in _INVISIBLE_MARKS)
    text, invisible = _INVISIBLE.subn("", text) if has_invisible else (text, 0)
    if invisible:
        notes.append(
            f"removed {invisible} invisible {'mark' if invisible == 1 else 'marks'} (soft hyphens and the like)"
        )
    return text, tuple(notes)


def _times(count: int) -> str:
    return "place" if count == 1 else "places"


def _repaired(text: str) -> tuple[str, int]:
    """Mends double decoding when it is certain: several places, nearly all of which read back as UTF-8."""
    if text.isascii() or not _DOUBLED_BYTES.search(text.encode("utf-8", "surrogatepass")):
        return text, 0
    good = bad = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal good, bad
        whole = match[0]
        for length in range(len(whole), 1, -1):
            mended = _read_back(whole[:length])
            if mended:
                good += 1
                return mended + whole[length:]
        bad += 1
        return whole

    mended = _DOUBLED.sub(mend, text)
    certain = good >= 1 and bad == 0 and (good >= 2 or "â€" in text)
    return (mended, good) if certain else (text, 0)


def _read_back(text: str) -> str:
    raw = bytearray()
    for ch in text:
        try:
            raw += ch.encode("cp1252")
        except UnicodeEncodeError:
            if ord(ch) > 0xFF:
                return ""
            raw.append(ord(ch))
    try:
        back = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return back if len(back) == 1 else ""
