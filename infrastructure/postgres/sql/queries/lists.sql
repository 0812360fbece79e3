-- name: plan_anew
-- For this transaction: plan for the values that are asked for.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: search_cases
-- A page of cases, latest change first.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    r.case_id, r.number, r.case_type, r.file_no, r.state, r.version, r.matter, r.holder, r.in_transit_to, r.open, r.opened_on, r.changed_at
FROM {schema}.register r
WHERE (r.changed_at, r.case_id) < (%(changed_at)s::timestamptz, %(case_id)s::uuid)
    AND (%(grams)s::text[] IS NULL OR r.grams @> %(grams)s::text[])
    AND (%(words)s::text IS NULL OR r.words LIKE %(words)s::text)
    AND (%(department)s::text IS NULL OR r.holder = %(department)s::text OR r.in_transit_to = %(department)s::text)
    AND (%(state)s::text IS NULL OR r.state = %(state)s::text)
    AND (%(type)s::text IS NULL OR r.case_type = %(type)s::text)
    AND (%(file_no)s::text IS NULL OR r.file_no = %(file_no)s::text)
    AND (%(open)s::boolean IS NULL OR r.open = %(open)s::boolean)
    AND (%(opened_from)s::date IS NULL OR r.opened_on >= %(opened_from)s::date)
    AND (%(opened_through)s::date IS NULL OR r.opened_on <= %(opened_through)s::date)
    AND {visible:r}
ORDER BY r.changed_at DESC, r.case_id DESC LIMIT %(limit)s;

-- name: overdue_live
-- A page of what is still overdue: all there is, if no stretch ended after the instant.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    o.clock_id, o.rule, o.profile, o.matter, o.case_id, o.number, o.file_no, o.case_type, o.leg, o.party, o.start_on, o.start_at, o.due_on,
    o.due_at, o.severity, o.status, o.conditional, o.advisory, o.calendar, o.created_by, o.by_workdays, o.co_parties, o.born_overdue
FROM {schema}.overdue o
WHERE o.until_at IS NULL AND o.breach_at <= $1 AND o.from_at <= $1 AND o.basis <> $2
    AND (o.breach_at, o.clock_id) > ($3, $4)
    AND {visible:o:$6}
ORDER BY o.breach_at, o.clock_id LIMIT $5;

-- name: overdue_live_of
-- The same of one department: what it owes, and what it owes beside another.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    p.clock_id, p.rule, p.profile, p.matter, p.case_id, p.number, p.file_no, p.case_type, p.leg, p.party, p.start_on, p.start_at, p.due_on,
    p.due_at, p.severity, p.status, p.conditional, p.advisory, p.calendar, p.created_by, p.by_workdays, p.co_parties, p.born_overdue
FROM (
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at IS NULL AND o.party = $6 AND o.breach_at <= $1 AND o.from_at <= $1 AND o.basis <> $2
        AND (o.breach_at, o.clock_id) > ($3, $4) AND {visible:o:$7}
    ORDER BY o.breach_at, o.clock_id LIMIT $5)
    UNION ALL
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at IS NULL AND o.co_parties <> '{}' AND $6 = ANY (o.co_parties) AND o.breach_at <= $1 AND o.from_at <= $1 AND o.basis <> $2
        AND (o.breach_at, o.clock_id) > ($3, $4) AND {visible:o:$7}
    ORDER BY o.breach_at, o.clock_id LIMIT $5)
) p ORDER BY p.breach_at, p.clock_id LIMIT $5;

-- name: overdue_page
-- A page of what is overdue at an instant: what still is, and what no longer was later on, looked up by its month.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    p.clock_id, p.rule, p.profile, p.matter, p.case_id, p.number, p.file_no, p.case_type, p.leg, p.party, p.start_on, p.start_at, p.due_on,
    p.due_at, p.severity, p.status, p.conditional, p.advisory, p.calendar, p.created_by, p.by_workdays, p.co_parties, p.born_overdue
