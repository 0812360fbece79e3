-- name: cards_page
-- A page of cards as they were known at an instant, latest first, of a department also those for what it owed beside another.
-- What its clock came to by then is looked up beside.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w), p.* FROM (
    SELECT c.card_id, c.kind, c.clock_id, c.rule, c.profile, c.party, c.case_number, c.file_no, c.number, c.severity, c.due_on, c.due_at,
        c.given_at,
        CASE WHEN c.state <> 'standing' THEN c.state WHEN k.stopped_at IS NOT NULL THEN 'done' WHEN k.void THEN 'void'
            WHEN c.kind = 'yellow' AND k.due_on IS DISTINCT FROM c.due_on THEN 'moved' ELSE 'standing' END AS state,
        c.ended_at, c.verdict, c.cause, c.edition, k.stopped_at,
        (SELECT l.letter FROM {schema}.letter l
        WHERE l.state = 'accepted' AND l.addressee = c.party AND l.clocks @> ARRAY[c.clock_id] AND l.known_from <= %(at)s
            AND (l.known_until IS NULL OR l.known_until > %(at)s) ORDER BY l.letter LIMIT 1) AS explained
    FROM {schema}.card c LEFT JOIN LATERAL (
        (SELECT j.due_on, j.stopped_at, j.state IN ('void', 'gone') AS void FROM {schema}.judgement j
        WHERE j.clock_id = c.clock_id AND j.known_from <= %(at)s ORDER BY j.n DESC LIMIT 1)
        UNION ALL
        (SELECT s.due_on, CASE WHEN s.stop_known_at <= %(at)s THEN s.stopped_at END, coalesce(s.void_known_at <= %(at)s, false)
        FROM {schema}.clock s
        WHERE s.clock_id = c.clock_id AND NOT EXISTS (SELECT FROM {schema}.judgement j WHERE j.clock_id = c.clock_id))
    ) k ON true
    WHERE c.known_from <= %(at)s AND (c.known_until IS NULL OR c.known_until > %(at)s)
        AND {given:c}
        AND (c.given_at, c.card_id) < (%(given_at)s, %(card_id)s)
        AND (%(department)s::text IS NULL OR c.party = %(department)s OR EXISTS (
            SELECT FROM {schema}.clock s WHERE s.clock_id = c.clock_id
                AND (s.party = c.party AND %(department)s = ANY (s.co_parties) OR EXISTS (
                    SELECT FROM {schema}.overdue o WHERE o.file_id = s.file_id AND o.clock_id = s.clock_id
                        AND o.party = c.party AND %(department)s = ANY (o.co_parties)))))
        AND (%(kind)s::text IS NULL OR c.kind = %(kind)s)
        AND (%(rule)s::text IS NULL OR c.rule = %(rule)s) AND (%(file_no)s::text IS NULL OR c.file_no = %(file_no)s)
) p WHERE %(state)s::text IS NULL OR p.state = %(state)s
ORDER BY p.given_at DESC, p.card_id DESC LIMIT %(limit)s;

-- name: letters_page
-- A page of letters as they were known at an instant, latest first.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    l.letter, l.kind, l.number, l.file_no, l.addressee, l.issuer, l.issued_at, l.answer_by, l.state, l.about_case, l.follows, l.clocks,
    l.rules, l.acknowledged_at, l.answered_at, l.caused_by, l.decided_at, l.escalated_to, l.escalated_at, l.circulated_at, l.file_id
FROM {schema}.letter l
WHERE l.known_from <= %(at)s AND (l.known_until IS NULL OR l.known_until > %(at)s)
    AND {addressed:l}
    AND (l.issued_at, l.file_id, l.letter) < (%(issued_at)s, %(file_id)s, %(letter)s)
    AND (%(department)s::text IS NULL OR l.addressee = %(department)s) AND (%(issuer)s::text IS NULL OR l.issuer = %(issuer)s)
    AND (%(kind)s::text IS NULL OR l.kind = %(kind)s) AND (%(state)s::text IS NULL OR l.state = %(state)s)
    AND (%(file_no)s::text IS NULL OR l.file_no = %(file_no)s)
    AND (%(open)s::boolean IS NULL OR (l.state IN ('issued', 'acknowledged', 'answered')) = %(open)s)
    AND (%(overdue)s::boolean IS NULL OR (l.state IN ('issued', 'acknowledged') AND l.answer_by < %(today)s) = %(overdue)s)
