"""TinyDB, and everything that makes it safe. Nothing outside knows how."""
