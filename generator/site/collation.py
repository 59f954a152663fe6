"""The order of names in a language: what a reader of its dictionaries expects, as far as single letters decide it.

Accents, case and width do not count, save for the letters that an alphabet counts as its own. The interface's own
script comes before the others. Sources: the alphabets of CLDR's collation charts; DIN 5007-1 for German.
"""

import unicodedata
from functools import lru_cache

_ALPHABETS = {
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
}
_SCRIPTS = {
    "uk": "CYRILLIC",
    "ru": "CYRILLIC",
    "bg": "CYRILLIC",
    "el": "GREEK",
    "ar": "ARABIC",
    "fa": "ARABIC",
    "ja": "HIRAGANA CJK",
}
_ALIKE = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ς": "σ", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ة": "ه", "ـ": "",
    }
)  # fmt: skip
_ARTICLES = {
    "en": ("the ", "a ", "an "), "de": ("der ", "die ", "das "), "fr": ("le ", "la ", "les ", "l’", "l'"),
    "es": ("el ", "la ", "los ", "las "), "ar": ("ال",),
}  # fmt: skip


def without_article(name: str, language: str) -> str:
    """A body's name without the article it begins with: `Guardian` for The Guardian; in English and the language."""
    folded = name.casefold()
    for article in (*_ARTICLES["en"][:1], *_ARTICLES.get(language.split("-", maxsplit=1)[0], ())):
        if folded.startswith(article) and len(name) > len(article) + 1:
            return name[len(article) :]
    return name


@lru_cache(maxsize=50_000)
def sort_key(name: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """A value that sorts as the name does; digits come first, by their number, then letters, then other signs."""
    base = language.split("-", maxsplit=1)[0]
    alphabet = _ALPHABETS.get(base, "")
    script = _SCRIPTS.get(base, "LATIN")
    key: list[tuple[int, int, str]] = []
    number = ""
    for letter in _letters(name, alphabet):
        if letter.isdecimal():
            number += letter
            continue
        if number:
            key.append((0, int(number[:30]), number))
            number = ""
        if letter.isalpha():
            place = alphabet.find(letter)
            key.append((1 if _is_of(letter, script) else 2, place + 1 if place >= 0 else ord(letter), letter))
        elif letter.isspace() and key:
            key.append((-1, 0, ""))
    if number:
        key.append((0, int(number[:30]), number))
    return tuple(key)


def initial(name: str, language: str) -> str:
    """The letter under which a name stands in an A-Z; `#` for what begins with no letter."""
    alphabet = _ALPHABETS.get(language.split("-", maxsplit=1)[0], "")
    for letter in _letters(name, alphabet):
        if letter.isalpha():
            return letter.upper() if letter.upper().isalpha() and len(letter.upper()) == 1 else letter
        if letter.isdecimal():
            return "#"
    return "#"


def _letters(name: str, alphabet: str) -> str:
    composed = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter if letter in alphabet else _bare(letter) for letter in composed)


@lru_cache(maxsize=20_000)
def _bare(letter: str) -> str:
    """A letter without accents; katakana as hiragana, and the forms of one letter as that letter."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(ch))
    bare = "".join(chr(ord(ch) - 0x60) if "ァ" <= ch <= "ヶ" else ch for ch in bare)
    return bare.translate(_ALIKE)


@lru_cache(maxsize=20_000)
def _is_of(letter: str, script: str) -> bool:
    return unicodedata.name(letter, "").startswith(tuple(script.split()))
