//! `site.webmanifest`: what an edition is called, and its icons, where a reader puts
//! it among a device's applications.

use serde_json::json;

use crate::library::Library;
use crate::model::Edition;

/// An edition's manifest. Its addresses are relative to its own, so that it holds
/// at any base path.
pub(super) fn manifest(library: &Library, edition: Edition) -> Vec<u8> {
    let manifest = json!({
        "name": library.title.text[edition],
        "description": library.description.text[edition],
        "lang": edition.language(),
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "icons": [
            { "src": "../assets/icon.svg", "type": "image/svg+xml", "sizes": "any" },
            { "src": "../assets/touch-icon.png", "type": "image/png", "sizes": "180x180" },
        ],
    });
    let mut bytes = serde_json::to_vec_pretty(&manifest).expect("its keys are strings");
    bytes.push(b'\n');
    bytes
}
