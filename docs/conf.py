"""How Sphinx makes a site of the Markdown pages, which read as well where they lie: `make site`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "ehrpay"
extensions = ["myst_parser"]
root_doc = "README"
include_patterns = ["*.md", "docs/**.md", "rules/**.md"]
myst_heading_anchors = 4
html_theme = "alabaster"
html_show_copyright = False

PAGES = """
```{toctree}
:hidden:
:glob:
docs/first-five-minutes
docs/*
docs/decisions/README
docs/decisions/*
rules/**
CONTRIBUTING
SECURITY
CHANGELOG
```
"""


def setup(app: Sphinx) -> None:
    """Give the README the list of pages that a site needs, and leave uncolored what Pygments misreads."""
    # To its console lexer, an amount at the start of a line is a prompt.
    for language in ("console", "csv", "mermaid"):
        app.add_lexer(language, TextLexer)
    app.connect("source-read", _list_pages)


def _list_pages(_: Sphinx, page: str, source: list[str]) -> None:
    if page == root_doc:
        source[0] += PAGES
