-- What others say of checkpoints: cosignatures of witnesses and timestamps of authorities, only added; and how each anchor stands.

CREATE TABLE {schema}.cosignature (
    size bigint NOT NULL CHECK (size > 0),
    witness text NOT NULL,
    line text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (size, witness)
);
CREATE INDEX ON {schema}.cosignature (witness, size);
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.cosignature EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.cosignature ENABLE ALWAYS TRIGGER stays;

CREATE TABLE {schema}.timestamp_token (
    size bigint NOT NULL CHECK (size > 0),
    authority text NOT NULL,
    token bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (size, authority)
);
CREATE INDEX ON {schema}.timestamp_token (authority, size);
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.timestamp_token EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.timestamp_token ENABLE ALWAYS TRIGGER stays;

-- What came of the last request to each anchor. An anchor that refuses says what was done to the log.
CREATE TABLE {schema}.anchor_standing (
    anchor text PRIMARY KEY,
    outcome text NOT NULL CHECK (outcome IN ('anchored', 'away', 'rolled back', 'forked', 'unsigned')),
    detail text NOT NULL,
    tried_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
