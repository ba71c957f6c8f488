"""What a browser sees: views by page, addresses, templates and static files."""
