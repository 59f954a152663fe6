"""Is this the name of a source, how is it written, and are two of them one body?

The rule: a source is a proper name. Pronouns, "officials", "the report" and places are none; a surname is the person
whose full name the text gives; one body in two spellings is one source, under the fuller spelling.
"""

import re
from collections.abc import Iterator
from functools import cache

from generator.conversion.declension import nominative_body
from generator.conversion.names import has_given_name, is_organisation, is_person_name, plain_name
from generator.conversion.same_bodies import AGENCY, LEADING, POSSESSIVE, acronyms
from generator.conversion.source_patterns import UPPER
from generator.conversion.words import calendar_words, everywhere, fold, shared, words

LONGEST = 120

_TRAILING = re.compile(
    r"(?:\s(?:of|for|the|and|on|in|de|du|des|la|le|les|del|los|y|e|et|für|der|die|und|von|της|του|των|και|з|із|та|і|й|у|в|при|news|general|military|central|foreign))+$"
)
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HONOURED = re.compile(
    r"(?:氏|さん|教授|准教授|名誉教授|研究員|所長|館長|会長|社長|市長|知事|代表|理事長|博士|記者|課長|部長|担当者|報道官)$"
)
_SPEAKS_FOR = re.compile(
    r"(\w[\w-]{3,30})\s(?:des|der|vom|von der|von|de la|de l['’]|du|de|del|of the|of|for the|for|της|του|των)\s(?=\w)"
)
_TITLE = re.compile(r"^(?:(?:Mr|Mrs|Ms|Dr|Prof|Sr|Sra|Mme|Herr|Frau|Κ|Sen|Rep|Gov)\.?\s)+(?=\S)")
_POST = re.compile(
    r"(?:^(?:ceo|cto|cfo|coo|head|chief|director|general manager|vice president|president|manager|chairman|founder|co-founder)(?:\s(?:of|and|for)\s|$))|(?:officer|manager|spokesperson|spokesman|spokeswoman|executive|ambassador)$",
    re.I,
)
_NAMES_BEFORE = re.compile(rf"(?:[{UPPER}][\w'’.-]{{1,20}}\s){{1,3}}(?:(?:van|von|de|der|den|la|al-?)\s)?$")
_LONGEST_BEFORE = 70
_WORD_SIGN = re.compile(r"\w")
_NUMBER_BEHIND = re.compile(r"\s(\d{2,6}(?:-\d{1,2})?)\b")
_GERMAN_ROLE = re.compile(
    r"[A-ZÄÖÜ][\w-]+(?:erin|sprecher|minister|präsident|präsidentin|direktor|direktorin|leiter|chef|chefin|meister|forscher|experte|expertin|professor|anwalt|anwältin|historiker|ökonom|ökonomin|kanzler|vorstand|rat|rätin)$|(?:Sprecher|Forscher|Leiter|Historiker|Direktor|Minister|Experte|Kanzler)$"
)


def named_body(phrase: str, language: str, whole: str = "") -> str:
    """The name of a source in the words that stand where one stands, or "" when they are no proper name.

    `whole` is the text of the piece: a surname or an acronym there is looked up in it.
    """
    name = _TRAILING.sub("", LEADING.sub("", " ".join(phrase[:LONGEST].split())).strip(" ,.;:")).strip(" ,;:")
    name = POSSESSIVE.sub("", name)
    if not name:
        return ""
    if _JAPANESE.search(name):
        return _japanese(name)
    if _ARABIC.search(name):
        return _arabic(name)
    name = _body_spoken_for(_person_in(_TITLE.sub("", name)))
    parts = name.split()
    if (
        not parts
        or fold(parts[-1]) in _openers()
        or _POST.search(name)
        or not any(ch.isupper() for ch in name)
        or _is_generic(parts, language)
    ):
        return ""
    if len(parts) == 1:
        return _single(name, whole)
    if (turned := nominative_body(name, language)) != name:
        return turned
    if is_person_name(name):
        return plain_name(name)
    if is_organisation(name) or sum(part[0].isupper() for part in parts) >= 2:
        shorter = AGENCY.sub("", name)
        return shorter if is_organisation(shorter) else name
    return ""


