//! What stands on top of every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Mark;
use super::language_switch::LanguageSwitch;
use super::theme_switch::ThemeSwitch;
use crate::i18n::texts;

/// Name, navigation, language and theme.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let t = texts();
    let path = use_location().pathname;
    let link = |href: &'static str, rel: Option<&'static str>, label| {
        let current = move || current(&path.read(), href);
        view! {
            <a class="site-nav__link" href=href rel=rel aria-current=current>
                {label}
            </a>
        }
        .into_any()
    };
    view! {
        // Left to the browser, which moves the focus too.
        <a class="skip-link" href="#main" rel="external">
            {t.frame.skip}
        </a>
        <header class="site-header">
            <div class="site-header__inner">
                <a class="brand" href="/" rel="external" aria-label=t.frame.home>
                    <Mark />
                    <span class="brand__name">"Passerelle"</span>
                </a>
                <nav class="site-nav" aria-label=t.frame.navigation>
                    // Pages of the server's own, which the browser does not take over.
                    {link("/", Some("external"), t.frame.deals)}
                    {link("/connectors", None, t.frame.connectors)}
                    {link("/connections", Some("external"), t.frame.connections)}
                </nav>
                <div class="site-header__preferences">
                    <LanguageSwitch />
                    <ThemeSwitch />
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// Whether the page is that of the link, or one that it leads on to.
fn current(path: &str, href: &str) -> Option<&'static str> {
    let leads_on = match href {
        "/" => ["/board", "/deals", "/settings/deals"].iter().any(|part| is_within(path, part)),
        _ => is_within(path, href),
    };
    if path == href { Some("page") } else { leads_on.then_some("true") }
}

fn is_within(path: &str, part: &str) -> bool {
    path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
