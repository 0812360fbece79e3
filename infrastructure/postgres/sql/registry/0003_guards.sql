-- Which ledgers there are, and for whom a credential spoke, is kept from everybody, as the facts are: they say who acted.
CREATE FUNCTION {schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is recorded stays: % on %.% is refused', tg_op, tg_table_schema, tg_table_name USING ERRCODE = 'AJ003';
END $$;

ALTER TABLE {schema}.jurisdiction ENABLE ALWAYS TRIGGER keep_kind;
CREATE TRIGGER stays BEFORE TRUNCATE ON {schema}.jurisdiction EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.jurisdiction ENABLE ALWAYS TRIGGER stays;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.schema_migration EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.schema_migration ENABLE ALWAYS TRIGGER stays;

-- Credentials go with the rehearsal that they are for, and in no other way.
CREATE FUNCTION {schema}.keep_credential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM {schema}.jurisdiction j WHERE j.name = old.jurisdiction) THEN
        RAISE EXCEPTION 'a credential is ended, never deleted' USING ERRCODE = 'AJ003';
    END IF;
    RETURN old;
END $$;
CREATE TRIGGER keep_credential BEFORE DELETE ON {schema}.token FOR EACH ROW EXECUTE FUNCTION {schema}.keep_credential();
CREATE TRIGGER keep_credential BEFORE DELETE ON {schema}.account FOR EACH ROW EXECUTE FUNCTION {schema}.keep_credential();
CREATE TRIGGER stays BEFORE TRUNCATE ON {schema}.token EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER stays BEFORE TRUNCATE ON {schema}.account EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER stays_said BEFORE UPDATE ON {schema}.token FOR EACH ROW
    WHEN ((OLD.prefix, OLD.secret_hash, OLD.jurisdiction, OLD.organ, OLD.officer, OLD.scope, OLD.label, OLD.made_by, OLD.created_at,
            OLD.expires_at, OLD.demonstration)
        IS DISTINCT FROM (NEW.prefix, NEW.secret_hash, NEW.jurisdiction, NEW.organ, NEW.officer, NEW.scope, NEW.label, NEW.made_by,
            NEW.created_at, NEW.expires_at, NEW.demonstration)
        OR OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
    EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER stays_said BEFORE UPDATE ON {schema}.account FOR EACH ROW
    WHEN ((OLD.jurisdiction, OLD.login, OLD.officer, OLD.made_by, OLD.made_at, OLD.demonstration)
        IS DISTINCT FROM (NEW.jurisdiction, NEW.login, NEW.officer, NEW.made_by, NEW.made_at, NEW.demonstration))
    EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.token ENABLE ALWAYS TRIGGER keep_credential;
ALTER TABLE {schema}.token ENABLE ALWAYS TRIGGER stays;
ALTER TABLE {schema}.token ENABLE ALWAYS TRIGGER stays_said;
ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER keep_credential;
ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER stays;
ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER stays_said;
