"""One module for each system that people are brought along from."""
