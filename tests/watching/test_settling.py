"""Bursts, told as what editors and tools do; times are seconds on a made-up clock."""

from hypothesis import given
from hypothesis import strategies as st

from generator.watching.settling import FINISHED, LONGEST, MANY, UNFINISHED, VANISHED, Burst

KINDS = ("created", "modified", "closed", "placed", "deleted", "moved-away")


def burst(*events: tuple[str, str], folders: tuple[str, ...] = ()) -> Burst:
    told = Burst(0.0)
    for kind, path in events:
        told.note(kind, path, 0.0, is_folder=path in folders)
    return told


def test_a_file_that_was_written_and_closed_is_settled_soonest() -> None:
    assert burst(("modified", "content/a.md"), ("closed", "content/a.md")).settles_at() == FINISHED


def test_a_file_that_is_still_open_is_waited_for() -> None:
    assert burst(("modified", "content/a.md")).settles_at() == UNFINISHED


def test_a_save_by_rename_is_as_quick_as_a_save_in_place() -> None:
    save = burst(
        ("created", "content/x1"),
        ("modified", "content/x1"),
        ("closed", "content/x1"),
        ("moved-away", "content/x1"),
        ("placed", "content/a.md"),
    )
    assert save.settles_at() == FINISHED


def test_a_text_that_an_editor_has_renamed_away_may_come_back() -> None:
    assert burst(("moved-away", "content/a.md")).settles_at() == VANISHED
    assert (
        burst(("moved-away", "content/a.md"), ("created", "content/a.md"), ("closed", "content/a.md")).settles_at()
        == FINISHED
    )


def test_many_files_settle_together() -> None:
    assert burst(*[("closed", f"content/{number}.md") for number in range(200)]).settles_at() == MANY


def test_files_found_in_a_folder_that_was_moved_in_are_finished() -> None:
    moved = burst(("created", "content/new"), ("created", "content/new/a.md"), folders=("content/new",))
    assert moved.settles_at() == FINISHED


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from("abcdef"), st.floats(0, 0.7)), min_size=1, max_size=80)
)
def test_no_burst_goes_on_for_ever(events: list[tuple[str, str, float]]) -> None:
    told, now = Burst(0.0), 0.0
    for kind, path, pause in events:
        now += pause
        told.note(kind, path, now)
        assert told.settles_at() <= LONGEST
    assert told.changed == {path for _, path, _ in events}
