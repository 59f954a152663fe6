"""Golden conversions: captures in the shapes that people save, each with the article and the ledger it gives.

`PRESSMARK_UPDATE_GOLDEN=1 pytest tests/conversion/test_golden.py` writes them anew; read the difference before you
believe it.
"""

import os
from dataclasses import fields as fields_of
from pathlib import Path

import pytest

from generator.captures import receive
from generator.conversion import convert
from generator.model.articles import Conversion
from generator.model.ledger import Ledger

GOLDEN = Path(__file__).parent / "golden"
CAPTURES = sorted(path for path in GOLDEN.iterdir() if path.name.endswith((".txt", ".capture.md")))


def written_article(conversion: Conversion) -> str:
    lines = []
    for field in fields_of(conversion.fields):
        value = getattr(conversion.fields, field.name)
        if value and str(value) != "open":
            items = value if isinstance(value, tuple) else (value,)
            lines += [f"{field.name}: {_item(item)}" for item in items]
    lines += [f"read {key}: {reason}" for key, reason in conversion.read]
    return "\n".join(lines) + "\n\n----\n\n" + conversion.body


def _item(value: object) -> str:
    name = getattr(value, "name", None)
    return f"{name} ({value.role})" if name and hasattr(value, "role") else str(value)  # type: ignore[attr-defined]


def written_ledger(ledger: Ledger) -> str:
    lines = []
    for entry in ledger.entries:
        where = f"{entry.first}" if entry.first == entry.last else f"{entry.first}-{entry.last}"
        key = f" {entry.key}" if entry.key else ""
        text = " ".join(entry.text.split())
        shown = text if len(text) <= 40 else text[:39] + "…"
        if entry.text:
            lines.append(
                f"{where:>6}  {entry.label} → {entry.destination}{key} [{entry.rule}] {entry.reason} | {shown}"
            )
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name)
def test_golden_conversion(path: Path) -> None:
    conversion, ledger = convert(receive(f"seeds/{path.name}", path.read_bytes()))
    stem = path.name.removesuffix(".txt").removesuffix(".capture.md")
    for suffix, text in ((".article", written_article(conversion)), (".ledger", written_ledger(ledger))):
        expected = GOLDEN / f"{stem}{suffix}"
        if os.environ.get("PRESSMARK_UPDATE_GOLDEN"):
            expected.write_text(text, "utf-8")
        assert text == expected.read_text("utf-8"), (
            f"{expected.name}: run with PRESSMARK_UPDATE_GOLDEN=1 and read the difference"
        )


def test_there_is_something_to_compare() -> None:
    assert len(CAPTURES) >= 7
