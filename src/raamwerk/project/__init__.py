"""How an installation is set up: its environment, Django's settings made from it, its addresses."""
