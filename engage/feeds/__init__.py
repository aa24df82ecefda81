"""The web to posts: schedule, fetch, parse, discover. Knows nothing of the store."""
