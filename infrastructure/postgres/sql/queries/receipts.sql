-- name: recorded_together
-- The events of the transaction that recorded an event, in order, as they are stored: place, salt, and what is bound.
SELECT e.incarnation, e.tx, e.event_no, e.salt, e.event_id, e.case_id, e.version, e.case_type, e.topic, e.payload_version, e.payload,
    e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.department, e.officer, e.on_behalf_of, e.reason, e.correlation,
    e.causation, e.imported, e.sealed
FROM {schema}.events e
WHERE (e.incarnation, e.tx) = (SELECT o.incarnation, o.tx FROM {schema}.events o WHERE o.event_id = $1) ORDER BY e.event_no;

-- name: publish_receipt_key
-- Publish the public key that receipts are signed with.
INSERT INTO {schema}.log_key (vkey, purpose) VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING vkey;
