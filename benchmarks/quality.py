"""The bars of the published site: Nu HTML Checker, axe-core, Lighthouse, weight and requests.

    python benchmarks/quality.py                    the bundled archive and a generated one of 300 articles
    python benchmarks/quality.py --tools FOLDER     with the npm packages installed in FOLDER (kept for the next run)
    python benchmarks/quality.py --only html        one of: html, axe, weight, lighthouse

Needs Java, npm and Chromium. The npm packages vnu-jar, axe-core and lighthouse are installed into the folder of the
tools when they are not there. Nothing of it is needed to build or to test.
"""

import argparse
import functools
import gzip
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.corpus import write_archive
from generator.build import Options, build

REPOSITORY = Path(__file__).parent.parent
PACKAGES = ("vnu-jar", "axe-core", "lighthouse")
KINDS = {
    "home": r"index\.html", "article": r"\d{4}/[a-z][^/]*/index\.html", "undated article": r"undated/[^/]+/index\.html",
    "year": r"\d{4}/index\.html", "month": r"\d{4}/\d\d/index\.html", "years": r"years/index\.html", "undated": r"undated/index\.html",
    "authors": r"authors/index\.html", "author": r"authors/[^/]+/index\.html", "tag": r"tags/[^/]+/index\.html",
    "source": r"sources/[^/]+/index\.html", "languages": r"languages/index\.html", "language": r"languages/[^/]+/index\.html",
    "titles": r"titles/index\.html", "letter": r"tags/a-z/[^/]+/index\.html", "search": r"search/index\.html", "keeper's page": r"about/index\.html", "404": r"404\.html",
}  # fmt: skip
"""Kinds of pages by what their paths look like; records and the longest articles are added by what they hold."""
HEAVIEST, MOST_REQUESTS = 60_000, 6
BARS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip


class _Host(http.server.SimpleHTTPRequestHandler):
    """A plain host that compresses text, as all do."""

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        kind = self.guess_type(str(path))
        if (
            not path.is_file()
            or "gzip" not in self.headers.get("Accept-Encoding", "")
            or not re.match(r"text/|application/(json|javascript)|image/svg", kind)
        ):
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        for name, value in (
            ("Content-Type", kind + charset),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-cache"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serves a site; gives its address."""
    host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(site)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{host.server_port}/"
    finally:
        host.shutdown()
        host.server_close()


def tools(folder: Path) -> Path:
    """The folder of the npm packages, installed where they are missing."""
    modules = folder / "node_modules"
    if not all((modules / package).is_dir() for package in PACKAGES):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, *PACKAGES],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return modules


def pages_of_each_kind(site: Path) -> dict[str, str]:
    """One page of each kind, and besides the record and the longest article."""
    paths = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html"))]
    found = {kind: next((path for path in paths if re.fullmatch(pattern, path)), "") for kind, pattern in KINDS.items()}
    articles = [path for path in paths if re.fullmatch(KINDS["article"], path)]
    found["longest article"] = max(articles, key=lambda path: (site / path).stat().st_size, default="")
    found["record"] = next(
        (path for path in articles if 'class="reading record"' in (site / path).read_text("utf-8")), ""
    )
    return {kind: path.removesuffix("index.html") for kind, path in found.items() if path}


def check_html(site: Path, modules: Path) -> list[str]:
    """The errors of the Nu HTML Checker over every page."""
    jar = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [
        "java",
        "-Xss8m",
        "-jar",
        str(jar),
        "--skip-non-html",
        "--exit-zero-always",
        "--format",
        "json",
        "--errors-only",
        str(site),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(answer.stderr)["messages"]
    pages = sum(1 for _ in site.rglob("*.html"))
    errors = [message for message in messages if message["type"] == "error"]
    print(f"  Nu HTML Checker: {len(errors)} errors on {pages} pages")
    return [
        f"{message.get('url', '').partition('/site/')[2]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in errors
    ]


def check_axe(site: Path, modules: Path) -> list[str]:
    """The violations that axe-core finds on every kind of page, light and dark, narrow and wide."""
    from playwright.sync_api import sync_playwright

    script = (modules / "axe-core" / "axe.min.js").read_text("utf-8")
    wrong = []
    looked = 0
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM[1:])
        for width in (320, 1280):
            for colours in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=colours, bypass_csp=True
                )
                page = context.new_page()
                for kind, path in pages_of_each_kind(site).items():
                    page.goto(address + path)
                    if kind == "article":
                        page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
                    if kind == "search":
                        page.locator("#search_words").fill(_a_word(site))
                        page.wait_for_selector(".result", timeout=15_000)
                    page.evaluate(script)
                    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
                    overflow = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                    looked += 1
                    place = f"{kind} ({path}, {width} px, {colours})"
                    wrong += [
                        f"{place}: {violation['id']}: {violation['nodes'][0]['html'][:160]}" for violation in found
                    ]
                    wrong += [f"{place}: is wider than the window"] if overflow else []
                context.close()
        browser.close()
    print(f"  axe-core: {len(wrong)} violations in {looked} looks")
    return wrong


