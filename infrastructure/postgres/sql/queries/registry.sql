-- name: lock_migrations
-- One process at a time changes schemas; the others wait and then find nothing left to do.
select pg_advisory_lock(hashtextextended('anjuan migrations', 0));

-- name: unlock_migrations
-- Let the next process look.
select pg_advisory_unlock(hashtextextended('anjuan migrations', 0));

-- name: has_migrations
-- Whether the schema keeps a table of its migrations, that is, whether it has had the first.
select to_regclass(%(table)s) is not null;

-- name: applied_migrations
-- The migrations that the schema has had, with the checksum each had then.
select number, name, sha256 from {schema}.schema_migration order by number;

-- name: note_migration
-- In the transaction of the migration itself.
insert into {schema}.schema_migration (number, name, sha256) values (%(number)s, %(name)s, %(sha256)s);

-- name: jurisdictions
-- Every jurisdiction of this database.
select name, schema, kind from anjuan.jurisdiction order by name;

-- name: add_jurisdiction
-- No row comes back where the name is taken.
insert into anjuan.jurisdiction (name, schema, kind) values (%(name)s, %(schema)s, %(kind)s)
on conflict (name) do nothing returning name;

-- name: open_ledger
-- Real or rehearsal, said once inside the jurisdiction's own schema.
insert into {schema}.ledger (kind) values (%(kind)s);

-- name: remove_rehearsal
-- No row comes back where there is no rehearsal ledger of that name.
delete from anjuan.jurisdiction where name = %(name)s and kind = 'rehearsal' returning schema;

-- name: drop_schema
-- Everything of one jurisdiction; run for rehearsal ledgers only.
drop schema {schema} cascade;
