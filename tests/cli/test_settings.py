"""`pressmark.toml`: what a keeper can set, and one message with its line for everything else."""

from pathlib import Path

import pytest

from generator.problems import Refusal
from generator.settings import Link, base_url, read_settings


def read(tmp_path: Path, text: str | bytes):
    (tmp_path / "pressmark.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    settings, problems = read_settings(tmp_path)
    return settings, [str(problem) for problem in problems]


def test_settings_are_read(tmp_path: Path) -> None:
    settings, problems = read(
        tmp_path,
        '[archive]\nname = "A"\nlanguage = "de"\nbase_url = "https://a.example/b"\n[site]\nnewest = 3\n'
        'navigation = [{label = "About", path = "/about/"}]\n[search]\nenabled = false\n',
    )
    assert problems == []
    assert (settings.name, settings.language, settings.newest, settings.search) == ("A", "de", 3, False)
    assert settings.navigation == (Link("About", "/about/"),)
    assert (settings.base_url, settings.base_path) == ("https://a.example/b/", "/b/")


def test_an_empty_file_is_an_archive_without_a_name(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "")
    assert problems == []
    assert settings.base_path == "/"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[archive]\nnmae = 'A'\n", "pressmark.toml:2: nmae is no setting of Pressmark; did you mean name?"),
        ("[archvie]\nname = 'A'\n", "pressmark.toml:1: archvie is no table of Pressmark; did you mean archive?"),
        ("\n\n[site]\nnewest = 'many'\n", "pressmark.toml:4: newest is not a whole number; write newest as a whole number"),
        ("[search]\nenabled = 1\n", "pressmark.toml:2: enabled is not true or false; write enabled as true or false"),
        ("[site]\nnewest = true\n", "pressmark.toml:2: newest is not a whole number; write newest as a whole number"),
        ("[archive]\nname = ['A']\n", "pressmark.toml:2: name is not a text between quotation marks; write name as a text between quotation marks"),
        ("[site]\nnavigation = [{label = 'A'}]\n", 'pressmark.toml:2: an entry of navigation lacks its label or path; write it as {label = "About", path = "/about/"}'),
        (
            "[archive]\nbase_url = 'archive.example'\n",
            'pressmark.toml:2: base_url: "archive.example" is not a web address; write it as https://example.org/ or https://example.org/archive/',
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_the_rest_holds(text: str, wanted: str, tmp_path: Path) -> None:
    _, problems = read(tmp_path, text)
    assert problems == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[archive\n", "pressmark.toml:1: is not TOML: "),
        ("a = 1\na = 2\n", "pressmark.toml:2: is not TOML: Cannot overwrite a value; mend this line"),
        (b"name = '\xe9'", "pressmark.toml: is not UTF-8 text; save it as UTF-8"),
        ("a = " + "[" * 100_000, "pressmark.toml: is not TOML: "),
        ("#" * 1_100_000, "pressmark.toml: is larger than a settings file can be; restore it from a copy"),
    ],
)
def test_settings_that_cannot_be_read_are_refused(text: str | bytes, wanted: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        read(tmp_path, text)
    (problem,) = refusal.value.problems
    assert str(problem).startswith(wanted)


@pytest.mark.parametrize(
    "address",
    [
        "archive.example",
        "ftp://a.example/",
        "javascript:alert(1)",
        "https://",
        "//a.example/",
        "https://a.example/?q=1",
        "https://a.example/#f",
        "https://[bad",
        "/archive/",
    ],
)
def test_what_is_no_web_address_is_no_base(address: str) -> None:
    assert base_url(address)[0] == ""
    assert "is not a web address" in base_url(address)[1]
