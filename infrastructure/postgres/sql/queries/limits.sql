-- name: spend
-- One more under a key, counted from the first of the window on; how many there are, and how many seconds are left.
insert into anjuan.spending as known (key, spent, ends_at)
values (%(key)s, 1, statement_timestamp() + make_interval(secs => %(seconds)s))
on conflict (key) do update set
    spent = case when known.ends_at <= statement_timestamp() then 1 else known.spent + 1 end,
    ends_at = case when known.ends_at <= statement_timestamp() then excluded.ends_at else known.ends_at end
returning spent, extract(epoch from ends_at - statement_timestamp())::float8;

-- name: forget_spending
-- Some windows that are over; whoever is at one of them already is left alone.
delete from anjuan.spending where key in (
    select key from anjuan.spending where ends_at <= statement_timestamp() order by ends_at limit 100 for update skip locked
);

-- name: forgive_spending
-- A key begins anew.
delete from anjuan.spending where key = %(key)s;
