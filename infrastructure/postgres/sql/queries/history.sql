-- name: history_recorded
-- What was recorded in a stretch of time, latest first, as far as the lists have come.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    f.recorded_at, f.event_no, f.event_id, f.topic, f.case_id, r.number, f.case_type, r.file_no, f.version, l.position,
    f.occurred_at, f.recorded_at, f.department, f.officer, f.on_behalf_of, f.reason, f.imported
FROM (
    SELECT e.* FROM {schema}.events e
    WHERE e.recorded_at >= %(begin)s AND e.recorded_at < %(end)s AND (e.recorded_at, e.event_no) < (%(at)s::timestamptz, %(event_no)s)
        AND (e.incarnation, e.tx, e.event_no) <= (SELECT o.incarnation, o.tx, o.event_no FROM {schema}.whereabouts w
            JOIN {schema}.log p USING (position) JOIN {schema}.events o ON o.event_no = p.event_no)
        AND e.case_type <> 'reservation'
        AND (%(department)s::text IS NULL OR e.department = %(department)s::text OR e.on_behalf_of = %(department)s::text)
        AND (%(recorder)s::text IS NULL OR e.officer = %(recorder)s::text)
        AND (%(event)s::text IS NULL OR e.topic = %(event)s::text)
        AND (%(type)s::text IS NULL OR e.case_type = %(type)s::text)
        AND (%(file)s::uuid IS NULL OR e.file_id = %(file)s::uuid)
        AND (%(case)s::uuid IS NULL OR e.case_id = %(case)s::uuid)
        AND ({visible:e} OR (e.file_id = %(office)s AND %(anybody)s = ANY (%(names)s::text[])))
    ORDER BY e.recorded_at DESC, e.event_no DESC LIMIT %(limit)s
) f JOIN {schema}.log l USING (event_no) LEFT JOIN {schema}.register r USING (case_id)
ORDER BY f.recorded_at DESC, f.event_no DESC;

-- name: history_occurred
-- What happened in a stretch of time, latest first, as far as the lists have come.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    f.occurred_at, f.event_no, f.event_id, f.topic, f.case_id, r.number, f.case_type, r.file_no, f.version, l.position,
    f.occurred_at, f.recorded_at, f.department, f.officer, f.on_behalf_of, f.reason, f.imported
FROM (
    SELECT e.* FROM {schema}.events e
    WHERE e.occurred_at >= %(begin)s AND e.occurred_at < %(end)s AND (e.occurred_at, e.event_no) < (%(at)s::timestamptz, %(event_no)s)
        AND (e.incarnation, e.tx, e.event_no) <= (SELECT o.incarnation, o.tx, o.event_no FROM {schema}.whereabouts w
            JOIN {schema}.log p USING (position) JOIN {schema}.events o ON o.event_no = p.event_no)
        AND e.case_type <> 'reservation'
        AND (%(department)s::text IS NULL OR e.department = %(department)s::text OR e.on_behalf_of = %(department)s::text)
        AND (%(recorder)s::text IS NULL OR e.officer = %(recorder)s::text)
        AND (%(event)s::text IS NULL OR e.topic = %(event)s::text)
        AND (%(type)s::text IS NULL OR e.case_type = %(type)s::text)
        AND (%(file)s::uuid IS NULL OR e.file_id = %(file)s::uuid)
        AND (%(case)s::uuid IS NULL OR e.case_id = %(case)s::uuid)
        AND ({visible:e} OR (e.file_id = %(office)s AND %(anybody)s = ANY (%(names)s::text[])))
    ORDER BY e.occurred_at DESC, e.event_no DESC LIMIT %(limit)s
) f JOIN {schema}.log l USING (event_no) LEFT JOIN {schema}.register r USING (case_id)
ORDER BY f.occurred_at DESC, f.event_no DESC;

-- name: overdue_apart
-- A page of what is overdue at an instant only as known then or only as recomputed today, or due otherwise, or owed by others.
WITH listed AS MATERIALIZED (
    SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at IS NULL AND o.basis <> 'both' AND o.breach_at <= %(at)s AND o.from_at <= %(at)s AND {visible:o}
    UNION ALL
    SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at > %(at)s AND o.month = %(month)s AND o.from_at <= %(at)s AND {visible:o}
)
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    a.clock_id, a.breach_at, a.file_id, a.case_id, a.number, a.file_no, a.case_type
FROM (
    SELECT coalesce(k.clock_id, r.clock_id) AS clock_id, least(k.breach_at, r.breach_at) AS breach_at,
        coalesce(k.file_id, r.file_id) AS file_id, coalesce(k.case_id, r.case_id) AS case_id,
        coalesce(k.number, r.number) AS number, coalesce(k.file_no, r.file_no) AS file_no, coalesce(k.case_type, r.case_type) AS case_type
    FROM (SELECT * FROM listed WHERE basis = 'known') k
    FULL JOIN (SELECT * FROM listed WHERE basis = 'recomputed') r ON r.clock_id = k.clock_id
    WHERE (k.clock_id IS NULL OR r.clock_id IS NULL OR (k.breach_at, k.party, k.co_parties) IS DISTINCT FROM (r.breach_at, r.party, r.co_parties))
        AND (%(department)s::text IS NULL OR %(department)s::text IN (k.party, r.party)
            OR %(department)s::text = ANY (k.co_parties) OR %(department)s::text = ANY (r.co_parties))
        AND (%(rule)s::text IS NULL OR coalesce(k.rule, r.rule) = %(rule)s::text)
        AND (%(severity)s::text IS NULL OR %(severity)s::text IN (k.severity, r.severity))
        AND (%(type)s::text IS NULL OR coalesce(k.case_type, r.case_type) = %(type)s::text)
) a
WHERE (a.breach_at, a.clock_id) > (%(breach_at)s::timestamptz, %(clock_id)s::uuid)
ORDER BY a.breach_at, a.clock_id LIMIT %(limit)s;
