"""When was it written? Short lines that state a date, and what kind of date they state.

The rule: a line is a date line when nothing of a sentence is left once dates, times and their labels are taken away.
The day an article was published, the day it was updated and the day somebody saved it are three different things, and
the date of an event is none of them. Relative dates ("3 hours ago") say nothing once the page has been saved.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import unquote

from generator.conversion.dates_found import Found, found_dates, month_number, season_number, unglued
from generator.conversion.dates_inferred import Inference, inferred
from generator.conversion.words import bare, calendar_words, everywhere, fold, shared
from generator.model.dates import Edtf, edtf

__all__ = [
    "DatedLine",
    "Inference",
    "dated_line",
    "dated_lines",
    "dates_in",
    "from_url",
    "inferred",
    "may_say_when_saved",
]

Kind = Literal["published", "updated", "saved", "dateline", "other"]

LONGEST_LINE = 200
_MOST_LEFT = 12
_WORD = r"[^\W\d_]"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_TIME = re.compile(
    r"\d{1,2}\s?(?:[:.h]|Uhr|時|點)\s?\d{2}(?:\s?分|:\d\d)?(?:\.\d+)?\s?(?:[ap]\.?\s?m\b\.?)?"
    r"|\d{1,2}\s?(?:[ap]\.?\s?m\b\.?|時|Uhr\b|h\b)|\(?(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d\d)?\)?|\+\d\d:?\d\d\b",
    re.I,
)
_COUNTED = re.compile(
    r"\b\d{1,6}(?:[.,]\d)?[kK]?\s?(?:[-–]\s?)?(?=min|Min|хв|λεπτ|分|دق|comment|Comment|Kommentar|share|Share|view|View|read|mn\b)"
)
_PARTIAL = re.compile(rf"\b\d{{1,2}}\.?\s{_WORD}{{3,10}}\b|\b{_WORD}{{3,10}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b")
_SEASON = re.compile(
    rf"(?P<s>{_WORD}{{3,12}}),?\s(?:of\s|de\s|del\s|του\s)?(?P<y>1[5-9]\d\d|20\d\d)(?:\s?р\.|\sроку)?\.?"
    r"|(?P<k>1[5-9]\d\d|20\d\d)年(?P<j>[春夏秋冬])号?"
)
_STATED = re.compile(r"(?:(?:first|originally) )?(?:published|posted|updated)(?: on)?:? \d")
_ADDRESS = re.compile(r"https?://\S{1,300}|www\.\S{1,200}|\S{1,100}@\S{1,100}")
_SEPARATORS = re.compile(r"[|｜•·‧・/／\\,;:：；()\[\]（）【】<>«»\"“”–—―~＝=*_…،؛]+|(?<!\w)[-.]+|[-.]+(?!\w)")
_SENTENCE_END = re.compile(r"[.!?。！？؟;](?:[\"”’»)]*)$")
_PLACE = rf"(?:{_WORD}|[^\x00-\x7f\d]){{1,20}}(?:[ '’.-]{{1,2}}{_WORD}{{1,20}}){{0,3}}"
_DATELINE_HEAD = re.compile(
    rf"^[\s(\[【]{{0,3}}(?P<place>{_PLACE}(?:\s?[,/،、]\s?{_PLACE}){{0,2}})\s?[,،、(:·—–-]{{0,2}}\s{{0,2}}(?:le\s|el\s|den\s)?$"
)
_DATELINE_TAIL = re.compile(
    r"^\.\s(?=[^\W\d_])|^\s?(?:року|р\.|г\.|م)?\s?[)\]】]?,?\s?(?:(?:[(/][^()\n/]{1,40}[)/])\s?)?[.,:]?\s?(?:--?|—|–|―|】|ー|:|/)\s{0,2}-?"
)


_FULL_DATE = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d\d|元年|(?:令和|平成|昭和)\d")


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date that a short line states, what it is the date of, and what else the line says.

    For a `dateline` (place and date at the head of a paragraph) `rest` is the paragraph after it.
    """

    kind: Kind
    date: Edtf
    rest: str


def dated_line(line: str, language: str) -> DatedLine | None:
    """The date that a short line states, the day of publication before any other; None when it states none."""
    stated = dated_lines(line, language)
    return next((one for one in stated if one.kind == "published"), stated[0]) if stated else None


