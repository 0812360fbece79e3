-- name: trust
-- A key is trusted for a log from now on.
insert into trusted (origin, vkey, since) values (:origin, :vkey, :at) on conflict do nothing

-- name: distrust
-- A key is not trusted for a log any more.
delete from trusted where origin = :origin and vkey = :vkey

-- name: trusted_keys
-- The keys that are trusted for a log.
select vkey from trusted where origin = :origin order by since, vkey

-- name: logs
-- Every log that is known, its keys apart, with what was signed last and how much was refused.
select origin, latest.size, latest.at, (select count(*) from refusal where refusal.origin = known.origin)
from (select origin from trusted union select origin from latest) as known left join latest using (origin)
order by origin

-- name: latest
-- The note that was signed last for a log.
select note from latest where origin = :origin

-- name: latest_by_hash
-- The same, by the hash of the origin.
select note from latest where origin_hash = :origin_hash

-- name: keep_latest
-- A checkpoint is the last one that was signed.
insert into latest (origin, origin_hash, size, note, at) values (:origin, :origin_hash, :size, :note, :at)
on conflict (origin) do update set size = excluded.size, note = excluded.note, at = excluded.at

-- name: keep_refusal
-- What a log signed and was refused is kept once, and not without end.
insert into refusal (digest, origin, at, status, about, body)
select :digest, :origin, :at, :status, :about, :body
where (select count(*) from refusal where origin = :origin) < :most
on conflict do nothing

-- name: refusals
-- What was refused, oldest first.
select origin, at, status, about, body from refusal order by at, digest
