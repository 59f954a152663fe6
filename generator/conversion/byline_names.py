"""The names in what follows a byline's lead-in: clause by clause, without roles, outlets, places, dates and photographers.

The rule: what is left of the first clause must be names. A later clause that is neither name nor role may be a place or
an outlet, but words of a sentence make the whole line no byline.
"""

import re
from functools import cache

from generator.conversion.byline_roles import (
    is_body,
    is_only_staff,
    is_outlet,
    is_role,
    role_words,
    small_words,
    split_names,
    without_article,
    without_roles,
)
from generator.conversion.dates_found import found_dates
from generator.conversion.names import has_given_name, is_organisation, is_person_name, plain_name, written_name
from generator.conversion.words import all_words, calendar_words, everywhere, fold, shared

MOST_PEOPLE = 12
_SEGMENTS = re.compile(r"\s*[|•‧●▪\u2003]\s*|\s+[-–—/]\s+|\s+·\s+|(?<=\w)·\s")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]{0,60}[)）\]】]")
_AGO = re.compile(r"\s\d{1,3}\s(?:minutes?|hours?|days?|weeks?|months?|years?|min)(?:\s(?:ago|read))?$")
_LEADING_JOINT = re.compile(r"^(?:and|und|et|y|та|і|й|και|&)\s(?=\S)")
_NUMBERED = re.compile(r"\d")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def authors(rest: str, *, weak: bool, led: bool = True, surely: bool = False) -> tuple[str, ...] | None:
    """The authors in what follows a lead-in; a `weak` one is believed only when names follow and nothing else.

    A line that no lead-in has `led` to is read to its end: "Jane Doe on ferries" is a title. Where the lead-in is a verb
    that sentences begin with as well, the names must `surely` be names.
    """
    rest = _BRACKETS.sub(" ", rest)
    rest = _photo_pattern().split(rest, maxsplit=1)[0]
    if introduced := _introduced(rest):
        return introduced
    if led and not weak and not _NUMBERED.search(rest) and not re.search(r"[,|;]", rest) and is_body(rest.rstrip(" .")):
        return (without_article(rest.rstrip(" .")),)
    if dates := found_dates(rest, "", loose=True):
        rest = re.sub(r"(?:\s(?:on|am|vom|le|el|στις|від|,))?[\s,:]*$", "", rest[: dates[0].start])
    rest = _place_pattern().sub("", _without_weekday(_AGO.sub("", rest)))
    if led:
        rest = _ending_pattern().split(rest, maxsplit=1)[0]
    rest = _SEGMENTS.split(rest, maxsplit=1)[0].strip(" ,.;:|/") if not _keeps_dot(rest) else rest.strip(" ,;:|/")
    if not rest:
        return None if weak else ()
    clauses = [
        _LEADING_JOINT.sub("", clause.strip()) for clause in re.split(r"\s*[,;，、،]\s*", rest) if clause.strip()
    ]
    if not clauses:
        return None if weak else ()
    people: list[str] = []
    bodies: list[str] = []
    for index, clause in enumerate(clauses[: 2 * MOST_PEOPLE]):
        known = _people_of(clause, first=index == 0 and not weak)
        if known is None:
            if (
                index == 0
                or not people
                or (small_words(clause) and (weak or not led or not _is_small_role(clause, rest)))
            ):
                return None
            continue
        for name in known:
            (bodies if is_organisation(name) else people).append(name)
    if surely and not all(has_given_name(name) for name in people):
        return None
    names = people if people else [] if weak else bodies[:1]
    return distinct(names)[:MOST_PEOPLE]


def _is_small_role(clause: str, rest: str) -> bool:
    """ "…, urbaniste": a few small words behind a name say what somebody is, where the line is no sentence."""
    words = clause.split()
    return len(words) <= 4 and all(word.islower() for word in words) and rest[-1:] not in ".!?"


def _people_of(clause: str, *, first: bool) -> list[str] | None:
    """The names in one clause between commas; `[]` for a role or an outlet, None for anything else."""
    if is_person_name(clause) and not (_ARABIC.search(clause) and len(split_names(clause)) > 1):
        return [written_name(clause)]
    told = _told_pattern().split(f" {clause}", maxsplit=1)
    if len(told) == 2 and not told[0].strip() and is_person_name(told[1]):
        return [written_name(told[1])]
    if len(told) == 2 and is_person_name(told[0]):
        return [name for part in told for name in _people_of(part, first=False) or []]
    if first and is_body(clause):
        return [without_article(clause)]
    if is_role(clause):
        return []
    pieces = split_names(clause)
    names: list[str] = []
    for index, piece in enumerate(pieces):
        if is_only_staff(piece):
            continue
        name = name_in(piece, single=first and len(pieces) == 1)
        if name is None:
            if index and (is_role(piece) or is_organisation(piece)):
                continue
            if is_organisation(clause) and not small_words(clause):
                return [] if is_only_staff(clause) else [without_article(clause)]
            return None
        if name:
            names.append(name)
    return names


