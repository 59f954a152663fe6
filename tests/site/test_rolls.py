"""Files that state many articles: made from the one that was published, they are what they are when made anew."""

import csv
import io
import json
from dataclasses import replace

import pytest

from generator.archive.reading import read_article
from generator.model.catalogue import Holding
from generator.settings import Settings
from generator.site.rolls import FORMS, renewed, whole

SETTINGS = Settings(name="An archive", base_url="https://archive.example/")


def holding(name: str, title: str = "", words: str = "Some words.") -> Holding:
    """An article at its address."""
    text = f'---\ntitle: "{title or name}"\nauthor: [Ada Byron]\ndate: 2021-03-04\nslug: {name}\n---\n\n{words}\n'
    article, problems = read_article(f"content/{name}.md", text, f"digest of {text}")
    assert article is not None
    assert not problems
    return Holding(article, f"2021/{name}/")


BEFORE = [holding("ferry"), holding("lamps", 'Lamps,\\n\\"more\\" lamps'), holding("mill")]
AFTER = {
    "nothing": BEFORE,
    "a title": [BEFORE[0], holding("lamps", "Lamps"), BEFORE[2]],
    "the number of words": [
        holding("ferry", words="Some words."),
        BEFORE[1],
        holding("mill", words="Many more words."),
    ],
    "one more": [BEFORE[0], holding("laeufe", "Läufe"), *BEFORE[1:]],
    "one less": BEFORE[1:],
    "the order": BEFORE[::-1],
    "all": [],
}


@pytest.mark.parametrize("change", AFTER)
@pytest.mark.parametrize("name", FORMS)
def test_a_roll_made_from_the_last_one_is_as_one_made_anew(name: str, change: str) -> None:
    form = FORMS[name]
    published, known = renewed(form, BEFORE, SETTINGS, form.piece_of(SETTINGS), b"", b"")
    assert published == whole(form, BEFORE, SETTINGS)

    made, known = renewed(form, AFTER[change], SETTINGS, form.piece_of(SETTINGS), published, known)

    assert made == whole(form, AFTER[change], SETTINGS)
    assert renewed(form, BEFORE, SETTINGS, form.piece_of(SETTINGS), made, known)[0] == published


@pytest.mark.parametrize("name", FORMS)
def test_what_is_as_it_was_is_taken_from_the_published_file(name: str) -> None:
    made = []
    form = replace(
        FORMS[name], piece=lambda held, settings: made.append(held.path) or FORMS[name].piece(held, settings)
    )
    published, known = renewed(form, BEFORE, SETTINGS, form.piece_of(SETTINGS), b"", b"")
    made.clear()

    renewed(form, AFTER["a title"], SETTINGS, form.piece_of(SETTINGS), published, known)

    assert made == ["2021/lamps/"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("harm", ["lost", "changed", "unknown"])
def test_nothing_is_taken_from_a_file_that_is_not_the_published_one(name: str, harm: str) -> None:
    published, known = renewed(FORMS[name], BEFORE, SETTINGS, FORMS[name].piece_of(SETTINGS), b"", b"")
    found = {"lost": b"", "changed": published.replace(b"mill", b"MILL"), "unknown": published}[harm]

    made, _ = renewed(
        FORMS[name],
        BEFORE,
        SETTINGS,
        FORMS[name].piece_of(SETTINGS),
        found,
        b"what is this" if harm == "unknown" else known,
    )

    assert made == published


def test_a_roll_of_nothing_can_still_be_read() -> None:
    assert json.loads(whole(FORMS["csl_roll"], [], SETTINGS)) == []
    assert json.loads(whole(FORMS["articles.json"], [], SETTINGS))["articles"] == []
    assert len(list(csv.reader(io.StringIO(whole(FORMS["articles.csv"], [], SETTINGS).decode())))) == 1
