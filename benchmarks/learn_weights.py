"""Learns what `generator/conversion/weights.toml` and `text_trees.json` hold from real captures with gold.

    python benchmarks/learn_weights.py FOLDER [--check]

FOLDER is one that `realpages.py` reads. Needs scikit-learn, which Pressmark itself does not. With --check the learned
values are not written: each site's pages are judged by what was learned from the other sites, and the figures printed
(body by words: precision, recall and F1, means over the pages; headlines: share that is right).
"""

import argparse
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.captures import receive
from generator.conversion.blocks import layout_of
from generator.conversion.labelling import begin_reading, label_all, opening_lines
from generator.conversion.plain_text import language_of_layout
from generator.conversion.titles import Opening, headline_candidates
from generator.conversion.weighing import OPEN_RULES, features_of

HOUSE = Path(__file__).resolve().parent.parent / "generator" / "conversion"
KEPT = ("paragraph", "heading", "list", "quotation", "caption", "table", "code")
THRESHOLD = 0.3
HEADLINE_BIAS = 0.8
"""Added to what was learned: a headline missed costs a page its name, a false one a line."""


@dataclass
class Row:
    features: dict[str, float] | None
    in_gold: float
    words: int
    rule: str
    label: str


@dataclass
class Page:
    site: str
    gold_words: int
    has_title: bool
    rows: list[Row]
    headlines: list[tuple[dict[str, float], bool, bool]]


def folded(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold())


def pages_of(folder: Path) -> list[Page]:
    pages = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        path = folder / f"{gold['id']}.txt"
        if path.exists():
            pages.append(_page(path, gold))
    return pages


def _page(path: Path, gold: dict[str, Any]) -> Page:
    capture = receive(f"seeds/{path.name}", path.read_bytes())
    layout = layout_of(capture.lines)
    reading = begin_reading(layout, language_of_layout(layout, capture.text))
    label_all(reading, weigh_blocks=False)
    words = folded(gold["body"])
    grams = {tuple(words[at : at + 4]) for at in range(len(words) - 3)}
    whole = f" {' '.join(words)} "
    rows = [
        Row(
            features,
            _share(folded(entry.block.text), grams, whole),
            len(folded(entry.block.text)),
            entry.rule,
            entry.label,
        )
        for entry, features in zip(reading.done, features_of(reading), strict=True)
    ]
    opening = Opening(reading.blocks, reading.folded_lines, reading.profile, reading.lexicon, opening_lines(reading))
    title = " ".join(folded(gold["title"]))
    headlines = []
    for index, features in headline_candidates(opening):
        text = " ".join(folded(reading.blocks[index].text))
        is_title = bool(title) and text == title
        headlines.append((features, is_title, bool(title) or f" {text} " in whole))
    return Page(urlsplit(gold["url"]).netloc, max(len(words), 1), bool(title), rows, headlines)


def _share(words: list[str], grams: set[tuple[str, ...]], whole: str) -> float:
    if len(words) < 4:
        return float(bool(words) and f" {' '.join(words)} " in whole)
    own = [tuple(words[at : at + 4]) for at in range(len(words) - 3)]
    return sum(gram in grams for gram in own) / len(own)


def learn_text(pages: list[Page]) -> tuple[list[str], Any]:
    import numpy
    from sklearn.ensemble import HistGradientBoostingClassifier

    open_rows = [(row, page) for page in pages for row in page.rows if row.features and row.rule in OPEN_RULES]
    names = list(open_rows[0][0].features or ())
    table = numpy.array([[(row.features or {})[name] for name in names] for row, _ in open_rows])
    is_text = numpy.array([row.in_gold > 0.5 for row, _ in open_rows])
    weight = numpy.array([min(row.words / max(page.gold_words, 100), 1) + 0.01 for row, page in open_rows])
    model = HistGradientBoostingClassifier(
        max_iter=60,
        learning_rate=0.1,
        max_leaf_nodes=8,
        min_samples_leaf=30,
        max_bins=24,
        l2_regularization=1.0,
        random_state=1,
    )
    return names, model.fit(table, is_text, sample_weight=weight)


