-- name: unguarded
-- Tables that lack their guard, and triggers that are switched off or passed over by a replica.
with wanted as (select * from unnest(%(schemas)s::text[], %(names)s::text[]) as w(schema, name)),
    found as (
    select n.nspname::text as schema, c.relname::text as name, t.tgname::text as trigger, t.tgenabled = 'A' as always
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and n.nspname in (select w.schema from wanted w))
select w.schema || '.' || w.name from wanted w
where not exists (select from found f where (f.schema, f.name, f.trigger, f.always) = (w.schema, w.name, 'stays', true))
union
select f.schema || '.' || f.name from found f where not f.always
order by 1;
