-- What the migrations of a jurisdiction add up to, as pg_dump writes it. Not run: to be read, and compared by a test.
-- `make golden` writes it anew.
CREATE SCHEMA {schema};
CREATE FUNCTION {schema}.append_event(p_event_id uuid, p_case_id uuid, p_version bigint, p_case_type text, p_topic text, p_payload_version smallint, p_payload bytea, p_file_id uuid, p_file_version bigint, p_occurred_at timestamp with time zone, p_department text, p_officer text, p_on_behalf_of text, p_reason text, p_correlation uuid, p_causation uuid, p_imported boolean, p_recorded_at timestamp with time zone, p_scope text, p_key text, p_request_hash bytea, p_answer_case uuid, p_answer_version bigint, OUT outcome text, OUT recorded timestamp with time zone, OUT found_case uuid, OUT found_version bigint) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.append_events(batch jsonb, OUT outcome text, OUT recorded timestamp with time zone, OUT found_case uuid, OUT found_version bigint) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.begin_rebuild() RETURNS void
    LANGUAGE plpgsql
    AS $_$
DECLARE
    name text;
    given record;
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', {schema}.beside());
    EXECUTE format('CREATE SCHEMA %I', {schema}.beside());
    FOR name IN SELECT * FROM {schema}.projections() LOOP
        EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE {schema}.%2$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', {schema}.beside(), name);
        EXECUTE format('COMMENT ON TABLE %I.%I IS %L', {schema}.beside(), name, 'projection');
        FOR given IN
            SELECT a.privilege_type, a.grantee::regrole AS grantee FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
            WHERE c.oid = format('{schema}.%I', name)::regclass AND a.grantee <> c.relowner AND a.grantee <> 0
        LOOP
            EXECUTE format('GRANT %s ON %I.%I TO %s', given.privilege_type, {schema}.beside(), name, given.grantee);
        END LOOP;
    END LOOP;
END $_$;
CREATE FUNCTION {schema}.beside() RETURNS name
    LANGUAGE sql STABLE
    AS $$
    SELECT (nspname || '_next')::name FROM pg_namespace WHERE oid = '{schema}'::regnamespace
$$;
CREATE FUNCTION {schema}.check_checkpoint() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM {schema}.checkpoint c WHERE c.size > NEW.size)
        OR NOT EXISTS (SELECT FROM {schema}.log l WHERE l.position = NEW.size)
    THEN
        RAISE EXCEPTION 'a checkpoint of % positions is behind an earlier one, or ahead of the log', NEW.size USING ERRCODE = 'AJ009';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION {schema}.check_event() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.check_log_key() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.retired_at IS NOT NULL OR (NEW.vkey, NEW.purpose, NEW.introduced_at) IS DISTINCT FROM (OLD.vkey, OLD.purpose, OLD.introduced_at)
    THEN
        RAISE EXCEPTION 'a key is retired once, and nothing else of it changes' USING ERRCODE = 'AJ003';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION {schema}.check_positions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.check_tile() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.level <> OLD.level OR NEW.number <> OLD.number OR substring(NEW.hashes FOR length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'the tile %/% only grows', OLD.level, OLD.number USING ERRCODE = 'AJ008';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION {schema}.drift(target regclass, first uuid, last uuid, to_the_end boolean, fresh jsonb, but uuid[]) RETURNS TABLE(stored boolean, of_list jsonb)
    LANGUAGE plpgsql STABLE
    AS $_$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH kept AS (SELECT * FROM %1$s k WHERE k.file_id >= $1 AND (k.file_id < $2 OR $3) AND k.file_id <> ALL ($5)),'
        ' told AS (SELECT * FROM jsonb_populate_recordset(NULL::%1$s, $4) f WHERE f.file_id <> ALL ($5))'
        ' SELECT true, to_jsonb(k) FROM (TABLE kept EXCEPT ALL TABLE told) k'
        ' UNION ALL SELECT false, to_jsonb(t) FROM (TABLE told EXCEPT ALL TABLE kept) t', target)
        USING first, last, to_the_end, fresh, but;
END $_$;
CREATE FUNCTION {schema}.end_of_log(OUT last_position bigint, OUT incarnation integer, OUT tx xid8, OUT event_no bigint) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    SELECT l.position, e.incarnation, e.tx, e.event_no INTO last_position, incarnation, tx, event_no
        FROM {schema}.log l JOIN {schema}.events e USING (event_no) ORDER BY l.position DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT 0, 0, '0'::xid8, 0 INTO last_position, incarnation, tx, event_no;
    END IF;
END $$;
CREATE FUNCTION {schema}.finish_rebuild() RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    name text;
    looked_into CONSTANT text[] := ARRAY['judgement', 'register', 'clock', 'overdue', 'barred', 'reader'];
BEGIN
    EXECUTE (
        SELECT 'LOCK TABLE ' || string_agg(format('{schema}.%I', p), ', ' ORDER BY coalesce(array_position(looked_into, p), 0), p)
        FROM {schema}.projections() p);
    FOR name IN SELECT * FROM {schema}.projections() LOOP
        EXECUTE format('DROP TABLE {schema}.%I', name);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA {schema}', {schema}.beside(), name);
    END LOOP;
    EXECUTE format('DROP SCHEMA %I', {schema}.beside());
END $$;
CREATE FUNCTION {schema}.first_events(batch jsonb) RETURNS TABLE(case_id uuid, event_id uuid)
    LANGUAGE sql STABLE
    AS $$
    SELECT DISTINCT ON (n.case_id) n.case_id, n.event_id
    FROM jsonb_to_recordset(batch -> 'events') AS n (event_id uuid, case_id uuid, version bigint) ORDER BY n.case_id, n.version
