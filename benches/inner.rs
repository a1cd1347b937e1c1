//! The inner parts, each alone, so that a regression can be placed:
//!
//! ```sh
//! cargo bench --bench inner            # all
//! cargo bench --bench inner -- render  # pages of each kind
//! ```
//!
//! All work on one generated site of 520 measures, held in memory.

#[path = "../examples/generate/names.rs"]
mod names;
#[path = "../examples/generate/pattern.rs"]
mod pattern;
#[path = "../examples/generate/site.rs"]
mod site;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Bencher, Criterion, Throughput};
use tongwen::diagnostic::Diagnostics;
use tongwen::library::{self, Entities, File, Forms, Library, Place, Route, Sheet};
use tongwen::model::{Content, Script};
use tongwen::parse;
use tongwen::pipeline::{self, Overrides, Site};
use tongwen::render::{Renderer, Theme};
use tongwen::script::{Converter, Tongwen};
use tongwen::source::{Sources, Tree};

const MEASURES: usize = 520;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut tree = Tree::default();
    site::generate(MEASURES, &mut |path, text| {
        tree.insert(path, text.as_bytes());
        Ok(())
    })
    .expect("the pattern is in the repository");
    load(&mut criterion, &tree);
    texts(&mut criterion, &Parsed::new(&tree));
    let loaded = pipeline::load(&tree, &Overrides::default());
    let site = loaded.site.expect("a generated site has no mistakes");
    render(&mut criterion, &site);
    criterion.final_summary();
}

/// A site's content and what assembling it needs.
struct Parsed {
    content: Content,
    sources: Sources,
    converter: Arc<Converter>,
    entities: Entities,
}

impl Parsed {
    fn new(tree: &Tree) -> Self {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let content = content(tree, &mut sources, &mut diagnostics);
        let converter = converter(&content);
        let forms = forms(&content, &converter);
        let entities = Entities::new(&content.entities, forms, &mut diagnostics);
        Self { content, sources, converter, entities }
    }

    /// The source text of every measure.
    fn texts(&self) -> Vec<&str> {
        let areas = self.content.memoranda.iter().flat_map(|one| &one.memorandum.areas);
        let measures = areas.flat_map(|area| &area.measures);
        measures.map(|measure| measure.text.source.value.as_str()).collect()
    }
}

/// Everything below `content/`, read in one thread.
fn content(tree: &Tree, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Content {
    let files = parse::files(tree, diagnostics);
    let (site, script) = parse::site(tree, sources, diagnostics);
    Content {
        site,
        lexicon: parse::lexicon(tree, sources, diagnostics).into(),
        entities: parse::entities(&files.entities, script, tree, sources, diagnostics).into(),
        memoranda: files
            .memoranda
            .iter()
            .filter_map(|(folder, files)| {
                parse::memorandum(folder, files, script, tree, sources, diagnostics)
            })
            .map(Arc::new)
            .collect(),
        pages: parse::pages(&files.pages, script, tree, sources, diagnostics),
    }
}

fn forms<'a>(content: &'a Content, converter: &'a Arc<Converter>) -> Forms<'a> {
    Forms { editions: &content.site.editions, converter }
}

fn converter(content: &Content) -> Arc<Converter> {
    Arc::new(Converter::new(Box::new(Tongwen), &content.lexicon, &mut Diagnostics::default()))
}

/// From files to a library. Each figure is of the whole site.
fn load(criterion: &mut Criterion, tree: &Tree) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(30).throughput(Throughput::Elements(MEASURES as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            content(black_box(tree), &mut Sources::default(), &mut Diagnostics::default())
        });
    });
    group.bench_function("theme", |bencher| {
        let name = Parsed::new(tree).content.site.theme;
        bencher.iter(|| {
            Theme::load(&name, tree, &mut Sources::default(), &mut Diagnostics::default())
        });
    });
    group.bench_function("entities and their patterns", |bencher| {
        let Parsed { content, converter, .. } = Parsed::new(tree);
        bencher.iter(|| {
            let forms = forms(&content, &converter);
            Entities::new(black_box(&content.entities), forms, &mut Diagnostics::default())
        });
    });
    group.bench_function("memoranda", |bencher| memoranda(bencher, &Parsed::new(tree)));
    group.bench_function("links and pages", |bencher| {
        bencher.iter_batched(
            || {
                let parsed = Parsed::new(tree);
                (assembled(&parsed), parsed)
            },
            |(memoranda, parsed)| assemble(memoranda, parsed),
            criterion::BatchSize::LargeInput,
        );
    });
    group.bench_function("all of it, in all threads", |bencher| {
        bencher.iter(|| pipeline::load(black_box(tree), &Overrides::default()));
    });
    group.finish();
}

