//! One mistake, one message: what follows from a mistake is not told beside it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{mistakes, root};
use tongwen::io::read_tree;
use tongwen::source::{Entry, Tree};

const AREA: &str = "content/hubei-2021/04-trade-investment.toml";
const HEAD: &str = "content/hubei-2021/memorandum.toml";
const STRINGS: &str = "themes/default/strings.toml";
const ENTITIES: &str = "content/entities.toml";

fn text(tree: &Tree, path: &str) -> String {
    let Some(Entry::Bytes(bytes)) = tree.files.get(path) else { panic!("no `{path}`") };
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn edit(tree: &mut Tree, path: &str, from: &str, to: &str) {
    let text = text(tree, path);
    assert!(text.contains(from), "`{from}` is not in `{path}`");
    tree.insert(path, text.replacen(from, to, 1).into_bytes());
}

/// The area's file with its measures in another order, or without some.
fn measures(tree: &mut Tree, order: &[usize]) {
    let whole = text(tree, AREA);
    let mut parts = whole.split("[[measures]]");
    let head = parts.next().unwrap();
    let parts: Vec<&str> = parts.collect();
    let chosen = order.iter().map(|at| format!("[[measures]]{}", parts[*at]));
    let chosen: String = std::iter::once(head.to_owned()).chain(chosen).collect();
    tree.insert(AREA, chosen.into_bytes());
}

fn copy(tree: &mut Tree, from: &str, to: &str) {
    let copied = text(tree, from);
    tree.insert(to, copied.into_bytes());
}

/// A mistake in the site of the 2021 memorandum.
type Mistake = (&'static str, fn(&mut Tree));

const MISTAKES: &[Mistake] = &[
    ("duplicate-id", |tree| copy(tree, ENTITIES, "content/entities/again.toml")),
    ("duplicate-id", |tree| {
        let twice = text(tree, ENTITIES).repeat(2);
        tree.insert(ENTITIES, twice.into_bytes());
    }),
    ("duplicate-name", |tree| {
        let again = text(tree, ENTITIES).replace("id = \"", "id = \"x-");
        tree.insert("content/entities/again.toml", again.into_bytes());
    }),
    ("toml-syntax", |tree| edit(tree, ENTITIES, "\"", "")),
    ("id-differs-from-folder", |tree| {
        let files: Vec<_> =
            tree.below("content/hubei-2021/").map(|(path, _)| path.to_owned()).collect();
        for path in files {
            let entry = tree.files.remove(&path).unwrap();
            tree.files.insert(path.replace("hubei-2021", "hubei"), entry);
        }
    }),
    ("id-differs-from-folder", |tree| edit(tree, HEAD, "\"hubei-2021\"", "\"hubei\"")),
    ("missing-file", |tree| drop(tree.files.remove(HEAD))),
    ("duplicate-id", |tree| copy(tree, AREA, "content/hubei-2021/04b.toml")),
    ("gap-in-numbering", |tree| drop(tree.files.remove(AREA))),
    ("number-of-another-area", |tree| edit(tree, AREA, "number = 4", "number = 14")),
    ("number-of-another-area", |tree| edit(tree, AREA, "number = 4", "number = 5")),
    ("gap-in-numbering", |tree| edit(tree, AREA, "\"4.2\"", "\"4.7\"")),
    ("gap-in-numbering", |tree| measures(tree, &[0, 2, 3])),
    ("gap-in-numbering", |tree| measures(tree, &[1, 2, 3])),
    ("gap-in-numbering", |tree| measures(tree, &[1, 0, 2, 3])),
    ("unknown-key", |tree| {
        let text = text(tree, AREA).replace("[[measures]]", "[[measure]]");
        tree.insert(AREA, text.into_bytes());
    }),
    ("unknown-key", |tree| edit(tree, AREA, "text =", "txt =")),
    ("unknown-key", |tree| edit(tree, HEAD, "preamble =", "preambel =")),
    ("missing-source", |tree| drop(tree.files.remove("seeds/hubei-2021.txt"))),
    ("missing-string", |tree| {
        let all = text(tree, STRINGS);
        let hans = all.find("\n[hans]\n").unwrap();
        tree.insert(STRINGS, all.as_bytes()[..hans].to_vec());
    }),
    ("missing-string", |tree| edit(tree, STRINGS, "\n[hans]\n", "\n[hant.hans]\n")),
    ("missing-string", |tree| edit(tree, STRINGS, "\n[hans]\n", "\n[zhs]\n")),
    ("missing-string", |tree| edit(tree, STRINGS, "\n[hant]\n", "\n")),
    ("missing-string", |tree| edit(tree, STRINGS, "[hant.kinds]", "[kinds]")),
    ("missing-string", |tree| edit(tree, STRINGS, "[hant.kinds]", "[hant.kins]")),
    ("missing-string", |tree| edit(tree, STRINGS, "copied =", "copyed =")),
    ("missing-string", |tree| {
        let gone = text(tree, STRINGS).replace("copied =", "#copied =");
        tree.insert(STRINGS, gone.into_bytes());
    }),
    ("empty-text", |tree| edit(tree, STRINGS, "copied = \"已複製\"", "copied = \"\"")),
    ("wrong-type", |tree| edit(tree, STRINGS, "copied = \"已複製\"", "copied = 1")),
    ("idle-string", |tree| {
        let more = text(tree, STRINGS).replace("\nskip =", "\nleapt = \"略\"\nskip =");
        tree.insert(STRINGS, more.into_bytes());
    }),
    ("idle-template", |tree| {
        tree.insert("themes/default/templates/mesure.html", b"<p></p>".to_vec());
    }),
    ("template-error", |tree| {
        edit(tree, "themes/default/templates/area.html", "{% block page", "{% block pgae");
    }),
    ("missing-string", |tree| {
        edit(tree, "themes/default/templates/search.html", "strings.search }}", "strings.serch }}");
    }),
    ("differs-from-source", |tree| edit(tree, AREA, "支持港資", "支持巷資")),
];

#[test]
fn one_mistake_is_told_once() {
    let tree = read_tree(&root()).unwrap();
    let mut told = String::new();
    for (number, (code, mistake)) in MISTAKES.iter().enumerate() {
        let mut tree = tree.clone();
        mistake(&mut tree);
        let all = mistakes(&tree);
        let count = all.matches("error[").count() + all.matches("warning[").count();
        assert!(count == 1 && all.contains(&format!("[{code}]")), "{number} {code}:\n{all}");
        told.push_str(&all);
        told.push('\n');
    }
    insta::with_settings!({
        snapshot_path => "golden/mistakes",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("one-message", told) });
}
