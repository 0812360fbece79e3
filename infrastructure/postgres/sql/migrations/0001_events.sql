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

-- The incarnation, kept for the session by its callers' first call: asking the cluster who it is costs a file read.
CREATE FUNCTION {schema}.present_incarnation() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    present bigint := (SELECT system_identifier FROM pg_control_system());
    known {schema}.incarnation;
BEGIN
    IF NOT EXISTS (SELECT FROM {schema}.ledger) THEN
        RAISE EXCEPTION 'the ledger is not opened: neither real nor rehearsal' USING ERRCODE = 'AJ005';
    END IF;
    SELECT * INTO known FROM {schema}.incarnation i ORDER BY i.incarnation DESC LIMIT 1;
    IF known.system_identifier <> present THEN
        PERFORM pg_advisory_xact_lock('{schema}.incarnation'::regclass::oid::bigint);
        INSERT INTO {schema}.incarnation (incarnation, system_identifier)
            SELECT i.incarnation + 1, present FROM {schema}.incarnation i
            WHERE i.incarnation = (SELECT max(m.incarnation) FROM {schema}.incarnation m) AND i.system_identifier <> present;
        SELECT * INTO known FROM {schema}.incarnation i ORDER BY i.incarnation DESC LIMIT 1;
    END IF;
    PERFORM set_config('anjuan.i' || '{schema}.events'::regclass::oid::text, known.incarnation::text, false);
    RETURN known.incarnation;
END $$;

-- Append one event of a file, under locks taken before the first write: only then has the later commit the later `tx`.
-- 'ok'; NULL: the version of the file, or of the case, is taken; 'replayed': the request was answered with `found_version` of
-- `found_case`. Few and long expressions, because PL/pgSQL prepares each of them anew in each transaction.
CREATE FUNCTION {schema}.append_event(
    p_event_id uuid, p_case_id uuid, p_version bigint, p_case_type text, p_topic text, p_payload_version smallint, p_payload bytea,
    p_file_id uuid, p_file_version bigint, p_occurred_at timestamptz, p_department text, p_officer text, p_on_behalf_of text,
    p_reason text, p_correlation uuid, p_causation uuid, p_imported boolean,
    p_recorded_at timestamptz, p_scope text, p_key text, p_request_hash bytea, p_answer_case uuid, p_answer_version bigint,
    OUT outcome text, OUT recorded timestamptz, OUT found_case uuid, OUT found_version bigint
) LANGUAGE plpgsql AS $$
DECLARE
    known_hash bytea;
BEGIN
    IF p_key IS NOT NULL
        AND pg_advisory_xact_lock(hashtextextended(p_scope || chr(31) || p_key, -'{schema}.events'::regclass::oid::bigint)) IS NULL
        OR pg_advisory_xact_lock(uuid_hash_extended(p_file_id, '{schema}.events'::regclass::oid::bigint)) IS NULL
    THEN
        RAISE EXCEPTION 'a lock is never null';
    END IF;
    IF p_key IS NOT NULL THEN
        SELECT i.request_hash, i.case_id, i.version, i.recorded_at INTO known_hash, found_case, found_version, recorded
            FROM {schema}.idempotency i WHERE i.scope = p_scope AND i.key = p_key;
        IF FOUND THEN
            outcome := {schema}.replayed(known_hash, p_request_hash);
            RETURN;
        END IF;
    END IF;
    -- The transaction has its id before it reads the clock: who waits for all earlier ids has seen all earlier times.
    INSERT INTO {schema}.events (
        event_id, case_id, version, case_type, topic, payload_version, payload, file_id, file_version, occurred_at, recorded_at,
        department, officer, on_behalf_of, reason, correlation, causation, imported, incarnation
    ) VALUES (
        p_event_id, p_case_id, p_version, p_case_type, p_topic, p_payload_version, p_payload, p_file_id, p_file_version, p_occurred_at,
        CASE WHEN pg_current_xact_id() IS NULL OR p_recorded_at IS NOT NULL THEN p_recorded_at
            ELSE greatest(transaction_timestamp(), clock_timestamp()) END,
        p_department, p_officer, p_on_behalf_of, p_reason, p_correlation, p_causation, p_imported,
        coalesce(
            nullif(current_setting('anjuan.i' || '{schema}.events'::regclass::oid::text, true), '')::integer,
            {schema}.present_incarnation())
    ) ON CONFLICT DO NOTHING RETURNING 'ok', recorded_at INTO outcome, recorded;
    IF p_key IS NOT NULL AND FOUND THEN
        INSERT INTO {schema}.idempotency (scope, key, request_hash, case_id, version, recorded_at)
            VALUES (p_scope, p_key, p_request_hash, p_answer_case, p_answer_version, recorded);
    END IF;
END $$;

