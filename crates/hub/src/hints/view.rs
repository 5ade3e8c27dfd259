//! How a connection is told of changes, for people.

use connectors::hint::Arrangement;
use model::api::HintsBody;
use model::{Lang, Text};
use secrecy::ExposeSecret;
use store::{ConfigRow, HintRow};

use crate::{Hub, Result};

impl Hub {
    /// How a connection is told of changes in its service.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn hints(&self, id: i64, lang: Lang) -> Result<HintsBody> {
        let row = self.account_row(id).await?;
        let Some(arrangement) = self.arrangement(&row) else {
            return Ok(HintsBody { state: "off".to_owned(), ..HintsBody::default() });
        };
        let hint = self.store().hint(&row.provider).await?;
        let (word, steps, secret_label) = described(&arrangement, lang);
        let body = HintsBody {
            arrangement: Some(word.to_owned()),
            state: "off".to_owned(),
            reachable: self.inner.public_url.is_some(),
            steps,
            secret_label,
            ..HintsBody::default()
        };
        let Some(hint) = hint else { return Ok(body) };
        let problem = problem(&row, &hint);
        let state = match (&problem, &hint.heard_at) {
            (Some(_), _) => "failing",
            (None, Some(_)) => "on",
            // The service has confirmed that it will tell.
            (None, None) if hint.subscription.is_some() => "on",
            (None, None) => "waiting",
        };
        Ok(HintsBody {
            state: state.to_owned(),
            address: self.hint_address(&hint.word).map(String::from),
            verification_token: self.verification_token(&arrangement, &hint).await?,
            table: Some(hint.stream_name),
            expires_at: hint.expires_at,
            heard_at: hint.heard_at,
            refused_at: hint.refused_at,
            problem: problem.map(|text| text.get(lang).to_owned()),
            ..body
        })
    }

    /// The word that a person has to type in the service's settings: until the service has used it.
    async fn verification_token(&self, arrangement: &Arrangement, hint: &HintRow) -> Result<Option<String>> {
        let is_awaited = matches!(arrangement, Arrangement::Introduced { .. }) && hint.heard_at.is_none();
        if !is_awaited {
            return Ok(None);
        }
        let secret = self.store().hint_secret(&hint.provider).await?;
        Ok(secret.map(|secret| secret.expose_secret().to_owned()))
    }
}

fn described(arrangement: &Arrangement, lang: Lang) -> (&'static str, Option<String>, Option<String>) {
    let told = |text: &Text| Some(text.get(lang).to_owned());
    match arrangement {
        Arrangement::Asked => ("asked", None, None),
        Arrangement::Typed { steps, secret } => ("typed", told(steps), told(secret)),
        Arrangement::Introduced { steps } => ("introduced", told(steps), None),
    }
}

/// What is wrong with it: what was found when it was looked after, or that the connection reads something else
/// by now.
pub(super) fn problem(row: &ConfigRow, hint: &HintRow) -> Option<Text> {
    let elsewhere = row.stream.as_ref().is_some_and(|stream| stream.id != hint.stream);
    let moved = || {
        Text::new(
            format!(
                "Le service prévient des changements de « {} », mais la connexion lit maintenant une autre table. \
                 Désactivez puis réactivez.",
                hint.stream_name
            ),
            format!(
                "The service tells of changes in “{}”, but the connection reads another table now. Switch it off and \
                 on again.",
                hint.stream_name
            ),
        )
    };
    hint.problem.clone().or_else(|| elsewhere.then(moved))
}
