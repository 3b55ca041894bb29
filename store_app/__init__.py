"""The web app: pages and their states."""
