"""What open pages are told, without a network."""

from typing import Any

from generator.watching.audience import Audience, Listener


def news(listener: Listener) -> list[tuple[str, Any]]:
    told = []
    while not listener.news.empty():
        message = listener.news.get()
        assert message is not None
        told.append(message)
    return told


def test_only_the_page_that_changed_is_told() -> None:
    site = {"a/": "1", "b/": "1"}
    audience = Audience(lambda path: site[path])
    first, second = audience.join("a/", "1", 0), audience.join("b/", "1", 0)
    site["a/"] = "2"
    assert audience.look_again() == {"a/"}
    assert [data["paths"] for _, data in news(first)] == [["a/"]]
    assert news(second) == []
    assert audience.look_again() == frozenset()


def test_assets_are_told_to_everybody_and_only_when_shown() -> None:
    site = {"a/": "1", "style.css": "1", "unseen.css": "1"}
    audience = Audience(lambda path: site[path])
    audience.shows("style.css", "1")
    listener = audience.join("a/", "1", 0)
    site |= {"style.css": "2", "unseen.css": "2"}
    audience.look_again()
    assert [data["paths"] for _, data in news(listener)] == [["style.css"]]


def test_what_changed_between_loading_and_listening_is_not_missed() -> None:
    site = {"a/": "1", "style.css": "1"}
    audience = Audience(lambda path: site[path])
    audience.shows("style.css", "1")
    loaded = audience.turn
    site |= {"a/": "2", "style.css": "2"}
    audience.look_again()
    assert [data["paths"] for _, data in news(audience.join("a/", "1", loaded))] == [["a/", "style.css"]]
    assert news(audience.join("a/", "2", audience.turn)) == []


def test_lasting_news_reach_those_who_come_later_once() -> None:
    audience = Audience(lambda _: "")
    audience.tell("problems", ["a"], lasting=True)
    audience.tell("problems", ["a"], lasting=True)
    listener = audience.join("a/", "", 0)
    audience.tell("problems", [], lasting=True)
    assert news(listener) == [("problems", ["a"]), ("problems", [])]


def test_pages_that_are_closed_are_open_no_more() -> None:
    audience = Audience(lambda _: "")
    listener = audience.join("a/", "", 0)
    assert audience.pages() == {"a/"}
    audience.leave(listener)
    assert audience.pages() == frozenset()


def test_pages_are_led_to_their_new_address_now_and_later() -> None:
    site = {"404.html": "none", "2022/b/": "b"}
    audience = Audience(lambda page: site.get(page, "none"))
    open_page, other = audience.join("2022/a/", "none", 0), audience.join("2022/b/", "b", 0)
    audience.lead({"2022/a/": "2023/a/"})
    assert news(open_page) == [("moved", {"to": "2023/a/"})]
    assert news(other) == []
    audience.lead({"2023/a/": "2024/a/"})
    assert news(audience.join("2022/a/", "none", 0)) == [("moved", {"to": "2024/a/"})]
    site["2022/a/"] = "another page stands there by now"
    assert news(audience.join("2022/a/", site["2022/a/"], 0)) == []


def test_who_goes_back_is_not_led_in_a_circle() -> None:
    audience = Audience(lambda _: "none")
    audience.lead({"2022/a/": "2023/a/"})
    audience.lead({"2023/a/": "2022/a/"})
    assert news(audience.join("2022/a/", "none", 0)) == []
    assert news(audience.join("2023/a/", "none", 0)) == [("moved", {"to": "2022/a/"})]
