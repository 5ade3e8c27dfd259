//! Import and export: the buttons, the progress and the account.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::Direction;
use model::access::Right;

use super::board::Board;
use super::bridge::Bridge;
use super::summary::Summary;
use crate::api::sync::StartSync;
use crate::components::{BusyButton, Glyph, Icon};
use crate::format;
use crate::i18n::{lang, texts};
use crate::permitted::permitted;

/// The card of syncs.
#[component]
pub(super) fn SyncPanel(
    /// The panel's state.
    board: Board,
    /// The connector's id.
    provider: String,
    /// The service's name.
    name: String,
) -> impl IntoView {
    let (t, lang) = (texts(), lang());
    let hint_id = format!("{provider}-configure-first");
    let is_configured = Signal::derive(move || board.connection.read().config.configured);
    let direction = Memo::new(move |_| board.running.read().as_ref().map(|running| running.direction));
    let described_by = Signal::derive({
        let hint_id = hint_id.clone();
        move || (!is_configured.get()).then(|| hint_id.clone())
    });
    let busy = |which| Signal::derive(move || direction.get() == Some(which));
    let disabled = |which| {
        Signal::derive(move || {
            !is_configured.get() || direction.get().is_some_and(|running| running != which)
        })
    };
    let preview = {
        let provider = provider.clone();
        move |which: Direction, label| {
            view! {
                <button
                    class="button button--quiet"
                    formaction=format!("/preview/{provider}/{}", which.word())
                    disabled=move || !is_configured.get() || direction.get().is_some()
                >
                    {label}
                </button>
            }
            .into_any()
        }
    };
    let on_submit = move |event: SubmitEvent| {
        // A preview is a page of its own.
        if event.submitter().is_some_and(|button| button.has_attribute("formaction")) {
            return;
        }
        event.prevent_default();
        let pressed = event.submitter().and_then(|button| button.get_attribute("value"));
        let Some(wanted) = pressed.as_deref().and_then(Direction::from_word) else { return };
        if direction.get_untracked().is_none() {
            board.start(wanted);
        }
    };
    let progress = move || {
        board.running.get().map(|running| {
            let processed = format::number(running.processed, lang);
            // A rate is a whole positive number of records.
            let rate = format::number(running.rate.max(0.0) as u64, lang);
            let seconds = running.remaining_seconds;
            let remaining =
                seconds.map(|seconds| format::duration(seconds * 1_000, lang)).unwrap_or_default();
            let told = (t.sync.progress)(running.writing, &processed, &rate, &remaining);
            let label = if running.cancelling { t.sync.cancelling } else { t.sync.cancel };
            view! {
                <div class="sync__progress">
                    <p>{told}</p>
                    <button
                        type="button"
                        class="button button--quiet"
                        disabled=running.cancelling || running.run_id.is_none()
                        on:click=move |_| board.cancel()
                    >
                        <Icon glyph=Glyph::Stop />
                        {label}
                    </button>
                </div>
            }
            .into_any()
        })
    };
    let part = view! {
        <section class="card sync">
            <div class="card__head">
                <h2>{t.sync.title}</h2>
            </div>
            <Bridge board=board service=name.clone() />
            <form class="sync__buttons" method="post" action=StartSync::url() on:submit=on_submit>
                <input type="hidden" name="provider" value=provider />
                <BusyButton
                    label=(t.sync.import)(&name)
                    busy_label=t.sync.importing
                    glyph=Glyph::Import
                    look="button--primary"
                    name="direction"
                    value=Direction::Import.word()
                    busy=busy(Direction::Import)
                    disabled=disabled(Direction::Import)
                    described_by=described_by
                />
                <BusyButton
                    label=(t.sync.export)(&name)
                    busy_label=t.sync.exporting
                    glyph=Glyph::Export
                    name="direction"
                    value=Direction::Export.word()
                    busy=busy(Direction::Export)
                    disabled=disabled(Direction::Export)
                    described_by=described_by
                />
                <div class="sync__previews">
                    {preview(Direction::Import, t.sync.preview_import)}
                    {preview(Direction::Export, t.sync.preview_export)}
                </div>
            </form>
            <p class="sync__hint" id=hint_id hidden=move || is_configured.get()>
                <Icon glyph=Glyph::Info />
                {t.sync.configure_first}
            </p>
            {progress}
            <div class="sync__outcome" role="status">
                <Summary ended=board.ended />
            </div>
        </section>
    }
    .into_any();
    permitted(Right::Run, part)
}
