"""Thousands of random operations under a watch: it must end with the site of a clean build, and must not have grown.

    python benchmarks/watch_soak.py --operations 2000 --seed 6

The seed is printed; the same seed does the same to the archive.
"""

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MOST = 300
"""Articles that the archive holds at most after a burst."""

BROKEN = {
    "front matter": "---\ntitle: [\n---\n\nText.\n",
    "date": "---\ntitle: A day that never was\ndate: 2022-02-30\n---\n\nText.\n",
    "no front matter": "Only text.\n",
}
CAPTURE = (
    "Night ferry {number}\n\nBy Imogen Starling\n\n"
    + "The ferry sails at night, and the harbour is full of people who wait for it. " * 6
)


class Mischief:
    """What people and programs do to an archive, drawn by a seeded generator."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.count = 0
        self.broken: dict[Path, str | None] = {}
        self.deeds: tuple[Callable[[], None], ...] = (
            self.save, self.save, self.save, self.save_by_rename, self.save_as_vim, self.add, self.delete, self.rename,
            self.move_folder, self.burst, self.break_article, self.break_settings, self.break_template, self.style, self.capture,
            self.change_capture, self.drop_page, self.switch_branch, self.scatter, self.renew_folder,
        )  # fmt: skip
        (root / "content").mkdir(parents=True, exist_ok=True)
        (root / "seeds").mkdir(exist_ok=True)
        if not (root / "pressmark.toml").exists():
            (root / "pressmark.toml").write_text('[archive]\nname = "Soak"\n')
        for _ in range(12):
            self.add()
        self._git("init", "-q", "-b", "one")
        self._git("add", "content", "seeds", "pressmark.toml")
        self._git("commit", "-qm", "start")
        self._git("branch", "two")

    def do(self) -> str:
        """Does one thing; gives its name."""
        self.count += 1
        deed = self.chance.choice(self.deeds)
        if self.broken and self.chance.random() < 0.3:
            deed = self.mend
        deed()
        return deed.__name__

    def mend(self) -> None:
        """Everything that was broken is whole again."""
        for file, text in self.broken.items():
            if text is None:
                file.unlink(missing_ok=True)
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
        self.broken = {}

    def save(self) -> None:
        self._one().write_text(self._article())

    def save_by_rename(self) -> None:
        file = self._one()
        fresh = file.with_name("save-x1")
        fresh.write_text(self._article())
        fresh.replace(file)

    def save_as_vim(self) -> None:
        file = self._one()
        (file.parent / "4913").write_text("")
        (file.parent / "4913").unlink()
        backup = file.with_name(file.name + "~")
        file.rename(backup)
        file.write_text(self._article())
        backup.unlink()

    def add(self) -> None:
        folder = self.root / "content" / self.chance.choice(("", "2021", "2022", "deep/er"))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"n{self.chance.randrange(10_000)}.md").write_text(self._article())

    def delete(self) -> None:
        if len(self._articles()) > 6:
            self._one().unlink()

    def rename(self) -> None:
        file = self._one()
        file.rename(file.with_name(f"r{self.chance.randrange(10_000)}.md"))

    def move_folder(self) -> None:
        folders = [path for path in sorted((self.root / "content").iterdir()) if path.is_dir()]
        if folders:
            folder = self.chance.choice(folders)
            places = [folder.with_name(f"f{self.chance.randrange(1000)}") for _ in range(9)]
            folder.rename(next(place for place in places if not place.exists()))

    def burst(self) -> None:
        for _ in range(self.chance.randrange(5, 40)):
            self.add()
        # The archive stays of one size, or what it takes to hold more articles would look like a leak.
        articles = self._articles()
        for file in self.chance.sample(articles, max(0, len(articles) - _MOST)):
            file.unlink()

    def break_article(self) -> None:
        file = self._one()
        self.broken.setdefault(file, self._article())
        file.write_text(BROKEN[self.chance.choice(sorted(BROKEN))])

    def break_settings(self) -> None:
        file = self.root / "pressmark.toml"
        self.broken.setdefault(file, '[archive]\nname = "Soak"\n')
        if self.chance.random() < 0.5:
            file.unlink(missing_ok=True)
        else:
            file.write_text("[archive\n")

    def break_template(self) -> None:
        file = self.root / "templates" / "article.html"
        file.parent.mkdir(exist_ok=True)
        self.broken.setdefault(file, None)
        file.write_text(self.chance.choice(("{% if %}", "{{ nothing.at.all }}", "{% extends 'nowhere.html' %}")))

    def style(self) -> None:
        file = self.root / "templates" / "assets" / "own.css"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"/* {self.chance.random()} */\n")

    def capture(self) -> None:
        number = self.chance.randrange(1000)
        (self.root / "seeds").mkdir(exist_ok=True)  # a branch without captures has no such folder
        (self.root / "seeds" / f"capture-{number}.txt").write_text(CAPTURE.format(number=number))

    def change_capture(self) -> None:
        captures = sorted((self.root / "seeds").glob("*.txt"))
        if captures:
            file = self.chance.choice(captures)
            file.write_text(
                file.read_text()
                + f"\nOne more sentence, the {self.count}th, which was added to the capture afterwards by somebody.\n"
            )

    def drop_page(self) -> None:
        pages = sorted((self.root / "site").glob("*/*/index.html"))
        if pages:
            self.chance.choice(pages).unlink(missing_ok=True)
        self.save()  # what is missing in the site is noticed by the next build

    def switch_branch(self) -> None:
        self._git("add", "-A", "content", "seeds")
        self._git("commit", "-qm", f"{self.count}", "--allow-empty")
        self._git("checkout", "-qf", self.chance.choice(("one", "two")))

    def renew_folder(self) -> None:
        """A folder goes and comes back at once: a disk gives it the number it had."""
        folders = [self.root / "seeds", *sorted(path for path in (self.root / "content").iterdir() if path.is_dir())]
        folder = self.chance.choice(folders)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        if folder.name == "seeds":
            self.capture()
        else:
            (folder / f"n{self.chance.randrange(10_000)}.md").write_text(self._article())

    def scatter(self) -> None:
        """What a watch must not care about."""
        for name in (".x.md.swp", "x.md~", "#x.md#", "4913", "x.md___jb_tmp___"):
            (self.root / "content" / name).write_text("dropping")
            (self.root / "content" / name).unlink()

    def _articles(self) -> list[Path]:
        return sorted((self.root / "content").rglob("*.md"))

    def _one(self) -> Path:
        while not self._articles():
            self.add()
        return self.chance.choice(self._articles())

    def _article(self) -> str:
        number = self.chance.randrange(100_000)
        words = " ".join(self.chance.choices(("harbour", "ferry", "night", "council", "engine", "quay"), k=40))
        date = self.chance.choice(("", f"date: {self.chance.randrange(1990, 2025)}-0{self.chance.randrange(1, 9)}\n"))
        return f"---\ntitle: Article {number}\nauthor: [Ada Byron, Imogen Starling]\n{date}tags: [{words.split()[0]}]\n---\n\n{words}.\n"

    def _git(self, *words: str) -> None:
        config = ("-c", "user.name=soak", "-c", "user.email=soak@example.org", "-c", "gc.auto=0")
        # An import may put a file in place while git looks: what fails then is part of the mischief.
        subprocess.run(["git", *config, "-C", self.root, *words], check=False, capture_output=True)


def published(site: Path) -> dict[str, bytes]:
    """All files of a site with their bytes."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The files that are not the same in two sites."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _build(root: Path, *words: str) -> None:
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), *words]
    subprocess.run(command, cwd=Path(__file__).parents[1], check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    """Runs the soak; 1 when the end is not that of a clean build, or when the watch has grown."""
    from watch import family, is_working, memory, running, wait_for

    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--operations", type=int, default=2000)
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    args = words.parse_args()
    print(f"seed {args.seed}", flush=True)
    place = Path(tempfile.mkdtemp(prefix="watch-soak-"))
    root = place / "archive"
    mischief = Mischief(root, args.seed)
    command = [sys.executable, "-m", "generator", "watch", "--root", str(root), "--port", "0"]
    figures: dict[str, list[Any]] = {"memory": [], "handles": [], "processes": []}

    def rest(process: int) -> None:
        quiet = 0
        while quiet < 3:
            time.sleep(0.4)
            quiet = 0 if is_working(process) else quiet + 1

    said = place / "said.txt"
    with said.open("wb") as output, running(command, cwd=Path(__file__).parents[1], output=output) as process:
        wait_for((root / "site" / "search" / "index" / "pagefind.js").exists)
        for number in range(1, args.operations + 1):
            deed = mischief.do()
            output.write(f"-- {number} {deed} {time.time():.3f}\n".encode())
            output.flush()
            time.sleep(mischief.chance.choice((0.0, 0.01, 0.05, 0.2, 0.6)))
            if number % max(1, args.operations // 10) == 0:
                rest(process.pid)
                figures["memory"].append(memory(process.pid))
                figures["handles"].append(sum(1 for _ in Path(f"/proc/{process.pid}/fd").iterdir()))
                figures["processes"].append(len(family(process.pid)))
                print(
                    number,
                    {name: values[-1] for name, values in figures.items()},
                    len(list((root / "content").rglob("*.md"))),
                    flush=True,
                )
        mischief.mend()
        mischief.save()
        rest(process.pid)
        assert process.poll() is None, "the watch has ended"
    shutil.copytree(root, place / "as-watched", symlinks=True)
    _build(root, "--out", str(place / "clean"), "--clean")
    before, after = published(root / "site"), published(place / "clean")
    different = differing(before, after)
    print(f"{len(after)} files, {len(different)} differ from a clean build {different[:5]}")
    if different:
        # What the next build mends was missed by the watch; what it does not, the record believes.
        _build(root)
        print(f"after one more build {len(differing(published(root / 'site'), after))} differ; all is kept in {place}")
    else:
        shutil.rmtree(place, ignore_errors=True)
    verdicts = {
        "the site is that of a clean build": not different,
        **{f"no leak of {name} (the last third beside the one before)": not leaks(figures[name]) for name in figures},
    }
    for name, values in figures.items():
        print(f"{name:<10} {values}")
    for bar, is_met in verdicts.items():
        print(f"{'met   ' if is_met else 'MISSED'}  {bar}")
    return 0 if all(verdicts.values()) else 1


def leaks(values: list[float]) -> bool:
    """Whether a figure has grown by more than a tenth, from the second third of the time to the last."""
    third = max(1, len(values) // 3)
    before, after = values[third : 2 * third] or values[:1], values[-third:]
    return statistics.median(after) > 1.1 * statistics.median(before) + 1


if __name__ == "__main__":
    sys.exit(main())
