"""What pages show: frozen dataclasses of primitives, prices already formatted."""
