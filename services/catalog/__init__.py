"""Products, variants and categories: what the store offers and how it is found."""
