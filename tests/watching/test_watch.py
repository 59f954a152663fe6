"""A whole watch over a real archive: what it builds, what it serves, and what cannot end it."""

import errno
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.builder import Ended, Job
from generator.problems import Problem, Refusal
from tests.watching.conftest import Watched, wait_for

Start = Callable[..., Watched]
SCRIPT = re.compile(
    rb'<script src="/_pressmark/preview\.js" defer data-page="[^"]*" data-digest="[^"]*" data-turn="\d+"></script>'
)


def ask(
    address: str, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes = b""
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request(method, path, body=body or None, headers=headers or {})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data


def test_what_is_served_is_what_is_published_but_for_the_script(small: Any, watch: Start) -> None:
    started = watch(small.root, search=True)
    started.settle()
    for path, data in started.published().items():
        status, _, served = ask(started.address, "/" + path)
        assert status == 200, path
        assert SCRIPT.sub(b"", served) == data, path
        assert (SCRIPT.search(served) is not None) == path.endswith(".html"), path
        assert b"_pressmark" not in data
    assert ask(started.address, "/nothing/")[0] == 404
    assert ask(started.address, "/2022")[1]["location"] == "/2022/"


def test_a_change_is_built_and_ends_in_what_a_clean_build_gives(small: Any, watch: Start, tmp_path: Path) -> None:
    started = watch(small.root, search=True)
    small.article("a1", "title: Another title", "date: 2023-02-01", "tags: [new]")
    small.article("a4", "title: Article 4")
    (small.root / "content/a2.md").unlink()
    started.settle()
    assert "Another title" in (started.site / "2023/another-title/index.html").read_text()
    assert not (started.site / "2022/article-2").exists()
    assert started.published() == started.clean_build(tmp_path / "clean")


def test_rest_is_rest(small: Any, watch: Start) -> None:
    small.write(
        "seeds/ferry.txt",
        "Night ferry\n\n" + "The ferry sails at night, and the harbour is full of people who wait for it. " * 5,
    )
    started = watch(small.root).settle()
    before = started.builds
    for file in sorted(small.root.rglob("*")):
        if file.is_file():
            file.read_bytes()
    os.utime(small.root / "content/a1.md")
    (small.root / "content/.a1.md.swp").write_text("swap")
    (small.root / "content/a1.md~").write_text("backup")
    started.settle(1.0)
    assert started.builds == before


def test_a_capture_that_is_dropped_in_becomes_an_article_in_one_build(small: Any, watch: Start) -> None:
    started = watch(small.root).settle()
    before = started.builds
    small.write(
        "seeds/ferry.txt",
        "Night ferry\n\n" + "The ferry sails at night, and the harbour is full of people who wait for it. " * 5,
    )
    wait_for((started.site / "undated/night-ferry/index.html").exists)
    started.settle(1.0)
    assert started.builds == before + 1


@pytest.mark.parametrize(
    ("path", "broken", "said"),
    [("content/a1.md", "---\ntitle: [\n---\n", "content/a1.md"), ("pressmark.toml", "[archive\n", "pressmark.toml:1"),
     ("templates/article.html", "{% if %}", "templates/article.html:1"), ("seeds/empty.txt", "", "seeds/empty.txt")],
)  # fmt: skip
def test_what_is_broken_is_told_and_mended(small: Any, watch: Start, path: str, broken: str, said: str) -> None:
    started = watch(small.root)
    page = started.site / "2022/article-1/index.html"
    before = page.read_bytes()
    file = small.root / path
    whole = file.read_text() if file.exists() else None
    small.write(path, broken)
    wait_for(
        lambda: any(str(problem).startswith(said) for problem in started.told[-1].problems), f"{path} is not reported"
    )
    assert SCRIPT.sub(b"", ask(started.address, "/2022/article-1/")[2]) == before, "the last good page is shown no more"
    file.write_text(whole) if whole is not None else file.unlink()
    wait_for(lambda: not started.told[-1].problems and started.is_quiet())
    assert page.read_bytes() == before


def test_content_settings_and_site_may_be_deleted(small: Any, watch: Start) -> None:
    started = watch(small.root)
    shutil.copytree(small.root / "content", small.root / "kept")
    shutil.rmtree(small.root / "content")
    wait_for(lambda: not (started.site / "2022/article-1").exists())
    (small.root / "pressmark.toml").rename(small.root / "kept.toml")
    wait_for(lambda: started.told[-1].problems)
    (small.root / "kept.toml").rename(small.root / "pressmark.toml")
    (small.root / "kept").rename(small.root / "content")
    wait_for((started.site / "2022/article-1/index.html").exists)
    started.settle()
    shutil.rmtree(started.site)
    wait_for(lambda: ask(started.address, "/2022/article-1/")[0] == 200)
    wait_for(lambda: ask(started.address, "/")[0] == 200)


def test_a_site_that_cannot_be_written_is_told_and_tried_again(small: Any, watch: Start) -> None:
    if os.geteuid() == 0:
        # To the system's keeper nothing is forbidden, so a file stands where the folder must be.
        blocked = small.root / "site-as-file"
        blocked.write_text("in the way")
        with pytest.raises(AssertionError):
            watch(small.root, out=blocked / "site").settle()
        return
    started = watch(small.root)
    started.site.chmod(0o555)
    small.article("a1", "title: Changed", "date: 2022-01-01")
    wait_for(lambda: started.told[-1].problems)
    started.site.chmod(0o755)
    small.article("a1", "title: Changed again", "date: 2022-01-01")
    wait_for((started.site / "2022/changed-again/index.html").exists)


def test_requests_of_other_hosts_are_refused(small: Any, watch: Start) -> None:
    started = watch(small.root)
    assert ask(started.address, "/", headers={"Host": "evil.example"})[0] == 403
    assert ask(started.address, "/_review/", headers={"Host": "evil.example:80"})[0] == 403
    assert ask(started.address, "/", headers={"Host": "localhost"})[0] == 200
    assert ask(started.address, "/", "POST", body=b"x")[0] == 405
    assert ask(started.address, "/_pressmark/../../etc/passwd")[0] == 404


def test_a_page_that_is_known_is_not_sent_again(small: Any, watch: Start) -> None:
    started = watch(small.root)
    _, headers, _ = ask(started.address, "/assets/pressmark.css")
    status, _, data = ask(started.address, "/assets/pressmark.css", headers={"If-None-Match": headers["etag"]})
    assert (status, data) == (304, b"")


def test_the_site_of_a_sub_path_stands_there_as_well(small: Any, watch: Start) -> None:
    small.settings(archive='name = "A"\nbase_url = "https://example.org/reader/"')
    started = watch(small.root)
    assert ask(started.address, "/reader/2022/article-1/")[0] == 200
    assert ask(started.address, "/2022/article-1/")[0] == 200


def test_a_second_watch_is_told_of_the_first(small: Any, watch: Start, tmp_path: Path) -> None:
    from generator.build import Options
    from generator.watch import Watch, Wishes

    started = watch(small.root)
    second = Watch(small.root, Options(search=False), Wishes(port=0), lambda _: None)
    with pytest.raises(Refusal, match=re.escape(started.address)):
        second.run(lambda _: None)
    second.preview.server_close()
    beside = Watched(small.root, out=tmp_path / "beside").start()
    small.article("a1", "title: Changed under both", "date: 2022-01-01")
    for site in (started.site, tmp_path / "beside"):
        wait_for(lambda site=site: (site / "2022/changed-under-both/index.html").exists())
    beside.stop()


def command(root: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *words, "--root", str(root)],
        cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def family(process: int) -> set[int]:
    found = {process}
    for _ in range(4):
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) in found:
                found.add(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted by /proc, which is Linux's")
@pytest.mark.parametrize("when", ["at rest", "while it builds"])
def test_an_interruption_ends_it_at_once_with_all_its_processes(small: Any, when: str) -> None:
    for number in range(60 if when == "while it builds" else 0):
        small.article(f"more{number}", body="Many words. " * 2000)
    process = command(small.root, "watch", "--port", "0")
    assert process.stdout
    assert "Serving http://127.0.0.1:" in process.stdout.readline()
    if when == "at rest":
        wait_for((small.root / "site/search/index/pagefind.js").exists)
        time.sleep(0.5)
    else:
        wait_for(lambda: len(family(process.pid)) > 2)
    members = family(process.pid)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0, said
    assert time.monotonic() - began < 3.0
    assert "Traceback" not in said
    wait_for(
        lambda: not any(Path(f"/proc/{member}/cmdline").exists() and is_alive(member) for member in members),
        "a process stayed",
    )
    assert small.build().problems == []


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def test_a_taken_port_is_told_and_the_next_free_one_is_found(small: Any, watch: Start) -> None:
    from generator.build import Options
    from generator.watch import Watch, Wishes

    taken = urlsplit(watch(small.root).address).port
    with pytest.raises(Refusal, match="cannot be served on"):
        Watch(small.root, Options(), Wishes(port=taken), lambda _: None)
    first = Watch(small.root, Options(), Wishes(), lambda _: None)
    second = Watch(small.root, Options(), Wishes(), lambda _: None)
    assert 8000 <= first.preview.server_port < second.preview.server_port < 8100
    first.preview.server_close()
    second.preview.server_close()


def test_events_are_told_as_a_stream(small: Any, watch: Start) -> None:
    started = watch(small.root)
    connection = http.client.HTTPConnection(urlsplit(started.address).netloc, timeout=20)
    connection.request("GET", "/_pressmark/events?page=2022/article-1/&digest=old&turn=0")
    stream = connection.getresponse()
    assert stream.headers["content-type"] == "text/event-stream"
    told: dict[str, Any] = {}
    while "changed" not in told:
        name, value = stream.readline().decode().strip().partition(": ")[::2]
        if name == "event":
            event = value
        elif name == "data":
            told[event] = json.loads(value)
    assert told["changed"]["paths"] == ["2022/article-1/"]
    connection.close()


def test_an_index_that_found_a_page_gone_is_made_once_more(small: Any, watch: Start, tmp_path: Path) -> None:
    """Somebody deleted it after the build had looked: the next build makes it anew, and is not begun again for ever."""
    started = watch(small.root, search=True).settle()
    page = started.site / "2022/article-2/index.html"
    builds = started.builds
    gone = Problem("pagefind", f"could not index: {os.strerror(errno.ENOENT)}", "check the disk")
    # The problem is told, and mended by a build; where it comes back at once, it is only told.
    for expected, is_mended in ((builds + 2, True), (builds + 3, False)):
        page.unlink()
        started.watch._inbox.put(Ended(Job(0, in_background=True), None, (gone,)))
        wait_for(lambda expected=expected: started.builds >= expected)
        started.settle()
        assert (started.builds, page.exists()) == (expected, is_mended)
    small.article("a1", "title: Article 1", "date: 2022-01-01", body="Another text.")
    wait_for(page.exists)
    assert started.settle().published() == started.clean_build(tmp_path / "clean")
