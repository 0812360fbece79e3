-- What is held against or for whoever takes part in trades, folded from the facts: memos, blacklist entries, rewards, points.

-- One row for each thing and each state of knowledge of it. `name`: the subject's made alike for comparing; `code`: `uscc:` or
-- `expert:` and the code; `known_until`: when the ledger came to know otherwise.
CREATE TABLE {schema}.standing (
    case_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    number text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('memo', 'blacklist', 'reward', 'points')),
    subject text NOT NULL,
    name text NOT NULL,
    code text,
    party text,
    bars boolean NOT NULL,
    details jsonb NOT NULL,
    points integer NOT NULL,
    effective date NOT NULL,
    until date,
    revoked_on date,
    ended_on date,
    known_from timestamptz NOT NULL,
    known_until timestamptz,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX standing_file ON {schema}.standing (file_id);
CREATE INDEX standing_name ON {schema}.standing USING hash (name);
CREATE INDEX standing_code ON {schema}.standing USING hash (code) WHERE code IS NOT NULL;

COMMENT ON TABLE {schema}.standing IS 'projection';
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.standing TO {app};
