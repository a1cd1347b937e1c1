//! The wording that the program itself asks for, whatever the templates use. A
//! theme that lacks some of it is not loaded, so that none is ever missing.

use std::borrow::Cow;

use crate::data::columns;
use crate::library::DataTable;
use crate::model::{DateName, Kind, KnownKind, Script, SiteStatus};
use crate::snapshot::diff::{Part, Status};

macro_rules! phrases {
    ($($name:ident $key:literal;)*) => {
        /// A wording by what it says, and not by a name that could be mistyped.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::render) enum Phrase {
            $(#[doc = $key] $name,)*
            /// What entities of a kind are called.
            Kind(Kind),
            /// What happened to something.
            Status(Status),
            /// To how many measures it happened.
            Count(Status),
            /// What happened to a measure in a version.
            Event(Status),
            /// A part of a document.
            Part(Part),
            /// What a date is the date of.
            Date(DateName),
            /// What a script is called.
            Script(Script),
            /// What a column of open data has.
            Column(&'static str),
            /// How another document is related.
            Relation(&'static str),
            /// What the search says.
            Found(&'static str),
            /// Where a text that is quoted is from.
            Quoted(&'static str),
            /// How official the site is, in a word.
            SiteStatus(SiteStatus),
            /// The same in a sentence.
            SiteSays(SiteStatus),
        }

        impl Phrase {
            const PLAIN: &'static [Self] = &[$(Self::$name),*];

            /// Where it stands in a table of wordings.
            pub(super) fn key(self) -> Cow<'static, str> {
                let of = |table: &str, name: &str| Cow::Owned([table, ".", name].concat());
                match self {
                    $(Self::$name => $key.into(),)*
                    Self::Kind(kind) => of("kinds", kind.id()),
                    Self::Status(status) => of("statuses", status.name()),
                    Self::Count(status) => of("counts", status.name()),
                    Self::Event(status) => of("events", status.name()),
                    Self::Part(Part::Date(name)) | Self::Date(name) => of("part_dates", name.id()),
                    Self::Part(part) => of("parts", part.name()),
                    Self::Script(script) => of("script_names", script.id()),
                    Self::Column(name) => of("data_columns", name),
                    Self::Relation(name) => of("relations", name),
                    Self::Found(name) => ["search_", name].concat().into(),
                    Self::Quoted(provenance) => of("quoted", provenance),
                    Self::SiteStatus(status) => of("site_status", status.id()),
                    Self::SiteSays(status) => of("site_says", status.id()),
                }
            }
        }
    };
}

phrases! {
    AllMemoranda "all_memoranda";
    AreaMoved "area_moved";
    AreaOfNumber "area_of_number";
    AsAtLine "as_at_line";
    CitationArea "citation_area";
    CitationDate "citation_date";
    CitationExcerpt "citation_excerpt";
    CitationWhole "citation_whole";
    CitationOwn "citation_own";
    CitationText "citation_text";
    CitationUrl "citation_url";
    ChoiceFirst "choice_first";
    ChoiceName "choice_name";
    ChoiceNear "choice_near";
    ChoiceOthers "choice_others";
    ChoiceProtected "choice_protected";
    ChoiceRule "choice_rule";
    ChoiceUsage "choice_usage";
    ChoiceWord "choice_word";
    Choices "choices";
    CiteOf "cite_of";
    CiteOfCalled "cite_of_called";
    CompareWith "compare_with";
    ComparisonTitle "comparison_title";
    Converted "converted";
    ConvertedPage "converted_page";
    CountsNone "counts.none";
    CountsOther "counts.other";
    Data "data";
    DataLead "data_lead";
    Edited "edited";
    Editorial "editorial";
    EditedUnsigned "edited_unsigned";
    Entities "entities";
    EventsFirst "events.first";
    FeedTitle "feed_title";
    FirstVersion "first_version";
    Full "full";
    HistorySince "history_since";
    HistoryUnsealed "history_unsealed";
    Issuers "issuers";
    ItemsCount "items_count";
    LatestMemoranda "latest_memoranda";
    ListPage "list_page";
    MarkedEnd "marked_end";
    MarkedInserted "marked_inserted";
    MarkedRemoved "marked_removed";
    Matrix "matrix";
    MeasureNamed "measure_named";
    MeasuresAgreed "measures_agreed";
    MeasuresCount "measures_count";
    Memoranda "memoranda";
    NamesVariously "names_variously";
    NarrowAll "narrow_all";
    NarrowDocument "narrow_document";
    NarrowKind "narrow_kind";
    NarrowYear "narrow_year";
    NotFound "not_found";
    Official "official";
    OfficialVerified "official_verified";
    Ordinal "ordinal";
    Original "original";
    OwnPageOf "own_page_of";
    OwnPageOfCalled "own_page_of_called";
    ParallelEditions "parallel_editions";
    ParallelLead "parallel_lead";
    ParallelScripts "parallel_scripts";
    Parties "parties";
    PartiesMany "parties_many";
    PartiesManyUnsigned "parties_many_unsigned";
    PartiesUnsigned "parties_unsigned";
    Permalink "permalink";
    PermalinkCalled "permalink_called";
    PictureAndMore "picture_and_more";
    PictureKindsUnshared "picture_kinds_unshared";
    PictureMost "picture_most";
    PictureMostAlike "picture_most_alike";
    PictureName "picture_name";
    PictureOfEntity "picture_of_entity";
    PictureShared "picture_shared";
    PictureSquares "picture_squares";
    PictureUnshared "picture_unshared";
    PictureWidest "picture_widest";
    Place "place";
    Present "present";
    PublishedBy "published_by";
    QuotedVariously "quoted_variously";
    ReportSubject "report_subject";
    Search "search";
    Sentence "sentence";
    Source "source";
    SourceProves "source_proves";
    SourceSkipped "source_skipped";
    UnchangedMeasures "unchanged_measures";
    Undated "undated";
    VerifiedExtracted "verified_extracted";
    VerifiedNotice "verified_notice";
    VersionNamed "version_named";
    Versions "versions";
    VersionsLead "versions_lead";
    WasArea "was_area";
    WasIn "was_in";
    WasNumber "was_number";
    Year "year";
    ZipOfVersion "zip_of_version";
}

/// What the words for documents of a kind are for; [`super::super::words`] puts
/// them in.
pub(super) const WORDS: [&str; 6] = ["document", "area", "areas", "measure", "measures", "unit"];

/// How documents and measures are related to others.
const RELATIONS: [&str; 4] = ["continues", "continued_by", "amends", "amended_by"];

/// What the search says, on its own page and over another.
pub(in crate::render) const FOUND: [&str; 15] = [
    "about",
    "all",
    "close",
    "failed",
    "found",
    "kinds.area",
    "kinds.best",
    "kinds.entity",
    "kinds.measure",
    "kinds.page",
    "more",
    "near",
    "none",
    "site",
    "slash",
];

/// Where the texts of a page can be from.
const PROVENANCES: [&str; 4] = ["source", "converted", "official", "edited"];

/// The keys of all wordings that the program asks for.
pub(in crate::render) fn keys() -> impl Iterator<Item = String> {
    // Those that moved are counted among the renumbered.
    let counted = Status::ALL.into_iter().filter(|status| *status != Status::Moved);
    let columns = DataTable::ALL.into_iter().flat_map(|table| columns(table).iter());
    let all = (Phrase::PLAIN.iter().copied())
        .chain(Kind::ALL.map(Phrase::Kind))
        .chain(Status::ALL.map(Phrase::Status))
        .chain(counted.map(Phrase::Count))
        .chain(Status::ALL.map(Phrase::Event))
        .chain(Part::all().map(Phrase::Part))
        .chain(Script::ALL.map(Phrase::Script))
        .chain(columns.map(|column| Phrase::Column(column.name)))
        .chain(RELATIONS.map(Phrase::Relation))
        .chain(FOUND.map(Phrase::Found))
        .chain(PROVENANCES.map(Phrase::Quoted))
        .chain(SiteStatus::ALL.map(Phrase::SiteStatus))
        .chain(SiteStatus::ALL.map(Phrase::SiteSays));
    let kinds = KnownKind::ALL.into_iter().map(KnownKind::id).chain([VARIOUS]);
    let words = kinds.flat_map(|kind| WORDS.map(|word| format!("documents.{kind}.{word}")));
    all.map(|phrase| phrase.key().into_owned()).chain(words)
}

/// The name of the words for documents of several kinds.
pub(in crate::render) const VARIOUS: &str = "various";
