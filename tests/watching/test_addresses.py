"""Addresses of the preview: what they mean, which hosts are this machine, and which visits may change the archive."""

import pytest

from generator.watching.addresses import is_own_host, is_own_origin, site_path
from generator.watching.rooms import TOKEN, Visit, may_change


@pytest.mark.parametrize(
    ("address", "path"),
    [("/", ""), ("/2022/ferry/", "2022/ferry/"), ("/2022/ferry", "2022/ferry"), ("/a%20b.html", "a b.html"), ("/reader/feed.xml", "feed.xml"),
     ("/reader/", ""), ("//2022//", "2022/")],
)  # fmt: skip
def test_addresses_of_the_site(address: str, path: str) -> None:
    assert site_path(address, "/reader/") == path


@pytest.mark.parametrize("address", ["/../secret", "/a/..%2f..%2fsecret", "/a\\..\\b", "/a%00b", "/C:/windows"])
def test_addresses_that_lead_out_of_the_site(address: str) -> None:
    assert site_path(address, "/") is None


@pytest.mark.parametrize(
    "host",
    ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "192.168.1.7", "pressmark.localhost", "desk", "LOCALHOST."],
)
def test_hosts_that_name_this_machine(host: str) -> None:
    assert is_own_host(host, {"desk"})


@pytest.mark.parametrize(
    "host", ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "[", "desk.evil.example"]
)
def test_hosts_of_other_pages_that_point_here(host: str) -> None:
    assert not is_own_host(host, {"desk"})


def test_an_origin_is_own_when_it_is_the_host_itself() -> None:
    assert is_own_origin("http://127.0.0.1:8000", "127.0.0.1:8000")
    assert not is_own_origin("http://127.0.0.1:9000", "127.0.0.1:8000")
    assert not is_own_origin("null", "127.0.0.1:8000")
    assert not is_own_origin("", "")


HEADERS = {
    "host": "127.0.0.1:8000",
    "origin": "http://127.0.0.1:8000",
    TOKEN: "secret",
    "sec-fetch-site": "same-origin",
}


def test_a_visit_of_our_own_page_may_change() -> None:
    assert may_change(Visit("POST", "/_review/label", headers=HEADERS), "secret")


@pytest.mark.parametrize(
    "wrong",
    [{TOKEN: "guess"}, {TOKEN: ""}, {"origin": "http://evil.example"}, {"origin": ""}, {"sec-fetch-site": "cross-site"},
     {"sec-fetch-site": "same-site"}, {"host": "evil.example"}],
)  # fmt: skip
def test_no_other_may(wrong: dict[str, str]) -> None:
    assert not may_change(Visit("POST", "/_review/label", headers=HEADERS | wrong), "secret")


def test_nobody_may_from_another_machine() -> None:
    assert not may_change(Visit("POST", "/_review/label", headers=HEADERS, is_local=False), "secret")
