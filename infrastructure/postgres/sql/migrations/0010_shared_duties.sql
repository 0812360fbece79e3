-- A duty may be owed by several organs, and be overdue from its first day: lists show both, statistics count the first organ.
ALTER TABLE {schema}.clock ADD COLUMN co_parties text[] NOT NULL DEFAULT '{}', ADD COLUMN born_overdue boolean NOT NULL DEFAULT false;
ALTER TABLE {schema}.overdue ADD COLUMN co_parties text[] NOT NULL DEFAULT '{}', ADD COLUMN born_overdue boolean NOT NULL DEFAULT false;

-- The few duties with several organs, in the order of the lists: what one of them owes is picked out while reading on.
CREATE INDEX clock_shared ON {schema}.clock (due_on, clock_id) WHERE state = 'running' AND co_parties <> '{}';
CREATE INDEX overdue_open_shared ON {schema}.overdue (breach_at, clock_id) WHERE until_at IS NULL AND co_parties <> '{}';
CREATE INDEX overdue_ended_shared ON {schema}.overdue (month, breach_at, clock_id) WHERE until_at IS NOT NULL AND co_parties <> '{}';
