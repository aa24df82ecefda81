"""Screens: each shows one thing, asks services on the desk thread, and holds its own state."""
