//! Filters, orders and figures, told to both engines: the database says of many deals what a plain count of
//! them says.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use model::deal::FieldValue;
use model::fold::plain;
use model::{Deal, DealField, DealValues, Money, Slot, Status};
use store::deals::{DealFilter, DealSort, DealTexts, Few, FigureDays, FigureGroup};
use store::{Author, Keys, Store};

/// More than a search carries along, so that both its ways are taken.
const DEALS: usize = 1_300;
const TODAY: &str = "2026-11-21";
const COLD: &str = "2026-11-11T08:30:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let known = fill(&store).await;
    let at_the_bound = known.iter().filter(|known| known.deal.updated_at == cold());
    assert!(at_the_bound.filter(|known| known.status().is_open()).count() > 0, "the bound is tried");
    the_history_is_whole(url, &known).await;
    for filter in filters() {
        figures_are_what_a_count_says(&store, &known, &filter).await;
        every_order_is_the_one_it_says(&store, &known, &filter).await;
    }
    figures_follow_every_change(&store).await;
    store.close().await;
}

/// A deal as the test knows it.
struct Known {
    deal: Deal,
    history: Vec<(Status, DateTime<Utc>)>,
}

impl Known {
    fn text(&self, field: DealField) -> Option<&str> {
        self.deal.values.text(field)
    }

    fn status(&self) -> Status {
        self.deal.values.status().unwrap()
    }

    /// Seconds from its creation until it was won after it was seen open.
    fn won_after(&self) -> Option<i64> {
        let seen_open = self.history.iter().position(|(status, _)| status.is_open())?;
        let won = self.history[seen_open..].iter().find(|(status, _)| status.is_won())?;
        Some((won.1 - self.deal.created_at).num_seconds())
    }
}

fn values(rng: &mut fastrand::Rng) -> DealValues {
    let of = |rng: &mut fastrand::Rng, words: &[&str]| {
        let word = words[rng.usize(..words.len())];
        Slot::known((!word.is_empty()).then(|| FieldValue::Text(word.to_owned())))
    };
    let client = ["Élan & Fils", "Domaine Brun", "Œnothèque", "Peña", "zinc", "Abbaye"][rng.usize(..6)];
    let due = "2026-09-01".parse::<NaiveDate>().unwrap() + TimeDelta::days(rng.i64(0..200));
    let mut values = DealValues::default();
    let mut set = |field, slot| values.set(field, slot);
    set(DealField::Client, Slot::Set(FieldValue::Text(client.to_owned())));
    set(DealField::Statut, Slot::Set(FieldValue::Status(Status::ALL[rng.usize(..6)])));
    set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(rng.i64(1..100_000_000)))));
    set(DealField::Secteur, of(rng, &["Artisanat", "Banque", "Commerce", ""]));
    set(DealField::DateEcheance, Slot::known((rng.u8(..5) > 0).then_some(FieldValue::Date(due))));
    set(DealField::Assignee, of(rng, &["Anne", "Bruno", ""]));
    set(DealField::Notes, of(rng, &["", "à rappeler à l’été", "100 % sûr_", "vu au salon"]));
    values
}

/// Deals that were made and changed at different times.
async fn fill(store: &Store) -> Vec<Known> {
    let mut rng = fastrand::Rng::with_seed(8);
    let day = |n: i64| "2026-10-01T08:30:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(n);
    let mut known = Vec::new();
    let mut batch = store.begin().await.unwrap();
    for (created_at, count) in [(day(0), DEALS / 2), (day(20), DEALS - DEALS / 2)] {
        let new: Vec<DealValues> = (0..count).map(|_| values(&mut rng)).collect();
        let now = model::api::instant(created_at);
        let ids = batch.insert_deals(&new.iter().collect::<Vec<_>>(), &now).await.unwrap();
        for (id, values) in ids.into_iter().zip(new) {
            let history = vec![(values.status().unwrap(), created_at)];
            known.push(Known { deal: Deal { id, values, created_at, updated_at: created_at }, history });
        }
    }
    for n in 21..50 {
        for second in 0..40 {
            let place = rng.usize(..known.len());
            let (at, changed) = (day(n) + TimeDelta::seconds(second), values(&mut rng));
            let deal = &mut known[place];
            batch.update_deal(deal.deal.id, &changed, &model::api::instant(at)).await.unwrap();
            if changed.status() != deal.deal.values.status() {
                deal.history.push((changed.status().unwrap(), at));
            }
            deal.deal = Deal { values: changed, updated_at: at, ..deal.deal.clone() };
        }
    }
    batch.commit().await.unwrap();
    known
}

