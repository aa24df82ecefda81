"""What a writer can do. The only place where the other packages meet."""
