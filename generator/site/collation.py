"""The order of names in a language: what a reader of its dictionaries expects, as far as single letters decide it.

Accents, case and width do not count, save for the letters that an alphabet counts as its own. The interface's own
script comes before the others. Sources: the alphabets of CLDR's collation charts; DIN 5007-1 for German.
"""

import re
import unicodedata
from collections.abc import Iterator
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
_SPACE, _FIRST, _ELSEWHERE = "\x01", 0x41, "\uf000"
_DIGITS = re.compile(r"[0-9]+")
_ASCII = {code: _SPACE if chr(code).isspace() else None for code in range(128) if not chr(code).isalnum()}
_ARTICLES = {
    "en": ("the ", "a ", "an "), "de": ("der ", "die ", "das "), "fr": ("le ", "la ", "les ", "l’", "l'"),
    "es": ("el ", "la ", "los ", "las "), "ar": ("ال",),
}  # fmt: skip


def without_article(name: str, language: str) -> str:
    """A body's name without the article it begins with: `Guardian` for The Guardian; in English and the language."""
    articles, folded = _articles(language), name.casefold()
    if not folded.startswith(articles):
        return name
    for article in articles:
        if folded.startswith(article) and len(name) > len(article) + 1:
            return name[len(article) :]
    return name


@lru_cache(maxsize=64)
def _articles(language: str) -> tuple[str, ...]:
    return (*_ARTICLES["en"][:1], *_ARTICLES.get(language.split("-", maxsplit=1)[0], ()))


def sort_key(name: str, language: str) -> str:
    """A text that sorts as the name does; numbers come first, by their value, then letters, then other scripts."""
    base = language.split("-", maxsplit=1)[0]
    if name.isascii() and base not in _ALPHABETS and base not in _SCRIPTS:
        key = name.lower().translate(_ASCII).lstrip(_SPACE)
        return _DIGITS.sub(_number, key) if _DIGITS.search(key) else key
    return _DIGITS.sub(_number, "".join(_ranked(name, base)).lstrip(_SPACE))


def _ranked(name: str, base: str) -> Iterator[str]:
    """Each letter as one that sorts as it should: an alphabet's own by their place, those of other scripts last."""
    alphabet = _ALPHABETS.get(base, "")
    script = _SCRIPTS.get(base, "LATIN")
    for letter in _letters(name, alphabet):
        if letter.isdecimal():
            yield str(unicodedata.decimal(letter))
        elif letter.isspace():
            yield _SPACE
        elif letter.isalpha():
            place = alphabet.find(letter)
            yield chr(_FIRST + place) if place >= 0 else letter if _is_of(letter, script) else _ELSEWHERE + letter


def _number(digits: re.Match[str]) -> str:
    """Digits so that the longer number comes later."""
    value = digits[0].lstrip("0")
    return f"\x02{chr(0x20 + min(len(value), 0x1F))}{value}"


def initial(name: str, language: str) -> str:
    """The letter under which a name stands in an A-Z; `#` for what begins with no letter."""
    if name[:1].isascii() and name[:1].isalpha():
        return name[0].upper()
    for letter in _letters(name, _ALPHABETS.get(language.split("-", maxsplit=1)[0], "")):
        if letter.isalpha():
            return letter.upper() if len(letter.upper()) == 1 else letter
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
