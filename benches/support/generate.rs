//! Sites of any size, always the same for the same size.
//!
//! Memoranda of 52 measures in 13 areas with the default content's own texts,
//! each opening with an organisation of its memorandum, so that entities,
//! mentions and references grow with the site as they would in a real one.

use tongwen::library::Library;
use tongwen::pipeline::{self, Overrides};
use tongwen::source::Tree;

const AREAS: usize = 13;
const MEASURES: usize = 4;

/// Organisations of one memorandum; each is named in so many of its measures.
const ORGANISATIONS: usize = AREAS;

const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

/// A site of so many measures, from the default content.
pub fn site(default: &Tree, measures: usize) -> Tree {
    let loaded = pipeline::load(default, &Overrides::default());
    let library = loaded.site.expect("the default content has no mistakes").library;
    let mut tree = Tree::default();
    tree.insert(
        "content/site.toml",
        "title = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n"
            .as_bytes(),
    );
    let mut entities = String::new();
    let mut rest = measures;
    let mut memorandum = 0;
    while rest > 0 {
        rest -= add_memorandum(&mut tree, &library, memorandum, rest);
        for organisation in 0..ORGANISATIONS {
            let name = organisation_name(memorandum, organisation);
            entities.push_str(&format!(
                "[[entities]]\nid = \"o{memorandum}-{organisation}\"\n\
                 kind = \"organisation\"\nname = \"{name}\"\n\n"
            ));
        }
        memorandum += 1;
    }
    tree.insert("content/entities.toml", entities.into_bytes());
    for page in 0..3 {
        let text = format!(
            "+++\ntitle = \"說明{page}\"\n+++\n\n參見[措施](measure:m0/1.{})。\n",
            page + 1
        );
        tree.insert(format!("content/pages/page-{page}.md"), text.into_bytes());
    }
    tree
}

/// Adds a memorandum of at most so many measures; tells how many it has.
fn add_memorandum(tree: &mut Tree, library: &Library, number: usize, most: usize) -> usize {
    let real = &library.memoranda[0];
    let head = format!(
        "id = \"m{number}\"\ntitle = \"第{number}號合作備忘錄\"\nsigned = {}-11-29\n\
         parties = [\"甲方\", \"乙方\"]\npreamble = [\"{}\"]\n",
        1900 + number % 200,
        real.preamble[0].text.hant,
    );
    tree.insert(format!("content/m{number}/memorandum.toml"), head.into_bytes());
    let mut done = 0;
    for area in 0..AREAS {
        if done == most {
            break;
        }
        let shown = area + 1;
        let title = &real.areas[area % real.areas.len()].title.text.hant;
        let mut text = format!("id = \"a{shown}\"\nnumber = {shown}\ntitle = \"{title}\"\n");
        for measure in 0..MEASURES.min(most - done) {
            let from = &real.measures[(area * MEASURES + measure + number) % real.measures.len()];
            let organisation = organisation_name(number, (area + measure) % ORGANISATIONS);
            text.push_str(&format!(
                "\n[[measures]]\nnumber = \"{shown}.{}\"\nlabel = \"措施{}\"\n\
                 text = \"{organisation}牽頭，{}\"\nrelated = [\"1.1\"]\n",
                measure + 1,
                measure + 1,
                from.text.text.hant,
            ));
            if (area, measure) == (0, 0) {
                text = text.replace("related = [\"1.1\"]\n", "");
            }
            done += 1;
        }
        tree.insert(format!("content/m{number}/{shown:02}.toml"), text.into_bytes());
    }
    done
}

/// A name that is no part of another.
fn organisation_name(memorandum: usize, organisation: usize) -> String {
    let number = memorandum * ORGANISATIONS + organisation;
    let digits = [10_000, 1000, 100, 10, 1].map(|place| STEMS[number / place % 10]);
    format!("{}發展中心", String::from_iter(digits))
}
