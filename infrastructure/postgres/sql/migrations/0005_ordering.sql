-- How committed events get their positions, and how far the past is settled.

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
