"""An OpenID Connect provider for one machine, with the URL shapes and claims of Asgardeo."""
