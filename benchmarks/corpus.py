"""Archives to measure with: seeded, so that everybody measures the same one.

Fifteen years, an author per 20 articles, sources and tags with a long tail, about 950 words an article drawn from a
Zipfian vocabulary of invented words, headings, lists, quotations, emphasis and links as prose has them.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

FIRST_YEAR, YEARS = 2010, 15
VOCABULARY = 40_000
_ONSETS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou", "oo", "ie")
_CODAS = ("", "", "", "n", "r", "s", "l", "t", "m", "nd", "st", "ck", "ng", "th")


@dataclass(frozen=True, slots=True)
class Piece:
    """One invented article; `body` is Markdown."""

    name: str
    title: str
    authors: tuple[str, ...]
    date: str
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    publication: str
    summary: tuple[str, ...]
    body: str


class _Words:
    """A vocabulary of invented words whose frequencies follow Zipf's law."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        seen: dict[str, None] = {}
        while len(seen) < VOCABULARY:
            syllables = 1 if len(seen) < 200 else dice.choice((2, 2, 3, 3, 4))
            seen[
                "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS) for _ in range(syllables))
            ] = None
        self.words = list(seen)
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def some(self, count: int) -> list[str]:
        return self._dice.choices(self.words, cum_weights=self._weights, k=count)

    def name(self) -> str:
        return self._dice.choice(self.words[300:]).capitalize()

    def sentence(self) -> str:
        words = self.some(self._dice.randint(8, 26))
        if len(words) > 14:
            words[len(words) // 2] += ","
        words[0] = words[0].capitalize()
        roll = self._dice.random()
        place = self._dice.randrange(1, len(words))
        if roll < 0.05:
            words[place] = f"*{words[place].rstrip(',')}*"
        elif roll < 0.08:
            words[place] = f"[{words[place].rstrip(',')}](https://example.org/{words[0].lower()})"
        elif roll < 0.12:
            words[place] = f"“{words[place].rstrip(',')}”"
        return " ".join(words) + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self._dice.randint(3, 6)))


def pieces(count: int, seed: int = 1) -> Iterator[Piece]:
    """`count` articles, spread evenly over the years; one in a hundred has no date."""
    dice = random.Random(seed)
    words = _Words(dice)
    authors = [f"{words.name()} {words.name()}" for _ in range(max(2, count // 20))]
    bodies = [
        f"{words.name()} {dice.choice(('Institute', 'Council', 'Union', 'Museum', 'Office'))}"
        for _ in range(max(5, count // 40))
    ]
    papers = [f"{words.name()} {dice.choice(('Post', 'Courier', 'Tribune', 'Gazette'))}" for _ in range(30)]
    tags = words.words[400:600]
    tag_weights = list(accumulate(1 / (rank + 3) for rank in range(len(tags))))
    for number in range(count):
        date = ""
        if dice.random() >= 0.01:
            date = f"{FIRST_YEAR + number % YEARS}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        title = " ".join(words.some(dice.randint(4, 9))).capitalize()
        yield Piece(
            name=f"{'-'.join(title.lower().split())[:60]}-{number}",
            title=title,
            authors=tuple(dict.fromkeys(dice.choices(authors, k=1 if dice.random() < 0.85 else 2))),
            date=date,
            tags=tuple(dict.fromkeys(dice.choices(tags, cum_weights=tag_weights, k=3))),
            sources=tuple(dict.fromkeys(dice.choices(bodies, k=dice.randint(1, 3)))),
            publication=dice.choice(papers),
            summary=tuple(words.sentence() for _ in range(3)) if dice.random() < 0.5 else (),
            body=_body(words, dice),
        )


def _body(words: _Words, dice: random.Random) -> str:
    parts: list[str] = []
    length = 0
    aim = dice.randint(750, 1150)
    while length < aim:
        if parts and len(parts) % 5 == 0:
            parts.append("## " + " ".join(words.some(4)).capitalize())
        roll = dice.random()
        if roll < 0.05:
            part = "\n".join(f"- {words.sentence()}" for _ in range(4))
        elif roll < 0.1:
            part = f"> {words.paragraph()}"
        else:
            part = words.paragraph()
        parts.append(part)
        length += part.count(" ") + 1
    return "\n\n".join(parts) + "\n"


def write_archive(root: Path, count: int, seed: int = 1) -> None:
    """Writes `pressmark.toml` and `content/` of an archive of `count` articles, as the converter would."""
    from generator.archive.writing import written_article
    from generator.model.articles import Conversion, Fields, Role, Source
    from generator.model.dates import edtf

    content = root / "content"
    content.mkdir(parents=True)
    (root / "pressmark.toml").write_text(
        '[archive]\nname = "Measured archive"\nbase_url = "https://archive.example/"\n'
    )
    for piece in pieces(count, seed):
        fields = Fields(
            title=piece.title,
            authors=piece.authors,
            date=edtf(piece.date) if piece.date else None,
            language="en",
            sources=(*(Source(name) for name in piece.sources), Source(piece.publication, "", Role.ORIGIN)),
            tags=piece.tags,
            summary=piece.summary,
            slug=piece.name,
        )
        read = (("title", "line 1"), ("author", "line 3, byline"), ("date", "line 4, date-line"))
        text = written_article(Conversion(fields, read, piece.body), f"seeds/{piece.name}.txt", "0" * 64)
        (content / f"{piece.name}.md").write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes an archive to measure with.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    write_archive(args.folder, args.articles, args.seed)


if __name__ == "__main__":
    main()
