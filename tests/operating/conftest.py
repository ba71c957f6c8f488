"""The visitor of the pages' tests, for those who look at the site as its keeper does."""

from tests.pages.conftest import other_visitor, visitor

__all__ = ["other_visitor", "visitor"]
