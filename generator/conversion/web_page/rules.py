"""The table of rules that says what a block of a page is; the first rule that applies decides.

Order is the only precedence. A rule is a name, a label, a reason that a person understands, where the block goes, and
a question asked of the page's facts. The languages of a rule are those of the word lists it asks; names and tags know
no language.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator.conversion.web_page.blocks import Block, Frame
from generator.conversion.web_page.elements import CELLS, HEADINGS, LISTS, VERBATIM
from generator.conversion.web_page.names import kinds_of
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.wording import begins, is_interface, is_sentence
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
class Seen:
    """A block as the rules see it."""

    page: Page
    index: int
    block: Block
    folded: str
    words: int
    extracted: bool
    inner: tuple[Frame, ...]

    @property
    def is_in_core(self) -> bool:
        """Whether it stands inside the element that holds the article's prose."""
        return self.page.is_in_core(self.index)

    @property
    def is_lead_in(self) -> bool:
        """Whether it stands between the title and the first paragraph."""
        return self.page.title_at < self.index < self.page.first and self.page.title_at >= 0

    @property
    def is_prose(self) -> bool:
        """Whether it reads as a paragraph of the article."""
        return self.page.prose[self.index]

    def within(self, *tags: str) -> bool:
        """Whether it stands inside an element of this name."""
        return any(frame.tag in tags for frame in self.block.frame.upwards())


_TAGS = {"nav": "navigation", "footer": "a footer", "button": "a button", "form": "a form", "aside": "an aside",
         "label": "a form", "dialog": "a dialog", "legend": "a form", "optgroup": "a form", "option": "a form"}  # fmt: skip
_STRONG = frozenset(("comments", "related", "consent", "newsletter"))
_WEAK = frozenset(("share", "advertisement", "navigation", "footer", "side", "byline", "tags", "unseen", "gallery", "video", "box", "wall"))  # fmt: skip
_OF_KIND = {
    "comments": Label.COMMENT,
    "related": Label.RELATED_LINK,
    "advertisement": Label.ADVERTISEMENT,
    "byline": Label.BYLINE,
}


def _foreign_frame(seen: Seen) -> Frame | None:
    """The innermost element between block and core whose tag or names say that its text is not the article's."""
    quoted = False
    for frame in seen.inner:
        quoted = quoted or frame.tag == "blockquote"
        if frame.tag in _TAGS and seen.page.share_of_core(frame) <= 0.3 and not _is_vouched_for(seen, frame, weak=True):
            return frame
        kinds = seen.page.kinds(frame)
        strong, weak = kinds & _STRONG, kinds & _WEAK
        if not (strong or weak) or seen.page.share_of_core(frame) > 0.3:
            continue
        if quoted and not strong & {"related", "newsletter"}:
            continue  # an embedded post is a quotation whatever its wrapper is called
        if strong and not _is_vouched_for(seen, frame, weak=False):
            return frame
        if weak and not kinds & {"content", "quote"} and not _is_vouched_for(seen, frame, weak=True):
            return frame
    return None


def _is_vouched_for(seen: Seen, frame: Frame, weak: bool) -> bool:
    """Whether the second opinion found main text where the names say otherwise."""
    share = seen.page.extracted_share(frame)
    if not weak:
        return share > 0.15 and "comments" not in seen.page.kinds(frame)
    return share > 0.1 or (seen.extracted and seen.words > 8)


def _hidden(seen: Seen) -> bool:
    return seen.block.is_hidden


def _title(seen: Seen) -> bool:
    return seen.index == seen.page.title_at


def _repeated_title(seen: Seen) -> bool:
    return bool(seen.folded) and seen.folded == seen.page.title and not (seen.is_prose and seen.page.title_at < 0)


def _subtitle(seen: Seen) -> bool:
    if not seen.is_lead_in or not 3 <= seen.words <= 60 or seen.block.link_share > 0.5:
        return False
    kinds = kinds_of(f"{seen.block.frame.names} {seen.block.names}")
    around = seen.block.frame.around
    named = "summary" in kinds or bool(around and "summary" in seen.page.kinds(around) and around.tag not in LISTS)
    same = bool(seen.page.description) and seen.folded == seen.page.description
    heading = seen.block.frame.tag in ("h2", "h3") and seen.index - seen.page.title_at <= 3 and seen.words >= 5
    if kinds & (_STRONG | {"byline", "tags", "unseen", "caption"}) and not same:
        return False
    return same or (named and not seen.within("li", "nav", "aside")) or (heading and not _foreign_frame(seen))


