//! The page about open data as its template gets it.

use serde::Serialize;

use crate::data::{columns, key, references};
use crate::library::{self, DataFile, DataTable, DocumentForm, Route, Wording};

use super::{LATEST, Scope};

/// What the site offers as data.
#[derive(Debug, Serialize)]
pub struct Data {
    package: String,
    tables: Vec<Table>,
    /// The latest documents; all of them are in the package.
    documents: Vec<Document>,
    documents_count: usize,
    licences: Vec<Licence>,
    /// What the names of columns end in, edition by edition.
    endings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Table {
    name: &'static str,
    href: String,
    columns: Vec<Column>,
}

#[derive(Debug, Serialize)]
struct Column {
    name: &'static str,
    /// Whether each edition has one.
    each: bool,
    /// Whether it is of what tells rows apart.
    key: bool,
    /// The table that its values name a row of.
    refers_to: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Document {
    title: String,
    files: Vec<File>,
}

/// A form of a document, by its name.
#[derive(Debug, Serialize)]
pub struct File {
    name: &'static str,
    href: String,
}

#[derive(Debug, Serialize)]
struct Licence {
    title: String,
    url: String,
}

/// The page's view.
pub fn data(scope: &Scope) -> Data {
    let Scope { library, edition, .. } = *scope;
    let documents = 0..library.memoranda.len().min(LATEST);
    let licence = |(title, url): &(Wording, String)| Licence {
        title: title.text[edition].clone(),
        url: url.clone(),
    };
    Data {
        package: scope.href(Route::File(library::File::Data(DataFile::Package))),
        tables: library.data_tables().map(|one| table(scope, one)).collect(),
        documents: documents
            .map(|index| Document {
                title: library.memoranda[index].name().text[edition].clone(),
                files: files(scope, index, &DocumentForm::ALL),
            })
            .collect(),
        documents_count: library.memoranda.len(),
        licences: library.licences.iter().map(licence).collect(),
        endings: library.editions.published().map(|one| one.id().to_owned()).collect(),
    }
}

/// A document's own files of some forms.
pub fn files(scope: &Scope, index: usize, forms: &[DocumentForm]) -> Vec<File> {
    let file = |form: DocumentForm| File {
        name: form.name(),
        href: scope.href(Route::File(library::File::Data(DataFile::Document(index, form)))),
    };
    forms.iter().copied().map(file).collect()
}

fn table(scope: &Scope, table: DataTable) -> Table {
    let column = |column: &crate::data::Column| Column {
        name: column.name,
        each: column.each,
        key: key(table).contains(&column.name),
        refers_to: references(table)
            .iter()
            .find(|(name, _)| *name == column.name)
            .map(|(_, table)| table.name()),
    };
    Table {
        name: table.name(),
        href: scope.href(Route::File(library::File::Data(DataFile::Table(table)))),
        columns: columns(table).iter().map(column).collect(),
    }
}
