-- name: note_access
-- What somebody was shown or refused; the file of the case is looked up unless it is known.
INSERT INTO {schema}.access
    (organ, officer, credential, credential_id, request_id, method, route, named, case_id, file_id, asked, outcome, listed)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9::uuid,
    coalesce($10::uuid, (SELECT e.file_id FROM {schema}.events e WHERE e.case_id = $9::uuid AND e.version = 1)), $11, $12, $13::bigint
RETURNING n;

-- name: accesses
-- A page of what was shown and refused, latest first. A case was also looked at by whoever looked at its whole file.
SELECT a.at, a.n, a.organ, a.officer, a.credential, a.credential_id, a.request_id, a.method, a.route, a.named, a.case_id, a.file_id,
    (SELECT r.file_no FROM {schema}.register r WHERE r.file_id = a.file_id LIMIT 1), a.asked, a.outcome, a.listed
FROM {schema}.access a
WHERE (a.at, a.n) < (%(at)s::timestamptz, %(n)s::bigint)
    AND (%(case)s::uuid IS NULL OR a.case_id = %(case)s::uuid OR (a.case_id IS NULL AND a.file_id = (
        SELECT e.file_id FROM {schema}.events e WHERE e.case_id = %(case)s::uuid AND e.version = 1)))
    AND (%(organ)s::text IS NULL OR a.organ = %(organ)s::text)
    AND (%(officer)s::text IS NULL OR a.officer = %(officer)s::text)
    AND (%(outcome)s::text IS NULL OR a.outcome = %(outcome)s::text)
    AND (%(begin)s::timestamptz IS NULL OR a.at >= %(begin)s::timestamptz)
    AND (%(end)s::timestamptz IS NULL OR a.at < %(end)s::timestamptz)
    AND NOT EXISTS (SELECT FROM {schema}.barred b WHERE b.who = ANY (%(barred)s::text[]) AND b.about = a.file_id)
ORDER BY a.at DESC, a.n DESC LIMIT %(limit)s;