fn memoranda(bencher: &mut Bencher, parsed: &Parsed) {
    bencher.iter(|| black_box(assembled(parsed)));
}

fn assembled(parsed: &Parsed) -> Vec<Arc<library::Memorandum>> {
    let Parsed { content, sources, converter, entities } = parsed;
    let mut diagnostics = Diagnostics::default();
    let memoranda = content.memoranda.iter();
    memoranda
        .map(|one| {
            library::memorandum(one, entities, forms(content, converter), sources, &mut diagnostics)
        })
        .map(Arc::new)
        .collect()
}

fn assemble(memoranda: Vec<Arc<library::Memorandum>>, parsed: Parsed) -> Library {
    let Parsed { content, converter, entities, .. } = parsed;
    let mut diagnostics = Diagnostics::default();
    let Content { site, pages, .. } = &content;
    let forms = forms(&content, &converter);
    library::assemble(site, memoranda, &entities, pages, forms, &mut diagnostics)
}

/// What is done once for every text.
fn texts(criterion: &mut Criterion, parsed: &Parsed) {
    let hant = parsed.texts();
    let source = parsed.content.site.editions.of(Script::Hant);
    let hans: Vec<String> =
        hant.iter().map(|text| parsed.converter.convert(text, Script::Hans).text).collect();
    let mut group = criterion.benchmark_group("texts");
    group.throughput(Throughput::Bytes(hant.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("convert into Simplified script", |bencher| {
        bencher.iter(|| {
            for text in &hant {
                black_box(parsed.converter.convert(text, Script::Hans));
            }
        });
    });
    group.bench_function("convert into Traditional script", |bencher| {
        bencher.iter(|| {
            for text in &hans {
                black_box(parsed.converter.convert(text, Script::Hant));
            }
        });
    });
    group.bench_function("find mentions", |bencher| {
        bencher.iter(|| {
            for text in &hant {
                black_box(parsed.entities.find(text, source));
            }
        });
    });
    group.finish();
}

/// One file of each kind.
fn render(criterion: &mut Criterion, site: &Site) {
    let renderer = Renderer::new(&site.library, &site.theme);
    let edition = site.library.editions.of(Script::Hans);
    let mentions = |entity: &usize| site.library.mentioning(*entity).len();
    let common = (0..site.library.entities.len()).max_by_key(mentions).unwrap_or_default();
    let mut group = criterion.benchmark_group("render");
    for (name, route) in [
        ("home", Place::Home.of(edition)),
        ("memorandum", Place::Memorandum(0, Sheet::Overview).of(edition)),
        ("full text", Place::Memorandum(0, Sheet::Full).of(edition)),
        ("area", Place::Area(0, 0).of(edition)),
        ("measure", Place::Measure(0, 0).of(edition)),
        ("most common entity", Place::Entity(common).of(edition)),
        ("index of entities", Place::Entities.of(edition)),
        ("matrix", Place::Matrix.of(edition)),
        ("explainer page", Place::Explainer(0).of(edition)),
        ("search page", Place::Search.of(edition)),
        ("head of the index", Route::File(File::SearchIndex(edition))),
        ("sitemap", Route::File(File::Sitemap)),
    ] {
        let bytes = renderer.render(route).expect("the default theme has no mistakes").len();
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(renderer.render(black_box(route))));
        });
    }
    group.bench_function("what pages share", |bencher| {
        bencher.iter(|| Renderer::new(black_box(&site.library), &site.theme));
    });
    group.finish();
}
