-- Comparing the lists with a replay from nothing, with no right but to read: what a list has of some files and should not, and the reverse.
CREATE FUNCTION {schema}.drift(target regclass, first uuid, last uuid, to_the_end boolean, fresh jsonb, but uuid[])
RETURNS TABLE (stored boolean, of_list jsonb) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH kept AS (SELECT * FROM %1$s k WHERE k.file_id >= $1 AND (k.file_id < $2 OR $3) AND k.file_id <> ALL ($5)),'
        ' told AS (SELECT * FROM jsonb_populate_recordset(NULL::%1$s, $4) f WHERE f.file_id <> ALL ($5))'
        ' SELECT true, to_jsonb(k) FROM (TABLE kept EXCEPT ALL TABLE told) k'
        ' UNION ALL SELECT false, to_jsonb(t) FROM (TABLE told EXCEPT ALL TABLE kept) t', target)
        USING first, last, to_the_end, fresh, but;
END $$;
