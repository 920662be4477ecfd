"""How a folder of files becomes canonical frames. The door is data/sources.py."""
