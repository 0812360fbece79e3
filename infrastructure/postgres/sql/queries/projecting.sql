-- name: load_files
-- Every entry of some files, each file in recording order.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE file_id = ANY (%s) ORDER BY file_id, file_version;

-- name: load_files_between
-- Every entry of the files whose ids lie from the first up to but not including the second, each in recording order.
SELECT payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,
    file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported, NULL AS position
FROM {schema}.events WHERE file_id >= %s AND (file_id < %s OR %s) ORDER BY file_id, file_version;

-- name: replace_rows
-- Put rows, given as jsonb, in the place of the rows of some files in one table.
SELECT {schema}.replace_rows(%s::text::regclass, %s, %s);

-- name: shift_statistics
-- Count the clocks of some files, given as jsonb, instead of those that the table has of them.
WITH moved AS (
    SELECT n.party, n.rule, n.severity, n.due_on, n.tally, 1 AS change
    FROM jsonb_populate_recordset(NULL::{schema}.clock, %(rows)s) n WHERE n.tally IS NOT NULL
    UNION ALL
    SELECT c.party, c.rule, c.severity, c.due_on, c.tally, -1
    FROM {schema}.clock c WHERE c.file_id = ANY (%(files)s) AND c.tally IS NOT NULL
), net AS (
    SELECT party, rule, severity, due_on, tally, sum(change) AS change FROM moved
    GROUP BY party, rule, severity, due_on, tally HAVING sum(change) <> 0
)
INSERT INTO {schema}.statistic AS t (scale, by, bucket, key, severity, met, late, duty, maximum, option, unsettled)
SELECT s.scale, b.by, CASE s.scale WHEN 'day' THEN due_on ELSE date_trunc('month', due_on)::date END,
    CASE b.by WHEN 'department' THEN party ELSE rule END, severity,
    coalesce(sum(change) FILTER (WHERE tally = 'met'), 0), coalesce(sum(change) FILTER (WHERE tally = 'late'), 0),
    coalesce(sum(change) FILTER (WHERE tally = 'duty'), 0), coalesce(sum(change) FILTER (WHERE tally = 'maximum'), 0),
    coalesce(sum(change) FILTER (WHERE tally = 'option'), 0), coalesce(sum(change) FILTER (WHERE tally = 'unsettled'), 0)
FROM net CROSS JOIN (VALUES ('day'), ('month')) AS s (scale) CROSS JOIN (VALUES ('department'), ('rule')) AS b (by)
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (scale, by, bucket, key, severity) DO UPDATE SET
    met = t.met + excluded.met, late = t.late + excluded.late, duty = t.duty + excluded.duty,
    maximum = t.maximum + excluded.maximum, option = t.option + excluded.option, unsettled = t.unsettled + excluded.unsettled;

-- name: drop_empty_statistics
-- Forget the buckets that count nothing any more.
DELETE FROM {schema}.statistic
WHERE met = 0 AND late = 0 AND duty = 0 AND maximum = 0 AND option = 0 AND unsettled = 0;

-- name: count_statistics
-- Count all clocks, into an empty table.
INSERT INTO {schema}.statistic (scale, by, bucket, key, severity, met, late, duty, maximum, option, unsettled)
SELECT s.scale, b.by, CASE s.scale WHEN 'day' THEN due_on ELSE date_trunc('month', due_on)::date END,
    CASE b.by WHEN 'department' THEN party ELSE rule END, severity,
    coalesce(sum(clocks) FILTER (WHERE tally = 'met'), 0), coalesce(sum(clocks) FILTER (WHERE tally = 'late'), 0),
    coalesce(sum(clocks) FILTER (WHERE tally = 'duty'), 0), coalesce(sum(clocks) FILTER (WHERE tally = 'maximum'), 0),
    coalesce(sum(clocks) FILTER (WHERE tally = 'option'), 0), coalesce(sum(clocks) FILTER (WHERE tally = 'unsettled'), 0)
FROM (
    SELECT party, rule, severity, due_on, tally, count(*) AS clocks FROM {schema}.clock WHERE tally IS NOT NULL GROUP BY 1, 2, 3, 4, 5
) n CROSS JOIN (VALUES ('day'), ('month')) AS s (scale) CROSS JOIN (VALUES ('department'), ('rule')) AS b (by)
GROUP BY 1, 2, 3, 4, 5;

