//! The key file of a service account, as Google's console gives it.

use serde::Deserialize;

use crate::text::Text;

/// What is needed of such a file. It holds a secret: it is never shown.
#[derive(Deserialize)]
pub struct KeyFile {
    r#type: String,
    /// The account's address, with which people share what it may see.
    #[serde(default)]
    pub client_email: String,
    /// Its private key, in PEM.
    #[serde(default)]
    pub private_key: String,
    /// Which of the account's keys it is.
    pub private_key_id: Option<String>,
}

impl KeyFile {
    /// Reads a whole file that somebody pasted.
    ///
    /// # Errors
    /// What is wrong with it, in words that repeat nothing of it.
    pub fn read(text: &str) -> Result<KeyFile, Text> {
        let file: KeyFile = serde_json::from_str(text.trim()).map_err(|_| {
            Text::fixed(
                "Ce texte n'est pas un fichier de clé JSON. Collez tout le contenu du fichier, de la première accolade à la dernière.",
                "This text is not a JSON key file. Paste all that is in the file, from the first brace to the last.",
            )
        })?;
        if file.r#type != "service_account" {
            return Err(Text::fixed(
                "Ce fichier n'est pas la clé d'un compte de service (« type » doit être « service_account »). Créez la clé sous Comptes de service, onglet Clés.",
                "This file is not the key of a service account (“type” must be “service_account”). Create the key under Service accounts, tab Keys.",
            ));
        }
        if !file.client_email.contains('@') {
            return Err(Text::fixed(
                "Il manque à ce fichier l'adresse du compte (« client_email »). Téléchargez une nouvelle clé.",
                "This file lacks the account's address (“client_email”). Download a new key.",
            ));
        }
        if !file.private_key.trim_start().starts_with("-----BEGIN") {
            return Err(Text::fixed(
                "Il manque à ce fichier la clé privée (« private_key »). Téléchargez une nouvelle clé.",
                "This file lacks the private key (“private_key”). Download a new key.",
            ));
        }
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_or_what_it_lacks() {
        let file = |kind: &str, email: &str, key: &str| {
            format!(
                "\n{{\"type\": \"{kind}\",\r\n \"client_email\": \"{email}\", \"private_key\": \"{key}\"}} "
            )
        };
        let pem = "-----BEGIN PRIVATE KEY-----\\nCANARY\\n-----END PRIVATE KEY-----\\n";
        let read = KeyFile::read(&file("service_account", "a@b.iam.gserviceaccount.com", pem)).ok().unwrap();
        assert_eq!(read.client_email, "a@b.iam.gserviceaccount.com");
        assert!(read.private_key.contains("-----\nCANARY\n"));
        for (wrong, named) in [
            (file("authorized_user", "a@b.c", pem), "service_account"),
            (file("service_account", "", pem), "client_email"),
            (file("service_account", "a@b.c", "CANARY"), "private_key"),
            ("CANARY".to_owned(), "JSON"),
            ("{\"client_email\": \"a@b.c\"}".to_owned(), "JSON"),
        ] {
            let told = KeyFile::read(&wrong).err().unwrap();
            assert!(told.fr.contains(named) && told.en.contains(named), "{told:?}");
            assert!(!told.fr.contains("CANARY") && !told.en.contains("CANARY"));
        }
    }
}
