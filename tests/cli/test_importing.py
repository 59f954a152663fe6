"""`import`: captures come in, articles come out, and nothing of a person's work is lost."""

import shutil
from pathlib import Path

import pytest

from generator.importing import import_captures
from generator.model.articles import CONVERTER

CAPTURE = """---
title: The night ferry
author: Imogen Starling
date: 2022-05-21
---

The last boat leaves at half past eleven, and the quay stays awake.

It is heard as far as the sands.
"""


def files_of(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and ".pressmark" not in file.parts
    }


@pytest.fixture
def imported(archive, run):
    archive.write("seeds/ferry.md", CAPTURE)
    answer = run("import", "--root", archive.root)
    assert answer.status == 0, answer
    return archive


def only_article(archive) -> Path:
    (file,) = (archive.root / "content").rglob("*.md")
    return file


def test_a_capture_becomes_an_article_that_says_where_it_comes_from(imported) -> None:
    text = only_article(imported).read_text("utf-8")
    assert 'title: "The night ferry"' in text
    assert "  file: seeds/ferry.md" in text
    assert "The last boat leaves at half past eleven" in text


def test_an_unchanged_capture_changes_nothing_byte_for_byte(imported, run) -> None:
    before = files_of(imported.root)
    modified = only_article(imported).stat().st_mtime_ns
    for words in (["import"], ["import", "seeds/ferry.md"], ["build", "--no-search"]):
        assert run(*words, "--root", imported.root).status in (0, 1)
        assert {path: data for path, data in files_of(imported.root).items() if not path.startswith("site/")} == before
        assert only_article(imported).stat().st_mtime_ns == modified


def test_a_changed_capture_is_converted_again_under_the_same_address(imported, run) -> None:
    path = only_article(imported)
    imported.write(
        "seeds/ferry.md",
        CAPTURE.replace("half past eleven", "a quarter to twelve").replace("The night ferry", "The late ferry"),
    )
    answer = run("import", "--root", imported.root, "--json").json
    assert [(filing["path"], filing["action"]) for filing in answer["filings"]] == [
        (path.relative_to(imported.root).as_posix(), "converted again")
    ]
    text = path.read_text("utf-8")
    assert "a quarter to twelve" in text
    assert "slug: the-night-ferry" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [("the quay stays awake", "the quay sleeps"), ("The night ferry", "My title"), ("slug: ", "tags: [mine]\nslug: ")],
)
def test_what_a_person_has_edited_is_never_overwritten(old: str, new: str, imported, run) -> None:
    file = only_article(imported)
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    edited = file.read_bytes()
    imported.write("seeds/ferry.md", CAPTURE.replace("eleven", "twelve"))
    answer = run("import", "--root", imported.root)
    assert "left as it is" in answer.out
    assert file.read_bytes() == edited
    review = run("import", "--review", "--root", imported.root)
    assert "+The last boat leaves at half past twelve" in review.out
    assert file.read_bytes() == edited
    assert only_article(imported) == file


def test_a_renamed_article_is_not_imported_again(imported, run) -> None:
    file = only_article(imported)
    file.rename(file.with_name("mine.md"))
    assert run("import", "--root", imported.root, "--json").json["unchanged"] == 1
    assert only_article(imported).name == "mine.md"


@pytest.mark.parametrize("broken", ["title: A: B: C", 'date: "21 Mai"', "title: [A]"])
def test_an_article_with_broken_front_matter_still_holds_its_capture(broken: str, imported, run) -> None:
    file = only_article(imported)
    text = file.read_text("utf-8")
    key = broken.partition(":")[0]
    file.write_text("\n".join(broken if line.startswith(f"{key}:") else line for line in text.split("\n")), "utf-8")
    for command in (["import"], ["build", "--no-search"]):
        run(*command, "--root", imported.root)
        assert only_article(imported) == file


