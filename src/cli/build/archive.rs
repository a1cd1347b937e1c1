//! Publishing sealed versions: byte for byte, and none that is damaged.
//!
//! A version is verified when anything in its bag is not as it was when it was
//! last verified, and copied when anything is not as it was last published. A
//! site has hundreds of them, and most never change.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::io::snapshot::{self, Bag};
use crate::io::{self, Output, Published, Put};

/// The sealed versions of a site, and what is known of each.
pub(super) struct Archive<'a> {
    bags: &'a [Bag],
    /// How each bag stands on the disk, where that can be told.
    states: Vec<Option<String>>,
    /// The versions as the last build published them, by name.
    last: BTreeMap<String, Published>,
}

/// Whether each version's bag is published as one file, beside its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    Too,
    Not,
}

impl<'a> Archive<'a> {
    /// Looks at the bags, and at what was published in an output.
    pub(super) fn look(bags: &'a [Bag], output: &Path) -> Self {
        let states = bags.par_iter().map(|bag| bag.state().ok()).collect();
        Self { bags, states, last: io::published(output) }
    }

    /// How all bags stand, if that is known.
    pub(super) fn states(&self) -> Option<Vec<String>> {
        self.states.iter().cloned().collect()
    }

    /// Verifies the bags that are not as they were.
    ///
    /// # Errors
    /// If one is damaged, with its first damage.
    pub(super) fn refuse_damaged(&self, root: &Path) -> Result<()> {
        let bags = self.bags.par_iter().zip(&self.states);
        bags.filter(|(bag, state)| self.known(bag, state.as_ref()).is_none())
            .try_for_each(|(bag, _)| snapshot::refuse_damaged(root, &bag.info().name))
    }

    /// What was published of a bag, if the bag is as it was then.
    fn known(&self, bag: &Bag, state: Option<&String>) -> Option<&Published> {
        self.last.get(bag.info().name.as_str()).filter(|last| Some(&last.state) == state)
    }

    /// Puts every version into the output. What stands there as it was left is not
    /// read again.
    ///
    /// # Errors
    /// If a bag cannot be read, or the output not written.
    pub(super) fn publish(
        &self,
        folder: &Path,
        output: &Output,
        packed: Packed,
    ) -> Result<Vec<Put>> {
        let bags = self.bags.par_iter().zip(&self.states);
        let puts = bags.map(|(bag, state)| {
            let files = files(bag)?;
            let all = paths(bag, &files, packed);
            if let Some(last) = self.known(bag, state.as_ref())
                && io::left(folder, &all).is_ok_and(|left| left == last.left)
                && let Some(kept) = all.iter().map(|path| output.keep(path)).collect()
            {
                return Ok(kept);
            }
            let name = bag.info().name.archive();
            let put = |(path, digest): (String, String)| {
                let bytes = bag.site_file(&path[name.len()..], &digest)?;
                output.put(path, &bytes)
            };
            let mut puts = files.into_par_iter().map(put).collect::<Result<Vec<Put>>>()?;
            if packed == Packed::Too {
                let path = bag.info().name.packed();
                puts.push(output.put_made(path, |aside| snapshot::pack_into(bag, aside))?);
            }
            Ok(puts)
        });
        Ok(puts.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// Remembers what was published.
    ///
    /// # Errors
    /// If that cannot be looked at, or the note cannot be written.
    pub(super) fn remember(&self, folder: &Path, packed: Packed) -> Result<()> {
        let mut published = BTreeMap::new();
        for (bag, state) in self.bags.iter().zip(&self.states) {
            if let Some(state) = state.clone() {
                let left = io::left(folder, &paths(bag, &files(bag)?, packed))?;
                published.insert(bag.info().name.as_str().to_owned(), Published { state, left });
            }
        }
        if published == self.last { Ok(()) } else { io::remember_published(folder, &published) }
    }
}

/// The files of a version by their paths in the output, with their digests.
fn files(bag: &Bag) -> Result<Vec<(String, String)>> {
    let folder = bag.info().name.archive();
    let file = |(path, digest): (String, String)| (format!("{folder}{path}"), digest);
    Ok(bag.site()?.into_iter().map(file).collect())
}

/// All that is published of a bag: its files, and itself.
fn paths(bag: &Bag, files: &[(String, String)], packed: Packed) -> Vec<String> {
    let own = (packed == Packed::Too).then(|| bag.info().name.packed());
    files.iter().map(|(path, _)| path.clone()).chain(own).collect()
}
