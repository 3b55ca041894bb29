"""What one process changes, the pages served by all processes show at once (docs/live.md)."""