def name_in(piece: str, *, single: bool) -> str | None:
    """The name in one piece: empty for a mere role or staff, None when it is no name."""
    piece = piece.strip(" ,.:;") if not _keeps_dot(piece) else piece.strip(" ,:;")
    piece = without_roles(piece)
    if not piece or is_only_staff(piece):
        return ""
    if is_person_name(piece):
        return written_name(piece)
    words = piece.split()
    for size in (2, 3, 4) if has_given_name(piece) else (4, 3, 2):
        head, tail = " ".join(words[:size]), " ".join(words[size:])
        if (
            tail
            and is_person_name(head)
            and words[size - 1].casefold().strip(".") not in shared("particles")
            and (is_role(tail) or is_outlet(tail))
        ):
            return written_name(head)
    if is_organisation(piece) and not small_words(piece):
        return without_article(piece)
    if single and len(words) == 1 and _is_pen_name(piece):
        return piece
    if single and len(words) == 2 and _is_short_name(words):
        return piece
    return None


def _is_pen_name(word: str) -> bool:
    return (
        2 < len(word) <= 30
        and word[0].isupper()
        and word.isalnum()
        and fold(word) not in _times()
        and any(ch.isupper() or ch.isdigit() for ch in word[1:])
        and not _NUMBERED.match(word)
    )


def _is_short_name(words: list[str]) -> bool:
    """ "Lexi G", "Nelson C.J.": a given name and initials."""
    first, last = words
    return (
        first[:1].isupper()
        and first.isalpha()
        and len(first) > 2
        and fold(first) not in _times()
        and bool(re.fullmatch(r"(?:[A-ZÀ-Þ]\.?){1,3}", last))
    )


def _introduced(rest: str) -> tuple[str, ...]:
    """ "Jane Doe, one of the editors of …": a person, and a clause that says who that is."""
    name, comma, clause = rest.partition(",")
    words = re.findall(r"[^\W\d_]+", fold(clause))[:8]
    if (
        comma
        and words
        and clause.strip()[:1].islower()
        and is_person_name(name)
        and any(word in role_words() for word in words)
    ):
        return (written_name(name),)
    return ()


def _without_weekday(text: str) -> str:
    words = text.rstrip(" ,").split()
    while len(words) > 1 and _dates_line(words[-1], alone=len(words) == 2):
        words.pop()
    return " ".join(words)


def _dates_line(word: str, *, alone: bool) -> bool:
    """Whether a word belongs to the date behind a name; "Sam" is a short Saturday in some languages, and a name."""
    folded = fold(word.strip(",.:"))
    weekday = len(folded) > 2 and folded in calendar_words("weekdays") and (len(word) > 3 or not alone)
    return weekday or folded in _date_labels()


def _keeps_dot(text: str) -> bool:
    return bool(re.search(r"(?:^|[\s.])[^\W\d_]\.$|\b(?:Jr|Sr)\.$", text.strip(), re.I))


def distinct(names: list[str]) -> tuple[str, ...]:
    """Each name once, plain, in its order."""
    return tuple(dict.fromkeys(plain_name(name) for name in names if plain_name(name)))


@cache
def _photo_pattern() -> re.Pattern[str]:
    entries = "|".join(re.escape(entry) for entry in everywhere("photo_starts"))
    return re.compile(rf"(?:^|[\s,.;|/])\s?(?:and\s|und\s|et\s|y\s|with\s|mit\s|avec\s|con\s)?(?:{entries})", re.I)


@cache
def _ending_pattern() -> re.Pattern[str]:
    ignored = {"published", "de", "y", "with", "с", "من", "في", "著", "文", "筆者", "à", "el", "le", "du", "del"}
    entries = "|".join(
        re.escape(entry)
        for lists in all_words()
        if lists.language not in ("ja", "ar")
        for entry in sorted(lists.byline_ends, key=len, reverse=True)
        if entry not in ignored
    )
    return re.compile(rf",?\s(?:{entries}|For|Special to|SPECIAL TO|FOR|IN|Published|Posted|Updated|à)(?=\s|:|$)")


@cache
def _place_pattern() -> re.Pattern[str]:
    """ "Jane Doe in New York and John Roe in London": where somebody writes from."""
    place = r"[A-ZÀ-ÞА-ЯІЇЄҐΑ-Ω][\w'’.-]{1,20}(?:\s[A-ZÀ-ÞА-ЯІЇЄҐΑ-Ω][\w'’.-]{1,20}){0,2}"
    return re.compile(rf",?\s(?:in|aus|à|en|desde|з|у|в|στην|στο|στη)\s{place}(?=\s(?:and|und|et|y|та|і|και)\s|,|$)")


@cache
def _told_pattern() -> re.Pattern[str]:
    return re.compile(rf",?\s(?:{'|'.join(map(re.escape, everywhere('told_to')))})\s", re.I)


@cache
def _date_labels() -> frozenset[str]:
    return frozenset(everywhere("published") + everywhere("updated"))


@cache
def _times() -> frozenset[str]:
    months = calendar_words("months")
    weekdays = calendar_words("weekdays")
    return frozenset(months | weekdays)
