"""The table of rules that says what a block of a page is; the first rule that applies decides.

Order is the only precedence. A rule is a name, a label, a reason that a person understands, where the block goes, and
a question asked of the page's facts. The languages of a rule are those of the word lists it asks; names and tags know
no language.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator.conversion.web_page import questions as ask
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.questions import Seen
from generator.model.ledger import Destination, Label

LEFT_OUT, ARTICLE, FRONT_MATTER = Destination.LEFT_OUT, Destination.ARTICLE, Destination.FRONT_MATTER


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a block is, where it goes, and why."""

    label: Label
    destination: Destination
    rule: str
    reason: str
    key: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the block is part of the article's text."""
        return self.destination is ARTICLE


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table."""

    name: str
    label: Label
    destination: Destination
    reason: str
    applies: Callable[[Seen], bool]
    key: str = ""


RULES: tuple[Rule, ...] = (
    Rule("hidden", Label.INTERFACE_TEXT, LEFT_OUT, "the page hides it from its readers", ask.hidden),
    Rule("title", Label.TITLE, FRONT_MATTER, "the page's main heading", ask.title, "title"),
    Rule(
        "picture",
        Label.CAPTION,
        ARTICLE,
        "a picture",
        ask.own_picture,
    ),
    Rule("picture-elsewhere", Label.INTERFACE_TEXT, LEFT_OUT, "a picture that is not the article's", ask.picture),
    Rule("before-title", Label.INTERFACE_TEXT, LEFT_OUT, "stands before the title", ask.before_title),
    Rule("repeated-title", Label.REPEATED_TITLE, LEFT_OUT, "repeats the title", ask.repeated_title),
    Rule("subtitle", Label.SUBTITLE, FRONT_MATTER, "stands below the title as its subtitle", ask.subtitle, "subtitle"),
    Rule(
        "summary-point",
        Label.SUMMARY_POINT,
        FRONT_MATTER,
        "a key point between title and text",
        ask.summary_point,
        "summary",
    ),
    Rule("byline", Label.BYLINE, LEFT_OUT, "stands between title and text as a byline", ask.lead_in_byline),
    Rule("lead", Label.PARAGRAPH, ARTICLE, "a first paragraph set apart from the others", ask.lead),
    Rule(
        "outside", Label.INTERFACE_TEXT, LEFT_OUT, "stands outside of the element that holds the article", ask.outside
    ),
    Rule("foreign", Label.INTERFACE_TEXT, LEFT_OUT, "stands in", ask.foreign),
    Rule(
        "foreign-inline",
        Label.INTERFACE_TEXT,
        LEFT_OUT,
        "its element is named as something else than text",
        ask.foreign_inline,
    ),
    Rule("caption", Label.CAPTION, ARTICLE, "stands with a picture as its caption", ask.caption),
    Rule("interface", Label.INTERFACE_TEXT, LEFT_OUT, "is a word of the page's controls", ask.interface),
    Rule(
        "interface-line",
        Label.INTERFACE_TEXT,
        LEFT_OUT,
        "begins as a line of the page's controls",
        ask.beginning("interface_starts"),
    ),
    Rule("advertisement", Label.ADVERTISEMENT, LEFT_OUT, "begins as an advertisement", ask.beginning("advertisement")),
    Rule("newsletter", Label.INTERFACE_TEXT, LEFT_OUT, "asks to sign up", ask.beginning("newsletter")),
    Rule("cookie", Label.INTERFACE_TEXT, LEFT_OUT, "speaks of cookies", ask.beginning("cookie")),
    Rule("paywall", Label.INTERFACE_TEXT, LEFT_OUT, "asks to subscribe", ask.beginning("paywall")),
    Rule("related-line", Label.RELATED_LINK, LEFT_OUT, "points to another article", ask.beginning("related_starts")),
    Rule("comment-line", Label.COMMENT, LEFT_OUT, "begins as a readers' comment", ask.beginning("comment_starts")),
    Rule("credit", Label.CREDIT, LEFT_OUT, "credits a picture", ask.beginning("credit_starts")),
    Rule("notice", Label.NOTICE, LEFT_OUT, "is a notice of the publisher", ask.beginning("notice_starts")),
    Rule("only-links", Label.RELATED_LINK, LEFT_OUT, "is nothing but a link", ask.only_links),
    Rule("repeated", Label.PULL_QUOTE, LEFT_OUT, "repeats an earlier text of the page", ask.repeated),
    Rule("before-text", Label.INTERFACE_TEXT, LEFT_OUT, "a short line before the first paragraph", ask.before_text),
    Rule("after-text", Label.INTERFACE_TEXT, LEFT_OUT, "a short text after the last paragraph", ask.after_text),
    Rule("beside", Label.RELATED_LINK, LEFT_OUT, "follows the article and is set unlike its paragraphs", ask.beside),
    Rule("text", Label.PARAGRAPH, ARTICLE, "stands in the article", ask.anything),
)


def verdict(page: Page, index: int) -> Verdict:
    """What the first rule that applies says of a block."""
    block = page.blocks[index]
    seen = Seen(
        page,
        index,
        block,
        page.folded[index],
        page.words[index],
        index in page.extracted,
        page.inner_frames(block),
    )
    rule = next(rule for rule in RULES if rule.applies(seen))
    label, reason = rule.label, rule.reason
    if rule.name == "text":
        label = ask.label_of_text(page, index)
    elif rule.name == "foreign":
        label, reason = ask.foreign_label(seen)
    return Verdict(label, rule.destination, rule.name, reason, rule.key)
