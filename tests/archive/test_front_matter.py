"""Front matter as syntax: every scalar stays text, every key knows its line, and no header is a bomb."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.front_matter import quoted, read_front_matter


def problems_of(text: str) -> list[str]:
    return [str(problem) for problem in read_front_matter("content/x.md", text)[1]]


def values_of(header: str) -> dict:
    front, problems = read_front_matter("content/x.md", f"---\n{header}\n---\nBody\n")
    assert not problems, problems
    return front.values


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("v: no", "no"),
        ("v: 1.10", "1.10"),
        ("v: 2022-05-21", "2022-05-21"),
        ("v: 0x1F", "0x1F"),
        ("v: 12:30", "12:30"),
        ("v: !!python/object:os.system x", "x"),
        ('v: "a: b # c"', "a: b # c"),
        ("v: 'it''s'", "it's"),
        ("v: null", ""),
        ("v: ~", ""),
        ('v: "null"', "null"),
        ("v:", ""),
        ("v: |\n  two\n  lines", "two\nlines\n"),
        ("v: >\n  one\n  line", "one line\n"),
        ("v: [a, 'b, c', no]", ["a", "b, c", "no"]),
        ("v: {name: A, url: https://a.example/}", {"name": "A", "url": "https://a.example/"}),
        ("v:\n  - a\n  - b", ["a", "b"]),
    ],
)
def test_yaml_scalars_stay_text(header: str, value: object) -> None:
    assert values_of(header) == {"v": value}


def test_toml_front_matter_of_hugo_and_zola_is_read() -> None:
    text = '+++\ntitle = "A: b"\ndate = 2022-05-21\ndraft = false\nweight = 1\ntags = ["a", "b"]\n[extra]\nmood = "calm"\n+++\nBody\n'
    front, problems = read_front_matter("content/x.md", text)
    assert not problems
    assert front.syntax == "toml"
    assert front.values == {
        "title": "A: b", "date": "2022-05-21", "draft": "false", "weight": "1", "tags": ["a", "b"], "extra": {"mood": "calm"},
    }  # fmt: skip
    assert front.lines["date"] == 3
    assert front.body == "Body\n"


def test_every_key_and_entry_knows_its_line_in_the_file() -> None:
    front, _ = read_front_matter(
        "content/x.md", "---\ntitle: A\nsources:\n  - {name: B}\n  - name: C\ntags: [x,\n  y]\n---\nBody\n"
    )
    assert {key: front.lines[key] for key in ("title", "sources", "sources.1", "sources.1.name", "tags.1")} == {
        "title": 2, "sources": 3, "sources.1": 5, "sources.1.name": 5, "tags.1": 7,
    }  # fmt: skip
    assert front.body_line == 9


@pytest.mark.parametrize("fence", ["---", "--- \t", "\ufeff---"])
def test_a_byte_order_mark_and_spaces_after_the_fence_do_not_hide_the_header(fence: str) -> None:
    front, problems = read_front_matter("content/x.md", f"{fence}\ntitle: A\n---\nBody")
    assert not problems
    assert (front.values, front.body) == ({"title": "A"}, "Body")


@pytest.mark.parametrize("text", ["", "Just a text", "----\nrule\n----\n", "-- -\n", "# Title\n---\n"])
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    front, problems = read_front_matter("content/x.md", text)
    assert not problems
    assert (front.syntax, front.body, front.body_line, front.values) == ("", text, 1, {})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "---\ntitle: A\n",
            "content/x.md:1: the front matter that begins with --- has no end; close it with a line ---, "
            "or remove the first line if there is no front matter",
        ),
        (
            "---\ntitle: A: B\n---\n",
            "content/x.md:2:9: the front matter is not YAML: mapping values are not allowed in this context; "
            "put texts that contain a colon, a # or quotation marks between double quotes",
        ),
        ("---\na: 1\nb: 2\na: 3\n---\n", "content/x.md:4: a: stands twice in the front matter; keep one of the two"),
        (
            "---\n- a\n- b\n---\n",
            "content/x.md:2: the front matter holds no keys; write it as lines of the form key: value",
        ),
        (
            "---\n[a, b]: c\n---\n",
            "content/x.md:2: a key of the front matter is not a text; write it as a plain word before the colon",
        ),
        (
            "---\na: &x 1\nb: *x\n---\n",
            "content/x.md:2: b: aliases and very deep nesting are not read; write the value out in full",
        ),
        ("+++\na = \n+++\n", "content/x.md:2: the front matter is not TOML: Invalid value; mend this line"),
        (
            "+++\na = 1\na = 2\n+++\n",
            "content/x.md:3: the front matter is not TOML: Cannot overwrite a value; mend this line",
        ),
    ],
)
def test_a_header_that_cannot_be_read_is_reported_with_its_line(text: str, wanted: str) -> None:
    assert problems_of(text) == [wanted]


@pytest.mark.parametrize(
    "header",
    [
        "a: " + "[" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "a: " + "{b: " * 100_000,
        "- " * 100_000 + "a",
        "? " * 100_000 + "a",
        "\n".join(" " * depth + "a:" for depth in range(1200)),
        "a: &a [x, x]\n"
        + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20)),
        "a: &a\n  b: 1\nc:\n  <<: *a",
        "a: &a [*a]",
        "title: A\n" + "x" * 10_000_000,
        "\n".join(f"key{number}: value" for number in range(700_000)),
        "a:\n" + "- x\n" * 2_500_000,
    ],
    ids=[
        "brackets",
        "closed brackets",
        "braces",
        "dashes",
        "marks",
        "indents",
        "bomb",
        "merge",
        "self",
        "long",
        "keys",
        "list",
    ],
)
def test_a_hostile_header_is_refused_at_once(header: str) -> None:
    began = time.perf_counter()
    front, problems = read_front_matter("content/x.md", f"---\n{header}\n---\nBody\n")
    assert problems
    assert time.perf_counter() - began < 5
    assert len(front.values) < 1000


@pytest.mark.parametrize("header", ["a = " + "[" * 50_000, ".".join("a" * 5_000) + " = 1", "a = 1\n" * 300_000])
def test_a_hostile_toml_header_is_refused_at_once(header: str) -> None:
    began = time.perf_counter()
    assert problems_of(f"+++\n{header}\n+++\nBody\n")
    assert time.perf_counter() - began < 5


@given(st.text())
def test_a_quoted_text_reads_back_as_itself(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    written = quoted(text)
    assert "\n" not in written
    assert values_of(f"v: {written}\nw: [{written}]\nx: {{n: {written}}}\n{quoted('K' + text)}: z")["v"] == text


@given(st.text(alphabet=st.sampled_from("ab:-#[]{}&*!|>'\"%@`?,. \n\t\r+=~\\\x00\x85\u2028\ufeff\ud800")))
def test_any_header_gives_values_or_problems(text: str) -> None:
    for fence in ("---", "+++"):
        front, problems = read_front_matter("content/x.md", f"{fence}\n{text}\n{fence}\nBody")
        assert isinstance(front.values, dict)
        assert all(problem.path == "content/x.md" and problem.hint for problem in problems)
