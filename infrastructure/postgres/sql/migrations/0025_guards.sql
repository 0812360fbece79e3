-- What was only kept by the rights of the roles is kept from everybody: the owner, and a superuser even as a replica.
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.idempotency EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.idempotency ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.schema_migration EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.schema_migration ENABLE ALWAYS TRIGGER stays;

-- A mark is erased with what it was made of, and never becomes another one.
CREATE TRIGGER stays BEFORE UPDATE OR TRUNCATE ON {schema}.blind_mark EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.blind_mark ENABLE ALWAYS TRIGGER stays;

-- A protected value may be sealed once, where a version that did not seal has left it in plain; a sealed one stays as it is.
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON {schema}.vault EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.vault ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays_sealed BEFORE UPDATE ON {schema}.vault FOR EACH ROW
    WHEN (OLD.value ~ '^v1[.][0-9a-f]{32}[.]'
        OR OLD.reference <> NEW.reference OR OLD.case_id <> NEW.case_id OR OLD.field <> NEW.field)
    EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.vault ENABLE ALWAYS TRIGGER stays_sealed;