def _summary_point(seen: Seen) -> bool:
    if not seen.is_lead_in or not seen.within("li") or not 4 <= seen.words <= 60 or seen.block.link_share > 0.5:
        return False
    return is_sentence(seen.block.text) or seen.extracted or any("summary" in seen.page.kinds(f) for f in seen.inner)


def _before_title(seen: Seen) -> bool:
    return seen.index < seen.page.title_at and (seen.page.core is None or seen.page.first > seen.page.title_at)


def _lead(seen: Seen) -> bool:
    """A first paragraph that the page sets apart from the others."""
    return (
        seen.is_lead_in
        and not seen.is_in_core
        and seen.words >= 12
        and seen.is_prose
        and (seen.extracted or "summary" in seen.page.kinds(seen.block.frame))
        and is_sentence(seen.block.text)
        and not _is_caption(seen)
        and _foreign_frame(seen) is None
    )


def _lead_in_byline(seen: Seen) -> bool:
    return seen.is_lead_in and seen.words <= 25 and (
        begins(seen.folded, "byline_starts") or "byline" in kinds_of(f"{seen.block.frame.names} {seen.block.names}")
    )


def _outside(seen: Seen) -> bool:
    return not seen.is_in_core


def _is_caption(seen: Seen) -> bool:
    if seen.within("figcaption"):
        return True
    if seen.within("figure") and not seen.within("table", "pre", "blockquote") and seen.words < 80:
        return True
    near = [seen.block.frame, *([seen.block.frame.around] if seen.block.frame.around else [])]
    return any("caption" in seen.page.kinds(frame) and seen.page.share_of_core(frame) < 0.1 for frame in near) and seen.words < 100


def _caption(seen: Seen) -> bool:
    return _is_caption(seen) and bool(seen.folded) and not is_interface(seen.folded)


def _picture(seen: Seen) -> bool:
    return seen.block.has_image and not seen.block.text


def _foreign(seen: Seen) -> bool:
    return _foreign_frame(seen) is not None


def _foreign_inline(seen: Seen) -> bool:
    kinds = kinds_of(seen.block.names) if seen.block.names else frozenset()
    return bool(kinds & (_STRONG | _WEAK)) and not (seen.extracted and seen.words > 12)


def _interface(seen: Seen) -> bool:
    return is_interface(seen.folded) and not seen.within(*CELLS, *VERBATIM, "blockquote")


def _beginning(name: str, longest: int = 30) -> Callable[[Seen], bool]:
    def question(seen: Seen) -> bool:
        if seen.words >= longest or seen.within(*CELLS, *VERBATIM, "blockquote") or not begins(seen.folded, name):
            return False
        return seen.words <= 4 or not seen.extracted or seen.block.link_share > 0.5
    return question


def _only_links(seen: Seen) -> bool:
    if seen.block.link_share <= 0.8 or seen.words <= 2 or seen.block.frame.tag in (*CELLS, *HEADINGS):
        return False
    if seen.within("li", "dd"):
        return not seen.extracted
    return not (seen.extracted and seen.within("blockquote", "table"))


def _repeated(seen: Seen) -> bool:
    return seen.words > 5 and seen.page.first_of.get(seen.folded, seen.index) < seen.index


def _before_text(seen: Seen) -> bool:
    return seen.index < seen.page.first and not seen.extracted and seen.words < 10 and seen.block.frame.tag not in HEADINGS


def _after_text(seen: Seen) -> bool:
    page = seen.page
    if seen.index <= page.last:
        return False
    is_part = seen.extracted and (seen.within("li", "table", "blockquote", "dd", "pre"))
    return not is_part


