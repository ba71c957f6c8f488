"""Django's PostgreSQL, but no wait for an answer lasts for ever: ``base`` is where Django looks."""