@pytest.mark.parametrize("length", [0, 3, 40])
@pytest.mark.parametrize("commands", [["import"], ["build", "--no-search"]])
def test_an_article_that_is_cut_short_while_it_is_saved_still_holds_its_capture(
    length: int, commands: list[str], imported, run
) -> None:
    file = only_article(imported)
    text = file.read_bytes()
    file.write_bytes(text[:length])
    run(*commands, "--root", imported.root)
    assert only_article(imported) == file
    file.write_bytes(text)
    assert run(*commands, "--root", imported.root).status == 0


def test_one_that_was_renamed_as_well_does_so_neither_after_a_build_nor_without_its_record(imported, run) -> None:
    file = only_article(imported).rename(imported.root / "content/mine.md")
    assert run("build", "--no-search", "--root", imported.root).status == 0
    file.write_text("---\ntitle: The night")
    run("build", "--no-search", "--root", imported.root)
    warm = sorted(path.name for path in (imported.root / "content").iterdir())
    (imported.root / "content/ferry.md").unlink()
    shutil.rmtree(imported.root / ".pressmark")
    run("build", "--no-search", "--root", imported.root)
    assert sorted(path.name for path in (imported.root / "content").iterdir()) == warm == ["ferry.md", "mine.md"]


@pytest.mark.parametrize("is_new", [True, False])
def test_what_is_saved_while_its_capture_is_converted_is_not_overwritten(is_new: bool, imported, run) -> None:
    file = only_article(imported)
    text = file.read_text("utf-8")
    edited = text.replace("half past eleven", "midnight")
    if is_new:
        file.unlink()
    imported.write("seeds/ferry.md", CAPTURE.replace("sands", "dunes"))

    def spread(convert, captures):
        made = [convert(capture) for capture in captures]
        file.write_text(edited, "utf-8")
        return made

    done = import_captures(imported.root, spread=spread)
    assert file.read_text("utf-8") == edited
    assert [str(problem) for problem in done.problems] == [
        "content/ferry.md: was changed while its capture was being converted; build again: it is left as it is"
    ]
    assert "left as it is" in run("import", "--root", imported.root).out


def test_what_a_killed_import_left_over_is_never_written_into(imported, run) -> None:
    """A new article gets its name by a link; where that was the last thing done, the other name is the article, too."""
    path = only_article(imported)
    edited = path.read_text("utf-8") + "\nA person's own words.\n"
    path.write_text(edited, "utf-8")
    path.with_name(".ferry.md.unfinished").hardlink_to(path)
    imported.write("content/other.md", "---\ntitle: Other\n---\n\nText.\n")
    imported.write("seeds/ferry.md", CAPTURE.replace("half past", "a quarter past"))
    run("import", "--root", imported.root)
    assert path.read_text("utf-8") == edited
    path.rename(path.with_name("moved.md"))
    path.with_name("moved.md").write_text(edited.replace("seeds/ferry.md", "seeds/boat.md"), "utf-8")
    run("import", "--root", imported.root)
    assert "a quarter past" in path.read_text("utf-8")
    assert "A person's own words." in path.with_name("moved.md").read_text("utf-8")


