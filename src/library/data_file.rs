//! The files of open data, as addresses: which a site has, and where they stand.
//!
//! What they hold is [`crate::data`]'s business.

use super::Library;

/// A file below `data/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataFile {
    /// What all the others are.
    Package,
    /// Rows of the whole site.
    Table(DataTable),
    /// A memorandum by index, in a form.
    Document(usize, DocumentForm),
}

/// A table of the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DataTable {
    Memoranda,
    Areas,
    Measures,
    Fields,
    Entities,
    Mentions,
}

/// A form of a whole document for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentForm {
    /// The record that sealed versions hold, of this document alone.
    Record,
    /// Akoma Ntoso 3.0 (OASIS).
    AkomaNtoso,
    /// Citations for BibLaTeX.
    Bibtex,
    /// Citations for citation managers: CSL-JSON.
    Csl,
}

impl DataTable {
    /// All of them, what others refer to first.
    pub const ALL: [Self; 6] = [
        Self::Memoranda,
        Self::Areas,
        Self::Measures,
        Self::Fields,
        Self::Entities,
        Self::Mentions,
    ];

    /// Its name: that of its file without the ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Memoranda => "memoranda",
            Self::Areas => "areas",
            Self::Measures => "measures",
            Self::Fields => "fields",
            Self::Entities => "entities",
            Self::Mentions => "mentions",
        }
    }
}

impl DocumentForm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Record, Self::AkomaNtoso, Self::Bibtex, Self::Csl];

    /// The ending of its files' names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Record => "json",
            Self::AkomaNtoso => "akn.xml",
            Self::Bibtex => "bib",
            Self::Csl => "csl.json",
        }
    }

    /// Its name in data and in a theme's wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::AkomaNtoso => "akoma-ntoso",
            Self::Bibtex => "bibtex",
            Self::Csl => "csl",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Record => "application/json",
            Self::AkomaNtoso => "application/akn+xml",
            Self::Bibtex => "application/x-bibtex",
            Self::Csl => "application/vnd.citationstyles.csl+json",
        }
    }
}

impl Library {
    /// The tables that have rows; those of documents are always there.
    pub fn data_tables(&self) -> impl Iterator<Item = DataTable> {
        let fields = || self.memoranda.iter().any(|one| one.all().any(|one| one.has_fields()));
        DataTable::ALL.into_iter().filter(move |table| match table {
            DataTable::Memoranda | DataTable::Areas | DataTable::Measures => true,
            DataTable::Fields => fields(),
            DataTable::Entities | DataTable::Mentions => !self.entities.is_empty(),
        })
    }

    /// The files of open data.
    pub fn data_files(&self) -> impl Iterator<Item = DataFile> {
        let documents = (0..self.memoranda.len())
            .flat_map(|index| DocumentForm::ALL.map(|form| DataFile::Document(index, form)));
        std::iter::once(DataFile::Package)
            .chain(self.data_tables().map(DataFile::Table))
            .chain(documents)
    }

    /// Where a file of open data stands below the site's root.
    pub fn data_path(&self, file: DataFile) -> String {
        match file {
            DataFile::Package => "data/datapackage.json".to_owned(),
            DataFile::Table(table) => ["data/", table.name(), ".csv"].concat(),
            DataFile::Document(index, form) => {
                ["data/", self.memoranda[index].id.value.as_str(), ".", form.ending()].concat()
            }
        }
    }

    /// The document's file that stands at a path below `data/`.
    pub(super) fn document_file_at(&self, name: &str) -> Option<DataFile> {
        let (id, ending) = name.split_once('.')?;
        let form = DocumentForm::ALL.into_iter().find(|form| form.ending() == ending)?;
        let index = self.memoranda.iter().position(|one| one.id.value.as_str() == id)?;
        Some(DataFile::Document(index, form))
    }
}