ORDER BY l.issued_at DESC, l.file_id DESC, l.letter DESC LIMIT %(limit)s;

-- name: extensions_page
-- A page of pauses and extensions as they were known at an instant: the latest or the longest first, by `size`; likewise.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w), p.* FROM (
    SELECT a.cause, a.clock_id, a.number, a.file_no, a.case_type, a.matter, a.rule, a.profile, a.party, a.calendar, a.kind, a.topic,
        a.department, a.detail, a.begun_at, a.begun_known, a.ended_at, a.ended_known, a.due_before, a.due_after, a.last_day, a.last_tenth,
        a.after_due, a.retroactive,
        (extract(epoch FROM CASE WHEN NOT %(longest)s THEN a.begun_at - '2000-01-01Z'::timestamptz
            WHEN a.kind = 'pause' THEN coalesce(a.ended_at, %(today)s::timestamptz) - a.begun_at
            ELSE make_interval(days => coalesce(a.due_after - a.due_before, 0)) END) * 1000000)::bigint AS size
    FROM {schema}.adjustment a
    WHERE a.known_from <= %(at)s AND (a.known_until IS NULL OR a.known_until > %(at)s)
        AND {visible:a}
        AND (%(begun_from)s::timestamptz IS NULL OR a.begun_at >= %(begun_from)s)
        AND (%(begun_before)s::timestamptz IS NULL OR a.begun_at < %(begun_before)s)
        AND (%(department)s::text IS NULL OR a.party = %(department)s OR EXISTS (
            SELECT FROM {schema}.clock s WHERE s.clock_id = a.clock_id
                AND (s.party = a.party AND %(department)s = ANY (s.co_parties) OR EXISTS (
                    SELECT FROM {schema}.overdue o WHERE o.file_id = s.file_id AND o.clock_id = s.clock_id
                        AND o.party = a.party AND %(department)s = ANY (o.co_parties)))))
        AND (%(rule)s::text IS NULL OR a.rule = %(rule)s)
        AND (%(kind)s::text IS NULL OR a.kind = %(kind)s)
        AND CASE %(outlier)s::text WHEN 'last-day' THEN a.last_day WHEN 'last-tenth' THEN a.last_tenth WHEN 'after-due' THEN a.after_due
            WHEN 'retroactive' THEN a.retroactive WHEN 'any' THEN a.last_tenth OR a.after_due OR a.retroactive ELSE true END
) p WHERE (p.size, p.cause, p.clock_id) < (%(size)s, %(cause)s, %(clock_id)s)
ORDER BY p.size DESC, p.cause DESC, p.clock_id DESC LIMIT %(limit)s;

-- name: returns_by_pair
-- How often which department returned what to which other one, by the days on which it had been sent and came back.
SELECT d.addressee, d.sender, (d.out_at AT TIME ZONE 'Asia/Shanghai')::date, (d.ended_at AT TIME ZONE 'Asia/Shanghai')::date, count(*)
FROM {schema}.dispatch d
WHERE d.back AND d.known_from <= %(at)s AND (d.known_until IS NULL OR d.known_until > %(at)s)
    AND {visible:d}
    AND d.sent_at >= %(first)s AND d.sent_at < %(before)s
    AND (%(department)s::text IS NULL OR %(department)s IN (d.sender, d.addressee)) AND (%(type)s::text IS NULL OR d.case_type = %(type)s)
GROUP BY 1, 2, 3, 4;

-- name: latest_returns
-- The latest returns of some pairs of departments, a few of each.
SELECT r.addressee, r.sender, r.number, r.file_no, r.case_type, r.matter, r.out_at, r.arrived_at, r.sent_at, r.ended_at, r.grounds FROM (
    SELECT d.*, row_number() OVER (PARTITION BY d.addressee, d.sender ORDER BY d.sent_at DESC, d.cause DESC) AS place
    FROM {schema}.dispatch d
    JOIN unnest(%(addressees)s::text[], %(senders)s::text[]) AS q (addressee, sender) ON (q.addressee, q.sender) = (d.addressee, d.sender)
    WHERE d.back AND d.known_from <= %(at)s AND (d.known_until IS NULL OR d.known_until > %(at)s)
        AND {visible:d}
        AND d.sent_at >= %(first)s AND d.sent_at < %(before)s AND (%(type)s::text IS NULL OR d.case_type = %(type)s)
) r WHERE r.place <= %(few)s ORDER BY r.addressee, r.sender, r.place;

