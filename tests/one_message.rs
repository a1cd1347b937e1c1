//! One mistake, one message: what follows from a mistake is not told beside it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{documents, mistakes, root, sha256, small_site, text_of};
use tongwen::io::read_tree;
use tongwen::source::Tree;

const AREA: &str = "content/hubei-2021/04-trade-investment.toml";
const HEAD: &str = "content/hubei-2021/memorandum.toml";
const STRINGS: &str = "themes/default/strings.toml";
const ENTITIES: &str = "content/entities.toml";

fn edit(tree: &mut Tree, path: &str, from: &str, to: &str) {
    let text = text_of(tree, path);
    assert!(text.contains(from), "`{from}` is not in `{path}`");
    tree.insert(path, text.replacen(from, to, 1).into_bytes());
}

/// The area's file with its measures in another order, or without some.
fn measures(tree: &mut Tree, order: &[usize]) {
    let whole = text_of(tree, AREA);
    let mut parts = whole.split("[[measures]]");
    let head = parts.next().unwrap();
    let parts: Vec<&str> = parts.collect();
    let chosen = order.iter().map(|at| format!("[[measures]]{}", parts[*at]));
    let chosen: String = std::iter::once(head.to_owned()).chain(chosen).collect();
    tree.insert(AREA, chosen.into_bytes());
}

fn copy(tree: &mut Tree, from: &str, to: &str) {
    let copied = text_of(tree, from);
    tree.insert(to, copied.into_bytes());
}

