"""The connection to SQLite or PostgreSQL: engines, transactions, migrations."""
