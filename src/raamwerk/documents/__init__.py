"""An overview to take away, as PDF, DOCX, ODT and Markdown."""
