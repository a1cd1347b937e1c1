//! The model → the library: texts converted, ids checked, references resolved.
//!
//! [`memorandum`] does what concerns one memorandum alone, so that the pipeline
//! can do many at once; [`assemble`] puts them together.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, Tag, html};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Each, Edition, Manuscript, Publisher, Role, SharedImage, Target, Text};
use crate::script::Converted;
use crate::snapshot::Versions;
use crate::source::{Sources, Spanned};

use super::entity::{Entities, in_characters};
use super::field::FieldNames;
use super::reference::{self, References};
use super::{
    Forms, Heading, Library, Links, Listing, MeasureIndex, Memorandum, Mention, Page, Place,
    Reading, Referrer, Section, Series, Wording, moved, section, sentence, verify,
};

/// Puts a site together from its parts; reports what does not fit.
pub fn assemble(
    site: &model::Site,
    mut memoranda: Vec<Arc<Memorandum>>,
    entities: &Entities,
    pages: &[model::Page],
    forms: Forms,
    diagnostics: &mut Diagnostics,
) -> Library {
    memoranda.sort_by(|a, b| b.date().cmp(&a.date()).then_with(|| a.id.value.cmp(&b.id.value)));
    let mut library = Library {
        title: forms.wording(&site.title),
        description: forms.wording(&site.description),
        licences: (site.licences.iter())
            .map(|one| (forms.wording(&one.title), one.url.clone()))
            .collect(),
        image: site.image.as_ref().map(|image| worded(image, forms)),
        publisher: Publisher {
            name: site.publisher.name.as_ref().map(|name| forms.wording(name)),
            status: site.publisher.status,
            contact: site.publisher.contact.clone(),
        },
        publishes: site.publishes,
        base_url: site.base_url.clone(),
        editions: forms.editions.clone(),
        entity_order: entities.order.clone(),
        entities: entities.list.clone(),
        memoranda,
        pages: pages.iter().map(|page| page_frame(page, forms)).collect(),
        moved: Vec::new(),
        links: Links::default(),
        series: Series::default(),
        listing: Listing::default(),
        versions: Versions::default(),
        changes: None,
        built: None,
        sealed: None,
        files: Arc::new([]),
        sources: Arc::new([]),
        converter: forms.converter.clone(),
    };
    reference::check_ids(&library, diagnostics);
    library.moved = moved::moved(&library, diagnostics);
    let references = References::new(&library);
    let series = Series::new(&library, &references, diagnostics);
    let chosen = chosen(&library, &references, diagnostics);
    let bodies: Vec<_> =
        pages.iter().map(|page| body(page, &library, &references, forms, diagnostics)).collect();
    library.links = Links {
        mentioned: mentioned(&library),
        referrers: referrers(&chosen, &bodies),
        chosen: chosen.into_iter().collect(),
        total: library.memoranda.iter().map(|one| one.count()).sum(),
    };
    library.series = series;
    library.listing = Listing::new(&library);
    for (page, body) in library.pages.iter_mut().zip(bodies) {
        (page.body, page.sections) = (body.html, body.sections);
    }
    library
}

/// What refers to every measure that anything refers to: measures first, then
/// pages.
fn referrers(chosen: &[Chosen], bodies: &[Body]) -> FxHashMap<MeasureIndex, Vec<Referrer>> {
    let measures = chosen.iter().flat_map(|(own, related)| {
        related.iter().map(|measure| (*measure, Referrer::Measure(*own)))
    });
    let pages = bodies.iter().enumerate().flat_map(|(page, body)| {
        body.measures.iter().map(move |measure| (*measure, Referrer::Page(page)))
    });
    let mut all: FxHashMap<MeasureIndex, Vec<Referrer>> = FxHashMap::default();
    for (measure, referrer) in measures.chain(pages) {
        let referrers = all.entry(measure).or_default();
        // A page may link to a measure twice; all its links stand together.
        if referrers.last() != Some(&referrer) {
            referrers.push(referrer);
        }
    }
    all
}

/// The measures that mention each entity.
fn mentioned(library: &Library) -> Vec<Vec<MeasureIndex>> {
    let mut mentioned = vec![Vec::new(); library.entities.len()];
    for (memorandum, one) in library.memoranda.iter().enumerate() {
        for (measure, one) in one.readings.iter().enumerate() {
            for entity in &one.entities {
                mentioned[*entity].push(MeasureIndex { memorandum, measure });
            }
        }
    }
    mentioned
}

/// A measure and those that its editor relates to it.
type Chosen = (MeasureIndex, Vec<MeasureIndex>);

