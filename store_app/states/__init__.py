"""One small state a feature: parse, call a service, assign a view model."""
