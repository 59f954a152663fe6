"""The review room: whom it answers, what it writes, and how it is used in a real browser."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.archive.reading import read_article
from generator.build import STATE
from generator.publishing.lock import only_build
from generator.review import Review
from generator.site.templates import bundled_templates
from generator.watching.rooms import TOKEN
from generator.watching.rooms import Visit as Asked
from tests.review.test_decisions import FERRY
from tests.review.test_labels import NOTES, PAGE
from tests.watching.conftest import Watched, wait_for
from tests.watching.test_watch import ask

Start = Callable[..., Watched]
Visit = Callable[[str], Any]


@pytest.fixture
def reviewed(archive: Any, watch: Start) -> Iterator[Watched]:
    archive.write("seeds/ferry.txt", FERRY)
    archive.write("seeds/notes.md", "---\ntitle: Notes\n---\n\nText of the notes.\n")
    yield watch(archive.root).settle()


def token_of(started: Watched) -> str:
    found = re.search(rb'name="pressmark-token" content="([^"]+)"', ask(started.address, "/_review/")[2])
    assert found
    return found[1].decode()


def post(started: Watched, path: str, values: dict[str, str], **headers: str) -> tuple[int, str]:
    host = started.address.removeprefix("http://").rstrip("/")
    sent = {
        "Host": host,
        "Origin": f"http://{host}",
        TOKEN: token_of(started),
        "Content-Type": "application/json",
    } | headers
    status, _, data = ask(started.address, f"/_review/{path}", "POST", sent, json.dumps(values).encode())
    try:
        return status, json.loads(data)["message"]
    except ValueError:
        return status, data.decode()


def files(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for folder in ("content", "seeds")
        for file in (root / folder).rglob("*")
        if file.is_file()
    }


def test_captures_are_listed_with_their_confidence(reviewed: Watched) -> None:
    page = wait_for(
        lambda: assessed if b"still being assessed" not in (assessed := ask(reviewed.address, "/_review/")[2]) else b""
    ).decode()
    assert page.count("%</meter>") == 2
    assert "content/ferry.md" in page
    assert "no author was found" in page  # of the notes
    doubtful = ask(reviewed.address, "/_review/?show=doubtful")[2].decode()
    assert "seeds/notes.md" in doubtful


@pytest.mark.parametrize(
    "wrong",
    [{TOKEN: "guess"}, {"Origin": "http://evil.example"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}],
)  # fmt: skip
def test_no_other_page_may_write(reviewed: Watched, wrong: dict[str, str]) -> None:
    before = files(reviewed.root)
    status, _ = post(reviewed, "value", {"file": "seeds/ferry.txt", "key": "title", "value": "Hijacked"}, **wrong)
    assert status == 403
    assert files(reviewed.root) == before


@pytest.mark.parametrize(
    ("path", "values", "status"),
    [("value", {"file": "seeds/../pressmark.toml", "key": "title", "value": "x"}, 422), ("value", {"file": "/etc/passwd", "key": "title", "value": "x"}, 422),
     ("value", {"file": "seeds/ferry.txt", "key": "slug", "value": "x"}, 422), ("value", {"file": "seeds/ferry.txt", "key": "date", "value": "21 Mai"}, 422),
     ("label", {"file": "seeds/ferry.txt", "key": "0" * 16, "value": "heading"}, 422), ("label", {"file": "seeds/ferry.txt", "key": "0" * 16, "value": "sermon"}, 422),
     ("label", {}, 400), ("burn", {"file": "seeds/ferry.txt"}, 404)],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_written(
    reviewed: Watched, path: str, values: dict[str, str], status: int
) -> None:
    before = files(reviewed.root)
    assert post(reviewed, path, values)[0] == status
    assert files(reviewed.root) == before


def test_a_value_is_written_beside_the_article_and_rebuilt(reviewed: Watched) -> None:
    assert post(reviewed, "value", {"file": "seeds/ferry.txt", "key": "date", "value": "2022-05~"}) == (200, "Written.")
    wait_for(lambda: "date: 2022-05~" in (reviewed.root / "content/ferry.md").read_text())
    assert 'date = "2022-05~"' in (reviewed.root / "content/ferry.review.toml").read_text()
    wait_for((reviewed.site / "2022/night-ferry-to-brackwater/index.html").exists)
    assert post(reviewed, "value", {"file": "seeds/ferry.txt", "key": "date", "value": ""})[0] == 200
    wait_for(lambda: not (reviewed.root / "content/ferry.review.toml").exists())


def test_a_value_that_stands_there_already_is_not_waited_for(reviewed: Watched) -> None:
    asked = {"file": "seeds/ferry.txt", "key": "language", "value": "de"}
    assert post(reviewed, "value", asked) == (200, "Written.")
    assert post(reviewed, "value", asked) == (200, "This is what stands there already.")


def test_a_decision_is_in_the_article_before_any_build(reviewed: Watched) -> None:
    with only_build(reviewed.root / STATE):  # no build can begin as long as this one seems to go on
        assert post(reviewed, "value", {"file": "seeds/notes.md", "key": "title", "value": "Notes of mine"})[0] == 200
        assert 'title: "Notes of mine"' in (reviewed.root / "content/notes.md").read_text()
    before = (reviewed.root / "content/notes.md").read_bytes()
    reviewed.settle()
    assert (reviewed.root / "content/notes.md").read_bytes() == before


def test_what_a_capture_states_itself_has_no_label_to_be_set(reviewed: Watched) -> None:
    page = ask(reviewed.address, "/_review/capture?file=seeds/notes.md")[2].decode()
    block = re.search(r'data-block="(\w+)"[^>]*aria-label="front-matter, lines 2 ', page)
    assert block
    asked = {"file": "seeds/notes.md", "key": block[1], "value": "heading"}
    assert post(reviewed, "label", asked) == (422, "states this in its front matter – set the value itself")


def test_what_was_saved_a_moment_ago_is_not_overwritten_by_a_decision(reviewed: Watched) -> None:
    file = reviewed.root / "content/ferry.md"
    article, _ = read_article("content/ferry.md", file.read_text("utf-8"), "")
    assert article
    room = Review(reviewed.root, bundled_templates() / "review", lambda: {article.path: article}, lambda: None)
    listed = room.answer(Asked("GET", "/_review/capture", {"file": "seeds/ferry.txt"}))
    assert listed
    (token,) = re.findall(rb'name="pressmark-token" content="([^"]+)"', listed.data)
    file.write_text(file.read_text("utf-8") + "\nA line of mine.\n", "utf-8")
    headers = {"host": "127.0.0.1", "origin": "http://127.0.0.1", TOKEN: token.decode()}
    body = json.dumps({"file": "seeds/ferry.txt", "key": "date", "value": "2022-05~"}).encode()
    answer = room.answer(Asked("POST", "/_review/value", {}, headers, body))
    room.close()
    assert answer
    assert answer.status == 200
    text = file.read_text("utf-8")
    assert "A line of mine." in text
    assert "2022-05~" in text


def test_an_edited_article_waits_and_a_person_decides(reviewed: Watched) -> None:
    article = reviewed.root / "content/ferry.md"
    article.write_text(article.read_text() + "\nMy own line.\n")
    (reviewed.root / "seeds/ferry.txt").write_text(
        FERRY + "\nA new paragraph of the capture, long enough to be taken for a part of its text by anybody.\n"
    )
    reviewed.settle()
    assert "Waits" in ask(reviewed.address, "/_review/?show=waiting")[2].decode()
    assert (
        "+A new paragraph of the capture" in ask(reviewed.address, "/_review/capture?file=seeds/ferry.txt")[2].decode()
    )
    assert post(reviewed, "value", {"file": "seeds/ferry.txt", "key": "title", "value": "My title"})[0] == 200
    assert 'title: "My title"' in article.read_text()
    assert "My own line." in article.read_text()
    assert post(reviewed, "keep-mine", {"file": "seeds/ferry.txt"})[0] == 200
    reviewed.settle()
    assert "Waits" not in ask(reviewed.address, "/_review/?show=waiting")[2].decode()
    before = article.read_bytes()
    assert post(reviewed, "take-new", {"file": "seeds/ferry.txt"})[0] == 200
    assert "A new paragraph of the capture" in article.read_text()
    assert [file.read_bytes() for file in (reviewed.root / ".pressmark/replaced").rglob("*.md")] == [before]


@pytest.mark.browser
def test_the_new_conversion_of_a_changed_capture_is_taken_and_shown(reviewed: Watched, visit: Visit) -> None:
    article = reviewed.root / "content/ferry.md"
    article.write_text(article.read_text() + "\nMy own line.\n")
    changed = FERRY + "\nA new paragraph of the capture, long enough to be taken for a part of its text by anybody.\n"
    (reviewed.root / "seeds/ferry.txt").write_text(changed)
    reviewed.settle()
    page = visit(reviewed.address + "_review/capture?file=seeds/ferry.txt")
    page.get_by_role("button", name="Take the new conversion").click()
    page.get_by_text("Done: the article is rebuilt.").wait_for()
    assert page.get_by_role("button", name="Take the new conversion").count() == 0
    wait_for(lambda: any(b"A new paragraph of the capture" in data for data in reviewed.published().values()))


@pytest.mark.browser
def test_a_long_block_is_read_to_its_end_by_keyboard(archive: Any, watch: Start, visit: Visit) -> None:
    archive.write("seeds/long.txt", "A title\n\n" + "Many words of one paragraph that goes on and on. " * 200 + "\n")
    page = visit(watch(archive.root).address + "_review/capture?file=seeds/long.txt")
    long = page.locator(".block .text", has_text="Many words")
    assert long.get_attribute("tabindex") == "0"
    assert page.locator(".block .text", has_text="A title").get_attribute("tabindex") is None


def test_nothing_of_it_is_published(reviewed: Watched) -> None:
    published = reviewed.published()
    assert not [path for path in published if "review" in path or path.endswith((".toml", "preview.js", "preview.css"))]
    assert not [path for path, data in published.items() if b"_review" in data or b"_pressmark" in data]


@pytest.mark.browser
def test_by_keyboard_a_block_is_left_out_and_by_mouse_it_comes_back(reviewed: Watched, visit: Visit) -> None:
    page = visit(reviewed.address + "_review/capture?file=seeds/ferry.txt")
    heading = page.locator("[data-block]", has_text="A quiet harbour")
    for _ in range(20):
        page.keyboard.press("j")
        if "A quiet harbour" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("x")
    page.get_by_text("Done: the article is rebuilt.").wait_for()
    assert "left-out" in (heading.get_attribute("class") or "")
    assert "A quiet harbour" in page.evaluate("document.activeElement.textContent"), (
        "the place among the blocks is lost"
    )
    assert page.frame_locator("iframe").get_by_text("A quiet harbour").count() == 0
    heading.locator("select").select_option("heading")
    page.frame_locator("iframe").get_by_role("heading", name="A quiet harbour").wait_for()


@pytest.mark.browser
def test_a_block_of_a_markdown_capture_and_of_a_page_is_labelled(archive: Any, watch: Start, visit: Visit) -> None:
    archive.write("seeds/ferry.html", PAGE).write("seeds/notes.md", NOTES)
    started = watch(archive.root).settle()
    page = visit(started.address + "_review/capture?file=seeds/notes.md")
    assert page.locator("[data-block]", has_text="title: ").locator("select").count() == 0
    page.locator("[data-block]", has_text="sailed at night").click()
    page.keyboard.press("h")
    page.get_by_text("Done: the article is rebuilt.").wait_for()
    page.frame_locator("iframe").get_by_role("heading", name="The ferry has sailed").wait_for()
    page.keyboard.press("u")
    page.frame_locator("iframe").get_by_role("heading", name="The ferry has sailed").wait_for(state="detached")
    page.goto(started.address + "_review/capture?file=seeds/ferry.html")
    page.locator("[data-block]", has_text="A quiet harbour").locator("select").select_option("title")
    page.frame_locator("iframe").get_by_role("heading", name="A quiet harbour", level=1).wait_for()
    page.frame_locator("iframe").get_by_role("heading", name="Night ferry to Brackwater", level=2).wait_for()


@pytest.mark.browser
def test_a_value_is_set_in_the_form_and_a_wrong_one_is_explained(reviewed: Watched, visit: Visit) -> None:
    page = visit(reviewed.address + "_review/")
    page.get_by_role("link", name="seeds/ferry.txt").click()
    page.get_by_text("Front matter").first.click()
    page.get_by_label("date", exact=True).fill("21 Mai")
    page.keyboard.press("Enter")
    page.get_by_text("is not a date").wait_for()
    page.get_by_label("date", exact=True).fill("2022-05~")
    page.keyboard.press("Enter")
    page.get_by_text("Done: the article is rebuilt.").wait_for()
    assert page.get_by_label("date", exact=True).input_value() == "2022-05~"


@pytest.mark.browser
def test_news_does_not_take_a_reader_back_who_is_leaving(reviewed: Watched, visit: Visit) -> None:
    wait_for(lambda: b"still being assessed" not in ask(reviewed.address, "/_review/")[2])
    page = visit(reviewed.address + "_review/")
    page.route(re.compile("/_review/capture"), lambda route: tell_news(reviewed) or route.continue_())
    page.get_by_role("link", name="seeds/ferry.txt").click()
    page.get_by_text("Front matter").first.wait_for()


def tell_news(started: Watched) -> None:
    """Has an article changed and built, and gives open pages the time to hear of it."""
    builds = started.builds
    (started.root / "content/notes.md").write_text("---\ntitle: Notes\n---\n\nA correction.\n")
    wait_for(lambda: started.builds > builds)
    time.sleep(0.3)


@pytest.mark.browser
def test_a_hostile_capture_is_shown_as_text(archive: Any, watch: Start, visit: Visit) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)> \"' onload=alert(3)"
    archive.write(
        "seeds/evil'\"><b>.txt",
        f"Night ferry\n\n{evil}\n\n" + "The ferry sails at night, and the harbour is full of people. " * 6,
    )
    started = watch(archive.root).settle()
    page = visit(started.address + "_review/")
    page.on("dialog", lambda _: pytest.fail("something of the capture ran"))
    page.locator("tbody a").first.click()
    page.get_by_text("alert(1)").first.wait_for()
    assert page.locator(".blocks img, .blocks script").count() == 0