async fn the_history_is_whole(url: &str, known: &[Known]) {
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    let sql = "select deal_id, statut, since from deal_statuses order by deal_id, since";
    let kept: Vec<(i64, String, String)> = sqlx::query_as(sql).fetch_all(&pool).await.unwrap();
    pool.close().await;
    let told = known.iter().flat_map(|known| {
        let told = known.history.iter();
        told.map(|(status, at)| (known.deal.id, status.word().to_owned(), model::api::instant(*at)))
    });
    assert_eq!(kept, told.collect::<Vec<_>>());
}

fn filters() -> Vec<DealFilter> {
    let texts = |values: &[&str]| values.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let all = DealFilter::default;
    let search = |text: &str| DealFilter { search: Some(text.to_owned()), ..all() };
    vec![
        all(),
        DealFilter { statut: texts(&["négociation", "gagné", "gagné - en cours"]), ..all() },
        DealFilter { secteur: texts(&["Banque"]), assignee: texts(&["Anne", ""]), ..all() },
        DealFilter { secteur: texts(&[""]), ..all() },
        DealFilter {
            date_from: "2026-11-01".parse().ok(),
            date_to: "2026-12-31".parse().ok(),
            ..search(" ETE ")
        },
        search("elan"),
        search("l'été"),
        search("OENO"),
        search("pena"),
        search("100 % sûr_"),
        search("%"),
        search("n"),
        DealFilter { statut: texts(&["prospect"]), ..search("brun") },
        search("nulle part"),
        DealFilter { cold_since: Some(cold()), ..all() },
        DealFilter { cold_since: Some(cold()), ..search("elan") },
        DealFilter { cold_since: Some(cold()), statut: texts(&["prospect", "gagné"]), ..all() },
    ]
}

/// Since when what has not changed is cold: a moment at which deals did change, which are not cold.
fn cold() -> DateTime<Utc> {
    COLD.parse().unwrap()
}

fn fits(filter: &DealFilter, known: &Known) -> bool {
    let any = |wanted: &[String], has: &str| wanted.is_empty() || wanted.iter().any(|text| text == has);
    let text = |field| known.text(field).unwrap_or_default();
    let due = known.deal.values.date();
    let searched = plain(filter.search.as_deref().unwrap_or_default().trim());
    any(&filter.statut, known.status().word())
        && any(&filter.secteur, text(DealField::Secteur))
        && any(&filter.assignee, text(DealField::Assignee))
        && filter.date_from.is_none_or(|from| due.is_some_and(|due| due >= from))
        && filter.date_to.is_none_or(|to| due.is_some_and(|due| due <= to))
        && filter.cold_since.is_none_or(|since| known.deal.updated_at < since && known.status().is_open())
        && (plain(text(DealField::Client)).contains(&searched)
            || plain(text(DealField::Notes)).contains(&searched))
}

fn days() -> FigureDays {
    let today: NaiveDate = TODAY.parse().unwrap();
    FigureDays { today, soon: today + TimeDelta::days(30), cold: COLD.to_owned() }
}

/// How many deals the groups count, twice: the second time it may be known from the first.
async fn counted(store: &Store, filter: &DealFilter) -> u64 {
    let mut counts = BTreeSet::new();
    for _ in 0..2 {
        let mut figures = store.figures(filter, days()).await.unwrap();
        counts.insert(figures.groups().await.unwrap().iter().map(|group| group.deals).sum());
        figures.end().await.unwrap();
    }
    assert_eq!(counts.len(), 1, "{counts:?}");
    counts.pop_first().unwrap()
}