/// What the `related` of every measure refer to, in the order of the measures.
fn chosen(
    library: &Library,
    references: &References,
    diagnostics: &mut Diagnostics,
) -> Vec<Chosen> {
    let mut resolve = |own: MeasureIndex, names: &[Spanned<String>]| {
        let mut found = Vec::new();
        for name in names {
            let Some(index) = references.measure(name, own.memorandum, diagnostics) else {
                continue;
            };
            if index == own {
                let message = format!("the measure `{}` is related to itself", name.value);
                diagnostics.push(Diagnostic::error(Code::SelfReference, name.span, message));
            } else if found.contains(&index) {
                let message = format!("`{}` stands here twice", name.value);
                diagnostics.push(Diagnostic::error(Code::DuplicateReference, name.span, message));
            } else {
                found.push(index);
            }
        }
        (own, found)
    };
    let mut all = Vec::new();
    for (memorandum, one) in library.memoranda.iter().enumerate() {
        for (measure, (_, one)) in one.measures().enumerate() {
            if !one.related.is_empty() {
                all.push(resolve(MeasureIndex { memorandum, measure }, &one.related));
            }
        }
    }
    all
}

/// Assembles one memorandum and verifies it against its source documents.
pub fn memorandum(
    manuscript: &Manuscript,
    entities: &Entities,
    forms: Forms,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Memorandum {
    let verifications = verify::verify(manuscript, forms.converter, sources, diagnostics);
    let written = &manuscript.memorandum;
    let mut found = Vec::new();
    let said = written.map(&mut |role, text| {
        let (wording, converted) = forms.wording_with_positions(text);
        if role == Role::Measure {
            found.push(converted);
        }
        wording
    });
    let mut starts = vec![0];
    let mut readings = Vec::with_capacity(found.len());
    let measures = written.measures().zip(said.measures()).zip(found);
    for (((area, written), (_, said)), converted) in measures {
        while starts.len() <= area {
            starts.push(readings.len());
        }
        let text = &written.text;
        readings.push(reading(area, text, said, &converted, (entities, forms), diagnostics));
    }
    while starts.len() <= said.areas.len() {
        starts.push(readings.len());
    }
    let names = FieldNames::new(&said.fields);
    for (reading, (_, said)) in readings.iter_mut().zip(said.measures()) {
        reading.fields = names.find(&said.text, forms.editions);
    }
    let (composes, whole) = (said.composes_numbers(), manuscript.whole);
    let misnamed = manuscript.misnamed.clone();
    let image = manuscript.image.as_ref().map(|image| worded(image, forms));
    Memorandum { said, image, verifications, readings, starts, composes, whole, misnamed }
}

/// A picture with its words in every edition.
fn worded(image: &SharedImage<Text>, forms: Forms) -> SharedImage<Wording> {
    SharedImage { file: image.file.clone(), alt: forms.wording(&image.alt) }
}

/// What is found in a measure's text.
fn reading(
    area: usize,
    text: &Text,
    said: &model::Measure<Wording>,
    converted: &Each<Option<Converted>>,
    (entities, forms): (&Entities, Forms),
    diagnostics: &mut Diagnostics,
) -> Reading {
    let own = forms.editions.of(text.script);
    let mentions = mentions(own, &said.text, converted, (entities, forms));
    let mut mentioned = Vec::new();
    let all = |text: &Wording| {
        Each::from_fn(forms.editions, |edition| entities.find(&text.text[edition], edition))
    };
    let beside: Vec<_> = said.fields.iter().map(|one| all(&one.text)).collect();
    for mention in mentions[own].iter().chain(beside.iter().flat_map(|found| &found[own])) {
        if !mentioned.contains(&mention.entity) {
            mentioned.push(mention.entity);
        }
    }
    Reading {
        area,
        sentences: sentences(text, &said.text, converted, forms, diagnostics),
        mentions,
        entities: mentioned,
        fields: Each::none(forms.editions),
        beside,
    }
}

/// The sentences in every edition, found once in the source and laid over the
/// conversions. A wording of its own must have as many.
fn sentences(
    text: &Text,
    wording: &Wording,
    converted: &Each<Option<Converted>>,
    forms: Forms,
    diagnostics: &mut Diagnostics,
) -> Each<Vec<Range<usize>>> {
    let own = sentence::split(&text.source.value);
    if let Some(given) = &text.counterpart {
        let (here, there) = (sentence::split(&given.text.value).len(), own.len());
        if here != there {
            let message = format!("the number of sentences differs: {here} here, {there} there");
            diagnostics.push(
                Diagnostic::error(Code::SentenceCountDiffers, given.text.span, message)
                    .related(text.source.span, "the source script")
                    .help("sentences are addressed by their number, so both must have as many"),
            );
        }
    }
    Each::from_fn(forms.editions, |edition| {
        let said = &wording.text[edition];
        match &converted[edition] {
            Some(converted) => {
                let moved = |at| converted.position(at);
                let moved = own.iter().map(|range| moved(range.start)..moved(range.end));
                in_bytes(said, &moved.collect::<Vec<_>>())
            }
            None if edition.script == text.script => in_bytes(said, &own),
            None => in_bytes(said, &sentence::split(said)),
        }
    })
}

/// The mentions in every edition, found once in the source and laid over the
/// conversions. A wording of its own is searched for its own script's names.
fn mentions(
    own: Edition,
    wording: &Wording,
    converted: &Each<Option<Converted>>,
    (entities, forms): (&Entities, Forms),
) -> Each<Vec<Mention>> {
    let found = entities.find(&wording.text[own], own);
    Each::from_fn(forms.editions, |edition| match &converted[edition] {
        Some(converted) => {
            let ranges: Vec<_> = in_characters(&wording.text[own], &found)
                .into_iter()
                .map(|range| converted.position(range.start)..converted.position(range.end))
                .collect();
            let ranges = in_bytes(&wording.text[edition], &ranges);
            let moved = found.iter().zip(ranges);
            moved.map(|(mention, range)| Mention { entity: mention.entity, range }).collect()
        }
        None if edition.script == own.script => found.clone(),
        None => entities.find(&wording.text[edition], edition),
    })
}

/// Character ranges as byte ranges.
fn in_bytes(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let offsets: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    ranges.iter().map(|range| offsets[range.start]..offsets[range.end]).collect()
}

/// A page without its text, which may refer to other pages.
fn page_frame(page: &model::Page, forms: Forms) -> Page {
    let plain = |heading: &model::Heading| {
        let own = heading_text(&page.body.events[heading.event..]);
        Heading { id: heading.id.clone(), title: forms.words(&own, page.script) }
    };
    Page {
        id: page.id.clone(),
        formerly: page.formerly.clone(),
        script: page.script,
        draft: page.draft,
        title: forms.wording(&page.title),
        description: page.description.as_ref().map(|text| forms.wording(text)),
        body: Each::none(forms.editions),
        contents: page.body.headings.iter().map(plain).collect(),
        anchors: page.body.anchors.clone(),
        sections: Vec::new(),
    }
}

fn heading_text(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => break,
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            _ => {}
        }
    }
    text
}

