-- Protected values are sealed before they come here; a plain one is refused, and no message repeats it.
CREATE FUNCTION {schema}.refuse_plain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a protected value is not sealed' USING ERRCODE = 'AJ006';
END $$;
CREATE TRIGGER sealed BEFORE INSERT OR UPDATE ON {schema}.vault FOR EACH ROW
    WHEN (NEW.value !~ '^v1[.][0-9a-f]{32}[.]') EXECUTE FUNCTION {schema}.refuse_plain();
ALTER TABLE {schema}.vault ENABLE ALWAYS TRIGGER sealed;
