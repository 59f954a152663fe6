"""How sure is a verdict on a block? As sure as the same kind of verdict was right on pages of which the article is known.

Two opinions are compared, the rules' and that of the extraction. The figures were counted over 154 pages of two sets of
real pages, 24,000 blocks: a short text that only one of the two takes for the article is worth a person's look.
"""

from generator.conversion.web_page.page import Page
from generator.conversion.web_page.rules import Verdict
from generator.model.decisions import RULE
from generator.model.ledger import Destination, Label

_LONG = 8
"""Words from which on a text says enough of itself."""

_KEPT = {(True, True): 0.94, (True, False): 0.84, (False, True): 0.93, (False, False): 0.4}
_LEFT_OUT = {(True, True): 0.43, (True, False): 0.4, (False, True): 0.99, (False, False): 0.97}
"""By whether the block was extracted, and whether it is long."""

_OF_LABEL = {Label.HEADING: 0.85, Label.CAPTION: 0.8}
_FRONT_MATTER = 0.9


def confidence(page: Page, index: int, verdict: Verdict) -> float:
    """How likely it is, from 0 to 1, that a block went where it belongs."""
    block = page.blocks[index]
    if verdict.rule in (RULE, "hidden") or not block.text:
        return 1.0
    if verdict.destination is Destination.FRONT_MATTER:
        return _FRONT_MATTER
    known = (index in page.extracted, page.words[index] >= _LONG)
    if not verdict.is_kept:
        return _LEFT_OUT[known]
    return max(_KEPT[known], _OF_LABEL.get(verdict.label, 0.0))
