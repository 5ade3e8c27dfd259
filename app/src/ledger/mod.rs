//! The pages that tell what a sync did, or would do: drawn on the server, whole without script, so that
//! nothing of them has to be loaded.
//!
//! Only on the server. What they offer to do are plain forms; the server's routes carry them out.

mod change_list;
mod plan_page;
mod refused_list;
mod run_page;
mod texts;
mod words_form;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::api::Fault;
use crate::components::{ErrorState, Footer, Header};
use crate::pages::NotFound;
use crate::{PageTitle, reader};
use plan_page::PlanPage;
use run_page::RunPage;

/// Why a form of these pages could not be carried out; in the context, it is shown instead of a page.
#[derive(Clone)]
pub struct Refused(Fault);

impl Refused {
    /// The refusal in the reader's language.
    pub fn new(error: &hub::Error, lang: model::Lang) -> Refused {
        Refused(crate::api::server::fault(error, lang))
    }
}

/// These pages in their frame.
#[component]
pub fn Ledger() -> impl IntoView {
    provide_meta_context();
    provide_context(reader::page_lang());
    view! {
        <PageTitle />
        <Router>
            <Header />
            <main id="main" class="site-main" tabindex="-1">
                {match use_context::<Refused>() {
                    Some(Refused(fault)) => view! { <ErrorState fault=fault /> }.into_any(),
                    None => view! { <Pages /> }.into_any(),
                }}
            </main>
            <Footer />
        </Router>
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFound>
            <Route path=path!("/runs/:id") view=RunPage ssr=SsrMode::Async />
            <Route path=path!("/preview/:provider/:direction") view=PlanPage ssr=SsrMode::Async />
        </FlatRoutes>
    }
}

/// The use cases.
fn hub() -> Result<hub::Hub, Fault> {
    use_context().ok_or_else(|| Fault {
        message: crate::i18n::texts().faults.unreachable.to_owned(),
        hint: None,
        running: None,
    })
}

/// A use case's refusal in the reader's language.
fn told(error: hub::Error) -> Fault {
    crate::api::server::fault(&error, crate::i18n::lang())
}
