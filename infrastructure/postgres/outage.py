"""What the driver raises when the database is away, full or overloaded (数据库不可用), as opposed to a defect of ours."""

from __future__ import annotations

import psycopg
import psycopg.errors

OUTAGES: tuple[type[Exception], ...] = (psycopg.OperationalError,)
"""A lost or refused connection, no free connection in time, no room on the disk, a server that stops."""

LOST: tuple[type[Exception], ...] = (
    psycopg.errors.InvalidSchemaName,
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.InsufficientPrivilege,
)
"""What is missing or shut of one schema, while the database itself is there."""
