-- Connections of any kind: what people call them, where their rows go and what becomes of them on the way.

-- What people call it; the name in `provider` is for addresses.
alter table connector_configs add column title text;
-- JSON: where its rows go, where its kind does not decide it.
alter table connector_configs add column destination text;
-- JSON: field of the destination -> how it is made.
alter table connector_configs add column recipes text;
-- JSON list: what the rows must hold.
alter table connector_configs add column rules text;
-- The column that tells the rows of a dataset apart.
alter table connector_configs add column key_column text;
alter table connector_configs add column created_at text;

-- How many bytes the service sent, after decompression.
alter table sync_logs add column bytes integer not null default 0;
-- Who asked for the run: person, schedule.
alter table sync_logs add column cause text not null default 'person';
