//! What a person can rely on with a service, said before they connect it.

use super::{Capabilities, Grain};
use crate::notation::number;
use crate::text::{Lang, Text};

/// One thing that can be relied on, or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Whether it is as one would wish.
    pub is_good: bool,
    /// The fact, in a sentence.
    pub text: Text,
}

impl Capabilities {
    /// Every fact, the most important first. The connectors' contract suite holds each service to them.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![self.access(), self.deletions(), self.moments()];
        if self.writes {
            facts.extend([self.clearing(), self.lengths(), self.links(), self.repeats()]);
        }
        facts
    }

    fn access(&self) -> Fact {
        let text = if self.writes {
            Text::fixed("Lit et écrit.", "Reads and writes.")
        } else {
            Text::fixed(
                "Lit seulement : rien n'est modifié dans le service.",
                "Reads only: nothing is changed in the service.",
            )
        };
        Fact { is_good: true, text }
    }

    fn deletions(&self) -> Fact {
        let text = if self.sees_deletions {
            Text::fixed(
                "Une ligne supprimée dans le service manque à la lecture complète suivante, et c'est dit.",
                "A row deleted in the service is missing from the next full reading, and you are told.",
            )
        } else {
            Text::fixed(
                "Une ligne supprimée dans le service n'est pas vue : elle reste ici.",
                "A row deleted in the service is not seen: it stays here.",
            )
        };
        Fact { is_good: self.sees_deletions, text }
    }

    fn moments(&self) -> Fact {
        let text = match self.modified {
            Some(Grain::Millisecond) => Text::fixed(
                "L'heure d'une modification est connue à la milliseconde.",
                "The time of a change is known to the millisecond.",
            ),
            Some(Grain::Second) => Text::fixed(
                "L'heure d'une modification est connue à la seconde.",
                "The time of a change is known to the second.",
            ),
            Some(Grain::Minute) => Text::fixed(
                "L'heure d'une modification est connue à la minute : deux changements de la même minute ne se distinguent pas.",
                "The time of a change is known to the minute: two changes within one are not told apart.",
            ),
            None => Text::fixed(
                "Le service ne dit pas quand une ligne a changé : tout est relu et comparé.",
                "The service does not say when a row changed: everything is read again and compared.",
            ),
        };
        Fact { is_good: matches!(self.modified, Some(Grain::Millisecond | Grain::Second)), text }
    }

    fn clearing(&self) -> Fact {
        let text = if self.clears {
            Text::fixed("Un champ vidé ici est vidé là-bas.", "A field emptied here is emptied there.")
        } else {
            Text::fixed(
                "Un champ vidé ici garde sa valeur là-bas.",
                "A field emptied here keeps its value there.",
            )
        };
        Fact { is_good: self.clears, text }
    }

    fn lengths(&self) -> Fact {
        let text = match self.longest_text {
            Some(limit) => Text::new(
                format!(
                    "Un texte peut compter {} caractères ; au-delà, la ligne est refusée et gardée ici.",
                    number(limit.into(), Lang::Fr)
                ),
                format!(
                    "A text may have {} characters; above that, the row is refused and kept here.",
                    number(limit.into(), Lang::En)
                ),
            ),
            None => Text::fixed(
                "Aucune limite n'est connue à la longueur d'un texte.",
                "No limit to the length of a text is known.",
            ),
        };
        Fact { is_good: true, text }
    }

    fn links(&self) -> Fact {
        let text = if self.writes_links {
            Text::fixed(
                "Les liens vers d'autres fiches sont lus et écrits.",
                "Links to other records are read and written.",
            )
        } else {
            Text::fixed(
                "Les liens vers d'autres fiches ne sont pas écrits.",
                "Links to other records are not written.",
            )
        };
        Fact { is_good: self.writes_links, text }
    }

    fn repeats(&self) -> Fact {
        let text = if self.upserts {
            Text::fixed(
                "Avec une clé de votre choix, une création envoyée deux fois ne fait qu'une fiche.",
                "With a key of your choice, a creation sent twice makes one record.",
            )
        } else {
            Text::fixed(
                "Quand une réponse se perd, Passerelle cherche la fiche avant de la créer de nouveau.",
                "When an answer is lost, Passerelle looks for the record before it is created again.",
            )
        };
        Fact { is_good: true, text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_only_reads_says_nothing_of_writing() {
        let reads = Capabilities { sees_deletions: true, ..Capabilities::default() };
        assert_eq!(reads.facts().len(), 3);
        let told: Vec<bool> = reads.facts().iter().map(|fact| fact.is_good).collect();
        assert_eq!(told, [true, true, false], "no moments are told");
        let writes = Capabilities { writes: true, longest_text: Some(200_000), ..reads };
        let facts = writes.facts();
        assert_eq!(facts.len(), 7);
        assert!(facts[4].text.fr.contains("200\u{202f}000") && facts[4].text.en.contains("200,000"));
    }
}
