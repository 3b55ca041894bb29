"""The verbs of the store: one package a service, plain async functions that take the unit of work first."""
