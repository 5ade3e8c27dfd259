//! Outline icons of Lucide (ISC licence), drawn inline so that they take the colour of their text.

use leptos::prelude::*;

use super::Drawing;

/// The icons there are; what only pages of the server show is kept out of what a browser loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    Alert,
    ArrowRight,
    ChevronDown,
    #[cfg(feature = "ssr")]
    ChevronLeft,
    #[cfg(feature = "ssr")]
    ChevronRight,
    Check,
    #[cfg(feature = "ssr")]
    Close,
    Cross,
    Export,
    Import,
    Info,
    Moon,
    Pause,
    Plug,
    #[cfg(feature = "ssr")]
    Pencil,
    #[cfg(feature = "ssr")]
    Plus,
    #[cfg(feature = "ssr")]
    Search,
    Simulator,
    Spinner,
    Stop,
    Sun,
    Warning,
}

impl Glyph {
    fn outline(self) -> &'static str {
        match self {
            Glyph::Alert => r#"<circle cx="12" cy="12" r="10"/><path d="M12 8v4"/><path d="M12 16h.01"/>"#,
            Glyph::ArrowRight => r#"<path d="M5 12h14"/><path d="m12 5 7 7-7 7"/>"#,
            Glyph::ChevronDown => r#"<path d="m6 9 6 6 6-6"/>"#,
            #[cfg(feature = "ssr")]
            Glyph::ChevronLeft => r#"<path d="m15 18-6-6 6-6"/>"#,
            #[cfg(feature = "ssr")]
            Glyph::ChevronRight => r#"<path d="m9 18 6-6-6-6"/>"#,
            Glyph::Check => r#"<circle cx="12" cy="12" r="10"/><path d="m16 9-5.5 5.5L8 12"/>"#,
            #[cfg(feature = "ssr")]
            Glyph::Close => r#"<path d="M18 6 6 18"/><path d="m6 6 12 12"/>"#,
            Glyph::Cross => r#"<circle cx="12" cy="12" r="10"/><path d="m15 9-6 6"/><path d="m9 9 6 6"/>"#,
            Glyph::Export => {
                r#"<path d="M12 3v12"/><path d="m17 8-5-5-5 5"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/>"#
            }
            Glyph::Import => {
                r#"<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>"#
            }
            Glyph::Info => r#"<circle cx="12" cy="12" r="10"/><path d="M12 16v-4"/><path d="M12 8h.01"/>"#,
            Glyph::Moon => {
                r#"<path d="M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401"/>"#
            }
            Glyph::Pause => r#"<circle cx="12" cy="12" r="10"/><path d="M10 15V9"/><path d="M14 15V9"/>"#,
            Glyph::Plug => {
                r#"<path d="M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Z"/><path d="m2 22 3-3"/><path d="M7.5 13.5 10 11"/><path d="M10.5 16.5 13 14"/><path d="m18 3-4 4h6l-4 4"/>"#
            }
            #[cfg(feature = "ssr")]
            Glyph::Pencil => {
                r#"<path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"/><path d="m15 5 4 4"/>"#
            }
            #[cfg(feature = "ssr")]
            Glyph::Plus => r#"<path d="M5 12h14"/><path d="M12 5v14"/>"#,
            #[cfg(feature = "ssr")]
            Glyph::Search => r#"<path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/>"#,
            Glyph::Simulator => {
                r#"<path d="M14 2v6a2 2 0 0 0 .245.96l5.51 10.08A2 2 0 0 1 18 22H6a2 2 0 0 1-1.755-2.96l5.51-10.08A2 2 0 0 0 10 8V2"/><path d="M6.453 15h11.094"/><path d="M8.5 2h7"/>"#
            }
            Glyph::Spinner => r#"<path d="M21 12a9 9 0 1 1-6.219-8.56"/>"#,
            Glyph::Stop => {
                r#"<circle cx="12" cy="12" r="10"/><rect x="9" y="9" width="6" height="6" rx="1"/>"#
            }
            Glyph::Sun => {
                r#"<circle cx="12" cy="12" r="4"/><path d="M12 2v2"/><path d="M12 20v2"/><path d="m4.93 4.93 1.41 1.41"/><path d="m17.66 17.66 1.41 1.41"/><path d="M2 12h2"/><path d="M20 12h2"/><path d="m6.34 17.66-1.41 1.41"/><path d="m19.07 4.93-1.41 1.41"/>"#
            }
            Glyph::Warning => {
                r#"<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>"#
            }
        }
    }
}

/// An icon.
#[component]
pub(crate) fn Icon(
    /// Which one.
    glyph: Glyph,
) -> impl IntoView {
    let class = if glyph == Glyph::Spinner { "icon icon--spinning" } else { "icon" };
    view! { <Drawing class=class view_box="0 0 24 24" shapes=glyph.outline() /> }
}
