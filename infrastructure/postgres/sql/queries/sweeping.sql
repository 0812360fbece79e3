-- name: verdicts_due
-- Verdicts that were due by an instant and are not on record, earliest first, after a place in that order.
SELECT v.kind, v.event_id, coalesce(CASE v.kind WHEN 'breach' THEN v.breach_at END, v.at), v.clock_id, v.n, c.file_no, c.number, c.profile,
    c.rule, v.party, c.severity, v.state, v.due_on, v.due_at, v.cause, v.edition, v.at
FROM {schema}.verdict v JOIN {schema}.clock c USING (clock_id)
WHERE v.at <= %(at)s AND (v.at, v.clock_id, v.n) > (%(after)s, %(clock_id)s, %(n)s)
    AND NOT EXISTS (SELECT FROM {schema}.events e WHERE e.event_id = v.event_id)
ORDER BY v.at, v.clock_id, v.n LIMIT %(limit)s;

-- name: due_before_long
-- Clocks that run, blame somebody, and are due from the one day to the other.
SELECT c.clock_id, c.file_no, c.number, c.profile, c.rule, c.party, c.severity, c.calendar, c.due_on, c.due_at
FROM {schema}.clock c
WHERE c.state = 'running' AND c.due_on >= %s AND c.due_on <= %s AND c.tally IN ('duty', 'option', 'unsettled')
ORDER BY c.due_on, c.clock_id;

-- name: recorded_among
-- Which of these events are on record.
SELECT e.event_id FROM {schema}.events e WHERE e.event_id = ANY (%s);

-- name: files_where
-- The files in which an organ holds something, is sent something or owes something now, each once, in order.
SELECT h.file_no FROM {schema}.holding h WHERE h.holder = %(organ)s OR h.in_transit_to = %(organ)s
UNION SELECT c.file_no FROM {schema}.clock c WHERE c.party = %(organ)s AND c.state = 'running'
UNION SELECT c.file_no FROM {schema}.clock c
    WHERE c.state = 'running' AND c.co_parties <> '{}' AND %(organ)s = ANY (c.co_parties)
ORDER BY 1;

-- name: lead_jobs
-- Become the one session that runs the jobs of the jurisdiction, for as long as it lives; false if another one is.
SELECT pg_try_advisory_lock('{schema}.job_run'::regclass::oid::bigint);

-- name: still_here
-- Whether the session lives.
SELECT 1;

-- name: begin_job
-- Note that a job begins for a time; no row comes back if it was finished for that time already.
INSERT INTO {schema}.job_run AS r (job, scheduled_for) VALUES (%s, %s)
ON CONFLICT (job, scheduled_for) DO UPDATE SET started_at = clock_timestamp() WHERE r.finished_at IS NULL
RETURNING started_at;

-- name: finish_job
-- Note that a job is done for a time, and what came of it.
UPDATE {schema}.job_run SET finished_at = clock_timestamp(), outcome = %s WHERE job = %s AND scheduled_for = %s;
