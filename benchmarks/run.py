"""`python -m benchmarks`: Pressmark against what a user would pick instead, on the same articles, in one run.

Absolute seconds are those of this machine; the ratios are what counts. Peers that are not installed are left out; name
them with HUGO, PELICAN and ELEVENTY, and a Pagefind for their sites with PAGEFIND.
"""

import argparse
import datetime
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import write_archive
from benchmarks.measuring import Measured, measured, memory_of
from benchmarks.peers import PEERS

REPOSITORY = Path(__file__).parent.parent
GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the issue's table: `found` and what it may be at most."""

    job: str
    found: float
    most: float
    unit: str

    def __str__(self) -> str:
        verdict = "reached" if self.found <= self.most else "NOT reached"
        return f"| {self.job} | {self.found:.2f}{self.unit} | ≤ {self.most}{self.unit} | {verdict} |"


def pressmark(root: Path, *options: str) -> Measured:
    """One build in a new process."""
    return measured(_build(root, *options), REPOSITORY)


def _build(root: Path, *options: str) -> list[str | Path]:
    return [sys.executable, "-m", "generator", "build", "--root", root, *options]


def set_aside(folder: Path) -> None:
    """Makes room for a fresh folder. It is not removed: some disks make files slowly for a minute after many went."""
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}-{os.urandom(4).hex()}"))


