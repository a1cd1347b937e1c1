//! Scripts, and editions: the forms that a site is made in.
//!
//! A script is what a text is written in. An edition is a value of a site's
//! configuration; nothing may count them or name one.

use std::ops::{Index, IndexMut};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;
use tinystr::TinyAsciiStr;

/// Traditional or Simplified: what a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Traditional.
    Hant,
    /// Simplified.
    Hans,
}

impl Script {
    /// Both, Traditional first.
    pub const ALL: [Self; 2] = [Self::Hant, Self::Hans];

    /// Its name in content.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hant => "hant",
            Self::Hans => "hans",
        }
    }

    /// Reads a script's name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|script| script.id() == id)
    }

    /// What a text in this script is converted into.
    pub fn other(self) -> Self {
        match self {
            Self::Hant => Self::Hans,
            Self::Hans => Self::Hant,
        }
    }
}

/// A way to write Traditional script.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Standard {
    /// Hong Kong's, with the government's usage.
    #[default]
    Hk,
    /// Taiwan's.
    Tw,
    /// OpenCC's own.
    Plain,
}

impl Standard {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hk, Self::Tw, Self::Plain];

    /// Its name in a site's configuration.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hk => "hk",
            Self::Tw => "tw",
            Self::Plain => "plain",
        }
    }

    /// The standard of a name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.id() == id)
    }

    /// The language tag of a text in it.
    pub fn lang(self) -> &'static str {
        match self {
            Self::Hk => "zh-Hant-HK",
            Self::Tw => "zh-Hant-TW",
            Self::Plain => "zh-Hant",
        }
    }
}

/// A short name in ASCII: an edition's id or language.
pub type ShortName = TinyAsciiStr<16>;

/// One form of the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Edition {
    #[serde(skip)]
    place: u8,
    #[serde(serialize_with = "as_text")]
    id: ShortName,
    #[serde(rename = "lang", serialize_with = "as_text")]
    language: ShortName,
    /// What it is written in.
    pub script: Script,
    /// Which Traditional stands on that side of its conversion.
    pub standard: Standard,
}

fn as_text<S: Serializer>(name: &ShortName, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(name)
}

impl Edition {
    /// An edition in a script, with the names that it has by default.
    pub fn of(script: Script, standard: Standard) -> Self {
        let language = match script {
            Script::Hant => standard.lang(),
            Script::Hans => "zh-Hans-CN",
        };
        let short = |text: &str| ShortName::try_from_str(text).expect("it is short");
        Self { place: 0, id: short(script.id()), language: short(language), script, standard }
    }

    /// The same under other names; `None` if one of them is too long.
    pub fn named(self, id: &str, language: Option<&str>) -> Option<Self> {
        let language = match language {
            Some(language) => ShortName::try_from_str(language).ok()?,
            None => self.language,
        };
        Some(Self { id: ShortName::try_from_str(id).ok()?, language, ..self })
    }

    /// The edition's part of addresses, and its key in content.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The id as a value of its own.
    pub fn name(self) -> ShortName {
        self.id
    }

    /// The language tag (BCP 47); fonts and punctuation depend on it.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The locale as Open Graph spells it: language and territory.
    pub fn open_graph_locale(&self) -> String {
        let mut parts = self.language.split('-');
        let language = parts.next().unwrap_or_default();
        let territory = parts.find(|part| part.len() == 2);
        let territory = territory.map(|territory| format!("_{territory}"));
        [language, territory.as_deref().unwrap_or_default()].concat()
    }
}

/// The editions of a site, in its order.
///
/// Texts are kept in both scripts whatever is published: the search finds either,
/// and a record holds the source. So each script has an edition here, and those
/// that are not published stand last.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Editions {
    all: Arc<[Edition]>,
    published: usize,
    /// The one that stands for all where one address must.
    default: Edition,
    /// What links to the published ones say: in full, and in one character.
    names: Arc<[[String; 2]]>,
}

impl Default for Editions {
    fn default() -> Self {
        Self::new(&[], None).0
    }
}

impl Editions {
    /// The most that a site can have.
    pub const MOST: usize = 16;

    /// Puts the published editions together, both scripts' if there are none.
    /// Tells whether there is one of the default's id.
    pub fn new(published: &[Edition], default: Option<&str>) -> (Self, bool) {
        let mut all: Vec<Edition> = published.iter().take(Self::MOST).copied().collect();
        let standard = all.iter().find(|one| one.script == Script::Hant).map(|one| one.standard);
        let missing = Script::ALL.map(|script| Edition::of(script, standard.unwrap_or_default()));
        let missing =
            missing.into_iter().filter(|one| all.iter().all(|own| own.script != one.script));
        let missing: Vec<_> = missing.collect();
        let mut count = all.len();
        all.extend(missing);
        if count == 0 {
            count = all.len();
        }
        for (place, edition) in (0u8..).zip(&mut all) {
            edition.place = place;
        }
        let named = all[..count].iter().find(|one| Some(one.id()) == default);
        let known = named.is_some() || default.is_none();
        let default = named.copied().unwrap_or(all[0]);
        let names = all.iter().map(|one| usual_names(*one, &all[..count])).collect();
        (Self { all: all.into(), published: count, default, names }, known)
    }

