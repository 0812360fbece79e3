-- name: append_event
-- Append one event of a file; arguments in the order of the function, binary.
SELECT outcome, recorded, found_case, found_version FROM {schema}.append_event(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23);

-- name: append_events
-- Append several events of a file, with reservations, guards and protected values, given as one jsonb, binary.
SELECT outcome, recorded, found_case, found_version FROM {schema}.append_events($1);

-- name: recorded_event
-- When an event was recorded; no row if it was not.
SELECT recorded_at FROM {schema}.events WHERE event_id = %s;

-- name: confirm_commits
-- Write to the journal, so that this commit, and with it every earlier one, waits for a synchronous standby.
SELECT pg_logical_emit_message(true, 'anjuan', 'lost acknowledgement');

-- name: load_file
-- Every entry of a file in recording order.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE file_id = $1 ORDER BY file_version;

-- name: load_file_of
-- Every entry of the file that a case belongs to, in recording order.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE file_id = (SELECT o.file_id FROM {schema}.events o WHERE o.case_id = $1 AND o.version = 1)
ORDER BY file_version;

-- name: load_file_beside
-- The same of a file, and how far another stream has come. As a join of both it would be planned anew every time.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position,
    (SELECT max(b.version) FROM {schema}.events b WHERE b.case_id = $1)
FROM {schema}.events WHERE file_id = $2 ORDER BY file_version;

-- name: load_file_of_beside
-- The same of the file that a case belongs to.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position,
    (SELECT max(b.version) FROM {schema}.events b WHERE b.case_id = $1)
FROM {schema}.events WHERE file_id = (SELECT o.file_id FROM {schema}.events o WHERE o.case_id = $2 AND o.version = 1)
ORDER BY file_version;

-- name: file_of
-- The file that a case belongs to.
SELECT file_id FROM {schema}.events WHERE case_id = %s AND version = 1;

-- name: load_stream
-- The entries of one stream after a version, up to a version, at most so many.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE case_id = $1 AND version > $2 AND version <= $3 ORDER BY version LIMIT $4;

-- name: load_stream_backwards
-- The same, latest first.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE case_id = $1 AND version > $2 AND version <= $3 ORDER BY version DESC LIMIT $4;

-- name: follow
-- The entries at the positions after the first and up to the second, in the order of the log.
SELECT e.payload, e.topic, e.payload_version, e.department, e.officer, e.on_behalf_of, e.event_id, e.case_id, e.case_type, e.version,
    e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.reason, e.correlation, e.causation, e.imported, l.position
FROM {schema}.log l JOIN {schema}.events e USING (event_no) WHERE l.position > %s AND l.position <= %s ORDER BY l.position;

-- name: follow_topics
-- The first so many entries with these topics at the positions after the first and up to the second.
SELECT e.payload, e.topic, e.payload_version, e.department, e.officer, e.on_behalf_of, e.event_id, e.case_id, e.case_type, e.version,
    e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.reason, e.correlation, e.causation, e.imported, l.position
FROM {schema}.log l JOIN {schema}.events e USING (event_no)
WHERE l.position > %s AND l.position <= %s AND e.topic = ANY (%s) ORDER BY l.position LIMIT %s;

-- name: causes
-- Events on which cases of other files follow, in the order in which they were recorded, after one of them.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE topic IN ('inspection.started', 'meeting.held')
    AND event_no > coalesce((SELECT o.event_no FROM {schema}.events o WHERE o.event_id = %s::uuid), 0)
ORDER BY event_no LIMIT %s;

-- name: approved_erasures
-- The approvals of erasures, in the order in which they were recorded.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE topic = 'erasure.approved' ORDER BY event_no;

-- name: add_marks
-- Keep the marks of protected numbers.
INSERT INTO {schema}.blind_mark (reference, case_id, kind, mark)
    SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::int[]) ON CONFLICT (reference) DO NOTHING RETURNING reference;

-- name: marked_alike
-- The cases with a protected number of a kind that has this mark, earliest known first.
SELECT m.case_id FROM {schema}.blind_mark m
    JOIN {schema}.vault v USING (reference)
    JOIN {schema}.events e ON e.case_id = m.case_id AND e.version = 1
WHERE m.kind = %s AND m.mark = %s GROUP BY m.case_id ORDER BY min(e.event_no);

-- name: erase_marks
-- Forget the marks of a case whose values were erased.
DELETE FROM {schema}.blind_mark WHERE case_id = %s RETURNING reference;