-- name: in_transit_page
-- A page of what was on the way at an instant and sent before a time, which may be another for some addressees; longest first.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    d.cause, d.case_id, d.number, d.file_no, d.case_type, d.matter, d.sender, d.addressee, d.sent_at, d.back
FROM {schema}.dispatch d
WHERE d.ended_at IS NULL AND tstzrange(d.known_from, d.known_until) @> %(at)s
    AND d.sent_at < coalesce((SELECT u.before FROM unnest(%(organs)s::text[], %(befores)s::timestamptz[]) AS u (organ, before)
        WHERE u.organ = d.addressee), %(before)s)
    AND {visible:d}
    AND (d.sent_at, d.cause) > (%(sent_at)s, %(cause)s)
    AND (%(department)s::text IS NULL OR d.addressee = %(department)s) AND (%(sender)s::text IS NULL OR d.sender = %(sender)s)
    AND (%(type)s::text IS NULL OR d.case_type = %(type)s)
ORDER BY d.sent_at, d.cause LIMIT %(limit)s;

-- name: ageing_page
-- A page of duties without a number of days that were awaited at an instant, oldest first.
SELECT (SELECT w.position || ' ' || w.jurisdiction || ' ' || w.latest_end FROM {schema}.whereabouts w),
    p.clock_id, p.rule, p.profile, p.matter, p.case_id, p.number, p.file_no, p.case_type, p.leg, p.party, p.start_on, p.calendar, p.created_by
FROM (
    (SELECT a.* FROM {schema}.ageing a
    WHERE a.until_at IS NULL AND a.from_at <= %(at)s AND (a.start_on, a.clock_id) > (%(start_on)s, %(clock_id)s)
        AND (%(department)s::text IS NULL OR a.party = %(department)s) AND (%(rule)s::text IS NULL OR a.rule = %(rule)s)
        AND (%(type)s::text IS NULL OR a.case_type = %(type)s) AND {visible:a}
    ORDER BY a.start_on, a.clock_id LIMIT %(limit)s)
    UNION ALL
    (SELECT a.* FROM {schema}.ageing a
    WHERE a.until_at IS NOT NULL AND tstzrange(a.from_at, a.until_at) @> %(at)s
        AND (a.start_on, a.clock_id) > (%(start_on)s, %(clock_id)s)
        AND (%(department)s::text IS NULL OR a.party = %(department)s) AND (%(rule)s::text IS NULL OR a.rule = %(rule)s)
        AND (%(type)s::text IS NULL OR a.case_type = %(type)s) AND {visible:a}
    ORDER BY a.start_on, a.clock_id LIMIT %(limit)s)
) p ORDER BY p.start_on, p.clock_id LIMIT %(limit)s;

-- name: league
-- How many clocks are due in whole months and in single days, by department and severity; what is late now by the hour of today.
SELECT s.key, s.severity, sum(s.met)::bigint, sum(s.late)::bigint, sum(s.open)::bigint, sum(s.open_late)::bigint FROM (
    SELECT t.key, t.severity, t.late, t.met + CASE WHEN t.bucket < %(today)s THEN t.maximum ELSE 0 END AS met,
        t.duty + t.unsettled + CASE WHEN t.bucket < %(today)s THEN 0 ELSE t.maximum + t.option END AS open,
        CASE WHEN t.bucket < %(today)s THEN t.duty ELSE 0 END AS open_late
    FROM unnest(%(scales)s::text[], %(firsts)s::date[], %(lasts)s::date[]) AS r (scale, first, last),
    LATERAL ( -- OFFSET keeps this a look-up in the index for each span
        SELECT * FROM {schema}.statistic u
        WHERE u.scale = r.scale AND u.by = 'department' AND u.bucket BETWEEN r.first AND r.last OFFSET 0) t
    UNION ALL
    SELECT c.party, c.severity, 0, 0, 0, 1 FROM {schema}.clock c
    WHERE c.tally = 'duty' AND c.due_at >= %(midnight)s AND c.due_at < %(at)s AND c.due_on BETWEEN %(first)s AND %(last)s
) s GROUP BY s.key, s.severity ORDER BY s.key, s.severity;

-- name: own_league
-- The same of the clocks that the reader answers for.
SELECT c.party, c.severity,
    count(*) FILTER (WHERE c.tally = 'met' OR (c.tally = 'maximum' AND c.due_on < %(today)s)),
    count(*) FILTER (WHERE c.tally = 'late'),
    count(*) FILTER (WHERE c.tally IN ('duty', 'unsettled') OR (c.tally IN ('maximum', 'option') AND c.due_on >= %(today)s)),
    count(*) FILTER (WHERE c.tally = 'duty' AND (c.due_on < %(today)s OR c.due_at >= %(midnight)s AND c.due_at < %(at)s))