$$;
CREATE FUNCTION {schema}.indexes_to_build() RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO '{schema}'
    AS $$
    SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', p, c.conname, pg_get_constraintdef(c.oid, true))
    FROM pg_constraint c JOIN {schema}.projections() p ON c.conrelid = p::regclass WHERE c.contype IN ('p', 'u', 'x')
    UNION ALL
    SELECT pg_get_indexdef(i.indexrelid, 0, true)
    FROM pg_index i JOIN {schema}.projections() p ON i.indrelid = p::regclass
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
$$;
CREATE FUNCTION {schema}.lock_streams(file uuid, batch jsonb, seed bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.present_incarnation() RETURNS integer
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.projections() RETURNS SETOF text
    LANGUAGE sql STABLE
    AS $$
    SELECT c.relname::text FROM pg_class c
    WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind = 'r' AND obj_description(c.oid, 'pg_class') = 'projection'
    ORDER BY c.relname
$$;
CREATE FUNCTION {schema}.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'what is recorded stays: % on %.% is refused', tg_op, tg_table_schema, tg_table_name USING ERRCODE = 'AJ003';
END $$;
CREATE FUNCTION {schema}.refuse_plain() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a protected value is not sealed' USING ERRCODE = 'AJ006';
END $$;
CREATE FUNCTION {schema}.replace_rows(target regclass, files uuid[], fresh jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
BEGIN
    EXECUTE format(
        'DELETE FROM %1$s kept WHERE kept.file_id = ANY ($1)'
        ' AND kept NOT IN (SELECT fresh FROM jsonb_populate_recordset(NULL::%1$s, $2) fresh)', target)
        USING files, fresh;
    EXECUTE format(
        'INSERT INTO %1$s SELECT fresh.* FROM jsonb_populate_recordset(NULL::%1$s, $2) fresh'
        ' WHERE fresh NOT IN (SELECT kept FROM %1$s kept WHERE kept.file_id = ANY ($1))', target)
        USING files, fresh;
END $_$;
CREATE FUNCTION {schema}.replayed(known_hash bytea, request_hash bytea) RETURNS text
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF known_hash <> request_hash THEN
        RAISE EXCEPTION 'the idempotency key was used for another request' USING ERRCODE = 'AJ001';
    END IF;
    RETURN 'replayed';
END $$;
CREATE FUNCTION {schema}.seals(batch jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
    SELECT jsonb_object_agg(f.event_id, encode(sha256(convert_to(s.lines, 'UTF8')), 'hex')) FROM (
        SELECT v.case_id, string_agg(
            format(E'%s %s\n', v.reference, encode(sha256(convert_to(v.value, 'UTF8')), 'hex')), '' ORDER BY v.reference) AS lines
        FROM jsonb_to_recordset(batch -> 'protected') AS v (reference uuid, case_id uuid, value text) GROUP BY v.case_id) s
        LEFT JOIN {schema}.first_events(batch) f USING (case_id)
$$;
CREATE FUNCTION {schema}.sequence_events(most integer, OUT written bigint, OUT last_position bigint, OUT waiting boolean) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.settling(OUT at timestamp with time zone, OUT mark bigint, OUT oldest bigint, OUT waiting bigint) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION {schema}.streams_moved(events jsonb) RETURNS boolean
    LANGUAGE sql
    AS $$
    SELECT EXISTS (
        SELECT FROM jsonb_to_recordset(events) AS n (case_id uuid, case_type text, version bigint)
        WHERE n.case_type = 'reservation' GROUP BY n.case_id
        HAVING min(n.version) <> 1 + coalesce((SELECT max(e.version) FROM {schema}.events e WHERE e.case_id = n.case_id), 0))
$$;
CREATE TABLE {schema}.access (
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    n bigint NOT NULL,
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
    asked text NOT NULL,
    outcome text NOT NULL,
    listed integer,
    CONSTRAINT access_asked_check CHECK ((length(asked) <= 2000)),
    CONSTRAINT access_outcome_check CHECK ((outcome = ANY (ARRAY['shown'::text, 'listed'::text, 'exported'::text, 'refused'::text, 'not-found'::text])))
);
ALTER TABLE {schema}.access ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.access_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE {schema}.adjustment (
    cause uuid NOT NULL,
    clock_id uuid NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_until timestamp with time zone,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    party text NOT NULL,
    calendar text NOT NULL,
    kind text NOT NULL,
    topic text NOT NULL,
    department text NOT NULL,
    detail text,
    begun_at timestamp with time zone NOT NULL,
    begun_known timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_known timestamp with time zone,
    due_before date,
    due_after date,
    last_day boolean NOT NULL,
    last_tenth boolean NOT NULL,
    after_due boolean NOT NULL,
    retroactive boolean NOT NULL,
    case_id uuid,
    CONSTRAINT adjustment_check CHECK ((known_from < known_until)),
    CONSTRAINT adjustment_kind_check CHECK ((kind = ANY (ARRAY['pause'::text, 'extension'::text])))
);
COMMENT ON TABLE {schema}.adjustment IS 'projection';
CREATE TABLE {schema}.ageing (
    clock_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    file_id uuid NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    leg integer NOT NULL,
    party text NOT NULL,
    calendar text NOT NULL,
    start_on date NOT NULL,
    created_by uuid NOT NULL,
    CONSTRAINT ageing_check CHECK ((from_at < until_at))
);
COMMENT ON TABLE {schema}.ageing IS 'projection';
CREATE TABLE {schema}.anchor_standing (
    anchor text NOT NULL,
    outcome text NOT NULL,
    detail text NOT NULL,
    tried_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    origin text DEFAULT ''::text NOT NULL,
    CONSTRAINT anchor_standing_outcome_check CHECK ((outcome = ANY (ARRAY['anchored'::text, 'away'::text, 'rolled back'::text, 'forked'::text, 'unsigned'::text])))
);
CREATE TABLE {schema}.barred (
    file_id uuid NOT NULL,
    about uuid NOT NULL,
    who text NOT NULL
);
COMMENT ON TABLE {schema}.barred IS 'projection';
CREATE TABLE {schema}.blind_mark (
    reference uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL,
    mark integer NOT NULL,
    CONSTRAINT blind_mark_kind_check CHECK ((kind = ANY (ARRAY['id_number'::text, 'phone'::text]))),
    CONSTRAINT blind_mark_mark_check CHECK (((mark >= 0) AND (mark <= 65535)))
);
CREATE TABLE {schema}.built_under (
    one boolean DEFAULT true NOT NULL,
    law text NOT NULL,
    CONSTRAINT built_under_one_check CHECK (one)
);
CREATE TABLE {schema}.card (
    card_id uuid NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_until timestamp with time zone,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_number text NOT NULL,
    kind text NOT NULL,
    clock_id uuid NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    party text NOT NULL,
    severity text,
    due_on date NOT NULL,
    due_at timestamp with time zone,
    given_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    ended_at timestamp with time zone,
    verdict text,
    cause uuid,
    edition text,
    CONSTRAINT card_check CHECK ((known_from < known_until)),
    CONSTRAINT card_kind_check CHECK ((kind = ANY (ARRAY['yellow'::text, 'red'::text]))),
    CONSTRAINT card_state_check CHECK ((state = ANY (ARRAY['standing'::text, 'turned'::text, 'replaced'::text, 'withdrawn'::text])))
);
COMMENT ON TABLE {schema}.card IS 'projection';
CREATE TABLE {schema}.checkpoint (
    size bigint NOT NULL,
    note text NOT NULL,
    signed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT checkpoint_size_check CHECK ((size > 0))
);
CREATE TABLE {schema}.clock (
    clock_id uuid NOT NULL,
    file_id uuid NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    leg integer NOT NULL,
    party text NOT NULL,
    calendar text NOT NULL,
    start_on date NOT NULL,
    start_at timestamp with time zone,
    created_by uuid NOT NULL,
    severity text NOT NULL,
    status text NOT NULL,
    conditional boolean NOT NULL,
    advisory boolean NOT NULL,
    is_right boolean NOT NULL,
    by_the_hour boolean NOT NULL,
    due_on date,
    due_at timestamp with time zone,
    provisional boolean NOT NULL,
    paused_from date,
    state text NOT NULL,
    stopped_at timestamp with time zone,
    stop_known_at timestamp with time zone,
    late_by_recording boolean NOT NULL,
    judgements integer NOT NULL,
    tally text,
    first_year integer,
    last_year integer,
    void_known_at timestamp with time zone,
    co_parties text[] DEFAULT '{}'::text[] NOT NULL,
    born_overdue boolean DEFAULT false NOT NULL,
    CONSTRAINT clock_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'late'::text, 'pending'::text, 'undecided'::text, 'void'::text, 'gone'::text]))),
    CONSTRAINT clock_tally_check CHECK ((tally = ANY (ARRAY['met'::text, 'late'::text, 'duty'::text, 'maximum'::text, 'option'::text, 'unsettled'::text])))
);
COMMENT ON TABLE {schema}.clock IS 'projection';
CREATE TABLE {schema}.cosignature (
    size bigint NOT NULL,
    witness text NOT NULL,
    line text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT cosignature_size_check CHECK ((size > 0))
);
CREATE TABLE {schema}.custody (
    basis text NOT NULL,
    file_id uuid NOT NULL,
    n integer NOT NULL,
    matter text NOT NULL,
    holder text NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    CONSTRAINT custody_basis_check CHECK ((basis = ANY (ARRAY['known'::text, 'recomputed'::text]))),
    CONSTRAINT custody_check CHECK ((since < until))
);
COMMENT ON TABLE {schema}.custody IS 'projection';
CREATE TABLE {schema}.dispatch (
    cause uuid NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_until timestamp with time zone,
    file_id uuid NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    sender text NOT NULL,
    addressee text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    back boolean NOT NULL,
    out_at timestamp with time zone,
    arrived_at timestamp with time zone,
    grounds text,
    CONSTRAINT dispatch_check CHECK ((known_from < known_until))
);
COMMENT ON TABLE {schema}.dispatch IS 'projection';
CREATE TABLE {schema}.events (
    event_no bigint NOT NULL,
    event_id uuid NOT NULL,
    case_id uuid NOT NULL,
    version bigint NOT NULL,
    case_type text NOT NULL,
    topic text NOT NULL,
    payload_version smallint NOT NULL,
    payload bytea NOT NULL,
    file_id uuid NOT NULL,
    file_version bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    department text NOT NULL,
    officer text NOT NULL,
    on_behalf_of text,
    reason text,
    correlation uuid,
    causation uuid,
    imported boolean DEFAULT false NOT NULL,
    salt bytea DEFAULT SUBSTRING(sha256((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))) FROM 1 FOR 16) NOT NULL,
    tx xid8 DEFAULT pg_current_xact_id() NOT NULL,
    incarnation integer NOT NULL,
    sealed bytea,
    CONSTRAINT events_file_version_check CHECK ((file_version > 0)),
    CONSTRAINT events_version_check CHECK ((version > 0))
);
ALTER TABLE {schema}.events ALTER COLUMN event_no ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.events_event_no_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE {schema}.holding (
    file_id uuid NOT NULL,
    n integer NOT NULL,
    matter text NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    holder text NOT NULL,
    since timestamp with time zone NOT NULL,
    in_transit_to text,
    sent_at timestamp with time zone
);
COMMENT ON TABLE {schema}.holding IS 'projection';
CREATE TABLE {schema}.idempotency (
    scope text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    case_id uuid NOT NULL,
    version bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);
