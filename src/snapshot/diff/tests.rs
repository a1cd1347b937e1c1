//! Small records, compared.

use proptest::prelude::*;

use super::*;
use crate::model::{DateName, Dates, DocumentKind, KnownKind, PartKind, Script};
use crate::snapshot::record::Origin;
use crate::source::{Sources, Span, Spanned};

fn wording(hant: &str, hans: &str) -> Wording {
    of_origins([(hant, Origin::Source), (hans, Origin::Converted)])
}

fn of_origins(texts: [(&str, Origin); 2]) -> Wording {
    let editions = Editions::default();
    let texts = editions.all().zip(texts);
    Wording::new(texts.map(|(edition, (text, origin))| (edition.name(), text.to_owned(), origin)))
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::new(Sources::default().add("demo", ""), 0..0))
}

fn id(text: &str) -> Spanned<Id> {
    spanned(Id::parse(text).unwrap())
}

/// A record of one memorandum. A line is an area, `1 finance 金融`, or a measure
/// of the area before it, `1.1 text` or `1.1 text | converted text`.
fn record(lines: &str) -> Record {
    let mut areas: Vec<Area> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (number, rest) = line.split_once(' ').unwrap();
        match MeasureNumber::parse(number) {
            Some(number) => {
                let (hant, hans) = rest.split_once(" | ").unwrap_or((rest, rest));
                let measure = Measure {
                    number: spanned(number),
                    mark: None,
                    title: None,
                    text: wording(hant, hans),
                    lines: Vec::new(),
                    fields: Vec::new(),
                    label: None,
                    related: Vec::new(),
                    amends: Vec::new(),
                };
                areas.last_mut().unwrap().measures.push(measure);
            }
            None => {
                let (id, title) = rest.split_once(' ').unwrap();
                areas.push(Area {
                    id: self::id(id),
                    formerly: Vec::new(),
                    number: spanned(number.parse().unwrap()),
                    mark: None,
                    title: Some(wording(title, title)),
                    text: Vec::new(),
                    summary: None,
                    columns: Vec::new(),
                    sections: Vec::new(),
                    measures: Vec::new(),
                    closing: Vec::new(),
                });
            }
        }
    }
    let part = |kind| crate::model::Part::new(kind);
    let preamble = vec![wording("雙方同意加強合作。", "双方同意加强合作。")];
    let signed = crate::model::PartialDate::parse("2021-11-29").unwrap();
    Record::new(
        Editions::default(),
        vec![Memorandum {
            id: id("demo"),
            formerly: Vec::new(),
            script: Script::Hant,
            kind: DocumentKind::Known(KnownKind::Memorandum),
            title: wording("備忘錄", "备忘录"),
            short_title: None,
            summary: None,
            group: None,
            continues: None,
            amends: Vec::new(),
            dates: Dates([(DateName::Signed, signed)].into()),
            place: None,
            parties: Vec::new(),
            fields: Vec::new(),
            numbers_run_on: false,
            parts: vec![
                part(PartKind::Title),
                crate::model::Part { text: preamble, ..part(PartKind::Preamble) },
                crate::model::Part { areas: 0..areas.len(), ..part(PartKind::Areas) },
            ],
            areas,
        }],
    )
}

/// What changed, a word or two a measure: `1.2→1.3 renumbered`.
fn told(old: &Record, new: &Record) -> Vec<String> {
    let diff = compare(old, new);
    let one = &diff.memoranda[0];
    let names = |statuses: &[Status]| {
        statuses.iter().map(|status| status.name()).collect::<Vec<_>>().join(", ")
    };
    let parts = one.parts.iter().map(|(part, status)| format!("{} {}", part.name(), status.name()));
    let areas = one.areas.iter().filter(|pair| !pair.statuses.is_empty()).map(|pair| {
        let id = |record: &Record, area: Option<usize>| {
            area.map(|area| record.memoranda[0].areas[area].id.value.to_string())
                .unwrap_or_default()
        };
        format!("{}→{} {}", id(old, pair.old), id(new, pair.new), names(&pair.statuses))
    });
    let measures = one.measures.iter().filter(|pair| !pair.statuses.is_empty()).map(|pair| {
        let number = |record: &Record, place: Option<Place>| {
            let place = place.map(|place| record.memoranda[0].at(place).1.key().to_string());
            place.unwrap_or_default()
        };
        format!("{}→{} {}", number(old, pair.old), number(new, pair.new), names(&pair.statuses))
    });
    parts.chain(areas).chain(measures).collect()
}

const OLD: &str = "
    1 finance 金融
    1.1 支持湖北金融機構在香港設立分支機構。
    1.2 鼓勵香港創業投資基金落戶湖北。
    2 trade 貿易
    2.1 推動兩地航空公司增加航線。
";