    /// The same with other names for the published ones, where there are any.
    pub fn with_names(mut self, names: Vec<[Option<String>; 2]>) -> Self {
        let own = self.names.iter().cloned();
        let given = names.into_iter().chain(std::iter::repeat_with(|| [None, None]));
        let chosen = own.zip(given).map(|([name, short], [own_name, own_short])| {
            [own_name.unwrap_or(name), own_short.unwrap_or(short)]
        });
        self.names = chosen.collect();
        self
    }

    /// What a link to an edition says.
    pub fn name(&self, edition: Edition) -> &str {
        &self.names[usize::from(edition.place)][0]
    }

    /// The same in a character or two.
    pub fn short_name(&self, edition: Edition) -> &str {
        &self.names[usize::from(edition.place)][1]
    }

    /// Those that have pages.
    pub fn published(&self) -> impl ExactSizeIterator<Item = Edition> + Clone + use<> {
        let all = self.all.clone();
        (0..self.published).map(move |place| all[place])
    }

    /// All that texts are kept in.
    pub fn all(&self) -> impl ExactSizeIterator<Item = Edition> + Clone + '_ {
        self.all.iter().copied()
    }

    /// All but one.
    pub fn besides(&self, one: Edition) -> impl Iterator<Item = Edition> + '_ {
        self.all().filter(move |edition| *edition != one)
    }

    /// Whether the published ones are one in each script.
    pub fn are_both_scripts(&self) -> bool {
        let mut scripts: Vec<Script> = self.published().map(|edition| edition.script).collect();
        scripts.sort();
        scripts == Script::ALL
    }

    /// The published edition of an id.
    pub fn named(&self, id: &str) -> Option<Edition> {
        self.published().find(|edition| edition.id() == id)
    }

    /// The edition in which texts of a script are themselves.
    pub fn of(&self, script: Script) -> Edition {
        self.all().find(|edition| edition.script == script).unwrap_or(self.default)
    }

    /// The one that stands for all where one address must.
    pub fn default_edition(&self) -> Edition {
        self.default
    }
}

/// A script as the script itself writes it; with the region, where that alone
/// tells two editions apart.
fn usual_names(edition: Edition, all: &[Edition]) -> [String; 2] {
    let (name, short) = match edition.script {
        Script::Hant => ("繁體", "繁"),
        Script::Hans => ("简体", "简"),
    };
    let alike = all.iter().filter(|one| one.script == edition.script).count();
    let region = match (edition.script, edition.standard) {
        _ if alike < 2 => return [name, short].map(str::to_owned),
        (Script::Hant, Standard::Hk) => "港",
        (Script::Hant, Standard::Tw) => "台",
        (Script::Hant, Standard::Plain) => "通",
        (Script::Hans, _) => edition.id(),
    };
    [format!("{name}（{region}）"), region.to_owned()]
}

impl Serialize for Editions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.published())
    }
}

impl<'de> Deserialize<'de> for Editions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            id: String,
            lang: String,
            script: Script,
            #[serde(default)]
            standard: Standard,
        }
        let written = Vec::<Written>::deserialize(deserializer)?;
        let editions: Option<Vec<_>> = written
            .iter()
            .map(|one| Edition::of(one.script, one.standard).named(&one.id, Some(&one.lang)))
            .collect();
        let editions =
            editions.ok_or_else(|| serde::de::Error::custom("an edition's id is too long"))?;
        Ok(Self::new(&editions, None).0)
    }
}

/// A value for each edition of a site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Each<T>(SmallVec<[T; 2]>);

impl<T> Each<T> {
    /// Makes a value for each edition.
    pub fn from_fn(editions: &Editions, make: impl FnMut(Edition) -> T) -> Self {
        Self(editions.all().map(make).collect())
    }

    /// The values, in the editions' order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// What is made of each value.
    pub fn map<'a, U>(&'a self, make: impl FnMut(&'a T) -> U) -> Each<U> {
        Each(self.0.iter().map(make).collect())
    }
}

impl<T: Default> Each<T> {
    /// Nothing yet for each edition.
    pub fn none(editions: &Editions) -> Self {
        Self::from_fn(editions, |_| T::default())
    }
}

impl<T> Index<Edition> for Each<T> {
    type Output = T;

    fn index(&self, edition: Edition) -> &T {
        &self.0[usize::from(edition.place)]
    }
}

impl<T> IndexMut<Edition> for Each<T> {
    fn index_mut(&mut self, edition: Edition) -> &mut T {
        &mut self.0[usize::from(edition.place)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_of_one_edition_keeps_its_texts_in_both_scripts() {
        let taiwan = Edition::of(Script::Hant, Standard::Tw).named("tw", None).unwrap();
        let (editions, known) = Editions::new(&[taiwan], Some("tw"));
        assert!(known);
        let ids =
            |list: Vec<Edition>| list.iter().map(|one| one.id().to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(editions.published().collect()), ["tw"]);
        assert_eq!(ids(editions.all().collect()), ["tw", "hans"]);
        assert_eq!(editions.of(Script::Hans).standard, Standard::Tw);
        assert_eq!(editions.of(Script::Hant).language(), "zh-Hant-TW");
        assert!(editions.named("hans").is_none());
        assert!(!Editions::new(&[taiwan], Some("hant")).1);
    }

    #[test]
    fn a_territory_is_told_where_there_is_one() {
        let locale = |standard| Edition::of(Script::Hant, standard).open_graph_locale();
        assert_eq!(Standard::ALL.map(locale), ["zh_HK", "zh_TW", "zh"]);
    }
}
