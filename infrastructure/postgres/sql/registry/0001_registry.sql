-- What is known outside the jurisdictions: which there are, and which token speaks for whom in which.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE SCHEMA {schema};
GRANT USAGE ON SCHEMA {schema} TO {app};

CREATE TABLE {schema}.schema_migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE {schema}.jurisdiction (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9-]{0,39}$'),
    schema text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('real', 'rehearsal')),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A token is its prefix, by which it is found, and a secret, of which only the hash is kept.
CREATE TABLE {schema}.token (
    prefix text PRIMARY KEY,
    secret_hash bytea NOT NULL,
    jurisdiction text NOT NULL REFERENCES {schema}.jurisdiction ON DELETE CASCADE,
    organ text NOT NULL,
    officer text NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION {schema}.keep_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'DELETE' AND old.kind = 'rehearsal' THEN
        RETURN old;
    END IF;
    RAISE EXCEPTION 'a ledger is real or rehearsal for ever, and a real one stays: %', old.name USING ERRCODE = 'AJ003';
END $$;
CREATE TRIGGER keep_kind BEFORE UPDATE OR DELETE ON {schema}.jurisdiction
    FOR EACH ROW EXECUTE FUNCTION {schema}.keep_kind();

GRANT SELECT ON {schema}.schema_migration, {schema}.jurisdiction, {schema}.token TO {app};