#[test]
fn each_way_to_change_has_its_name() {
    let old = record(OLD);
    for (new, expected) in [
        (OLD, &[][..]),
        (
            "1 finance 金融
             1.1 鼓勵香港創業投資基金落戶湖北。
             1.2 支持湖北銀行在香港設立分支機構。
             2 trade 貿易
             2.1 推動兩地航空公司增加航線。 | 推动两地航空公司增加航线。",
            &["1.2→1.1 renumbered", "1.1→1.2 changed, renumbered", "2.1→2.1 converted"],
        ),
        (
            "1 finance 金融
             1.1 支持湖北金融機構在香港設立分支機構。
             2 trade 貿易
             2.1 鼓勵香港創業投資基金落戶湖北。
             2.2 建立旅遊推廣的定期溝通渠道。",
            &["2.1→ removed", "1.2→2.1 moved", "→2.2 added"],
        ),
        (
            "1 trade 貿易投資
             1.1 推動兩地航空公司增加航線。
             2 banking 金融
             2.1 支持湖北金融機構在香港設立分支機構。
             2.2 鼓勵香港創業投資基金落戶湖北。",
            &[
                "trade→trade changed, renumbered",
                "finance→banking renumbered, moved",
                "2.1→1.1 renumbered",
                "1.1→2.1 renumbered",
                "1.2→2.2 renumbered",
            ],
        ),
        (
            "",
            &["finance→ removed", "trade→ removed", "1.1→ removed", "1.2→ removed", "2.1→ removed"],
        ),
    ] {
        assert_eq!(told(&old, &record(new)), expected);
    }
}

#[test]
fn parts_and_names_and_origins_are_compared_too() {
    let old = record(OLD);
    let mut new = record(OLD);
    let one = &mut new.memoranda[0];
    one.title = wording("備忘錄", "备忘录全文");
    let as_at = crate::model::PartialDate::parse("2022-01-01").unwrap();
    one.dates.0.insert(DateName::AsAt, as_at);
    one.parts.retain(|part| part.kind != PartKind::Preamble);
    one.areas[0].measures[0].label = Some(wording("分支機構", "分支机构"));
    let official = &mut one.areas[0].measures[1].text;
    let texts: Vec<String> = official.texts().map(str::to_owned).collect();
    *official = of_origins([(&texts[0], Origin::Source), (&texts[1], Origin::Official)]);
    assert_eq!(
        told(&old, &new),
        [
            "title converted",
            "as_at added",
            "preamble removed",
            "1.1→1.1 relabelled",
            "1.2→1.2 attributed",
        ]
    );
}

#[test]
fn a_memorandum_that_only_one_version_has_is_told_whole() {
    let (none, one) = (Record::new(Editions::default(), Vec::new()), record(OLD));
    let added = compare(&none, &one);
    assert_eq!((added.memoranda[0].new, added.counts().added), (Some(0), 3));
    let removed = compare(&one, &none);
    assert_eq!((removed.memoranda[0].old, removed.counts().removed), (Some(0), 3));
    assert!(compare(&none, &none).is_empty() && !removed.is_empty());
}

/// Records with few, short texts, so that the same ones come again.
fn any_record() -> impl Strategy<Value = Record> {
    let text = prop::sample::select(vec![
        "支持金融機構。",
        "支持科技機構。",
        "推動航空發展，加強合作。",
        "推動鐵路發展，加強合作。",
        "加強合作。",
        "。",
        // Each as similar to the others as any two.
        "舉辦展覽會推廣旅遊甲。",
        "舉辦展覽會推廣旅遊乙。",
        "舉辦展覽會推廣旅遊丙。",
        "舉辦展覽會推廣旅遊丁。",
    ]);
    prop::collection::vec(prop::collection::vec(text, 0..5), 0..4).prop_map(|areas| {
        let mut lines = String::new();
        for (area, texts) in areas.iter().enumerate() {
            lines.push_str(&format!("{} area-{area} 領域{}\n", area + 1, area % 2));
            for (measure, text) in texts.iter().enumerate() {
                lines.push_str(&format!("{}.{} {text}\n", area + 1, measure + 1));
            }
        }
        record(&lines)
    })
}

proptest! {
    #[test]
    fn every_measure_is_told_of_once_and_the_same_from_either_side(
        old in any_record(),
        new in any_record(),
    ) {
        let diff = compare(&old, &new);
        let (before, now) = (&old.memoranda[0], &new.memoranda[0]);
        let measures = &diff.memoranda[0].measures;
        let mut olds: Vec<_> = measures.iter().filter_map(|pair| pair.old).collect();
        let mut news: Vec<_> = measures.iter().filter_map(|pair| pair.new).collect();
        olds.sort();
        news.sort();
        prop_assert_eq!(olds, before.places().collect::<Vec<_>>());
        prop_assert_eq!(news, now.places().collect::<Vec<_>>());

        let counts = diff.counts();
        let matched = measures.len() - counts.added - counts.removed;
        prop_assert_eq!(matched + counts.removed, before.places().count());
        prop_assert_eq!(matched + counts.added, now.places().count());
        prop_assert!(counts.unchanged <= matched && counts.moved <= counts.renumbered);

        let back = compare(&new, &old);
        let mut turned: Vec<_> = back.memoranda[0].measures.iter().map(|pair| (pair.new, pair.old)).collect();
        let mut pairs: Vec<_> = measures.iter().map(|pair| (pair.old, pair.new)).collect();
        turned.sort();
        pairs.sort();
        prop_assert_eq!(turned, pairs);

        prop_assert!(compare(&old, &old).is_empty());
    }
}
