-- The schema of one jurisdiction, and which migrations it has had.
CREATE SCHEMA {schema};
GRANT USAGE ON SCHEMA {schema} TO {app};

CREATE TABLE {schema}.schema_migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON {schema}.schema_migration TO {app};
