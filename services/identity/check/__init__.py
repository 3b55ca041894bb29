"""`make check-oidc`: whether the identity provider is set up as this store needs it, line by line."""
