"""The authors: people whom the page states as such, in its structured data, its meta elements or a visible byline.

Statements are weighed; those that name the same people support each other. A body is an author only where a byline
that readers see names it; sections, staff accounts, addresses and the site itself never are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from generator.conversion.bylines import byline_people, named_people
from generator.conversion.dates import dated_line
from generator.conversion.names import is_organisation, is_person_name, person_key, plain_name, written_name
from generator.conversion.web_page.blocks import Block
from generator.conversion.web_page.head import Head
from generator.conversion.web_page.names import kinds_of
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.structured import Node, listed, text_of
from generator.conversion.web_page.wording import begins
from generator.conversion.words import everywhere, fold

_LONGEST_NAME = 80
_MOST = 20
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}=\\]|\.(?:com|org|net|co)\b|\d{3}", re.I)
_STAFF_END = re.compile(
    r"\b(?:staff|team|desk|newsroom|correspondents?|reporters?|editors?|writers?|bureau|redaktion|rédaction|redacción|редакція|редакция)$"
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_NEVER = frozenset(("comments", "related", "share", "newsletter", "navigation"))
_ACCOUNTS = re.compile(
    r"(?:the )?(?:web ?)?(?:admin(?:istrator)?|editor(?:s|ial)?|editor in chief|staff|news ?(?:room|desk|staff)|redaktion|rédaction|redacción|redaktør"
    r"|webmaster|user|guest|author|anonymous|unknown|none|null|undefined|default|contributor|press release|sponsored|wire|agencies|agency"
    r"|редакция|редакція|адмін|админ|περιοδικό|編集部|記者)(?: (?:staff|team|desk|report|reports|board|writer|writers|author|contributor))?",
    re.I,
)
_METAS: tuple[tuple[str, float], ...] = (
    ("parsely-author", 7), ("sailthru.author", 7), ("byl", 7), ("citation_author", 7), ("dc.creator", 6), ("dcterms.creator", 6),
    ("dc.creator.author", 6), ("author", 6), ("article:author", 5), ("article:author_name", 6), ("og:article:author", 5),
    ("og:author", 5), ("authors", 5), ("article.author", 5), ("cxenseparse:author", 6), ("article_author", 5),
    ("twitter:data1", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """Names as one place of the page gives them.

    `is_byline` tells that readers see it as a byline; what is not `is_certain` counts only where readers see it too.
    """

    names: tuple[str, ...]
    place: str
    weight: float
    is_byline: bool = False
    is_certain: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """The names, folded, as a set."""
        return frozenset(person_key(name) for name in self.names)


@dataclass(frozen=True, slots=True)
class Authors:
    """The chosen names, the reason, and the numbers of the blocks that show them."""

    names: tuple[str, ...] = ()
    reason: str = ""
    blocks: frozenset[int] = frozenset()


def authors_of(page: Page, head: Head, nodes: Sequence[Node], sites: Sequence[str]) -> Authors:
    """Weighs every statement of the page about its authors."""
    seen = list(_bylines(page, sites))
    statements = [*_structured(nodes, sites), *_metas(head, sites), *(statement for _, statement in seen)]
    pictures = _of_pictures(page)
    people = [
        statement
        for statement in (_without(statement, pictures) for statement in statements)
        if statement.names and (statement.is_certain or all(_is_shown(page, name) for name in statement.names))
    ]
    if not people:
        return Authors()
    groups: dict[frozenset[str], list[Statement]] = {}
    for statement in people:
        groups.setdefault(statement.keys, []).append(statement)
    best = max(groups, key=lambda keys: _support(keys, groups))
    chosen = sorted(groups[best], key=lambda statement: (-statement.weight, statement.place))
    shown = frozenset(number for number, statement in seen if statement.keys & best)
    others = list(dict.fromkeys(statement.place for statement in chosen[1:] if statement.place != chosen[0].place))
    reason = chosen[0].place + (f", agrees with {' and '.join(others[:3])}" if others else "")
    # Readers' spelling has the accents that data often lacks.
    spelling = {person_key(name): name for statement in chosen if statement.is_byline for name in statement.names}
    return Authors(tuple(spelling.get(person_key(name), name) for name in chosen[0].names), reason, shown)


def _without(statement: Statement, pictures: frozenset[str]) -> Statement:
    """The statement without those who only made the pictures, unless they are all it names."""
    kept = tuple(name for name in statement.names if person_key(name) not in pictures)
    return replace(statement, names=kept) if kept else statement


def _of_pictures(page: Page) -> frozenset[str]:
    """The people whom lines near the title credit with pictures."""
    found: set[str] = set()
    for index in range(max(0, page.title_at), min(len(page.blocks), page.first + 1)):
        folded = page.folded[index]
        if page.words[index] <= 15 and (begins(folded, "photo_starts") or begins(folded, "credit_starts")):
            words = page.blocks[index].text.split()
            spans = [" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 2, min(len(words), a + 4) + 1)]
            found |= {person_key(span) for span in spans if is_person_name(span)}
    return frozenset(found)


def _is_shown(page: Page, name: str) -> bool:
    """Whether readers see the name in a short line near the title."""
    folded = fold(name)
    return any(
        folded in page.folded[index]
        and page.words[index] <= 20
        and not page.blocks[index].is_hidden
        and index != page.title_at
        for index in range(len(page.blocks))
        if _nearness(page, index) > 0
    )


def _support(keys: frozenset[str], groups: dict[frozenset[str], list[Statement]]) -> tuple[float, int]:
    """The weight of a set of names: its own places, and a part of those that name some of the same people."""
    own = sum(max(s.weight for s in groups[keys] if s.place == place) for place in {s.place for s in groups[keys]})
    partial = sum(
        0.5 * max(s.weight for s in statements) * len(keys & other) / max(len(keys), len(other))
        for other, statements in groups.items()
        if other != keys
    )
    return own + partial, len(keys)


def _structured(nodes: Sequence[Node], sites: Sequence[str]) -> Iterator[Statement]:
    for rank, node in enumerate([node for node in nodes if node.is_article][:3] or nodes[:1]):
        for key, weight in (("author", 9.0), ("creator", 5.0), ("contributor", 2.0)):
            values = listed(node.properties.get(key))
            people: list[str] = []
            maybe: list[str] = []
            for value in values[:_MOST]:
                kind = str(listed(value.get("@type"))[:1]).lower() if isinstance(value, dict) else ""
                for name in (
                    [text_of(value)]
                    if not isinstance(value, dict)
                    else [text_of(item) for item in listed(value.get("name"))]
                ):
                    found = _people(name, sites)
                    people += found
                    maybe += found or (_pen_name(name, sites) if "organization" not in kind else [])
            if len(maybe) > len(people):
                yield Statement(_distinct(maybe), f"JSON-LD {key}", weight if rank == 0 else 2.0, is_certain=False)
            if people:
                yield Statement(_distinct(people), f"JSON-LD {key}", weight if rank == 0 else 2.0)


def _metas(head: Head, sites: Sequence[str]) -> Iterator[Statement]:
    for name, weight in _METAS:
        values = head.all(name)
        people = [person for value in values[:_MOST] for person in _people(value.text, sites)]
        maybe = [
            person for value in values[:_MOST] for person in _people(value.text, sites) or _pen_name(value.text, sites)
        ]
        if len(maybe) > len(people):
            yield Statement(_distinct(maybe), f"meta {name}", weight, is_certain=False)
        if people:
            yield Statement(_distinct(people), f"meta {name}", weight)


def _bylines(page: Page, sites: Sequence[str]) -> Iterator[tuple[int, Statement]]:
    """The blocks that readers see as bylines, near the title or at the end of the text."""
    for index, block in enumerate(page.blocks):
        near = _nearness(page, index)
        if near <= 0 or block.is_hidden or not block.text or page.words[index] > (25 if page.prose[index] else 45):
            continue
        kinds = _kinds_near(page, block)
        if kinds & _NEVER - _own_kinds(block):
            continue
        lead, named = begins(page.folded[index], "byline_starts"), "byline" in kinds
        people, weight = _named_in(page, index, sites, lead, named)
        if people:
            yield (
                block.number,
                Statement(_distinct(people), f"the byline in line {block.first}", weight * near, is_byline=True),
            )


def _named_in(page: Page, index: int, sites: Sequence[str], lead: bool, named: bool) -> tuple[list[str], float]:
    """The people whom a block names as a byline does, and how much that weighs."""
    block = page.blocks[index]
    if not lead and not named:
        return _name_and_date(page, index, sites), 4.0
    text = block.text
    if is_only_lead(page.folded[index]) and index + 1 < len(page.blocks):
        text = f"{text} {page.blocks[index + 1].text}"
    people = [_as_marked_up(block, name) for name in byline_people(text) or ()]
    weight = 7.0
    if not people and named and page.words[index] <= 12:
        people, weight = [_as_marked_up(block, name) for name in named_people(text)], 5.0
        people = people or ([written_name(text)] if is_person_name(text) else [])
    people = [name for name in people if _is_author(name, sites) or (lead and _is_body(name))]
    if not people and lead:
        return list(_body_in(text)), 7.0
    return people, weight


def _as_marked_up(block: Block, name: str) -> str:
    """The name as its own element holds it: what follows it in the line may be its outlet."""
    for piece in block.pieces:
        text = " ".join(piece.text.split())
        if len(text) < len(name) and name.startswith(text) and is_person_name(text):
            return text
    return name


def _name_and_date(page: Page, index: int, sites: Sequence[str]) -> list[str]:
    """A line between title and text that is a name and a date, or a name above a date, and nothing else."""
    if not page.title_at < index < page.first or page.title_at < 0:
        return []
    block = page.blocks[index]
    parts = [" ".join(piece.text.split()) for piece in block.pieces if piece.text.strip()]
    if len(parts) == 1 and index + 1 < len(page.blocks):
        parts.append(page.blocks[index + 1].text)
    if not parts or len(parts) > 6 or not is_person_name(parts[0]) or not _is_author(parts[0], sites):
        return []
    return [written_name(parts[0])] if any(len(part) < 60 and dated_line(part, "en") for part in parts[1:3]) else []


def _nearness(page: Page, index: int) -> float:
    """1 beside the title and before the text, less after the text, 0 elsewhere."""
    if page.title_at >= 0 and page.title_at - 8 <= index <= page.first + 2:
        return 1.0
    if page.title_at < 0 and index <= page.first + 2:
        return 0.7
    if page.last < index <= page.last + 6 and page.is_in_core(index):
        return 0.6
    return 0.0


def _kinds_near(page: Page, block: Block) -> frozenset[str]:
    kinds = _own_kinds(block)
    for depth, frame in enumerate(block.frame.upwards()):
        if depth > 3 or page.share_of_core(frame) > 0:
            break
        kinds |= page.kinds(frame)
    return kinds


def _own_kinds(block: Block) -> frozenset[str]:
    return kinds_of(f"{block.frame.names} {block.names}".strip()) if block.frame.names or block.names else frozenset()


@cache
def _leads() -> frozenset[str]:
    return frozenset(entry.strip(" :") for entry in everywhere("byline_starts"))


def is_only_lead(folded: str) -> bool:
    """Whether a block is nothing but the word before the names of authors."""
    return folded.strip(" :") in _leads()


def _people(text: str, sites: Sequence[str]) -> list[str]:
    """The people that a stated value names; an empty list where it names none."""
    text = " ".join(text[:600].split())
    if not text or text.startswith(("http:", "https:", "/", "@")):
        return []
    if is_person_name(text) and _is_author(text, sites):
        return [written_name(text)]
    found = byline_people(text) or (byline_people(f"By {text}") if not text.lower().startswith("by ") else None) or ()
    return [name for name in found if _is_author(name, sites)]


def _pen_name(text: str, sites: Sequence[str]) -> list[str]:
    """A stated value that is no evident name: a pen name, or one made of words that bodies have."""
    name = plain_name(re.sub(r"^by\s+", "", " ".join(text[:200].split()), flags=re.I))
    if _STAFF_END.search(fold(name)):
        return []
    is_short = 0 < len(name.split()) <= 4 and not re.search(r"[,;|/]", name)
    return [written_name(name)] if is_short and _can_name(name, sites) and not _ACRONYM.fullmatch(name) else []


def _can_name(name: str, sites: Sequence[str]) -> bool:
    """Whether it is neither account, nor address, nor the site."""
    if not 1 < len(name) <= _LONGEST_NAME or _NO_NAME.search(name) or _ACCOUNTS.fullmatch(fold(name)):
        return False
    return all(_squeezed(name) != _squeezed(site) for site in sites)


def _is_author(name: str, sites: Sequence[str]) -> bool:
    """Whether a name can be a person's."""
    return _can_name(name, sites) and not is_organisation(name) and not _ACRONYM.fullmatch(name)


def _is_body(name: str) -> bool:
    return (
        is_organisation(name)
        and not _NO_NAME.search(name)
        and not _ACCOUNTS.fullmatch(fold(name))
        and len(name.split()) <= 6
    )


def _body_in(text: str) -> tuple[str, ...]:
    """The body that a byline names as the author ("By Associated Press")."""
    match = re.match(r"(?:by|von|par|por|від|από)\s*:?\s+(?:the\s+)?([^|,•·\d]{3,60}?)\s*(?:$|[|,•·])", text, re.I)
    name = match[1].strip() if match else ""
    return (name,) if name and _is_body(name) else ()


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", fold(text)).removeprefix("the")


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(person_key(name), name)
    return tuple(known.values())[:_MOST]
