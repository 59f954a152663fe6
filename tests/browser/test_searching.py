"""Searching as a reader does it: words, filters, order, the address, the keyboard."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FERRY, LIGHTS = "Night ferry to Brackwater", "Harbour lights"


def test_words_are_found_while_they_are_typed(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/").search("ramp")
    assert reader.titles(1) == [FERRY]
    expect(reader.page).to_have_url(re.compile(r"/search/\?q=ramp$"))
    expect(reader.page.locator(".result-excerpt mark").first).to_be_visible()
    reader.page.get_by_role("link", name=FERRY).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(FERRY)


def test_words_in_the_address_are_searched_at_once(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/?q=lampkeeper")
    assert reader.titles(1) == [LIGHTS]
    expect(reader.box).to_have_value("lampkeeper")


def test_what_is_not_there_is_said(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/?q=xylophone")
    expect(reader.page.get_by_role("status")).to_contain_text("xylophone")
    assert reader.titles(0) == []


FILTERS = {
    ("author", "Imogen Starling"): {FERRY, LIGHTS},
    ("year", "2022"): {FERRY, LIGHTS},
    ("year", "Undated"): {"How to read a tide table"},
    ("source", "Institute for Quiet Towns"): {FERRY, LIGHTS},
    ("source", "Nordwind"): {"Der Winterdeich hält"},
    ("tag", "noise & sleep"): {FERRY},
    ("language", "German"): {"Der Winterdeich hält"},
}


def test_each_filter_narrows_what_is_found(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/")
    for (facet, value), wanted in FILTERS.items():
        reader.tick(facet, value)
        expect(reader.page).to_have_url(re.compile(rf"[?&]{facet}="))
        expect(reader.page.locator(".result-title", has_text=next(iter(wanted)))).to_be_visible()
        assert set(reader.titles(len(wanted))) == wanted, facet
        reader.page.locator("[data-clear-filters]").click()
        reader.titles(0)


def test_filters_in_the_address_are_used_at_once(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/?tag=noise+%26+sleep&author=Imogen+Starling")
    assert reader.titles(1) == [FERRY]
    expect(reader.page.locator("fieldset[data-facet] input:checked")).to_have_count(2)


def test_a_filter_finds_its_articles_whatever_signs_its_name_has(visitor, serve, archive) -> None:
    tags = ('the "night" boat', "it's", "a, b: c", "50 % & more", "back\\slash", "[x] {y}", "<b>")
    for number, tag in enumerate(tags):
        archive.article(f"a{number}", f"title: Article {number}", f"tags: [{json.dumps(tag)}]")
    archive.build(search=True)
    with serve(archive.site) as address:
        guest = visitor(address).go("search/")
        boxes = guest.page.locator('fieldset[data-facet="tag"] input')
        expect(boxes).to_have_count(len(tags))
        found = set()
        for value in boxes.evaluate_all("boxes => boxes.map(box => box.value)"):
            guest.page.get_by_role("checkbox", name=value).check()
            found.update(guest.titles(1))
            guest.page.locator("[data-clear-filters]").click()
            guest.titles(0)
        assert len(found) == len(tags)


def test_words_and_filters_work_together(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/?q=quay")
    assert set(reader.titles(2)) == {FERRY, LIGHTS}
    reader.tick("tag", "lamps")
    assert reader.titles(1) == [LIGHTS]


def test_results_are_sorted_by_date(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/?q=quay&sort=newest")
    assert reader.titles(2) == [FERRY, LIGHTS]
    reader.page.locator("select[name=sort]").select_option("oldest")
    expect(reader.page.locator(".result-title").first).to_have_text(LIGHTS)
    assert reader.titles(2) == [LIGHTS, FERRY]
    assert "sort=oldest" in reader.page.url


def test_back_and_forward_bring_searches_back(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/?q=ramp")
    assert reader.titles(1) == [FERRY]
    reader.search("lampkeeper").box.press("Enter")
    expect(reader.page.locator(".result-title")).to_have_text([LIGHTS])
    reader.page.go_back()
    expect(reader.page.locator(".result-title")).to_have_text([FERRY])
    expect(reader.box).to_have_value("ramp")
    reader.page.go_forward()
    expect(reader.page.locator(".result-title")).to_have_text([LIGHTS])
    expect(reader.box).to_have_value("lampkeeper")
    reader.page.get_by_role("link", name=LIGHTS).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(LIGHTS)
    reader.page.go_back()
    expect(reader.page.locator(".result-title")).to_have_text([LIGHTS])


def test_the_keyboard_is_enough(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("2022/harbour-lights/")
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("quay")
    reader.page.keyboard.press("Enter")
    expect(reader.page).to_have_url(re.compile(r"/reader/search/\?q=quay$"))
    reader.titles(2)
    reader.page.keyboard.press("/")
    expect(reader.box).to_be_focused()
    first, second = (reader.page.locator(".result-title a").nth(place) for place in (0, 1))
    reader.page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    reader.page.keyboard.press("ArrowUp")
    expect(reader.box).to_be_focused()
    reader.page.keyboard.press("ArrowDown")
    while not second.evaluate("element => element === document.activeElement"):
        reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Escape")
    expect(reader.box).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(reader.box).to_have_value("")
    reader.titles(0)


def test_a_record_is_found_by_its_abstract_and_not_by_its_text(visitor, reader_address) -> None:
    reader = visitor(reader_address).go("search/?q=organist")
    assert reader.titles(1) == ["The silent bells of Saint Corvin"]
    expect(reader.page.locator(".result-excerpt")).to_contain_text("mudlarks")
    reader.search("Glimmerwhack")
    expect(reader.page.get_by_role("status")).to_contain_text("Glimmerwhack")
    reader.titles(0)


def test_without_javascript_every_title_is_there(visitor, reader_address) -> None:
    reader = visitor(reader_address, javascript=False).go("search/")
    expect(reader.page.get_by_role("link", name=LIGHTS)).to_be_visible()
    expect(reader.page.get_by_role("main").get_by_role("link", name="Authors")).to_be_visible()
    reader.page.get_by_role("link", name=FERRY).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(FERRY)


def test_an_archive_at_the_top_of_its_host_is_searched_as_well(visitor, serve, reader) -> None:
    with serve(reader.site) as address:
        guest = visitor(address).go("search/?q=ramp")
        assert guest.titles(1) == [FERRY]
        guest.page.get_by_role("link", name=FERRY).click()
        expect(guest.page.get_by_role("heading", level=1)).to_have_text(FERRY)


def test_the_users_capture_is_found(user_capture, visitor, serve, archive) -> None:
    archive.write("seeds/capture.txt", user_capture.read_bytes()).build(search=True)
    assert archive.problems == []
    assert archive.done.articles == 1
    with serve(archive.site) as address:
        guest = visitor(address).go("search/?q=Selydove")
        guest.titles(1)
        guest.page.locator(".result-title a").click()
        byline = guest.page.locator(".byline")
        expect(byline).to_contain_text("Atlamazoglou")
        expect(byline).to_contain_text(re.compile("undated|about October 2024"))
        expect(guest.page.locator(".sources")).to_contain_text("Institute for the Study of War")
