"""What staff pages are made of."""
