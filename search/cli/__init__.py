"""The commands that ask, show and export, and how they print."""
