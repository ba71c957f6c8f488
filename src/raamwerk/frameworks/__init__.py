"""What a framework is, how an edition is read from YAML, and which editions are at hand."""
