"""What the tree of a page is made of."""

from __future__ import annotations

from typing import Any

HtmlElement = Any
"""An element of lxml, which has no types of its own."""
