"""The queue of background jobs, kept in PostgreSQL; services/jobs.py says what the jobs do."""

from procrastinate import App, PsycopgConnector

queue = App(connector=PsycopgConnector())
