"""Is this text the name of a person, and are two names the same person?

The rule: a name is two to five words that are written like names and are none of the words that organisations, page
furniture and headlines are made of. Comparing folds what spelling leaves open: case, accents, dots, order.
"""

import re
import unicodedata
from functools import cache, lru_cache

from generator.conversion.words import all_words, bare, everywhere, fold, given_names, shared

LONGEST = 80
_MOST_SPACES = 24
"""More words than a name has with all its titles and degrees."""

_SUFFIX = r"(?:[JS][rR]\.?|I{2,3}|IV|VI{0,3}|Esq\.?|Ph\.?\s?D\.?|M\.?D\.?|R\.?N\.?|J\.?D\.?|MBA|MS|MA|RDN?|LD|CFA|CPA|DPhil|MPH|MSc|BSc|LCSW|DO|DDS|PE|OBE|MBE|CBE|MP|QC|KC)"
_SUFFIXES = re.compile(rf"(?:(?:,?\s+{_SUFFIX}|,\s?[A-Z]{{2,5}})(?=[\s,]|$))+\s*$")
_SUFFIX_ENDS = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "r", "q", "l", "c", ".")
"""The signs that a suffix can end with: nearly every other text says so that it has none."""
_GENERATION = re.compile(r"^(?:[JS][rR]\.?|I{2,3}|IV|VI{0,3})$")
_TITLES = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx|Sir|Dame|Lord|Lady|Rev|Fr|Hon|Herr|Frau|M|Mme|Mlle|Sr|Sra|Srta|Don|Doña|Κ|κ|Δρ|Καθ|проф|д-р|пан|пані|"
    r"الدكتور|الدكتورة|د|أ\.د|السيد|السيدة|Professor|Doctor|Professeur|Profesor|Profesora|Professorin|Προφ)\.?\s+)+"
)
_ABBREVIATED_END = re.compile(r"(?:^|[\s.])[^\W\d_]\.$|\b[JS][rR]\.$")
_PLAIN_WORD = re.compile(r"[^\s,;:()/|]+")
_SHOUTED_START = re.compile(r"[A-Z]{3,}[a-z]")
_HYPHEN = re.compile(r"[-‐]")
_NAME_WORD = re.compile(r"(?:[^\W\d_]|['’ʼ`\-‐.·\u0300-\u036f\u0610-\u061a\u064b-\u065f])+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,3}[^\W\d_]?\.?|[^\W\d_]{1,3}")
_CJK_NAME = re.compile(
    r"[\u3400-\u9fff々ヶ]{1,4}[ \u3000]?[\u3400-\u9fff々ヶぁ-ゖァ-ヺー]{1,4}|[ァ-ヺー]{2,12}[・＝= ][ァ-ヺー・＝ ]{2,24}|[ぁ-ゖ]{2,4}[ \u3000][\u3400-\u9fff々ぁ-ゖァ-ヺー]{1,6}"
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CASELESS_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@lru_cache(maxsize=2048)
def is_person_name(text: str) -> bool:
    """Whether the text, as a whole, can only sensibly be read as the name of one person."""
    if text.count(" ") > _MOST_SPACES:
        return False
    text = plain_name(text)
    if not text or len(text) > LONGEST:
        return False
    if _CASELESS_CJK.search(text):
        return _is_japanese_name(text)
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    is_arabic = bool(_ARABIC.search(text))
    if not is_arabic and not all(_is_name_like(word) or word.casefold() in shared("particles") for word in words):
        return False
    if (
        is_organisation(text)
        or fold(text) in _furniture()
        or ((words[0][0].isupper() or not words[0].isascii()) and fold(words[0]) in _leads())
    ):
        return False
    if is_arabic:
        return _is_arabic_name(words)
    if words[-1].casefold() in shared("particles") and words[-1].islower():
        return False
    if not text.isupper() and any(
        len(word) > 2 and word.isupper() and word.isalpha() and not _GENERATION.match(word) for word in words[1:]
    ):
        return False
    full = [word for word in words if len(word.strip(".")) > 1 and word.casefold() not in shared("particles")]
    if not full or any(bare(word.strip(".")) in _never_in_names() for word in full):
        return False
    common = sum(bare(word) in _common() for word in full)
    return common == 0 or (common == 1 and has_given_name(text))


@lru_cache(maxsize=2048)
def has_given_name(text: str) -> bool:
    """Whether the first word of a name is a common given name."""
    words = bare(plain_name(text)).split()
    return bool(words) and (words[0] in _given_names() or words[0].partition("-")[0] in _given_names())


@lru_cache(maxsize=2048)
def is_organisation(text: str) -> bool:
    """Whether the text names a body rather than a person: it holds a word that only bodies have in their names."""
    folded = fold(text)
    words = _PLAIN_WORD.findall(folded)
    if len(words) == 2 and words[1] in shared("surnames_too") and has_given_name(text):
        return False
    telling = _organisation_words()
    if not telling.isdisjoint(words) or any(word.strip(".'’") in telling for word in words):
        return True
    spaced, phrases = folded.split(), _organisation_phrases()
    if any(" ".join(spaced[:size]) in phrases or " ".join(spaced[-size:]) in phrases for size in range(1, 5)):
        return True
    if _CASELESS_CJK.search(text):
        return any(text.endswith(ending) for ending in _unspaced_organisations())
    return ".com" in folded or ".org" in folded or ".net" in folded


def plain_name(text: str) -> str:
    """A name without titles before it, degrees and marks behind it, and stray signs around it."""
    text = unicodedata.normalize("NFC", " ".join(text[: 4 * LONGEST].split()))
    text = text.strip(' ,;:|/·•*_–—-\u200e\u200f\u202a\u202c"“”«»()（）[]<>')
    if text.endswith(".") and not _ABBREVIATED_END.search(text, max(0, len(text) - 4)):
        text = text[:-1]
    if titles := _TITLES.match(text):
        text = text[titles.end() :]
    while text.endswith(_SUFFIX_ENDS) and (shorter := _SUFFIXES.sub(_kept_generation, text)) != text:
        text = shorter
    return text.strip(" ,")


def written_name(text: str) -> str:
    """A name in the spelling to keep: capitals turned into name case, as in `JANE DOE` -> `Jane Doe`."""
    text = plain_name(text)
    letters = [ch for ch in text if ch.isalpha()]
    words = text.split()
    if len(letters) < 5 or not all(ch.isupper() for ch in letters) or len(words) < 2:
        return text
    return " ".join(_name_case(word) for word in words)


def person_key(name: str) -> str:
    """What two spellings of one name have in common: folded words in order, without accents, dots and commas."""
    name = plain_name(name)
    if name.count(",") == 1:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    name = re.sub(r"(?<=[^\W\d_])\.(?=\S)", ". ", name)
    words = [word for word in re.split(r"[\s.\-‐・＝=·\u3000]+", bare(name).replace("'", "")) if word]
    return " ".join(words) if not _CASELESS_CJK.search(name) else "".join(words)


def same_person(a: str, b: str) -> bool:
    """Whether two spellings surely name one person; "J. Doe" and "Jane Doe" may be two, so they are not the same."""
    first, second = person_key(a), person_key(b)
    if not first or not second:
        return False
    return first == second or _merged_initials(first) == _merged_initials(second)


def sorted_name(name: str) -> str:
    """A name as bibliographies sort it: "Last, First"; one word, a body or a name without spaces stays as it is."""
    name = plain_name(name)
    words = name.split()
    if "," in name or len(words) < 2 or _CASELESS_CJK.search(name) or is_organisation(name) or _ARABIC.search(name):
        return name
    suffix = ""
    if len(words) > 2 and _GENERATION.match(words[-1]):
        suffix = f", {words.pop()}"
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in shared("particles") and words[start - 1].islower():
        start -= 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}{suffix}"


