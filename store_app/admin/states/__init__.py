"""States of the staff pages. Each handler begins with the guard."""
