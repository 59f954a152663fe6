"""Slugs: the last part of a permalink, readable, ASCII, short, and safe as a file name on any system."""

import re
import unicodedata

LONGEST = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)  # names that Windows keeps for devices


def slug(text: str) -> str:
    """Makes a slug of 1 to 80 of the characters a-z, 0-9 and hyphen; text without letters becomes `untitled`."""
    text = unicodedata.normalize("NFKC", text[:400])
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
        if not text.isascii():
            from anyascii import anyascii  # loaded only for scripts that need transliteration

            text = anyascii(text)
    text = re.sub(r"['’`]", "", text.lower())
    text = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST].strip("-")
    if _RESERVED.fullmatch(text):
        text += "-article"
    return text or "untitled"


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name for a device, with or without an ending."""
    return bool(_RESERVED.fullmatch(name.partition(".")[0]))
