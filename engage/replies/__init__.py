"""Replying: the place to answer, drafts, webmention. Knows nothing of feeds, store or exchange."""