def edit(root: Path) -> None:
    """One article's text is edited."""
    file = sorted((root / "content").glob("*.md"))[len(list((root / "content").glob("*.md"))) // 3]
    file.write_text(file.read_text("utf-8") + "\nOne more sentence, with an unheardofword.\n", "utf-8")


def add(root: Path) -> None:
    """One new article, with an author and a tag that nobody had."""
    text = '---\ntitle: "Something new"\nauthor: ["Newly Arrived"]\ndate: 2019-05-05\ntags: ["novelty"]\nslug: something-new\n---\n\nSome words.\n'
    (root / "content" / f"new-{len(list((root / 'content').glob('*.md')))}.md").write_text(
        text.replace("something-new", f"new-{os.urandom(4).hex()}"), "utf-8"
    )


def change_template(root: Path) -> None:
    """The article template is edited."""
    own = root / "templates" / "article.html"
    own.parent.mkdir(exist_ok=True)
    text = own.read_text("utf-8") if own.exists() else (REPOSITORY / "templates" / "article.html").read_text("utf-8")
    own.write_text(text.replace('<article class="article"', '<article class="article" data-edited', 1), "utf-8")


def ours(folder: Path, count: int, runs: int) -> dict[str, Measured]:
    """Every job of the table, each the best of several runs."""
    found: dict[str, Measured] = {}

    def note(job: str, result: Measured) -> None:
        if job not in found or result.wall < found[job].wall:
            found[job] = result

    root = folder / "pressmark"
    write_archive(root, count)
    for _ in range(runs):
        for job, options in (("clean", ()), ("clean without search", ("--no-search",))):
            set_aside(root / "site")
            set_aside(root / ".pressmark")
            note(job, pressmark(root, *options))
        for change in (edit, add, change_template):
            change(root)
            note(f"{change.__name__} without search", pressmark(root, "--no-search"))
        pressmark(root)
        pressmark(root)
        note("nothing changed", pressmark(root))
        for change in (edit, add):
            change(root)
            note(change.__name__, pressmark(root))
    set_aside(root / "site")
    set_aside(root / ".pressmark")
    found["clean"] = replace(found["clean"], memory=memory_of(_build(root), REPOSITORY))
    return found


def theirs(folder: Path, count: int, names: list[str], runs: int) -> dict[str, Measured]:
    """Each peer, and Pagefind over what Hugo made."""
    from generator.search.pagefind import find_pagefind

    found: dict[str, Measured] = {}

    def note(job: str, command: Sequence[str | Path], place: Path, fresh: Path) -> None:
        results = []
        for _ in range(runs):
            set_aside(fresh)
            results.append(measured(command, place))
        set_aside(fresh)
        found[job] = replace(min(results, key=lambda result: result.wall), memory=memory_of(command, place))

    for name in names:
        root = folder / name
        peer = PEERS[name](root, count)
        if peer is None:
            print(f"{name} is not installed and left out", file=sys.stderr)
            continue
        note(peer.name, peer.command, root, root / peer.site)
        if name == "hugo":
            program = os.environ.get("PAGEFIND") or find_pagefind().program
            command = [program, "--site", root / peer.site, "--quiet"]
            note("Pagefind", command, root, root / peer.site / "pagefind")
    return found


def bars(mine: dict[str, Measured], peers: dict[str, Measured]) -> list[Bar]:
    """The issue's table, as far as the peers are there."""
    found: list[Bar] = []
    if "Hugo" in peers and "Pagefind" in peers:
        whole = peers["Hugo"].wall + peers["Pagefind"].wall
        found += [
            Bar("clean build with search, against Hugo + Pagefind", mine["clean"].wall / whole, 0.75, " ×"),
            Bar(
                "clean build without search, against Hugo",
                mine["clean without search"].wall / peers["Hugo"].wall,
                1.6,
                " ×",
            ),
        ]
    if "Pelican" in peers:
        found.append(
            Bar(
                "clean build without search, against Pelican",
                mine["clean without search"].wall / peers["Pelican"].wall,
                0.2,
                " ×",
            )
        )
    found.append(Bar("nothing changed", mine["nothing changed"].wall, 0.8, " s"))
    if "Hugo" in peers and "Pagefind" in peers:
        found += [
            Bar("nothing changed, against Hugo + Pagefind", mine["nothing changed"].wall / whole, 0.03, " ×"),
            Bar("one text edited, against Hugo + Pagefind", mine["edit"].wall / whole, 0.25, " ×"),
            Bar("one new article, against Hugo + Pagefind", mine["add"].wall / whole, 0.25, " ×"),
        ]
    found += [
        Bar("one text edited, without search", mine["edit without search"].wall, 1.0, " s"),
        Bar("one new article, without search", mine["add without search"].wall, 1.0, " s"),
        Bar(
            "article template edited, against the clean build without search",
            mine["change_template without search"].wall / mine["clean without search"].wall,
            0.6,
            " ×",
        ),
        Bar("peak memory, clean build with search", mine["clean"].memory / GB, 1.6, " GB"),
    ]
    return found


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures builds against other generators."
    )
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS))
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    clean: dict[int, float] = {}
    whole = Path(tempfile.mkdtemp(prefix="pressmark-bench-"))
    try:
        _measure(args, whole, clean)
    finally:
        shutil.rmtree(whole)
    if {10_000, 50_000} <= clean.keys():
        print(Bar("time for 50,000 against 10,000", clean[50_000] / clean[10_000], 5.5, " ×"))


def _measure(args: argparse.Namespace, whole: Path, clean: dict[int, float]) -> None:
    for count in args.articles:
        folder = whole / str(count)
        mine = ours(folder, count, args.runs)
        peers = theirs(folder, count, args.peers, args.runs)
        clean[count] = mine["clean"].wall
        if args.json:
            print(
                json.dumps(
                    {"articles": count, **{job: [m.wall, m.processor, m.memory] for job, m in (mine | peers).items()}}
                )
            )
            continue
        print(
            f"\n## {count} articles, {datetime.date.today()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n"
        )
        print("| job | wall | processors | memory |\n| --- | --- | --- | --- |")
        for job, m in (mine | peers).items():
            memory = f"{m.memory / GB:.2f} GB" if m.memory else ""
            print(f"| {job} | {m.wall:.2f} s | {m.processor:.2f} s | {memory} |")
        print("\n| bar | found | allowed | |\n| --- | --- | --- | --- |")
        print("\n".join(map(str, bars(mine, peers))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
