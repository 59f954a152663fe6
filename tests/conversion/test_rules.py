"""The table of rules: every row has a fixture that it decides, and the order settles conflicts."""

import hashlib

import pytest

from generator.conversion import convert
from generator.conversion.rules import RULES
from generator.model.captures import Capture, Format
from generator.model.ledger import Entry, Label

TEXT = [
    "The ferry leaves at ten in the evening, and the people of the quay hear its engines until well after midnight.",
    "Nobody on the island remembers a time without it, although the timetable has changed more often than the boats.",
    "The council has asked for a study of the noise, and the operator has asked for a study of the study, they say.",
    "In winter the crossing is shorter because the boat does not stop at the lighthouse, where nobody lives any more.",
    "The last passengers are nurses, cooks and a man who carries a cello, which he has never been heard to play there.",
]
HEAD = ["Night ferry to Brackwater divides the old harbour", "By Imogen Starling", "21 May 2022"]
WRAPPED = [
    "The Brackwater Review    {page}",
    "",
    "The ferry leaves at ten in the evening, and the people of",
    "the quay hear its engines until well after midnight, when",
    "the harbour falls quiet and the lamps along the old wall",
]

TIDES = "Month    High   Low\nMay      4.1    0.3\nJune     3.9    0.4"
SONG = "The water went by rumour first,\nthen by the pump, then by the spade;\nand where the pike had done his worst\nthe surveyor sat down in the shade."

FIXTURES: dict[str, tuple[list[str], str]] = {
    "running-header": (
        [*WRAPPED, "", "The Brackwater Review    13", "", "go out one by one, as they did before there were boats."],
        "The Brackwater Review    13",
    ),
    "continued-paragraph": (
        [*WRAPPED, "", "The Brackwater Review    13", "", "go out one by one, as they did before there were boats."],
        "go out one by one, as they did before there were boats.",
    ),
    "headline": ([*HEAD, *TEXT], HEAD[0]),
    "table": ([*HEAD, TEXT[0], TIDES, *TEXT[1:]], TIDES),
    "verse": ([*HEAD, TEXT[0], SONG, *TEXT[1:]], SONG),
    "press-contact-line": ([*HEAD, *TEXT, "Media contact:\nOlive Trant"], "Olive Trant"),
    "pull-quote": (
        [
            *HEAD,
            TEXT[0],
            "“We hear every single engine”",
            '"We hear every single engine," said Oda Fjeld, who has lived on the quay since she was a child.',
            *TEXT,
        ],
        "“We hear every single engine”",
    ),
    "headline-below": (
        [*HEAD, *TEXT, "Jane Doe Built a Boat in Her Own Garage"],
        "Jane Doe Built a Boat in Her Own Garage",
    ),
    "mail-date": (
        ["From: Imogen Starling", "Date: Mon, 3 May 2021 08:00:00 +0200", "Subject: Night ferry", "", *TEXT],
        "Date: Mon, 3 May 2021 08:00:00 +0200",
    ),
    "mail-sender": (
        ["From: Imogen Starling <imogen@example.org>", "Subject: Night ferry", "", *TEXT],
        "From: Imogen Starling <imogen@example.org>",
    ),
    "mail-header": (
        ["From: Imogen Starling", "To: Readers of the letter", "Subject: Night ferry", "", *TEXT],
        "To: Readers of the letter",
    ),
    "repeated-headline": ([HEAD[0].upper(), *HEAD, *TEXT], HEAD[0].upper()),
    "related-item": ([*HEAD, *TEXT, "Related stories", "Harbour tolls rise again"], "Harbour tolls rise again"),
    "comment-heading": ([*HEAD, *TEXT, "Leave a comment"], "Leave a comment"),
    "comment": ([*HEAD, *TEXT, "Comments", "I took that ferry. Cold!"], "I took that ferry. Cold!"),
    "advertisement": ([*HEAD, *TEXT[:3], "Advertisement", *TEXT[3:]], "Advertisement"),
    "author-note-heading": ([*HEAD, *TEXT, "About the author", "Imogen Starling is a reporter."], "About the author"),
    "author-note": (
        [*HEAD, *TEXT, "Imogen Starling is a reporter who covers ports."],
        "Imogen Starling is a reporter who covers ports.",
    ),
    "lone-by": ([HEAD[0], "By", "Imogen Starling", *TEXT], "By"),
    "byline": ([*HEAD, *TEXT], HEAD[1]),
    "date-line": ([*HEAD, *TEXT], HEAD[2]),
    "name-alone": ([HEAD[0], "Imogen Starling", HEAD[2], *TEXT], "Imogen Starling"),
    "related-lead-in": ([*HEAD, *TEXT[:3], "Read more: The last bus", *TEXT[3:]], "Read more: The last bus"),
    "interface-word": (["Close", *HEAD, *TEXT], "Close"),
    "counter": ([*HEAD, "3 min read", *TEXT], "3 min read"),
    "underlined-heading": (
        [*HEAD, TEXT[0], "From the workshop\n-----------------", *TEXT[1:]],
        "From the workshop",
    ),
    "recurring-caption": ([*HEAD, TEXT[0], "Ferry Aurora", TEXT[1], "Ferry Aurora", *TEXT[2:]], "Ferry Aurora"),
    "repeated-line": (
        [
            *HEAD,
            *TEXT[:4],
            "We hear every engine of every boat that leaves the quay at night",
            TEXT[4],
            "We hear every engine of every boat that leaves the quay at night",
        ],
        "We hear every engine of every boat that leaves the quay at night",
    ),
    "credit": ([*HEAD, *TEXT[:3], "Photo: Oda Fjeld/Reuters", *TEXT[3:]], "Photo: Oda Fjeld/Reuters"),
    "caption-with-credit": (
        [*HEAD, TEXT[0], "The empty quay of Brackwater late at night. (Photo: Oda Fjeld)", *TEXT[1:]],
        "The empty quay of Brackwater late at night. (Photo: Oda Fjeld)",
    ),
    "caption-lead-in": ([*HEAD, TEXT[0], "Pictured: the quay at night", *TEXT[1:]], "Pictured: the quay at night"),
    "caption-above-credit": (
        [*HEAD, TEXT[0], "The quay at night", "Photo: Oda Fjeld/Reuters", *TEXT[1:]],
        "The quay at night",
    ),
    "press-contact": (["FOR IMMEDIATE RELEASE", *HEAD, *TEXT], "FOR IMMEDIATE RELEASE"),
    "notice": (
        [*HEAD, *TEXT, "Disclaimer: the views are the author's own."],
        "Disclaimer: the views are the author's own.",
    ),
    "interface-start": ([*HEAD, "Share on Facebook", *TEXT], "Share on Facebook"),
    "subscription": ([*HEAD, *TEXT, "Get our newsletter, every week."], "Get our newsletter, every week."),
    "page-notice": (
        [
            *HEAD,
            "Every ticket was bought by us, but we may earn a commission when you buy one through this page.",
            *TEXT,
        ],
        "Every ticket was bought by us, but we may earn a commission when you buy one through this page.",
    ),
    "kicker": (["Harbour life", *HEAD, *TEXT], "Harbour life"),
    "subtitle": (
        [HEAD[0], "The late ferry wins passengers and loses neighbours", *HEAD[1:], *TEXT],
        "The late ferry wins passengers and loses neighbours",
    ),
    "keywords": ([*HEAD, *TEXT, "Keywords: ferries, noise"], "Keywords: ferries, noise"),
    "key-points": ([*HEAD, "What to know: the ferry runs late.", *TEXT], "What to know: the ferry runs late."),
    "key-point": (
        [*HEAD, "What to know: the ferry runs late.", "-Neighbours ask for silence.", *TEXT],
        "-Neighbours ask for silence.",
    ),
    "ornament": ([*HEAD, *TEXT[:3], "* * *", *TEXT[3:]], "* * *"),
    "quoted-lines": ([*HEAD, *TEXT[:3], "> We hear every engine.", *TEXT[3:]], "> We hear every engine."),
    "list": ([*HEAD, *TEXT[:3], "• Two crossings a night", "• Three on Sundays", *TEXT[3:]], "• Three on Sundays"),
    "heading": ([*HEAD, *TEXT[:3], "A quiet harbour", *TEXT[3:]], "A quiet harbour"),
    "paragraph": ([*HEAD, *TEXT], TEXT[2]),
}
BY_CONTEXT = {"weighed-out"}
"""Decided by a whole page: `test_what_surrounds_an_article_is_weighed_out` has the fixture."""


