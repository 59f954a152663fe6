"""The front matter of a page: each value with the place it was read in. What the page does not state stays absent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from generator.conversion.assembly import incipit
from generator.conversion.dates import dated_line, dated_lines, inferred, may_say_when_saved
from generator.conversion.languages import language_of
from generator.conversion.people import note_people
from generator.conversion.sources import cited, same_body
from generator.conversion.web_page.authoring import Authors
from generator.conversion.web_page.blocks import Block
from generator.conversion.web_page.dating import Dates, parsed_date
from generator.conversion.web_page.head import Head
from generator.conversion.web_page.rules import Verdict
from generator.conversion.web_page.structured import Node, listed, text_of
from generator.conversion.web_page.titling import Title
from generator.model.articles import Fields, Role, Source
from generator.model.dates import Edtf
from generator.model.ledger import Label

_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_](?:[a-z]{2}|\d{3}))?(?:[-_.@].*)?", re.I)
_TEXT = frozenset((Label.PARAGRAPH, Label.QUOTATION, Label.LIST))
_MOST_TAGS, _LONGEST_TAG = 15, 60


@dataclass(slots=True)
class Values:
    """The front matter while it is collected."""

    values: dict[str, object] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    def state(self, name: str, value: object, reason: str, key: str = "") -> None:
        """Keeps a value that is one, unless the field has one already; `key` is its front matter key."""
        if value and name not in self.values:
            self.values[name] = value
            self.read[key or name] = reason

    def fields(self) -> Fields:
        """The values as front matter."""
        return Fields(**self.values)  # type: ignore[arg-type]


def language_stated(head: Head, nodes: Sequence[Node]) -> tuple[str, str]:
    """The language that the page states, as a BCP 47 tag without region, and where."""
    stated = [("html lang", head.language)]
    stated += [
        (value.place, value.text) for value in head.all("content-language", "language", "dc.language", "og:locale")
    ]
    stated += [("JSON-LD inLanguage", text) for node in nodes for text in node.texts("inLanguage")[:1]]
    for place, text in stated:
        match = _LANGUAGE_TAG.fullmatch(text.strip().split(",")[0])
        if match and match[1].lower() not in ("und", "mul", "xx"):
            script = f"-{match[2].title()}" if match[2] else ""
            return match[1].lower() + script, f"{place} ({text.strip()[:20]})"
    return "", ""


def state_language(found: Values, stated: tuple[str, str], text: str) -> str:
    """The language of the article: the stated one, unless the text is plainly in another."""
    seen = language_of(text)
    tag, place = stated
    if tag and seen and seen != tag.split("-")[0]:
        found.state("language", seen, f"the words of the text, although {place} states {tag}")
    elif tag:
        found.state("language", tag, place)
    else:
        found.state("language", seen, "the words of the text")
    return str(found.values.get("language", ""))


def state_title(found: Values, title: Title, texts: Sequence[Block]) -> None:
    """The title, or the first words of a page that states none."""
    found.state("title", title.text, title.reason)
    if texts:
        first = texts[0]
        reason = f"line {first.first}: no title is stated, so the text's first words stand for it"
        found.state("title", incipit(first.text), reason)


def state_authors(found: Values, authors: Authors, notes: Sequence[Block]) -> None:
    """The authors of the page's statements, or those of its note on the author."""
    found.state("authors", authors.names, authors.reason, "author")
    for note in notes:
        found.state("authors", note_people(note.text), f"line {note.first}, author note", "author")


def state_dates(found: Values, dates: Dates, paragraphs: Sequence[tuple[int, str]], language: str) -> None:
    """The stated days; without one a dateline, and last an approximate date from what the text says."""
    found.state("date", dates.published, dates.reason)
    for line, text in paragraphs[:2]:
        dateline = dated_line(text[:300], language)
        if dateline is not None and dateline.kind == "dateline":
            found.state("date", dateline.date, f"line {line}, dateline")
    if (
        "date" not in found.values
        and (guess := inferred(tuple(paragraphs), language)) is not None
        and not guess.date.is_certain
    ):
        found.state("date", guess.date, f"inferred from line {guess.line}: '{guess.phrase}'")
    found.state("updated", dates.updated, dates.updated_reason)