-- name: files_counting_by
-- The files with a clock that a calendar edition can move: its calendar rests on the edition's, its days touch the year.
SELECT DISTINCT file_id FROM {schema}.clock WHERE calendar = ANY (%s) AND %s BETWEEN first_year AND last_year;

-- name: files_owing
-- The files with a clock that one of these organs owes.
SELECT DISTINCT file_id FROM {schema}.clock WHERE party = ANY (%s);

-- name: files_retold
-- The files that are another as they happened than as they became known: who owes what there, the clocks do not show.
SELECT DISTINCT file_id FROM {schema}.register WHERE retold;

-- name: all_files
-- Every file that has a case.
SELECT DISTINCT file_id FROM {schema}.register;

-- name: note_stoppage
-- Say on which error the projector stopped.
INSERT INTO {schema}.stoppage AS s (follower, position, error) VALUES (%s, %s, %s)
ON CONFLICT (follower) DO UPDATE SET position = excluded.position, error = excluded.error, stopped_at = clock_timestamp();

-- name: forget_stoppage
-- The projector runs again.
DELETE FROM {schema}.stoppage WHERE follower = %s;

-- name: note_end
-- Remember the latest instant at which a stretch of being overdue ended.
UPDATE {schema}.whereabouts SET latest_end = greatest(latest_end, %s);

-- name: note_position
-- Say how far the lists have come, and how much of the jurisdiction they know.
UPDATE {schema}.whereabouts SET position = %s, jurisdiction = %s;

-- name: note_whereabouts
-- Say where the lists stand that were built anew.
UPDATE {schema}.whereabouts SET position = %s, jurisdiction = %s,
    latest_end = (SELECT coalesce(extract(epoch FROM max(until_at)) * 1000000, 0)::bigint FROM {schema}.overdue);

-- name: replace_law
-- Say under which law the lists are built.
INSERT INTO {schema}.built_under (law) VALUES (%s) ON CONFLICT (one) DO UPDATE SET law = excluded.law;

-- name: progress
-- How far a follower has come, where the log ends, on which error it stopped, and the law under which the lists were built.
SELECT coalesce((SELECT t.position FROM {schema}.tracking t WHERE t.follower = %(follower)s), 0),
    coalesce((SELECT max(l.position) FROM {schema}.log l), 0),
    (SELECT s.error FROM {schema}.stoppage s WHERE s.follower = %(follower)s), (SELECT b.law FROM {schema}.built_under b);

-- name: lead_rebuilding
-- Be the one session that rebuilds, for as long as it lives; false if another one does.
SELECT pg_try_advisory_lock('{schema}.tracking'::regclass::oid::bigint);

-- name: stop_rebuilding
-- Let the next one rebuild.
SELECT pg_advisory_unlock('{schema}.tracking'::regclass::oid::bigint);

-- name: begin_rebuild
-- Make the tables of all projections anew beside the old ones.
SELECT {schema}.begin_rebuild();

-- name: beside
-- The schema in which a rebuild builds.
SELECT {schema}.beside();

-- name: indexes_to_build
-- The statements that give the tables of a rebuild their constraints and indexes.
SELECT * FROM {schema}.indexes_to_build();

-- name: finish_rebuild
-- Put the rebuilt tables in the place of the old ones.
SELECT {schema}.finish_rebuild();

-- name: work_beside
-- For this session: names without a schema are those of the tables being built, and indexes may take memory.
SELECT set_config('search_path', '{schema}', false), set_config('maintenance_work_mem', '256MB', false);

-- name: analyze_projections
-- Let the planner know the tables that were built.
ANALYZE {schema}.register, {schema}.custody, {schema}.transit, {schema}.holding, {schema}.clock, {schema}.overdue,
    {schema}.judgement, {schema}.verdict, {schema}.memo, {schema}.standing, {schema}.statistic,
    {schema}.card, {schema}.letter, {schema}.adjustment, {schema}.dispatch, {schema}.ageing, {schema}.reader, {schema}.barred;

-- name: be_patient_with_readers
-- For this transaction: do not wait longer for a lock, which would keep everybody else waiting behind.
SELECT set_config('lock_timeout', '2s', true);
