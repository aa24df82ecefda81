"""Files of other systems to people, and engage to notes and OPML."""
