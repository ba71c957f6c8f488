"""The pages of worksheets, one module a page."""
