"""A citation as text to copy, in two common styles and as a Wikipedia template. Unknown values are left out.

Sources: The Chicago Manual of Style, 17th edition, 14.191 to 14.200 (newspapers), 14.145 (dates); Publication Manual
of the American Psychological Association, 7th edition, 10.1 (newspaper articles); Wikipedia, Template:Cite news.
These styles are English by nature: their dates and connecting words are, whatever the language of the page.
"""

import re
from collections.abc import Callable

from generator.model.catalogue import Holding
from generator.model.dates import SEASONS, Edtf, Moment
from generator.model.people import family_and_given, is_body
from generator.site.citations import origin
from generator.site.words import date_iso

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
_WIKI = str.maketrans(
    {"|": "{{!}}", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "<": "&lt;", ">": "&gt;"}
)
_WIKI_ADDRESS = str.maketrans(
    {"|": "%7C", "{": "%7B", "}": "%7D", "[": "%5B", "]": "%5D", "<": "%3C", ">": "%3E", " ": "%20"}
)
_CHICAGO_NAMES = 10
_APA_NAMES = 20


def citations(holding: Holding, url: str, archive: str) -> tuple[tuple[str, str], ...]:
    """(name of the style, citation) for each style; `url` is the article's page here, if its address is known."""
    return (
        ("Chicago", chicago(holding, url, archive)),
        ("APA", apa(holding, url, archive)),
        ("Wikipedia", wikipedia(holding, url, archive)),
    )


def chicago(holding: Holding, url: str, archive: str) -> str:
    """Author. “Title.” *Publication*, date. Address. The archive and the page in it come last."""
    fields, published = holding.article.fields, origin(holding.article)
    title = f"“{_sentence(_whole_title(holding))}”"
    place = ", ".join(part for part in (published.name if published else "", _american(fields.date)) if part)
    parts = [_sentence(_chicago_names(fields.authors)), title, _sentence(place or "n.d.")]
    parts += _ends(holding, url, archive)
    return " ".join(part for part in parts if part)


def apa(holding: Holding, url: str, archive: str) -> str:
    """Author, A. (Date). Title. Publication. Address. Without an author the title comes first."""
    fields, published = holding.article.fields, origin(holding.article)
    title = _sentence(_whole_title(holding))
    date = f"({_apa_date(fields.date)})."
    beginning = [_sentence(_apa_names(fields.authors)), date, title] if fields.authors else [title, date]
    parts = [*beginning, _sentence(published.name) if published else ""]
    parts += _ends(holding, url, archive)
    return " ".join(part for part in parts if part)


def wikipedia(holding: Holding, url: str, archive: str) -> str:
    """`{{cite news}}`: the archive's copy is an archive-url only where the day of the capture is known."""
    article = holding.article
    fields, published = article.fields, origin(article)
    rows: list[tuple[str, str]] = []
    for number, name in enumerate(fields.authors, start=1):
        family, given = family_and_given(name)
        rows += [(f"last{number}", family), (f"first{number}", given)] if given else [(f"author{number}", name)]
    original = published.url if published else ""
    captured = date_iso(article.provenance.date) if article.provenance else ""
    rows += [
        ("title", _whole_title(holding)),
        ("url", original or url),
        ("work", published.name if published else ""),
        ("date", _wikipedia_date(fields.date)),
        ("language", fields.language if not fields.language.startswith("en") else ""),
    ]
    if original and url and captured:
        rows += [("archive-url", url), ("archive-date", captured), ("url-status", "live")]
    rows.append(("via", archive if not original else ""))
    inner = " ".join(f"|{name}={_wiki_text(name, value)}" for name, value in rows if value)
    return f"{{{{cite news {inner}}}}}"


def _whole_title(holding: Holding) -> str:
    fields = holding.article.fields
    if not fields.subtitle:
        return _one_line(fields.title)
    joint = " " if fields.title.rstrip().endswith(("?", "!", ":", "…", "。", "？", "！")) else ": "
    return _one_line(fields.title) + joint + _one_line(fields.subtitle)


