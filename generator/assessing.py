"""How sure is a conversion? Facts about it that a person may want to look at, from its ledger and its reasons. Pure.

`confidence` is the mean of the blocks' confidence, each block weighing as much as its text is long, lowered by what is
missing or inferred: a figure to sort by, not a probability.
"""

from dataclasses import dataclass

from generator.model.articles import Conversion
from generator.model.decisions import RULE
from generator.model.ledger import Destination, Label, Ledger

DOUBTFUL = 0.7
"""Confidence below which a block, or a whole conversion, is worth a person's look."""

_LONG = 200
_PENALTY = 0.08


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of one conversion: its confidence (0 to 1), what is doubtful in words, what a person has decided."""

    title: str
    confidence: float
    doubts: tuple[str, ...]
    decided: int = 0


def assess(conversion: Conversion, ledger: Ledger) -> Assessment:
    """Weighs a conversion."""
    read = dict(conversion.read)
    entries = [entry for entry in ledger.entries if entry.label is not Label.BLANK]
    doubts = []
    if not conversion.fields.authors:
        doubts.append("no author was found")
    if conversion.fields.date is None:
        doubts.append("no date was found")
    elif "inferred" in read.get("date", ""):
        doubts.append(f"the date is {read['date']}")
    if "no headline" in read.get("title", "") or "no title" in read.get("title", ""):
        doubts.append("no headline was found")
    doubtful = [entry for entry in entries if entry.confidence < DOUBTFUL]
    if doubtful:
        doubts.append(f"{_count(len(doubtful), 'block')} may be labelled wrongly")
    long = [
        entry
        for entry in entries
        if entry.destination is Destination.LEFT_OUT and len(entry.text) > _LONG and entry.rule != RULE
    ]
    if long:
        doubts.append(f"{_count(len(long), 'long block')} left out")
    weight = sum(len(entry.text) + 20 for entry in entries) or 1
    mean = sum(entry.confidence * (len(entry.text) + 20) for entry in entries) / weight
    decided = sum(entry.rule == RULE for entry in entries)
    return Assessment(conversion.fields.title, max(0.0, mean - _PENALTY * len(doubts)), tuple(doubts), decided)


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
