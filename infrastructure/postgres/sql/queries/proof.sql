-- name: copy_stored
-- The events at the positions after the first and up to the second as they are stored, binary: place, salt, and what is bound.
COPY (
    SELECT l.position, e.incarnation, e.tx, e.event_no, e.salt, e.event_id, e.case_id, e.version, e.case_type, e.topic,
        e.payload_version, e.payload, e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.department, e.officer, e.on_behalf_of,
        e.reason, e.correlation, e.causation, e.imported, e.sealed
    FROM {schema}.log l JOIN {schema}.events e USING (event_no) WHERE l.position > %s AND l.position <= %s ORDER BY l.position
) TO STDOUT (FORMAT binary);

-- name: copy_stored_events
-- The same of some events, whether they have a position or not.
COPY (
    SELECT l.position, e.incarnation, e.tx, e.event_no, e.salt, e.event_id, e.case_id, e.version, e.case_type, e.topic,
        e.payload_version, e.payload, e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.department, e.officer, e.on_behalf_of,
        e.reason, e.correlation, e.causation, e.imported, e.sealed
    FROM {schema}.events e LEFT JOIN {schema}.log l USING (event_no) WHERE e.event_id = ANY (%s::uuid[])
) TO STDOUT (FORMAT binary);

-- name: lead_signing
-- Become the one session that signs, for as long as the session lives; false if another one is.
SELECT pg_try_advisory_lock('{schema}.tile'::regclass::oid::bigint);

-- name: tree_and_log
-- How many leaves the tiles hold, how far the log has come, and the size of the newest checkpoint.
SELECT coalesce((SELECT t.number * 256 + length(t.hashes) / 32 FROM {schema}.tile t WHERE t.level = 0 ORDER BY t.number DESC LIMIT 1), 0),
    coalesce((SELECT l.position FROM {schema}.log l ORDER BY l.position DESC LIMIT 1), 0),
    coalesce((SELECT c.size FROM {schema}.checkpoint c ORDER BY c.size DESC LIMIT 1), 0);

-- name: tile
-- The hashes of a tile.
SELECT hashes FROM {schema}.tile WHERE level = %s AND number = %s;

-- name: grow_tile
-- Keep a tile that was begun or grew; what is there already may be ahead, but not another.
INSERT INTO {schema}.tile AS t (level, number, hashes) VALUES (%s, %s, %s)
ON CONFLICT (level, number) DO UPDATE SET hashes = CASE
    WHEN substring(t.hashes FOR length(excluded.hashes)) = excluded.hashes THEN t.hashes ELSE excluded.hashes END;

-- name: add_checkpoint
-- Keep a checkpoint that was signed.
INSERT INTO {schema}.checkpoint (size, note) VALUES (%s, %s) ON CONFLICT DO NOTHING;


-- name: checkpoint_of
-- The checkpoint of a size.
SELECT note, signed_at FROM {schema}.checkpoint WHERE size = %s;

-- name: checkpoint_sizes
-- The sizes that were signed, after one of them.
SELECT size FROM {schema}.checkpoint WHERE size > %s ORDER BY size LIMIT %s;

-- name: publish_key
-- Publish a public key.
INSERT INTO {schema}.log_key (vkey, purpose) VALUES (%s, %s) ON CONFLICT DO NOTHING;

-- name: retire_key
-- Say that a public key is used no more.
UPDATE {schema}.log_key SET retired_at = clock_timestamp() WHERE vkey = %s AND retired_at IS NULL;

-- name: log_keys
-- The public keys that were ever published, oldest first.
SELECT vkey, purpose, introduced_at, retired_at FROM {schema}.log_key ORDER BY introduced_at, vkey;

-- name: last_verification
-- For which night the ledger was verified last, and how many things were found wrong, by which causes.
SELECT r.scheduled_for, (r.outcome ->> 'count')::bigint, ARRAY(SELECT jsonb_array_elements_text(r.outcome -> 'causes'))
FROM {schema}.job_run r WHERE r.job = 'verify' AND r.finished_at IS NOT NULL ORDER BY r.scheduled_for DESC LIMIT 1;

-- name: beginnings
-- Where, when and why the log began anew, in the order of the log: what the attestation with this id says.
SELECT l.position, e.recorded_at, e.payload FROM {schema}.events e JOIN {schema}.log l USING (event_no)
WHERE e.case_id = %s AND e.topic = 'attestation.begun-anew' ORDER BY l.position;

-- name: signing_progress
-- The newest checkpoint's size and age in seconds, where the log ends, since when its first unsigned event waits, why signing stopped, and when.
SELECT coalesce(c.size, 0), date_part('epoch', clock_timestamp() - c.signed_at),
    coalesce((SELECT l.position FROM {schema}.log l ORDER BY l.position DESC LIMIT 1), 0),
    (SELECT date_part('epoch', clock_timestamp() - e.recorded_at) FROM {schema}.log l JOIN {schema}.events e USING (event_no)
        WHERE l.position = coalesce(c.size, 0) + 1),
    s.error, s.stopped_at
FROM (VALUES (1)) one LEFT JOIN LATERAL (SELECT * FROM {schema}.checkpoint ORDER BY size DESC LIMIT 1) c ON true
    LEFT JOIN {schema}.stoppage s ON s.follower = %s;
