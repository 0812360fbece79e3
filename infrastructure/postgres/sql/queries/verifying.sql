-- name: snapshot
-- When the snapshot was taken, where the log and the leaves end, and how many events there are about.
SELECT now(), coalesce((SELECT max(l.position) FROM {schema}.log l), 0),
    coalesce((SELECT t.number * 256 + length(t.hashes) / 32 FROM {schema}.tile t WHERE t.level = 0 ORDER BY t.number DESC LIMIT 1), 0);

-- name: sort_in_memory
-- For this transaction: what is read at a time is sorted without a file.
SELECT set_config('work_mem', '64MB', true);

-- name: copy_log
-- What the log has at the positions after the first and up to the second, binary, whether the event is there or not.
COPY (
    SELECT l.position, e.incarnation, e.tx, l.event_no, e.salt, e.event_id, e.case_id, e.version, e.case_type, e.topic,
        e.payload_version, e.payload, e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.department, e.officer, e.on_behalf_of,
        e.reason, e.correlation, e.causation, e.imported, e.sealed
    FROM {schema}.log l LEFT JOIN {schema}.events e USING (event_no)
    WHERE l.position > %s AND l.position <= %s ORDER BY l.position
) TO STDOUT (FORMAT binary);

-- name: copy_strays
-- Events that the log does not name although they come before its last one, at most so many; the last column says so of others too.
COPY (
    SELECT NULL::bigint, e.incarnation, e.tx, e.event_no, e.salt, e.event_id, e.case_id, e.version, e.case_type, e.topic,
        e.payload_version, e.payload, e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.department, e.officer, e.on_behalf_of,
        e.reason, e.correlation, e.causation, e.imported, e.sealed
    FROM {schema}.events e WHERE NOT EXISTS (SELECT FROM {schema}.log l WHERE l.event_no = e.event_no)
        AND ((e.incarnation, e.tx, e.event_no) <= (SELECT o.incarnation, o.tx, o.event_no FROM {schema}.end_of_log() o)
            OR e.recorded_at < %s)
    ORDER BY e.incarnation, e.tx, e.event_no LIMIT %s
) TO STDOUT (FORMAT binary);

-- name: heads_between
-- The checkpoints of the sizes after the first and up to the second.
SELECT size, note FROM {schema}.checkpoint WHERE size > %s AND size <= %s ORDER BY size;

-- name: heads_beyond
-- The checkpoints of sizes that the log does not reach.
SELECT size, note FROM {schema}.checkpoint WHERE size > %s ORDER BY size LIMIT %s;

-- name: signing_times
-- Checkpoints whose time cannot be right, with the one in front: earlier than what is under it (if that is dated), earlier than the one
-- in front, or in the future.
SELECT t.size, t.front, t.early, t.back FROM (
    SELECT c.size, lag(c.size) OVER w AS front, coalesce(%(dated)s AND c.signed_at < e.recorded_at - s.slack, false) AS early,
        coalesce(c.signed_at < lag(c.signed_at) OVER w - s.slack, false) AS back, c.signed_at > clock_timestamp() + s.slack AS ahead
    FROM {schema}.checkpoint c LEFT JOIN {schema}.log l ON l.position = c.size LEFT JOIN {schema}.events e USING (event_no)
        CROSS JOIN (SELECT make_interval(secs => %(slack)s) AS slack) s
    WINDOW w AS (ORDER BY c.size)
) t WHERE t.early OR t.back OR t.ahead ORDER BY t.size LIMIT %(most)s;

-- name: tiles_between
-- The tiles of a level from a number up to another.
SELECT number, hashes FROM {schema}.tile WHERE level = %s AND number >= %s AND number <= %s ORDER BY number;

-- name: holes_in_cases
-- Cases whose versions do not run from 1 without a hole, with the version that comes too early, or twice.
SELECT v.case_id, v.version, v.before FROM (
    SELECT e.case_id, e.version, lag(e.version) OVER (PARTITION BY e.case_id ORDER BY e.version) AS before FROM {schema}.events e
) v WHERE v.version <> coalesce(v.before, 0) + 1 ORDER BY 1, 2 LIMIT %s;

-- name: holes_in_files
-- The same of files.
SELECT v.file_id, v.file_version, v.before FROM (
    SELECT e.file_id, e.file_version, lag(e.file_version) OVER (PARTITION BY e.file_id ORDER BY e.file_version) AS before
    FROM {schema}.events e
) v WHERE v.file_version <> coalesce(v.before, 0) + 1 ORDER BY 1, 2 LIMIT %s;

