//! What a mistake or a finding is called, and what that means.
//!
//! A code is a promise: it stands in scripts, in suppressions and in the logs of
//! code hosts. No two can have one name: the compiler refuses the second.

macro_rules! codes {
    ($($code:ident $name:literal $meaning:literal;)*) => {
        /// The stable name of one sort of mistake, finding or doubt.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $code,)*
        }

        impl Code {
            /// All codes by name.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The name in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// What it means and what to do, in a sentence or two.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$code => $meaning,)* }
            }

            /// The code of a name.
            #[deny(unreachable_patterns)]
            pub fn from_name(name: &str) -> Option<Self> {
                Some(match name { $($name => Self::$code,)* _ => return None })
            }
        }
    };
}

codes! {
    ActiveAddress "active-address" "An address would run a program in the reader's browser (`javascript:`, `vbscript:`, `data:`). Link to a page instead.";
    AreaOutOfOrder "area-out-of-order" "Areas are numbered in another order than their parts stand in. Number them as the document prints them.";
    BackupFile "backup-file" "A file looks like an editor's copy and is passed over. Delete it, or rename it if it belongs to the site.";
    BadBag "bad-bag" "A file that a sealed version keeps about itself is wrong or cannot be read, so the version proves nothing. Restore it from a copy.";
    BadBaseUrl "bad-base-url" "The address where the site will stand is none that pages can be linked by. Write it in full, from `https://` to the last `/`.";
    BadContact "bad-contact" "What is given as `contact` is neither an address of mail nor one on the web. Write `editor@example.org`, or an address from `https://` on.";
    BadDate "bad-date" "There is no such day, month or year.";
    BadHeadingId "bad-heading-id" "A heading's id can be no address, or something else on the page has it. Give the heading an id of its own, as `## 標題 {#id}`.";
    BadId "bad-id" "An id becomes an address, so it is small ASCII letters, digits and single hyphens, and no name that a system keeps for itself.";
    BadImage "bad-image" "The picture for links that are shared is of another type or size than every service shows. It is a PNG or JPEG of 1200 × 630 pixels.";
    BadLanguage "bad-language" "An edition's language is no tag of Chinese. Write a BCP 47 tag, as `zh-Hant-TW`.";
    BadLink "bad-link" "A link is no web address. Write it from `https://` on.";
    BadNumber "bad-number" "A number is none that an area or a measure can have. A measure's is `area.place`, as `4.2`, in quotation marks.";
    BadPattern "bad-pattern" "A pattern of marks cannot be read or counts nothing.";
    BadSha256 "bad-sha256" "A checksum is 64 hexadecimal digits, as `sha256sum` prints them.";
    BadSkip "bad-skip" "A passage to be skipped does not stand in the source document as it is written here, or names nothing.";
    BrokenChain "broken-chain" "A sealed version does not continue the one before it: one of the two was exchanged, or one is missing.";
    BrokenLink "broken-link" "A link of a page leads to no page, or to no element of it. Name the pages of the site as `page:…`, `area:…`, `measure:…` or `entity:…`.";
    ChangedFile "changed-file" "A file of a sealed version is not what was sealed. Restore it from a copy.";
    ChineseInHtml "chinese-in-html" "Text inside HTML is not converted and would stand in both editions as it is. Put it outside the tags, or give the tag a `lang`.";
    CollidingAddress "colliding-address" "The site itself uses this name at this place. Choose another id.";
    CollidingFile "colliding-file" "A file of `static/` or of the theme has the address of another, or of a page or file that the tool makes. Rename it.";
    ColumnCountDiffers "column-count-differs" "A row of a table has more or fewer cells than the table has columns.";
    ContinuedInCircle "continued-in-circle" "Documents continue each other in a circle. Each continues an earlier one, and the first none.";
    ContradictingRules "contradicting-rules" "Two lexicon rules give one word two results. Keep one of them.";
    ControlCharacter "control-character" "A text holds a character that prints nothing and breaks feeds or terminals. Remove it.";
    DeclaredTwice "declared-twice" "One thing is declared at two places that exclude each other. Keep one of them.";
    DiffersFromConversion "differs-from-conversion" "A given text is not what the conversion would write: the place where both editions should be read side by side.";
    DiffersFromRebuild "differs-from-rebuild" "A sealed version's site is not what this version of the tool makes of the sealed content.";
    DiffersFromSource "differs-from-source" "The content does not say what the source document says. Correct it, or declare the passage as skipped.";
    DuplicateEdition "duplicate-edition" "The site names one edition twice.";
    DuplicateId "duplicate-id" "Two things of one sort have one id, so they would have one address. Rename one.";
    DuplicateName "duplicate-name" "Two entities have one name, so a mention of it could mean either. Give it to one of them.";
    DuplicateNumber "duplicate-number" "Two areas or measures have one number.";
    DuplicatePart "duplicate-part" "A part that a document has once is declared twice.";
    DuplicateReference "duplicate-reference" "A measure or a document names one other twice. Remove one of the two.";
    EmptyArea "empty-area" "An area has no measures, so its page is empty.";
    EmptyText "empty-text" "A text that must say something is empty. Write it, or leave the key out.";
    EngineFailed "engine-failed" "The conversion engine that the site chooses could not be started.";
    EngineNotBuilt "engine-not-built" "The conversion engine that the site chooses is not part of this program. Build it with `--features opencc`, or choose another.";
    EventAttribute "event-attribute" "HTML of a page would run a script. The policy that the documentation recommends blocks it; remove the attribute.";
    ExtraFile "extra-file" "A sealed version holds something that was not sealed. Remove it.";
    ExtractedAgain "extracted-again" "The file that a source document was extracted from gave the same text again: a fact for a reviewer.";
    ExtractedOtherwise "extracted-otherwise" "A source document is not the text that is extracted from the file that it names. Extracted text is never edited.";
    FileTooLarge "file-too-large" "A file is larger than any that is meant to be read. Is it the right one?";
    FirstNumber "first-number" "An imported document's first number at a level is not the first: is something before it missing?";
    ForeignImage "foreign-image" "A picture, or what else a page shows or runs, is loaded from another host, which then learns of every reader. Put it into `static/`.";
    GapInNumbering "gap-in-numbering" "A number does not follow the one before it. Numbers are the site's own and run from 1; what the document prints is a `mark`.";
    IdDiffersFromFolder "id-differs-from-folder" "A memorandum's id and the name of its folder differ. They are one name.";
    IdleBlock "idle-block" "A block phrase holds no name of its entity, so it blocks nothing. Write a longer phrase in which the name means something else.";
    IdleFormerId "idle-former-id" "An id in `formerly` is the present one, or stands there twice. Take it out.";
    IdleProvenance "idle-provenance" "A provenance says where the other script's text is from, but no such text is given.";
    IdleSearchWord "idle-search-word" "A word that is to find an entity in the search is one of its names, or stands there twice. Take it out.";
    IdleString "idle-string" "A theme has a wording that neither the program nor any template names: it is misspelt, or no longer needed.";
    IdleTemplate "idle-template" "A theme has a template that no page is made with, and that none extends or includes: its name is misspelt, or it is no longer needed.";
    InlineCode "inline-code" "HTML of a page holds a script or a style, which browsers pass over under the policy that the documentation recommends. Put it into the theme.";
    InvalidUtf8 "invalid-utf8" "A file is not UTF-8 text. Save it as UTF-8.";
    ItemOutOfOrder "item-out-of-order" "An item's number does not follow the one before it. It may be what the document prints, or a mistake in typing it.";
    JoinedLine "joined-line" "A sentence was broken between two lines in the source document and is one in the content: a fact for a reviewer.";
    LargePage "large-page" "A page is so large that a phone is slow to show it.";
    LexiconApplied "lexicon-applied" "A lexicon rule changed this place: a fact for a reviewer.";
    LexiconChangesLength "lexicon-changes-length" "A lexicon rule gives a word of another length, so what is found in the text may be marked less exactly beside it.";
    LexiconNotApplied "lexicon-not-applied" "A lexicon rule's word stands here by chance, as parts of two others, and was left alone. Write `exact = true` to have it changed all the same.";
    LineCountDiffers "line-count-differs" "The two scripts of a text have different numbers of lines, so their paragraphs cannot be put side by side.";
    LongLabel "long-label" "A label is too long to be one. Labels name a measure in a few words.";
    LongText "long-text" "A measure's text is unusually long. Are two measures in one?";
    LookalikeCharacter "lookalike-character" "A text has radicals of dictionaries or compatibility forms, which look like ordinary characters and are others: files made from PDF have them. Write the ordinary ones.";
    MarkFitsNoPattern "mark-fits-no-pattern" "A mark is none that its level's pattern could make, so it cannot be counted. Correct it, or the pattern.";
    MissingAlternativeText "missing-alternative-text" "A picture has no words for those who do not see it. Write them between the brackets.";
    MissingField "missing-field" "A field that must be there is missing.";
    MissingFile "missing-file" "A file that must be there is missing.";
    MissingFrontMatter "missing-front-matter" "A page has to begin with its title, as TOML between two lines of `+++`.";
    MissingLabel "missing-label" "A measure has neither a title nor a label, which lists, cards and page titles use.";
    MissingOfficialText "missing-official-text" "A second official source is named, but a text is not given in its script. What is official is never converted.";
    MissingPart "missing-part" "A document that declares its parts lacks one that it must have.";
    MissingSource "missing-source" "The source document that is named is not there.";
    MissingString "missing-string" "A theme lacks a wording of the interface in one edition. Wording is written by hand for each edition, under the same keys.";
    MissingSummary "missing-summary" "An area has no summary.";
    MixedScripts "mixed-scripts" "A text has characters that belong to the other script alone. Write them in its own, or protect the word in the lexicon.";
    NamelessArea "nameless-area" "An area has neither a title nor a mark, so no page could name it.";
    NoBaseUrl "no-base-url" "The site does not say where it will stand, so nothing that needs whole addresses is made: no canonical links, no sitemap, no feeds. Write `base_url` into `site.toml`.";
    NoDocuments "no-documents" "The site has no memorandum.";
    NoNumbers "no-numbers" "No numbers were found in an imported document, so it has no measures.";
    NoNumeral "no-numeral" "A mark holds no number, so the marks after it cannot be counted on.";
    NoTitle "no-title" "No line of an imported document reads like its title.";
    NotExtracted "not-extracted" "Text that was extracted from a file cannot be extracted again on this machine, so nothing shows that it is the file's.";
    NotRebuilt "not-rebuilt" "A sealed version was made by another version of the tool, so its site cannot be compared with a new one.";
    NumberForm "number-form" "A number of an imported document is written unlike its neighbours.";
    NumberMissing "number-missing" "Numbers of an imported document leave one out.";
    NumberOfAnotherArea "number-of-another-area" "A measure's number begins with the number of another area.";
    NumberOrder "number-order" "Numbers of an imported document run backwards.";
    OneCharacterRule "one-character-rule" "A rule of the lexicon has one character, and holds in every word with it: a fact for a reviewer.";
    OverlappingNames "overlapping-names" "An entity's name stands inside another's, which wins there: a fact for a reviewer.";
    ReservedId "reserved-id" "This id is kept: for measures that stand under no area, or for a folder that every site has.";
    ScriptContradicted "script-contradicted" "A text is written in the other script than is said of it, so both editions show it as it is. Correct `script`, or name the file of the other script.";
    SelfReference "self-reference" "A measure or a document refers to itself as to another.";
    SentenceCountDiffers "sentence-count-differs" "A given text has more or fewer sentences than the text that it stands beside, so links to sentences would lead astray.";
    SeveralCandidates "several-candidates" "The evidence does not settle which character is right here. The help gives the lexicon line that does.";
    SeveralParagraphs "several-paragraphs" "An empty line parts paragraphs, but this text has room for one.";
    SkippedText "skipped-text" "A passage of the source document is declared as not taken over: a fact for a reviewer.";
    SourceChanged "source-changed" "The source document is not the file that its checksum was made of.";
    SourceLeftOver "source-left-over" "The source document says something that the content does not. Take it over, or declare it as skipped.";
    StrayEmphasis "stray-emphasis" "An asterisk, underscore or tilde stays in the text as it is. Close what it opens, or write a backslash before it.";
    SymbolicLink "symbolic-link" "A sealed version holds a link; what it leads to was not sealed.";
    TemplateError "template-error" "A template of the theme cannot be read, or failed on a page.";
    TomlSyntax "toml-syntax" "A file is not TOML.";
    TooManyEditions "too-many-editions" "The site has more editions than there is room for.";
    TwinNames "twin-names" "Two files have names that some systems take for one. Rename one.";
    UnknownEdition "unknown-edition" "There is no edition of this name.";
    UnknownEngine "unknown-engine" "There is no conversion engine of this name.";
    UnknownField "unknown-field" "A measure gives a field that its document does not declare.";
    UnknownFile "unknown-file" "Nothing reads this file. Move it out of `content/`, or put a `.` before its name.";
    UnknownFootnote "unknown-footnote" "A footnote is referred to that the page does not have.";
    UnknownKey "unknown-key" "Nothing reads this key, so what it says would be lost.";
    UnknownKind "unknown-kind" "There is no such kind of document or entity.";
    UnknownLevel "unknown-level" "There is no such level of numbering.";
    UnknownPart "unknown-part" "There is no such part of a document.";
    UnknownPlaceholder "unknown-placeholder" "A theme's wording has a name in braces that nobody puts anything in place of, so the page would show the braces. Write one of the names that the message lists.";
    UnknownProvenance "unknown-provenance" "A text is `official` or `edited`; what is converted says nothing.";
    UnknownReader "unknown-reader" "There is no such reader of PDF. It is `pdftotext` or `built-in`.";
    UnknownReference "unknown-reference" "A reference leads to nothing that the site has.";
    UnknownStandard "unknown-standard" "There is no such standard of Traditional characters. It is `hk`, `tw` or `plain`.";
    UnknownStatus "unknown-status" "A site is `official`, `unofficial` or `draft`.";
    UnknownTheme "unknown-theme" "The site chooses a theme that is not there. A theme is a folder below `themes/`.";
    UnlinkedTerm "unlinked-term" "A term in quotation marks stands more than once and links nowhere. Should it be an entity?";
    UnsupportedMarkdown "unsupported-markdown" "A page uses a form of Markdown that this program does not have, so its signs would show as they are. Write it with what there is, or as HTML.";
    UnusableName "unusable-name" "A file's name is one that some system does not take. Rename it.";
    UnusedEntity "unused-entity" "No measure mentions this entity.";
    Unverified "unverified" "A document is not compared with a source document, so nothing shows that its words are the document's. Name its `source`.";
    Verified "verified" "Every character of a document was compared with its source document: a fact for a reviewer.";
    WrongScript "wrong-script" "A page shows characters of the other script. Mark text that must stay with `lang`, or protect it in the lexicon.";
    WrongType "wrong-type" "A value is of another type than its field.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_their_order_and_are_found_by_name() {
        assert!(Code::ALL.is_sorted_by(|one, next| one.name() < next.name()));
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code));
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(code.name().chars().all(kebab), "{}", code.name());
            assert!(code.meaning().ends_with(['.', '?']) && !code.meaning().contains('\n'));
        }
        assert_eq!(Code::from_name("no-such-code"), None);
    }
}
