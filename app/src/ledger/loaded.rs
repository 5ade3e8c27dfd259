//! A page made of what has to be loaded first.

use leptos::prelude::*;

use super::not_there;
use crate::api::Fault;
use crate::components::ErrorState;

/// The page of what was loaded, or why there is nothing to show.
pub(crate) fn loaded<T: 'static>(
    load: impl Future<Output = Result<T, Fault>> + Send + 'static,
    page: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    drawn(load, page, |fault| view! { <ErrorState fault=fault /> }.into_any())
}

/// The page of the one thing that was asked for, or that it is not there, with the way `back`.
pub(crate) fn found<T: 'static>(
    back: &'static str,
    load: impl Future<Output = Result<T, Fault>> + Send + 'static,
    page: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    drawn(load, page, move |fault| not_there(fault, back))
}

fn drawn<T: 'static>(
    load: impl Future<Output = Result<T, Fault>> + Send + 'static,
    page: impl FnOnce(T) -> AnyView + Send + 'static,
    otherwise: impl FnOnce(Fault) -> AnyView + Send + 'static,
) -> AnyView {
    let drawn = Suspend::new(async move {
        match load.await {
            Ok(told) => page(told),
            Err(fault) => otherwise(fault),
        }
    });
    view! { <Suspense>{drawn}</Suspense> }.into_any()
}
