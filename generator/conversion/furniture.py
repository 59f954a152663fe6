"""Rules for what stands around an article: buttons, counters, advertisements, related links, comments, notices."""

from generator.conversion import signals
from generator.conversion.blocks import ends_sentence
from generator.conversion.lexicon import SHORTEST_CALL, folded_line, starts_with
from generator.conversion.reading import Finding, Reading
from generator.conversion.weighing import weighed_in
from generator.model.ledger import Label

_CONTAINED = 260
"""Longest line in which a phrase inside, not at the beginning, makes it a call to subscribe or the like."""


def interface_phrase(reading: Reading, index: int) -> Finding | None:
    """A button, a menu entry, a label of the page."""
    line = reading.line(index)
    if not reading.lexicon.is_interface(line):
        return None
    return Finding("a word of the page's interface")


def interface_start(reading: Reading, index: int) -> Finding | None:
    """A line that begins as instructions of a page do."""
    block = reading.blocks[index]
    if len(block.text) > 160 or (reading.is_prose(index) and block.words > 18):
        return None
    start = starts_with(reading.line(index), reading.lexicon.interface_starts)
    return Finding(f"begins as the page's own text does (“{start.strip()}”)") if start else None


def counter(reading: Reading, index: int) -> Finding | None:
    """Numbers, counts, times, addresses and handles by themselves."""
    text = reading.blocks[index].text
    if signals.is_counter(text):
        return Finding("a number, a count or a reading time by itself")
    if signals.is_ago(text):
        return Finding("a relative time by itself")
    if signals.is_handles(text):
        return Finding("nothing but handles and tags")
    if signals.is_address(text):
        return Finding("nothing but an address")
    return None


def advertisement(reading: Reading, index: int) -> Finding | None:
    """The word that announces an advertisement, alone or with its usual continuation."""
    line = reading.line(index).strip(" .:-–—[]()*")
    if line in reading.lexicon.advertisement:
        return Finding("announces an advertisement")
    if (
        len(line) < 90
        and not ends_sentence(line)
        and line.startswith(("advertisement", "sponsored", "promoted", "anzeige", "publicité", "publicidad"))
    ):
        return Finding("announces an advertisement")
    return None


def call_to_subscribe(reading: Reading, index: int) -> Finding | None:
    """Newsletters, cookies and paywalls: a short block that speaks of them; in the midst of text, one that begins so."""
    block, line, lexicon = reading.blocks[index], reading.line(index), reading.lexicon
    if len(block.text) > _CONTAINED or (reading.is_prose(index) and block.words > 45):
        return None
    in_text = reading.is_prose(index) and reading.is_in_midst(index)
    lists = (("newsletter", lexicon.newsletter), ("cookies", lexicon.cookie), ("subscription", lexicon.paywall))
    may_hold = not in_text and lexicon.calls.are_in(line)
    for name, phrases in lists:
        found = starts_with(line, phrases)
        if not found and may_hold:
            found = next((phrase for phrase in phrases if len(phrase) >= SHORTEST_CALL and phrase in line), "")
        if len(found) > 4:
            return Finding(f"speaks to the reader about {name} (“{found}”)")
    return None


def _addresses_reader(line: str) -> bool:
    words = f" {line} "
    return any(
        word in words
        for word in (
            " you ",
            " your ",
            " sie ",
            " ihr ",
            " ihre ",
            " vous ",
            " votre ",
            " usted ",
            " su ",
            " ваш",
            " σας ",
            "ください",
        )
    )


def related_lead_in(reading: Reading, index: int) -> Finding | None:
    """The heading of a list of other articles, or a link to one with its lead-in."""
    block = reading.blocks[index]
    if len(block.text) > 200:
        return None
    start = starts_with(reading.line(index), reading.lexicon.related_starts)
    if not start:
        return None
    rest = reading.line(index)[len(start) :].strip(" :.-–—>»")
    if not rest:
        return Finding("announces other articles")
    inline = start.endswith(":") or reading.line(index)[len(start) :].lstrip()[:1] in ":|–—-"
    if (inline or not ends_sentence(block.text)) and not (reading.is_prose(index) and block.words > 30):
        return Finding(f"points to another article (“{start.strip()}”)")
    return None


