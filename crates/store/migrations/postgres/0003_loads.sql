-- Sources of data: several connections of a kind, and what a load did table by table.

-- The kind of connector behind a connection; null for the CRM's first ones, whose name tells it.
alter table connector_configs add column connector_type text;
-- JSON: canonical table -> field -> column, as mapped by hand.
alter table connector_configs add column column_mapping text;
-- JSON: how the last test of a source went.
alter table connector_configs add column last_check text;

-- What a run is about: the CRM's deals, or the canonical tables.
alter table sync_logs add column subject text not null default 'deals';
-- The history of one connection, and its last run.
create index if not exists sync_logs_by_connection on sync_logs (provider, subject, id);

create table if not exists run_tables (
    run_id bigint not null references sync_logs (id) on delete cascade,
    entity text not null,
    processed bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    failed bigint not null default 0,
    -- JSON lists: files and tables that could not be read; what to know although they were.
    faults text not null default '[]',
    warnings text not null default '[]',
    -- JSON: where and why the first row was refused.
    refusal text,
    -- How many faults and warnings there are.
    fault_count bigint not null default 0,
    warning_count bigint not null default 0,
    primary key (run_id, entity)
);