def test_a_dry_run_writes_nothing(archive, run, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(CAPTURE)
    archive.write("seeds/ferry.md", CAPTURE)
    before = files_of(archive.root)
    for words in ([], [outside]):
        answer = run("import", "--dry-run", *words, "--root", archive.root)
        assert answer.status == 0
        assert "would be new" in answer.out
        assert "+The last boat leaves" in answer.out
        assert files_of(archive.root) == before


def test_changed_rules_are_shown_first_and_convert_only_what_nobody_edited(archive, run, monkeypatch) -> None:
    archive.write("seeds/ferry.md", CAPTURE).write("seeds/pier.md", CAPTURE.replace("ferry", "pier"))
    with monkeypatch.context() as earlier:
        earlier.setattr("generator.archive.writing.CONVERTER", "0")
        assert run("import", "--root", archive.root).status == 0
    edited, other = sorted((archive.root / "content").rglob("*.md"))
    edited.write_text(edited.read_text("utf-8").replace("The last boat", "The very last boat"), "utf-8")
    before = files_of(archive.root)
    shown = run("import", "--dry-run", "--root", archive.root)
    assert '-  converter: "0"' in shown.out
    assert f'+  converter: "{CONVERTER}"' in shown.out
    assert "1 would be converted, 1 unchanged" in shown.out
    assert files_of(archive.root) == before
    assert "1 converted, 1 unchanged" in run("import", "--root", archive.root).out
    assert edited.read_bytes() == before[edited.relative_to(archive.root).as_posix()]
    assert f'converter: "{CONVERTER}"' in other.read_text("utf-8")
    assert "0 converted, 2 unchanged" in run("import", "--root", archive.root).out


def test_a_capture_from_elsewhere_is_copied_in_and_never_over_another(archive, run, tmp_path: Path) -> None:
    archive.write("seeds/ferry.md", CAPTURE.replace("eleven", "ten"))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "ferry.md").write_text(CAPTURE)
    for _ in range(2):
        assert run("import", folder, "--root", archive.root).status == 0
    assert (archive.root / "seeds/ferry.md").read_text() == CAPTURE.replace("eleven", "ten")
    assert (archive.root / "seeds/ferry-2.md").read_text() == CAPTURE
    assert not (archive.root / "seeds/ferry-3.md").exists()
    assert (folder / "ferry.md").read_text() == CAPTURE


def test_nothing_below_seeds_is_ever_written(imported, run) -> None:
    before = files_of(imported.root / "seeds")
    for words in (["import"], ["build"], ["check"], ["verify"], ["explain", "seeds/ferry.md"]):
        run(*words, "--root", imported.root)
    assert files_of(imported.root / "seeds") == before


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "seeds/bad.txt: is empty; capture the article again, or remove the file"),
        (b" \n\t\n", "seeds/bad.txt: holds nothing but white space; capture the article again, or remove the file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "seeds/bad.txt: is not text: it seems to be "),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "seeds/bad.txt: is not text: it seems to be "),
        (bytes(range(256)) * 20, "seeds/bad.txt: is not text"),
    ],
    ids=["empty", "white space", "PNG", "PDF", "bytes"],
)
def test_a_capture_that_is_none_gives_one_message_and_the_rest_is_built(
    content: bytes, wanted: str, archive, run
) -> None:
    archive.write("seeds/good.md", CAPTURE).write("seeds/bad.txt", content)
    answer = run("build", "--root", archive.root, "--no-search")
    assert answer.status == 1
    assert answer.messages.startswith(wanted)
    assert len(answer.messages.splitlines()) == 1
    assert "; " in answer.messages
    assert "The last boat" in archive.page("2022/the-night-ferry/index.html")


def test_a_markdown_capture_with_broken_front_matter_is_named_with_its_line(archive, run) -> None:
    archive.write("seeds/good.md", CAPTURE).write("seeds/bad.md", "---\ntitle: A: B\n---\nText")
    answer = run("import", "--root", archive.root)
    assert answer.status == 1
    assert answer.messages.startswith("seeds/bad.md:2:9: the front matter is not YAML")
    assert only_article(archive).name == "good.md"


def test_a_name_that_is_no_utf_8_is_a_problem_and_no_crash(archive, run) -> None:
    import os

    archive.write("seeds/good.md", CAPTURE)
    try:
        Path(os.fsdecode(bytes(archive.root / "seeds") + b"/\xff\xfe.md")).write_text(CAPTURE)
    except OSError:
        pytest.skip("this file system takes no such name")
    for _ in range(2):
        answer = run("build", "--root", archive.root, "--no-search", "--json")
        assert answer.status == 1
        assert [problem["message"] for problem in answer.json["problems"]] == ["has a name that is not UTF-8"]
        assert only_article(archive).name == "good.md"


def test_links_among_captures_are_passed_over(archive, run, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret of this machine. " * 20)
    archive.write("seeds/good.md", CAPTURE)
    (archive.root / "seeds/link.txt").symlink_to(secret)
    (archive.root / "seeds/folder").symlink_to(tmp_path)
    assert run("build", "--root", archive.root, "--no-search").status == 0
    assert not any(b"A secret of this machine" in data for data in archive.published().values())
