-- What a witness keeps, in SQLite. The last checkpoint of a log only grows; what was refused is never changed.
create table if not exists trusted (
    origin text not null,
    vkey text not null,
    since integer not null,
    primary key (origin, vkey)
);

create table if not exists latest (
    origin text primary key,
    origin_hash text not null unique,
    size integer not null check (size >= 0),
    note text not null,
    at integer not null
);

create table if not exists refusal (
    digest blob primary key,
    origin text not null,
    at integer not null,
    status integer not null,
    about text not null,
    body blob not null
);

create trigger if not exists latest_only_grows before update on latest
when new.size < old.size or new.origin <> old.origin
begin
    select raise(abort, 'the last checkpoint of a log only grows');
end;

create trigger if not exists latest_stays before delete on latest
begin
    select raise(abort, 'the last checkpoint of a log stays');
end;

create trigger if not exists refusal_is_not_changed before update on refusal
begin
    select raise(abort, 'what was refused is not changed');
end;

create trigger if not exists refusal_stays before delete on refusal
begin
    select raise(abort, 'what was refused stays');
end;
