"""The visitor of the pages' tests, for rules that show on pages only."""

from tests.pages.conftest import other_visitor, visitor

__all__ = ["other_visitor", "visitor"]