def _beside(seen: Seen) -> bool:
    """Prose that follows the extracted text, elsewhere in the tree, and looks unlike its paragraphs."""
    page = seen.page
    if seen.extracted or not page.opinions_agree or seen.index < page.last_extracted:
        return False
    around = seen.block.frame.around
    if page.signature(seen.block) in page.signatures:
        return False
    return not (around is not None and page.extracted_share(around) > 0.2)


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
    Rule("hidden", Label.INTERFACE_TEXT, LEFT_OUT, "the page hides it from its readers", _hidden),
    Rule("title", Label.TITLE, FRONT_MATTER, "the page's main heading", _title, "title"),
    Rule("picture", Label.CAPTION, ARTICLE, "a picture", lambda seen: _picture(seen) and seen.is_in_core and not _foreign(seen)),
    Rule("picture-elsewhere", Label.INTERFACE_TEXT, LEFT_OUT, "a picture that is not the article's", _picture),
    Rule("before-title", Label.INTERFACE_TEXT, LEFT_OUT, "stands before the title", _before_title),
    Rule("repeated-title", Label.REPEATED_TITLE, LEFT_OUT, "repeats the title", _repeated_title),
    Rule("subtitle", Label.SUBTITLE, FRONT_MATTER, "stands below the title as its subtitle", _subtitle, "subtitle"),
    Rule("summary-point", Label.SUMMARY_POINT, FRONT_MATTER, "a key point between title and text", _summary_point, "summary"),
    Rule("byline", Label.BYLINE, LEFT_OUT, "stands between title and text as a byline", _lead_in_byline),
    Rule("lead", Label.PARAGRAPH, ARTICLE, "a first paragraph set apart from the others", _lead),
    Rule("outside", Label.INTERFACE_TEXT, LEFT_OUT, "stands outside of the element that holds the article", _outside),
    Rule("foreign", Label.INTERFACE_TEXT, LEFT_OUT, "stands in", _foreign),
    Rule("foreign-inline", Label.INTERFACE_TEXT, LEFT_OUT, "its element is named as something else than text", _foreign_inline),
    Rule("caption", Label.CAPTION, ARTICLE, "stands with a picture as its caption", _caption),
    Rule("interface", Label.INTERFACE_TEXT, LEFT_OUT, "is a word of the page's controls", _interface),
    Rule("interface-line", Label.INTERFACE_TEXT, LEFT_OUT, "begins as a line of the page's controls", _beginning("interface_starts")),
    Rule("advertisement", Label.ADVERTISEMENT, LEFT_OUT, "begins as an advertisement", _beginning("advertisement")),
    Rule("newsletter", Label.INTERFACE_TEXT, LEFT_OUT, "asks to sign up", _beginning("newsletter")),
    Rule("cookie", Label.INTERFACE_TEXT, LEFT_OUT, "speaks of cookies", _beginning("cookie")),
    Rule("paywall", Label.INTERFACE_TEXT, LEFT_OUT, "asks to subscribe", _beginning("paywall")),
    Rule("related-line", Label.RELATED_LINK, LEFT_OUT, "points to another article", _beginning("related_starts")),
    Rule("comment-line", Label.COMMENT, LEFT_OUT, "begins as a readers' comment", _beginning("comment_starts")),
    Rule("credit", Label.CREDIT, LEFT_OUT, "credits a picture", _beginning("credit_starts")),
    Rule("notice", Label.NOTICE, LEFT_OUT, "is a notice of the publisher", _beginning("notice_starts")),
    Rule("only-links", Label.RELATED_LINK, LEFT_OUT, "is nothing but a link", _only_links),
    Rule("repeated", Label.PULL_QUOTE, LEFT_OUT, "repeats an earlier text of the page", _repeated),
    Rule("before-text", Label.INTERFACE_TEXT, LEFT_OUT, "a short line before the first paragraph", _before_text),
    Rule("after-text", Label.INTERFACE_TEXT, LEFT_OUT, "a short text after the last paragraph", _after_text),
    Rule("beside", Label.RELATED_LINK, LEFT_OUT, "follows the article and is set unlike its paragraphs", _beside),
    Rule("text", Label.PARAGRAPH, ARTICLE, "stands in the article", lambda seen: True),
)


def verdict(page: Page, index: int) -> Verdict:
    """What the first rule that applies says of a block."""
    block = page.blocks[index]
    seen = Seen(page, index, block, page.folded[index], page.words[index], index in page.extracted, tuple(page.inner_frames(block)))
    rule = next(rule for rule in RULES if rule.applies(seen))
    label, reason = rule.label, rule.reason
    if rule.name == "text":
        label = _label_of_text(block)
    elif rule.name == "foreign":
        label, reason = _foreign_label(seen)
    return Verdict(label, rule.destination, rule.name, reason, rule.key)


def _foreign_label(seen: Seen) -> tuple[Label, str]:
    frame = _foreign_frame(seen)
    kinds = seen.page.kinds(frame) & (_STRONG | _WEAK) if frame else frozenset()
    if frame and frame.tag in _TAGS:
        return Label.INTERFACE_TEXT, f"stands in {_TAGS[frame.tag]}"
    label = next((label for kind, label in _OF_KIND.items() if kind in kinds), Label.INTERFACE_TEXT)
    return label, f"stands in an element that is named as {' and '.join(sorted(kinds))}"


def _label_of_text(block: Block) -> Label:
    for frame in block.frame.upwards():
        if frame.tag in HEADINGS:
            return Label.HEADING
        if frame.tag in VERBATIM:
            return Label.CODE
        if frame.tag in CELLS:
            return Label.TABLE
        if frame.tag in ("li", "dd", "dt"):
            return Label.LIST
        if frame.tag == "blockquote":
            return Label.QUOTATION
    return Label.PARAGRAPH
