//! CUSTOMERS: people and companies who buy.

use super::field::{Field, FieldType::*};
use crate::text::Text;

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "customer_key",
        Text,
        Text::fixed("Code du client", "Customer code"),
        &[
            "codeclient",
            "numeroclient",
            "numclient",
            "idclient",
            "clientid",
            "noclient",
            "customerid",
            "customercode",
            "refclient",
            "code",
            "id",
        ],
    )
    .required(),
    Field::new(
        "last_name",
        Text,
        Text::fixed("Nom", "Last name"),
        &["nom", "nomclient", "nomdefamille", "name", "client"],
    ),
    Field::new("first_name", Text, Text::fixed("Prénom", "First name"), &["prenom", "prenomclient"]),
    Field::new(
        "company",
        Text,
        Text::fixed("Société", "Company"),
        &["societe", "raisonsociale", "entreprise", "nomsociete"],
    ),
    Field::new(
        "email",
        Text,
        Text::fixed("Adresse e-mail", "E-mail address"),
        &["mail", "courriel", "adressemail", "adresseemail", "emailclient"],
    ),
    Field::new(
        "phone",
        Text,
        Text::fixed("Téléphone", "Phone"),
        &["telephone", "tel", "telfixe", "telephonefixe", "telephone1", "tel1"],
    ),
    Field::new(
        "mobile",
        Text,
        Text::fixed("Portable", "Mobile phone"),
        &[
            "portable",
            "telportable",
            "telephoneportable",
            "telephonemobile",
            "telmobile",
            "gsm",
            "telephone2",
            "tel2",
        ],
    ),
    Field::new(
        "address",
        Text,
        Text::fixed("Adresse", "Address"),
        &["adresse", "rue", "adresse1", "adresseligne1", "street"],
    ),
    Field::new(
        "postal_code",
        Text,
        Text::fixed("Code postal", "Postal code"),
        &["codepostal", "cp", "zip", "zipcode", "postcode"],
    ),
    Field::new("city", Text, Text::fixed("Ville", "City"), &["ville", "commune", "localite"]),
    Field::new("country", Text, Text::fixed("Pays", "Country"), &["pays", "codepays", "countrycode"]),
    Field::new(
        "segment",
        Text,
        Text::fixed("Segment", "Segment"),
        &["categorieclient", "typeclient", "famille", "typologie", "customersegment"],
    ),
    Field::new(
        "email_opt_out",
        YesNo,
        Text::fixed("Refuse les e-mails", "Declines e-mail"),
        &[
            "optoutemail",
            "refusemail",
            "refusemailing",
            "desinscrit",
            "optout",
            "nepasemailer",
            "unsubscribed",
        ],
    ),
    Field::new(
        "phone_opt_out",
        YesNo,
        Text::fixed("Refuse les appels et SMS", "Declines calls and texts"),
        &["optouttelephone", "optoutsms", "refusetelephone", "refusesms", "nepasappeler"],
    ),
    Field::new(
        "post_opt_out",
        YesNo,
        Text::fixed("Refuse le courrier", "Declines post"),
        &["optoutcourrier", "refusecourrier", "nepascontacterparcourrier"],
    ),
    Field::new(
        "first_purchase_on",
        Date,
        Text::fixed("Premier achat", "First purchase"),
        &["premierachat", "datepremierachat", "firstpurchase", "premierecommande"],
    ),
    Field::new(
        "last_purchase_on",
        Date,
        Text::fixed("Dernier achat", "Last purchase"),
        &["dernierachat", "datedernierachat", "lastpurchase", "dernierecommande"],
    ),
    Field::new(
        "total_spent_cents",
        Money,
        Text::fixed("Total des achats", "Total spent"),
        &["totalachats", "catotal", "ca", "chiffredaffaires", "totalspent", "montanttotal"],
    ),
    Field::new(
        "purchase_count",
        Number,
        Text::fixed("Nombre d'achats", "Number of purchases"),
        &["nombreachats", "nbachats", "nbcommandes", "nombrecommandes", "orders"],
    ),
    Field::new(
        "average_order_cents",
        Money,
        Text::fixed("Panier moyen", "Average order"),
        &["paniermoyen", "averageorder", "averagebasket"],
    ),
];