def separate(phrase: str) -> tuple[str, ...]:
    """ "Jane Doe and John Roe" as two phrases; "Ministry of Health and Care" stays one."""
    parts = [part.strip() for part in re.split(r"\s(?:and|und|et|y|e|та|і|й|και)\s", phrase)]
    if len(parts) > 1 and all(is_person_name(_person_in(part)) or len(part.split()) == 1 for part in parts):
        return tuple(parts)
    return (phrase,)


def _without_office(name: str) -> str:
    """ "Mayor Jane Doe" -> "Jane Doe", "Bürgermeisterin Anna Müller" -> "Anna Müller"."""
    parts = name.split()
    for start in range(1, min(len(parts) - 1, 5)):
        head, tail = parts[:start], " ".join(parts[start:])
        if not is_person_name(tail) or not 2 <= len(parts) - start <= 4:
            continue
        if all(_is_office(word) for word in head) or (
            is_organisation(" ".join(head)) and any(_is_office(word) for word in head)
        ):
            return tail
    return name


def _person_in(name: str) -> str:
    """The person in "Browns captain Jane Doe of the Institute": without an office before and a place behind the name."""
    head = re.split(r"\s(?:of|at|from|in|for|von|vom|der|dem|des|de la|du|del)\s", name, maxsplit=1)[0]
    if head != name and is_person_name(_without_office(head)):
        return _without_office(head)
    name = _without_office(name)
    agency, _, person = name.partition(" ")
    if fold(agency) in shared("lone_organisations") and is_person_name(person):
        return person
    parts = name.split()
    for size in (4, 3, 2):
        tail = " ".join(parts[-size:])
        if (
            len(parts) > size
            and has_given_name(tail)
            and is_person_name(tail)
            and not any(part in shared("joints") for part in parts)
        ):
            return tail
    return name


def _body_spoken_for(name: str) -> str:
    """ "Sprecherin des Instituts für Lärm" -> "Instituts für Lärm": who speaks is not named, for whom is."""
    match = _SPEAKS_FOR.match(name)
    if match is None or not _is_office(match[1]):
        return name
    body = name[match.end() :]
    return body if " " in body or fold(body) in shared("lone_organisations") or body.isupper() else ""


def _is_office(word: str) -> bool:
    return fold(word).strip(".,") in _offices() or (
        bool(_GERMAN_ROLE.match(word)) and fold(word) not in ("alexander", "peter", "werner", "oliver")
    )


def _is_generic(parts: list[str], language: str) -> bool:
    generic = words(language).generic_bodies | words("en").generic_bodies
    folded = [fold(part).strip(".,") for part in parts]
    if " ".join(folded) in generic or (folded[0] in generic and len(parts) == 1):
        return True
    if (
        folded[-1] in generic
        and not (
            folded[-1] in ("ministry", "court", "company", "president") and all(part[0].isupper() for part in parts)
        )
        and parts[-1][0].islower()
    ):
        return not (folded[-1] in ("ministry",) and len(parts) > 2)
    if folded[0] in _openers() or any(part in _times() for part in folded):
        return True
    return all(part in generic or part in shared("particles") for part in folded)


def _single(name: str, whole: str) -> str:
    if name in ("US", "UK", "USA", "UAE", "СРСР", "США", "ΗΠΑ"):
        return ""
    if name.isupper() and 2 <= len(name) <= 8 and name.isalpha():
        return _designation(name, whole) or _spelled_out(name, whole)
    if fold(name) in shared("lone_organisations"):
        return name
    if (
        re.search(r"[a-zß-ÿ]-?[A-Z]", name)
        and len(name) > 4
        and not re.match(r"(?:Mc|Mac|De|Van|La|Le|Di|O['’])[A-Z]", name)
    ):
        return name
    if len(name) > 2 and (found := _full_name(name, whole)):
        full = _without_office(found)
        parts = full.split()
        for start in range(len(parts) - 1):
            if (
                fold(parts[start]) not in _openers()
                and is_person_name(" ".join(parts[start:]))
                and not is_organisation(full)
            ):
                return " ".join(parts[start:])
    return ""


