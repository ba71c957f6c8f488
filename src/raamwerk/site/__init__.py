"""The pages around the work: start, who does what, sources, and the pages of trust."""
