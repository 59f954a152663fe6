"""The questions that the rules ask of a block: each is answered from the page's facts, for one block, with yes or no."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.conversion.web_page.blocks import Block, Frame
from generator.conversion.web_page.elements import CELLS, HEADINGS, LISTS, VERBATIM
from generator.conversion.web_page.names import kinds_of
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.wording import begins, is_interface, is_sentence
from generator.model.ledger import Label


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
        return not self.block.frame.tags.isdisjoint(tags)


_IMAGE_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg)\b|/(?:image|photo|img|media|attachment|file)s?[/:_-]", re.I
)
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


def hidden(seen: Seen) -> bool:
    """Whether the page hides it from its readers."""
    return seen.block.is_hidden


def title(seen: Seen) -> bool:
    """Whether it is the block that shows the title."""
    return seen.index == seen.page.title_at


def repeated_title(seen: Seen) -> bool:
    """Whether it says the title once more."""
    return bool(seen.folded) and seen.folded == seen.page.title and not (seen.is_prose and seen.page.title_at < 0)


def subtitle(seen: Seen) -> bool:
    """Whether it stands below the title and is named, stated or marked up as a subtitle."""
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


def summary_point(seen: Seen) -> bool:
    """Whether it is an item of a list of key points between title and text."""
    if not seen.is_lead_in or not seen.within("li") or not 4 <= seen.words <= 60 or seen.block.link_share > 0.5:
        return False
    return is_sentence(seen.block.text) or seen.extracted or any("summary" in seen.page.kinds(f) for f in seen.inner)


def before_title(seen: Seen) -> bool:
    """Whether it stands before the title of an article whose text follows."""
    return seen.index < seen.page.title_at and (seen.page.core is None or seen.page.first > seen.page.title_at)


def lead(seen: Seen) -> bool:
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


def lead_in_byline(seen: Seen) -> bool:
    """Whether it stands between title and text and begins, or is named, as a byline."""
    return (
        seen.is_lead_in
        and seen.words <= 25
        and (
            begins(seen.folded, "byline_starts") or "byline" in kinds_of(f"{seen.block.frame.names} {seen.block.names}")
        )
    )


def outside(seen: Seen) -> bool:
    """Whether it stands outside of the element that holds the article."""
    return not seen.is_in_core


def _is_caption(seen: Seen) -> bool:
    if seen.within("figcaption"):
        return True
    if seen.within("figure") and not seen.within("table", "pre", "blockquote") and seen.words < 80:
        return True
    near = [seen.block.frame, *([seen.block.frame.around] if seen.block.frame.around else [])]
    return (
        any("caption" in seen.page.kinds(frame) and seen.page.share_of_core(frame) < 0.1 for frame in near)
        and seen.words < 100
    )


def caption(seen: Seen) -> bool:
    """Whether it is the text to a picture."""
    return _is_caption(seen) and bool(seen.folded) and not is_interface(seen.folded)


def picture(seen: Seen) -> bool:
    """Whether it is a picture without text."""
    return seen.block.has_image and not seen.block.text


def own_picture(seen: Seen) -> bool:
    """A picture among the article's text, or in a figure beside it, that does not merely lead to another page."""
    if not (picture(seen) and seen.is_in_core) or foreign(seen):
        return False
    if seen.within("figure"):
        return seen.index <= seen.page.last + 3
    leads_away = any(
        mark.kind == "link" and mark.target and not _IMAGE_FILE.search(mark.target)
        for piece in seen.block.pieces if piece.kind == "image" for mark in piece.marks
    )  # fmt: skip
    return seen.index <= seen.page.last and not leads_away


def foreign(seen: Seen) -> bool:
    """Whether something between it and the article's element says that it is something else."""
    return _foreign_frame(seen) is not None


def foreign_inline(seen: Seen) -> bool:
    """Whether its own inline element is named as something else than text."""
    kinds = kinds_of(seen.block.names) if seen.block.names else frozenset()
    return bool(kinds & (_STRONG | _WEAK)) and not (seen.extracted and seen.words > 12)


def interface(seen: Seen) -> bool:
    """Whether it is a word of the page's controls."""
    return is_interface(seen.folded) and not seen.within(*CELLS, *VERBATIM, "blockquote")