def _kept_generation(match: re.Match[str]) -> str:
    kept = [word for word in re.split(r"[,\s]+", match[0]) if _GENERATION.match(word)]
    return f" {kept[0]}" if kept else ""


def _is_name_like(word: str) -> bool:
    if word.islower() and word.isalpha():
        return word.casefold() in shared("particles")
    if word.isupper() and _INITIALS.fullmatch(word):
        return True
    if _SHOUTED_START.search(word):
        return False
    if _GENERATION.match(word):
        return True
    bare_word = word.strip(".'’")
    if len(bare_word) < 2 or word.endswith("."):
        return False
    parts = [part for part in _HYPHEN.split(bare_word) if part]
    if len(parts) == 2 and parts[0][0].isupper() and parts[1].islower():  # Ki-moon, Jae-in
        return True
    return all(
        part[0].isupper() or part.casefold() in shared("particles") or re.match(r"[a-z]['’][A-Z]", part)
        for part in parts
    )


def _is_japanese_name(text: str) -> bool:
    return bool(_CJK_NAME.fullmatch(text)) and not is_organisation(text) and fold(text) not in _furniture()


def _is_arabic_name(words: list[str]) -> bool:
    if words[0].startswith("ال") or any(bare(word) in _common() or bare(word) in _never_in_names() for word in words):
        return False
    return all(2 <= len(word) <= 14 for word in words) and len(words) <= 4


