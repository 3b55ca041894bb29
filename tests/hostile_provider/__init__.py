"""A provider that lies in one respect at a time, and what the store makes of it."""
