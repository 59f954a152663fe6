"""The command line: reads the words, calls one function of the house, and prints what it gives.

Exit status: 0 done; 1 done but with problems in the user's files, or a check that failed; 2 wrong use, or an archive
that cannot be read.
"""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from generator import __version__
from generator.problems import Problem, Refusal
from generator.settings import FILE
from generator.terminal import Progress, print_ledger, print_problems, printable, say

DONE, PROBLEMS, REFUSED = 0, 1, 2

Command = Callable[[argparse.Namespace], int]

_HELD: list[object] = []
"""What the last site was made from: the process ends with it, see `run`."""


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show a character must not end the work
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    args = _parser().parse_args(words, argparse.Namespace(root=None, json=False))
    try:
        status: int = args.command(args)
    except Refusal as refusal:
        return _report(args, {}, refusal.problems, REFUSED)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return DONE
    except OSError as error:  # a disk or a folder that no room could do without
        place = str(error.filename or "pressmark")
        problem = Problem(place, f"cannot be used: {error.strerror or error}", "check its permissions and the disk")
        return _report(args, {}, (problem,), REFUSED)
    return status


def run() -> NoReturn:
    """The program `pressmark`: one command, and the process ends as soon as all is said.

    Taking a large archive in memory apart, value by value, would keep the person waiting for a tenth of a second.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # nobody may be listening any more
            stream.flush()
    os._exit(status)


def _root(args: argparse.Namespace) -> Path:
    """The archive meant: the one named, else this folder or the nearest parent with settings."""
    if args.root is not None:
        root = Path(args.root).resolve()
        if not root.is_dir():
            raise Refusal(Problem(str(args.root), "is not a folder", "name the folder of an archive with --root"))
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    hint = "go into an archive, name one with --root DIR, or make one with `pressmark new DIR`"
    raise Refusal(Problem(FILE, "there is no archive here or in any parent folder", hint))


def _report(args: argparse.Namespace, values: dict[str, Any], problems: Sequence[Problem], status: int) -> int:
    """Prints the problems, and the JSON object where one is asked for; gives the status."""
    print_problems(problems, sys.stderr)
    if args.json:
        shown = {"status": status, **values, "problems": [problem.as_json() for problem in problems]}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    return status


def _progress(args: argparse.Namespace) -> Progress:
    return Progress(sys.stderr, args.json)


def _new(args: argparse.Namespace) -> int:
    from generator.beginning import new_archive

    folder = Path(args.folder)
    written = new_archive(folder)
    say(f"A new archive is in {args.folder}. Next: cd {args.folder} && pressmark build && pressmark serve", args.json)
    return _report(args, {"folder": str(folder.resolve()), "files": list(written)}, (), DONE)


def _import(args: argparse.Namespace) -> int:
    from generator.archive.filing import Action
    from generator.build import waiting_for_others
    from generator.importing import bring_in, difference, import_captures

    root = _root(args)
    _settled_settings(root)
    progress = _progress(args)
    with waiting_for_others(root, _warn):
        named = [Path(name) for name in args.captures]
        captures, problems = bring_in(root, named, dry_run=args.dry_run) if named else (None, [])
        done = import_captures(root, captures, dry_run=args.dry_run, progress=progress)
    progress.done()
    for filing in done.filings:
        if filing.action is Action.WAITS_FOR_REVIEW:
            why = "a person has edited it and its capture has changed; see `pressmark import --review`"
            say(f"{filing.path}: left as it is: {why}", args.json)
        else:
            would = "would be " if args.dry_run else ""
            say(f"{filing.capture} → {filing.path} ({would}{filing.action.value})", args.json)
        if args.dry_run or (args.review and filing.action is Action.WAITS_FOR_REVIEW):
            say(difference(root, filing), args.json)
    changed = sum(filing.action is not Action.WAITS_FOR_REVIEW for filing in done.filings)
    say(f"{changed} {'would be converted' if args.dry_run else 'converted'}, {done.settled} unchanged", args.json)
    problems = [*problems, *done.problems]
    filings = [
        {"capture": f.capture, "path": f.path, "action": f.action.value, "difference": difference(root, f)}
        if args.review or args.dry_run
        else {"capture": f.capture, "path": f.path, "action": f.action.value}
        for f in done.filings
    ]
    return _report(args, {"filings": filings, "unchanged": done.settled}, problems, PROBLEMS if problems else DONE)


def _explain(args: argparse.Namespace) -> int:
    from generator.archive.writing import written_article
    from generator.front_matter import read_front_matter
    from generator.importing import converted, read_capture

    path = Path(args.capture)
    root, inner = _capture_place(args, path)
    capture = read_capture(root, inner)
    conversion, ledger = converted(capture)
    text = written_article(conversion, inner, capture.sha256)
    values = {
        "capture": inner,
        "sha256": capture.sha256,
        "format": capture.format.value,
        "encoding": capture.encoding,
        "notes": list(capture.notes),
        "lines": len(capture.lines),
        "front_matter": {
            key: value for key, value in read_front_matter(inner, text)[0].values.items() if key != "capture"
        },
        "read": dict(conversion.read),
        "blocks": [entry.as_json() for entry in ledger.entries],
    }
    if not args.json:
        print(f"{inner}: {capture.format.value}, {capture.encoding}, {len(capture.lines)} lines")
        for note in capture.notes:
            print(f"  {note}")
        print()
        print_ledger(ledger.entries, sys.stdout)
        print("\nWhere the values of the front matter come from")
        for key, reason in conversion.read:
            print(f"  {key}: {printable(reason)}")
    return _report(args, values, (), DONE)


def _capture_place(args: argparse.Namespace, path: Path) -> tuple[Path, str]:
    """The archive and the path below it of a capture; a file outside any archive is explained as it stands."""
    try:
        root = _root(args)
    except Refusal:
        if args.root is not None or not path.is_file():
            raise
        return path.resolve().parent, path.name
    for candidate in (path if path.is_absolute() else Path.cwd() / path, root / path, root / "seeds" / path):
        if candidate.is_file():
            absolute = candidate.resolve()
            if absolute.is_relative_to(root):
                return root, absolute.relative_to(root).as_posix()
            return absolute.parent, absolute.name
    raise Refusal(Problem(str(path), "does not exist", "name a file, such as seeds/ferry.txt"))


def _options(args: argparse.Namespace, root: Path) -> Any:
    from generator.build import Options, place_of_site

    out = place_of_site(root, Path(args.out)) if args.out else None
    return Options(out, args.base_url, not args.no_search, getattr(args, "clean", False), args.jobs)


def _warn(text: str) -> None:
    say(text, as_json=True)


def _build(args: argparse.Namespace) -> int:
    from generator.build import build

    progress = _progress(args)
    root = _root(args)
    _HELD.clear()
    done = build(root, _options(args, root), progress, waits=_warn, held=_HELD)
    progress.done()
    for filing in done.imported.filings:
        say(f"{filing.capture} → {filing.path} ({filing.action.value})", args.json)
    seconds = sum(spent for _, spent in done.timings)
    say(
        f"{done.articles} articles, {done.pages} files: {done.rendered} written, {done.kept} kept, "
        f"{done.removed} removed, in {seconds:.2f} s → {_short(done.out)}",
        args.json,
    )
    if args.timings:
        for stage in done.stages:
            memory = max(stage.memory, stage.memory_of_others) / 1e6
            say(
                f"  {stage.name:<10} {stage.wall:8.3f} s  {stage.processor:8.3f} s of processors  {memory:6.0f} MB",
                args.json,
            )
    values = {
        "out": str(done.out),
        "articles": done.articles,
        "pages": done.pages,
        "rendered": done.rendered,
        "kept": done.kept,
        "removed": done.removed,
        "indexed": done.indexed,
        "imported": [{"capture": f.capture, "path": f.path, "action": f.action.value} for f in done.imported.filings],
        "timings": {stage: round(spent, 4) for stage, spent in done.timings},
        "stages": [
            {
                "name": stage.name,
                "wall": round(stage.wall, 4),
                "processor": round(stage.processor, 4),
                "memory": stage.memory,
                "memory_of_others": stage.memory_of_others,
            }
            for stage in done.stages
        ],
    }
    return _report(args, values, done.problems, PROBLEMS if done.problems else DONE)


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _watch(args: argparse.Namespace) -> int:
    from generator.watch import News, Wishes, watch

    known: set[Problem] = set()

    def report(news: News) -> None:
        if news.notice:
            say(news.notice, args.json)
        for path in sorted(news.changed)[:5]:
            say(f"changed: {path}", args.json)
        if len(news.changed) > 5:
            say(f"… and {len(news.changed) - 5} more", args.json)
        if news.build is not None and news.build.rendered + news.build.removed:
            seconds = sum(spent for _, spent in news.build.timings)
            say(f"{news.build.rendered} files written, {news.build.removed} removed, in {seconds:.2f} s", args.json)
        print_problems([problem for problem in news.problems if problem not in known], sys.stderr)
        if news.build is not None or news.problems:
            if known and not news.problems:
                say("No problems any more", args.json)
            known.clear()
            known.update(news.problems)

    def announce(address: str) -> None:
        say(f"Serving {address} – captures to be reviewed: {address}_review/ – Ctrl-C ends it", args.json)
        _show_address(args, address)

    try:
        root = _root(args)
        watch(root, _options(args, root), Wishes(args.host, args.port, args.poll), report, announce)
    except KeyboardInterrupt:
        say("", args.json)
    # Taking a large archive in memory apart, value by value, would keep the person waiting for half a second.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(DONE)


def _show_address(args: argparse.Namespace, address: str) -> None:
    """Tells a program where the site is served, and opens it for a person who asked for that."""
    if args.json:
        print(json.dumps({"status": DONE, "address": address}), flush=True)
    if args.open:
        import webbrowser

        webbrowser.open(address)


def _serve(args: argparse.Namespace) -> int:
    from generator.build import SITE
    from generator.watching.preview import open_preview

    root = _root(args)
    site = Path(args.out).resolve() if args.out else root / SITE
    if not (site / "index.html").is_file():
        raise Refusal(Problem(_short(site), "there is no built site", "run `pressmark build` first"))
    preview = open_preview(site, args.host, args.port, _settled_settings(root).base_path)
    say(f"Serving {preview.address} – Ctrl-C ends it", args.json)
    _show_address(args, preview.address)
    try:
        preview.serve_forever()
    except KeyboardInterrupt:
        say("", args.json)
    finally:
        preview.server_close()
    return DONE


def _settled_settings(root: Path) -> Any:
    from generator.settings import read_settings

    return read_settings(root)[0]


def _check(args: argparse.Namespace) -> int:
    from generator.checking import check

    problems = check(_root(args), Path(args.site).resolve() if args.site else None)
    say(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'} found", args.json)
    return _report(args, {}, problems, PROBLEMS if problems else DONE)


def _verify(args: argparse.Namespace) -> int:
    from generator.checking import verify

    agree, problems = verify(_root(args), Path(args.site).resolve() if args.site else None)
    say(f"{agree} files agree, {len(problems)} do not", args.json)
    return _report(args, {"agree": agree}, problems, PROBLEMS if problems else DONE)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--root", metavar="DIR", default=argparse.SUPPRESS, help="the archive (default: here or the nearest parent)"
    )
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")
    parser = argparse.ArgumentParser(
        prog="pressmark", parents=[shared], description="Turns captures of articles into a static archive that lasts."
    )
    parser.add_argument("--version", action="version", version=f"pressmark {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Command, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[shared], help=words, description=words[0].upper() + words[1:] + ".")
        made.set_defaults(command=run)
        return made

    new = command("new", _new, "make a new archive, ready to be built")
    new.add_argument("folder", metavar="DIR")

    imports = command("import", _import, "convert new and changed captures into content/")
    imports.add_argument("captures", nargs="*", metavar="CAPTURE", help="files or folders (default: all of seeds/)")
    imports.add_argument("--dry-run", action="store_true", help="show what would be done, write nothing")
    imports.add_argument("--review", action="store_true", help="show the conversions that wait for a person")

    explain = command("explain", _explain, "print what became of each block of a capture, and why")
    explain.add_argument("capture", metavar="CAPTURE")

    build = command("build", _build, "import, render and index into site/")
    _add_build_options(build)
    build.add_argument("--clean", action="store_true", help="make everything anew")
    build.add_argument("--timings", action="store_true", help="say where the time went")

    watch = command("watch", _watch, "build, serve, and build again on every change")
    _add_build_options(watch)
    _add_address(watch)
    watch.add_argument("--poll", action="store_true", help="look for changes instead of waiting for events")

    serve = command("serve", _serve, "serve a built site on this machine")
    serve.add_argument("--out", metavar="DIR", help="the site's folder (default: site/)")
    _add_address(serve)

    check = command("check", _check, "find every problem of the archive and the built site")
    check.add_argument("site", nargs="?", metavar="SITE", help="the site's folder (default: site/)")

    verify = command("verify", _verify, "compare site and captures with their fingerprints")
    verify.add_argument("site", nargs="?", metavar="SITE", help="the site's folder (default: site/)")
    return parser


def _add_build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="DIR", help="the site's folder (default: site/)")
    parser.add_argument("--base-url", metavar="URL", help="where the site will be published")
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes to use (default: one a core)")


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="N", help="default: 8000, or the next that is free")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")
    parser.add_argument("--open", action="store_true", help="open the site in the browser")