-- name: assignments
-- Every event that says who is in charge of a case, in the order in which they were recorded.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events
WHERE topic IN ('handling.opened', 'handling.officer-assigned', 'handling.case-handed-over', 'handling.organ-succeeded')
ORDER BY event_no;

-- name: corrections_of
-- The corrections of some cases, in the order in which they were recorded.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE case_id = ANY (%s) AND topic = 'case.corrected' ORDER BY event_no;

-- name: last_position
-- The last position of the log; no row if it is empty.
SELECT position FROM {schema}.log ORDER BY position DESC LIMIT 1;

-- name: position_of
-- The position of an event in the log; no row as long as it has none.
SELECT l.position FROM {schema}.log l JOIN {schema}.events e USING (event_no) WHERE e.event_id = %s;

-- name: answered
-- The answer that a request with this key was given.
SELECT request_hash, case_id, version FROM {schema}.idempotency WHERE scope = %s AND key = %s;

-- name: reveal
-- The protected values behind references, as they are sealed.
SELECT reference, case_id, field, value FROM {schema}.vault WHERE reference = ANY (%s);

-- name: plain_values
-- Protected values from before they were sealed, at most so many.
SELECT reference, case_id, field, value FROM {schema}.vault WHERE value !~ '^v1[.][0-9a-f]{32}[.]' LIMIT %(limit)s;

-- name: seal_value
-- Put the sealed value in the place of the plain one.
UPDATE {schema}.vault SET value = %(value)s WHERE reference = %(reference)s;

-- name: held_keys
-- With which keys the protected values of which cases are sealed.
SELECT DISTINCT case_id, substr(value, 4, 32)::uuid FROM {schema}.vault WHERE value ~ '^v1[.][0-9a-f]{32}[.]';

-- name: ledger_id
-- What names the ledger wherever its keys are kept.
SELECT id FROM {schema}.ledger_id;

-- name: rewrite_vault
-- Leave no plain value in the files of the table.
VACUUM (FULL) {schema}.vault;

-- name: ledger_kind
-- Whether the ledger is real or rehearsal; no row before it is opened.
SELECT kind FROM {schema}.ledger;

-- name: lead_sequencing
-- Become the one session that sequences, for as long as the session lives; false if another one is.
SELECT pg_try_advisory_lock('{schema}.log'::regclass::oid::bigint);

-- name: sequence_events
-- Give positions to at most so many committed events.
SELECT written, last_position, waiting FROM {schema}.sequence_events(%s);

-- name: missed
-- How many events the log has passed over, which never happens.
SELECT count(*) FROM {schema}.end_of_log() o, {schema}.events e
WHERE (e.incarnation, e.tx, e.event_no) <= (o.incarnation, o.tx, o.event_no)
    AND NOT EXISTS (SELECT FROM {schema}.log l WHERE l.event_no = e.event_no);

-- name: unsequenced
-- How many committed events have no position yet, counted up to ten thousand.
SELECT count(*) FROM {schema}.end_of_log() o, LATERAL (
    SELECT FROM {schema}.events e WHERE (e.incarnation, e.tx, e.event_no) > (o.incarnation, o.tx, o.event_no) LIMIT 10000) w;

-- name: take_follower
-- Be the one transaction that does this follower's work; false if another one does.
SELECT pg_try_advisory_xact_lock(hashtextextended(%s, '{schema}.tracking'::regclass::oid::bigint));

-- name: tracked
-- How far a follower has come; no row before its first work.
SELECT position FROM {schema}.tracking WHERE follower = %s;

-- name: track
-- Note how far a follower has come, if it stands where it is thought to stand.
INSERT INTO {schema}.tracking AS t (follower, position) VALUES (%s, %s)
ON CONFLICT (follower) DO UPDATE SET position = excluded.position, moved_at = clock_timestamp() WHERE t.position = %s;

-- name: seen
-- Whether a follower has come past an event.
SELECT EXISTS (
    SELECT FROM {schema}.events e JOIN {schema}.log l USING (event_no) JOIN {schema}.tracking t ON t.position >= l.position
    WHERE e.event_id = %s AND t.follower = %s);

-- name: positions
-- The positions of the events of a file.
SELECT e.event_id, l.position FROM {schema}.events e JOIN {schema}.log l USING (event_no) WHERE e.file_id = %s;

-- name: settling
-- What decides how far the past is settled.
SELECT at, mark, oldest, waiting FROM {schema}.settling();