def _ends(holding: Holding, url: str, archive: str) -> list[str]:
    published = origin(holding.article)
    if published and published.url:
        copy = f"Archived at {archive}, {url}." if url else f"Archived at {_sentence(archive)}"
        return [f"{published.url}.", copy]
    return [_sentence(archive), f"{url}." if url else ""]


def _chicago_names(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    shown = [_inverted(names[0]), *names[1:]]
    if len(shown) > _CHICAGO_NAMES:
        return ", ".join(shown[:7]) + ", et al."
    if len(shown) == 1:
        return shown[0]
    return ", ".join(shown[:-1]) + f", and {shown[-1]}"


def _apa_names(names: tuple[str, ...]) -> str:
    shown = [_initialled(name) for name in names]
    if len(shown) > _APA_NAMES:
        return ", ".join(shown[:19]) + f", . . . {shown[-1]}"
    if len(shown) == 1:
        return shown[0]
    return ", ".join(shown[:-1]) + f", & {shown[-1]}"


def _inverted(name: str) -> str:
    family, given = family_and_given(name)
    return f"{family}, {given}" if given else family


def _initialled(name: str) -> str:
    family, given = family_and_given(name)
    if not given or is_body(name):
        return family
    initials = [
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
        for word in given.replace(".", ". ").split()
        if word
    ]
    return f"{family}, {' '.join(initials)}"


def _american(date: Edtf | None) -> str:
    """`May 21, 2022`; a doubtful date in square brackets, as in `[ca. October 2024]`."""
    if date is None:
        return ""
    words = _span(
        date, lambda moment: _month_day_year(moment, f"{_month(moment)} {moment.day}, ", f"{_month(moment)} ")
    )
    return words if date.is_certain else f"[{words}]"


def _apa_date(date: Edtf | None) -> str:
    """`2022, May 21`, `ca. 2024, October`, `n.d.`."""
    if date is None:
        return "n.d."
    return _span(date, _year_month_day)


def _wikipedia_date(date: Edtf | None) -> str:
    """A date in a form that the template takes: it knows no interval with an open end."""
    if date is None or date.start is None or (date.is_interval and date.end is None):
        return ""
    if not date.is_certain:
        return f"c. {date.start.year}" if date.year is not None and not date.is_interval else ""
    return _span(date, lambda moment: _month_day_year(moment, f"{moment.day} {_month(moment)} ", f"{_month(moment)} "))


def _span(date: Edtf, words: Callable[[Moment], str]) -> str:
    """One moment or two, each in words, with what is doubtful said."""
    if not date.is_interval:
        return _doubt(date.start, words)
    return f"{_doubt(date.start, words)}–{_doubt(date.end, words)}".strip()


def _doubt(moment: Moment | None, words: Callable[[Moment], str]) -> str:
    if moment is None:
        return ""
    return ("ca. " if moment.approximate else "") + words(moment) + ("?" if moment.uncertain else "")


def _month_day_year(moment: Moment, with_day: str, with_month: str) -> str:
    if moment.last_year != moment.year:
        return _decade(moment)
    return (with_day if moment.day else with_month if moment.month else "") + str(moment.year)


def _year_month_day(moment: Moment) -> str:
    if moment.last_year != moment.year:
        return _decade(moment)
    return str(moment.year) + (f", {_month(moment)}" if moment.month else "") + (f" {moment.day}" if moment.day else "")


def _decade(moment: Moment) -> str:
    return f"{moment.year}s" if moment.last_year - moment.year == 9 else f"{moment.year}–{moment.last_year}"


def _month(moment: Moment) -> str:
    return _SEASONS[moment.month] if moment.month in SEASONS else _MONTHS[moment.month - 1] if moment.month else ""


def _sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a mark of its own."""
    text = text.strip()
    return text if not text or text.endswith((".", "?", "!", "…", "。", "？", "！")) else text + "."


def _wiki_text(name: str, value: str) -> str:
    if name in ("url", "archive-url"):
        return value.translate(_WIKI_ADDRESS)
    return _one_line(value).translate(_WIKI).replace("''", "&#39;&#39;")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
