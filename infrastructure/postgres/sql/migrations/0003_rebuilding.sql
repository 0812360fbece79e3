-- Keeping the projections up to date, and building them anew beside the old ones.

-- Put these rows in the place of the rows of these files; what is the same stays untouched.
CREATE FUNCTION {schema}.replace_rows(target regclass, files uuid[], fresh jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'DELETE FROM %1$s kept WHERE kept.file_id = ANY ($1)'
        ' AND kept NOT IN (SELECT fresh FROM jsonb_populate_recordset(NULL::%1$s, $2) fresh)', target)
        USING files, fresh;
    EXECUTE format(
        'INSERT INTO %1$s SELECT fresh.* FROM jsonb_populate_recordset(NULL::%1$s, $2) fresh'
        ' WHERE fresh NOT IN (SELECT kept FROM %1$s kept WHERE kept.file_id = ANY ($1))', target)
        USING files, fresh;
END $$;

-- Where a rebuild builds: a schema beside this one.
CREATE FUNCTION {schema}.beside() RETURNS name LANGUAGE sql STABLE AS $$
    SELECT (nspname || '_next')::name FROM pg_namespace WHERE oid = '{schema}'::regnamespace
$$;

-- Make the tables of all projections anew beside these, empty and without indexes.
CREATE FUNCTION {schema}.begin_rebuild() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', {schema}.beside());
    EXECUTE format('CREATE SCHEMA %I', {schema}.beside());
    FOR name IN SELECT * FROM {schema}.projections() LOOP
        EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE {schema}.%2$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', {schema}.beside(), name);
        EXECUTE format('COMMENT ON TABLE %I.%I IS %L', {schema}.beside(), name, 'projection');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I.%I TO {app}', {schema}.beside(), name);
    END LOOP;
END $$;

-- The tables that are folded from the facts.
CREATE FUNCTION {schema}.projections() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT c.relname::text FROM pg_class c
    WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind = 'r' AND obj_description(c.oid, 'pg_class') = 'projection'
    ORDER BY c.relname
$$;

-- What makes the tables beside these like these: constraints and indexes, as statements that name no schema.
CREATE FUNCTION {schema}.indexes_to_build() RETURNS SETOF text LANGUAGE sql STABLE SET search_path = {schema} AS $$
    SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', p, c.conname, pg_get_constraintdef(c.oid, true))
    FROM pg_constraint c JOIN {schema}.projections() p ON c.conrelid = p::regclass WHERE c.contype IN ('p', 'u', 'x')
    UNION ALL
    SELECT pg_get_indexdef(i.indexrelid, 0, true)
    FROM pg_index i JOIN {schema}.projections() p ON i.indrelid = p::regclass
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
$$;

-- Put the tables that were built beside these in their place, in one transaction with the position up to which they are right.
CREATE FUNCTION {schema}.finish_rebuild() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    EXECUTE (SELECT 'LOCK TABLE ' || string_agg(format('{schema}.%I', p), ', ') FROM {schema}.projections() p);
    FOR name IN SELECT * FROM {schema}.projections() LOOP
        EXECUTE format('DROP TABLE {schema}.%I', name);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA {schema}', {schema}.beside(), name);
    END LOOP;
    EXECUTE format('DROP SCHEMA %I', {schema}.beside());
END $$;