FROM {schema}.clock c
WHERE c.tally IS NOT NULL AND c.due_on BETWEEN %(first)s AND %(last)s AND {owed:c}
GROUP BY c.party, c.severity ORDER BY c.party, c.severity;

-- name: league_explained
-- How many late clocks of each department an accepted explanation of its own stands beside.
SELECT c.party, count(DISTINCT c.clock_id)
FROM {schema}.letter l CROSS JOIN LATERAL unnest(l.clocks) AS u (clock_id) JOIN {schema}.clock c USING (clock_id)
WHERE l.state = 'accepted' AND l.known_until IS NULL AND c.due_on BETWEEN %(first)s AND %(last)s AND c.severity = 'hard'
    AND l.addressee = c.party AND (c.tally = 'late' OR (c.tally = 'duty' AND (c.due_at < %(at)s OR (c.due_at IS NULL AND c.due_on < %(today)s))))
    AND {owed:c}
GROUP BY c.party;

-- name: league_left_out
-- How many clocks that are due in a span count for nobody, by department: born overdue, by analogy, advisory, rights.
SELECT c.party, count(*) FILTER (WHERE c.born_overdue), count(*) FILTER (WHERE NOT c.born_overdue AND c.status = 'derived'),
    count(*) FILTER (WHERE NOT c.born_overdue AND c.status <> 'derived')
FROM {schema}.clock c
WHERE c.tally IS NULL AND c.state NOT IN ('void', 'gone') AND c.due_on BETWEEN %(first)s AND %(last)s
    AND {owed:c}
GROUP BY c.party;

-- name: late_clocks
-- Late clocks due in a span, by department and rule: when they were due, and when the act came (never: it is still awaited).
SELECT c.party, c.rule, c.profile, c.calendar, c.severity, c.due_on, c.due_at, (c.stopped_at AT TIME ZONE 'Asia/Shanghai')::date,
    CASE WHEN c.by_the_hour THEN c.stopped_at END, count(*)
FROM {schema}.clock c
WHERE c.due_on BETWEEN %(first)s AND %(last)s AND c.tally IN ('late', 'duty')
    AND (c.tally = 'late' OR c.due_at < %(at)s OR (c.due_at IS NULL AND c.due_on < %(today)s))
    AND (%(department)s::text IS NULL OR c.party = %(department)s) AND (%(rule)s::text IS NULL OR c.rule = %(rule)s)
    AND (%(severity)s::text IS NULL OR c.severity = %(severity)s)
    AND {owed:c}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- name: cases_opened
-- How many cases were opened on each day of a span; and (no day) how many were open when it began.
SELECT r.opened_on, count(*) FROM {schema}.register r
WHERE (r.open OR r.closed_on IS NOT NULL) AND r.opened_on BETWEEN %(first)s AND %(last)s
    AND (%(department)s::text IS NULL OR r.department = %(department)s) AND (%(type)s::text IS NULL OR r.case_type = %(type)s)
    AND (%(type)s::text IS NOT NULL OR r.case_type <> ALL (%(standing)s)) AND {opened:r}
GROUP BY r.opened_on
UNION ALL
SELECT NULL, count(*) FROM {schema}.register r
WHERE r.opened_on < %(first)s AND (r.open OR r.closed_on >= %(first)s)
    AND (%(department)s::text IS NULL OR r.department = %(department)s) AND (%(type)s::text IS NULL OR r.case_type = %(type)s)
    AND (%(type)s::text IS NOT NULL OR r.case_type <> ALL (%(standing)s)) AND {opened:r};

-- name: cases_closed
-- How many cases were closed on each day of a span, by the day on which they were opened and by who opened them.
SELECT r.closed_on, r.opened_on, r.department, count(*) FROM {schema}.register r
WHERE r.closed_on BETWEEN %(first)s AND %(last)s
    AND (%(department)s::text IS NULL OR r.department = %(department)s) AND (%(type)s::text IS NULL OR r.case_type = %(type)s)
    AND (%(type)s::text IS NOT NULL OR r.case_type <> ALL (%(standing)s))
    AND {opened:r}
GROUP BY r.closed_on, r.opened_on, r.department;
