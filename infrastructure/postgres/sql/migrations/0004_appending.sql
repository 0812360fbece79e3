-- How events are appended: one call and one round trip for a batch, under locks that are taken before the first write.

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
