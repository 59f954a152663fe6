"""After any sequence of changes the site is, byte for byte, what a clean build gives: nothing else may be forgotten."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from generator import index_shards, making, stages
from generator.build import Options, build
from generator.search import chunks, shards
from generator.site import listings, machines
from tests.build.conftest import SOAK, built_clean, differences, tree_of

NAMES = st.sampled_from(["ferry", "harbour", "lamps", "mill", "orchard", "tram"])
PEOPLE = st.sampled_from(["Ada Byron", "Jose Lamar", "José Lamar", "Tilda Okoro"])
TAGS = st.lists(st.sampled_from(["noise", "Noise", "ferries", "light", "läufe"]), max_size=2, unique=True)
BODIES = st.sets(st.sampled_from(["Port Office", "Mill Union", "Quay Museum"]), max_size=2)
DATES = st.sampled_from(["", "2019-03-04", "2019-03", "2020", "2021~", "1911/1912", "2021-12-31"])
ACCESS = st.sampled_from(["", "", "", "record", "withdrawn"])
TEXTS = st.sampled_from(
    [
        "Some words about boats.",
        "## A heading\n\nMore words, and *some* emphasis.\n\n- one\n- two",
        "![A picture](pictures/quay.png)",
        "See [the other](ferry.md) and [[mill]].",
        "Words with `code`.\n\n> A quotation.",
    ]
)
LIMITS = (
    (shards, "LIMIT", 2),
    (index_shards, "FEWER", 1),
    (chunks, "CHUNK", 20),
    (making, "MANY", 2),
    (stages, "_MUCH", 100_000),
    (listings, "LONGEST_LISTING", 2),
    (listings, "LONGEST_INDEX", 2),
    (machines, "WHOLE_SITEMAP", 2),
)
"""What is done otherwise, or cut, where there is much of it: here already where there is little."""
PNG = b"\x89PNG\r\n\x1a\n"


class WarmEqualsCold(RuleBasedStateMachine):
    """An archive that somebody works on; it is built after every change, with the record of all builds before."""

    files = Bundle("files")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "archive"
        (self.root / "content").mkdir(parents=True)
        self.limits = [(room, name, getattr(room, name)) for room, name, _ in LIMITS]
        for room, name, limit in LIMITS:
            setattr(room, name, limit)
        self.name = "An archive"
        self.options: dict[str, object] = {"search": False, "jobs": 1}
        self.written = 0
        self.settle("An archive", "")

    def teardown(self) -> None:
        if hasattr(self, "limits"):
            for room, name, limit in self.limits:
                setattr(room, name, limit)
            shutil.rmtree(self.folder)

    @rule(
        target=files,
        name=NAMES,
        number=st.integers(0, 3),
        author=PEOPLE,
        tags=TAGS,
        bodies=BODIES,
        date=DATES,
        access=ACCESS,
        text=TEXTS,
    )
    def write(
        self,
        *,
        name: str,
        number: int,
        author: str,
        tags: list[str],
        bodies: set[str],
        date: str,
        access: str,
        text: str,
    ) -> Path:
        """A new article, or another text for one that is there."""
        path = self.root / "content" / f"{name}{number or ''}.md"
        lines = [f"title: {name}", f"author: [{author}]", f"tags: [{', '.join(tags)}]", f"slug: {name}{number}"]
        lines += [f"date: {date}"] if date else []
        lines += [f"access: {access}", "abstract: What it says."] if access else []
        lines += ["sources:", *(f"  - {{name: {body}}}" for body in sorted(bodies))] if bodies else []
        lines += ["aliases: [/old/]"] if number == 3 else []
        path.write_text("---\n" + "\n".join(lines) + f"\n---\n\n{text}\n", "utf-8")
        return path

    @rule(file=files, text=TEXTS)
    def edit_text(self, file: Path, text: str) -> None:
        if file.exists():
            head = file.read_text("utf-8").split("\n---\n", 1)[0]
            file.write_text(f"{head}\n---\n\n{text}\n", "utf-8")

    @rule(file=consumes(files))
    def remove(self, file: Path) -> None:
        file.unlink(missing_ok=True)

    @rule(target=files, file=consumes(files), number=st.integers(10, 12))
    def rename(self, file: Path, number: int) -> Path:
        target = file.with_name(f"renamed{number}.md")
        if file.exists():
            file.replace(target)
        return target

    @rule(
        name=st.sampled_from(["An archive", "Another archive"]),
        more=st.sampled_from(["", "newest = 2", 'footer = "The foot"']),
    )
    def settle(self, name: str, more: str) -> None:
        text = f'[archive]\nname = "{name}"\nbase_url = "https://archive.example/x/"\n[site]\n{more}\n'
        (self.root / "pressmark.toml").write_text(text, "utf-8")

    @rule(
        words=st.sampled_from(["one", "two"]),
        name=st.sampled_from(["parts/names.html", "record.html", "assets/page.js"]),
    )
    def change_template(self, words: str, name: str) -> None:
        file = self.root / "templates" / name
        bundled = Path(__file__).parents[2] / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        note = f"// {words}\n" if name.endswith(".js") else f"{{# {words} #}}<!-- {words} -->"
        text = bundled.read_text("utf-8")
        file.write_text(text + note if name != "record.html" else text, "utf-8")

    @rule()
    def forget_templates(self) -> None:
        shutil.rmtree(self.root / "templates", ignore_errors=True)

    @rule(end=st.binary(max_size=3))
    def put_picture(self, end: bytes) -> None:
        (self.root / "content" / "pictures").mkdir(exist_ok=True)
        (self.root / "content" / "pictures" / "quay.png").write_bytes(PNG + end)

    @rule()
    def remove_picture(self) -> None:
        shutil.rmtree(self.root / "content" / "pictures", ignore_errors=True)

    @rule(words=st.sampled_from(["About us.", "About them."]))
    def write_page(self, words: str) -> None:
        (self.root / "content" / "pages").mkdir(exist_ok=True)
        (self.root / "content" / "pages" / "about.md").write_text(f"---\ntitle: About\n---\n{words}\n", "utf-8")

    @rule(
        words=st.sampled_from(
            ["A story of the harbour, long enough to be one.", "Another story, of mills and of their noise."]
        )
    )
    def put_capture(self, words: str) -> None:
        (self.root / "seeds").mkdir(exist_ok=True)
        (self.root / "seeds" / "story.txt").write_text(f"A story\n\n{words}\n", "utf-8")

    @rule(search=st.booleans(), jobs=st.sampled_from([1, 2]))
    def choose(self, search: bool, jobs: int) -> None:
        self.options = {"search": search, "jobs": jobs}

    @rule(places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=40))
    def flip_bits_of_record(self, places: list[tuple[float, int]]) -> None:
        """What a failing disk does; the file may still open, and know less."""
        record = self.root / ".pressmark" / "build.sqlite"
        if record.exists():
            data = bytearray(record.read_bytes())
            for place, bit in places:
                data[int(place * len(data))] ^= 1 << bit
            record.write_bytes(data)

    @rule(harm=st.sampled_from(["lost", "cut", "other words", "older"]))
    def harm_record(self, harm: str) -> None:
        record = self.root / ".pressmark" / "build.sqlite"
        if harm == "lost":
            shutil.rmtree(self.root / ".pressmark", ignore_errors=True)
        elif record.exists() and harm == "cut":
            record.write_bytes(record.read_bytes()[:3000])
        elif record.exists() and harm == "older":
            import sqlite3

            with sqlite3.connect(record) as connection:
                connection.execute("PRAGMA user_version = 1")
            connection.close()
        elif record.exists():
            record.write_bytes(b"these are other words" * 500)

    @rule(harm=st.sampled_from(["a stranger", "a lost page", "a changed page", "a leftover"]))
    def harm_site(self, harm: str) -> None:
        site = self.root / "site"
        if not site.exists():
            return
        if harm == "a stranger":
            (site / "strange").mkdir(exist_ok=True)
            (site / "strange" / "thing.html").write_text("strange")
        elif harm == "a lost page":
            (site / "index.html").unlink(missing_ok=True)
        elif harm == "a changed page":
            (site / "404.html").write_text("changed")
        else:
            (site / "index.html.77.pressmark-unfinished").write_text("<!doc")

    @rule(zone=st.sampled_from(["UTC", "Pacific/Kiritimati"]), epoch=st.sampled_from(["0", "1700000000"]))
    def travel(self, zone: str, epoch: str) -> None:
        os.environ.update(TZ=zone, SOURCE_DATE_EPOCH=epoch)
        time.tzset()

    @rule()
    def wait(self) -> None:
        """What is older than a tick of the clock is relied on by the next build."""
        time.sleep(0.12)

    @invariant()
    def warm_equals_cold(self) -> None:
        if not hasattr(self, "options"):
            return
        build(self.root, Options(**self.options))  # type: ignore[arg-type]
        warm = tree_of(self.root / "site")
        cold = built_clean(self.root, self.folder / "elsewhere", search=self.options["search"])
        assert differences(warm, cold) == []


TestWarmEqualsCold = WarmEqualsCold.TestCase
TestWarmEqualsCold.settings = settings(
    max_examples=500 if SOAK else 8,
    stateful_step_count=12 if SOAK else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
