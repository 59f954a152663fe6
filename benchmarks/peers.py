"""What a user would pick instead, given the same articles: Hugo, Pelican, Eleventy, and Pagefind over what they made.

Hugo gets templates comparable with ours: an article page with its neighbours and related articles, beside it Markdown,
BibTeX, RIS and CSL-JSON; lists and full-text feeds for every author, source and tag; a sitemap. Pelican gets the same,
as far as it knows the kinds: no sources. Eleventy makes less: article pages, lists of authors and tags.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Piece, pieces


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: its name, the command that builds a site in the current folder, and where the site is then."""

    name: str
    command: tuple[str, ...]
    site: str


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _flow(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


_HUGO = """
baseURL = "https://archive.example/"
title = "Measured archive"
disableKinds = []
[taxonomies]
author = "authors"
source = "sources"
tag = "tags"
[outputFormats.md]
mediaType = "text/markdown"
baseName = "index"
isPlainText = true
[outputFormats.bib]
mediaType = "text/plain"
baseName = "cite-bib"
isPlainText = true
[outputFormats.ris]
mediaType = "text/plain"
baseName = "cite-ris"
isPlainText = true
[outputFormats.csl]
mediaType = "application/json"
baseName = "cite"
isPlainText = true
[outputs]
page = ["html", "md", "bib", "ris", "csl"]
[services.rss]
limit = 10
"""
_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Summary | plainify }}"></head><body><header><nav><a href="/">Home</a> <a href="/authors/">Authors</a>
<a href="/tags/">Tags</a></nav></header><main>{{ block "main" . }}{{ end }}</main><footer>Made by Hugo</footer></body></html>
"""
_HUGO_LAYOUTS = {
    "_default/baseof.html": _FRAME,
    "_default/single.html": """{{ define "main" }}<article data-pagefind-body><h1>{{ .Title }}</h1>