/// What was worked out before is told again only while it holds, and a reading that began earlier keeps to its
/// moment.
async fn figures_follow_every_change(store: &Store) {
    let searched = DealFilter { search: Some("à l'instant".to_owned()), ..DealFilter::default() };
    let every = DealFilter::default();
    let (before, none) = (counted(store, &every).await, counted(store, &searched).await);
    assert_eq!(none, 0);
    let mut earlier = store.figures(&every, days()).await.unwrap();
    // A reading begins where it first looks.
    earlier.texts_of_all().await.unwrap();

    let mut deal = DealValues::default();
    deal.set(DealField::Client, Slot::Set(FieldValue::Text("Arrivé à l'instant".to_owned())));
    deal.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(100))));
    deal.set(DealField::Secteur, Slot::Set(FieldValue::Text("Inconnu jusque-là".to_owned())));
    let mut batch = store.begin().await.unwrap();
    let id = batch.insert_deals(&[&deal], "2026-11-21T09:00:00.000Z").await.unwrap()[0];
    batch.commit().await.unwrap();
    assert_eq!((counted(store, &every).await, counted(store, &searched).await), (before + 1, 1));
    let then: u64 = earlier.groups().await.unwrap().iter().map(|group| group.deals).sum();
    assert_eq!(then, before);
    earlier.end().await.unwrap();
    assert_eq!(counted(store, &every).await, before + 1);

    deal.set(DealField::Client, Slot::Set(FieldValue::Text("Renommé".to_owned())));
    let mut batch = store.begin().await.unwrap();
    batch.update_deal(id, &deal, "2026-11-21T09:01:00.000Z").await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!((counted(store, &every).await, counted(store, &searched).await), (before + 1, 0));
    let lost = DealFilter { secteur: vec!["Inconnu jusque-là".to_owned()], ..DealFilter::default() };
    assert_eq!(counted(store, &lost).await, 1);

    let mut batch = store.begin().await.unwrap();
    let at = "2026-11-21T09:02:00.000Z";
    let deletion = batch.begin_deletion(at).await.unwrap();
    batch.delete_deals(deletion, &[id], &Author::default(), at).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!((counted(store, &every).await, counted(store, &lost).await), (before, 0));
    let mut figures = store.figures(&lost, days()).await.unwrap();
    let texts = figures.texts_of_all().await.unwrap();
    assert!(!texts.secteur.iter().any(|sector| sector == "Inconnu jusque-là"));
    figures.end().await.unwrap();
}

async fn figures_are_what_a_count_says(store: &Store, known: &[Known], filter: &DealFilter) {
    let today: NaiveDate = TODAY.parse().unwrap();
    let cold = cold();
    let soon = today + TimeDelta::days(30);
    let fitting: Vec<&Known> = known.iter().filter(|known| fits(filter, known)).collect();
    let mut figures = store.figures(filter, days()).await.unwrap();

    let groups: BTreeMap<_, _> =
        figures.groups().await.unwrap().into_iter().map(|group| (key(&group), group)).collect();
    let mut counted: BTreeMap<_, FigureGroup> = BTreeMap::new();
    for known in &fitting {
        let (statut, due) = (known.status(), known.deal.values.date());
        let one = FigureGroup {
            statut,
            secteur: known.text(DealField::Secteur).map(str::to_owned),
            assignee: known.text(DealField::Assignee).map(str::to_owned),
            deals: 0,
            amount: Money::default(),
            weighted: Money::default(),
            dated: 0,
            overdue: 0,
            soon: 0,
            cold: 0,
            timed: 0,
            seconds: 0,
        };
        let group = counted.entry(key(&one)).or_insert(one);
        let amount = known.deal.values.money().unwrap();
        group.deals += 1;
        group.amount = Money::from_cents(group.amount.cents() + amount.cents());
        group.weighted = Money::from_cents(group.weighted.cents() + amount.percent(statut.percent()).cents());
        group.dated += u64::from(due.is_some());
        group.overdue += u64::from(due.is_some_and(|due| due < today));
        group.soon += u64::from(due.is_some_and(|due| due >= today && due <= soon));
        group.cold += u64::from(known.deal.updated_at < cold);
        group.timed += u64::from(known.won_after().is_some());
        group.seconds += known.won_after().unwrap_or(0);
    }
    assert_eq!(groups, counted, "{filter:?}");

    for which in [Few::Overdue, Few::Soon, Few::Cold, Few::Largest] {
        let due = |known: &Known| known.deal.values.date();
        let mut wanted: Vec<&&Known> = fitting
            .iter()
            .filter(|known| match which {
                Few::Overdue => due(known).is_some_and(|due| due < today),
                Few::Soon => due(known).is_some_and(|due| due >= today && due <= soon),
                Few::Cold => known.deal.updated_at < cold,
                Few::Largest => true,
            })
            .filter(|known| which == Few::Largest || known.status().is_open())
            .collect();
        wanted.sort_by_key(|known| known.deal.id);
        match which {
            Few::Overdue | Few::Soon => wanted.sort_by_key(|known| due(known)),
            Few::Cold => wanted.sort_by_key(|known| known.deal.updated_at),
            Few::Largest => {
                wanted.reverse();
                wanted.sort_by_key(|known| std::cmp::Reverse(known.deal.values.money()));
            }
        }
        let wanted: Vec<i64> = wanted.iter().take(20).map(|known| known.deal.id).collect();
        let few = figures.few(which, 20).await.unwrap();
        assert_eq!(few.iter().map(|deal| deal.id).collect::<Vec<_>>(), wanted, "{which:?} of {filter:?}");
    }

    let DealTexts { mut secteur, mut assignee } = figures.texts_of_all().await.unwrap();
    for (told, field) in [(&mut secteur, DealField::Secteur), (&mut assignee, DealField::Assignee)] {
        told.sort();
        let there: BTreeSet<&str> = known.iter().filter_map(|known| known.text(field)).collect();
        assert_eq!(*told, Vec::from_iter(there), "of all deals, each once");
    }
    figures.end().await.unwrap();
}

