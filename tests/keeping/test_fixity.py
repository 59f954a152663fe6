"""Fixity: a flipped byte, a missing file and a foreign one are each found and named."""

import pytest

from generator.checking import verify
from generator.keeping.fixity import verify_site


def complaints(archive) -> list[str]:
    return [str(problem) for problem in verify(archive.root)[1]]


def test_a_site_as_it_was_published_agrees(copy_of_fixture) -> None:
    copy_of_fixture.build()
    agree, problems = verify(copy_of_fixture.root)
    assert problems == ()
    assert agree == len(copy_of_fixture.published()) - 1 + 2  # all but the manifest, and two captures


def test_a_flipped_byte_is_found(copy_of_fixture) -> None:
    copy_of_fixture.build()
    file = copy_of_fixture.site / "2022/night-ferry-to-brackwater/index.html"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert complaints(copy_of_fixture) == [
        "2022/night-ferry-to-brackwater/index.html: has changed; restore it from a copy, or build the site again"
    ]


def test_a_missing_and_a_foreign_file_are_found(copy_of_fixture) -> None:
    copy_of_fixture.build()
    (copy_of_fixture.site / "feed.xml").unlink()
    (copy_of_fixture.site / "2022/foreign.txt").write_text("not ours")
    assert complaints(copy_of_fixture) == [
        "feed.xml: is missing; restore it from a copy, or build the site again",
        "2022/foreign.txt: is not in the manifest; remove it, or build the site again",
    ]


def test_a_changed_and_a_lost_capture_are_found(copy_of_fixture) -> None:
    copy_of_fixture.build()
    (copy_of_fixture.root / "seeds/winterdeich.txt").write_text("something else")
    (copy_of_fixture.root / "seeds/bells.txt").unlink()
    found = complaints(copy_of_fixture)
    assert [line.split(";")[0] for line in found] == [
        "seeds/bells.txt: is missing",
        "seeds/winterdeich.txt: has changed",
    ]


def test_files_of_the_keeper_at_the_top_are_left_alone(copy_of_fixture) -> None:
    copy_of_fixture.build()
    (copy_of_fixture.site / ".nojekyll").touch()
    assert complaints(copy_of_fixture) == []


@pytest.mark.parametrize("line", ["nonsense", "0" * 64 + "  ../../outside.txt", "0" * 64 + "  /etc/hostname"])
def test_a_manifest_never_leads_out_of_the_site(line: str, tmp_path) -> None:
    (tmp_path / "manifest-sha256.txt").write_text(line + "\n")
    agree, problems = verify_site(tmp_path)
    assert agree == 0
    assert [str(problem) for problem in problems] == [
        "manifest-sha256.txt:1: a line cannot be read; build the site again"
    ]


def test_a_folder_without_a_manifest_is_no_site(tmp_path) -> None:
    assert [problem.message for problem in verify_site(tmp_path)[1]] == ["has no manifest to verify against"]


def test_the_manifest_is_what_sha256sum_reads(reader) -> None:
    lines = reader.page("manifest-sha256.txt").splitlines()
    assert lines == sorted(lines, key=lambda line: line[66:])
    assert {line[66:] for line in lines} == set(reader.published()) - {"manifest-sha256.txt"}
