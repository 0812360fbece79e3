-- Which files are another as they happened than as they became known: any change of organs or calendars may concern them.
ALTER TABLE {schema}.register ADD COLUMN retold boolean NOT NULL DEFAULT false;
CREATE INDEX register_retold ON {schema}.register (file_id) WHERE retold;
