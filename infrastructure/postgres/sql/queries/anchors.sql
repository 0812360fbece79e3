-- name: lead_anchoring
-- Become the one session that asks the anchors, for as long as the session lives; false if another one is.
SELECT pg_try_advisory_lock('{schema}.cosignature'::regclass::oid::bigint);

-- name: anchor_standings
-- How some anchors stand: what came of the last request, of which volume and how many seconds ago, the largest size that each anchored,
-- and when likewise.
SELECT n.anchor, s.outcome, s.detail, s.origin, date_part('epoch', clock_timestamp() - s.tried_at), coalesce(k.size, 0),
    date_part('epoch', clock_timestamp() - k.at)
FROM unnest(%s::text[]) WITH ORDINALITY n (anchor, place)
    LEFT JOIN {schema}.anchor_standing s USING (anchor)
    LEFT JOIN LATERAL (
        (SELECT c.size, c.at FROM {schema}.cosignature c WHERE c.witness = n.anchor ORDER BY c.size DESC LIMIT 1)
        UNION ALL
        (SELECT t.size, t.at FROM {schema}.timestamp_token t WHERE t.authority = n.anchor ORDER BY t.size DESC LIMIT 1)) k ON true
ORDER BY n.place;

-- name: note_standing
-- What came of a request. Who refused has not taken that back by being away; of another volume of the log, it says nothing.
INSERT INTO {schema}.anchor_standing AS s (anchor, outcome, detail, origin) VALUES (%s, %s, %s, %s)
ON CONFLICT (anchor) DO UPDATE SET tried_at = excluded.tried_at, origin = excluded.origin,
    outcome = CASE WHEN excluded.outcome = 'away' AND s.outcome <> 'anchored' AND s.origin IN ('', excluded.origin)
        THEN s.outcome ELSE excluded.outcome END,
    detail = CASE WHEN excluded.outcome = 'away' AND s.outcome NOT IN ('anchored', 'away') AND s.origin IN ('', excluded.origin)
        THEN s.detail ELSE excluded.detail END;

-- name: add_cosignature
-- Keep a cosignature.
INSERT INTO {schema}.cosignature (size, witness, line) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING;

-- name: add_timestamp
-- Keep a timestamp.
INSERT INTO {schema}.timestamp_token (size, authority, token) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING;

-- name: cosignatures_after
-- Cosignatures with the checkpoints that they are under, after one of them.
SELECT c.size, c.witness, c.line, k.note FROM {schema}.cosignature c LEFT JOIN {schema}.checkpoint k USING (size)
WHERE (c.size, c.witness) > (%s, %s) ORDER BY c.size, c.witness LIMIT %s;

-- name: timestamps_after
-- Timestamps with the checkpoints that they are over, after one of them.
SELECT t.size, t.authority, t.token, k.note FROM {schema}.timestamp_token t LEFT JOIN {schema}.checkpoint k USING (size)
WHERE (t.size, t.authority) > (%s, %s) ORDER BY t.size, t.authority LIMIT %s;

-- name: timestamps_of
-- The timestamps over the checkpoint of a size.
SELECT authority, token FROM {schema}.timestamp_token WHERE size = %s ORDER BY authority;

-- name: newest_anchored
-- The largest size that some anchor of these anchored.
SELECT greatest((SELECT max(size) FROM {schema}.cosignature WHERE witness = ANY (%s)),
    (SELECT max(size) FROM {schema}.timestamp_token WHERE authority = ANY (%s)));

-- name: newest_checkpoint
-- The newest checkpoint, with the cosignatures that came, and when it was signed.
SELECT k.note || coalesce((SELECT string_agg(c.line, '' ORDER BY c.witness) FROM {schema}.cosignature c WHERE c.size = k.size), ''),
    k.signed_at
FROM {schema}.checkpoint k ORDER BY k.size DESC LIMIT 1;

-- name: cosigned_checkpoint
-- The same of the checkpoint of a size.
SELECT k.note || coalesce((SELECT string_agg(c.line, '' ORDER BY c.witness) FROM {schema}.cosignature c WHERE c.size = k.size), ''),
    k.signed_at
FROM {schema}.checkpoint k WHERE k.size = %s;