-- name: sealed_values
-- What events bind of protected values, and those values, by event; values from before they were bound are left out.
SELECT coalesce(e.event_id, v.event_id), e.sealed, v.reference, v.value
FROM (SELECT s.event_id, s.sealed FROM {schema}.events s WHERE s.sealed IS NOT NULL) e
    FULL JOIN (SELECT * FROM {schema}.vault w WHERE w.event_id IS NOT NULL) v ON v.event_id = e.event_id
ORDER BY 1, 3;

-- name: manifests
-- The manifests that were recorded, in the order of the log, and the positions of their events.
SELECT l.position, e.payload FROM {schema}.events e JOIN {schema}.log l USING (event_no)
WHERE e.topic = 'attestation.manifest-recorded' ORDER BY l.position;

-- name: law_attested
-- The law that was attested last: where in the log, and what it says.
SELECT l.position, e.payload FROM {schema}.events e JOIN {schema}.log l USING (event_no)
WHERE e.topic = 'attestation.law-attested' ORDER BY l.position DESC LIMIT 1;

-- name: copy_last_versions
-- By case: which of some rising positions of the log is the first that has a version of it, and the last such version.
COPY (
    SELECT e.case_id, width_bucket(l.position - 1, %s::bigint[]), max(e.version) FROM {schema}.log l JOIN {schema}.events e USING (event_no)
    WHERE l.position <= %s GROUP BY 1, 2 ORDER BY 1, 2
) TO STDOUT (FORMAT binary);

-- name: copy_accesses
-- The rows of the access log after one number and up to another, in their order.
COPY (
    SELECT a.n, a.at, a.organ, a.officer, a.credential, a.credential_id, a.request_id, a.method, a.route, a.named, a.case_id, a.file_id,
        a.asked, a.outcome, a.listed
    FROM {schema}.access a WHERE a.n > %s AND a.n <= %s ORDER BY a.n
) TO STDOUT (FORMAT binary);

-- name: settled_access
-- The last row of the access log before which none can still be on its way.
SELECT coalesce(max(a.n), 0) FROM {schema}.access a WHERE a.at < now() - interval '1 hour';

-- name: drift
-- How a list differs from what the files between two ids come to, but for some files.
SELECT stored, of_list FROM {schema}.drift(%s::text::regclass, %s, %s, %s, %s, %s);

-- name: drift_of_statistics
-- How the statistics differ from what the clocks come to.
WITH told AS (
    SELECT s.scale, b.by, CASE s.scale WHEN 'day' THEN due_on ELSE date_trunc('month', due_on)::date END AS bucket,
        CASE b.by WHEN 'department' THEN party ELSE rule END AS key, severity,
        coalesce(sum(clocks) FILTER (WHERE tally = 'met'), 0)::bigint AS met,
        coalesce(sum(clocks) FILTER (WHERE tally = 'late'), 0)::bigint AS late,
        coalesce(sum(clocks) FILTER (WHERE tally = 'duty'), 0)::bigint AS duty,
        coalesce(sum(clocks) FILTER (WHERE tally = 'maximum'), 0)::bigint AS maximum,
        coalesce(sum(clocks) FILTER (WHERE tally = 'option'), 0)::bigint AS option,
        coalesce(sum(clocks) FILTER (WHERE tally = 'unsettled'), 0)::bigint AS unsettled
    FROM (
        SELECT party, rule, severity, due_on, tally, count(*) AS clocks FROM {schema}.clock WHERE tally IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    ) n CROSS JOIN (VALUES ('day'), ('month')) AS s (scale) CROSS JOIN (VALUES ('department'), ('rule')) AS b (by)
    GROUP BY 1, 2, 3, 4, 5
), kept AS (SELECT scale, by, bucket, key, severity, met, late, duty, maximum, option, unsettled FROM {schema}.statistic)
SELECT true, to_jsonb(k) FROM (TABLE kept EXCEPT ALL TABLE told) k
UNION ALL SELECT false, to_jsonb(t) FROM (TABLE told EXCEPT ALL TABLE kept) t;

-- name: files_on_their_way
-- Files with events that the lists need not show yet.
SELECT DISTINCT e.file_id FROM {schema}.events e LEFT JOIN {schema}.log l USING (event_no)
WHERE l.position IS NULL OR l.position > (SELECT coalesce(max(t.position), 0) FROM {schema}.tracking t WHERE t.follower = %s);

-- name: lists_stand
-- Which version of the jurisdiction's own case the lists know, and the law under which they were built.
SELECT w.jurisdiction, (SELECT b.law FROM {schema}.built_under b) FROM {schema}.whereabouts w;
