"""Postgres: connections, tables, migrations, and the embedded server."""
