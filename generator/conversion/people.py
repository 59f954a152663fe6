"""From whom? The people and bodies that wrote a piece, as its byline or its note on the author names them.

The rule: a name is given only where the text plainly says that this person wrote; a doubtful one is left out, since an
invented author is worse than none.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from generator.conversion.bylines import byline_people, named_people, noted_staff
from generator.conversion.names import (
    has_given_name,
    is_organisation,
    is_person_name,
    person_key,
    plain_name,
    same_person,
    sorted_name,
    written_name,
)
from generator.conversion.words import everywhere, shared

__all__ = [
    "byline_people",
    "has_given_name",
    "is_organisation",
    "is_person_name",
    "named_people",
    "note_people",
    "person_key",
    "same_person",
    "sorted_name",
]

_LONGEST_NOTE = 4000
_LEAD_WORD = re.compile(r"\w+")
_CLAUSE_BEFORE_NAME = re.compile(
    r"(?:an?\s|the\s)?(?:\w+\s){0,2}(?:author|editor|writer|reporter|journalist|founder|native|graduate)\s[^,.;]{2,120},\s(?=[A-ZÀ-Þ])",
    re.I,
)
"""“Author of several books, Jane Doe has …”: what stands before the subject of the first sentence."""
_KANJI = r"[\u3400-\u9fff々ぁ-ゖァ-ヺー・＝= 　]"
_JAPANESE_SUBJECT = re.compile(
    rf"(?={_KANJI})(?=.{{0,200}}?(?:記者|作家|ライター|生まれ|著書|著者|編集|教授|講師|研究|評論|論説|委員|写真家|翻訳|特派員|勤務|在住|卒|入社|歳))"
    rf"(?P<name>{_KANJI}{{3,20}}?)(?:さん|氏)?\s?(?:[(（][^)）]{{1,40}}[)）]\s?)?(?:は|:|：|。|、|\d{{4}}年)"
)
_BORN = re.compile(
    r"(?P<who>[^()（）.;:]{4,60}?)\s?[(（](?:[^)）]{0,30}(?:born|geb|née?|nacid[oa]|род|нар|γεν|生|مواليد|ولد|\*)?[^)）]{0,30}\d{4}[^)）]{0,20}|@[^)）]{1,30})[)）]"
)
_ASIDE = re.compile(r"(?P<who>[^()（）;:,]{4,60}?),\s(?:[^.;]{2,90}?),\s(?:is|was|has|writes|ist|war|est|es)\s")
_APPOSITION = re.compile(r"(?P<who>[^()（）;:,.]{4,60}?),\s(?:an?|the|one|[^\W\d_a-z]?[a-zß-ÿа-яіїєґα-ωά-ώ])")


def note_people(note: str) -> tuple[str, ...]:
    """The people whom a note on the author is about: those that its beginning names as its subject."""
    text = unicodedata.normalize("NFC", " ".join(note[:_LONGEST_NOTE].split()))
    text = _behind(_heading_pattern(), text).strip(" :—–-*•")
    if staff := noted_staff(text):
        return (staff,)
    text = _behind(_CLAUSE_BEFORE_NAME, text)
    if not _role_openings().isdisjoint(_LEAD_WORD.findall(text[:80].casefold())[:2]):
        text = _behind(_role_lead_pattern(), text)
    people = [written_name(name) for name in _subjects(text) if is_person_name(name) and not is_organisation(name)]
    return tuple(dict.fromkeys(people))


def _behind(pattern: re.Pattern[str], text: str) -> str:
    """The text without what the pattern matches at its beginning."""
    match = pattern.match(text)
    return text[match.end() :] if match else text


def _begins_with_no_name(text: str) -> bool:
    """ "The ferry …": where the second word is written small and is no particle, the first two begin no name."""
    first, _, rest = text[:160].partition(" ")
    second = rest.partition(" ")[0]
    return first.isascii() and second.islower() and second.isalpha() and second not in shared("particles")


def _subjects(text: str) -> list[str]:
    if _begins_with_no_name(text):
        return []
    if is_person_name(text):
        return [text]
    if match := _JAPANESE_SUBJECT.match(text):
        return [match["name"]]
    head = text[:160]
    for pattern in _note_patterns(head):
        if match := pattern.match(head):
            names = _joining().split(match["who"])
            if all(is_person_name(plain_name(name)) for name in names):
                return names
    return _longest_name_before_verb(head)


def _longest_name_before_verb(head: str) -> list[str]:
    """ "Jane Doe is a reporter": the longest name at the start that a verb of such notes follows."""
    words = head.split()
    for size in (5, 4, 3, 2):
        follows = words[size].strip(".,").casefold() if len(words) > size else ""
        if follows in _verbs() or follows == "at":
            name = " ".join(words[:size])
            if is_person_name(name) and not name.endswith(","):
                return [name]
    return []


@cache
def _verbs() -> frozenset[str]:
    return frozenset(everywhere("note_verbs"))


@cache
def _heading_pattern() -> re.Pattern[str]:
    headings = "|".join(re.escape(entry) for entry in everywhere("author_note_headings"))
    return re.compile(
        rf"(?:(?i:{headings})\s?[:：—–-]\s?|(?i:about|über|à propos de|sobre|acerca de|про|σχετικά με|عن)\s(?:τον\s|την\s|τη\s)?(?=[^\W\d_a-z])|[ΟΗ]\s(?=[Α-Ω]))"
    )


@cache
def _role_lead_pattern() -> re.Pattern[str]:
    roles = "|".join(re.escape(entry) for entry in everywhere("roles"))
    return re.compile(
        rf"(?:(?:contact|der|die|o|η|ο|el|la|le|notre|our|unser|unsere)\s)?(?:(?:{roles})(?!\w)[:,]?\s)+", re.I
    )


@cache
def _role_openings() -> frozenset[str]:
    """The first word of each role: a note that begins with none of them begins with no role."""
    return frozenset(_LEAD_WORD.findall(entry)[0] for entry in everywhere("roles"))


@cache
def _joining() -> re.Pattern[str]:
    words = "|".join(
        re.escape(entry)
        for entry in everywhere("joining")
        if len(entry) > 1 or entry.isalpha()
        if entry not in ("و", "と")
    )
    return re.compile(rf",?\s(?:{words})\s|,\s|\s?&\s?")


def _note_patterns(head: str) -> Iterator[re.Pattern[str]]:
    """What notes begin like; the pattern of the many verbs is tried only where one of them stands."""
    yield _BORN
    if not _note_verbs().isdisjoint(head.split()):
        yield _before_verb()
    yield _ASIDE
    yield _APPOSITION


@cache
def _note_verbs() -> frozenset[str]:
    verbs = (entry for entry in everywhere("note_verbs") if entry.isalpha() or entry.isascii())
    return frozenset((*verbs, "—", "–"))


@cache
def _before_verb() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, sorted(_note_verbs(), key=lambda verb: (-len(verb), verb))))
    return re.compile(rf"(?P<who>[^()（）;:]{{4,120}}?)\s(?:{verbs})(?=\s)")