def dated_lines(line: str, language: str) -> tuple[DatedLine, ...]:
    """Every date that a short line states, in its order; none for a sentence and for a line without a full date."""
    if not _FULL_DATE.search(line, 0, LONGEST_LINE):
        return ()
    if dateline := _dateline(line, language):
        return (dateline,)
    if len(line) > LONGEST_LINE:
        return ()
    text = unglued(" ".join(line.split()))
    found = found_dates(text, language, loose=True)
    if not found and (season := _season(text)):
        return (season,)
    if not found or re.match(r"[—–―-]\s?.*@", text):
        return ()
    rest, plain = _left_over(text, found)
    kinds = [_kind(text, found, index) for index in range(len(found))]
    if _is_sentence(text, plain, labelled=any(kinds)):
        return ()
    unlabelled: Kind = "other" if _is_about_something(text, plain) else "published"
    return tuple(DatedLine(kind or unlabelled, one.date, rest) for kind, one in zip(kinds, found, strict=True))


def _season(text: str) -> DatedLine | None:
    """A line that is nothing but a season and its year, as magazines date their issues."""
    match = _SEASON.fullmatch(text)
    season = season_number((match["s"] or match["j"]) if match else "")
    if match is None or not season:
        return None
    return DatedLine("published", edtf(f"{match['y'] or match['k']}-{season}"), "")


def may_say_when_saved(line: str) -> bool:
    """Whether a line holds a date and a word for saving: a quick look, since hardly any does."""
    return _FULL_DATE.search(line) is not None and any(map(fold(line).__contains__, everywhere("saved")))


def dates_in(text: str, language: str) -> tuple[tuple[Edtf, int, int], ...]:
    """All dates that a text states in full, each with the part of the text (start, end) that states it."""
    return tuple((one.date, one.start, one.end) for one in found_dates(text, language))


def from_url(url: str) -> Edtf | None:
    """The date that an address states: `/2021/03/03/`, `/2021/mar/03/`, `/2021-03-03-…`, `/20210303/`, `/2021/03/`."""
    path = unquote(url[:2000]).partition("?")[0].partition("#")[0]
    path = re.sub(r"^\w+://[^/]*", "", path)
    patterns = (
        r"/(?P<y>\d{4})/(?P<m>\d{1,2}|[a-z]{3,9})/(?P<d>\d{1,2})(?=/|$|-)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)",
        r"[/_-](?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=[/_.-]|$)",
        r"/(?P<y>\d{4})/(?P<m>\d\d|[a-z]{3})(?P<d>)(?=/|$)",
    )
    for pattern in patterns:
        if match := re.search(pattern, path, re.I):
            month = int(match["m"]) if match["m"].isdigit() else month_number(match["m"])
            day = f"-{int(match['d']):02}" if match["d"] else ""
            try:
                date = edtf(f"{int(match['y']):04}-{month:02}{day}")
            except ValueError:
                continue
            if 1 <= month <= 12 and 1500 <= int(match["y"]) <= 2100:
                return date
    return None


def _dateline(line: str, language: str) -> DatedLine | None:
    head = line[:120]
    for one in found_dates(head, language)[:1]:
        place = _DATELINE_HEAD.match(head[: one.start])
        tail = _DATELINE_TAIL.match(line[one.end : one.end + 80])
        if place is None or tail is None or not _is_place(place["place"]):
            return None
        if tail[0] == ". " and not _is_parted_from_date(head[: one.start]):
            return None
        rest = line[one.end + tail.end() :].strip()
        return DatedLine("dateline", one.date, rest) if len(rest) > 30 else None
    return None


def _is_parted_from_date(place: str) -> bool:
    """ "Lüneburg, " before a date that a full stop ends: without a dash behind it, only a place with its comma is one."""
    words = place.strip(" ([【").rstrip(", ").split()
    return place.rstrip()[-1:] in (",", "،", "、") and len(words) <= 3 and all(word[:1].isupper() for word in words)


def _is_place(text: str) -> bool:
    words = re.findall(r"[^\s,،、/]+", text)
    if any(month_number(word) for word in words) or fold(text) in _labels()[1]:
        return False
    starts = [word for word in words if fold(word) not in shared("byline_words")]
    return len(words) <= 6 and bool(starts) and all(not word[0].islower() for word in starts)


def _kind(text: str, found: tuple[Found, ...], index: int) -> Kind | None:
    before = text[found[index - 1].end if index else 0 : found[index].start]
    if (kind := _last_label(before)) is not None:
        about_event = kind == "published" and any(
            fold(word) in _events() for word in _SEPARATORS.sub(" ", before).split()
        )
        return "other" if about_event else kind
    after = text[found[index].end : found[index + 1].start if index + 1 < len(found) else len(text)]
    after = re.sub(r"^\s?[(（][月火水木金土日](?:曜日?)?[)）]", "", after)
    own = re.match(r"[\s\d:時分]{0,12}[(（]?\s?([^|•·/)）]{0,24})[)）]?$", after)
    return _last_label(own[1]) if own and found[index].end and len(found) == 1 else None


