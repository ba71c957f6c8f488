"""How an installation is set up: its environment, and Django's settings made from it."""
