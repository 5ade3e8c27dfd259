-- Raised with every change of a deal: figures that were worked out at the same number still hold.
create table deals_revision (number integer not null);
insert into deals_revision (number) values (0);
create trigger deals_revision_of_insert after insert on deals begin
    update deals_revision set number = number + 1;
end;
create trigger deals_revision_of_update after update on deals begin
    update deals_revision set number = number + 1;
end;
create trigger deals_revision_of_delete after delete on deals begin
    update deals_revision set number = number + 1;
end;

-- The same as before with amounts in whole cents, as they are summed.
drop index deals_figures;
create index deals_figures on deals
    (secteur, assignee, statut, cast(round(montant_brut * 100) as bigint), cast(round(valeur_ponderee * 100) as bigint),
     date_echeance, updated_at, gagne_apres);

-- When each connection last compared all its deals.
create index sync_logs_of_deals on sync_logs (provider, completed_at) where subject = 'deals';
