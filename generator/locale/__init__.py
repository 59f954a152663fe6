"""The words of the interface in each language: gettext catalogues, kept as `LANG/LC_MESSAGES/pressmark.po`.

The English words in templates and modules are the message ids. A language without a catalogue gets English ones.
"""

import gettext
import hashlib
import io
from functools import lru_cache
from pathlib import Path

SOURCE = "en"
_HERE = Path(__file__).parent


def languages() -> tuple[str, ...]:
    """The languages that there are words for, English first."""
    found = sorted(file.parent.parent.name for file in _HERE.glob("*/LC_MESSAGES/pressmark.po"))
    return (SOURCE, *(language for language in found if language != SOURCE))


def catalogue_file(language: str) -> Path | None:
    """The catalogue of a language tag, or of the language without its region and script; none for English."""
    parts = language.replace("_", "-").split("-")
    for tag in ("_".join(parts), parts[0].lower()):
        file = _HERE / tag / "LC_MESSAGES" / "pressmark.po"
        if tag.isascii() and tag.replace("_", "").isalnum() and file.is_file():
            return file
    return None


@lru_cache(maxsize=64)
def texts(language: str) -> gettext.NullTranslations:
    """The words of a language, as gettext's translations have it: `gettext(words)`, `ngettext(one, many, count)`."""
    file = catalogue_file(language)
    if file is None:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=file.parent.parent.name, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=64)
def texts_digest(language: str) -> str:
    """What stands for the words of a language in the key of a page."""
    file = catalogue_file(language)
    return hashlib.sha256(file.read_bytes()).hexdigest() if file else SOURCE
