"""A card payment gateway for one machine, with the objects, errors and webhooks of Stripe's API."""