<p>{{ with .Params.authors }}{{ delimit . ", " }}{{ end }} <time>{{ .Date.Format "2006-01-02" }}</time></p>
{{ range .Params.authors }}<span hidden data-pagefind-filter="author[data-value]" data-value="{{ . }}"></span>{{ end }}
{{ range .Params.sources }}<span hidden data-pagefind-filter="source[data-value]" data-value="{{ . }}"></span>{{ end }}
{{ range .Params.tags }}<span hidden data-pagefind-filter="tag[data-value]" data-value="{{ . }}"></span>{{ end }}
<span hidden data-pagefind-filter="year[data-value]" data-value="{{ .Date.Format "2006" }}"></span>
<span hidden data-pagefind-sort="date[data-value]" data-value="{{ .Date.Format "2006-01-02" }}"></span>
{{ .Content }}</article>
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} {{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<aside>{{ range first 4 (site.RegularPages.Related .) }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Summary | plainify | truncate 260 }}</p>{{ end }}</aside>{{ end }}
""",
    "_default/single.md": "# {{ .Title }}\n\n{{ .RawContent }}",
    "_default/single.bib.txt": '@article{{ printf "{" }}{{ .File.ContentBaseName }},\n title = {{ printf "{" }}{{ .Title }}},\n author = {{ printf "{" }}{{ delimit .Params.authors " and " }}},\n date = {{ printf "{" }}{{ .Date.Format "2006-01-02" }}}\n}\n',
    "_default/single.ris.txt": 'TY  - NEWS\nTI  - {{ .Title }}\n{{ range .Params.authors }}AU  - {{ . }}\n{{ end }}DA  - {{ .Date.Format "2006/01/02" }}\nER  - \n',
    "_default/single.csl.json": '[{{ dict "title" .Title "author" .Params.authors "issued" (.Date.Format "2006-01-02") "type" "article-newspaper" | jsonify }}]\n',
    "_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .RegularPages }}<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ with .Params.authors }}{{ delimit . ", " }}{{ end }} {{ .Date.Format "2006-01-02" }}</p><p>{{ .Summary | plainify | truncate 260 }}</p></article>{{ end }}{{ end }}
""",
    "_default/terms.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.ByCount }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}
""",
    "_default/rss.xml": """{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}<rss version="2.0"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
{{ range first 10 .RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Content | html }}</description></item>{{ end }}</channel></rss>
""",
}


def write_hugo(root: Path, count: int) -> Peer | None:
    program = os.environ.get("HUGO") or shutil.which("hugo")
    if not program:
        return None
    _write(root / "hugo.toml", _HUGO)
    for name, text in _HUGO_LAYOUTS.items():
        _write(root / "layouts" / name, text)
    for piece in pieces(count):
        head = f"title: {quoted(piece.title)}\nauthors: {_flow(piece.authors)}\ntags: {_flow(piece.tags)}\nsources: {_flow((*piece.sources, piece.publication))}\n"
        head += (
            f"date: {piece.date}\nurl: /{piece.date[:4]}/{piece.name}/\n"
            if piece.date
            else f"url: /undated/{piece.name}/\n"
        )
        _write(root / "content" / "articles" / f"{piece.name}.md", f"---\n{head}---\n\n{piece.body}")
    return Peer("Hugo", (program, "--quiet"), "public")


_PELICAN = """
SITENAME = 'Measured archive'
SITEURL = 'https://archive.example'
TIMEZONE = 'UTC'
PATH = 'content'
THEME = 'theme'
PLUGIN_PATHS = ['plugins']
PLUGINS = ['comparable']
DEFAULT_PAGINATION = False
ARTICLE_URL = '{date:%Y}/{slug}/'
ARTICLE_SAVE_AS = '{date:%Y}/{slug}/index.html'
YEAR_ARCHIVE_SAVE_AS = '{date:%Y}/index.html'
MONTH_ARCHIVE_SAVE_AS = '{date:%Y}/{date:%m}/index.html'
AUTHOR_SAVE_AS = 'authors/{slug}/index.html'
TAG_SAVE_AS = 'tags/{slug}/index.html'
FEED_ALL_ATOM = 'feed.xml'
AUTHOR_FEED_ATOM = 'authors/{slug}/feed.xml'
TAG_FEED_ATOM = 'tags/{slug}/feed.xml'
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 10
"""
_PELICAN_PLUGIN = r"""import collections, json, os
from pelican import signals

def arrange(generator):
    by_tag = collections.defaultdict(list)
    for article in generator.articles:
        for tag in getattr(article, 'tags', ()):
            by_tag[tag].append(article)
    for place, article in enumerate(generator.articles):
        score = collections.Counter()
        for tag in getattr(article, 'tags', ()):
            score.update(by_tag[tag])
        score.pop(article, None)
        article.related = [other for other, _ in score.most_common(4)]
        article.later = generator.articles[place - 1] if place else None
        article.earlier = generator.articles[place + 1] if place + 1 < len(generator.articles) else None

def write(generator, content):
    folder = os.path.dirname(os.path.join(generator.output_path, content.save_as))
    os.makedirs(folder, exist_ok=True)
    names, day = [author.name for author in content.authors], content.date.strftime('%Y-%m-%d')
    files = {
        'index.md': open(content.source_path, encoding='utf-8').read(),
        'cite.bib': '@article{%s,\n title = {%s},\n author = {%s},\n date = {%s}\n}\n' % (content.slug, content.title, ' and '.join(names), day),
        'cite.ris': 'TY  - NEWS\nTI  - %s\n%sDA  - %s\nER  - \n' % (content.title, ''.join('AU  - %s\n' % name for name in names), day),
        'cite.json': json.dumps([{'title': content.title, 'author': names, 'issued': day, 'type': 'article-newspaper'}]),
    }
    for name, text in files.items():
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as stream:
            stream.write(text)

def register():
    signals.article_generator_finalized.connect(arrange)
    signals.article_generator_write_article.connect(write)
"""
_PELICAN_LIST = """{% extends 'base.html' %}{% block main %}<h1>NAME</h1>
{% for article in ITEMS %}<article><h2><a href="{{ SITEURL }}/{{ article.url }}">{{ article.title }}</a></h2>
<p>{% for author in article.authors %}{{ author }}{% if not loop.last %}, {% endif %}{% endfor %} {{ article.date.strftime('%Y-%m-%d') }}</p>
<p>{{ article.summary | striptags | truncate(260) }}</p></article>{% endfor %}{% endblock %}
"""
_PELICAN_TERMS = """{% extends 'base.html' %}{% block main %}<h1>NAME</h1><ul>
{% for term, articles in ITEMS | sort %}<li><a href="{{ SITEURL }}/{{ term.url }}">{{ term }}</a> {{ articles | count }}</li>{% endfor %}</ul>{% endblock %}
"""


def _pelican_list(name: str, items: str, template: str = _PELICAN_LIST) -> str:
    return template.replace("NAME", name).replace("ITEMS", items)


_PELICAN_THEME = {
    "base.html": """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{% block title %}{{ SITENAME }}{% endblock %}</title>
{% block head %}{% endblock %}</head><body><header><nav><a href="{{ SITEURL }}/">Home</a> <a href="{{ SITEURL }}/authors.html">Authors</a>
<a href="{{ SITEURL }}/tags.html">Tags</a></nav></header><main>{% block main %}{% endblock %}</main><footer>Made by Pelican</footer></body></html>
""",
    "article.html": """{% extends 'base.html' %}{% block title %}{{ article.title }}{% endblock %}
{% block head %}<meta name="description" content="{{ article.summary | striptags }}">{% endblock %}
{% block main %}<article data-pagefind-body><h1>{{ article.title }}</h1>
<p>{% for author in article.authors %}{{ author }}{% if not loop.last %}, {% endif %}{% endfor %} <time>{{ article.date.strftime('%Y-%m-%d') }}</time></p>
{{ article.content }}</article>
<nav>{% if article.earlier %}<a href="{{ SITEURL }}/{{ article.earlier.url }}">{{ article.earlier.title }}</a>{% endif %}
{% if article.later %}<a href="{{ SITEURL }}/{{ article.later.url }}">{{ article.later.title }}</a>{% endif %}</nav>
<aside>{% for other in article.related %}<p><a href="{{ SITEURL }}/{{ other.url }}">{{ other.title }}</a> {{ other.summary | striptags | truncate(260) }}</p>{% endfor %}</aside>{% endblock %}
""",
    "index.html": _pelican_list("Newest", "articles[:10]"),
    "author.html": _pelican_list("{{ author }}", "articles"),
    "tag.html": _pelican_list("{{ tag }}", "articles"),
    "category.html": _pelican_list("{{ category }}", "articles"),
    "archives.html": _pelican_list("All articles", "dates"),
    "period_archives.html": _pelican_list("{{ period | join(' ') }}", "dates"),
    "authors.html": _pelican_list("Authors", "authors", _PELICAN_TERMS),
    "tags.html": _pelican_list("Tags", "tags", _PELICAN_TERMS),
    "categories.html": _pelican_list("Categories", "categories", _PELICAN_TERMS),
    "page.html": "{% extends 'base.html' %}{% block main %}{{ page.content }}{% endblock %}",
}


def write_pelican(root: Path, count: int) -> Peer | None:
    program = os.environ.get("PELICAN") or shutil.which("pelican")
    if not program:
        return None
    _write(root / "pelicanconf.py", _PELICAN)
    _write(root / "plugins" / "comparable.py", _PELICAN_PLUGIN)
    for name, text in _PELICAN_THEME.items():
        _write(root / "theme" / "templates" / name, text)
    for piece in pieces(count):
        head = f"Title: {piece.title}\nDate: {piece.date or '1970-01-01'}\nAuthors: {'; '.join(piece.authors)}\nTags: {', '.join(piece.tags)}\nSlug: {piece.name}\n"
        _write(root / "content" / f"{piece.name}.md", f"{head}\n{piece.body}")
    return Peer("Pelican", (program, "content", "--quiet", "-s", "pelicanconf.py", "-o", "output"), "output")


_ELEVENTY = """module.exports = function (config) {
  const gather = (name) => config.addCollection(name, (api) => {
    const found = {};
    for (const item of api.getFilteredByGlob("content/*.md")) for (const value of item.data[name] || []) (found[value] ??= []).push(item);
    return Object.entries(found).map(([name, items]) => ({ name, items }));
  });
  gather("authors");
  gather("topics");
  return { dir: { input: ".", output: "_site" } };
};
"""
_ELEVENTY_FILES = {
    "eleventy.config.js": _ELEVENTY,
    "_includes/article.njk": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><article data-pagefind-body><h1>{{ title }}</h1><p>{{ authors | join(", ") }} {{ day }}</p>{{ content | safe }}</article></body></html>\n',
    "content/content.json": '{"layout": "article.njk"}\n',
    "authors.njk": '---\npagination: {data: collections.authors, size: 1, alias: entry}\npermalink: "/authors/{{ entry.name | slugify }}/"\n---\n<h1>{{ entry.name }}</h1>{% for item in entry.items %}<p><a href="{{ item.url }}">{{ item.data.title }}</a></p>{% endfor %}\n',
    "topics.njk": '---\npagination: {data: collections.topics, size: 1, alias: entry}\npermalink: "/tags/{{ entry.name | slugify }}/"\n---\n<h1>{{ entry.name }}</h1>{% for item in entry.items %}<p><a href="{{ item.url }}">{{ item.data.title }}</a></p>{% endfor %}\n',
}


def write_eleventy(root: Path, count: int) -> Peer | None:
    program = os.environ.get("ELEVENTY") or shutil.which("eleventy")
    if not program:
        return None
    for name, text in _ELEVENTY_FILES.items():
        _write(root / name, text)
    for piece in pieces(count):
        head = f"title: {quoted(piece.title)}\nauthors: {_flow(piece.authors)}\ntopics: {_flow(piece.tags)}\nday: {quoted(piece.date)}\npermalink: /{piece.date[:4] or 'undated'}/{piece.name}/\n"
        _write(root / "content" / f"{piece.name}.md", f"---\n{head}---\n\n{piece.body}")
    return Peer("Eleventy", (program, "--quiet"), "_site")


PEERS = {"hugo": write_hugo, "pelican": write_pelican, "eleventy": write_eleventy}


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


__all__ = ["PEERS", "Peer", "Piece"]