def captured_on(
    head: Head, blocks: Sequence[Block], verdicts: Sequence[Verdict], language: str
) -> tuple[Edtf | None, str]:
    """When the page was saved: what the saver noted, else a line outside of the text that says so."""
    if head.saved and (date := parsed_date(head.saved, "en")):
        return date, f"{head.saved_place}: '{head.saved[:60]}'"
    stated = {
        str(line.date): (line.date, block.first)
        for block, given in zip(blocks, verdicts, strict=True)
        if not given.is_kept and 0 < len(block.text) <= 80 and may_say_when_saved(block.text)
        for line in dated_lines(block.text, language)
        if line.kind == "saved" and len(line.rest) <= 24
    }
    if len(stated) != 1:
        return None, ""
    saved, number = next(iter(stated.values()))
    return saved, f"line {number}, when the page was saved"


def state_sources(
    found: Values, head: Head, nodes: Sequence[Node], paragraphs: Sequence[tuple[int, str]], language: str
) -> None:
    """Where the piece was published, and the bodies that it cites."""
    name, place = _publication(head, nodes)
    sources, reasons = [], []
    if name or head.url:
        host = (urlsplit(head.url).hostname or "").removeprefix("www.") if head.url else ""
        sources.append(Source(name or host, head.url, Role.ORIGIN))
        reasons.append(
            "; ".join(filter(None, [f"origin: {place}" if name else "origin: the address's host", head.url_place]))
        )
    authors = found.values.get("authors", ())
    bodies = [body for body in cited(tuple(paragraphs), language, authors if isinstance(authors, tuple) else ())
              if not name or not same_body(body.name, name)]  # fmt: skip
    sources += [Source(body.name) for body in bodies]
    if bodies:
        lines = sorted({body.line for body in bodies})
        reasons.append(f"cited: line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}")
    found.state("sources", tuple(sources), "; ".join(reasons))


def _publication(head: Head, nodes: Sequence[Node]) -> tuple[str, str]:
    if value := head.first(
        "og:site_name", "citation_journal_title", "prism.publicationname", "dc.publisher", "application-name"
    ):
        return value.text[:200], value.place
    for node in nodes:
        for name in node.texts("publisher")[:1]:
            if not name.startswith("http"):
                return name[:200], "JSON-LD publisher"
    return "", ""


def state_tags(found: Values, head: Head, nodes: Sequence[Node]) -> None:
    """The tags that the page gives the article; keywords for search engines are none."""
    tags = [value.text for value in head.all("article:tag", "parsely-tags")]
    place = "meta article:tag"
    if not tags:
        place = "JSON-LD keywords"
        tags = [
            text
            for node in nodes
            if node.is_article
            for value in listed(node.properties.get("keywords"))
            if (text := text_of(value))
        ]
    parts = [part.strip() for tag in tags for part in tag.split(",")]
    kept = tuple(dict.fromkeys(part for part in parts if 1 < len(part) <= _LONGEST_TAG and ":" not in part))
    if len(kept) <= _MOST_TAGS:
        found.state("tags", kept, place)


def state_texts(found: Values, blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> None:
    """Subtitle, key points, picture credits and the note on the author."""
    for name, separator in (("subtitle", ""), ("summary", ""), ("image_credits", "; "), ("author_note", "\n\n")):
        held = [block for block, verdict in zip(blocks, verdicts, strict=True) if verdict.key == name and block.text]
        if not held:
            continue
        lines = sorted({block.first for block in held})
        reason = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
        texts = tuple(dict.fromkeys(block.text for block in held))
        found.state(
            name, texts[0] if name == "subtitle" else texts if name == "summary" else separator.join(texts), reason
        )


def paragraphs_of(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[tuple[int, str]]:
    """The running text: each paragraph with its line."""
    return [
        (b.first, b.text) for b, v in zip(blocks, verdicts, strict=True) if v.is_kept and b.text and v.label in _TEXT
    ]
