"""A record that is damaged, whatever of it and whatever else changed, costs time and nothing else."""

import random
import sqlite3
from pathlib import Path

import pytest

from tests.build.conftest import built_clean, differences, tree_of
from tests.conftest import Archive

DAMAGES = {
    "a byte of a chunk": "UPDATE chunks SET held = substr(held, 1, 20) || x'ff' || substr(held, 22) WHERE kind LIKE ?",
    "a chunk": "DELETE FROM chunks WHERE rowid = (SELECT min(rowid) FROM chunks WHERE kind LIKE ?)",
    "all chunks": "DELETE FROM chunks WHERE kind LIKE ?",
    "the name of a chunk": "UPDATE chunks SET kind = 'x' || kind WHERE kind LIKE ?",
    "the number of a chunk": "UPDATE chunks SET number = number + 1000 WHERE kind LIKE ?",
    "no blob": "UPDATE chunks SET held = 'text' WHERE kind LIKE ?",
    "whose site it is": "UPDATE sites SET out = 'x' || out WHERE ? != ''",
}


def damage(archive: Archive, statement: str, kind: str) -> None:
    with sqlite3.connect(archive.root / ".pressmark" / "build.sqlite") as connection:
        connection.execute(statement, (kind,))
    connection.close()


@pytest.mark.parametrize(("kind", "search"), [("pages %", True), ("sheaves %", False), ("files %", False)])
@pytest.mark.parametrize("name", DAMAGES)
def test_where_nothing_else_changed_the_site_stays(
    copy_of_fixture: Archive, name: str, kind: str, *, search: bool
) -> None:
    """It once was taken for a site of which no file was planned."""
    before = tree_of(copy_of_fixture.build(search=search).root / "site")
    damage(copy_of_fixture, DAMAGES[name], kind)
    after = tree_of(copy_of_fixture.build(search=search).root / "site")
    assert differences(after, before) == []
    assert copy_of_fixture.build(search=search).done.rendered == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facts SET value = replace(value, '\"articles\": 7', '\"articles\": 3') WHERE name LIKE ?",
        "UPDATE facts SET value = replace(value, '{', '[') WHERE name LIKE ?",
        "UPDATE facts SET value = NULL WHERE name LIKE ?",
        "UPDATE facts SET value = x'ff' WHERE name LIKE ?",
        "DELETE FROM facts WHERE name NOT LIKE ?",
    ],
)
def test_a_number_that_was_damaged_is_not_told(copy_of_fixture: Archive, statement: str) -> None:
    copy_of_fixture.build()
    articles = copy_of_fixture.build().done.articles
    damage(copy_of_fixture, statement, "standing %")
    assert copy_of_fixture.build().done.articles == articles
    assert copy_of_fixture.build().done.rendered == 0


def test_tables_of_another_form_are_begun_anew(copy_of_fixture: Archive) -> None:
    """A bit of the schema is flipped, and SQLite finds nothing wrong with it."""
    record = copy_of_fixture.build().root / ".pressmark" / "build.sqlite"
    record.write_bytes(record.read_bytes().replace(b"INTEGER PRIMARY KEY", b"INTEGER QRIMARY KEY"))
    assert copy_of_fixture.build().done.rendered > 0
    assert copy_of_fixture.build().done.rendered == 0


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bits_cost_time_and_nothing_else(copy_of_fixture: Archive, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    for number in range(4):
        copy_of_fixture.build(search=False)
        record = copy_of_fixture.root / ".pressmark" / "build.sqlite"
        data = bytearray(record.read_bytes())
        for _ in range(dice.choice([1, 3, 30, 300])):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        record.write_bytes(data)
        if number % 2:
            copy_of_fixture.article("harbour", body=f"The harbour, for time number {number}.")
        warm = tree_of(copy_of_fixture.build(search=False).root / "site")
        assert differences(warm, built_clean(copy_of_fixture.root, tmp_path / "elsewhere", search=False)) == []
