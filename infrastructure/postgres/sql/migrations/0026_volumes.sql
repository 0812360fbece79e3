-- How an anchor stands is how it stands to one volume of the log: what it refused of another says nothing of this one.
ALTER TABLE {schema}.anchor_standing ADD COLUMN origin text NOT NULL DEFAULT '';
