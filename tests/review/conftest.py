"""Review is tried in a running watch, before a real Chromium."""

from tests.watching.conftest import visit, watch

__all__ = ["visit", "watch"]
