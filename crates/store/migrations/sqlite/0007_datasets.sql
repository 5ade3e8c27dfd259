-- Datasets: rows of any shape, in versions. A run writes into the version after the present one, which
-- becomes visible when `datasets.version` moves on.

create table datasets (
    id integer primary key autoincrement,
    name text not null unique,
    -- The connection it belongs to.
    provider text not null,
    -- JSON: what tells its rows apart; null before the first run that read rows.
    key_by text,
    -- The version that is shown; 0 before the first.
    version integer not null default 0,
    row_count integer not null default 0,
    -- JSON list of columns.
    columns text not null default '[]',
    -- The rows hold texts as people typed them.
    are_texts integer not null default 0,
    -- What the next reading may begin after, and the settings it holds for.
    row_mark text,
    mark_of text,
    created_at text not null,
    updated_at text not null
);

create index datasets_provider on datasets (provider);

create table dataset_versions (
    dataset_id integer not null references datasets (id) on delete cascade,
    version integer not null,
    run_id integer not null,
    row_count integer not null,
    created integer not null,
    updated integer not null,
    removed integer not null,
    -- JSON lists: the columns, and how they differ from those of the version before.
    columns text not null,
    drift text not null,
    created_at text not null,
    primary key (dataset_id, version)
);

-- A row is part of the versions from `since_version` on, up to but without `until_version`.
create table dataset_rows (
    id integer primary key autoincrement,
    dataset_id integer not null references datasets (id) on delete cascade,
    row_key text not null,
    -- Its place among the rows; an updated row keeps it.
    place integer not null,
    content_hash integer not null,
    -- A JSON object, as it came.
    content text not null,
    since_version integer not null,
    until_version integer
);

create unique index dataset_rows_key on dataset_rows (dataset_id, row_key) where until_version is null;
create index dataset_rows_place on dataset_rows (dataset_id, place);
create index dataset_rows_since on dataset_rows (dataset_id, since_version);
create index dataset_rows_until on dataset_rows (dataset_id, until_version) where until_version is not null;

-- Rows that a run refused, as they came.
create table dataset_refusals (
    id integer primary key autoincrement,
    run_id integer not null references sync_logs (id) on delete cascade,
    dataset_id integer not null references datasets (id) on delete cascade,
    -- The version the run was writing.
    version integer not null,
    row_key text,
    -- From 1, in the order of the reading.
    position integer not null,
    column_name text,
    code text not null,
    -- JSON: a text in two languages.
    reason text not null,
    content text not null
);

create index dataset_refusals_run on dataset_refusals (run_id, id);
create index dataset_refusals_dataset on dataset_refusals (dataset_id);