/// A page's text as HTML and as sections of plain text, and what it refers to.
struct Body {
    html: Each<String>,
    sections: Vec<Section>,
    measures: Vec<MeasureIndex>,
}

/// A page's text in every edition.
fn body(
    page: &model::Page,
    library: &Library,
    references: &References,
    forms: Forms,
    diagnostics: &mut Diagnostics,
) -> Body {
    let links = page.body.links.iter();
    let own: Vec<_> = links
        .filter_map(|link| Some((link, references.target(&link.target, diagnostics)?)))
        .collect();
    let measures = own.iter().filter_map(|(_, place)| match *place {
        Place::Measure(memorandum, measure) => Some(MeasureIndex { memorandum, measure }),
        _ => None,
    });
    let headings: Vec<_> = page.body.headings.iter().map(|heading| heading.event).collect();
    let events = forms.events(&page.body.events, page.script);
    let sections = section::sections(forms.editions, &events, &headings);
    let html =
        Each::from_fn(forms.editions, |edition| to_html(events[edition].clone(), &own, library));
    Body { html, sections, measures: measures.collect() }
}

fn to_html(
    mut events: Vec<Event<'static>>,
    links: &[(&model::Link, Place)],
    library: &Library,
) -> String {
    for (link, place) in links {
        if let Event::Start(Tag::Link { dest_url, .. }) = &mut events[link.event] {
            // Explainer pages stand in the edition's folder, above all that they link to.
            let path = library.path_below(*place);
            *dest_url = CowStr::from(match &link.target.value {
                Target::Page(_, Some(anchor)) => [&path, "#", anchor].concat(),
                _ => path,
            });
        }
    }
    let mut text = String::new();
    html::push_html(&mut text, events.into_iter());
    // Pages allow no style attribute; the theme aligns by class.
    for side in ["left", "center", "right"] {
        let style = format!(" style=\"text-align: {side}\"");
        if text.contains(&style) {
            text = text.replace(&style, &format!(" class=\"{side}\""));
        }
    }
    text
}
