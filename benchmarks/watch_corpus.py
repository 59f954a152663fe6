"""A made-up archive of any size for the watch benchmark: the same bytes for the same number, on every machine.

Words are drawn from a fixed list by a seeded generator, so that articles differ and search has something to find.
"""

import random
from pathlib import Path

WORDS = [
    "harbour",
    "ferry",
    "night",
    "council",
    "engine",
    "silence",
    "quay",
    "timber",
    "ledger",
    "window",
    "archive",
    "letter",
    "winter",
    "market",
    "bridge",
    "river",
    "copper",
    "signal",
    "garden",
    "school",
    "lantern",
    "tower",
    "border",
    "meadow",
    "station",
    "orchard",
    "pavement",
    "salt",
    "clock",
    "paper",
    "mill",
    "grain",
    "sailor",
    "baker",
    "painter",
    "keeper",
    "printer",
    "the",
    "the",
    "the",
    "a",
    "a",
    "of",
    "of",
    "and",
    "in",
    "to",
    "was",
    "is",
    "for",
    "on",
    "with",
    "that",
    "by",
    "at",
    "from",
    "as",
]
PEOPLE = ("Imogen Starling", "Oda Fjeld", "Tomas Quill", "Ines Marrow", "Pavel Dusk", "Ruth Alder")
BODIES = ("Institute for Quiet Towns", "Northshore Post", "Harbour Board", "Museum of Paper", "Signal Society")
SETTINGS = '[archive]\nname = "Benchmark archive"\nlanguage = "en"\n'


def make_archive(root: Path, articles: int, words: int = 950) -> Path:
    """Writes an archive of `articles` articles of about `words` words into `root`, an empty folder; gives the root."""
    chance = random.Random(articles)
    root.mkdir(parents=True, exist_ok=True)
    (root / "pressmark.toml").write_text(SETTINGS)
    (root / "seeds").mkdir(exist_ok=True)
    (root / "templates").mkdir(exist_ok=True)
    for number in range(articles):
        folder = root / "content" / f"{number // 500:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"article-{number:05d}.md").write_text(article(chance, number, words))
    return root


def article(chance: random.Random, number: int, words: int) -> str:
    """The text of one article file."""
    title = f"{_sentence(chance, 6).rstrip('.')} {number}"
    lines = [
        "---",
        f'title: "{title}"',
        f"author: [{chance.choice(PEOPLE)}]",
        f"date: {chance.randint(1990, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        "language: en",
        f'sources: [{{name: "{chance.choice(BODIES)}", role: cited}}]',
        f"tags: [{chance.choice(WORDS[:40])}, {chance.choice(WORDS[:40])}]",
        f"slug: article-{number}",
        "---",
        "",
    ]
    left = words
    while left > 0:
        if chance.random() < 0.12:
            lines += [f"## {_sentence(chance, 4).rstrip('.')}", ""]
        size = min(left, chance.randint(40, 120))
        left -= size
        lines += [" ".join(_sentence(chance, chance.randint(8, 18)) for _ in range(max(1, size // 13))), ""]
    return "\n".join(lines)


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."