def entry_of(lines: list[str], wanted: str, between: str = "\n\n") -> Entry:
    text = between.join(lines).replace("{page}", "12")
    capture = Capture("seeds/x.txt", hashlib.sha256(text.encode()).hexdigest(), Format.PLAIN_TEXT, "utf-8", text)
    return [entry for entry in convert(capture)[1].entries if entry.text == wanted][-1]


@pytest.mark.parametrize("name", FIXTURES)
def test_the_rule_decides_its_fixture(name: str) -> None:
    lines, wanted = FIXTURES[name]
    assert entry_of(lines, wanted, "\n" if lines[0] == WRAPPED[0] else "\n\n").rule == name


def test_every_rule_has_a_fixture_an_example_and_a_name_of_its_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert set(names) == set(FIXTURES) | BY_CONTEXT
    assert all(rule.example and rule.languages for rule in RULES)


def test_what_surrounds_an_article_is_weighed_out() -> None:
    cards = ["Ten harbours you must see", "Rope is back in fashion", "Why gulls follow boats", "A knot for every day"]
    lines = [*HEAD, *TEXT, "Share", *cards, "Log in", "Sign up", *cards]
    assert entry_of(lines, cards[1]).rule in BY_CONTEXT
    assert entry_of([*HEAD, *TEXT[:2], *cards[:1]], cards[0]).label is Label.PARAGRAPH, (
        "too little text to stand out from"
    )


def test_text_in_the_midst_of_text_is_never_left_out() -> None:
    lines = [
        *HEAD,
        *TEXT[:3],
        "They asked me to subscribe to our newsletter, and promised that your inbox would love the ferry.",
        *TEXT[2:],
    ]
    assert entry_of(lines, lines[6]).label is Label.PARAGRAPH
