"""`watch`: build, serve, and show every change at once, until it is interrupted.

One thread takes one message after another: settled changes, and how builds go. The page that is open is made first,
here; the site follows in a process of its own; the search index follows that, at low priority, and gives way to the
next change. No mistake in a file ends the watch: problems are shown, the last good site stays.
"""

import contextlib
import errno
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.archive.filing import Action
from generator.build import ADDRESS, SITE, STATE, WATCH, Build, Options, effective_settings
from generator.builder import Builder, Ended, Job, Progressed
from generator.page_first import PageFirst
from generator.problems import Problem, Refusal
from generator.publishing.lock import only_build
from generator.publishing.manifest import MANIFEST
from generator.review import Review
from generator.site.templates import bundled_templates
from generator.watching.audience import Audience
from generator.watching.changes import Changes
from generator.watching.excerpts import shown_problem
from generator.watching.preview import Live, Preview, open_preview
from generator.watching.showcase import Showcase
from generator.watching.snapshot import Snapshot, State

_LOST_COUNT = 1000
"""Changes in one burst from which on everything is looked at: the system may have dropped some."""
_LOOK_EVERY = 0.4
_HEADSTART = 0.15
"""Seconds for which a page that was made first has the machine to itself, before the site follows."""
_COMES_AND_GOES = ("content/", "seeds/")
_RETRIED = (".pressmark/lock",)


