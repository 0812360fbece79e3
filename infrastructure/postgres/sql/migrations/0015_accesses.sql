-- Who looked at what, searched, took along, and was refused: written before the answer leaves, and then never changed.
-- `named`: the case or file as the caller wrote it; `asked`: the rest of the question, without secrets; `outcome`: what came of it.
CREATE TABLE {schema}.access (
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    n bigint GENERATED ALWAYS AS IDENTITY,
    organ text NOT NULL,
    officer text NOT NULL,
    credential text NOT NULL,
    credential_id text NOT NULL,
    request_id text NOT NULL,
    method text NOT NULL,
    route text NOT NULL,
    named text,
    case_id uuid,
    file_id uuid,
    asked text NOT NULL CHECK (length(asked) <= 2000),
    outcome text NOT NULL CHECK (outcome IN ('shown', 'listed', 'exported', 'refused', 'not-found')),
    listed integer,
    PRIMARY KEY (at, n)
);
CREATE INDEX access_case ON {schema}.access (case_id, at, n) WHERE case_id IS NOT NULL;
CREATE INDEX access_file ON {schema}.access (file_id, at, n) WHERE case_id IS NULL AND file_id IS NOT NULL;
CREATE INDEX access_organ ON {schema}.access (organ, at, n);
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.access EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.access ENABLE ALWAYS TRIGGER stays;
GRANT SELECT, INSERT ON {schema}.access TO {app};
