-- Put the tables that were built beside these in their place, in one transaction with the position up to which they are right.
-- They are locked in the order in which lists read them: first those that lists begin with, then those that they look into, so that
-- a list that has begun is waited for and does not wait in turn.
CREATE OR REPLACE FUNCTION {schema}.finish_rebuild() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
    looked_into CONSTANT text[] := ARRAY['judgement', 'register', 'clock', 'overdue', 'barred', 'reader'];
BEGIN
    EXECUTE (
        SELECT 'LOCK TABLE ' || string_agg(format('{schema}.%I', p), ', ' ORDER BY coalesce(array_position(looked_into, p), 0), p)
        FROM {schema}.projections() p);
    FOR name IN SELECT * FROM {schema}.projections() LOOP
        EXECUTE format('DROP TABLE {schema}.%I', name);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA {schema}', {schema}.beside(), name);
    END LOOP;
    EXECUTE format('DROP SCHEMA %I', {schema}.beside());
END $$;
