-- name: fill_clocks
-- So many clocks: four to a file, two in five of them open and a tenth of those overdue; of the closed ones a tenth was late.
insert into {schema}.clock (
    clock_id, file_id, case_id, number, file_no, case_type, matter, profile, rule, leg, party, calendar, start_on, created_by,
    severity, status, conditional, advisory, is_right, by_the_hour, due_on, due_at, provisional, paused_from, state, stopped_at,
    stop_known_at, late_by_recording, judgements, tally, first_year, last_year)
select md5('clock' || n)::uuid, md5('file' || n / 4)::uuid, md5('case' || n / 4)::uuid, 'TS-' || n / 4, 'TS-' || n / 4,
    'complaint', 'TS-' || n / 4, 'national', (%(rules)s::text[])[1 + h %% cardinality(%(rules)s::text[])], 1,
    (%(parties)s::text[])[1 + h / 7 %% cardinality(%(parties)s::text[])], 'enshi',
    due_on - 14, md5('event' || n)::uuid, 'hard', 'written', false, false, false, false,
    due_on, null, false, null, state, stopped_at, stopped_at, state = 'late', 1,
    case state when 'running' then 'duty' else state end, extract(year from due_on - 14), extract(year from due_on)
from (
    select n, h, state, due_on, case state
        when 'met' then (due_on - h %% 9)::timestamp at time zone 'Asia/Shanghai'
        when 'late' then least(due_on + 2 + h %% 60, %(today)s::date)::timestamp at time zone 'Asia/Shanghai' end as stopped_at
    from (
        select n, h, case when h %% 100 >= 40 then case when h / 100 %% 10 = 0 then 'late' else 'met' end else 'running' end as state,
            %(today)s::date + case when h %% 100 < 40 and h / 100 %% 10 > 0 then h / 1000 %% 90 else -2 - h / 1000 %% 2000 end as due_on
        from (select n, abs(hashint8(n) %% 100000000) as h from generate_series(1, %(clocks)s) n) hashed
    ) dated
) told;

-- name: fill_overdue
-- When they were overdue, are, or will be.
insert into {schema}.overdue (
    basis, clock_id, from_at, until_at, month, breach_at, file_id, case_id, number, file_no, case_type, matter, profile, rule, leg,
    party, calendar, start_on, due_on, due_at, by_workdays, severity, status, conditional, advisory, created_by)
select b.basis, clock_id, breach_at, stopped_at, m.month, breach_at, file_id, case_id, number, file_no, case_type, matter, profile,
    rule, leg, party, calendar, start_on, due_on, due_at, true, severity, status, conditional, advisory, created_by
from (
    select c.*, (due_on + 1)::timestamp at time zone 'Asia/Shanghai' as breach_at from {schema}.clock c where state in ('running', 'late')
) c
cross join lateral (
    select 'both' as basis where state = 'running' union all select 'known' where state = 'late'
    union all select 'recomputed' where state = 'late') b
cross join lateral (
    select null::date as month where state = 'running'
    union all
    select m::date from generate_series(
        date_trunc('month', (due_on + 1)::timestamp), (stopped_at at time zone 'Asia/Shanghai')::timestamp, '1 month') m
    where state = 'late') m;

-- name: bare_page
-- The limit: fifty overdue clocks behind a place in the index, every column that a list shows, and nothing else.
select clock_id, rule, profile, matter, case_id, number, file_no, case_type, leg, party, start_on, start_at, due_on, due_at,
    severity, status, conditional, advisory, calendar, created_by, by_workdays, breach_at
from {schema}.overdue
where until_at is null and (breach_at, clock_id) > (%s, %s) and breach_at <= %s order by breach_at, clock_id limit 50;