def _last_label(text: str) -> Kind | None:
    kind: Kind | None = None
    for match in _labels()[0].finditer(fold(text)):
        kind = "saved" if match["saved"] else "updated" if match["updated"] else "published"
    return kind


def _left_over(text: str, found: tuple[Found, ...]) -> tuple[str, list[str]]:
    """What a line says beside its dates, as it stands and as words without labels, times and counts."""
    pieces, position = [], 0
    for one in found:
        pieces.append(text[position : one.start])
        position = one.end
    pieces.append(text[position:])
    rest = " \u2003".join(pieces)
    for pattern in (_ADDRESS, _TIME, _COUNTED):
        rest = pattern.sub(" \u2003", rest)
    rest = _PARTIAL.sub(
        lambda match: " " if any(map(month_number, re.findall(rf"{_WORD}+", match[0]))) else match[0], rest
    )
    kept, plain = [], []
    for segment in re.split(r"[|•·\u2003]|\s[-–—]\s", rest):
        words = [word for word in _without_labels(segment).split() if not _is_filler(word)]
        plain += words
        if words:
            kept.append(_trimmed(segment))
    return " ".join(kept), plain


def _trimmed(segment: str) -> str:
    words = _SEPARATORS.sub(" ", segment).split()
    ends = [index for index, word in enumerate(words) if not _is_filler(word) or fold(word) in shared("byline_words")]
    inside = " ".join(words[ends[0] : ends[-1] + 1]) if ends else ""
    return segment.strip(" ,;:|-–—()[]（）") if len(inside.split()) == len(words) else inside


def _without_labels(text: str) -> str:
    folded = _SEPARATORS.sub(" ", _labels()[0].sub(" ", text))
    return re.sub(r"\s+", " ", folded)


def _is_filler(word: str) -> bool:
    folded = bare(word)
    return folded in _fillers() or folded.strip(".") in _fillers() or folded.strip("-.:'0123456789") == ""


def _is_sentence(text: str, left: list[str], *, labelled: bool) -> bool:
    if len(left) > _MOST_LEFT:
        return True
    wide = sum(len(_UNSPACED.findall(word)) for word in left)
    if wide >= 16 or (wide >= 5 and text.rstrip("」』")[-1:] == "。"):
        return True
    small = [word for word in left if word[0].islower() and fold(word) not in shared("byline_words")]
    is_stated = labelled and _STATED.match(fold(text)) and len(small) <= 2 and len(left) <= 8
    if _SENTENCE_END.search(text) and not re.search(r"[ap]\.m\.$|р\.$", text) and len(left) >= (4 if labelled else 1):
        return not is_stated
    return len(small) > (4 if labelled else 5)


def _is_about_something(text: str, left: list[str]) -> bool:
    """Whether an unlabelled date belongs to what the line talks about, rather than to the article."""
    small = [word for word in left if word[0].islower() and fold(word) not in shared("byline_words")]
    if len(small) > 1 or len(left) > 8 or re.match(r"[—–―]", text):
        return True
    return any(fold(word) in _events() for word in _SEPARATORS.sub(" ", text).split())


@cache
def _labels() -> tuple[re.Pattern[str], frozenset[str]]:
    groups: list[str] = []
    every: set[str] = set()
    for kind in ("saved", "updated", "published"):
        entries = everywhere(kind)
        every.update(entries)
        spaced = "|".join(re.escape(entry) for entry in entries if not _is_unspaced(entry))
        unspaced = "|".join(re.escape(entry) for entry in entries if _is_unspaced(entry))
        groups.append(rf"(?P<{kind}>(?<!\w)(?:{spaced})(?!\w)|{unspaced})")
    return re.compile("|".join(groups), re.I), frozenset(every)


def _is_unspaced(entry: str) -> bool:
    return any("\u3040" <= ch <= "\u9fff" for ch in entry)


@cache
def _fillers() -> frozenset[str]:
    weekdays = calendar_words("weekdays")
    return frozenset(map(bare, (*everywhere("date_fillers"), *sorted(weekdays))))


@cache
def _events() -> frozenset[str]:
    ignored = shared("event_words_ignored")
    return frozenset(everywhere("event_words")) - ignored
