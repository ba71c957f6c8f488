"""Who may open what: owners, the keys that let a browser in, and the sealing of people's words."""
