"""Stand-ins for the outside world on one machine: databases, identity provider, payment gateway, mailbox."""
