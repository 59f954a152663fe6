"""Names as citations need them: which part of a person's name is sorted by, and what is no person at all."""

import re
from functools import lru_cache

PARTICLES = frozenset(
    [
        "af",
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "ten",
        "ter",
        "van",
        "vom",
        "von",
        "y",
        "zu",
        "zum",
        "zur",
    ]
)
_BODY = re.compile(
    r"(?:^the\s|\b(?:agency|archives?|associated|association|bureau|centre|center|committee|company|council|department|"
    r"desk|editors?|editorial|foundation|government|group|institute|library|ministry|museum|network|news|office|"
    r"organi[sz]ation|press|redaktion|rédaction|redacción|редакц\w*|reuters|service|society|staff|team|times|tribune|"
    r"university|writers|afp|dpa|editorial|guardian)\b|編集|συντακτ|تحرير)",
    re.I,
)
_NAME_ORDER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # written family name first, without a space


@lru_cache(maxsize=10_000)
def is_body(name: str) -> bool:
    """Whether a name is plainly that of an organisation and not of a person."""
    return bool(_BODY.search(name)) or bool(re.search(r"\d|&", name))


@lru_cache(maxsize=10_000)
def family_and_given(name: str) -> tuple[str, str]:
    """A person's (family, given) names; the given part is empty for a body, a single name, or one written whole."""
    name = " ".join(name.split())
    if "," in name and not is_body(name):
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    words = name.split(" ")
    if is_body(name) or len(words) < 2 or _NAME_ORDER.search(name):
        return name, ""
    start = len(words) - 1
    if words[-1].rstrip(".").lower() in ("jr", "sr", "ii", "iii", "iv") and len(words) > 2:
        start -= 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def inverted(name: str) -> str:
    """`Byron, Ada` for Ada Byron; a body's name as it is."""
    family, given = family_and_given(name)
    return f"{family}, {given}" if given else family
