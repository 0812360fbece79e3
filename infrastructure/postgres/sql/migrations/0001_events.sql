-- The events of one jurisdiction: facts that are only ever added, in versions without holes, and the log that orders them.

-- Real or rehearsal, for ever: one row.
CREATE TABLE {schema}.ledger (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    kind text NOT NULL CHECK (kind IN ('real', 'rehearsal')),
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT ON {schema}.ledger TO {app};

-- Transaction ids begin again in a cluster restored from a dump: a new system identifier begins a new incarnation.
CREATE TABLE {schema}.incarnation (
    incarnation integer PRIMARY KEY,
    system_identifier bigint NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO {schema}.incarnation (incarnation, system_identifier) SELECT 1, system_identifier FROM pg_control_system();
GRANT SELECT, INSERT ON {schema}.incarnation TO {app};

-- The facts. `payload` is kept as the exact bytes that were written. `tx` and `event_no` order what is committed.
CREATE TABLE {schema}.events (
    event_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL CONSTRAINT events_event_id_key UNIQUE,
    case_id uuid NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    case_type text NOT NULL,
    topic text NOT NULL,
    payload_version smallint NOT NULL,
    payload bytea NOT NULL,
    file_id uuid NOT NULL,
    file_version bigint NOT NULL CHECK (file_version > 0),
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    department text NOT NULL,
    officer text NOT NULL,
    on_behalf_of text,
    reason text,
    correlation uuid,
    causation uuid,
    imported boolean NOT NULL DEFAULT false,
    salt bytea NOT NULL DEFAULT substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) FOR 16),
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    incarnation integer NOT NULL,
    CONSTRAINT events_case_id_version_key UNIQUE (case_id, version),
    CONSTRAINT events_file_id_file_version_key UNIQUE (file_id, file_version)
);
CREATE INDEX events_commit_order ON {schema}.events (incarnation, tx, event_no);
GRANT SELECT, INSERT ON {schema}.events TO {app};

-- The order in which everything downstream reads the facts: positions 1, 2, 3 without gaps, given after the commit.
CREATE TABLE {schema}.log (
    position bigint PRIMARY KEY CHECK (position > 0),
    event_no bigint NOT NULL CONSTRAINT log_event_no_key UNIQUE
);
GRANT SELECT, INSERT ON {schema}.log TO {app};

-- How far each follower of the log has come; written in the transaction that does its work.
CREATE TABLE {schema}.tracking (
    follower text PRIMARY KEY,
    position bigint NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, UPDATE ON {schema}.tracking TO {app};

-- Which request was answered with which version of which case.
CREATE TABLE {schema}.idempotency (
    scope text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    case_id uuid NOT NULL,
    version bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);
GRANT SELECT, INSERT ON {schema}.idempotency TO {app};

-- Protected values: events keep the reference only.
CREATE TABLE {schema}.vault (
    reference uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    field text NOT NULL,
    value text NOT NULL
);
GRANT SELECT, INSERT ON {schema}.vault TO {app};

CREATE FUNCTION {schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is recorded stays: % on %.% is refused', tg_op, tg_table_schema, tg_table_name USING ERRCODE = 'AJ003';
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.events EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.log EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.ledger EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.incarnation EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.events ENABLE ALWAYS TRIGGER stays;
ALTER TABLE {schema}.log ENABLE ALWAYS TRIGGER stays;
ALTER TABLE {schema}.ledger ENABLE ALWAYS TRIGGER stays;
ALTER TABLE {schema}.incarnation ENABLE ALWAYS TRIGGER stays;

-- What every new event has to satisfy, whoever inserts it: no hole before its versions, and the database's own time and transaction.
CREATE FUNCTION {schema}.check_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    SELECT e.file_version, e.recorded_at, e.case_id, e.version INTO last
        FROM {schema}.events e WHERE e.file_id = NEW.file_id ORDER BY e.file_version DESC LIMIT 1;
    -- Most events follow the last one of their file, which has just been read. One expression: each costs anew in each transaction.
    IF last.file_version = NEW.file_version - 1 AND last.case_id = NEW.case_id AND last.version = NEW.version - 1
        AND NEW.recorded_at BETWEEN greatest(transaction_timestamp(), last.recorded_at) AND clock_timestamp()
        AND NEW.tx = pg_current_xact_id()
    THEN
        RETURN NEW;
    END IF;
    IF coalesce(last.file_version, 0) < NEW.file_version - 1 OR NEW.tx <> pg_current_xact_id() THEN
        RAISE EXCEPTION 'a hole before version % of file %', NEW.file_version, NEW.file_id USING ERRCODE = 'AJ002';
    END IF;
    IF NEW.version > 1 THEN
        IF NOT EXISTS (
            SELECT FROM {schema}.events e WHERE e.case_id = NEW.case_id AND e.version = NEW.version - 1
            AND (e.file_id = NEW.file_id OR NEW.case_type = 'reservation'))
        THEN
            RAISE EXCEPTION 'a hole before version % of case %, or a case of two files', NEW.version, NEW.case_id
                USING ERRCODE = 'AJ002';
        END IF;
    END IF;
    IF NEW.recorded_at NOT BETWEEN transaction_timestamp() AND greatest(transaction_timestamp(), clock_timestamp()) THEN
        IF NOT EXISTS (SELECT FROM {schema}.ledger WHERE kind = 'rehearsal') THEN
            RAISE EXCEPTION 'a real ledger sets the recording time itself' USING ERRCODE = 'AJ004';
        END IF;
    ELSIF NEW.recorded_at < last.recorded_at THEN
        NEW.recorded_at := last.recorded_at;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER checked BEFORE INSERT ON {schema}.events FOR EACH ROW EXECUTE FUNCTION {schema}.check_event();
ALTER TABLE {schema}.events ENABLE ALWAYS TRIGGER checked;
