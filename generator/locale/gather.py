"""For developers: gathers the words of the interface from templates and modules, and brings the catalogues up to date.

    python -m generator.locale.gather

New words get an empty translation, which a test reports; words that are gone leave the catalogues.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from generator.locale import SOURCE, catalogue_file, languages

_KEYWORDS = {"_": None, "gettext": None, "say": None, "ngettext": (1, 2)}
_METHODS = {
    ".html": "jinja2.ext:babel_extract",
    ".xml": "jinja2.ext:babel_extract",
    ".txt": "jinja2.ext:babel_extract",
    ".py": "python",
}
_JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false", "extensions": "generator.site.once:Once"}


def messages(templates: Path, modules: Path) -> Catalog:
    """All words of the interface, in the order of files and lines."""
    catalogue = Catalog(locale=SOURCE)
    files = [*sorted(templates.rglob("*")), *sorted(modules.rglob("*.py"))]
    for file in files:
        method = _METHODS.get(file.suffix)
        if method is None or not file.is_file():
            continue
        base = templates.parent if file.is_relative_to(templates) else modules.parent.parent
        options = _JINJA if method != "python" else {}
        with file.open("rb") as stream:
            for line, words, comments, _ in extract(method, stream, _KEYWORDS, (), options):
                place = (file.relative_to(base).as_posix(), line)
                catalogue.add(words, locations=[place], auto_comments=comments)
    return catalogue


def main() -> None:
    """Brings every catalogue up to date."""
    here = Path(__file__).parent
    found = messages(here.parent.parent / "templates", here.parent / "site")
    for language in languages():
        file = catalogue_file(language)
        if file is None:
            continue
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        file.write_bytes(written(catalogue))


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file: in the order of its words and without dates, so that only changed words change it."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    header = [
        f"# The words of Pressmark's interface: {catalogue.locale.english_name if catalogue.locale else ''}.",
        'msgid ""',
        'msgstr ""',
        f'"Language: {catalogue.locale}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {catalogue.plural_forms}\\n"',
    ]
    return ("\n".join(header) + "\n\n").encode() + out.getvalue().rstrip(b"\n") + b"\n"


if __name__ == "__main__":
    main()
