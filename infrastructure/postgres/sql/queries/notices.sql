-- name: lead_delivering
-- Become the one session that delivers to the webhooks of the jurisdiction, for as long as it lives; false if another one is.
SELECT pg_try_advisory_lock('{schema}.webhook_progress'::regclass::oid::bigint);

-- name: begin_webhook
-- Stand after a position since a version of the jurisdiction, unless that is known already.
INSERT INTO {schema}.webhook_progress AS p (webhook, begun, position) VALUES (%(webhook)s, %(begun)s, %(position)s)
ON CONFLICT (webhook) DO UPDATE SET begun = excluded.begun, position = excluded.position, attempts = 0, retry_at = NULL
WHERE p.begun < excluded.begun;

-- name: webhook_standing
-- Where a webhook stands, what signs for it now, and the first notice put aside that is to be tried once more.
SELECT p.begun, p.position, p.attempts, p.retry_at, p.failing_since, clock_timestamp(),
    (SELECT array_agg(s.secret ORDER BY s.n DESC) FROM {schema}.webhook_secret s
        WHERE s.webhook = p.webhook AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())),
    (SELECT min(d.position) FROM {schema}.webhook_dead_letter d WHERE d.webhook = p.webhook AND d.retry_asked_at IS NOT NULL)
FROM {schema}.webhook_progress p WHERE p.webhook = %s;

-- name: webhooks_standing
-- Where all webhooks stand, how many notices of each were put aside, and the defect at which a courier ended.
SELECT p.webhook, p.position, p.attempts, p.retry_at, p.failing_since, p.failure, p.delivered_at,
    (SELECT count(*) FROM {schema}.webhook_dead_letter d WHERE d.webhook = p.webhook),
    (SELECT s.error FROM {schema}.stoppage s WHERE s.follower = 'webhook ' || p.webhook)
FROM {schema}.webhook_progress p;

-- name: webhook_passed
-- What stands up to a position concerned nobody, if it still stands where it is thought to stand.
UPDATE {schema}.webhook_progress SET position = %(position)s
WHERE webhook = %(webhook)s AND begun = %(begun)s AND position = %(before)s;

-- name: webhook_delivered
-- The notice at a position was delivered, if it still stands where it is thought to stand.
UPDATE {schema}.webhook_progress
SET position = %(position)s, attempts = 0, retry_at = NULL, failing_since = NULL, failure = NULL, delivered_at = clock_timestamp()
WHERE webhook = %(webhook)s AND begun = %(begun)s AND position = %(before)s;

-- name: webhook_failed
-- The next notice failed once more; not to be tried again for some seconds.
UPDATE {schema}.webhook_progress
SET attempts = attempts + 1, retry_at = clock_timestamp() + %(seconds)s * interval '1 second',
    failing_since = coalesce(failing_since, clock_timestamp()), failure = %(failure)s
WHERE webhook = %(webhook)s AND begun = %(begun)s AND position = %(before)s;

-- name: webhook_parked
-- Put the notice at a position aside and go on after it, if it still stands where it is thought to stand.
WITH moved AS (
    UPDATE {schema}.webhook_progress
    SET position = %(position)s, attempts = 0, retry_at = NULL, failing_since = coalesce(failing_since, clock_timestamp()),
        failure = %(failure)s
    WHERE webhook = %(webhook)s AND begun = %(begun)s AND position = %(before)s RETURNING webhook
)
INSERT INTO {schema}.webhook_dead_letter AS d (webhook, position, event_id, topic, attempts, reason)
SELECT webhook, %(position)s, %(event_id)s, %(topic)s, %(attempts)s, %(failure)s FROM moved
ON CONFLICT (webhook, position) DO UPDATE
SET attempts = d.attempts + excluded.attempts, reason = excluded.reason, parked_at = clock_timestamp(), retry_asked_at = NULL;

-- name: webhook_resumed
-- Somebody resumed it: try again at once, and count its failing from now on.
UPDATE {schema}.webhook_progress SET attempts = 0, retry_at = NULL, failing_since = NULL WHERE webhook = %s;

