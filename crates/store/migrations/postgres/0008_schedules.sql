-- When connections run by themselves.

create table schedules (
    provider text not null primary key,
    direction text not null,
    -- JSON: how often.
    frequency text not null,
    -- IANA name.
    time_zone text not null,
    -- When a run is due; null when there is nothing to wait for.
    next_at text,
    -- Runs that failed one after the other; the last of them because of the credentials.
    failures bigint not null default 0,
    unauthorized bigint not null default 0,
    -- JSON: why it stopped by itself, in both languages.
    paused text,
    paused_at text,
    -- JSON: why no run began when one was due, in both languages.
    skipped text,
    skipped_at text,
    updated_at text not null
);
create index schedules_by_due on schedules (next_at);
