"""What stands around the names in a byline: roles, outlets, the staff; and where one name ends and the next begins.

The rule: a role or an outlet is recognised by listed words, never by being unknown.
"""

import re
from functools import cache

from generator.conversion.names import has_given_name, is_organisation, is_person_name
from generator.conversion.words import everywhere, fold, shared

MOST_PEOPLE = 12
_ROLE_TOKEN = re.compile(r"[^\s,:/]+")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def split_names(clause: str) -> list[str]:
    """The pieces of a clause that "and" and the like join: each may be a name."""
    pieces = _joining_pattern().split(clause)
    if _ARABIC.search(clause):
        pieces = [part for piece in pieces for part in _split_arabic(piece)]
    if _JAPANESE.search(clause):
        pieces = [
            part for piece in pieces for part in re.split(r"(?<=[\u3400-\u9fff々])[・と＆](?=[\u3400-\u9fff])", piece)
        ]
    return [piece.strip() for piece in pieces if piece and piece.strip()][: 2 * MOST_PEOPLE]


def _split_arabic(piece: str) -> list[str]:
    words = piece.split()
    for index in range(2, len(words) - 1):
        if words[index].startswith("و") and len(words[index]) > 3 and not has_given_name(words[index]):
            return [" ".join(words[:index]), *_split_arabic(" ".join([words[index][1:], *words[index + 1 :]]))]
    return [piece]


def without_roles(piece: str) -> str:
    """A piece without the roles before and behind the name in it."""
    if not _JAPANESE.search(piece) and _role_parts().isdisjoint(_ROLE_TOKEN.findall(fold(piece))):
        return piece
    for _ in range(4):
        match = _role_pattern().match(piece) or _role_end_pattern().search(piece)
        if match is None or not match[0].strip():
            return piece
        piece = (piece[: match.start()] + piece[match.end() :]).strip(" ,:")
    return piece


def is_role(text: str) -> bool:
    """Whether the text says what somebody is ("Staff Writer", "Politics Reporter"), and not who."""
    left = without_roles(text.strip(" .,"))
    if not left:
        return True
    if len(left) == len(text.strip(" .,")) or any(is_person_name(piece) for piece in split_names(left)):
        return False
    return all(word[0].isupper() or fold(word) in shared("outlet_words") for word in left.split() if word)


def is_body(clause: str) -> bool:
    """A body that signs: "Associated Press", "Reuters staff", "dpa"; not "Staff" alone, nor a name with an outlet behind."""
    if (
        is_only_staff(clause)
        or not is_organisation(clause)
        or any(is_person_name(piece) for piece in split_names(clause))
    ):
        return False
    words = clause.split()
    if any(is_person_name(" ".join(words[:size])) and has_given_name(clause) for size in (2, 3) if len(words) > size):
        return False
    if all(is_only_staff(piece) for piece in split_names(clause)):
        return False
    return len(words) == 1 or (len(small_words(clause)) == 0 and not _is_person_first(words))


def _is_person_first(words: list[str]) -> bool:
    return len(words) > 3 and is_person_name(" ".join(words[:2])) and not is_organisation(" ".join(words[:2]))


def is_outlet(text: str) -> bool:
    """Whether the words behind a name are where it appeared: a listed word, capitals ("ESPN"), or "FOXBusiness"."""
    words = text.split()
    shouted = [word for word in words if len(word) > 1 and word.isupper() and word.isalpha()]
    return (
        is_organisation(text)
        or (bool(shouted) and not small_words(text))
        or any(ch.isupper() for ch in text[1:] if len(words) == 1)
    )


def is_only_staff(text: str) -> bool:
    """Whether the text names nobody but "Staff", "Redaktion" and the like."""
    folded = fold(without_article(text)).strip(" .")
    single = {entry for entry in everywhere("staff") if " " not in entry or _JAPANESE.search(entry)}
    return folded in single or folded in (
        "wire reports",
        "staff and wire reports",
        "wire services",
        "staff reports",
        "staff report",
        "la rédaction",
        "die redaktion",
        "unsere redaktion",
        "la redacción",
    )


def small_words(text: str) -> list[str]:
    """The words written small that are neither a domain nor part of an outlet's name: a sentence has them."""
    return [
        word
        for word in text.split()
        if word[0].islower() and "." not in word[:-1] and fold(word) not in shared("outlet_words")
    ]


def without_article(text: str) -> str:
    """A body's name without a small article before it, and not all in capitals."""
    if text.isupper() and len(text) > 8:
        text = " ".join(word.capitalize() if len(word) > 2 else word for word in text.split())
    return re.sub(r"^(?:the|der|die|das|la|le|les|el|los|las|η|ο|το|των|της|του)\s(?=\S)", "", text.strip())


@cache
def _joining_pattern() -> re.Pattern[str]:
    words = "|".join(
        re.escape(entry)
        for entry in everywhere("joining")
        if len(entry) > 1 or entry.isalpha()
        if entry not in ("و", "と")
    )
    return re.compile(rf"\s(?:{words}|AND|And|UND|ET|Y)\s|\s?[&＆+]\s?|\s?/\s?")


@cache
def _role_pattern() -> re.Pattern[str]:
    roles = "|".join(re.escape(entry) for entry in everywhere("roles"))
    return re.compile(rf"(?:{roles})(?!\w)[:,]?\s?", re.I)


@cache
def _role_end_pattern() -> re.Pattern[str]:
    roles = "|".join(re.escape(entry) for entry in everywhere("roles"))
    return re.compile(rf"(?:^|[\s,]|(?<=[\u3400-\u9fff]))(?:{roles})\.?$", re.I)


@cache
def _role_parts() -> frozenset[str]:
    """One word of each role, the longest: a piece without any of them holds no role."""
    longest = {max(entry.split(), key=len) for entry in everywhere("roles")}
    return frozenset(longest | {f"{word}." for word in longest})


@cache
def role_words() -> frozenset[str]:
    """The words of which roles are made."""
    return frozenset(word for entry in everywhere("roles") for word in entry.split() if len(word) > 3)
