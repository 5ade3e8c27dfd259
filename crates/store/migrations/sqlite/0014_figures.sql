-- What the figures of the CRM are made of, and what searching looks in.

-- The client and the notes of a deal as a search sees them: without case and accents. SQL cannot take off
-- accents: the program fills them in when it opens the database, and with every write from then on.
alter table deals add column client_plain text;
alter table deals add column notes_plain text;
create index deals_by_plain_client on deals (client_plain);
create index deals_not_plain on deals (id) where client_plain is null;

-- Seconds from the deal's creation until its history first shows it won after it was seen open; null where
-- it does not.
alter table deals add column gagne_apres integer;

-- The history of a deal's status.
create table deal_statuses (
    deal_id integer not null references deals (id) on delete cascade,
    statut text not null,
    since text not null,
    primary key (deal_id, since, statut)
) without rowid;
-- Of what was before, only the present status is known.
insert into deal_statuses (deal_id, statut, since) select id, statut, updated_at from deals;

-- Every figure is made of one pass over this index, which holds all they need.
create index deals_figures on deals
    (secteur, assignee, statut, montant_brut, valeur_ponderee, date_echeance, updated_at, gagne_apres);
create index deals_by_amount on deals (montant_brut);
create index deals_by_due on deals (date_echeance);

-- What people set for the CRM as a whole.
create table crm_settings (
    name text primary key,
    value text not null
);
