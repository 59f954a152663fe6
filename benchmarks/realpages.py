"""Converts a folder of real captures with gold and scores the conversions.

    python benchmarks/realpages.py FOLDER SCORER [--out DIR] [--worst N]

FOLDER holds captures (`*.txt`, `*.html`, `*.md`) and `gold.jsonl`; SCORER is the scoring script, which is run on the
Markdown files that are written to DIR (default: a temporary folder). Prints the time the conversions took as well.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.captures import receive
from generator.conversion import convert
from generator.front_matter import quoted
from generator.model.articles import Conversion
from generator.problems import Refusal

SUFFIXES = (".txt", ".html", ".htm", ".md")


def written(conversion: Conversion, file: str) -> str:
    """The article as the scorer reads it: the fields it compares, and the text."""
    fields = conversion.fields
    lines = [f"title: {quoted(fields.title)}", f"subtitle: {quoted(fields.subtitle)}"]
    lines.append(f"author: [{', '.join(map(quoted, fields.authors))}]")
    if fields.date:
        lines.append(f"date: {quoted(str(fields.date))}")
    lines.append(f"summary: [{', '.join(map(quoted, fields.summary))}]")
    lines += [f"author_note: {quoted(fields.author_note)}", f"image_credits: {quoted(fields.image_credits)}"]
    lines.append(f"capture: {{file: {quoted(file)}}}")
    return "---\n" + "\n".join(lines) + "\n---\n\n" + conversion.body


def convert_folder(folder: Path, out: Path) -> tuple[int, float]:
    """Converts every capture of a folder; the number of conversions and the seconds they took."""
    count, seconds = 0, 0.0
    for path in sorted(folder.iterdir()):
        if path.suffix not in SUFFIXES:
            continue
        data = path.read_bytes()
        started = time.process_time()
        try:
            conversion, _ = convert(receive(f"seeds/{path.name}", data))
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            continue
        seconds += time.process_time() - started
        count += 1
        (out / f"{path.stem}.md").write_text(written(conversion, f"seeds/{path.name}"), "utf-8")
    return count, seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        out = arguments.out or Path(temporary)
        out.mkdir(parents=True, exist_ok=True)
        count, seconds = convert_folder(arguments.folder, out)
        print(f"{count} captures in {seconds:.1f} s of processor time: {count / max(seconds, 1e-9):.0f} a second")
        command = [
            sys.executable,
            arguments.scorer,
            arguments.folder / "gold.jsonl",
            out,
            "--worst",
            str(arguments.worst),
        ]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
