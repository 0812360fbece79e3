-- A duty may be owed by several organs, and be overdue from its first day: lists show both, statistics count the first organ.
ALTER TABLE {schema}.clock ADD COLUMN co_parties text[] NOT NULL DEFAULT '{}', ADD COLUMN born_overdue boolean NOT NULL DEFAULT false;
ALTER TABLE {schema}.overdue ADD COLUMN co_parties text[] NOT NULL DEFAULT '{}', ADD COLUMN born_overdue boolean NOT NULL DEFAULT false;

-- Who owed the act when the verdict fell due: a duty may have passed to another organ since.
ALTER TABLE {schema}.verdict ADD COLUMN party text NOT NULL DEFAULT '';
UPDATE {schema}.verdict v SET party = c.party FROM {schema}.clock c WHERE c.clock_id = v.clock_id;
ALTER TABLE {schema}.verdict ALTER COLUMN party DROP DEFAULT;

-- The few duties with several organs, in the order of the lists: what one of them owes is picked out while reading on.
CREATE INDEX clock_shared ON {schema}.clock (due_on, clock_id) WHERE state = 'running' AND co_parties <> '{}';
CREATE INDEX overdue_open_shared ON {schema}.overdue (breach_at, clock_id) WHERE until_at IS NULL AND co_parties <> '{}';
CREATE INDEX overdue_ended_shared ON {schema}.overdue (month, breach_at, clock_id) WHERE until_at IS NOT NULL AND co_parties <> '{}';
