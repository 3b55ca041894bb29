"""The nouns of the store: data and the rules that need no input or output."""
