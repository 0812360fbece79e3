-- Tables that are built anew give everybody the rights that the present ones give, whoever that is.
CREATE OR REPLACE FUNCTION {schema}.begin_rebuild() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
    given record;
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', {schema}.beside());
    EXECUTE format('CREATE SCHEMA %I', {schema}.beside());
    FOR name IN SELECT * FROM {schema}.projections() LOOP
        EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE {schema}.%2$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', {schema}.beside(), name);
        EXECUTE format('COMMENT ON TABLE %I.%I IS %L', {schema}.beside(), name, 'projection');
        FOR given IN
            SELECT a.privilege_type, a.grantee::regrole AS grantee FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
            WHERE c.oid = format('{schema}.%I', name)::regclass AND a.grantee <> c.relowner AND a.grantee <> 0
        LOOP
            EXECUTE format('GRANT %s ON %I.%I TO %s', given.privilege_type, {schema}.beside(), name, given.grantee);
        END LOOP;
    END LOOP;
END $$;
