-- name: visible_all
-- To who reads everything: a row (with its file) that is not of a file in which he is barred.
{row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = ANY (%(persons)s::text[])))

-- name: visible_some
-- To others: a row (with its file and case) of a file that is open to one of their names, wholly or in this case.
({row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = ANY (%(persons)s::text[])))
    AND EXISTS (SELECT FROM {schema}.reader v WHERE v.file_id = {row}.file_id AND v.name = ANY (%(names)s::text[])
        AND (v.case_id IS NULL OR v.case_id = {row}.case_id)))

-- name: addressed_all
-- To who reads everything: a letter, also one that is addressed to his own organ where that is barred.
({row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = ANY (%(persons)s::text[])))
    OR ({row}.addressee = ANY (%(names)s::text[])
        AND {row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = %(officer)s::text))))

-- name: addressed_some
-- To others: a letter that is addressed to them, unless the officer himself is barred.
({row}.addressee = ANY (%(names)s::text[])
    AND {row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = %(officer)s::text)))

-- name: given_all
-- To who reads everything: a card of a record in which he is not barred.
{row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = ANY (%(persons)s::text[])))

-- name: given_some
-- To others: a card for what they owed, or owed beside another.
({row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = ANY (%(persons)s::text[])))
    AND ({row}.party = ANY (%(names)s::text[]) OR EXISTS (
        SELECT FROM {schema}.clock s WHERE s.clock_id = {row}.clock_id
            AND (s.party = {row}.party AND s.co_parties && %(names)s::text[] OR EXISTS (
                SELECT FROM {schema}.overdue o WHERE o.file_id = s.file_id AND o.clock_id = s.clock_id
                    AND o.party = {row}.party AND o.co_parties && %(names)s::text[])))))

-- name: owed_all
-- In the figures of who reads everything: every clock.
true

-- name: owed_some
-- In the figures of others: the clocks that they answer for, but of files in which they are barred.
({row}.party = ANY (%(names)s::text[])
    AND {row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = ANY (%(persons)s::text[]))))

-- name: opened_all
-- In the figures of who reads everything: every case.
true

-- name: opened_some
-- In the figures of others: the cases that they opened, but of files in which they are barred.
({row}.department = ANY (%(names)s::text[])
    AND {row}.file_id <> ALL (ARRAY(SELECT b.about FROM {schema}.barred b WHERE b.who = ANY (%(persons)s::text[]))))
