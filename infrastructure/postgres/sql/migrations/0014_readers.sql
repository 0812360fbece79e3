-- Whom files are open to, and who is barred in them, folded from the facts: every list is asked for one reader and joined with these.

-- `name`: an organ, or whoever has a role (`role:committee`), or any department or organ of the ledger (`any:department`); which of
-- them a reader is, the register says when it is asked. `case_id` empty: the whole file.
CREATE TABLE {schema}.reader (
    file_id uuid NOT NULL,
    name text NOT NULL,
    case_id uuid
);
CREATE INDEX reader_file ON {schema}.reader (file_id, name);
CREATE INDEX reader_name ON {schema}.reader (name, file_id);

-- `who`: an organ or officer without any right in the file `about`, as a case of the file `file_id` says: in the file itself and in its
-- supervision record.
CREATE TABLE {schema}.barred (
    file_id uuid NOT NULL,
    about uuid NOT NULL,
    who text NOT NULL
);
CREATE INDEX barred_file ON {schema}.barred (file_id);
CREATE INDEX barred_who ON {schema}.barred (who, about);

-- Of which case a pause or an extension is.
ALTER TABLE {schema}.adjustment ADD COLUMN case_id uuid;
UPDATE {schema}.adjustment a SET case_id = c.case_id FROM {schema}.clock c WHERE c.clock_id = a.clock_id;

-- A department's own figures are counted from its clocks.
CREATE INDEX clock_counted ON {schema}.clock (party, due_on) WHERE tally IS NOT NULL;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['reader', 'barred']
    LOOP
        EXECUTE format('COMMENT ON TABLE {schema}.%I IS %L', name, 'projection');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.%I TO {app}', name);
    END LOOP;
END $$;
