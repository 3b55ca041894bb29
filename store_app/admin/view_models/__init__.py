"""What staff pages show: frozen dataclasses of primitives."""
