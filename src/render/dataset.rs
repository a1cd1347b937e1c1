//! The open data as search engines for data know it: schema.org's `Dataset`.

use serde_json::{Value, json};

use crate::library::{DataFile, File, Library, Place, Route};
use crate::model::Edition;

/// The site's data, each table and the package that tells of all files.
pub(super) fn dataset(library: &Library, edition: Edition) -> Value {
    let url = |file: DataFile| library.url(Route::File(File::Data(file)));
    let download = |file: DataFile| {
        let path = library.data_path(file);
        let format = if path.ends_with(".csv") { "text/csv" } else { "application/json" };
        let name = path.strip_prefix("data/").unwrap_or(&path).to_owned();
        let mut download =
            json!({ "@type": "DataDownload", "encodingFormat": format, "name": name });
        if let Some(url) = url(file) {
            download["contentUrl"] = url.into();
        }
        download
    };
    let files =
        std::iter::once(DataFile::Package).chain(library.data_tables().map(DataFile::Table));
    let languages: Vec<String> =
        library.editions.published().map(|one| one.language().to_owned()).collect();
    let mut dataset = json!({
        "@type": "Dataset",
        "description": library.description.text[edition],
        "distribution": files.map(download).collect::<Vec<_>>(),
        "inLanguage": languages,
        "isAccessibleForFree": true,
        "name": library.title.text[edition],
    });
    if let Some(url) = library.url(Place::Data.of(edition)) {
        dataset["url"] = url.into();
    }
    let licences: Vec<&str> = library.licences.iter().map(|(_, url)| url.as_str()).collect();
    if !licences.is_empty() {
        dataset["license"] = licences.into();
    }
    dataset
}
