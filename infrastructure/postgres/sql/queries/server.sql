-- name: ensure_roles
-- The role that owns the tables, the restricted ones of the application and of what runs beside it, and the one of readers.
do $$
begin
    if not exists (select from pg_roles where rolname = 'anjuan_owner') then
        create role anjuan_owner login createdb;
    end if;
    if not exists (select from pg_roles where rolname = 'anjuan_app') then
        create role anjuan_app login;
    end if;
    if not exists (select from pg_roles where rolname = 'anjuan_projector') then
        create role anjuan_projector login;
    end if;
    if not exists (select from pg_roles where rolname = 'anjuan_sequencer') then
        create role anjuan_sequencer login;
    end if;
    if not exists (select from pg_roles where rolname = 'anjuan_reader') then
        create role anjuan_reader nologin;
    end if;
end
$$;

-- name: database_exists
-- Whether the server has a database of this name.
select 1 from pg_database where datname = %(name)s;

-- name: create_ledger_database
-- The database of the embedded server.
create database anjuan owner anjuan_owner;

-- name: describe_server
-- What decides whether a database can hold a ledger: version, encoding, and the C library's idea of a letter.
select current_setting('server_version_num')::int as version,
       pg_encoding_to_char(encoding) as encoding,
       datctype as ctype
from pg_database
where datname = current_database();

-- name: describe_role
-- What the role of this connection could do beyond its work: everything, or change what is recorded because the tables are its own.
select current_user::text, r.rolsuper, r.rolcreaterole or r.rolbypassrls or r.rolreplication, exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'anjuan' and pg_has_role(c.relowner, 'usage'))
from pg_roles r where r.rolname = current_user;

-- name: configure_session
-- How every connection of Anjuan works: UTC, no transaction may sit idle and hold the sequencer back, statements are planned once.
select set_config('TimeZone', 'UTC', false),
       set_config('idle_in_transaction_session_timeout', %(idle_ms)s::text, false),
       set_config('jit', 'off', false),
       set_config('plan_cache_mode', 'force_generic_plan', false);