def beginning(name: str, longest: int = 30) -> Callable[[Seen], bool]:
    """The question whether a short line begins as an entry of a word list."""

    def question(seen: Seen) -> bool:
        if seen.words >= longest or seen.within(*VERBATIM, "blockquote") or not begins(seen.folded, name):
            return False
        if seen.within(*CELLS) and seen.block.number in seen.page.cells:
            return False
        is_last = name == "interface_starts" and seen.index >= seen.page.last
        return seen.words <= 4 or not seen.extracted or seen.block.link_share > 0.5 or is_last

    return question


def only_links(seen: Seen) -> bool:
    """Whether it is nothing but a link."""
    if seen.block.link_share <= 0.8 or seen.words <= 2 or seen.block.frame.tag in (*CELLS, *HEADINGS):
        return False
    if seen.within("li", "dd"):
        return not seen.extracted
    return not (seen.extracted and seen.within("blockquote", "table"))


def repeated(seen: Seen) -> bool:
    """Whether it says again what stands higher up."""
    return seen.words > 5 and seen.page.first_of.get(seen.folded, seen.index) < seen.index


def before_text(seen: Seen) -> bool:
    """Whether it is a short line before the first paragraph."""
    return (
        seen.index < seen.page.first and not seen.extracted and seen.words < 10 and seen.block.frame.tag not in HEADINGS
    )


def after_text(seen: Seen) -> bool:
    """What follows the last paragraph, unless it stands with it in one element, as text of the article does."""
    page = seen.page
    if seen.index <= page.last:
        return False
    if seen.extracted and seen.within("li", "table", "blockquote", "dd", "pre"):
        return False
    holder = page.holder
    if holder is None or page.share_of_core(holder) < 0.3 or seen.block.link_share > 0.8:
        return True
    if all(frame is not holder for frame in seen.block.frame.upwards()):
        return True
    is_text = seen.words >= 4 and is_sentence(seen.block.text) and seen.block.frame.tag in ("p", "li", "dd")
    return not (is_text or seen.index in page.cells or seen.within("pre", "li", "dl", "blockquote"))


def beside(seen: Seen) -> bool:
    """Prose that follows the extracted text, elsewhere in the tree, and looks unlike its paragraphs."""
    page = seen.page
    if seen.extracted or not page.opinions_agree or seen.index < page.last_extracted:
        return False
    around = seen.block.frame.around
    if page.signature(seen.block) in page.signatures:
        return False
    return not (around is not None and page.extracted_share(around) > 0.2)


def foreign_label(seen: Seen) -> tuple[Label, str]:
    """The label of a block in a foreign element, and the reason in words."""
    frame = _foreign_frame(seen)
    kinds = seen.page.kinds(frame) & (_STRONG | _WEAK) if frame else frozenset()
    if frame and frame.tag in _TAGS:
        return Label.INTERFACE_TEXT, f"stands in {_TAGS[frame.tag]}"
    label = next((label for kind, label in _OF_KIND.items() if kind in kinds), Label.INTERFACE_TEXT)
    return label, f"stands in an element that is named as {' and '.join(sorted(kinds))}"


def _is_bold_heading(page: Page, index: int) -> bool:
    """A short line, all of it bold and no sentence, with a paragraph right below it."""
    block = page.blocks[index]
    if not 1 <= page.words[index] <= 12 or is_sentence(block.text) or block.text.endswith((":", ",")) or block.linked:
        return False
    if block.frame.tag in ("li", "dd", "dt", "figcaption") or index in page.cells or block.has_image:
        return False
    bold = sum(len(p.text.strip()) for p in block.pieces if any(mark.kind == "strong" for mark in p.marks))
    follows = index + 1 < len(page.blocks) and page.prose[index + 1]
    return follows and bold >= 0.95 * len(block.text) and block.frame.tags.isdisjoint(HEADINGS)


def label_of_text(page: Page, index: int) -> Label:
    """What a block of the article is by its markup."""
    block = page.blocks[index]
    if _is_bold_heading(page, index):
        return Label.HEADING
    for frame in block.frame.upwards():
        if frame.tag in HEADINGS:
            return Label.HEADING
        if frame.tag in VERBATIM:
            return Label.CODE
        if frame.tag in CELLS and index in page.cells:
            return Label.TABLE
        if frame.tag in ("li", "dd", "dt"):
            return Label.LIST
        if frame.tag == "blockquote":
            return Label.QUOTATION
    return Label.PARAGRAPH


def anything(seen: Seen) -> bool:
    """Whether it is a block at all: the last rule takes what no other took."""
    return seen.index >= 0