def _designation(series: str, whole: str) -> str:
    """ "RFC" where the text speaks of one RFC 8493 only; of several in a series none is singled out."""
    places = (place for place in _places(series, whole) if not (place and _WORD_SIGN.match(whole, place - 1)))
    numbers = {found[1] for place in places if (found := _NUMBER_BEHIND.match(whole, place + len(series)))}
    return f"{series} {numbers.pop()}" if len(numbers) == 1 else ""


def _spelled_out(acronym: str, whole: str) -> str:
    if f"({acronym})" not in whole:
        return acronym
    for match in re.finditer(rf"([{UPPER}][^.;:!?()]{{3,80}}?)\s\({re.escape(acronym)}\)", whole):
        parts = match[1].split()
        for start in range(len(parts)):
            name = " ".join(parts[start:])
            if parts[start][0].isupper() and fold(acronym) in acronyms(name) and fold(parts[start]) not in _openers():
                return name
    return acronym


def _full_name(surname: str, whole: str) -> str:
    """The first place in the text where words with capitals stand before a surname, with the surname."""
    for place in _places(surname, whole):
        end = place + len(surname)
        if not _WORD_SIGN.match(whole, end) and (
            before := _NAMES_BEFORE.search(whole, max(0, place - _LONGEST_BEFORE), place)
        ):
            return whole[before.start() : end]
    return ""


def _places(word: str, whole: str) -> Iterator[int]:
    """Where a word stands in a text; far quicker than to compile a pattern for each word."""
    place = whole.find(word)
    while place >= 0:
        yield place
        place = whole.find(word, place + 1)


def _japanese(name: str) -> str:
    name = re.split(r"(?<=[\u3400-\u9fffァ-ヺー])[はがでにも](?=[\u3400-\u9fffァ-ヺー])", name)[-1]
    person = _HONOURED.sub("", name)
    if fold(name) in words("ja").generic_bodies or re.match(r"(?:同|この|その|ある|複数)", name):
        return ""
    if person != name:
        person = re.split(r"の|=|・(?=[\u3400-\u9fff])", person)[-1]
        return person if len(person) >= 3 and is_person_name(person) else ""
    return (
        name
        if any(
            (name.endswith(ending) and len(name) > len(ending))
            or (name == ending and ending in shared("lone_organisations"))
            for ending in words("ja").organisation_words
        )
        else ""
    )


def _arabic(name: str) -> str:
    parts = name.split()
    if parts[0].startswith("لل") and len(parts[0]) > 4:
        parts[0] = "ال" + parts[0][2:]
    elif parts[0].startswith("ل") and parts[0][1:] in words("ar").organisation_words:
        parts[0] = parts[0][1:]
    lists = words("ar")
    kept: list[str] = []
    for part in parts:
        if (
            part in lists.reporting_verbs
            or part in shared("arabic_stops")
            or (not kept and part in lists.generic_bodies)
        ):
            break
        kept.append(part)
    if len(kept) > 2 and kept[0].startswith("ال") and has_given_name(" ".join(kept[1:])):
        del kept[0]  # "the engineer Rana Khalil"
        parts = parts[1:]
    name = " ".join(kept)
    if not kept or name in lists.generic_bodies:
        return ""
    if len(kept) == 1 and name.startswith("ال") and name not in shared("lone_organisations"):
        return ""  # "the institution", whichever it is
    if " ".join(kept[:2]) in lists.organisation_words or (len(kept) > 1 and kept[0] in lists.organisation_words):
        return name
    if len(kept) == 1:
        return name if name in shared("lone_organisations") else ""
    # Without capitals nothing but a known given name tells a person from any other words.
    surely = len(kept) <= 3 and len(kept) == len(parts) and has_given_name(name) and is_person_name(name)
    return name if surely else ""


@cache
def _offices() -> frozenset[str]:
    return shared("offices") | {entry for entry in everywhere("roles") if " " not in entry}


@cache
def _openers() -> frozenset[str]:
    return shared("openers") | {start.split()[0] for start in everywhere("attribution_starts")}


@cache
def _times() -> frozenset[str]:
    months = {name for name in calendar_words("months") if len(name) > 3}
    return frozenset(months | {name for name in calendar_words("weekdays") if len(name) > 3})
