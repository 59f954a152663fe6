"""Reads the people out of a byline: "By Jane Q. Doe and John Roe, Reuters | 3 March 2021".

The rule: a lead-in ("By", "Von", "Текст:", "文=", …) promises names; the line is a byline only if what follows is names,
with no more around them than roles, outlets, places, dates and addresses. Anything that reads on like a sentence is no
byline. Photographers, editors and translators are named in bylines too, and are not authors.
"""

import re
import unicodedata
from functools import cache

from generator.conversion.byline_names import authors, distinct, name_in
from generator.conversion.byline_roles import is_only_staff, split_names
from generator.conversion.dates_found import found_dates, unglued
from generator.conversion.declension import nominative_people
from generator.conversion.names import has_given_name, is_organisation, is_person_name
from generator.conversion.words import all_words, calendar_words, everywhere, fold, shared

LONGEST_LINE = 320
MOST_PEOPLE = 12
_ADDRESS = re.compile(r"\S{0,100}@\S{1,100}|https?://\S{1,300}|www\.\S{1,200}")
_SEGMENTS = re.compile(r"\s*[|•‧●▪\u2003]\s*|\s+[-–—/]\s+|\s+·\s+|(?<=\w)·\s")
_GLUED = re.compile(r"(?<=[a-zß-ÿ.])(?=(?:Staff|Contributor|Correspondent|Editor|Reporter|Writer)\b)")
_RELATIVE = re.compile(
    r"^(?:(?:posted|published|updated|veröffentlicht|publié|publicado)\s)?(?:\d{1,3}|an?|one)\s(?:min(?:ute)?|hour|hr|day|week|month|year)s?\.?\sago"
    r"[\s|·•,–—-]{1,4}(?=by\s)|^(?:veröffentlicht\s)?vor\s\d{1,3}\s\w{3,8}\s(?=von\s)"
    r"|^(?:publié\s)?il y a \d{1,3} \w{3,8}\s(?=par\s)|^(?:publicado\s)?hace \d{1,3} \w{3,8}\s(?=por\s)",
    re.I,
)
"""A relative time before a byline: it says nothing once the page has been saved."""
_HELPERS = re.compile(
    r"[(\[]?\s?(?:with\s)?(?:additional reporting|reporting assistance|editing|edited)(?:\sby|\sfrom)\s", re.I
)
"""Those who helped are named, but not as authors."""
_REPORTING = re.compile(r"[(\[]?\s?(?:reporting|writing|written)\s(?:and (?:writing|photos|photography)\s)?by\s", re.I)
_REPORT_PARTS = re.compile(r"\s?;\s?|\.\s(?=[A-Z])|,\s(?=(?:writing|editing|compiled|additional)\b)", re.I)
_OUR_OWN = re.compile(
    r"[(\[]?(?:(?:from|by) (?:our|a) (?:own |special |staff )?(?:correspondents?|reporters?)|von (?:unserem|unserer) \w+|de notre \w+(?: \w+)?"
    r"|de nuestro \w+(?: \w+)?|від нашого \w+|από τον ανταποκριτή μας|本紙記者|من مراسلنا)\.?[)\]]?",
    re.I,
)
"""Correspondents whom nobody names."""
_INITIAL = re.compile(r"(?:^|\s)[A-Z]\.(?=\s|[A-Z])")
_LEAD_WORD = re.compile(r"[^\W\d_]{2,}['’]?[^\W\d_]*")
_UNSPACED = frozenset("文著者記筆執取構聞寄訳稿員担作")
_VERBS = frozenset({"كتب", "كتبت"})
_KANJI_NAME = re.compile(r"[\u3400-\u9fff々]{2,4}[ 　]?[\u3400-\u9fff々ぁ-ゖァ-ヺ]{1,4}")
_NAMED_STAFF = re.compile(
    r"(?:[Tt]he )?(?:[Ee]ditors|[Ee]ditorial (?:[Bb]oard|[Tt]eam|[Ss]taff)) of (?:the )?[\w'’-]+(?: [\w'’-]+){0,5}"
    r"|(?:(?!The )[A-Z][\w'’-]+ ){1,4}[Ee]ditors"
    r"|(?:la |die )?(?:rédaction|redacción|[Rr]edaktion) (?:de |du |del |des |der |von )(?:la |el |los )?[\w'’-]+(?: [\w'’-]+){0,4}"
)
"""Editors who say of what: that is a body with a name, where "the editors" alone is nobody in particular."""
_NOTED_STAFF = re.compile(r"(The editors of (?:the )?(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,4}|[a-z]+)) (?=[a-z])")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def byline_people(line: str) -> tuple[str, ...] | None:
    """The authors that a byline names, in its order; `()` when it names none, None when the line is no byline."""
    if len(line) > LONGEST_LINE or not _may_be_byline(line):
        return None
    text = _RELATIVE.sub("", _prepared(line))
    if reporters := _reporters(text):
        return reporters
    if (helped := _HELPERS.match(text)) and authors(text[helped.end() :].rstrip(" ).]"), weak=True):
        return ()
    segments = [segment for segment in _SEGMENTS.split(text) if segment]
    for index, segment in enumerate(segments):
        lead, rest, has_colon = _lead_in(_without_leading_date(segment))
        if lead is None:
            continue
        if not rest and index + 1 < len(segments):
            rest = segments[index + 1]
        if staff := _NAMED_STAFF.fullmatch(rest.rstrip(" .,")):
            return (staff[0][0].upper() + staff[0][1:],)
        return (
            _greek_authors(rest, lead)
            if _GREEK.search(rest)
            else authors(rest, weak=lead in shared("weak_leads"), surely=lead in _VERBS and not has_colon)
        )
    if len(text) <= 60 and _OUR_OWN.fullmatch(text):
        return ()
    if len(segments) == 2 and len(text) <= 40 and len(segments[0].split()) <= 3 and is_only_staff(segments[1]):
        return ()  # a place and "agencies"
    return _signed(text)


