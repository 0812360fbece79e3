-- Search in history: which blocks of events hold a stretch of time, told by summaries that cost an append next to nothing.
-- What happened is not in the order in which it was recorded; several spans for each summary keep one late recording from spoiling it.
CREATE INDEX events_recorded ON {schema}.events USING brin (recorded_at) WITH (autosummarize = on);
CREATE INDEX events_occurred ON {schema}.events USING brin (occurred_at timestamptz_minmax_multi_ops) WITH (autosummarize = on);

-- What is overdue still, and not alike as known and as recomputed: little, beside all that is overdue.
CREATE INDEX overdue_apart ON {schema}.overdue (breach_at, clock_id) WHERE until_at IS NULL AND basis <> 'both';
