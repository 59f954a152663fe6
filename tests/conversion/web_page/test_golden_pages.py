"""Whole pages, written by us, and what they become. `PRESSMARK_UPDATE_GOLDEN=1 pytest` writes the golden files anew."""

import os
from pathlib import Path

import pytest

from generator.captures import receive
from generator.conversion import convert
from generator.model.articles import Conversion
from generator.model.ledger import Ledger

PAGES = Path(__file__).parent / "pages"


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.stem)
def test_a_page_becomes_its_golden_article(page: Path) -> None:
    shown = as_text(*convert(receive(f"seeds/{page.name}", page.read_bytes())))
    golden = page.with_suffix(".golden")
    if os.environ.get("PRESSMARK_UPDATE_GOLDEN"):
        golden.write_text(shown, "utf-8", newline="\n")
    assert shown == golden.read_text("utf-8")


def as_text(conversion: Conversion, ledger: Ledger) -> str:
    fields = conversion.fields
    lines = [f"title: {fields.title}", f"subtitle: {fields.subtitle}", f"authors: {', '.join(fields.authors)}"]
    lines += [f"date: {fields.date or ''}", f"updated: {fields.updated or ''}", f"language: {fields.language}"]
    lines += [f"source: {source.role} {source.name} {source.url}" for source in fields.sources]
    lines += [f"tags: {', '.join(fields.tags)}", *(f"point: {point}" for point in fields.summary)]
    lines += [f"image credits: {fields.image_credits}", f"author note: {fields.author_note}", "", "== read"]
    lines += [f"{key}: {reason}" for key, reason in conversion.read]
    lines += ["", "== body", conversion.body, "== ledger"]
    for entry in ledger.entries:
        lines.append(
            f"{entry.first}-{entry.last} {entry.label} > {entry.destination} [{entry.rule}] {entry.node} {entry.text[:50]}"
        )
    return "\n".join(lines) + "\n"
