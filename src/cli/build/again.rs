//! Making again only what is made of something else than last time.
//!
//! Pages and files of a document, or of an entity, stay as they are while the digest
//! of all that they are made of is the same and they stand as they were left. What
//! shows the whole site is made by every build. A memory that is missing or wrong
//! costs time, never a byte.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::io::{self, Output, Put, Remembered, Standing};
use crate::library::{DataFile, File, Group, Library, Route};
use crate::pipeline::{Digests, Kept};
use crate::render::Renderer;
use crate::source::hexadecimal;

/// The groups of a site, and what the last build remembers of them.
pub(super) struct Again<'a> {
    folder: &'a Path,
    groups: Vec<Looked>,
    last: BTreeMap<String, Remembered>,
}

/// A group as it is now.
struct Looked {
    group: Group,
    /// What it is remembered by.
    name: String,
    made_of: String,
    files: Vec<String>,
    data: Vec<DataFile>,
    /// How its files stand, where they are made of the same.
    standing: Option<Standing>,
}

impl<'a> Again<'a> {
    /// Looks at what each group is made of, and at its files.
    pub(super) fn look(renderer: &Renderer, program: &str, folder: &'a Path) -> Self {
        let library = renderer.library();
        let mut groups: BTreeMap<Group, Vec<Route>> = BTreeMap::new();
        for route in renderer.routes() {
            if let Some(group) = route.group() {
                groups.entry(group).or_default().push(route);
            }
        }
        let last = io::remembered(folder);
        let fingerprints = renderer.fingerprints(program);
        let look = |(group, routes): (Group, Vec<Route>)| {
            let name = name(library, group);
            let made_of = match group {
                Group::Document(index) => fingerprints.document(index),
                Group::Entity(index) => fingerprints.entity(index),
            };
            let made_of = hexadecimal(&made_of);
            let files: Vec<String> = routes.iter().map(|route| renderer.path(*route)).collect();
            let data = routes.iter().filter_map(|route| match route {
                Route::File(File::Data(data)) => Some(*data),
                _ => None,
            });
            let data: Vec<DataFile> = data.collect();
            let same = last.get(&name).filter(|last| last.made_of == made_of);
            let standing = same.and_then(|last| {
                let standing = Standing::of(folder, &files)?;
                (standing.left == last.left && last.data.len() == data.len()).then_some(standing)
            });
            Looked { group, name, made_of, files, data, standing }
        };
        let groups = groups.into_par_iter().map(look).collect();
        Self { folder, groups, last }
    }

    /// What need not be made again, as an output takes it.
    pub(super) fn kept(&self, output: &Output) -> (Kept, Vec<Put>) {
        let (mut kept, mut puts) = (Kept::default(), Vec::new());
        for looked in &self.groups {
            let Some(standing) = &looked.standing else { continue };
            let files = looked.files.iter().zip(&standing.sizes);
            let own = files.map(|(path, size)| output.keep_known(path, *size));
            let Some(own) = own.collect::<Option<Vec<Put>>>() else { continue };
            puts.extend(own);
            kept.groups.insert(looked.group);
            let digests = self.last.get(&looked.name).map(|last| last.data.iter().cloned());
            kept.digests.extend(looked.data.iter().copied().zip(digests.into_iter().flatten()));
        }
        (kept, puts)
    }

    /// Remembers how the build left the groups.
    ///
    /// # Errors
    /// If the note cannot be written.
    pub(super) fn remember(self, digests: &Digests) -> Result<()> {
        let Self { folder, groups, last } = self;
        let remember = |looked: Looked| {
            let left = match looked.standing {
                Some(standing) => standing.left,
                None => Standing::of(folder, &looked.files)?.left,
            };
            let data = looked.data.iter().map(|file| digests.get(file).cloned());
            let data = data.collect::<Option<_>>()?;
            Some((looked.name, Remembered { made_of: looked.made_of, left, data }))
        };
        let all = groups.into_par_iter().filter_map(remember).collect();
        if all == last { Ok(()) } else { io::remember_groups(folder, &all) }
    }
}

fn name(library: &Library, group: Group) -> String {
    match group {
        Group::Document(index) => format!("document {}", library.memoranda[index].id.value),
        Group::Entity(index) => format!("entity {}", library.entities[index].id.value),
    }
}