FROM (
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at IS NULL AND o.breach_at <= %(at)s AND o.from_at <= %(at)s AND o.basis <> %(other)s
        AND (o.breach_at, o.clock_id) > (%(breach_at)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR o.rule = %(rule)s) AND (%(severity)s::text IS NULL OR o.severity = %(severity)s)
        AND (%(type)s::text IS NULL OR o.case_type = %(type)s)
        AND {visible:o}
    ORDER BY o.breach_at, o.clock_id LIMIT %(limit)s)
    UNION ALL
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at > %(at)s AND o.month = %(month)s AND o.from_at <= %(at)s AND o.basis <> %(other)s
        AND (o.breach_at, o.clock_id) > (%(breach_at)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR o.rule = %(rule)s) AND (%(severity)s::text IS NULL OR o.severity = %(severity)s)
        AND (%(type)s::text IS NULL OR o.case_type = %(type)s)
        AND {visible:o}
    ORDER BY o.breach_at, o.clock_id LIMIT %(limit)s)
) p ORDER BY p.breach_at, p.clock_id LIMIT %(limit)s;

-- name: overdue_page_of
-- The same of one department: what it owes, and what it owes beside another.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    p.clock_id, p.rule, p.profile, p.matter, p.case_id, p.number, p.file_no, p.case_type, p.leg, p.party, p.start_on, p.start_at, p.due_on,
    p.due_at, p.severity, p.status, p.conditional, p.advisory, p.calendar, p.created_by, p.by_workdays, p.co_parties, p.born_overdue
FROM (
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at IS NULL AND o.party = %(department)s AND o.breach_at <= %(at)s AND o.from_at <= %(at)s AND o.basis <> %(other)s
        AND (o.breach_at, o.clock_id) > (%(breach_at)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR o.rule = %(rule)s) AND (%(severity)s::text IS NULL OR o.severity = %(severity)s)
        AND (%(type)s::text IS NULL OR o.case_type = %(type)s)
        AND {visible:o}
    ORDER BY o.breach_at, o.clock_id LIMIT %(limit)s)
    UNION ALL
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.party = %(department)s AND o.until_at > %(at)s AND o.month = %(month)s AND o.from_at <= %(at)s AND o.basis <> %(other)s
        AND (o.breach_at, o.clock_id) > (%(breach_at)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR o.rule = %(rule)s) AND (%(severity)s::text IS NULL OR o.severity = %(severity)s)
        AND (%(type)s::text IS NULL OR o.case_type = %(type)s)
        AND {visible:o}
    ORDER BY o.breach_at, o.clock_id LIMIT %(limit)s)
    UNION ALL
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.until_at IS NULL AND o.co_parties <> '{}' AND %(department)s = ANY (o.co_parties) AND o.breach_at <= %(at)s AND o.from_at <= %(at)s AND o.basis <> %(other)s
        AND (o.breach_at, o.clock_id) > (%(breach_at)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR o.rule = %(rule)s) AND (%(severity)s::text IS NULL OR o.severity = %(severity)s)
        AND (%(type)s::text IS NULL OR o.case_type = %(type)s)
        AND {visible:o}
    ORDER BY o.breach_at, o.clock_id LIMIT %(limit)s)
    UNION ALL
    (SELECT o.* FROM {schema}.overdue o
    WHERE o.co_parties <> '{}' AND %(department)s = ANY (o.co_parties) AND o.until_at > %(at)s AND o.month = %(month)s AND o.from_at <= %(at)s AND o.basis <> %(other)s
        AND (o.breach_at, o.clock_id) > (%(breach_at)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR o.rule = %(rule)s) AND (%(severity)s::text IS NULL OR o.severity = %(severity)s)
        AND (%(type)s::text IS NULL OR o.case_type = %(type)s)
        AND {visible:o}
    ORDER BY o.breach_at, o.clock_id LIMIT %(limit)s)
) p ORDER BY p.breach_at, p.clock_id LIMIT %(limit)s;

-- name: due_page
-- A page of what runs and is due from the one day to the other, and not overdue at an instant.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    c.clock_id, c.rule, c.profile, c.matter, c.case_id, c.number, c.file_no, c.case_type, c.leg, c.party, c.start_on, c.start_at, c.due_on,
    c.due_at, c.severity, c.status, c.conditional, c.advisory, c.calendar, c.created_by, c.provisional, c.co_parties, c.born_overdue
FROM {schema}.clock c
WHERE c.state = 'running' AND c.due_on >= %(first)s AND c.due_on <= %(last)s AND (c.due_at IS NULL OR c.due_at >= %(at)s)
    AND (c.due_on, c.clock_id) > (%(due_on)s, %(clock_id)s)
    AND (%(rule)s::text IS NULL OR c.rule = %(rule)s) AND (%(type)s::text IS NULL OR c.case_type = %(type)s)
    AND {visible:c}
ORDER BY c.due_on, c.clock_id LIMIT %(limit)s;