-- The same for several events of one file, and for what one event seldom has: reservation streams, guards, protected values.
-- One jsonb argument: events, answer_case, answer_version, and if there are any: scope, key, request_hash, recorded_at, streams
-- (reservation streams that are written), guards (versions of other streams that were relied on), protected.
-- A reservation stream elsewhere than expected is 'moved'; a guarded one is 'stale', named by `found_case` and `found_version`.
CREATE FUNCTION {schema}.append_events(
    batch jsonb, OUT outcome text, OUT recorded timestamptz, OUT found_case uuid, OUT found_version bigint
) LANGUAGE plpgsql AS $$
DECLARE
    seed CONSTANT bigint := '{schema}.events'::regclass::oid::bigint;
    present integer := nullif(current_setting('anjuan.i' || '{schema}.events'::regclass::oid::text, true), '');
    file CONSTANT uuid := batch -> 'events' -> 0 ->> 'file_id';
    p_scope CONSTANT text := batch ->> 'scope';
    p_key CONSTANT text := batch ->> 'key';
    p_request_hash CONSTANT bytea := decode(batch ->> 'request_hash', 'hex');
    known_hash bytea;
    writer xid8;
    stamp timestamptz;
BEGIN
    IF p_key IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_scope || chr(31) || p_key, -seed));
    END IF;
    IF batch ->> 'streams' IS NULL AND batch ->> 'guards' IS NULL THEN
        PERFORM pg_advisory_xact_lock(uuid_hash_extended(file, seed));
    ELSE
        PERFORM {schema}.lock_streams(file, batch, seed);
    END IF;
    IF p_key IS NOT NULL THEN
        SELECT i.request_hash, i.case_id, i.version, i.recorded_at INTO known_hash, found_case, found_version, recorded
            FROM {schema}.idempotency i WHERE i.scope = p_scope AND i.key = p_key;
        IF FOUND THEN
            outcome := {schema}.replayed(known_hash, p_request_hash);
            RETURN;
        END IF;
    END IF;
    IF batch ->> 'guards' IS NOT NULL THEN
        SELECT g.case_id, g.present INTO found_case, found_version FROM (
            SELECT r.case_id, r.version,
                coalesce((SELECT max(e.version) FROM {schema}.events e WHERE e.case_id = r.case_id), 0) AS present
            FROM jsonb_to_recordset(batch -> 'guards') AS r (case_id uuid, version bigint)) g
            WHERE g.present <> g.version LIMIT 1;
        IF FOUND THEN
            outcome := 'stale';
            RETURN;
        END IF;
    END IF;
    SELECT e.file_version, e.recorded_at INTO found_version, recorded
        FROM {schema}.events e WHERE e.file_id = file ORDER BY e.file_version DESC LIMIT 1;
    IF found_version >= (batch -> 'events' -> 0 ->> 'file_version')::bigint
        OR (batch ->> 'streams' IS NOT NULL AND {schema}.streams_moved(batch -> 'events'))
    THEN
        outcome := 'moved';
        RETURN;
    END IF;
    IF present IS NULL THEN
        present := {schema}.present_incarnation();
    END IF;
    writer := pg_current_xact_id();
    stamp := coalesce((batch ->> 'recorded_at')::timestamptz, greatest(transaction_timestamp(), clock_timestamp()));
    recorded := CASE WHEN batch ->> 'recorded_at' IS NULL THEN greatest(stamp, recorded) ELSE stamp END;
    INSERT INTO {schema}.events (
        event_id, case_id, version, case_type, topic, payload_version, payload, file_id, file_version, occurred_at, recorded_at,
        department, officer, on_behalf_of, reason, correlation, causation, imported, tx, incarnation
    )
    SELECT e.event_id, e.case_id, e.version, e.case_type, e.topic, e.payload_version, convert_to(e.payload, 'UTF8'), e.file_id,
        e.file_version, e.occurred_at, stamp, e.department, e.officer, e.on_behalf_of, e.reason, e.correlation, e.causation,
        e.imported, writer, present
    FROM jsonb_to_recordset(batch -> 'events') AS e (
        event_id uuid, case_id uuid, version bigint, case_type text, topic text, payload_version smallint, payload text, file_id uuid,
        file_version bigint, occurred_at timestamptz, department text, officer text, on_behalf_of text, reason text,
        correlation uuid, causation uuid, imported boolean)
    ORDER BY e.file_version;
    IF batch ->> 'protected' IS NOT NULL THEN
        INSERT INTO {schema}.vault (reference, case_id, field, value)
            SELECT v.reference, v.case_id, v.field, v.value
            FROM jsonb_to_recordset(batch -> 'protected') AS v (reference uuid, case_id uuid, field text, value text);
    END IF;
    IF p_key IS NOT NULL THEN
        INSERT INTO {schema}.idempotency (scope, key, request_hash, case_id, version, recorded_at)
            VALUES (p_scope, p_key, p_request_hash, (batch ->> 'answer_case')::uuid, (batch ->> 'answer_version')::bigint, recorded);
    END IF;
    outcome := 'ok';
END $$;