/// A mistake in the site of the 2021 memorandum.
type Mistake = (&'static str, fn(&mut Tree));

const MISTAKES: &[Mistake] = &[
    ("duplicate-id", |tree| copy(tree, ENTITIES, "content/entities/again.toml")),
    ("duplicate-id", |tree| {
        let twice = text_of(tree, ENTITIES).repeat(2);
        tree.insert(ENTITIES, twice.into_bytes());
    }),
    ("duplicate-name", |tree| {
        let again = text_of(tree, ENTITIES).replace("id = \"", "id = \"x-");
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
        let text = text_of(tree, AREA).replace("[[measures]]", "[[measure]]");
        tree.insert(AREA, text.into_bytes());
    }),
    ("unknown-key", |tree| edit(tree, AREA, "text =", "txt =")),
    ("unknown-key", |tree| edit(tree, HEAD, "preamble =", "preambel =")),
    ("missing-source", |tree| drop(tree.files.remove("seeds/hubei-2021.txt"))),
    ("missing-string", |tree| {
        let all = text_of(tree, STRINGS);
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
        let gone = text_of(tree, STRINGS).replace("copied =", "#copied =");
        tree.insert(STRINGS, gone.into_bytes());
    }),
    ("empty-text", |tree| edit(tree, STRINGS, "copied = \"已複製\"", "copied = \"\"")),
    ("wrong-type", |tree| edit(tree, STRINGS, "copied = \"已複製\"", "copied = 1")),
    ("idle-string", |tree| {
        let more = text_of(tree, STRINGS).replace("\nskip =", "\nleapt = \"略\"\nskip =");
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

/// A regulation by its chapters: what they are called, and their articles.
type Regulation = Vec<(&'static str, Vec<&'static str>)>;

/// Something done to a regulation that its source, or its content, does not know.
type Change = (&'static str, fn(&mut Regulation));

const ARTICLE: &str = "各單位不得拒絕登記其持有的數據。";

const CHANGES: &[Change] = &[
    ("one removed", |all| {
        all[0].1.remove(1);
    }),
    ("the first removed", |all| {
        all[0].1.remove(0);
    }),
    ("the last of a chapter removed", |all| {
        all[1].1.remove(3);
    }),
    ("the last removed", |all| {
        all[2].1.remove(3);
    }),
    ("two together removed", |all| drop(all[0].1.drain(1..3))),
    ("one added", |all| all[1].1.insert(2, ARTICLE)),
    ("one added before all", |all| all[0].1.insert(0, ARTICLE)),
    ("one added after all", |all| all[2].1.push(ARTICLE)),
    ("neighbours exchanged", |all| all[1].1.swap(1, 2)),
    ("the first and last of a chapter exchanged", |all| all[1].1.swap(0, 3)),
    ("two of other chapters exchanged", |all| {
        let (first, third) = (all[0].1[1], all[2].1[1]);
        (all[0].1[1], all[2].1[1]) = (third, first);
    }),
    ("one moved on", |all| {
        let moved = all[0].1.remove(1);
        all[1].1.push(moved);
    }),
    ("one moved back", |all| {
        let moved = all[2].1.remove(1);
        all[0].1.insert(0, moved);
    }),
    ("two together moved", |all| {
        let moved: Vec<_> = all[0].1.drain(1..3).collect();
        all[2].1.splice(1..1, moved);
    }),
    ("chapters exchanged", |all| all.swap(0, 1)),
    ("a chapter removed", |all| drop(all.remove(1))),
    ("one character", |all| all[1].1[1] = "各單位應當在三十天內登記其持有的公共數據。"),
];

fn regulation() -> Regulation {
    vec![
        (
            "總則",
            vec![
                "為規範公共數據的管理，制定本條例。",
                "本市行政區域內的公共數據適用本條例。",
                "公共數據管理應當遵循統籌規劃、依法開放的原則。",
                "市政府設立公共數據管理機構，負責統籌協調。",
            ],
        ),
        (
            "目錄",
            vec![
                "數據管理機構應當編製公共數據目錄。",
                "各單位應當在三十日內登記其持有的公共數據。",
                "登記的內容包括名稱、來源、更新頻率和開放類型。",
                "數據應當按照目錄更新。\n\n更新不及時的，由數據管理機構責令改正。",
            ],
        ),
        (
            "開放",
            vec![
                "公共數據分為無條件開放、有條件開放和不予開放三類。",
                "有條件開放的數據，申請人應當說明用途。",
                "數據管理機構應當自收到申請之日起十個工作日內作出答覆。",
                "本條例自公布之日起施行。",
            ],
        ),
    ]
}

/// A site with one regulation as content and another as its source.
fn regulated(content: &Regulation, source: &Regulation) -> Tree {
    const NUMERALS: [&str; 14] = [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    ];
    let mut printed = "示範條例\n".to_owned();
    let mut articles = NUMERALS.iter();
    for ((title, texts), chapter) in source.iter().zip(NUMERALS) {
        printed.push_str(&format!("第{chapter}章　{title}\n"));
        for text in texts {
            let (number, text) = (articles.next().unwrap(), text.replace("\n\n", "\n"));
            printed.push_str(&format!("第{number}條　{text}\n"));
        }
    }
    let mut site = format!(
        "-- seeds/demo.txt --\n{printed}-- content/demo/memorandum.toml --\nid = \"demo\"\nkind = \"regulation\"\ntitle = \"示範條例\"\n[numbering]\narea = \"第{{一}}章\"\nmeasure = \"第{{一}}條\"\nmeasure_within = \"document\"\n[source]\nfile = \"seeds/demo.txt\"\nsha256 = \"{}\"\n",
        sha256(&printed)
    );
    for ((title, texts), id) in content.iter().zip(["finance", "second", "third"]) {
        let place = if id == "finance" { "01-finance" } else { id };
        site.push_str(&format!(
            "-- content/demo/{place}.toml --\nid = \"{id}\"\ntitle = \"{title}\"\n"
        ));
        for text in texts {
            site.push_str(&format!("[[measures]]\ntext = \"\"\"\n{text}\"\"\"\n"));
        }
    }
    small_site(&site)
}

fn count(told: &str) -> usize {
    told.matches("error[").count() + told.matches("warning[").count()
}

/// A measure that is missing, too many or elsewhere changes the numbers of all
/// after it: that is still one mistake, on whichever side it is.
#[test]
fn a_measure_out_of_its_place_is_told_once() {
    let right = regulation();
    assert_eq!(mistakes(&regulated(&right, &right)), "");
    let mut all = String::new();
    for (name, change) in CHANGES {
        let mut changed = regulation();
        change(&mut changed);
        for (side, site) in
            [("content", regulated(&changed, &right)), ("source", regulated(&right, &changed))]
        {
            let told = mistakes(&site);
            assert_eq!(count(&told), 1, "{name} in the {side}:\n{told}");
            all.push_str(&format!("in the {side}, {name}\n\n{told}\n"));
        }
    }
    insta::with_settings!({
        snapshot_path => "golden/mistakes",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("one-message-measures", all) });
}

#[test]
fn a_measure_that_both_official_sources_have_is_told_once() {
    let (_, mut tree) =
        documents().into_iter().find(|(name, _)| name == "official-in-both-scripts").unwrap();
    let path = "content/twin/01-text.toml";
    let whole = text_of(&tree, path);
    let second = whole.find("[[measures]]").unwrap();
    let third = whole[second + 1..].find("[[measures]]").unwrap() + second + 1;
    tree.insert(path, [&whole[..second], &whole[third..]].concat().into_bytes());
    let told = mistakes(&tree);
    assert_eq!(count(&told), 1, "{told}");
}
