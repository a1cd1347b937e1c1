//! Sites for tests: the default content, or one written in a string.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod hostile;
#[cfg(feature = "serve")]
pub mod http;
pub mod numbers;
pub mod outline;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tongwen::diagnostic::Style;
use tongwen::io::read_tree;
use tongwen::pipeline::{self, Loaded, Overrides};
use tongwen::render::Renderer;
use tongwen::source::{Entry, Tree};

/// The project's own folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a tree from one string: each file follows a line `-- path --`.
pub fn tree(text: &str) -> Tree {
    let mut tree = Tree::default();
    let mut path = None;
    let mut body = String::new();
    for line in text.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        if let Some(name) = name {
            if let Some(path) = path.replace(name.to_owned()) {
                tree.insert(path, std::mem::take(&mut body).into_bytes());
            }
        } else {
            body.push_str(line);
        }
    }
    if let Some(path) = path {
        tree.insert(path, body.into_bytes());
    }
    tree
}

/// The smallest site there is, for tests to add to: files of the same path
/// replace these.
pub fn small_site(more: &str) -> Tree {
    let mut site = tree(
        r#"
-- content/site.toml --
title = "示範網站"
description = "示範。"
base_url = "https://example.org/"
-- content/demo/memorandum.toml --
id = "demo"
title = "示範備忘錄"
signed = 2021-11-29
-- content/demo/01-finance.toml --
id = "finance"
number = 1
title = "金融"

[[measures]]
number = "1.1"
text = "支持金融機構參與建設。"
"#,
    );
    site.files.extend(tree(more).files);
    site
}

/// The sites in `tests/documents/`, one for each structure that a document may
/// have, by the name of its file. A digest `?` is that of the file above it.
pub fn documents() -> Vec<(String, Tree)> {
    let folder = root().join("tests/documents");
    let mut found: Vec<(String, Tree)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, with_digests(tree(&std::fs::read_to_string(path).unwrap())))
        })
        .collect();
    found.sort_by(|one, next| one.0.cmp(&next.0));
    found
}

/// The text of a file of a tree.
pub fn text_of(tree: &Tree, path: &str) -> String {
    let Entry::Bytes(bytes) = &tree.files[path] else { panic!("`{path}` is small") };
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn with_digests(mut tree: Tree) -> Tree {
    let heads: Vec<String> =
        tree.files.keys().filter(|path| path.ends_with("/memorandum.toml")).cloned().collect();
    for path in heads {
        let mut head = text_of(&tree, &path);
        while let Some(at) = head.find("sha256 = \"?\"") {
            let file = head[..at].rsplit("file = \"").next().unwrap();
            let file = file.split('"').next().unwrap();
            let digest = sha256(&text_of(&tree, file));
            head.replace_range(at.., &head[at..].replacen('?', &digest, 1));
        }
        tree.insert(path, head.into_bytes());
    }
    tree
}

/// Every file of a site, rendered.
pub type Pages = BTreeMap<String, Vec<u8>>;

/// Renders a site that has no mistakes.
pub fn render(tree: &Tree) -> Pages {
    render_with(tree, &Overrides::default())
}

/// Renders a site that has no mistakes, with versions or other circumstances.
pub fn render_with(tree: &Tree, overrides: &Overrides) -> Pages {
    let Loaded { sources, diagnostics, site } = pipeline::load(tree, overrides);
    let Some(site) = site else { panic!("{}", diagnostics.render(&sources, Style::Plain)) };
    let renderer = Renderer::new(&site.library, &site.theme);
    let pages = Mutex::new(Pages::new());
    let result = pipeline::render_all(&renderer, |file| {
        pages.lock().unwrap().insert(file.path, file.bytes);
        Ok(())
    });
    if let Err(pipeline::Stopped::Mistakes(diagnostics)) = result {
        panic!("{}", diagnostics.render(&sources, Style::Plain));
    }
    pages.into_inner().unwrap()
}

/// One page of a site as text.
pub fn page(pages: &Pages, path: &str) -> String {
    let bytes = pages.get(path).unwrap_or_else(|| panic!("there is no `{path}`"));
    String::from_utf8(bytes.clone()).unwrap()
}

/// What loading and rendering a site says, as the command line shows it.
pub fn mistakes(tree: &Tree) -> String {
    let Loaded { sources, mut diagnostics, site } = pipeline::load(tree, &Overrides::default());
    if let Some(site) = site {
        let renderer = Renderer::new(&site.library, &site.theme);
        if let Err(pipeline::Stopped::Mistakes(found)) = pipeline::render_all(&renderer, |_| Ok(()))
        {
            diagnostics.append(found);
        }
    }
    diagnostics.render(&sources, Style::Plain)
}

/// A copy of the default content that a test may change.
pub fn copy_of_the_default_site() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for folder in ["content", "seeds", "static"] {
        for (path, bytes) in files(&root().join(folder)) {
            let target = copy.path().join(folder).join(path);
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::write(target, bytes).unwrap();
        }
    }
    copy
}

/// Writes the small site into a folder, with an explainer page.
pub fn copy_of_a_small_site(folder: &Path) {
    let page = "-- content/pages/about.md --\n+++\ntitle = \"關於\"\n+++\n文\n";
    for (path, entry) in small_site(page).files {
        let Entry::Bytes(bytes) = entry else { panic!("`{path}` is small") };
        let target = folder.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
}

/// The default content, rendered once a test file.
pub fn default_site() -> &'static Pages {
    static PAGES: std::sync::OnceLock<Pages> = std::sync::OnceLock::new();
    PAGES.get_or_init(|| render(&read_tree(&root()).unwrap()))
}

/// Every file below a folder with its bytes, the tool's own left out.
pub fn files(folder: &Path) -> Pages {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (below, std::fs::read(entry.path()).unwrap())
        })
        .filter(|(path, _)| !path.starts_with('.'))
        .collect()
}

/// Writes a file as careful editors do: whole, in one moment. A preview that
/// reads a file while it is written would rightly find fault with the half.
pub fn save(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
    let path = path.as_ref();
    let name = path.file_name().unwrap().to_str().unwrap();
    let aside = path.with_file_name(format!(".{name}.new"));
    std::fs::write(&aside, bytes).unwrap();
    std::fs::rename(&aside, path).unwrap();
}
