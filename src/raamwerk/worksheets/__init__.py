"""One person's marks and points of attention, and who may open them."""
