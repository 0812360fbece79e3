"""Everything that knows PostgreSQL: server, schemas, event store and views."""
