"""Filing: a person's work is never overwritten, and an article keeps its file and its address."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.filing import Action, file_conversion, is_settled, shelf
from generator.archive.reading import read_article
from generator.model.articles import Conversion, Fields
from generator.model.dates import edtf

SHA = "a" * 64
CHANGED = "b" * 64


def saying(title: str, body: str = "Some words.\n", **fields) -> Conversion:
    return Conversion(Fields(title, **fields), (("title", "line 1"),), body)


def held(files: dict[str, str]):
    """The shelf of these files of `content/`."""
    articles = [read_article(path, text, "")[0] for path, text in files.items()]
    return shelf([article for article in articles if article], files)


def filed(*captures: tuple[str, Conversion], files: dict[str, str] | None = None) -> dict[str, str]:
    """The files of `content/` after these captures were filed one after another."""
    files = dict(files or {})
    state = held(files)
    for capture, conversion in captures:
        filing = file_conversion(state, capture, SHA, conversion)
        assert filing.path.casefold() not in {path.casefold() for path in files} or filing.action is not Action.NEW
        files[filing.path] = filing.text
    return files


def test_content_mirrors_seeds() -> None:
    files = filed(("seeds/a.txt", saying("A")), ("seeds/2022/May/Night ferry.html", saying("B")))
    assert list(files) == ["content/a.md", "content/2022/May/night-ferry.md"]


def test_captures_that_differ_only_in_their_ending_have_files_of_their_own() -> None:
    captures = ["seeds/a.txt", "seeds/a.html", "seeds/A.md", "seeds/a.TXT"]
    files = filed(*((capture, saying("Same")) for capture in captures))
    assert list(files) == ["content/a.md", "content/a-html.md", "content/A-md.md", "content/a-TXT.md"]


def test_articles_of_one_title_and_year_have_slugs_of_their_own() -> None:
    day, other = edtf("2022-05-21"), edtf("2021")
    captures = [
        ("seeds/a.txt", saying("Same", date=day)),
        ("seeds/b.txt", saying("Same", date=day)),
        ("seeds/c.txt", saying("Same", date=other)),
    ]
    slugs = [read_article(path, text, "")[0].fields.slug for path, text in filed(*captures).items()]
    assert slugs == ["same", "same-2", "same"]


def test_an_article_written_by_hand_keeps_its_name_and_its_address() -> None:
    own = {"content/a.md": "---\ntitle: Same\n---\nBy hand.\n"}
    files = filed(("seeds/a.txt", saying("Same")), files=own)
    assert files["content/a.md"] == own["content/a.md"]
    assert read_article("", files["content/a-txt.md"], "")[0].fields.slug == "same-2"


def test_captures_never_become_pages_of_the_keeper() -> None:
    assert list(filed(("seeds/pages/about.txt", saying("About")))) == ["content/pages-captured/about.md"]


def test_a_taken_slug_gets_the_first_free_number() -> None:
    state = held({"content/x.md": "---\ntitle: X\nslug: ferry-3\n---\n"})
    assert [state.free_slug("undated/", "ferry") for _ in range(3)] == ["ferry", "ferry-2", "ferry-4"]


@pytest.mark.parametrize("title", ["05", "12", "May 5"])
def test_no_article_takes_the_address_of_a_month(title: str) -> None:
    files = filed(("seeds/a.txt", saying(title, date=edtf("2022-05-21"))))
    slug = read_article("", files["content/a.md"], "")[0].fields.slug
    assert not (slug.isdigit() and len(slug) == 2)


@pytest.mark.parametrize(
    "name", ["con", "AUX", "nul", "com1", "..", "-x", "a:b", "夜", "a" * 300, "x\ny", "a\\b", "%2e%2e"]
)
def test_any_name_of_a_capture_gives_a_name_that_every_system_takes(name: str) -> None:
    (path,) = filed((f"seeds/{name}.txt", saying("A")))
    stem = path.removeprefix("content/").removesuffix(".md")
    assert stem.replace("-", "").replace("_", "").replace(".", "").isalnum()
    assert stem.isascii()
    assert len(stem) <= 80
    assert stem.lower() not in {"con", "aux", "nul", "com1", ".", ".."}


@given(
    st.lists(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=8),
        max_size=8,
        unique=True,
    )
)
def test_captures_of_any_names_never_share_a_file(names: list[str]) -> None:
    files = filed(*((f"seeds/{name}", saying("Same")) for name in names))
    assert len({path.casefold() for path in files}) == len(names)
    assert all(path.startswith("content/") and ".." not in path.split("/") for path in files)


def test_thousands_of_captures_without_a_name_are_filed_at_once() -> None:
    began = time.perf_counter()
    state = held({})
    paths = {file_conversion(state, f"seeds/{'!' * (n + 1)}.txt", SHA, saying("Same")).path for n in range(1500)}
    assert len(paths) == 1500
    assert time.perf_counter() - began < 5


def one_article(**changes: str) -> tuple[dict[str, str], str]:
    files = filed(("seeds/a.txt", saying("A title", slug="a-title")))
    (path,) = files
    return files, path


def test_an_unchanged_capture_is_settled() -> None:
    files, _ = one_article()
    assert is_settled(held(files), "seeds/a.txt", SHA)
    assert not is_settled(held(files), "seeds/a.txt", CHANGED)
    assert not is_settled(held(files), "seeds/b.txt", SHA)


def test_a_changed_capture_is_converted_again_into_the_same_file_and_address() -> None:
    files, path = one_article()
    filing = file_conversion(held(files), "seeds/a.txt", CHANGED, saying("Another title"))
    assert (filing.path, filing.action) == (path, Action.CONVERTED_AGAIN)
    article = read_article(path, filing.text, "")[0]
    assert (article.fields.title, article.fields.slug) == ("Another title", "a-title")


def test_changed_rules_convert_again_only_what_no_person_has_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("generator.archive.writing.CONVERTER", "0")
        files, path = one_article()
    assert not is_settled(held(files), "seeds/a.txt", SHA)
    files[path] = files[path].replace("Some words.", "Better words.")
    assert is_settled(held(files), "seeds/a.txt", SHA)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("Some words.", "Better words."),
        lambda text: text + "\nA note by the keeper.\n",
        lambda text: text.replace("A title", "A better title"),
        lambda text: text.replace("slug: a-title", "slug: a-title\ntags: [mine]"),
        lambda text: text.replace("slug: a-title", "slug: another"),
    ],
    ids=["body", "appended", "title", "tags", "slug"],
)
def test_what_a_person_has_edited_waits_for_review(edit) -> None:
    files, path = one_article()
    files[path] = edit(files[path])
    filing = file_conversion(held(files), "seeds/a.txt", CHANGED, saying("Another title", "Other words.\n"))
    assert (filing.path, filing.action) == (path, Action.WAITS_FOR_REVIEW)
    assert is_settled(held(files), "seeds/a.txt", SHA)


def test_a_renamed_file_is_still_the_conversion_of_its_capture() -> None:
    files, path = one_article()
    renamed = {"content/elsewhere/mine.md": files[path]}
    assert is_settled(held(renamed), "seeds/a.txt", SHA)
    filing = file_conversion(held(renamed), "seeds/a.txt", CHANGED, saying("A title", "New words.\n"))
    assert (filing.path, filing.action) == ("content/elsewhere/mine.md", Action.CONVERTED_AGAIN)
