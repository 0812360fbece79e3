-- name: export_snapshot
-- What this transaction sees, for others to see the same; and which PostgreSQL it is.
select pg_export_snapshot(), current_setting('server_version_num')::int;

-- name: holds_ledgers
-- Whether the database holds anything of ours.
select to_regnamespace('anjuan') is not null, current_setting('server_version_num')::int;
