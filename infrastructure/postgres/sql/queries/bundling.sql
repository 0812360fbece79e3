-- name: last_versions
-- How far every case had come as of a position of the log.
SELECT e.case_id, max(e.version) FROM {schema}.log l JOIN {schema}.events e USING (event_no) WHERE l.position <= %s GROUP BY e.case_id;