def learn_headlines(pages: list[Page]) -> dict[str, float]:
    import numpy
    from sklearn.linear_model import LogisticRegression

    names = list(next(page for page in pages if page.headlines).headlines[0][0])
    known = [
        (features, is_title)
        for page in pages
        if not page.has_title or any(is_title for _, is_title, _ in page.headlines)
        for features, is_title, is_sure in page.headlines
        if is_sure
    ]
    table = numpy.array([[features[name] for name in names] for features, _ in known])
    answers = numpy.array([is_title for _, is_title in known])
    model = LogisticRegression(C=1.0, max_iter=3000, fit_intercept=False)
    model.fit(table, answers, sample_weight=numpy.where(answers, 3, 1))
    learned = {name: float(value) for name, value in zip(names, model.coef_[0], strict=True)}
    learned["always"] += HEADLINE_BIAS
    return learned


def trees_of(model: Any, names: list[str]) -> list[Any]:
    """The model's trees as nested lists: [feature, threshold, at most, above], leaves are numbers."""

    def node(nodes: Any, at: int) -> Any:
        here = nodes[at]
        if here["is_leaf"]:
            return round(float(here["value"]), 3)
        threshold = round(float(here["num_threshold"]), 4)
        return [names[here["feature_idx"]], threshold, node(nodes, here["left"]), node(nodes, here["right"])]

    return [node(tree[0].nodes, 0) for tree in model._predictors]


def write(pages: list[Page]) -> None:
    names, model = learn_text(pages)
    trees = trees_of(model, names)
    lines = ",\n".join("  " + json.dumps(tree) for tree in trees)
    base = round(float(model._baseline_prediction.ravel()[0]), 3)
    about = (
        "Learned by benchmarks/learn_weights.py. A tree is [feature, threshold, if at most, if above]; leaves add up."
    )
    text = f'{{"about": {json.dumps(about)},\n"base": {base},\n"trees": [\n{lines}\n]}}\n'
    (HOUSE / "text_trees.json").write_text(text, "utf-8")
    table = "\n".join(f'"{name}" = {value:.2f}' for name, value in learn_headlines(pages).items())
    head = (
        "# Learned on real pages by benchmarks/learn_weights.py (logistic regression); a positive weight speaks for.\n"
    )
    (HOUSE / "weights.toml").write_text(
        f"{head}# Is this line the headline? The best above 0 is.\n\n[headline]\n{table}\n", "utf-8"
    )


def check(pages: list[Page]) -> None:
    import numpy
    from sklearn.model_selection import GroupKFold

    sites = [page.site for page in pages]
    precision, recall, right, titled = [], [], 0, 0
    for learned_from, judged in GroupKFold(5).split(pages, groups=sites):
        own = [pages[at] for at in learned_from]
        names, model = learn_text(own)
        weights = learn_headlines(own)
        for page in (pages[at] for at in judged):
            table = numpy.array([[(row.features or {}).get(name, 0.0) for name in names] for row in page.rows])
            chances = model.predict_proba(table)[:, 1]
            kept = [
                chance > THRESHOLD if row.features and row.rule in OPEN_RULES else row.label in KEPT
                for row, chance in zip(page.rows, chances, strict=True)
            ]
            have = sum(row.words for row, is_kept in zip(page.rows, kept, strict=True) if is_kept)
            hit = sum(row.words * row.in_gold for row, is_kept in zip(page.rows, kept, strict=True) if is_kept)
            precision.append(hit / have if have else 0.0)
            recall.append(min(hit / page.gold_words, 1.0))
            if page.has_title:
                titled += 1
                scored = [(sum(v * weights[n] for n, v in f.items()), is_title) for f, is_title, _ in page.headlines]
                best = max(scored, default=(0.0, False))
                right += best[0] > 0 and best[1]
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    print(f"body by words: precision {p:.4f}, recall {r:.4f}, F1 {2 * p * r / (p + r):.4f}")
    print(f"headlines right: {right} of {titled}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    pages = pages_of(arguments.folder)
    (check if arguments.check else write)(pages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