CREATE TABLE {schema}.incarnation (
    incarnation integer NOT NULL,
    system_identifier bigint NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
CREATE TABLE {schema}.job_run (
    job text NOT NULL,
    scheduled_for timestamp with time zone NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    outcome jsonb
);
CREATE TABLE {schema}.judgement (
    clock_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    known_from timestamp with time zone NOT NULL,
    due_on date,
    due_at timestamp with time zone,
    provisional boolean NOT NULL,
    state text NOT NULL,
    stopped_at timestamp with time zone,
    cause uuid,
    edition text
);
COMMENT ON TABLE {schema}.judgement IS 'projection';
CREATE TABLE {schema}.ledger (
    one boolean DEFAULT true NOT NULL,
    kind text NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT ledger_kind_check CHECK ((kind = ANY (ARRAY['real'::text, 'rehearsal'::text]))),
    CONSTRAINT ledger_one_check CHECK (one)
);
CREATE TABLE {schema}.ledger_id (
    one boolean DEFAULT true NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT ledger_id_one_check CHECK (one)
);
CREATE TABLE {schema}.letter (
    letter text NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_until timestamp with time zone,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    kind text NOT NULL,
    addressee text NOT NULL,
    issuer text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    answer_by date NOT NULL,
    state text NOT NULL,
    about_case text,
    follows text,
    clocks uuid[] NOT NULL,
    rules text[] NOT NULL,
    acknowledged_at timestamp with time zone,
    answered_at timestamp with time zone,
    caused_by text,
    decided_at timestamp with time zone,
    escalated_to text,
    escalated_at timestamp with time zone,
    circulated_at timestamp with time zone,
    CONSTRAINT letter_check CHECK ((known_from < known_until)),
    CONSTRAINT letter_state_check CHECK ((state = ANY (ARRAY['issued'::text, 'acknowledged'::text, 'answered'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text])))
);
COMMENT ON TABLE {schema}.letter IS 'projection';
CREATE TABLE {schema}.log (
    "position" bigint NOT NULL,
    event_no bigint NOT NULL,
    CONSTRAINT log_position_check CHECK (("position" > 0))
);
CREATE TABLE {schema}.log_key (
    vkey text NOT NULL,
    purpose text NOT NULL,
    introduced_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT log_key_purpose_check CHECK ((purpose = ANY (ARRAY['checkpoint'::text, 'receipt'::text])))
);
CREATE TABLE {schema}.memo (
    case_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    subject text NOT NULL,
    uscc text,
    memo text,
    measures jsonb NOT NULL,
    issued_on date NOT NULL,
    effective date NOT NULL,
    until date,
    revoked_on date,
    ended_on date
);
COMMENT ON TABLE {schema}.memo IS 'projection';
CREATE TABLE {schema}.overdue (
    basis text NOT NULL,
    clock_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    month date,
    breach_at timestamp with time zone NOT NULL,
    file_id uuid NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    leg integer NOT NULL,
    party text NOT NULL,
    calendar text NOT NULL,
    start_on date NOT NULL,
    start_at timestamp with time zone,
    due_on date NOT NULL,
    due_at timestamp with time zone,
    by_workdays boolean NOT NULL,
    severity text NOT NULL,
    status text NOT NULL,
    conditional boolean NOT NULL,
    advisory boolean NOT NULL,
    created_by uuid NOT NULL,
    co_parties text[] DEFAULT '{}'::text[] NOT NULL,
    born_overdue boolean DEFAULT false NOT NULL,
    CONSTRAINT overdue_basis_check CHECK ((basis = ANY (ARRAY['known'::text, 'recomputed'::text, 'both'::text]))),
    CONSTRAINT overdue_check CHECK ((from_at < until_at)),
    CONSTRAINT overdue_check1 CHECK (((until_at IS NULL) = (month IS NULL)))
);
COMMENT ON TABLE {schema}.overdue IS 'projection';
CREATE TABLE {schema}.reader (
    file_id uuid NOT NULL,
    name text NOT NULL,
    case_id uuid
);
COMMENT ON TABLE {schema}.reader IS 'projection';
CREATE TABLE {schema}.register (
    case_id uuid NOT NULL,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    matter text NOT NULL,
    holder text,
    in_transit_to text,
    open boolean NOT NULL,
    department text NOT NULL,
    parties text[] NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    changed_at timestamp with time zone NOT NULL,
    words text NOT NULL,
    grams text[] NOT NULL,
    retold boolean DEFAULT false NOT NULL
);
COMMENT ON TABLE {schema}.register IS 'projection';
CREATE TABLE {schema}.schema_migration (
    number integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE {schema}.standing (
    case_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    number text NOT NULL,
    kind text NOT NULL,
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
    known_from timestamp with time zone NOT NULL,
    known_until timestamp with time zone,
    CONSTRAINT standing_kind_check CHECK ((kind = ANY (ARRAY['memo'::text, 'blacklist'::text, 'reward'::text, 'points'::text])))
);
COMMENT ON TABLE {schema}.standing IS 'projection';
CREATE TABLE {schema}.statistic (
    scale text NOT NULL,
    by text NOT NULL,
    bucket date NOT NULL,
    key text NOT NULL,
    severity text NOT NULL,
    met bigint NOT NULL,
    late bigint NOT NULL,
    duty bigint NOT NULL,
    maximum bigint NOT NULL,
    option bigint NOT NULL,
    unsettled bigint NOT NULL,
    CONSTRAINT statistic_by_check CHECK ((by = ANY (ARRAY['department'::text, 'rule'::text]))),
    CONSTRAINT statistic_scale_check CHECK ((scale = ANY (ARRAY['day'::text, 'month'::text])))
);
COMMENT ON TABLE {schema}.statistic IS 'projection';
CREATE TABLE {schema}.stoppage (
    follower text NOT NULL,
    "position" bigint NOT NULL,
    error text NOT NULL,
    stopped_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
CREATE TABLE {schema}.tile (
    level smallint NOT NULL,
    number bigint NOT NULL,
    hashes bytea NOT NULL,
    CONSTRAINT tile_hashes_check CHECK (((length(hashes) >= 32) AND (length(hashes) <= 8192))),
    CONSTRAINT tile_hashes_check1 CHECK (((length(hashes) % 32) = 0)),
    CONSTRAINT tile_level_check CHECK (((level >= 0) AND (level <= 7))),
    CONSTRAINT tile_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY {schema}.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
CREATE TABLE {schema}.timestamp_token (
    size bigint NOT NULL,
    authority text NOT NULL,
    token bytea NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT timestamp_token_size_check CHECK ((size > 0))
);
CREATE TABLE {schema}.tracking (
    follower text NOT NULL,
    "position" bigint NOT NULL,
    moved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
CREATE TABLE {schema}.transit (
    basis text NOT NULL,
    file_id uuid NOT NULL,
    matter text NOT NULL,
    sender text,
    addressee text NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    CONSTRAINT transit_basis_check CHECK ((basis = ANY (ARRAY['known'::text, 'recomputed'::text]))),
    CONSTRAINT transit_check CHECK ((since < until))
);
COMMENT ON TABLE {schema}.transit IS 'projection';
CREATE TABLE {schema}.vault (
    reference uuid NOT NULL,
    case_id uuid NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    event_id uuid
);
CREATE TABLE {schema}.verdict (
    clock_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    breach_at timestamp with time zone,
    due_on date,
    due_at timestamp with time zone,
    state text NOT NULL,
    cause uuid,
    edition text,
    event_id uuid NOT NULL,
    party text NOT NULL,
    CONSTRAINT verdict_kind_check CHECK ((kind = ANY (ARRAY['breach'::text, 'rejudged'::text])))
);
COMMENT ON TABLE {schema}.verdict IS 'projection';
CREATE TABLE {schema}.webhook_dead_letter (
    webhook uuid NOT NULL,
    "position" bigint NOT NULL,
    event_id uuid NOT NULL,
    topic text NOT NULL,
    attempts integer NOT NULL,
    reason text NOT NULL,
    parked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    retry_asked_at timestamp with time zone
);
CREATE TABLE {schema}.webhook_progress (
    webhook uuid NOT NULL,
    begun bigint NOT NULL,
    "position" bigint NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    retry_at timestamp with time zone,
    failing_since timestamp with time zone,
    failure text,
    delivered_at timestamp with time zone,
    CONSTRAINT webhook_progress_position_check CHECK (("position" >= 0))
);
CREATE TABLE {schema}.webhook_secret (
    webhook uuid NOT NULL,
    n integer NOT NULL,
    secret text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    valid_until timestamp with time zone
);
CREATE TABLE {schema}.whereabouts (
    one boolean DEFAULT true NOT NULL,
    "position" bigint NOT NULL,
    jurisdiction bigint NOT NULL,
    latest_end bigint NOT NULL,
    CONSTRAINT whereabouts_one_check CHECK (one)
);
ALTER TABLE ONLY {schema}.access
    ADD CONSTRAINT access_pkey PRIMARY KEY (at, n);
ALTER TABLE ONLY {schema}.adjustment
    ADD CONSTRAINT adjustment_pkey PRIMARY KEY (cause, clock_id, known_from);
ALTER TABLE ONLY {schema}.ageing
    ADD CONSTRAINT ageing_pkey PRIMARY KEY (clock_id, from_at);
ALTER TABLE ONLY {schema}.anchor_standing
    ADD CONSTRAINT anchor_standing_pkey PRIMARY KEY (anchor);
ALTER TABLE ONLY {schema}.blind_mark
    ADD CONSTRAINT blind_mark_pkey PRIMARY KEY (reference);
ALTER TABLE ONLY {schema}.built_under
    ADD CONSTRAINT built_under_pkey PRIMARY KEY (one);
ALTER TABLE ONLY {schema}.card
    ADD CONSTRAINT card_pkey PRIMARY KEY (card_id, known_from);
ALTER TABLE ONLY {schema}.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (size);
ALTER TABLE ONLY {schema}.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (clock_id);
ALTER TABLE ONLY {schema}.cosignature
    ADD CONSTRAINT cosignature_pkey PRIMARY KEY (size, witness);
ALTER TABLE ONLY {schema}.custody
    ADD CONSTRAINT custody_one_holder EXCLUDE USING gist (file_id WITH =, n WITH =, basis WITH =, tstzrange(since, until) WITH &&);
ALTER TABLE ONLY {schema}.dispatch
    ADD CONSTRAINT dispatch_pkey PRIMARY KEY (cause, known_from);
ALTER TABLE ONLY {schema}.events
    ADD CONSTRAINT events_case_id_version_key UNIQUE (case_id, version);
ALTER TABLE ONLY {schema}.events
    ADD CONSTRAINT events_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY {schema}.events
    ADD CONSTRAINT events_file_id_file_version_key UNIQUE (file_id, file_version);
ALTER TABLE ONLY {schema}.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (event_no);
ALTER TABLE ONLY {schema}.holding
    ADD CONSTRAINT holding_pkey PRIMARY KEY (file_id, n);
ALTER TABLE ONLY {schema}.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (scope, key);
ALTER TABLE ONLY {schema}.incarnation
    ADD CONSTRAINT incarnation_pkey PRIMARY KEY (incarnation);
ALTER TABLE ONLY {schema}.job_run
    ADD CONSTRAINT job_run_pkey PRIMARY KEY (job, scheduled_for);
ALTER TABLE ONLY {schema}.judgement
    ADD CONSTRAINT judgement_pkey PRIMARY KEY (clock_id, n);
ALTER TABLE ONLY {schema}.ledger_id
    ADD CONSTRAINT ledger_id_pkey PRIMARY KEY (one);
ALTER TABLE ONLY {schema}.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (one);
ALTER TABLE ONLY {schema}.log
    ADD CONSTRAINT log_event_no_key UNIQUE (event_no);
ALTER TABLE ONLY {schema}.log_key
    ADD CONSTRAINT log_key_pkey PRIMARY KEY (vkey);
ALTER TABLE ONLY {schema}.log
    ADD CONSTRAINT log_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY {schema}.memo
    ADD CONSTRAINT memo_pkey PRIMARY KEY (case_id, n);
ALTER TABLE ONLY {schema}.register
    ADD CONSTRAINT register_pkey PRIMARY KEY (case_id);
ALTER TABLE ONLY {schema}.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (number);
ALTER TABLE ONLY {schema}.standing
    ADD CONSTRAINT standing_pkey PRIMARY KEY (case_id, n);
ALTER TABLE ONLY {schema}.statistic
    ADD CONSTRAINT statistic_pkey PRIMARY KEY (scale, by, bucket, key, severity);
ALTER TABLE ONLY {schema}.stoppage
    ADD CONSTRAINT stoppage_pkey PRIMARY KEY (follower);
ALTER TABLE ONLY {schema}.tile
    ADD CONSTRAINT tile_pkey PRIMARY KEY (level, number);
ALTER TABLE ONLY {schema}.timestamp_token
    ADD CONSTRAINT timestamp_token_pkey PRIMARY KEY (size, authority);
ALTER TABLE ONLY {schema}.tracking
    ADD CONSTRAINT tracking_pkey PRIMARY KEY (follower);
ALTER TABLE ONLY {schema}.vault
    ADD CONSTRAINT vault_pkey PRIMARY KEY (reference);
ALTER TABLE ONLY {schema}.verdict
    ADD CONSTRAINT verdict_pkey PRIMARY KEY (clock_id, n);
ALTER TABLE ONLY {schema}.webhook_dead_letter
    ADD CONSTRAINT webhook_dead_letter_pkey PRIMARY KEY (webhook, "position");
ALTER TABLE ONLY {schema}.webhook_progress
    ADD CONSTRAINT webhook_progress_pkey PRIMARY KEY (webhook);
ALTER TABLE ONLY {schema}.webhook_secret
    ADD CONSTRAINT webhook_secret_pkey PRIMARY KEY (webhook, n);
ALTER TABLE ONLY {schema}.whereabouts
    ADD CONSTRAINT whereabouts_pkey PRIMARY KEY (one);
CREATE INDEX access_case ON {schema}.access USING btree (case_id, at, n) WHERE (case_id IS NOT NULL);
CREATE INDEX access_file ON {schema}.access USING btree (file_id, at, n) WHERE ((case_id IS NULL) AND (file_id IS NOT NULL));
CREATE INDEX access_organ ON {schema}.access USING btree (organ, at, n);
CREATE INDEX adjustment_file ON {schema}.adjustment USING btree (file_id);
CREATE INDEX adjustment_latest ON {schema}.adjustment USING btree (begun_at DESC, cause DESC, clock_id DESC);
CREATE INDEX ageing_awaited ON {schema}.ageing USING btree (start_on, clock_id) WHERE (until_at IS NULL);
CREATE INDEX ageing_ended ON {schema}.ageing USING gist (tstzrange(from_at, until_at)) WHERE (until_at IS NOT NULL);
CREATE INDEX ageing_file ON {schema}.ageing USING btree (file_id);
CREATE INDEX barred_file ON {schema}.barred USING btree (file_id);
CREATE INDEX barred_who ON {schema}.barred USING btree (who, about);
CREATE INDEX blind_mark_case ON {schema}.blind_mark USING btree (case_id);
CREATE INDEX blind_mark_kind ON {schema}.blind_mark USING btree (kind, mark);
CREATE INDEX card_file ON {schema}.card USING btree (file_id);
CREATE INDEX card_latest ON {schema}.card USING btree (given_at DESC, card_id DESC);
CREATE INDEX card_latest_of ON {schema}.card USING btree (party, given_at DESC, card_id DESC);
CREATE INDEX clock_aside ON {schema}.clock USING btree (due_on) WHERE ((tally IS NULL) AND (state <> ALL (ARRAY['void'::text, 'gone'::text])));
CREATE INDEX clock_counted ON {schema}.clock USING btree (party, due_on) WHERE (tally IS NOT NULL);
CREATE INDEX clock_due ON {schema}.clock USING btree (due_on, clock_id) WHERE (state = 'running'::text);
CREATE INDEX clock_due_by_party ON {schema}.clock USING btree (party, due_on, clock_id) WHERE (state = 'running'::text);
CREATE INDEX clock_file ON {schema}.clock USING btree (file_id);
CREATE INDEX clock_hours ON {schema}.clock USING btree (due_at) WHERE ((tally = 'duty'::text) AND (due_at IS NOT NULL));
CREATE INDEX clock_late ON {schema}.clock USING btree (due_on) WHERE (tally = ANY (ARRAY['late'::text, 'duty'::text]));
CREATE INDEX clock_shared ON {schema}.clock USING btree (due_on, clock_id) WHERE ((state = 'running'::text) AND (co_parties <> '{}'::text[]));
CREATE INDEX cosignature_witness_size_idx ON {schema}.cosignature USING btree (witness, size);
CREATE INDEX custody_file ON {schema}.custody USING btree (file_id);
CREATE INDEX dispatch_back ON {schema}.dispatch USING btree (sent_at) WHERE back;
CREATE INDEX dispatch_file ON {schema}.dispatch USING btree (file_id);
CREATE INDEX dispatch_on_the_way ON {schema}.dispatch USING gist (tstzrange(known_from, known_until)) WHERE (ended_at IS NULL);
CREATE INDEX events_causes ON {schema}.events USING btree (event_no) WHERE (topic = ANY (ARRAY['inspection.started'::text, 'meeting.held'::text]));
CREATE INDEX events_commit_order ON {schema}.events USING btree (incarnation, tx, event_no);
CREATE INDEX events_erasures ON {schema}.events USING btree (event_no) WHERE (topic = 'erasure.approved'::text);
CREATE INDEX events_handlings ON {schema}.events USING btree (event_no) WHERE (topic = ANY (ARRAY['handling.opened'::text, 'handling.officer-assigned'::text, 'handling.case-handed-over'::text, 'handling.organ-succeeded'::text]));
CREATE INDEX events_occurred ON {schema}.events USING brin (occurred_at timestamptz_minmax_multi_ops) WITH (autosummarize='on');
CREATE INDEX events_recorded ON {schema}.events USING brin (recorded_at) WITH (autosummarize='on');
CREATE INDEX holding_addressee ON {schema}.holding USING btree (in_transit_to, since, file_id, n) WHERE (in_transit_to IS NOT NULL);
CREATE INDEX holding_holder ON {schema}.holding USING btree (holder, since, file_id, n);
CREATE INDEX holding_since ON {schema}.holding USING btree (since, file_id, n);
CREATE INDEX judgement_file ON {schema}.judgement USING btree (file_id);
CREATE INDEX letter_awaiting ON {schema}.letter USING btree (answer_by) WHERE ((known_until IS NULL) AND (state = ANY (ARRAY['issued'::text, 'acknowledged'::text])));
CREATE INDEX letter_clocks ON {schema}.letter USING gin (clocks) WITH (fastupdate=off) WHERE (state = 'accepted'::text);
CREATE INDEX letter_file ON {schema}.letter USING btree (file_id);
CREATE INDEX letter_latest ON {schema}.letter USING btree (issued_at DESC, file_id DESC, letter DESC);
CREATE INDEX memo_file ON {schema}.memo USING btree (file_id);
CREATE INDEX overdue_apart ON {schema}.overdue USING btree (breach_at, clock_id) WHERE ((until_at IS NULL) AND (basis <> 'both'::text));
CREATE INDEX overdue_ended ON {schema}.overdue USING btree (month, breach_at, clock_id) WHERE (until_at IS NOT NULL);
CREATE INDEX overdue_ended_by_party ON {schema}.overdue USING btree (party, month, breach_at, clock_id) WHERE (until_at IS NOT NULL);
CREATE INDEX overdue_ended_shared ON {schema}.overdue USING btree (month, breach_at, clock_id) WHERE ((until_at IS NOT NULL) AND (co_parties <> '{}'::text[]));
CREATE INDEX overdue_file ON {schema}.overdue USING btree (file_id);
CREATE INDEX overdue_open ON {schema}.overdue USING btree (breach_at, clock_id) WHERE (until_at IS NULL);
CREATE INDEX overdue_open_by_party ON {schema}.overdue USING btree (party, breach_at, clock_id) WHERE (until_at IS NULL);
CREATE INDEX overdue_open_shared ON {schema}.overdue USING btree (breach_at, clock_id) WHERE ((until_at IS NULL) AND (co_parties <> '{}'::text[]));
CREATE INDEX reader_file ON {schema}.reader USING btree (file_id, name);
CREATE INDEX reader_name ON {schema}.reader USING btree (name, file_id);
CREATE INDEX register_addressee ON {schema}.register USING btree (in_transit_to, changed_at, case_id) WHERE (in_transit_to IS NOT NULL);
CREATE INDEX register_closed ON {schema}.register USING btree (closed_on) INCLUDE (opened_on, department, case_type) WHERE (closed_on IS NOT NULL);
CREATE INDEX register_file ON {schema}.register USING btree (file_id);
CREATE INDEX register_file_no ON {schema}.register USING hash (file_no);
CREATE INDEX register_grams ON {schema}.register USING gin (grams) WITH (fastupdate=off);
CREATE INDEX register_holder ON {schema}.register USING btree (holder, changed_at, case_id) WHERE (holder IS NOT NULL);
CREATE INDEX register_latest ON {schema}.register USING btree (changed_at, case_id);
CREATE INDEX register_opened ON {schema}.register USING btree (opened_on) INCLUDE (closed_on, department, case_type) WHERE (open OR (closed_on IS NOT NULL));
CREATE INDEX register_retold ON {schema}.register USING btree (file_id) WHERE retold;
CREATE INDEX standing_code ON {schema}.standing USING hash (code) WHERE (code IS NOT NULL);
CREATE INDEX standing_file ON {schema}.standing USING btree (file_id);
CREATE INDEX standing_name ON {schema}.standing USING hash (name);
CREATE INDEX statistic_empty ON {schema}.statistic USING btree (bucket) WHERE ((met = 0) AND (late = 0) AND (duty = 0) AND (maximum = 0) AND (option = 0) AND (unsettled = 0));
CREATE INDEX timestamp_token_authority_size_idx ON {schema}.timestamp_token USING btree (authority, size);
CREATE INDEX transit_file ON {schema}.transit USING btree (file_id);
CREATE INDEX verdict_at ON {schema}.verdict USING btree (at, clock_id, n);
CREATE INDEX verdict_file ON {schema}.verdict USING btree (file_id);
CREATE TRIGGER checked BEFORE INSERT ON {schema}.events FOR EACH ROW EXECUTE FUNCTION {schema}.check_event();
ALTER TABLE {schema}.events ENABLE ALWAYS TRIGGER checked;
CREATE TRIGGER contiguous AFTER INSERT ON {schema}.log REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {schema}.check_positions();
ALTER TABLE {schema}.log ENABLE ALWAYS TRIGGER contiguous;
CREATE TRIGGER grows BEFORE UPDATE ON {schema}.tile FOR EACH ROW EXECUTE FUNCTION {schema}.check_tile();
ALTER TABLE {schema}.tile ENABLE ALWAYS TRIGGER grows;
CREATE TRIGGER retires BEFORE UPDATE ON {schema}.log_key FOR EACH ROW EXECUTE FUNCTION {schema}.check_log_key();
ALTER TABLE {schema}.log_key ENABLE ALWAYS TRIGGER retires;
CREATE TRIGGER rises BEFORE INSERT ON {schema}.checkpoint FOR EACH ROW EXECUTE FUNCTION {schema}.check_checkpoint();
ALTER TABLE {schema}.checkpoint ENABLE ALWAYS TRIGGER rises;
CREATE TRIGGER sealed BEFORE INSERT OR UPDATE ON {schema}.vault FOR EACH ROW WHEN ((new.value !~ '^v1[.][0-9a-f]{32}[.]'::text)) EXECUTE FUNCTION {schema}.refuse_plain();
ALTER TABLE {schema}.vault ENABLE ALWAYS TRIGGER sealed;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.access FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.access ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE UPDATE OR TRUNCATE ON {schema}.blind_mark FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.blind_mark ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.checkpoint ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.cosignature FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.cosignature ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.events FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.events ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.idempotency FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.idempotency ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.incarnation FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.incarnation ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.ledger FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.ledger ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON {schema}.ledger_id FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.ledger_id ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.log FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.log ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON {schema}.log_key FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.log_key ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.schema_migration FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.schema_migration ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON {schema}.tile FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.tile ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OR TRUNCATE ON {schema}.timestamp_token FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.timestamp_token ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON {schema}.vault FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.vault ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays_sealed BEFORE UPDATE ON {schema}.vault FOR EACH ROW WHEN (((old.value ~ '^v1[.][0-9a-f]{32}[.]'::text) OR (old.reference <> new.reference) OR (old.case_id <> new.case_id) OR (old.field <> new.field))) EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.vault ENABLE ALWAYS TRIGGER stays_sealed;
GRANT USAGE ON SCHEMA {schema} TO {app};
GRANT USAGE ON SCHEMA {schema} TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.access TO {app};
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.adjustment TO {app};
GRANT SELECT ON TABLE {schema}.adjustment TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.ageing TO {app};
GRANT SELECT ON TABLE {schema}.ageing TO anjuan_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE {schema}.anchor_standing TO {app};
GRANT SELECT ON TABLE {schema}.anchor_standing TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.barred TO {app};
GRANT SELECT ON TABLE {schema}.barred TO anjuan_reader;
GRANT SELECT,INSERT,DELETE ON TABLE {schema}.blind_mark TO {app};
GRANT SELECT,INSERT,UPDATE ON TABLE {schema}.built_under TO {app};
GRANT SELECT ON TABLE {schema}.built_under TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.card TO {app};
GRANT SELECT ON TABLE {schema}.card TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.checkpoint TO {app};
GRANT SELECT ON TABLE {schema}.checkpoint TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.clock TO {app};
GRANT SELECT ON TABLE {schema}.clock TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.cosignature TO {app};
GRANT SELECT ON TABLE {schema}.cosignature TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.custody TO {app};
GRANT SELECT ON TABLE {schema}.custody TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.dispatch TO {app};
GRANT SELECT ON TABLE {schema}.dispatch TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.events TO {app};
GRANT SELECT ON TABLE {schema}.events TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.holding TO {app};
GRANT SELECT ON TABLE {schema}.holding TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.idempotency TO {app};
GRANT SELECT,INSERT ON TABLE {schema}.incarnation TO {app};
GRANT SELECT ON TABLE {schema}.incarnation TO anjuan_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE {schema}.job_run TO {app};
GRANT SELECT ON TABLE {schema}.job_run TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.judgement TO {app};
GRANT SELECT ON TABLE {schema}.judgement TO anjuan_reader;
GRANT SELECT ON TABLE {schema}.ledger TO {app};
GRANT SELECT ON TABLE {schema}.ledger TO anjuan_reader;
GRANT SELECT ON TABLE {schema}.ledger_id TO {app};
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.letter TO {app};
GRANT SELECT ON TABLE {schema}.letter TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.log TO {app};
GRANT SELECT ON TABLE {schema}.log TO anjuan_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE {schema}.log_key TO {app};
GRANT SELECT ON TABLE {schema}.log_key TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.memo TO {app};
GRANT SELECT ON TABLE {schema}.memo TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.overdue TO {app};
GRANT SELECT ON TABLE {schema}.overdue TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.reader TO {app};
GRANT SELECT ON TABLE {schema}.reader TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.register TO {app};
GRANT SELECT ON TABLE {schema}.register TO anjuan_reader;
GRANT SELECT ON TABLE {schema}.schema_migration TO {app};
GRANT SELECT ON TABLE {schema}.schema_migration TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.standing TO {app};
GRANT SELECT ON TABLE {schema}.standing TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.statistic TO {app};
GRANT SELECT ON TABLE {schema}.statistic TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.stoppage TO {app};
GRANT SELECT ON TABLE {schema}.stoppage TO anjuan_reader;
GRANT SELECT ON TABLE {schema}.tile TO anjuan_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE {schema}.tile TO {app};
GRANT SELECT ON TABLE {schema}.timestamp_token TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.timestamp_token TO {app};
GRANT SELECT,INSERT,UPDATE ON TABLE {schema}.tracking TO {app};
GRANT SELECT ON TABLE {schema}.tracking TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.transit TO {app};
GRANT SELECT ON TABLE {schema}.transit TO anjuan_reader;
GRANT SELECT,INSERT ON TABLE {schema}.vault TO {app};
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.verdict TO {app};
GRANT SELECT ON TABLE {schema}.verdict TO anjuan_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.webhook_dead_letter TO {app};
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.webhook_progress TO {app};
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE {schema}.webhook_secret TO {app};
GRANT SELECT,UPDATE ON TABLE {schema}.whereabouts TO {app};
GRANT SELECT ON TABLE {schema}.whereabouts TO anjuan_reader;