-- name: webhook_secrets
-- Which secrets sign, never what they are.
SELECT n, made_at, valid_until FROM {schema}.webhook_secret
WHERE webhook = %s AND (valid_until IS NULL OR valid_until > clock_timestamp()) ORDER BY n DESC;

-- name: webhook_signers
-- What signs now, latest first.
SELECT secret FROM {schema}.webhook_secret
WHERE webhook = %s AND (valid_until IS NULL OR valid_until > clock_timestamp()) ORDER BY n DESC;

-- name: end_secrets
-- The secrets of a webhook sign until an instant at the latest.
UPDATE {schema}.webhook_secret SET valid_until = least(valid_until, %(until)s) WHERE webhook = %(webhook)s;

-- name: forget_ended_secrets
-- Those that do not sign any more are of no use to anybody.
DELETE FROM {schema}.webhook_secret WHERE webhook = %s AND valid_until <= clock_timestamp();

-- name: add_secret
-- A secret that signs from now on.
INSERT INTO {schema}.webhook_secret (webhook, n, secret)
SELECT %(webhook)s, 1 + coalesce(max(n), 0), %(secret)s FROM {schema}.webhook_secret WHERE webhook = %(webhook)s;

-- name: dead_letters
-- A page of what was put aside, in the order of the log.
SELECT position, event_id, topic, attempts, reason, parked_at, retry_asked_at FROM {schema}.webhook_dead_letter
WHERE webhook = %(webhook)s AND position > %(after)s ORDER BY position LIMIT %(limit)s;

-- name: retry_dead_letters
-- Ask for what was put aside to be tried once more: all of it, or the notice at one position.
UPDATE {schema}.webhook_dead_letter SET retry_asked_at = clock_timestamp()
WHERE webhook = %(webhook)s AND (%(position)s::bigint IS NULL OR position = %(position)s) RETURNING position;

-- name: keep_dead_letter
-- It failed once more and stays where it is.
UPDATE {schema}.webhook_dead_letter SET attempts = attempts + 1, reason = %(failure)s, retry_asked_at = NULL
WHERE webhook = %(webhook)s AND position = %(position)s;

-- name: drop_dead_letter
-- It was delivered after all, or somebody does not want it any more; no row comes back where there is none.
DELETE FROM {schema}.webhook_dead_letter WHERE webhook = %(webhook)s AND position = %(position)s RETURNING position;

-- name: forget_webhook
-- Of a webhook that was cancelled nothing is kept but the facts.
WITH secrets AS (DELETE FROM {schema}.webhook_secret WHERE webhook = %(webhook)s),
    letters AS (DELETE FROM {schema}.webhook_dead_letter WHERE webhook = %(webhook)s)
DELETE FROM {schema}.webhook_progress WHERE webhook = %(webhook)s;

-- name: due_dates_of
-- What runs and is owed by a department, due from the one day to the other; whether it is overdue; when it was last otherwise.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    c.clock_id, c.rule, c.profile, c.matter, c.case_id, c.number, c.file_no, c.case_type, c.leg, c.party, c.start_on, c.start_at, c.due_on,
    c.due_at, c.severity, c.status, c.conditional, c.advisory, c.calendar, c.created_by, c.provisional, c.co_parties, c.born_overdue,
    c.is_right, c.judgements,
    e.recorded_at,
    greatest(e.recorded_at, (SELECT max(j.known_from) FROM {schema}.judgement j WHERE j.clock_id = c.clock_id)),
    EXISTS (
        SELECT FROM {schema}.overdue o WHERE o.file_id = c.file_id AND o.clock_id = c.clock_id
            AND o.until_at IS NULL AND o.breach_at <= %(at)s AND o.from_at <= %(at)s AND o.basis <> 'recomputed')
FROM {schema}.clock c JOIN {schema}.events e ON e.event_id = c.created_by
WHERE c.state = 'running' AND (c.party = %(department)s OR c.co_parties <> '{}' AND %(department)s = ANY (c.co_parties))
    AND c.due_on >= %(first)s AND c.due_on <= %(last)s
    AND {visible:c}
ORDER BY c.due_on, c.clock_id LIMIT %(limit)s;