def _name_case(word: str) -> str:
    if word.casefold() in shared("particles") and word.casefold().strip(".") not in (
        "mac",
        "mc",
        "al",
        "st",
        "ben",
        "el",
        "o",
        "san",
        "santa",
    ):
        return word.casefold()
    if re.fullmatch(r"[JS]R\.?", word):
        return word.capitalize()
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?|[IV]{2,4}", word) or len(word) == 1:
        return word
    lower = word.lower()
    cased = re.sub(r"(^|[-‐'’])([^\W\d_])", lambda match: match[1] + match[2].upper(), lower)
    return re.sub(r"^Mc([a-z])", lambda match: "Mc" + match[1].upper(), cased)


def _merged_initials(key: str) -> str:
    words, merged = key.split(), ""
    for index, word in enumerate(words):
        glue = "" if len(word) <= 2 and index and len(words[index - 1]) <= 2 else " "
        merged += glue + word
    return merged.strip()


@cache
def _given_names() -> frozenset[str]:
    return frozenset(bare(name) for script in ("latin", "cyrillic", "greek", "arabic") for name in given_names(script))


@cache
def _leads() -> frozenset[str]:
    """Words that a byline begins with, as first words: "By Jane", "Por Ana", "بقلم منى"."""
    return (
        frozenset(entry for entry in everywhere("byline_starts") if " " not in entry and entry.isalpha())
        - _given_names()
    )


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(word for word in everywhere("organisation_words") if " " not in word)


@cache
def _organisation_phrases() -> frozenset[str]:
    phrases = {word for word in everywhere("organisation_words") if " " in word} | set(everywhere("staff"))
    return frozenset(phrases)


@cache
def _unspaced_organisations() -> tuple[str, ...]:
    return tuple(word for lists in all_words() if lists.language == "ja" for word in sorted(lists.organisation_words))


@cache
def _furniture() -> frozenset[str]:
    lists = ("interface", "key_point_headings", "author_note_headings", "comment_starts", "related_starts", "roles")
    return frozenset(entry for name in lists for entry in everywhere(name))


@cache
def _never_in_names() -> frozenset[str]:
    """Words that no name has: months and weekdays would be too many (May, Marz, Domingo), so only some of them."""
    entries: set[str] = set()
    for lists in all_words():
        for name in ("reporting_verbs", "roles", "articles", "note_verbs"):
            entries.update(bare(entry) for entry in getattr(lists, name) if " " not in entry)
        entries.update(bare(entry) for entry in lists.generic_bodies if " " not in entry)
    surnames = shared("surnames_like_verbs")
    return frozenset(
        entry
        for entry in entries - surnames - _given_names() - shared("particles")
        if len(entry) > 2 or not entry.isascii()
    )


@cache
def _common() -> frozenset[str]:
    return frozenset(bare(word) for word in everywhere("common_words"))
