"""Pictures, stored under the hash of their content."""
