"""A reader cannot tell that there are shards: sixty questions have the answers of Pagefind's own index of everything."""

import functools
import random
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.index_shards import Bundle
from generator.indexing import bring_up_to_date
from generator.publishing.record import Record
from generator.publishing.workers import Workers
from generator.search import shards
from generator.search.pagefind import find_pagefind, run_pagefind
from generator.search.shards import Indexed

pytestmark = pytest.mark.browser

AUTHORS = ["Ada & Co", "José Lamar", "Tilda Okoro", "Imogen Starling", "Nils Ødegaard"]
RARE = [f"rarity{number}" for number in range(30)]
SYLLABLES = ["ba", "co", "di", "fé", "gu", "ha", "jo", "ki", "lö", "mu", "ne", "po", "ra", "sy", "tu"]
ASK = """async ([folder, questions]) => {
  const pagefind = await import(`/${folder}/pagefind.js`);
  await pagefind.options({ baseUrl: "/", basePath: `/${folder}/` });
  await pagefind.init();
  const answers = [];
  for (const { words, options } of questions) {
    const found = await pagefind.search(words, options);
    const data = await Promise.all(found.results.map((result) => result.data()));
    answers.push(data.map((page, place) => [page.url, found.results[place].score]));
  }
  await pagefind.destroy();
  return answers;
}"""


def vocabulary() -> list[str]:
    dice = random.Random(5)
    return sorted({"".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(1500)})


def page(number: int, dice: random.Random, words: list[str], weights: list[float]) -> str:
    """An article as ours are: filters, dates, metadata that some lack, headings, words of very different frequency."""
    text = dice.choices(words, weights, k=dice.randint(60, 240))
    text[dice.randrange(len(text))] = RARE[number % len(RARE)]
    picture = '<img src="/quay.png" alt="The quay">' if number % 5 == 0 else ""
    return (
        f"<!doctype html><html><body><article data-pagefind-body><h1>{' '.join(dice.choices(words, k=4))}</h1>"
        f'<span hidden data-pagefind-filter="author[data-value]" data-value="{dice.choice(AUTHORS)}"></span>'
        f'<span hidden data-pagefind-filter="year[data-value]" data-value="{2000 + number % 12}"></span>'
        f'<span hidden data-pagefind-sort="date[data-value]" data-value="{date_of(number)}"></span>'
        f"{picture}<h2 id=a>{dice.choice(words)}</h2><p>{' '.join(text[:50])}.</p><p>{' '.join(text[50:])}.</p>"
        "</article></body></html>"
    )


def date_of(number: int) -> str:
    """A day of its own for each article, so that there is one order by date."""
    return f"{2000 + number % 12}-{1 + number // 28:02d}-{1 + number % 28:02d}"


def questions(pages: dict[str, str], words: list[str]) -> list[dict[str, Any]]:
    """One word, two, a phrase, rare, common, absent, filtered, by date: sixty in all."""
    dice = random.Random(8)
    asked: list[tuple[str | None, dict[str, Any]]] = [(words[place], {}) for place in (0, 1, 2, 3, 700, 900)]
    asked += [(dice.choice(words), {}) for _ in range(8)]
    asked += [(f"{dice.choice(words[:60])} {dice.choice(words[:200])}", {}) for _ in range(10)]
    for text in dice.sample(sorted(pages.values()), 8):
        said = text.split("<p>")[1].split()
        place = dice.randrange(40)
        asked.append((f'"{said[place]} {said[place + 1]}"', {}))
    asked += [(word, {}) for word in dice.sample(RARE, 6)]
    asked += [(word, {}) for word in ("xylophone", "qqq", '"quay xylophone"', "harbor zzz")]
    for author in AUTHORS:
        asked.append((dice.choice(words[:40]), {"filters": {"author": author}}))
        asked.append((None, {"filters": {"author": author, "year": str(2000 + dice.randrange(12))}}))
    asked += [(dice.choice(words[:100]), {"sort": {"date": order}}) for order in ("asc", "desc") * 4]
    return [{"words": text, "options": options} for text, options in asked]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ask(browser: Any, served: str) -> Iterator[Callable[..., Any]]:
    context = browser.new_context()
    visit = context.new_page()
    visit.goto(served)
    yield lambda folder, asked: visit.evaluate(ASK, [folder, asked])
    context.close()


def test_sixty_questions_have_the_same_answers(
    ask: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = vocabulary()
    random.Random(1).shuffle(words)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    dice = random.Random(2)
    pages = {
        f"20{number % 12:02d}/page-{number}/index.html": page(number, dice, words, weights) for number in range(300)
    }
    for path, text in pages.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    run_pagefind(find_pagefind(), tmp_path, tmp_path / "whole", "en")
    monkeypatch.setattr(shards, "LIMIT", 40)
    articles = [Indexed(path, 2000 + int(path[2:4]), 1, "") for path in pages]
    with Record(tmp_path / "state") as record:
        bundle = Bundle(tmp_path, "joined/", tmp_path / "fresh", find_pagefind(), "en")
        index = bring_up_to_date(bundle, articles, {}, record, Workers(1))
    assert index.indexed == 300
    assert len(list((tmp_path / "joined" / "index").iterdir())) > 2
    asked = questions(pages, words)
    assert len(asked) == 60
    for question, whole, joined in zip(asked, ask("whole", asked), ask("joined", asked), strict=True):
        # Pages of one score stand in no particular order in Pagefind's own index.
        assert dict(joined) == pytest.approx(dict(whole)), question
        assert [score for _, score in joined] == pytest.approx([score for _, score in whole]), question
        if "sort" in question["options"]:
            assert joined == whole, question