def named_people(line: str, *, in_place: bool = False) -> tuple[str, ...]:
    """The people of a short line without lead-in that is nothing but names, with roles, outlets and dates around them.

    `in_place` tells that the line stands where names do, so that two words which no list holds may be one.
    """
    if len(line) <= 60 and _NAMED_STAFF.fullmatch(line.strip()):
        return (line.strip(),)
    if len(line) > 160 or not _may_be_names(line):
        return ()
    text = _prepared(line)
    segments = [segment for segment in _SEGMENTS.split(text) if segment]
    if not segments:
        return ()
    first = _without_leading_date(segments[0])
    for entry in everywhere("told_to"):
        head, found, tail = first.partition(f" {entry} ")
        if found and is_person_name(head):
            first = tail
    names = authors(first, weak=True, led=False) or ()
    if names and _JAPANESE.search(names[0]) and not re.search(r"[ \u3000・]", text):
        return ()  # a few characters written in one are a heading as soon as a name
    alone = " ".join(names) == text
    # Words alone may be a heading; a given name or an initial makes them a name, and so does where they stand.
    is_plain = text.isascii() or bool(_ARABIC.search(text))
    return names if not alone or not is_plain or in_place or has_given_name(text) or _INITIAL.search(text) else ()


def _reporters(text: str) -> tuple[str, ...]:
    """ "(Reporting by A in B; writing by C; editing by D)": who wrote a wire report; its editors are no authors."""
    if not _REPORTING.match(text):
        return ()
    people: list[str] = []
    for part in _REPORT_PARTS.split(text.strip("()[] "))[:8]:
        if match := _REPORTING.match(part):
            people += authors(part[match.end() :].rstrip(")] "), weak=True) or ()
    return distinct(people)


def noted_staff(note: str) -> str:
    """The editors that a note begins with: "The editors of the archive look after …"."""
    match = _NOTED_STAFF.match(note)
    return match[1] if match else ""


def _greek_authors(rest: str, lead: str) -> tuple[str, ...] | None:
    """ "Της Μαρίας Ιωάννου και του …": each name stands in the case of its own article."""
    names: list[str] = []
    for part in re.split(r",?\sκαι\s(?=(?:του|της|τον|την|τη|ο|η)\s)", rest)[:12]:
        match = re.match(r"(?P<article>του|της|τον|την|τη|ο|η)\s", part)
        own_lead = match["article"] if match else lead
        found = authors(part[match.end() :] if match else part, weak=own_lead in shared("weak_leads"))
        if found is None:
            return None
        names += nominative_people(found, own_lead) or ()
    return tuple(dict.fromkeys(names))


def _may_be_byline(line: str) -> bool:
    """A quick look: nearly every line is no byline, and most say so at once."""
    folded = line.casefold()
    if len(line) <= 40 and " - " in line and not line.isascii():
        return True
    if (
        "by" in folded[:3]
        or "correspondent" in folded
        or folded[:1] in "(（【〔"
        or not _UNSPACED.isdisjoint(folded)
        or "report" in folded
    ):
        return bool(folded.strip())
    return not _lead_words().isdisjoint(_LEAD_WORD.findall(folded))


def _may_be_names(line: str) -> bool:
    words = line.split()
    if not words or line.rstrip()[-1] in "?!:;…" or (line.rstrip()[-1] == "." and len(words) > 8):
        return False
    if not line.isascii() and not any(ch.isupper() for ch in line):
        return len(line) <= 60
    return sum(word[:1].isupper() for word in words) >= 2 and sum(word[:1].islower() for word in words) <= 6


