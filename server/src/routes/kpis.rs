//! `/api/kpis`: the figures at the top of the dashboard.

use axum::Json;
use axum::extract::State;
use model::Lang;
use model::dashboard::Kpis;
use serde::Serialize;
use utoipa::ToSchema;

use super::deal_filter::{DealQuery, DealQueryDoc};
use crate::envelope::{Data, Failure};
use crate::extract::Query;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// The figures, each also as people read it in the reader's language.
#[derive(Serialize, ToSchema)]
pub(super) struct KpisBody {
    #[serde(flatten)]
    kpis: Kpis,
    #[schema(example = "1 234,56 €")]
    pipeline_pondere_formatted: String,
    #[schema(example = "1 234,56 €")]
    panier_moyen_formatted: String,
    #[schema(example = "1 234")]
    nombre_deals_formatted: String,
    #[schema(example = "308")]
    deals_gagnes_formatted: String,
    #[schema(example = "12,5 %")]
    taux_conversion_formatted: String,
    /// A dash while no time is known.
    #[schema(example = "34,5 jours")]
    vitesse_vente_moyenne_formatted: String,
    #[schema(example = "17")]
    nb_cold_deals_formatted: String,
}

/// The figures of the deals that fit a filter; `limit`, `offset` and `sort` change nothing.
#[utoipa::path(
    get, path = "/api/kpis", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<KpisBody>), (status = 400, body = Failure))
)]
pub(super) async fn find_kpis(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<KpisBody>>, ApiError> {
    Ok(Data::of(told(state.hub.kpis(&filter).await?, lang)))
}

fn told(kpis: Kpis, lang: Lang) -> KpisBody {
    KpisBody {
        pipeline_pondere_formatted: kpis.pipeline_pondere.display(lang),
        panier_moyen_formatted: kpis.panier_moyen.display(lang),
        nombre_deals_formatted: number(kpis.nombre_deals, lang),
        deals_gagnes_formatted: number(kpis.deals_gagnes, lang),
        taux_conversion_formatted: percent(kpis.taux_conversion, lang),
        vitesse_vente_moyenne_formatted: kpis
            .vitesse_vente_moyenne
            .map_or_else(|| "—".to_owned(), |days| self::days(days, lang)),
        nb_cold_deals_formatted: number(kpis.nb_cold_deals, lang),
        kpis,
    }
}

/// `12 345` in French (narrow no-break space), `12,345` in English.
fn number(number: u64, lang: Lang) -> String {
    let separator = match lang {
        Lang::Fr => '\u{202f}',
        Lang::En => ',',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// At most one decimal, none when it is zero.
fn decimal(value: f64, lang: Lang) -> String {
    let tenths = (value * 10.0).round() as u64;
    let whole = number(tenths / 10, lang);
    match (tenths % 10, lang) {
        (0, _) => whole,
        (tenth, Lang::Fr) => format!("{whole},{tenth}"),
        (tenth, Lang::En) => format!("{whole}.{tenth}"),
    }
}

fn percent(value: f64, lang: Lang) -> String {
    let number = decimal(value, lang);
    match lang {
        Lang::Fr => format!("{number}\u{a0}%"),
        Lang::En => format!("{number}%"),
    }
}

fn days(value: f64, lang: Lang) -> String {
    // French counts from two on as several, English everything but one.
    let unit = match lang {
        Lang::Fr if value < 2.0 => "jour",
        Lang::En if decimal(value, lang) == "1" => "day",
        Lang::Fr => "jours",
        Lang::En => "days",
    };
    format!("{}\u{a0}{unit}", decimal(value, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_people_read_them() {
        for (told, french, english) in [
            (percent as fn(f64, Lang) -> String, "12,5\u{a0}%", "12.5%"),
            (days, "12,5\u{a0}jours", "12.5\u{a0}days"),
        ] {
            assert_eq!([told(12.5, Lang::Fr), told(12.5, Lang::En)], [french, english]);
        }
        assert_eq!([percent(0.0, Lang::Fr), percent(100.0, Lang::En)], ["0\u{a0}%", "100%"]);
        assert_eq!([days(1.5, Lang::Fr), days(1.0, Lang::En)], ["1,5\u{a0}jour", "1\u{a0}day"]);
        assert_eq!(
            [days(0.04, Lang::En), days(1234.0, Lang::Fr)],
            ["0\u{a0}days", "1\u{202f}234\u{a0}jours"]
        );
    }
}
