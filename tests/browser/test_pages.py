"""Every kind of page, wide and narrow, light and dark: nothing scrolls sideways, nothing fails, nothing comes from elsewhere."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = (
    "", "2022/", "2022/05/", "2022/night-ferry-to-brackwater/", "undated/tide-table/", "1998/silent-bells/", "2019/pier-auction/", "2023/old-lighthouse/",
    "authors/", "authors/imogen-starling/", "sources/", "tags/", "languages/", "years/", "undated/", "about/", "search/?q=quay", "404.html",
)  # fmt: skip


def test_no_page_scrolls_sideways(visitor, reader_address) -> None:
    guest = visitor(reader_address)
    for path in PAGES:
        guest.go(path)
        if path.startswith("search"):
            guest.titles(2)
        for width, colours in ((320, "light"), (320, "dark"), (1280, "dark"), (1280, "light")):
            guest.page.set_viewport_size({"width": width, "height": 800})
            guest.page.emulate_media(color_scheme=colours)
            wider = guest.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"/{path} is {wider} px wider than {width} px"


def test_dark_is_dark_and_light_is_light(visitor, reader_address) -> None:
    def text_is_lighter(colours: str) -> bool:
        guest = visitor(reader_address, colours=colours).go()
        # "Canvas" follows the scheme wherever a colour is transparent or written in another notation.
        light = "(colour) => { const c = document.createElement('canvas').getContext('2d'); c.fillStyle = colour; c.fillRect(0, 0, 1, 1);"
        light += " return c.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((a, b) => a + b, 0); }"
        return guest.page.evaluate(
            f"(() => {{ const light = {light}; const style = getComputedStyle(document.body);"
            " const back = [document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor).find(c => !/, 0\\)$/.test(c));"
            " return light(style.color) > light(back); })()"
        )

    assert text_is_lighter("dark")
    assert not text_is_lighter("light")


def test_a_chosen_theme_is_remembered(visitor, reader_address) -> None:
    guest = visitor(reader_address).go()
    button = guest.page.locator("[data-theme-switch]")
    while guest.page.evaluate("document.documentElement.dataset.theme") != "dark":
        button.click()
    guest.go("2022/harbour-lights/")
    assert guest.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_timeline_leads_to_its_years(visitor, reader_address) -> None:
    guest = visitor(reader_address).go()
    guest.page.locator("figure.timeline a").last.click()
    expect(guest.page.get_by_role("heading", level=1)).to_contain_text("2023")


def test_former_addresses_lead_on(visitor, reader_address) -> None:
    for path in ("2019/old-address/", "ferry.html"):
        guest = visitor(reader_address).go(path)
        expect(guest.page.get_by_role("heading", level=1)).to_have_text("Night ferry to Brackwater")
        assert guest.page.url.endswith("/reader/2022/night-ferry-to-brackwater/")


def test_without_javascript_pages_read_as_well(visitor, reader_address) -> None:
    guest = visitor(reader_address, javascript=False).go()
    guest.page.get_by_role("link", name="Authors").first.click()
    guest.page.get_by_role("link", name="Imogen Starling").click()
    guest.page.get_by_role("link", name="Harbour lights").click()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Harbour lights")


def test_an_address_that_is_not_there_is_answered_with_a_page(visitor, reader_address) -> None:
    guest = visitor(reader_address)
    guest.go("deep/down/nowhere/")
    expect(guest.page.get_by_role("heading", level=1)).to_contain_text("no page")
    guest.page.get_by_role("main").get_by_role("link", name="Search").click()
    expect(guest.page.locator("#search_words")).to_be_visible()
    guest.wrong = [wrong for wrong in guest.wrong if "404" not in wrong]  # the browser says that the page was not found
