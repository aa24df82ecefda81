"""The commands, a module for each kind of thing that the writer does."""