def related_item(reading: Reading, index: int) -> Finding | None:
    """A line below the heading of a list of other articles, until the text goes on."""
    if reading.label(index - 1) is not Label.RELATED_LINK:
        return None
    before = reading.done[index - 1]
    announces = before.rule == "related-lead-in" and before.finding.reason.startswith("announces")
    if not announces and before.rule != "related-item":
        return None
    block = reading.blocks[index]
    if block.words > 30 or (reading.is_prose(index) and not _is_teaser(reading, index)) or weighed_in(reading, index):
        return None
    if (
        not reading.is_prose(index)
        and block.words <= 5
        and reading.is_prose(index + 1)
        and before.rule == "related-item"
    ):
        return None  # short, before a paragraph, after longer links: a heading of the article
    return Finding(f"stands in the list of other articles that follows line {reading.list_opener}")


def _is_teaser(reading: Reading, index: int) -> bool:
    """One sentence between lines that are no paragraphs: the teaser of a link."""
    block = reading.blocks[index]
    return block.words <= 30 and not reading.is_prose(index + 1) and index > reading.profile.last_prose - 1


def comment_heading(reading: Reading, index: int) -> Finding | None:
    """The heading of the readers' comments, below the text."""
    if not reading.body_seen or len(reading.blocks[index].text) > 90:
        return None
    line = reading.line(index)
    start = starts_with(line.lstrip("0123456789 ("), reading.lexicon.comment_starts)
    if not start or (reading.is_prose(index) and reading.blocks[index].words > 14):
        return None
    rest = line.lstrip("0123456789 (")[len(start) :]
    if " " not in start and rest.rstrip().endswith(("?", "？", "؟")):
        return None  # a question that only begins with such a word ("Comment …" in French)
    return Finding("begins the readers' comments or the form for them")


def page_notice(reading: Reading, index: int) -> Finding | None:
    """A paragraph about the page, its terms or its offers, at the edges of the text."""
    block = reading.blocks[index]
    if (
        not 6 <= block.words <= 110
        or reading.is_in_midst(index)
        or not reading.lexicon.has_page_phrase(folded_line(block.text))
    ):
        return None
    at_edge = index <= reading.profile.first_prose + 1 or index >= reading.profile.last_prose - 2
    if at_edge or _addresses_reader(reading.line(index)):
        return Finding("speaks of the page, its terms or its offers")
    return None


def comment(reading: Reading, index: int) -> Finding | None:
    """What follows the heading of the comments, where the text was over."""
    if reading.label(index - 1) is not Label.COMMENT:
        return None
    if index < reading.body_ends and not reading.in_comments:
        return None
    return Finding("stands among the readers' comments below the text")


_ANSWERS = frozenset(
    {
        "reply",
        "report",
        "like",
        "antworten",
        "melden",
        "répondre",
        "signaler",
        "responder",
        "відповісти",
        "απάντηση",
        "返信",
        "رد",
    }
)


def begin_thread(reading: Reading, index: int) -> bool:
    """Whether what follows a comments heading is a thread: relative times and buttons to answer recur in it."""
    following = range(index + 1, min(index + 16, len(reading.blocks)))
    marks = sum(reading.line(place) in _ANSWERS or signals.is_ago(reading.blocks[place].text) for place in following)
    return marks >= 2


def notice(reading: Reading, index: int) -> Finding | None:
    """Copyright lines, disclaimers, editors' notes: about the article, not of it."""
    block = reading.blocks[index]
    start = starts_with(reading.line(index), reading.lexicon.notice_starts)
    if not start or len(block.text) > 600:
        return None
    if reading.profile.first_prose < index < reading.profile.last_prose - 3 and block.words > 40:
        return None
    return Finding(f"a notice about the article (“{start.strip()}”)")


def tag_list(reading: Reading, index: int) -> Finding | None:
    """Keywords below the text, in one line."""
    if index <= reading.profile.last_prose:
        return None
    line = reading.line(index)
    before = reading.done[index - 1] if index else None
    is_item = reading.blocks[index].words <= 4 and not ends_sentence(reading.blocks[index].text)
    if before is not None and before.rule == "keywords" and is_item and reading.blocks[index].gap_before == 1:
        return Finding("one of the keywords of the page")
    if line.startswith(
        (
            "tags",
            "topics",
            "tagged",
            "schlagw",
            "stichw",
            "themen",
            "mots-clés",
            "etiquetas",
            "теги",
            "ετικέτες",
            "タグ",
            "الوسوم",
            "keywords",
            "filed under",
        )
    ):
        return Finding("keywords of the page")
    return None


def ornament(reading: Reading, index: int) -> Finding | None:
    """A row of marks that divides parts."""
    return Finding("a row of marks, no text") if signals.is_ornament(reading.blocks[index].text) else None