-- name: due_page_of
-- The same of one department: what it owes, and what it owes beside another.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    p.clock_id, p.rule, p.profile, p.matter, p.case_id, p.number, p.file_no, p.case_type, p.leg, p.party, p.start_on, p.start_at, p.due_on,
    p.due_at, p.severity, p.status, p.conditional, p.advisory, p.calendar, p.created_by, p.provisional, p.co_parties, p.born_overdue
FROM (
    (SELECT c.* FROM {schema}.clock c
    WHERE c.state = 'running' AND c.party = %(department)s AND c.due_on >= %(first)s AND c.due_on <= %(last)s AND (c.due_at IS NULL OR c.due_at >= %(at)s)
        AND (c.due_on, c.clock_id) > (%(due_on)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR c.rule = %(rule)s) AND (%(type)s::text IS NULL OR c.case_type = %(type)s)
        AND {visible:c}
    ORDER BY c.due_on, c.clock_id LIMIT %(limit)s)
    UNION ALL
    (SELECT c.* FROM {schema}.clock c
    WHERE c.state = 'running' AND c.co_parties <> '{}' AND %(department)s = ANY (c.co_parties) AND c.due_on >= %(first)s AND c.due_on <= %(last)s AND (c.due_at IS NULL OR c.due_at >= %(at)s)
        AND (c.due_on, c.clock_id) > (%(due_on)s, %(clock_id)s)
        AND (%(rule)s::text IS NULL OR c.rule = %(rule)s) AND (%(type)s::text IS NULL OR c.case_type = %(type)s)
        AND {visible:c}
    ORDER BY c.due_on, c.clock_id LIMIT %(limit)s)
) p ORDER BY p.due_on, p.clock_id LIMIT %(limit)s;

-- name: holdings_page
-- A page of open matters, longest held first.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    h.matter, h.case_id, h.number, h.file_no, h.case_type, h.holder, h.since, h.in_transit_to, h.sent_at, h.file_id, h.n
FROM {schema}.holding h
WHERE (h.since, h.file_id, h.n) > (%(since)s, %(file_id)s, %(n)s)
    AND (%(type)s::text IS NULL OR h.case_type = %(type)s)
    AND {visible:h}
ORDER BY h.since, h.file_id, h.n LIMIT %(limit)s;

-- name: holdings_page_of
-- The same of one department: what it holds, and what is on the way to it.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    p.matter, p.case_id, p.number, p.file_no, p.case_type, p.holder, p.since, p.in_transit_to, p.sent_at, p.file_id, p.n
FROM (
    (SELECT h.* FROM {schema}.holding h
    WHERE h.holder = %(department)s AND (h.since, h.file_id, h.n) > (%(since)s, %(file_id)s, %(n)s)
        AND (%(type)s::text IS NULL OR h.case_type = %(type)s)
        AND {visible:h}
    ORDER BY h.since, h.file_id, h.n LIMIT %(limit)s)
    UNION ALL
    (SELECT h.* FROM {schema}.holding h
    WHERE h.in_transit_to = %(department)s AND h.holder <> %(department)s
        AND (h.since, h.file_id, h.n) > (%(since)s, %(file_id)s, %(n)s)
        AND (%(type)s::text IS NULL OR h.case_type = %(type)s)
        AND {visible:h}
    ORDER BY h.since, h.file_id, h.n LIMIT %(limit)s)
) p ORDER BY p.since, p.file_id, p.n LIMIT %(limit)s;

-- name: statistics
-- How many clocks are due in whole months and in single days, by department or rule; what is late now by the hour of today.
SELECT s.key, sum(s.met)::bigint, sum(s.late)::bigint, sum(s.open)::bigint, sum(s.open_late)::bigint FROM (
    SELECT CASE WHEN %(monthly)s THEN to_char(t.bucket, 'YYYY-MM') ELSE t.key END AS key, t.late,
        t.met + CASE WHEN t.bucket < %(today)s THEN t.maximum ELSE 0 END AS met,
        t.duty + t.unsettled + CASE WHEN t.bucket < %(today)s THEN 0 ELSE t.maximum + t.option END AS open,
        CASE WHEN t.bucket < %(today)s THEN t.duty ELSE 0 END AS open_late
    FROM unnest(%(scales)s::text[], %(firsts)s::date[], %(lasts)s::date[]) AS r (scale, first, last),
    LATERAL ( -- OFFSET keeps this a look-up in the index for each span; a join would read the whole table
        SELECT * FROM {schema}.statistic u
        WHERE u.scale = r.scale AND u.by = %(by)s AND u.bucket BETWEEN r.first AND r.last OFFSET 0) t
    WHERE t.severity = 'hard' OR %(soft)s
    UNION ALL
    SELECT CASE WHEN %(monthly)s THEN to_char(c.due_on, 'YYYY-MM') WHEN %(by)s = 'rule' THEN c.rule ELSE c.party END, 0, 0, 0, 1
    FROM {schema}.clock c
    WHERE c.tally = 'duty' AND c.due_at >= %(midnight)s AND c.due_at < %(at)s
        AND c.due_on BETWEEN %(first)s AND %(last)s AND (c.severity = 'hard' OR %(soft)s)
) s GROUP BY s.key ORDER BY s.key;