-- The answer to a request whose key is known: 'replayed' if it is the same request.
CREATE FUNCTION {schema}.replayed(known_hash bytea, request_hash bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF known_hash <> request_hash THEN
        RAISE EXCEPTION 'the idempotency key was used for another request' USING ERRCODE = 'AJ001';
    END IF;
    RETURN 'replayed';
END $$;

-- Lock the file, the reservation streams that are written, and (shared) the files of what is relied on: all in one order.
CREATE FUNCTION {schema}.lock_streams(file uuid, batch jsonb, seed bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT uuid_hash_extended(w.id, seed) AS lock, bool_or(w.written) AS written FROM (
            SELECT file AS id, true AS written
            UNION ALL SELECT s::uuid, true FROM jsonb_array_elements_text(batch -> 'streams') s
            UNION ALL SELECT coalesce((
                SELECT e.file_id FROM {schema}.events e
                WHERE e.case_id = g.case_id AND e.version = 1 AND e.case_type <> 'reservation'), g.case_id), false
            FROM jsonb_to_recordset(batch -> 'guards') AS g (case_id uuid, version bigint)
        ) w GROUP BY 1 ORDER BY 1
    LOOP
        IF wanted.written THEN
            PERFORM pg_advisory_xact_lock(wanted.lock);
        ELSE
            PERFORM pg_advisory_xact_lock_shared(wanted.lock);
        END IF;
    END LOOP;
END $$;

-- Whether a reservation stream is elsewhere than its first new event expects.
CREATE FUNCTION {schema}.streams_moved(events jsonb) RETURNS boolean LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT FROM jsonb_to_recordset(events) AS n (case_id uuid, case_type text, version bigint)
        WHERE n.case_type = 'reservation' GROUP BY n.case_id
        HAVING min(n.version) <> 1 + coalesce((SELECT max(e.version) FROM {schema}.events e WHERE e.case_id = n.case_id), 0))
$$;

-- Where the log ends: its last position, and the place of that event in the order of commits.
CREATE FUNCTION {schema}.end_of_log(OUT last_position bigint, OUT incarnation integer, OUT tx xid8, OUT event_no bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT l.position, e.incarnation, e.tx, e.event_no INTO last_position, incarnation, tx, event_no
        FROM {schema}.log l JOIN {schema}.events e USING (event_no) ORDER BY l.position DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT 0, 0, '0'::xid8, 0 INTO last_position, incarnation, tx, event_no;
    END IF;
END $$;

-- What decides how far the past is settled. `mark`: a transaction id given after `at`, so whatever is recorded by `at` has an earlier
-- one; `oldest`: the earliest that still runs; `waiting`: the one of the first event without position.
CREATE FUNCTION {schema}.settling(OUT at timestamptz, OUT mark bigint, OUT oldest bigint, OUT waiting bigint)
LANGUAGE plpgsql AS $$
DECLARE
    present integer := {schema}.present_incarnation();
BEGIN
    at := clock_timestamp();
    mark := pg_current_xact_id()::text::bigint;
    oldest := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    SELECT CASE WHEN e.incarnation = present THEN e.tx::text::bigint ELSE 0 END INTO waiting
        FROM {schema}.end_of_log() o, LATERAL (
            SELECT n.incarnation, n.tx FROM {schema}.events n
            WHERE (n.incarnation, n.tx, n.event_no) > (o.incarnation, o.tx, o.event_no)
            ORDER BY n.incarnation, n.tx, n.event_no LIMIT 1) e;
END $$;

-- Give positions to what is committed: `written` of them (NULL: another session is at it), up to `last_position`.
-- `waiting`: there is more, but a transaction with an earlier id is still running somewhere in the cluster.
CREATE FUNCTION {schema}.sequence_events(most integer, OUT written bigint, OUT last_position bigint, OUT waiting boolean)
LANGUAGE plpgsql AS $$
DECLARE
    present integer := nullif(current_setting('anjuan.i' || '{schema}.events'::regclass::oid::text, true), '');
    ended record;
BEGIN
    IF NOT pg_try_advisory_xact_lock('{schema}.log'::regclass::oid::bigint) THEN
        RETURN;
    END IF;
    IF present IS NULL THEN
        present := {schema}.present_incarnation();
    END IF;
    SELECT * INTO ended FROM {schema}.end_of_log();
    INSERT INTO {schema}.log (position, event_no)
        SELECT ended.last_position + row_number() OVER (ORDER BY f.incarnation, f.tx, f.event_no), f.event_no FROM (
            SELECT e.incarnation, e.tx, e.event_no FROM {schema}.events e
            WHERE (e.incarnation, e.tx, e.event_no) > (ended.incarnation, ended.tx, ended.event_no)
                AND (e.incarnation < present OR e.tx < pg_snapshot_xmin(pg_current_snapshot()))
            ORDER BY e.incarnation, e.tx, e.event_no LIMIT most) f;
    GET DIAGNOSTICS written = ROW_COUNT;
    last_position := ended.last_position + written;
    waiting := written = 0 AND EXISTS (
        SELECT FROM {schema}.events e
        WHERE (e.incarnation, e.tx, e.event_no) > (ended.incarnation, ended.tx, ended.event_no));
END $$;