fn key(group: &FigureGroup) -> (u8, Option<String>, Option<String>) {
    let place = Status::ALL.iter().position(|status| *status == group.statut).unwrap();
    (place as u8, group.secteur.clone(), group.assignee.clone())
}

async fn every_order_is_the_one_it_says(store: &Store, known: &[Known], filter: &DealFilter) {
    let place = |known: &Known| Status::ALL.iter().position(|status| *status == known.status());
    let weighted = |known: &Known| known.deal.values.money().unwrap().percent(known.status().percent());
    for sort in [
        DealSort::Recent,
        DealSort::Id,
        DealSort::Client,
        DealSort::Status,
        DealSort::Amount,
        DealSort::Weighted,
        DealSort::Sector,
        DealSort::Due,
        DealSort::Assignee,
    ] {
        for reversed in [false, true] {
            let compare = |a: &Known, b: &Known| {
                let (first, second) = if reversed { (b, a) } else { (a, b) };
                let text = |field| missing_last(a.text(field), b.text(field), reversed);
                let by_id = first.deal.id.cmp(&second.deal.id);
                match sort {
                    DealSort::Id => by_id,
                    DealSort::Recent => {
                        second.deal.updated_at.cmp(&first.deal.updated_at).then(by_id.reverse())
                    }
                    DealSort::Client => plain(first.text(DealField::Client).unwrap())
                        .cmp(&plain(second.text(DealField::Client).unwrap()))
                        .then(by_id),
                    DealSort::Status => place(first).cmp(&place(second)).then(by_id),
                    DealSort::Amount => {
                        second.deal.values.money().cmp(&first.deal.values.money()).then(by_id.reverse())
                    }
                    DealSort::Weighted => weighted(second).cmp(&weighted(first)).then(by_id.reverse()),
                    DealSort::Sector => text(DealField::Secteur).then(by_id),
                    DealSort::Assignee => text(DealField::Assignee).then(by_id),
                    DealSort::Due => {
                        missing_last(a.deal.values.date(), b.deal.values.date(), reversed).then(by_id)
                    }
                }
            };
            let mut wanted: Vec<&Known> = known.iter().filter(|known| fits(filter, known)).collect();
            wanted.sort_by(|a, b| compare(a, b));
            let offset = u32::try_from(wanted.len() / 3).unwrap();
            let asked = DealFilter { sort, reversed, limit: Some(40), offset, ..filter.clone() };
            let (deals, total) = store.deals(&asked).await.unwrap();
            let page = wanted.iter().skip(offset as usize).take(40);
            assert_eq!(total, wanted.len() as u64, "{asked:?}");
            assert_eq!(
                deals.iter().map(|deal| deal.id).collect::<Vec<_>>(),
                page.map(|known| known.deal.id).collect::<Vec<_>>(),
                "{asked:?}"
            );

            let mut screen = store.figures(&asked, days()).await.unwrap();
            assert_eq!(screen.page().await.unwrap(), deals, "{asked:?}");
            let heads = screen.heads(&Status::ALL, 3).await.unwrap();
            for status in Status::ALL {
                let wanted = wanted.iter().filter(|known| known.status() == status).take(3);
                let head = heads.iter().filter(|deal| deal.values.status() == Some(status));
                assert_eq!(
                    head.map(|deal| deal.id).collect::<Vec<_>>(),
                    wanted.map(|known| known.deal.id).collect::<Vec<_>>(),
                    "{status:?} of {asked:?}"
                );
            }
            screen.end().await.unwrap();
        }
    }
}

/// What has no value stands last either way.
fn missing_last<T: Ord>(a: Option<T>, b: Option<T>, reversed: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if reversed => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
