"""Every command: its exit status, its messages, and one JSON object when a program asks for it."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from generator import __version__

REPOSITORY = Path(__file__).parents[2]


def test_the_walk_of_a_newcomer(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "mine").status == 0
    monkeypatch.chdir(tmp_path / "mine")
    built = run("build")
    assert (built.status, built.messages) == (0, "")
    assert "1 articles" in built.out or "1 article" in built.out
    assert run("check").status == 0
    assert run("verify").status == 0
    assert (tmp_path / "mine/.gitignore").is_file()
    assert (tmp_path / "mine/.github/workflows/publish.yml").is_file()
    page = next((tmp_path / "mine/site").glob("*/*/index.html")).read_text("utf-8")
    assert "Keeping a page is more than saving a file" in page


def test_a_new_archive_touches_nothing_that_is_there(run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    answer = run("new", tmp_path)
    assert answer.status == 2
    assert answer.messages == f"{tmp_path}: is not an empty folder; choose a new name; nothing was written\n"
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_second_build_makes_nothing_anew(run, copy_of_fixture) -> None:
    first = run("build", "--root", copy_of_fixture.root, "--json").json
    second = run("build", "--root", copy_of_fixture.root, "--json").json
    assert first["articles"] == second["articles"] == 7
    assert first["rendered"] > 50
    assert second["rendered"] == 0
    assert run("build", "--root", copy_of_fixture.root, "--json", "--clean").json["articles"] == 7


COMMANDS = {
    "import": [], "build": ["--no-search"], "check": [], "verify": [], "explain": ["seeds/winterdeich.txt"],
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_gives_one_json_object(command: str, run, copy_of_fixture) -> None:
    copy_of_fixture.build()
    root = ["--root", copy_of_fixture.root]
    for words in ([command, *root, "--json"], ["--json", *root, command]):
        answer = run(*words, *COMMANDS[command])
        assert answer.status == 0, answer
        assert answer.json["status"] == 0
        assert answer.json["problems"] == []


def test_new_gives_one_json_object(run, tmp_path: Path) -> None:
    answer = run("new", tmp_path / "mine", "--json")
    assert answer.json["folder"] == str(tmp_path / "mine")
    assert "pressmark.toml" in answer.json["files"]
    assert "A new archive" in answer.messages


def test_a_refusal_is_a_json_object_too(run, tmp_path: Path) -> None:
    answer = run("build", "--root", tmp_path, "--json")
    assert answer.status == answer.json["status"] == 2
    assert [problem["path"] for problem in answer.json["problems"]] == ["pressmark.toml"]
    assert set(answer.json["problems"][0]) == {"path", "line", "column", "message", "hint"}


def test_problems_in_the_users_files_are_told_on_standard_error(run, archive) -> None:
    archive.article("good").article("bad", 'date: "21 Mai"')
    answer = run("build", "--root", archive.root, "--no-search")
    assert answer.status == 1
    assert answer.messages == 'content/bad.md:3: date: "21 Mai" is not a date; write it as 2022-05-21 or leave it out\n'
    assert "1 article" in answer.out
    as_json = run("build", "--root", archive.root, "--no-search", "--json").json
    assert as_json["problems"] == [
        {
            "path": "content/bad.md",
            "line": 3,
            "column": 0,
            "message": 'date: "21 Mai" is not a date',
            "hint": "write it as 2022-05-21 or leave it out",
        }
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], "required: COMMAND"),
        (["dance"], "invalid choice"),
        (["build", "--jobs", "many"], "invalid int value"),
        (["explain"], "required: CAPTURE"),
    ],
)
def test_wrong_use_is_answered_with_status_2(words: list[str], wanted: str, run) -> None:
    answer = run(*words)
    assert answer.status == 2
    assert wanted in answer.messages


def test_the_archive_is_found_from_any_folder_below_it(run, copy_of_fixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_of_fixture.root / "content" / "pages")
    assert run("build", "--no-search").status == 0
    assert (copy_of_fixture.site / "index.html").is_file()


def test_outside_an_archive_the_way_into_one_is_told(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run("build")
    assert answer.status == 2
    assert answer.messages.startswith(
        "pressmark.toml: there is no archive here or in any parent folder; go into an archive"
    )
    assert run("build", "--root", tmp_path / "absent").messages.endswith(
        "is not a folder; name the folder of an archive with --root\n"
    )


def test_a_site_can_go_elsewhere_and_under_any_address(run, copy_of_fixture, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    answer = run(
        "build",
        "--root",
        copy_of_fixture.root,
        "--out",
        out,
        "--base-url",
        "https://a.example/b",
        "--no-search",
        "--timings",
    )
    assert answer.status == 0
    assert "https://a.example/b/sitemap.xml" in (out / "robots.txt").read_text()
    assert "render" in answer.out
    assert not (out / "search/index").exists()
    assert run("verify", "--root", copy_of_fixture.root, out).status == 0
    assert run("check", "--root", copy_of_fixture.root, out, "--json").status in (0, 1)


def test_an_address_that_is_none_is_refused(run, copy_of_fixture) -> None:
    answer = run("build", "--root", copy_of_fixture.root, "--base-url", "archive.example")
    assert answer.status == 2
    assert answer.messages == (
        '--base-url: base_url: "archive.example" is not a web address; write it as https://example.org/ or https://example.org/archive/\n'
    )


def test_check_and_verify_end_with_1_when_something_is_wrong(run, copy_of_fixture) -> None:
    copy_of_fixture.build()
    (copy_of_fixture.site / "feed.xml").write_text("changed")
    verified = run("verify", "--root", copy_of_fixture.root)
    assert (verified.status, verified.messages) == (
        1,
        "feed.xml: has changed; restore it from a copy, or build the site again\n",
    )
    (copy_of_fixture.site / "about/index.html").unlink()
    checked = run("check", "--root", copy_of_fixture.root, "--json")
    assert checked.status == 1
    assert any('"../about/" leads nowhere' in problem["message"] for problem in checked.json["problems"])


def test_serve_wants_a_built_site(run, copy_of_fixture) -> None:
    answer = run("serve", "--root", copy_of_fixture.root)
    assert answer.status == 2
    assert answer.messages.endswith("site: there is no built site; run `pressmark build` first\n")


def test_serve_tells_a_program_where_it_serves(copy_of_fixture) -> None:
    copy_of_fixture.build()
    words = [sys.executable, "-m", "generator", "serve", "--root", str(copy_of_fixture.root), "--port", "0", "--json"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=REPOSITORY
    ) as server:
        try:
            told = json.loads(server.stdout.readline())
            with urllib.request.urlopen(told["address"] + "feed.xml", timeout=20) as answer:
                assert b"Brackwater" in answer.read()
        finally:
            server.terminate()
    assert told["status"] == 0


def test_explain_tells_each_line_of_a_capture(run, copy_of_fixture) -> None:
    answer = run("explain", "seeds/winterdeich.txt", "--root", copy_of_fixture.root, "--json").json
    lines = [number for block in answer["blocks"] for number in range(block["lines"][0], block["lines"][1] + 1)]
    assert sorted(lines) == list(range(1, answer["lines"] + 1))
    table = run("explain", "seeds/winterdeich.txt", "--root", copy_of_fixture.root).out
    assert "Der Winterdeich hält" in table
    assert "title" in table


def test_explain_names_what_is_not_there(run, copy_of_fixture) -> None:
    answer = run("explain", "absent.txt", "--root", copy_of_fixture.root)
    assert (answer.status, answer.messages) == (2, "absent.txt: does not exist; name a file, such as seeds/ferry.txt\n")


def test_names_and_texts_never_steer_the_terminal(run, archive) -> None:
    archive.article("good").write("content/\x1b[2Jbad.md", '---\ntitle: A\ndate: "\\e]0;owned\\a"\n---\n')
    answer = run("build", "--root", archive.root, "--no-search")
    assert answer.status == 1
    assert "\x1b" not in answer.messages + answer.out
    assert "\x07" not in answer.messages + answer.out


def test_python_m_generator_is_the_same_program(copy_of_fixture) -> None:
    def program(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "generator", *words], capture_output=True, text=True, check=False, cwd=REPOSITORY
        )

    assert program("--version").stdout == f"pressmark {__version__}\n"
    built = program("build", "--root", str(copy_of_fixture.root), "--no-search", "--json")
    assert built.returncode == 0
    assert json.loads(built.stdout)["articles"] == 7
