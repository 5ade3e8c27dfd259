//! The pages that tell what a sync did, or would do: drawn on the server, whole without script, so that
//! nothing of them has to be loaded.
//!
//! Only on the server. What they offer to do are plain forms; the server's routes carry them out.

mod change_list;
mod confirm_delete;
mod delete_created_page;
mod fact;
mod loaded;
mod pager;
mod plan_page;
mod playground_page;
mod refused_list;
mod refused_section;
mod run_head;
mod run_page;
mod table_run;
mod texts;
mod words_form;

use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{SsrMode, path};

use crate::api::Fault;
use crate::components::{Footer, Header, Notice, Tone};
use crate::crm::DashboardPage;
use crate::data::{MappingPage, OverviewPage, QualityPage, RowsPage};
use crate::pages::NotFound;
use crate::sources::{DeletePage, DetailPage, ListPage, NewPage};
use crate::{PageTitle, access, connections, crm, crm_import, datasets, reader, webhooks};
use delete_created_page::DeleteCreatedPage;
use plan_page::PlanPage;
use playground_page::PlaygroundPage;
use run_page::RunPage;

pub(crate) use confirm_delete::ConfirmDelete;
pub(crate) use fact::fact;
pub(crate) use loaded::{found, loaded};
pub(crate) use pager::Pager;
pub(crate) use run_head::{action, figure};
pub(crate) use texts::{bound, say};

/// Why a form of these pages could not be carried out; in the context, it is shown instead of a page.
#[derive(Clone)]
pub struct Refused {
    fault: Fault,
    back: String,
}

impl Refused {
    /// The refusal in the reader's language, and the address the form was sent from.
    pub fn new(error: &hub::Error, lang: model::Lang, back: String) -> Refused {
        Refused { fault: crate::api::server::fault(error, lang), back }
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
                    Some(refused) => view! { <RefusedPage refused=refused /> }.into_any(),
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
            <Route path=path!("/") view=DashboardPage ssr=SsrMode::Async />
            <Route path=path!("/runs/:id") view=RunPage ssr=SsrMode::Async />
            <Route path=path!("/runs/:id/delete-created") view=DeleteCreatedPage ssr=SsrMode::Async />
            <Route path=path!("/playground/:provider") view=PlaygroundPage ssr=SsrMode::Async />
            <Route path=path!("/plans/:id") view=PlanPage ssr=SsrMode::Async />
            <Route path=path!("/connectors") view=ListPage ssr=SsrMode::Async />
            <Route path=path!("/connectors/new") view=NewPage ssr=SsrMode::Async />
            <Route path=path!("/connectors/:name") view=DetailPage ssr=SsrMode::Async />
            <Route path=path!("/connectors/:name/delete") view=DeletePage ssr=SsrMode::Async />
            <Route path=path!("/connections") view=connections::ListPage ssr=SsrMode::Async />
            <Route path=path!("/connections/new") view=connections::NewPage ssr=SsrMode::Async />
            <Route path=path!("/connections/:id") view=connections::DetailPage ssr=SsrMode::Async />
            <Route path=path!("/connections/:id/delete") view=connections::DeletePage ssr=SsrMode::Async />
            <Route path=path!("/datasets") view=datasets::ListPage ssr=SsrMode::Async />
            <Route path=path!("/datasets/:id") view=datasets::DetailPage ssr=SsrMode::Async />
            <Route path=path!("/datasets/:id/delete") view=datasets::DeletePage ssr=SsrMode::Async />
            <Route path=path!("/webhooks") view=webhooks::ListPage ssr=SsrMode::Async />
            <Route path=path!("/webhooks/:id") view=webhooks::DetailPage ssr=SsrMode::Async />
            <Route path=path!("/webhooks/:id/delete") view=webhooks::DeletePage ssr=SsrMode::Async />
            <Route path=path!("/login") view=access::LoginPage ssr=SsrMode::Async />
            <Route path=path!("/invitation") view=access::InvitationPage ssr=SsrMode::Async />
            <Route path=path!("/access") view=access::AccountPage ssr=SsrMode::Async />
            <Route path=path!("/access/tokens") view=access::TokensPage ssr=SsrMode::Async />
            <Route path=path!("/access/members") view=access::MembersPage ssr=SsrMode::Async />
            <Route path=path!("/access/members/:id/delete") view=access::RemovePage ssr=SsrMode::Async />
            <Route path=path!("/access/audit") view=access::AuditPage ssr=SsrMode::Async />
            <Route path=path!("/deals/import") view=crm_import::ImportPage ssr=SsrMode::Async />
            <Route path=path!("/deals/import/:key") view=crm_import::PreviewPage ssr=SsrMode::Async />
            <Route path=path!("/board") view=crm::BoardPage ssr=SsrMode::Async />
            <Route path=path!("/deals/new") view=crm::NewDealPage ssr=SsrMode::Async />
            <Route path=path!("/deals/bulk") view=crm::BulkDeletePage ssr=SsrMode::Async />
            <Route path=path!("/deals/:id") view=crm::DealPage ssr=SsrMode::Async />
            <Route path=path!("/deals/:id/edit") view=crm::EditDealPage ssr=SsrMode::Async />
            <Route path=path!("/deals/:id/delete") view=crm::DeleteDealPage ssr=SsrMode::Async />
            <Route path=path!("/settings/deals") view=crm::SettingsPage ssr=SsrMode::Async />
            <Route path=path!("/data") view=OverviewPage ssr=SsrMode::Async />
            <Route path=path!("/data/:table") view=RowsPage ssr=SsrMode::Async />
            <Route path=path!("/connectors/:name/mapping") view=MappingPage ssr=SsrMode::Async />
            <Route path=path!("/connectors/:name/quality") view=QualityPage ssr=SsrMode::Async />
        </FlatRoutes>
    }
}

/// What stands where a form could not be carried out.
#[component]
pub(crate) fn RefusedPage(refused: Refused) -> impl IntoView {
    let title = say("Cette demande n'a pas abouti", "This request did not go through");
    view! {
        <Title text=title />
        <h1 class="visually-hidden">{title}</h1>
        <Notice tone=Tone::Bad title=title lines=refused.fault.lines()>
            <a class="button" href=refused.back>
                {say("Revenir", "Go back")}
            </a>
        </Notice>
    }
}

/// What stands where a run, a preview or a source is not there, with the way `back`.
pub(crate) fn not_there(fault: Fault, back: &str) -> AnyView {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
    let refused = Refused { fault, back: back.to_owned() };
    view! { <RefusedPage refused=refused /> }.into_any()
}

/// The number in the address; one that is none is no run and no preview.
fn number_in_address(name: &str) -> Option<i64> {
    use_params_map().read_untracked().get(name)?.parse().ok()
}

/// How many entries come before those that are shown.
pub(crate) fn entries_before(name: &str) -> u32 {
    use_query_map().read_untracked().get(name).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The use cases.
pub(crate) fn hub() -> Result<hub::Hub, Fault> {
    use_context().ok_or_else(|| Fault {
        message: crate::i18n::texts().faults.unreachable.to_owned(),
        hint: None,
        running: None,
    })
}

/// A use case's refusal in the reader's language.
pub(crate) fn told(error: hub::Error) -> Fault {
    crate::api::server::fault(&error, crate::i18n::lang())
}
