"""The tags and filters that our templates use."""
