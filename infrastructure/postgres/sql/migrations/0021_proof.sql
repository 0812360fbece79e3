-- The tree over the log: its hashes, the checkpoints that were signed, and the public keys that signed; and what binds sealed values.

-- What an event binds of the protected values that came with it: a hash over their references and the hashes of their sealed form.
ALTER TABLE {schema}.events ADD COLUMN sealed bytea;
ALTER TABLE {schema}.vault ADD COLUMN event_id uuid;

-- Of each case in a batch the first event, which binds the protected values of that case.
CREATE FUNCTION {schema}.first_events(batch jsonb) RETURNS TABLE (case_id uuid, event_id uuid) LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (n.case_id) n.case_id, n.event_id
    FROM jsonb_to_recordset(batch -> 'events') AS n (event_id uuid, case_id uuid, version bigint) ORDER BY n.case_id, n.version
$$;

-- The hash that each event of a batch binds, in hexadecimal, by event: over a line for each protected value of its case, sorted.
-- A protected value of a case without event fails, for nothing would bind it.
CREATE FUNCTION {schema}.seals(batch jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_object_agg(f.event_id, encode(sha256(convert_to(s.lines, 'UTF8')), 'hex')) FROM (
        SELECT v.case_id, string_agg(
            format(E'%s %s\n', v.reference, encode(sha256(convert_to(v.value, 'UTF8')), 'hex')), '' ORDER BY v.reference) AS lines
        FROM jsonb_to_recordset(batch -> 'protected') AS v (reference uuid, case_id uuid, value text) GROUP BY v.case_id) s
        LEFT JOIN {schema}.first_events(batch) f USING (case_id)
$$;

-- As before, but that what is protected is bound to the first event of its case.
CREATE OR REPLACE FUNCTION {schema}.append_events(
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
    seals jsonb;
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
    IF batch ->> 'protected' IS NOT NULL THEN
        seals := {schema}.seals(batch);
    END IF;
    INSERT INTO {schema}.events (
        event_id, case_id, version, case_type, topic, payload_version, payload, file_id, file_version, occurred_at, recorded_at,
        department, officer, on_behalf_of, reason, correlation, causation, imported, sealed, tx, incarnation
    )
    SELECT e.event_id, e.case_id, e.version, e.case_type, e.topic, e.payload_version, convert_to(e.payload, 'UTF8'), e.file_id,
        e.file_version, e.occurred_at, stamp, e.department, e.officer, e.on_behalf_of, e.reason, e.correlation, e.causation,
        e.imported, decode(seals ->> e.event_id::text, 'hex'), writer, present
    FROM jsonb_to_recordset(batch -> 'events') AS e (
        event_id uuid, case_id uuid, version bigint, case_type text, topic text, payload_version smallint, payload text, file_id uuid,
        file_version bigint, occurred_at timestamptz, department text, officer text, on_behalf_of text, reason text,
        correlation uuid, causation uuid, imported boolean)
    ORDER BY e.file_version;
    IF batch ->> 'protected' IS NOT NULL THEN
        INSERT INTO {schema}.vault (reference, case_id, field, value, event_id)
            SELECT v.reference, v.case_id, v.field, v.value, f.event_id
            FROM jsonb_to_recordset(batch -> 'protected') AS v (reference uuid, case_id uuid, field text, value text)
                JOIN {schema}.first_events(batch) f USING (case_id);
    END IF;
    IF p_key IS NOT NULL THEN
        INSERT INTO {schema}.idempotency (scope, key, request_hash, case_id, version, recorded_at)
            VALUES (p_scope, p_key, p_request_hash, (batch ->> 'answer_case')::uuid, (batch ->> 'answer_version')::bigint, recorded);
    END IF;
    outcome := 'ok';
END $$;

-- Positions continue the last one without a hole, whoever gives them.
CREATE FUNCTION {schema}.check_positions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lowest bigint;
    highest bigint;
    many bigint;
BEGIN
    SELECT min(a.position), max(a.position), count(*) INTO lowest, highest, many FROM added a;
    IF many > 0 AND (highest - lowest + 1 <> many
        OR lowest > 1 AND NOT EXISTS (SELECT FROM {schema}.log l WHERE l.position = lowest - 1))
    THEN
        RAISE EXCEPTION 'a hole in the log before position %', highest USING ERRCODE = 'AJ007';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER contiguous AFTER INSERT ON {schema}.log REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.check_positions();
ALTER TABLE {schema}.log ENABLE ALWAYS TRIGGER contiguous;

-- The hashes of the tree, up to 256 of a level in a row, which may only grow. Level 0 is the leaves; leaf = position - 1.
CREATE TABLE {schema}.tile (
    level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
    number bigint NOT NULL CHECK (number >= 0),
    hashes bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192) CHECK (length(hashes) % 32 = 0),
    PRIMARY KEY (level, number)
);
ALTER TABLE {schema}.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
CREATE FUNCTION {schema}.check_tile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.level <> OLD.level OR NEW.number <> OLD.number OR substring(NEW.hashes FOR length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'the tile %/% only grows', OLD.level, OLD.number USING ERRCODE = 'AJ008';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grows BEFORE UPDATE ON {schema}.tile FOR EACH ROW EXECUTE FUNCTION {schema}.check_tile();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON {schema}.tile EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.tile ENABLE ALWAYS TRIGGER grows;
ALTER TABLE {schema}.tile ENABLE ALWAYS TRIGGER stays;

-- The heads of the tree as they were signed (signed notes), of rising size.
CREATE TABLE {schema}.checkpoint (
    size bigint PRIMARY KEY CHECK (size > 0),
    note text NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE FUNCTION {schema}.check_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM {schema}.checkpoint c WHERE c.size > NEW.size)
        OR NOT EXISTS (SELECT FROM {schema}.log l WHERE l.position = NEW.size)
    THEN
        RAISE EXCEPTION 'a checkpoint of % positions is behind an earlier one, or ahead of the log', NEW.size USING ERRCODE = 'AJ009';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rises BEFORE INSERT ON {schema}.checkpoint FOR EACH ROW EXECUTE FUNCTION {schema}.check_checkpoint();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.checkpoint EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.checkpoint ENABLE ALWAYS TRIGGER rises;
ALTER TABLE {schema}.checkpoint ENABLE ALWAYS TRIGGER stays;

-- Public keys for whoever wants to know which there were. Nobody who checks may trust them for being here.
CREATE TABLE {schema}.log_key (
    vkey text PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('checkpoint', 'receipt')),
    introduced_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    retired_at timestamptz
);
CREATE FUNCTION {schema}.check_log_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.retired_at IS NOT NULL OR (NEW.vkey, NEW.purpose, NEW.introduced_at) IS DISTINCT FROM (OLD.vkey, OLD.purpose, OLD.introduced_at)
    THEN
        RAISE EXCEPTION 'a key is retired once, and nothing else of it changes' USING ERRCODE = 'AJ003';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retires BEFORE UPDATE ON {schema}.log_key FOR EACH ROW EXECUTE FUNCTION {schema}.check_log_key();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON {schema}.log_key EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.log_key ENABLE ALWAYS TRIGGER retires;
ALTER TABLE {schema}.log_key ENABLE ALWAYS TRIGGER stays;