@dataclass(frozen=True, slots=True)
class News:
    """What a watch tells its person: a build with the changes that led to it, or a notice in words."""

    build: Build | None = None
    problems: tuple[Problem, ...] = ()
    changed: frozenset[str] = frozenset()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to watch: where the preview is served (no port: the first free one from 8000), and whether to poll."""

    host: str = "127.0.0.1"
    port: int | None = None
    poll: bool = False


Report = Callable[[News], None]


class Loaded:
    """The archive has been taken in: from now on, open pages can be made first."""


Message = frozenset[str] | Progressed | Ended | Loaded | None
"""Settled changes (an empty set: the site was lost), how a build goes, what was taken in, or None: end."""


class Watch:
    """One watch over the archive in `root`; `run` goes on until `stop` or an interruption."""

    def __init__(self, root: Path, options: Options, wishes: Wishes, report: Report) -> None:
        self._root, self._options, self._report = root, options, report
        site = (options.out or root / SITE).resolve()
        output = site.relative_to(root.resolve()).as_posix() if site.is_relative_to(root.resolve()) else ""
        self._site = site
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._changes = Changes(root, poll=wishes.poll, output=output)
        self._snapshot = Snapshot(root, output)
        self._showcase = Showcase(site)
        self._audience = Audience(self._showcase.digest)
        self._builder = Builder(root, options, self._inbox.put)
        self._page_first = PageFirst(root, options)
        self._loader: threading.Thread | None = None
        self._loaded = False
        self._missed: set[str] = set()
        own = bundled_templates() / "review"
        self._review = Review(
            root, own, lambda: self._page_first.articles, lambda: self._audience.tell("review", {"built": True})
        )
        self._base_path = "/"
        self._turn = 0
        self._tried: set[int] = set()
        self._pending: dict[str, State | None] = {}
        self._problems: tuple[Problem, ...] = ()
        self._ready = self._lost = self._again = False
        self._build_at = 0.0
        live = Live(self._audience, own, self._review.answer, self._is_ready)
        self.preview: Preview = open_preview(self._showcase, wishes.host, wishes.port, lambda: self._base_path, live)

    def run(self, announce: Callable[[str], None]) -> None:
        """Watches; `announce` is told the preview's address. A build that is running ends with it."""
        with _only_watch(self._root, self._site, self.preview.address), self._changes as changes:
            announce(self.preview.address)
            self._tell_if_polling(changes.notice)
            self._snapshot.take()
            for work in (self.preview.serve_forever, self._pass_on_changes):
                threading.Thread(target=work, daemon=True).start()
            self._ready = (self._site / MANIFEST).is_file()
            try:
                self._build()
                while (message := self._next()) is not None:
                    self._take(message)
            finally:
                self._builder.close()
                self._audience.close()
                self._review.close()
                self.preview.server_close()

    def end(self) -> None:
        """Has `run` end as soon as it can; may be called from a signal's handler."""
        self._inbox.put(None)

    def stop(self) -> None:
        """Ends `run` and the preview, from another thread."""
        self.end()
        self.preview.shutdown()

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is built, nothing waits to be built, and the archive has been read."""
        return (
            self._builder.job is None
            and not self._build_at
            and not self._pending
            and self._inbox.empty()
            and self._ready
            and self._loaded
        )

    def _next(self) -> Message:
        while True:
            # While a build writes, open pages are looked at again now and then; else nothing is done at all.
            patience = _LOOK_EVERY if self._builder.job else None
            if self._build_at:
                patience = max(0.0, self._build_at - time.monotonic())
            try:
                return self._inbox.get(timeout=patience)
            except queue.Empty:
                if self._build_at:
                    self._build()
                else:
                    self._audience.look_again()

    def _take(self, message: frozenset[str] | Progressed | Ended | Loaded) -> None:
        if isinstance(message, Progressed):
            progress = {"stage": message.stage, "done": message.done, "total": message.total}
            self._audience.tell("progress", progress)
        elif isinstance(message, Ended):
            self._take_end(message)
        elif isinstance(message, Loaded):
            self._loaded = True
            missed, self._missed = frozenset(self._missed), set()
            if missed:
                self._show_first(missed)
        else:
            self._take_changes(message)

    def _take_changes(self, paths: frozenset[str]) -> None:
        found = self._snapshot.everything() if len(paths) > _LOST_COUNT else self._snapshot.differences(paths)
        job = self._builder.job
        if not found and not self._lost:
            # What went away and came back as it was may have been missed by the build that is looking just now.
            self._again = self._again or (job is not None and not job.in_background)
            return
        self._snapshot.remember(found)
        self._pending |= found
        self._turn += 1
        if self._builder.job is not None and self._builder.job.in_background:
            self._builder.kill()
        was_shown = self._show_first(frozenset(found))
        if self._builder.job is None:
            self._build_at = time.monotonic() + (_HEADSTART if was_shown else 0.0)

    def _show_first(self, changed: frozenset[str]) -> bool:
        """Makes the open pages that these files concern; gives whether there were any."""
        if not self._loaded:
            self._missed |= changed
            return False

        def shown(pages: Mapping[str, bytes]) -> None:
            self._showcase.put(pages, self._turn)
            self._audience.look_again()

        try:
            ahead = self._page_first.show(changed, self._audience.pages(), shown)
        except Exception as error:  # a page made ahead is a favour: the build tells what is wrong
            self._report(News(notice=f"The open page waits for the build ({type(error).__name__}: {error})"))
            return False
        self._audience.lead(ahead.moved)
        self._showcase.hold(ahead.faulty)
        kept = tuple(problem for problem in self._problems if problem.path not in changed)
        self._show_problems(tuple(dict.fromkeys(ahead.problems + kept)))
        self._audience.tell("review", {"built": False})
        return bool(ahead.pages)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self._problems = problems
        self._audience.tell("problems", [shown_problem(self._root, problem) for problem in problems], lasting=True)

    def _build(self) -> None:
        self._lost = self._again = False
        self._build_at = 0.0
        self._changed, self._pending = frozenset(self._pending), {}
        self._builder.start(Job(self._turn))

    def _take_end(self, ended: Ended) -> None:
        done = ended.build
        self._again = self._again or any(self._is_back(problem) for problem in ended.problems)
        problems = tuple(
            problem for problem in ended.problems if not self._is_gone(problem) and not self._is_back(problem)
        )
        self._show_problems(problems)
        if done is not None:
            with contextlib.suppress(Refusal):
                self._base_path = effective_settings(self._root, self._options)[0].base_path
            if not ended.job.in_background:
                self._take_imports(done)
            self._showcase.settle(ended.job.turn)
            self._ready = True
            self._audience.tell("ready", {}, lasting=True)
            self._begin_loading()
        self._audience.look_again()
        if done is not None and not ended.goes_on:
            self._audience.tell("search", {"behind": False}, lasting=True)
        if ended.job.in_background:
            if done is None or problems:
                self._report(News(done, problems))
        else:
            self._report(News(done, problems, self._changed))
            self._audience.tell("review", {"built": True})
        self._follow(ended)

    def _follow(self, ended: Ended) -> None:
        """What comes next: changes that came meanwhile, another try where another build was in the way, the index."""
        is_torn = self._turn not in self._tried and any(_is_torn(problem) for problem in ended.problems)
        if self._pending or self._again or is_torn or any(problem.path in _RETRIED for problem in ended.problems):
            self._tried = {self._turn} if is_torn else self._tried
            self._builder.kill()  # what may go on in the background knows nothing of the changes
            self._build()
        elif ended.goes_on:
            self._audience.tell("search", {"behind": True}, lasting=True)

    def _take_imports(self, done: Build) -> None:
        """Articles that the build has just written are no news to it, but they are to the pages made ahead."""
        filings = [one for one in done.imported.filings if one.action is not Action.WAITS_FOR_REVIEW]
        written = {filing.path: filing.text for filing in filings}
        for path, text in written.items():
            self._snapshot.expect(path, text)
        found = self._snapshot.differences(self._pending.keys() & written.keys())
        self._pending = {path: state for path, state in self._pending.items() if path not in written or path in found}
        if written:
            self._show_first(frozenset(written))

    def _is_gone(self, problem: Problem) -> bool:
        """Whether a problem is that of a file which was moved or deleted while it was built: the next build knows."""
        return problem.path.startswith(_COMES_AND_GOES) and not os.path.lexists(self._root / problem.path)

    def _is_back(self, problem: Problem) -> bool:
        """Whether a problem is that of a file which was away for a moment while it was built: it is built again."""
        is_missing = os.strerror(errno.ENOENT) in problem.message
        return is_missing and problem.path.startswith(_COMES_AND_GOES) and (self._root / problem.path).is_file()

    def _is_ready(self) -> bool:
        """Whether there is a site to be served; one that was removed is built anew."""
        if self._ready and not self._lost and not (self._site / MANIFEST).is_file():
            self._lost = True
            self._inbox.put(frozenset())
        return self._ready and not self._lost

    def _pass_on_changes(self) -> None:
        notice = self._changes.notice
        for paths in self._changes:
            if self._changes.notice != notice:
                notice = self._changes.notice
                self._tell_if_polling(notice)
            self._inbox.put(paths)

    def _tell_if_polling(self, notice: str) -> None:
        if notice:
            self._report(News(notice=f"Changes are looked for once a second: {notice}"))

    def _begin_loading(self) -> None:
        """Has the archive taken in once a build has read it, which is quicker than reading it a second time."""
        if self._loader is None or not (self._loaded or self._loader.is_alive()):
            self._loader = threading.Thread(target=self._load, daemon=True)
            self._loader.start()

    def _load(self) -> None:
        try:
            self._page_first.load()
        except (Refusal, OSError):  # the build tells what is wrong, and the next one is tried again
            return
        self._inbox.put(Loaded())


def _is_torn(problem: Problem) -> bool:
    """Whether a page was taken from the site while the index was made of it: the next build makes it anew."""
    return problem.path == "pagefind" and os.strerror(errno.ENOENT) in problem.message


@contextlib.contextmanager
def _only_watch(root: Path, site: Path, address: str) -> Iterator[None]:
    """Makes sure that no other watch builds the same site; raises Refusal that says where the other one is."""
    folder = root / STATE / WATCH
    note = folder / ADDRESS
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(only_build(folder, patience=0))
        except Refusal:
            said = note.read_text("utf-8").splitlines() if note.is_file() else []
            other, where = [*said, "", ""][:2]
            if where == os.fspath(site):
                hint = f"open {other}, or stop that watch first; --out DIR builds another site beside it"
                raise Refusal(Problem(root.name, f"is watched already, at {other}", hint)) from None
        else:
            note.write_text(f"{address}\n{site}\n", "utf-8")
        yield


def watch(root: Path, options: Options, wishes: Wishes, report: Report, announce: Callable[[str], None]) -> None:
    """Watches the archive in `root` until it is interrupted; `announce` is told the preview's address."""
    made = Watch(root, options, wishes, report)

    def end(number: int, _: object) -> None:
        made.end()
        signal.signal(number, signal.default_int_handler)  # whoever asks twice does not wait

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
    made.run(announce)