def _prepared(line: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(line.replace("*", " ").replace("_", " ").split()))
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text)
    text = unglued(_GLUED.sub(" ", text))
    text = re.sub(r"^By(?=[A-Z][a-z])", "By ", text)
    text = re.sub(r",(?=[^\W\d_])", ", ", text)
    text = re.sub(r"(?<=[a-z])(?=@\w+(?:\s|$))", " ", text)
    return _ADDRESS.sub("", text)


def _without_leading_date(text: str) -> str:
    dates = found_dates(text, "", loose=True)
    if not dates or dates[0].start > 30:
        return text
    rest = text[dates[-1].end :]
    before = text[: dates[0].start].strip(" ,:")
    if before and not _is_date_label(before):
        return text
    return re.sub(
        r"^[\s,]*(?:(?:at|um|à|a las|о|στις)?\s?\d{1,2}[:.h]\d\d\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,4}\b)?)?[\s,:–—-]*",
        "",
        rest,
    )


def _is_date_label(text: str) -> bool:
    folded = fold(text)
    weekdays = calendar_words("weekdays")
    return all(
        word.strip(".,:") in weekdays | set(everywhere("published")) | {"on", "am", "le", "el"}
        for word in folded.split()
    ) or folded in everywhere("published")


def _lead_in(text: str) -> tuple[str | None, str, bool]:
    """The lead-in, what follows it, and whether a colon parts them."""
    match = _lead_pattern().match(text)
    if match is None:
        return None, "", False
    return fold(match["lead"]).strip(" :：="), text[match.end() :].strip(), ":" in match[0]


def _signed(text: str) -> tuple[str, ...] | None:
    """Bylines whose mark stands behind the name: "Jane Doe reports from Kyiv", "…記者"."""
    if len(text) > 120:
        return None
    if match := _reporting_pattern().match(text):
        names = [name_in(piece, single=False) for piece in split_names(match["who"])]
        people = [name for name in names if name and not is_organisation(name)]
        return distinct(people) if people and len(people) == len(names) else None
    if _JAPANESE.search(text) and len(text) <= 40:
        inside = text.strip("()（）【】[]〔〕 　")
        ending = next((end for end in sorted(_endings(), key=len, reverse=True) if inside.endswith(end)), "")
        if ending and not re.search(r"[。、]", inside):
            name = re.sub(
                r"^(?:[\u3400-\u9fff]{2,6}[部局班]|本紙|本社|論説|編集)[・\s　]", "", inside[: -len(ending)].strip()
            )
            name = re.split(r"[・=＝／/\s　](?=[\u3400-\u9fff]{1,8}$)", name)[0] if len(name) > 8 else name
            name = re.split(r"[=＝]", name)[-1].strip()
            return (name,) if is_person_name(name) else None
        if inside != text and _KANJI_NAME.fullmatch(inside) and is_person_name(inside):
            return (inside,)
    return None


@cache
def _lead_words() -> frozenset[str]:
    """The first word of each lead-in; all of the byline signs of Japanese are in `_UNSPACED`."""
    return frozenset(
        match[0]
        for entry in everywhere("byline_starts")
        if (match := _LEAD_WORD.search(entry.replace("σ ", "ς ").strip(":")))
    )


@cache
def _lead_pattern() -> re.Pattern[str]:
    entries = sorted({entry.rstrip(":：=＝/／ ") for entry in everywhere("byline_starts")}, key=len, reverse=True)
    colon_only = shared("colon_leads")
    loose = "|".join(re.escape(entry) for entry in entries if entry not in colon_only)
    strict = "|".join(re.escape(entry) for entry in entries if entry in colon_only)
    unspaced = "|".join(re.escape(entry) for entry in entries if entry in colon_only and _JAPANESE.search(entry))
    return re.compile(
        rf"(?:[—–―•*\-]\s?)?(?:(?P<lead>(?:{loose})(?:\s?[:：=＝]\s?|\s+|$)|(?:{strict})\s?[:：=＝/／]\s?|(?:{unspaced})\s(?=[\u3400-\u9fff]{{1,4}}\s?[\u3040-\u9fff]{{1,5}}$)))",
        re.I,
    )


@cache
def _reporting_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<who>[^.,;:!?]{5,70}?),?\s(?:reports?|reporting|berichte[nt]|informan?|désinforme|rapporte|повідомля[єю]ть?|μεταδίδ\w+|αναφέρ\w+)\s"
        r"(?:from|in|aus|depuis|desde|з|із|από)\s[^.!?]{2,40}\.?$"
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(entry for lists in all_words() if lists.language == "ja" for entry in lists.byline_ends)
