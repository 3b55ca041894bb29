"""The pages of the staff side, one a file."""
