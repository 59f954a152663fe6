"""The ledger of a conversion: each line of the capture in exactly one entry, blank lines too."""

from collections.abc import Iterable, Sequence

from generator.conversion.reading import Labelled
from generator.model.ledger import Destination, Entry, Label, Ledger

_IN_ARTICLE = frozenset(
    {
        Label.PARAGRAPH,
        Label.HEADING,
        Label.CAPTION,
        Label.LIST,
        Label.QUOTATION,
        Label.TABLE,
        Label.CODE,
        Label.FOOTNOTE,
    }
)


def ledger_of(labelled: Iterable[Labelled], blanks: Sequence[tuple[int, int]], before: Sequence[Entry] = ()) -> Ledger:
    """Accounts for labelled blocks and blank lines; `before` are entries that stand above them (front matter)."""
    entries = [*before, *map(_entry, labelled), *(_blank(first, last) for first, last in blanks)]
    return Ledger(tuple(sorted(entries, key=lambda entry: entry.first)))


def _entry(labelled: Labelled) -> Entry:
    block, finding = labelled.block, labelled.finding
    if finding.key:
        where = Destination.FRONT_MATTER
    elif labelled.label in _IN_ARTICLE:
        where = Destination.ARTICLE
    else:
        where = Destination.LEFT_OUT
    reason = finding.reason
    if block.joined_words:
        words = "1 word" if block.joined_words == 1 else f"{block.joined_words} words"
        reason += f"; {words} hyphenated at a line end made whole"
    return Entry(
        block.first,
        block.last,
        labelled.label,
        where,
        reason,
        labelled.rule,
        block.raw,
        finding.key,
        "",
        finding.confidence,
    )


def _blank(first: int, last: int) -> Entry:
    return Entry(first, last, Label.BLANK, Destination.LEFT_OUT, "separates blocks", "blank", "")
