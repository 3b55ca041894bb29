"""Functions from a view model to a component."""
