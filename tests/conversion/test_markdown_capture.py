"""Markdown captures: the front matter of five programs typed, the text kept as it is."""

import pytest

from generator.captures import receive
from generator.conversion import convert
from generator.model.articles import Conversion, Role, Source
from generator.model.ledger import Destination, Label


def converted(text: str) -> Conversion:
    return convert(receive("seeds/x.md", text.encode()))[0]


BODY = "The ferry leaves at ten in the evening, and the people of the quay hear its engines.\n"
HUGO = f"""+++
title = "Night ferry: a quarrel"
date = 2022-05-21T10:00:00+02:00
lastmod = 2022-05-23
draft = false
tags = ["ferries", "noise"]
authors = ["Imogen Starling", "Tomas Brandt"]
aliases = ["/2019/old/"]
weight = 10
+++

{BODY}"""
JEKYLL = f"""---
layout: post
title: "Night ferry: a quarrel"
author: Imogen Starling and Tomas Brandt
date: 2022-05-21 10:00:00 +0200
last_modified_at: 2022/05/23
categories: [ferries, noise]
permalink: /2019/old/
---
{{{{ page.title }}}} {{% include x.html %}} {BODY}"""
PELICAN = f"""Title: Night ferry: a quarrel
Date: 2022-05-21 10:20
Modified: 2022-05-23
Author: Imogen Starling; Tomas Brandt
Tags: ferries, noise
Url: /2019/old/

{BODY}"""
ZOLA = f"""+++
title = "Night ferry: a quarrel"
date = "2022-05-21"
updated = "2022-05-23"
aliases = ["/2019/old/"]
[taxonomies]
tags = ["ferries", "noise"]
[extra]
author = "Imogen Starling & Tomas Brandt"
+++
{BODY}"""
OBSIDIAN = f"""---
title: "Night ferry: a quarrel"
created: 2022-05-21
modified: 2022-05-23
author:
  - name: Imogen Starling
  - Tomas Brandt
tags:
  - "#ferries"
  - "#noise"
url: /2019/old/
---
{BODY}[[A note]] and ==marked== text.
"""


@pytest.mark.parametrize(
    "text", [HUGO, JEKYLL, PELICAN, ZOLA, OBSIDIAN], ids=["hugo", "jekyll", "pelican", "zola", "obsidian"]
)
def test_five_programs_state_the_same(text: str) -> None:
    fields = converted(text).fields
    assert fields.title == "Night ferry: a quarrel"
    assert fields.authors == ("Imogen Starling", "Tomas Brandt")
    assert (str(fields.date), str(fields.updated)) == ("2022-05-21", "2022-05-23")
    assert fields.tags == ("ferries", "noise")
    assert fields.aliases == ("/2019/old/",)


def test_what_is_not_known_or_cannot_be_typed_is_kept_as_text() -> None:
    fields = converted("---\ntitle: no\ndate: 21 Mai\nlang: en_GB\nversion: 1.10\nlayout: [a, b]\n---\nText.\n").fields
    assert (fields.title, fields.date, fields.language) == ("no", None, "en-GB")
    assert fields.extra == (("date_as_stated", "21 Mai"), ("version", "1.10"), ("layout", "a, b"))


def test_dates_that_two_readers_would_read_differently_are_no_dates() -> None:
    assert converted("---\ntitle: A\ndate: 05/06/2022\n---\nText.\n").fields.date is None
    assert str(converted("---\ntitle: A\ndate: 2022-05~\n---\nText.\n").fields.date) == "2022-05~"
    assert str(converted("---\ntitle: A\ndate: May 21, 2022\n---\nText.\n").fields.date) == "2022-05-21"


def test_where_it_was_published_is_a_source() -> None:
    text = "---\ntitle: A\nsource: Northshore Post\nurl: https://example.org/a\nsources: [Harbour Office]\n---\nText.\n"
    assert converted(text).fields.sources == (
        Source("Harbour Office"),
        Source("Northshore Post", "https://example.org/a", Role.ORIGIN),
    )


def test_a_heading_on_top_that_is_the_title_leaves_the_text() -> None:
    conversion = converted("---\ntitle: Night ferry\n---\n\n# Night ferry\n\n# Night ferry again\n\nText.\n")
    assert conversion.body == "# Night ferry again\n\nText.\n"
    conversion = converted("# Night ferry\n\nText.\n")
    assert (conversion.fields.title, conversion.body) == ("Night ferry", "Text.\n")
    assert ("title", "line 1, heading") in conversion.read


def test_the_text_is_verbatim() -> None:
    body = "Text  \nwith *marks*, <b>tags</b>, {{< figure >}}\n\n```\n# code\n\n---\n```\n\n[^1]: note\n"
    assert converted(f"---\ntitle: A\n---\n{body}").body == body


def test_every_key_has_its_line() -> None:
    conversion, ledger = convert(receive("seeds/x.md", b"---\ntitle: A\nauthor:\n  - B\n---\nText.\n"))
    entries = [(entry.first, entry.last, entry.key) for entry in ledger.of(Label.FRONT_MATTER)]
    assert entries == [(1, 1, ""), (2, 2, "title"), (3, 4, "author"), (5, 5, "")]
    assert ledger.of(Label.FRONT_MATTER)[1].destination is Destination.FRONT_MATTER
    assert dict(conversion.read)["author"] == "line 3, front matter"


def test_a_capture_without_title_has_its_first_words() -> None:
    conversion = converted("One two three four five six seven eight nine ten eleven twelve.\n")
    assert conversion.fields.title == "One two three four five six seven eight nine ten …"
    assert "first words" in dict(conversion.read)["title"]
