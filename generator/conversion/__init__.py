"""What does a capture say? A `Capture` becomes an article and its ledger: the account of every line of it.

Each format has its own reader; heavy ones load only when a capture asks for them.
"""

from collections.abc import Mapping

from generator.model.articles import Conversion
from generator.model.captures import Capture, Format
from generator.model.ledger import Label, Ledger

_NONE: Mapping[str, Label] = {}


def convert(capture: Capture, labels: Mapping[str, Label] = _NONE) -> tuple[Conversion, Ledger]:
    """Converts one capture; raises Refusal when nothing of an article is in it.

    `labels` are those that a person has set, by block key (see `model.decisions`).
    """
    if capture.format is Format.HTML:
        from generator.conversion.web_page import convert_web_page

        return convert_web_page(capture, labels)
    if capture.format is Format.MARKDOWN:
        from generator.conversion.markdown_capture import convert_markdown

        return convert_markdown(capture, labels)
    from generator.conversion.plain_text import convert_plain_text

    return convert_plain_text(capture, labels)
