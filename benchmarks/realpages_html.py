"""Converts a folder of real pages with gold, scores the conversions, and times them against trafilatura.

    python benchmarks/realpages_html.py FOLDER [--pages DIR] [--scorer FILE] [--worst N] [--no-speed]

FOLDER holds `gold.jsonl` and `pages.tar.xz`; the pages are unpacked into --pages (default: a temporary folder). The
conversions are written as Markdown with front matter, so that any scorer that reads `capture.file` can judge them; the
scorer's own figures are printed for the pages of the article-extraction-benchmark (`aeb…`) and for all others.
"""

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.captures import receive
from generator.conversion import convert
from generator.front_matter import quoted
from generator.model.articles import Conversion
from generator.problems import Refusal

GROUPS = {"aeb": True, "others": False}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    scorer = options.scorer or options.folder.resolve().parent.parent / "tools" / "score_realpages.py"
    rows = [json.loads(line) for line in (options.folder / "gold.jsonl").read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as temporary:
        pages = options.pages or Path(temporary) / "pages"
        if not pages.exists():
            with tarfile.open(options.folder / "pages.tar.xz") as archive:
                archive.extractall(pages, filter="data")
        files = {row["id"]: (pages / row["file"]).read_bytes() for row in rows}
        for group, is_aeb in GROUPS.items():
            chosen = [row for row in rows if row["id"].startswith("aeb") == is_aeb]
            print(f"== {group}: {len(chosen)} pages", flush=True)
            score(chosen, files, Path(temporary) / group, scorer, options.worst)
        if not options.no_speed:
            print_speed(rows, files)
    return 0


def score(rows: list[dict[str, str]], files: dict[str, bytes], folder: Path, scorer: Path, worst: int) -> None:
    content = folder / "content"
    content.mkdir(parents=True)
    for row in rows:
        try:
            conversion, _ = convert(receive(f"seeds/{Path(row['file']).name}", files[row["id"]]))
        except Refusal as refusal:
            print(f"refused: {refusal}", file=sys.stderr)
            continue
        (content / f"{row['id']}.md").write_text(as_markdown(conversion, row["file"]), "utf-8")
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    subprocess.run(
        [sys.executable, str(scorer), str(folder / "gold.jsonl"), str(content), "--worst", str(worst)], check=True
    )


def as_markdown(conversion: Conversion, file: str) -> str:
    fields = conversion.fields
    lines = ["---", f"title: {quoted(fields.title)}"]
    if fields.subtitle:
        lines.append(f"subtitle: {quoted(fields.subtitle)}")
    if fields.authors:
        lines.append(f"author: [{', '.join(map(quoted, fields.authors))}]")
    if fields.date:
        lines.append(f"date: {quoted(fields.date.text)}")
    if fields.summary:
        lines.append(f"summary: [{', '.join(map(quoted, fields.summary))}]")
    lines += [f"{name}: {quoted(text)}" for name in ("image_credits", "author_note") if (text := getattr(fields, name))]
    return "\n".join([*lines, "capture:", f"  file: {quoted(file)}", "---", conversion.body])


def print_speed(rows: list[dict[str, str]], files: dict[str, bytes]) -> None:
    """Processor time of both on the same pages, in turns, after one page each to load what they load."""
    import trafilatura

    ours = theirs = 0.0
    for number, row in enumerate([rows[0], *rows]):
        data = files[row["id"]]
        start = time.process_time()
        convert(receive(f"seeds/{Path(row['file']).name}", data))
        middle = time.process_time()
        trafilatura.extract(data)
        end = time.process_time()
        if number:
            ours += middle - start
            theirs += end - middle
    print("== speed, milliseconds of processor time a page")
    print(f"pressmark          {1000 * ours / len(rows):.1f}\ntrafilatura        {1000 * theirs / len(rows):.1f}")
    print(f"ratio              {ours / theirs:.2f}")


if __name__ == "__main__":
    sys.exit(main())
