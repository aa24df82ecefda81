"""Refreshes without an open window: handed to what the system has for running things regularly."""
