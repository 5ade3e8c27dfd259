//! Which column of a file is which field of a deal.

use std::collections::BTreeMap;

use crate::deal::DealField;
use crate::fold::fold;

/// The columns of a file that count, by their place from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The fields of a deal the file has.
    pub fields: BTreeMap<DealField, usize>,
    /// What the service the file comes from calls the deal by.
    pub id: Option<usize>,
}

/// The names of each field, folded, the most telling first.
const NAMES: [(DealField, &[&str]); 7] = [
    (
        DealField::Client,
        &[
            "client",
            "taskname",
            "nomduclient",
            "nomclient",
            "clientname",
            "societe",
            "entreprise",
            "compte",
            "company",
            "account",
            "customer",
            "nom",
            "name",
        ],
    ),
    (DealField::Statut, &["statut", "status", "etape", "stage", "dealstage", "etat"]),
    (
        DealField::MontantBrut,
        &[
            "montantbrut",
            "montantdeal",
            "montant",
            "grossamount",
            "amount",
            "dealamount",
            "montanteur",
            "montantht",
            "valeur",
            "value",
            "dealvalue",
        ],
    ),
    (DealField::Secteur, &["secteur", "sector", "tags", "tag", "industry", "industrie"]),
    (
        DealField::DateEcheance,
        &["dateecheance", "datedecheance", "echeance", "duedate", "deadline", "closedate", "date"],
    ),
    (
        DealField::Assignee,
        &["assignee", "assignees", "responsable", "assigne", "assignea", "owner", "commercial"],
    ),
    (
        DealField::Notes,
        &["notes", "note", "taskcontent", "commentaires", "commentaire", "comments", "description"],
    ),
];

/// The names of what a service calls a deal by.
const IDS: [&str; 4] = ["taskid", "dealid", "identifiant", "id"];

/// The columns people's names tell. Of two columns of one name the first counts.
pub fn recognised(names: &[String]) -> Columns {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let find = |known: &[&str]| known.iter().find_map(|word| folded.iter().position(|name| name == word));
    let fields = NAMES.iter().filter_map(|(field, known)| Some((*field, find(known)?))).collect();
    Columns { fields, id: find(&IDS) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_the_names_people_use() {
        use DealField::{Assignee, Client, DateEcheance, MontantBrut, Notes, Secteur, Statut};
        let all = [Client, Statut, MontantBrut, Secteur, DateEcheance, Assignee, Notes];
        for header in [
            "Task Name;Status;Montant Deal;Tags;Due Date;Assignees;Task Content",
            "client;statut;montant_brut;secteur;date_echeance;assignee;notes",
            "CLIENT;Statut;Montant brut (€);Secteur;Date d’échéance;Responsable;Notes",
            "Client;Status;Gross amount;Sector;Due date;Assignee;Notes",
            "Nom;Étape;Montant;Industrie;Échéance;Commercial;Commentaires",
        ] {
            let names: Vec<String> = header.split(';').map(str::to_owned).collect();
            let expected: BTreeMap<DealField, usize> = all.into_iter().zip(0..).collect();
            assert_eq!(recognised(&names), Columns { fields: expected, id: None }, "{header}");
        }
    }

    #[test]
    fn of_two_columns_the_first_and_more_telling_one_counts() {
        let names = ["Task ID", "Name", "Client", "Montant", "montant"].map(str::to_owned);
        let found = recognised(&names);
        assert_eq!(found.id, Some(0));
        assert_eq!(found.fields[&DealField::Client], 2);
        assert_eq!(found.fields[&DealField::MontantBrut], 3);
        assert_eq!(recognised(&[]), Columns::default());
    }
}
