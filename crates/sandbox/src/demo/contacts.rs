//! The people behind the deals.

/// A contact.
pub(super) struct Contact {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) phone: &'static str,
}

const fn contact(name: &'static str, email: &'static str, phone: &'static str) -> Contact {
    Contact { name, email, phone }
}

/// All contacts. The addresses and numbers are of the ranges reserved for fiction.
pub(super) const CONTACTS: &[Contact] = &[
    contact("Hélène Roussel", "helene.roussel@example.com", "+33 1 99 00 12 34"),
    contact("Mathieu Lefèvre", "m.lefevre@example.com", "+33 4 65 71 22 10"),
    contact("Aïcha Benali", "a.benali@example.com", "+33 5 36 49 08 17"),
    contact("Loïc Kermarrec", "loic.kermarrec@example.com", "+33 2 61 91 40 02"),
    contact("Françoise Dübois", "f.dubois@example.com", "+33 3 53 01 77 45"),
    contact("Théo Garçon", "theo.garcon@example.com", ""),
];
