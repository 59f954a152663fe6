"""Are two names one body or person, and which of the two is the better one?

The rule: spelling, case, articles and case endings do not make two bodies of one; an acronym is the body whose initials
it has; a surname is the person who bears it.
"""

import re

from generator.conversion.names import is_person_name, person_key
from generator.conversion.words import bare, fold

LEADING = re.compile(
    r"^(?:[\s\"“„«»‘’']+|(?:the|der|die|das|dem|den|des|le|la|les|el|los|las|du|ο|η|το|οι|τον|την|τη|τους|της|του|των)\s|l['’]|d['’])+",
    re.I,
)
"""Articles and marks before a name."""

AGENCY = re.compile(
    r"(?:\s(?:news\sagency|news\sservice|agency|newspaper|magazine|website))$|^(?:news\sagency|nachrichtenagentur|agence|agencia|агентство|агенція|πρακτορείο|وكالة)\s",
    re.I,
)
"""Words such as "news agency" beside the name of one."""

POSSESSIVE = re.compile(r"['’]s?$")
"""The ending of a possessive."""


def same_body(a: str, b: str) -> bool:
    """Whether two names surely mean one body or person: spelling, an acronym, a surname, "Reuters news agency"."""
    first, second = _key(a), _key(b)
    if not first or not second:
        return False
    if first == second or person_key(a) == person_key(b):
        return True
    for short, long, long_name in ((first, second, b), (second, first, a)):
        if " " not in short and len(short) >= 2:
            if short in acronyms(long_name):
                return True
            if is_person_name(long_name) and long.split()[-1] == short and len(short) > 2:
                return True
    return _inflected(first, second)


def preferred(a: str, b: str) -> str:
    """The better of two spellings of one body: the full name before an acronym, then the one with more capitals."""
    if (" " in a) != (" " in b) and (a.isupper() or b.isupper() or is_person_name(a) or is_person_name(b)):
        return a if " " in a else b
    if len(_key(a).split()) != len(_key(b).split()):
        return a if len(_key(a)) >= len(_key(b)) else b
    if len(a) != len(b) and _key(a) == _key(b):
        return min(a, b, key=len)
    return b if sum(ch.isupper() for ch in b) > sum(ch.isupper() for ch in a) else a


def _key(name: str) -> str:
    name = re.sub(r"\s?[(（][^()（）]{1,40}[)）]", "", name)
    name = AGENCY.sub("", LEADING.sub("", name)).strip()
    return re.sub(r"[^\w\s]", "", bare(POSSESSIVE.sub("", name))).strip()


def acronyms(name: str) -> set[str]:
    """The acronyms that a name gives in brackets, and those that its initials make, folded."""
    given = {fold(inside) for inside in re.findall(r"[(（]([^()（）\s]{2,12})[)）]", name)}
    parts = [part for part in re.split(r"[\s-]+", re.sub(r"\([^)]*\)", "", name)) if part]
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    every = "".join(part[0] for part in parts)
    return given | ({bare(capitals), bare(every)} if len(capitals) > 1 else set())


def _inflected(a: str, b: str) -> bool:
    """Whether two names differ only in the endings that German, Ukrainian and Greek give to cases."""
    first, second = a.split(), b.split()
    if (
        len(first) != len(second)
        or len(first) < 2
        or (a.isascii() and b.isascii() and not _ends_like_german(first, second))
    ):
        return False
    return all(
        x == y
        or (
            len(x) > 4
            and len(y) > 4
            and x[: max(4, len(x) - 3)] == y[: max(4, len(x) - 3)]
            and abs(len(x) - len(y)) <= 3
        )
        for x, y in zip(first, second, strict=True)
    )


def _ends_like_german(first: list[str], second: list[str]) -> bool:
    return all(
        x == y or {x, y} in ({x, x + "s"}, {y, y + "s"}, {x, x + "es"}, {y, y + "es"}, {x, x + "n"}, {y, y + "n"})
        for x, y in zip(first, second, strict=True)
    ) and any(x.startswith(("institut", "ministerium", "zentrum", "bundesamt", "amt", "verband")) for x in first)