def _a_word(site: Path) -> str:
    """A word that the search will find."""
    titles = [
        article["title"] for article in json.loads((site / "data" / "articles.json").read_text("utf-8"))["articles"]
    ]
    return max(titles[0].split(), key=len)


def check_weight(site: Path) -> list[str]:
    """What a first visit of the front page and of articles transfers, and whether anything is blocked or foreign."""
    from playwright.sync_api import sync_playwright

    wrong: list[str] = []
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM[1:])
        chosen = pages_of_each_kind(site)
        for kind in ("home", "article", "longest article", "search"):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            said: list[str] = []
            page.on(
                "console",
                lambda message, said=said: said.append(message.text) if message.type in ("error", "warning") else None,
            )
            requests: list[Any] = []
            page.on("requestfinished", lambda request, requests=requests: requests.append(request))
            page.goto(address + chosen[kind], wait_until="networkidle")
            sizes = [request.sizes() for request in requests]
            weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
            print(f"  {kind}: {weight / 1000:.1f} kB in {len(requests)} requests")
            if kind != "search" and (weight > HEAVIEST or len(requests) > MOST_REQUESTS):
                wrong.append(f"{kind}: {weight} bytes in {len(requests)} requests")
            wrong += [f"{kind}: {text}" for text in said]
            wrong += [f"{kind}: asks {request.url}" for request in requests if not request.url.startswith(address)]
            context.close()
        browser.close()
    return wrong


def check_lighthouse(site: Path, modules: Path) -> list[str]:
    """Lighthouse (mobile) on the front page, an article and the search."""
    wrong = []
    environment = {**os.environ, "CHROME_PATH": _chromium()}
    with served(site) as address:
        chosen = pages_of_each_kind(site)
        for kind in ("home", "article", "search"):
            command = [
                "node",
                str(modules / "lighthouse" / "cli" / "index.js"),
                address + chosen[kind],
                "--quiet",
                "--output=json",
                f"--chrome-flags={' '.join(CHROMIUM)}",
            ]
            answer = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
            if answer.returncode:
                wrong.append(f"{kind}: Lighthouse did not run: {answer.stderr.strip()[-300:]}")
                continue
            report = json.loads(answer.stdout)
            scores = {
                name: round((category["score"] or 0) * 100)
                for name, category in report["categories"].items()
                if name in BARS
            }
            print(f"  Lighthouse, {kind}: " + ", ".join(f"{name} {score}" for name, score in scores.items()))
            wrong += [
                f"{kind}: {name} is {score}, below {BARS[name]}: {_failed(report, name)}"
                for name, score in scores.items()
                if score < BARS[name]
            ]
    return wrong


def _failed(report: dict[str, Any], category: str) -> str:
    """The audits that cost a category points."""
    refs = [ref["id"] for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    return ", ".join(
        f"{name} ({report['audits'][name].get('displayValue', '')})"
        for name in refs
        if (report["audits"][name]["score"] or 0) < 0.9
    )


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("Chromium is not installed (on Debian: apt-get install chromium)")
    return found


def archives(folder: Path, articles: int) -> Iterator[tuple[str, Path]]:
    """The sites to look at: (name, folder of the built site)."""
    bundled = folder / "bundled"
    for name in ("pressmark.toml", "seeds", "content"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, bundled / name)
        else:
            bundled.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, bundled)
    generated = folder / "generated"
    write_archive(generated, articles)
    for name, root in (("the bundled archive", bundled), (f"a generated archive of {articles} articles", generated)):
        build(root, Options(base_url="https://archive.example/"))
        yield name, root / "site"


def main() -> int:
    """Prints every figure and what misses its bar; ends with 1 where something does."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tools", type=Path, default=Path(tempfile.gettempdir()) / "pressmark-quality")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--only", choices=("html", "axe", "weight", "lighthouse"))
    args = parser.parse_args()
    modules = tools(args.tools)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, site in archives(Path(folder), args.articles):
            print(name)
            if args.only in (None, "html"):
                wrong += check_html(site, modules)
            if args.only in (None, "axe"):
                wrong += check_axe(site, modules)
            if args.only in (None, "weight"):
                wrong += check_weight(site)
            if args.only in (None, "lighthouse"):
                wrong += check_lighthouse(site, modules)
    for complaint, count in Counter(wrong).most_common(60):
        print(f"{count} × {complaint}" if count > 1 else complaint)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
