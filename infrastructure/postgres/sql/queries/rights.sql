-- name: role_exists
-- Whether the cluster knows a role.
select 1 from pg_roles where rolname = %(role)s;

-- name: role_to_make
-- The statement that makes a role which can connect and nothing else.
select format('create role %%I login', %(role)s::text);

-- name: tables_of
-- The tables of a schema, and which of them are folded from the facts.
select c.relname::text, coalesce(obj_description(c.oid, 'pg_class') = 'projection', false)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %(schema)s and c.relkind in ('r', 'p', 'v', 'm') order by 1;

-- name: rights_to_settle
-- The statements that leave each role with the rights it should have on each table that is named, and no others.
with wanted as (
    select w.name, w.role, replace(w.may, 'READ', 'SELECT') as may from jsonb_to_recordset(%(wanted)s::jsonb) as w(name text, role text, may text)
    where w.role <> current_user),
    actual as (
    select c.relname::text as name, r.rolname::text as role, a.privilege_type as may
    from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) a
        join pg_roles r on r.oid = a.grantee
    where n.nspname = %(schema)s and a.grantee <> c.relowner and r.rolname = any (%(roles)s::text[])
        and r.rolname <> current_user
        and c.relname = any (%(tables)s::text[])),
    usable as (
    select format('grant usage on schema %%I to %%I', %(schema)s::text, each) as statement
    from unnest(%(roles)s::text[]) as each where each <> current_user and not has_schema_privilege(each, %(schema)s::text, 'usage'))
select statement from usable
union all
select format('grant %%s on %%I.%%I to %%I', may, %(schema)s::text, name, role) from (table wanted except table actual) missing
union all
select format('revoke %%s on %%I.%%I from %%I', may, %(schema)s::text, name, role) from (table actual except table wanted) excess;

-- name: sight_to_give
-- The statements that let a role see which jurisdictions there are, and whether all is up to date, if it does not yet.
select format('grant usage on schema %%I to %%I', %(schema)s::text, r.rolname) from pg_roles r
where r.rolname = %(role)s::text and not has_schema_privilege(r.oid, %(schema)s::text, 'usage')
union all
select format('grant select on %%I.%%I to %%I', %(schema)s::text, seen, r.rolname)
from pg_roles r, unnest(array['jurisdiction', 'schema_migration']) as seen
where r.rolname = %(role)s::text and not has_table_privilege(r.oid, format('%%I.%%I', %(schema)s::text, seen), 'select');
