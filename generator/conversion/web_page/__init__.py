"""HTML captures: a saved page becomes an article and its ledger.

What the article is, is decided on the page's own tree from many facts and a second opinion (trafilatura's); what the
page states about itself is weighed, never invented; the Markdown is written from the original nodes.
"""

from collections.abc import Mapping

from generator.conversion.web_page.account import ledger_of
from generator.conversion.web_page.authoring import authors_of
from generator.conversion.web_page.blocks import blocks_of
from generator.conversion.web_page.completion import completed
from generator.conversion.web_page.dating import dates_of
from generator.conversion.web_page.decisions import with_labels, with_title
from generator.conversion.web_page.extraction import extracted
from generator.conversion.web_page.fields import (
    Values,
    captured_on,
    language_stated,
    paragraphs_of,
    state_authors,
    state_dates,
    state_language,
    state_sources,
    state_tags,
    state_texts,
    state_title,
)
from generator.conversion.web_page.footnotes import notes_of
from generator.conversion.web_page.front import with_front_matter
from generator.conversion.web_page.head import head_of, web_address
from generator.conversion.web_page.noted import with_notes
from generator.conversion.web_page.page import Page
from generator.conversion.web_page.parsing import parsed
from generator.conversion.web_page.rules import verdict
from generator.conversion.web_page.structured import article_nodes
from generator.conversion.web_page.titling import site_names, title_of
from generator.conversion.web_page.writer import Writer
from generator.model.articles import Conversion
from generator.model.captures import Capture
from generator.model.ledger import Label, Ledger
from generator.problems import Problem, Refusal


def convert_web_page(capture: Capture, labels: Mapping[str, Label]) -> tuple[Conversion, Ledger]:
    """Converts an HTML capture; `labels` are a person's; raises Refusal when the page shows no text at all."""
    line_count = max(1, capture.text.count("\n") + (not capture.text.endswith("\n")))
    root = parsed(capture.text)
    blocks = blocks_of(root, line_count) if root is not None else ()
    if root is None or not any(block.text for block in blocks):
        raise Refusal(
            Problem(capture.path, "shows no text", "save the page again once it has loaded, or remove the file")
        )
    head = head_of(root, capture.text)
    nodes = article_nodes(root)
    sites = site_names(head, nodes)
    title = title_of(blocks, head, nodes, sites)
    description = head.first("og:description", "description", "twitter:description")
    page = Page(blocks, extracted(root, blocks), title.text, description.text if description else "", title.block)
    verdicts = completed(page, [verdict(page, index) for index in range(len(blocks))])

    stated = language_stated(head, nodes)
    authors = authors_of(page, head, nodes, sites)
    dates = dates_of(page, head, nodes, stated[0])
    verdicts = with_front_matter(page, verdicts, authors, dates)
    in_text = frozenset(number for number, given in enumerate(verdicts) if given.is_kept)
    notes = notes_of(root, blocks, in_text, head.url)
    verdicts = with_labels(blocks, with_notes(blocks, verdicts, notes), labels)
    notes = notes.only(number for number, given in enumerate(verdicts) if given.label is Label.FOOTNOTE)
    title = with_title(blocks, verdicts, title)
    kept = [block.number for block, given in zip(blocks, verdicts, strict=True) if given.is_kept]
    paragraphs = paragraphs_of(blocks, verdicts)

    found = Values()
    language = state_language(found, stated, "\n".join(text for _, text in paragraphs)[:20_000])
    state_title(
        found, title, [blocks[number] for number in kept if blocks[number].text] or [b for b in blocks if b.text]
    )
    about = [block for block, given in zip(blocks, verdicts, strict=True) if given.label is Label.AUTHOR_NOTE]
    state_authors(found, authors, about)
    state_dates(found, dates, paragraphs, language)
    state_sources(found, head, nodes, paragraphs, language)
    state_tags(found, head, nodes)
    state_texts(found, blocks, verdicts)
    given_labels = {number: given.label for number, given in enumerate(verdicts)}
    writer = Writer(
        blocks,
        kept,
        given_labels,
        core=page.core,
        title=title.text,
        resolve=lambda link: web_address(link, head.base),
        notes=notes,
    )
    body = writer.markdown()
    captured, reason = captured_on(head, blocks, verdicts, language)
    read = (*found.read.items(), *((("capture.date", reason),) if captured is not None else ()))
    return Conversion(found.fields(), read, body, captured=captured), ledger_of(page, verdicts, head, line_count)
