"""The table of rules that label the blocks of a plain-text capture: each row a rule, its label, languages, an example.

Rules are tried from the top; the first that recognises a block, where it stands, decides. So what is surer stands
higher, and the last row takes whatever is left as text: nothing is left out without a rule that says why. A new rule
is a new row and a fixture. `languages` names those whose words a rule needs; `all` needs none.
"""

from dataclasses import dataclass

from generator.conversion import endings, furniture, openings, pages, pictures, structure, weighing
from generator.conversion.reading import Finding, Labelled, Reading, Recogniser
from generator.model.ledger import Label


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: `recognises` is asked of each block in its place; `example` is a line that the rule is made for."""

    name: str
    label: Label
    recognises: Recogniser
    languages: str
    example: str


_LISTED = "en de fr es uk el ja ar"

RULES: tuple[Rule, ...] = (
    Rule("running-header", Label.RUNNING_HEADER, pages.running_header, "all", "The Brackwater Review   12"),
    Rule("table", Label.TABLE, structure.aligned_table, "all", "January    112      98"),
    Rule("headline", Label.TITLE, openings.headline, "all", "Night ferry to Brackwater"),
    Rule("mail-date", Label.DATE_LINE, pages.mail_date, _LISTED, "Date: Mon, 3 May 2021 08:00:00 +0200"),
    Rule("mail-sender", Label.BYLINE, pages.mail_sender, _LISTED, "From: Imogen Starling <imogen@example.org>"),
    Rule("mail-header", Label.NOTICE, pages.mail_header, _LISTED, "To: Readers of the letter"),
    Rule("repeated-headline", Label.REPEATED_TITLE, openings.repeated_headline, "all", "NIGHT FERRY TO BRACKWATER"),
    Rule("press-contact-line", Label.NOTICE, endings.press_contact_line, _LISTED, "Olive Trant, +1 555 0100"),
    Rule("related-item", Label.RELATED_LINK, furniture.related_item, "all", "Harbour tolls rise again"),
    Rule("comment-heading", Label.COMMENT, furniture.comment_heading, _LISTED, "12 comments"),
    Rule("comment", Label.COMMENT, furniture.comment, "all", "I took that ferry. Cold!"),
    Rule("advertisement", Label.ADVERTISEMENT, furniture.advertisement, _LISTED, "Advertisement"),
    Rule("author-note-heading", Label.AUTHOR_NOTE, endings.author_heading, _LISTED, "About the author"),
    Rule("lone-by", Label.BYLINE, openings.lone_lead_in, _LISTED, "By"),
    Rule("byline", Label.BYLINE, openings.byline, _LISTED, "By Imogen Starling | Staff Writer"),
    Rule("date-line", Label.DATE_LINE, openings.date_line, _LISTED, "Updated 23 May 2022"),
    Rule("name-alone", Label.BYLINE, openings.lone_name, "all", "Imogen Starling"),
    Rule("author-note", Label.AUTHOR_NOTE, endings.author_note, _LISTED, "Imogen Starling is a reporter."),
    Rule("related-lead-in", Label.RELATED_LINK, furniture.related_lead_in, _LISTED, "Read more: The last bus"),
    Rule("interface-word", Label.INTERFACE_TEXT, furniture.interface_phrase, _LISTED, "close"),
    Rule("counter", Label.INTERFACE_TEXT, furniture.counter, _LISTED, "3 min read"),
    Rule("underlined-heading", Label.HEADING, structure.underlined_heading, "all", "From the workshop"),
    Rule("recurring-caption", Label.CAPTION, pictures.recurring_caption, "all", "Ferry Aurora"),
    Rule("repeated-line", Label.PULL_QUOTE, pictures.repeated_line, "all", "“We hear every engine.”"),
    Rule("pull-quote", Label.PULL_QUOTE, pictures.pull_quote, "all", "“We hear every engine.”"),
    Rule("credit", Label.CREDIT, pictures.credit_line, _LISTED, "Photo: Oda Fjeld/Reuters"),
    Rule("caption-with-credit", Label.CAPTION, pictures.caption_with_credit, _LISTED, "The quay. (Photo: Oda Fjeld)"),
    Rule("caption-lead-in", Label.CAPTION, pictures.caption_start, _LISTED, "Pictured: the quay at night"),
    Rule("caption-above-credit", Label.CAPTION, pictures.caption_before_credit, "all", "The quay at night"),
    Rule("press-contact", Label.NOTICE, endings.press_contact, _LISTED, "FOR IMMEDIATE RELEASE"),
    Rule("notice", Label.NOTICE, furniture.notice, _LISTED, "Disclaimer: the views are the author's."),
    Rule("interface-start", Label.INTERFACE_TEXT, furniture.interface_start, _LISTED, "Share on Facebook"),
    Rule("subscription", Label.ADVERTISEMENT, furniture.call_to_subscribe, _LISTED, "Sign up for our newsletter."),
    Rule("page-notice", Label.NOTICE, furniture.page_notice, _LISTED, "We may earn a commission from links."),
    Rule("kicker", Label.INTERFACE_TEXT, openings.kicker, "all", "Harbour news"),
    Rule("subtitle", Label.SUBTITLE, openings.subtitle, "all", "The late ferry wins passengers and loses neighbours"),
    Rule("keywords", Label.INTERFACE_TEXT, furniture.tag_list, _LISTED, "Tags: ferries, noise"),
    Rule("verse", Label.PARAGRAPH, structure.verse, "all", "The water went by rumour first,"),
    Rule("key-points", Label.SUMMARY_POINT, structure.key_points_start, _LISTED, "What to know: the ferry runs late."),
    Rule("key-point", Label.SUMMARY_POINT, structure.key_point, "all", "-Neighbours ask for silence."),
    Rule("ornament", Label.INTERFACE_TEXT, furniture.ornament, "all", "* * *"),
    Rule("quoted-lines", Label.QUOTATION, structure.quoted_lines, "all", "> We hear every engine."),
    Rule("weighed-out", Label.RELATED_LINK, weighing.weighed_out, "all", "Ten harbours you must see"),
    Rule("headline-below", Label.RELATED_LINK, endings.headline_below, "all", "Jane Doe Built a Boat in Her Garage"),
    Rule("list", Label.LIST, structure.list_item, "all", "• Two crossings a night"),
    Rule(
        "continued-paragraph",
        Label.PARAGRAPH,
        pages.continued_paragraph,
        "all",
        "the harbour office, which thanked him.",
    ),
    Rule("heading", Label.HEADING, structure.heading, "all", "A quiet harbour"),
    Rule("paragraph", Label.PARAGRAPH, structure.paragraph, "all", "The ferry leaves at ten."),
)


def label_block(reading: Reading, index: int) -> Labelled:
    """Asks the rules in their order what the block is."""
    for rule in RULES:
        found = rule.recognises(reading, index)
        if found is not None:
            return Labelled(reading.blocks[index], rule.label, rule.name, found)
    return Labelled(reading.blocks[index], Label.PARAGRAPH, "paragraph", Finding("text that no other rule explains"))
