"""An SMTP server that keeps what it is sent, with a web page to read it."""
