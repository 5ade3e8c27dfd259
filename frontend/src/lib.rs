//! The browser's side: takes over the page the server rendered, and nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the boot script when the WebAssembly is ready.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