-- name: own_statistics
-- How many clocks are due from the one day to the other of those that the reader answers for, by department, rule or month.
SELECT s.key, sum(s.met)::bigint, sum(s.late)::bigint, sum(s.open)::bigint, sum(s.open_late)::bigint FROM (
    SELECT CASE %(by)s WHEN 'month' THEN to_char(c.due_on, 'YYYY-MM') WHEN 'rule' THEN c.rule ELSE c.party END AS key,
        CASE WHEN c.tally = 'met' OR (c.tally = 'maximum' AND c.due_on < %(today)s) THEN 1 ELSE 0 END AS met,
        CASE WHEN c.tally = 'late' THEN 1 ELSE 0 END AS late,
        CASE WHEN c.tally IN ('duty', 'unsettled') OR (c.tally IN ('maximum', 'option') AND c.due_on >= %(today)s) THEN 1 ELSE 0 END AS open,
        CASE WHEN c.tally = 'duty' AND (c.due_on < %(today)s OR c.due_at >= %(midnight)s AND c.due_at < %(at)s) THEN 1 ELSE 0 END AS open_late
    FROM {schema}.clock c
    WHERE c.tally IS NOT NULL AND c.due_on BETWEEN %(first)s AND %(last)s AND (c.severity = 'hard' OR %(by)s = 'rule')
        AND {owed:c}
) s GROUP BY s.key ORDER BY s.key;

-- name: under_punishment
-- Who is under a memo in force on a day.
SELECT m.subject, m.uscc, m.case_id, r.number, m.memo, m.measures, m.effective, m.until, coalesce(m.revoked_on <= %(day)s, false)
FROM {schema}.memo m JOIN {schema}.register r USING (case_id)
WHERE m.issued_on <= %(day)s AND m.effective <= %(day)s AND (m.until IS NULL OR m.until >= %(day)s)
    AND (m.ended_on IS NULL OR m.ended_on > %(day)s)
    AND {visible:m}
ORDER BY m.subject, m.effective, m.case_id;

-- name: standings
-- What was known at an instant of who has a code or a name, of the codes that the name has, and of the names without a code.
WITH known AS (
    SELECT s.* FROM {schema}.standing s
    WHERE CASE WHEN %(as_of)s::timestamptz IS NULL THEN s.known_until IS NULL
        ELSE s.known_from <= %(as_of)s AND (s.known_until IS NULL OR s.known_until > %(as_of)s) END
), asked AS (
    SELECT k.code, k.name FROM known k WHERE k.code = %(code)s OR k.name = %(name)s
)
SELECT k.case_id, k.number, k.kind, k.subject, k.code, k.party, k.bars, k.details, k.points, k.effective, k.until,
    k.revoked_on, k.ended_on, {visible:k}
FROM known k
WHERE k.code IN (SELECT a.code FROM asked a) OR (k.code IS NULL AND k.name IN (SELECT a.name FROM asked a))
ORDER BY k.effective, k.number, k.case_id, k.n;

-- name: judgements
-- What was known of a clock that was judged again, from when on.
SELECT j.n, j.known_from, j.due_on, j.due_at, j.provisional, j.state, j.stopped_at, j.cause, j.edition
FROM {schema}.judgement j WHERE j.clock_id = %s ORDER BY j.n;

-- name: where_lists_are
-- How far the lists have come, how much of the jurisdiction they know, and when the latest stretch of being overdue ended.
SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w;

-- name: is_recorded
-- Whether there is an event with this id.
SELECT EXISTS (SELECT FROM {schema}.events WHERE event_id = %s);
