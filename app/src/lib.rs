//! The page of Passerelle: rendered on the server, then taken over in the browser.
//!
//! Screens are in `pages`, the pieces they share in `components`, every sentence in `i18n`; `api` holds
//! the server functions, which call the hub's use cases. It knows neither SQL nor any service.

#![expect(unreachable_pub, reason = "the component macro makes every component public")]

#[cfg(feature = "ssr")]
mod access;
mod api;
mod components;
#[cfg(feature = "ssr")]
mod connections;
#[cfg(feature = "ssr")]
mod context;
#[cfg(feature = "ssr")]
mod crm;
#[cfg(feature = "ssr")]
mod crm_import;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod datasets;
mod format;
mod i18n;
#[cfg(feature = "ssr")]
mod ledger;
mod pages;
mod permitted;
mod reader;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod sources;
#[cfg(feature = "ssr")]
mod webhooks;

#[cfg(not(erase_components))]
compile_error!(
    "build inside the checkout: the flags of .cargo/config.toml are missing (does RUSTFLAGS hide them?)"
);

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

#[cfg(feature = "ssr")]
pub use access::{AccessFault, Invited, InvitedAs, NewToken};
#[cfg(feature = "ssr")]
pub use connections::{
    DealsMappingTyped, RecipeLine, RecipesTyped, RulesTyped, ScheduleTyped, ServiceSaid, Tested,
};
#[cfg(feature = "ssr")]
pub use context::provide_server_context;
#[cfg(feature = "ssr")]
pub use crm::{BackTo, BulkDeletion, ColdDaysTyped, DealNotice, DealTyped};
#[cfg(feature = "ssr")]
pub use crm_import::{CsvRefused, CsvShown, CsvWaiting};
#[cfg(feature = "ssr")]
pub use data::{MappingTyped, RunAsked, heading};
#[cfg(feature = "ssr")]
pub use datasets::DatasetAsked;
#[cfg(feature = "ssr")]
pub use ledger::{Ledger, Refused};
#[cfg(feature = "ssr")]
pub use shell::{Assets, crm_shell, ledger_shell, shell, sources_shell};
#[cfg(feature = "ssr")]
pub use sources::Typed;
#[cfg(feature = "ssr")]
pub use webhooks::{WebhookSecret, WebhookTested, WebhookTyped};

use components::{Footer, Header};
use pages::NotFound;
use pages::connectors::ConnectorsPage;

/// The whole application: frame and routes.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(reader::page_lang());
    // Tests wait for this mark: from here on a click is heard.
    Effect::new(|_| {
        if let Some(body) = document().body() {
            let _marked = body.set_attribute("data-hydrated", "");
        }
    });
    view! {
        <PageTitle />
        <Router>
            <Header />
            <main id="main" class="site-main" tabindex="-1">
                <FocusOnNavigation />
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/connectors") view=ConnectorsPage ssr=SsrMode::Async />
                </FlatRoutes>
            </main>
            <Footer />
        </Router>
    }
}

/// The product's name behind the name of every page.
#[component]
pub(crate) fn PageTitle() -> impl IntoView {
    view! { <Title formatter=|page: String| format!("{} · Passerelle", as_text(page)) /> }
}

/// On the server a title goes into the document as it is, and may name what somebody typed: here it becomes text.
fn as_text(title: String) -> String {
    if cfg!(feature = "ssr") { title.replace('&', "&amp;").replace('<', "&lt;") } else { title }
}

/// A change of page moves the focus to its content, as a page load would.
#[component]
fn FocusOnNavigation() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            pages::focus("main");
        }
        now
    });
}
