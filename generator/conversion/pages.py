"""Rules for captures that were extracted from pages, and from mail: running headers, page numbers, mail headers."""

import re
from collections import Counter
from collections.abc import Sequence

from generator.conversion.blocks import Block, ends_sentence
from generator.conversion.bylines import byline_people
from generator.conversion.dates import dated_lines
from generator.conversion.names import is_organisation
from generator.conversion.reading import Finding, Reading
from generator.model.ledger import Label

_DIGITS = re.compile(r"\d+")
_NUMBER_ONLY = re.compile(
    r"\W{0,4}(?:(?:page|seite|p\.|s\.)\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?(?:/|of|von|de|sur)\s?\d{1,4})?\W{0,4}$", re.I
)
_PAGE_HEAD = re.compile(r"\d{1,4}\s{3,}\S.{0,100}|\S.{0,100}\s{3,}\d{1,4}")
_MAIL_HEADER = re.compile(
    r"(From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Message-ID|Von|An|Gesendet|Datum|Betreff|De|À|Envoyé|Objet|Para|Enviado|Asunto|Від|Кому|Надіслано|Дата|Тема|Από|Προς|Ημερομηνία|Θέμα|差出人|送信者|宛先|日付|日時|送信日時|件名|من|إلى|التاريخ|الموضوع)\s?[:：]\s(\S.*)$"
)
_SUBJECTS = frozenset({"Subject", "Betreff", "Objet", "Asunto", "Тема", "Θέμα", "件名", "الموضوع"})
_DATES = frozenset(
    {
        "Date",
        "Sent",
        "Gesendet",
        "Datum",
        "Envoyé",
        "Enviado",
        "Дата",
        "Надіслано",
        "Ημερομηνία",
        "日付",
        "日時",
        "送信日時",
        "التاريخ",
    }
)
_SENDERS = frozenset({"From", "Von", "De", "Від", "Από", "差出人", "送信者", "من"})
_FORWARDED = re.compile(r":\s?(?:fwd?|wg|tr|rv)\s?:", re.I)


def running_headers(blocks: Sequence[Block], width: int) -> frozenset[str]:
    """What recurs at the top or foot of pages: the same short line with another number in it."""
    if not width:
        return frozenset()
    forms = Counter(_form(block) for block in blocks if len(block.lines) == 1 and len(block.text) <= width + 20)
    numbered = {_form(block) for block in blocks if _DIGITS.search(block.text)}
    return frozenset(
        form for form, count in forms.items() if form and (count >= 3 or (count == 2 and form in numbered))
    )


def _form(block: Block) -> str:
    return " ".join(_DIGITS.sub(" ", block.folded).split())


def running_header(reading: Reading, index: int) -> Finding | None:
    """A page's running header or footer, or its number."""
    block = reading.blocks[index]
    if not reading.width or len(block.lines) > 1:
        return None
    if _NUMBER_ONLY.match(block.text) and reading.running_headers:
        return Finding("a page number")
    if _PAGE_HEAD.fullmatch(block.text) and reading.running_headers:
        return Finding("a page's number beside its running header")
    if _form(block) in reading.running_headers and not ends_sentence(block.text):
        return Finding("a line that recurs with the pages")
    return None


def continued_paragraph(reading: Reading, index: int) -> Finding | None:
    """The rest of a paragraph that a page break cut in two."""
    block = reading.blocks[index]
    if not reading.width or not block.text[0].islower():
        return None
    place = index - 1
    while place >= 0 and reading.label(place) is Label.RUNNING_HEADER:
        place -= 1
    if reading.label(place) is not Label.PARAGRAPH or ends_sentence(reading.blocks[place].text):
        return None
    if place == index - 1 and len(reading.blocks[place].lines[-1].rstrip()) < reading.width * 0.6:
        return None  # a short line that ends on its own: a salutation, a line above a list
    return Finding(f"goes on with the sentence of line {reading.blocks[place].last}", continues=True)


def mail_header(reading: Reading, index: int) -> Finding | None:
    """A header line of a mail, at its top."""
    found = _MAIL_HEADER.match(reading.blocks[index].text[:400])
    if found is None or index > 12 or not is_mail(reading):
        return None
    return Finding(f"the mail's header {found[1]}")


def mail_date(reading: Reading, index: int) -> Finding | None:
    """The header that says when a mail was sent; a forwarded mail says nothing of what it carries."""
    found = _own_header(reading, index, _DATES)
    dates = dated_lines(found, "en") or dated_lines(found, reading.language) if found else ()
    if not dates:
        return None
    return Finding("the date on which the mail was sent", key="date", dates=dates)


def mail_sender(reading: Reading, index: int) -> Finding | None:
    """The header that names a mail's sender, where that is a person or says whose editors write."""
    found = _own_header(reading, index, _SENDERS)
    people = (byline_people(f"By {found}") or ()) if found else ()
    if not people or any(is_organisation(name) and "editors of" not in name for name in people):
        return None
    return Finding("the sender of the mail", key="author", people=people)


def _own_header(reading: Reading, index: int, names: frozenset[str]) -> str:
    found = _MAIL_HEADER.match(reading.blocks[index].text[:400])
    if found is None or found[1] not in names or index > 12 or not is_mail(reading):
        return ""
    subject = next((block.text for block in reading.blocks[:12] if subject_of(block.text)), "")
    return "" if _FORWARDED.search(subject[:60]) else found[2]


def is_mail(reading: Reading) -> bool:
    """Whether the capture begins with at least two header lines of a mail."""
    return sum(bool(_MAIL_HEADER.match(block.text[:400])) for block in reading.blocks[:6]) >= 2 and bool(
        _MAIL_HEADER.match(reading.blocks[0].text[:400])
    )


def subject_index(reading: Reading) -> int:
    """The block of a mail's subject line, -1 when the capture is no mail or its subject is empty."""
    if not is_mail(reading):
        return -1
    return next((index for index, block in enumerate(reading.blocks[:12]) if subject_of(block.text)), -1)


def subject_of(text: str) -> str:
    """The subject that a header line of a mail names; empty for any other line."""
    found = _MAIL_HEADER.match(text[:400])
    return (
        re.sub(r"^(?:(?:re|fwd?|aw|wg|tr|rv)\s?:\s?){1,4}", "", found[2], flags=re.I)
        if found and found[1] in _SUBJECTS
        else ""
    )
