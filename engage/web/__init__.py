"""The checked HTTP client: resolve, check, connect to that very address; caps and time-outs."""
