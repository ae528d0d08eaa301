//! One node per real thing: small sets of reports of our own, read by the whole engine. Each case says
//! which names are one entity and which are not.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use proptest::prelude::*;
use redstring::extract::{Engine, Extraction, Recognition};
use redstring::import::read_bytes;
use redstring::model::{Document, DocumentId, Entity, EntityId, Mention, Relation};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

fn extracted(texts: &[&str]) -> Extraction {
    let documents: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(id, text)| {
            let name = format!("{id}.txt");
            let mut document = read_bytes(&name, text.as_bytes())
                .expect("a text")
                .remove(0);
            document.id = DocumentId(id as u32);
            document
        })
        .collect();
    let recognitions: Vec<_> = documents.iter().map(|d| ENGINE.recognize(d)).collect();
    let items: Vec<_> = documents.iter().zip(&recognitions).collect();
    ENGINE.resolve(&items)
}

/// The names and all mentions of each entity of the picture.
fn shown(extraction: &Extraction) -> Vec<String> {
    extraction
        .entities
        .iter()
        .map(|e| format!("{} {}: {}", e.kind.key(), e.name, e.aliases.join(" | ")))
        .collect()
}

/// Entities with a mention of that text.
fn bearing<'a>(extraction: &'a Extraction, name: &str) -> Vec<&'a Entity> {
    let bears = |entity: &&Entity| entity.aliases.iter().any(|alias| alias == name);
    extraction.entities.iter().filter(bears).collect()
}

/// `same`: groups of names, each group one entity, all of its mentions included, and no two groups one.
#[track_caller]
fn assert_nodes(texts: &[&str], same: &[&[&str]]) {
    let extraction = extracted(texts);
    let mut ids = Vec::new();
    for group in same {
        let mut found = Vec::new();
        for name in *group {
            let bearing = bearing(&extraction, name);
            assert_eq!(bearing.len(), 1, "{name}: {:#?}", shown(&extraction));
            found.push(bearing[0].id);
        }
        assert!(
            found.windows(2).all(|pair| pair[0] == pair[1]),
            "{group:?}: {:#?}",
            shown(&extraction)
        );
        ids.push(found[0]);
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{same:?}: {:#?}", shown(&extraction));
}

#[test]
fn rank_and_surname() {
    assert_nodes(
        &[
            "General Ingrid Solheim took command in Bergen. On Monday General Solheim met the mayor, Oda Lunde.",
            "Gen. Solheim said the harbor was safe. Mayor Lunde agreed.",
        ],
        &[&["Ingrid Solheim", "Solheim"], &["Oda Lunde", "Lunde"]],
    );
}

#[test]
fn typing_slips_and_spellings() {
    assert_nodes(
        &[
            "President Oleksandr Marchenko spoke in Poltava. Marchenko thanked the nurses.",
            "Oleksander Marchenko, the president, left for Riga on Friday.",
            "Aleksandr Marchenko returned on Sunday.",
        ],
        &[&[
            "Oleksandr Marchenko",
            "Oleksander Marchenko",
            "Aleksandr Marchenko",
            "Marchenko",
        ]],
    );
}

#[test]
fn order_of_korean_names() {
    assert_nodes(
        &[
            "Professor Minjun Kwak teaches in Busan. Kwak wrote two books.",
            "Kwak Min-jun told reporters that the archive would open.",
        ],
        &[&["Minjun Kwak", "Kwak Min-jun", "Kwak"]],
    );
}

#[test]
fn father_and_son() {
    assert_nodes(
        &[
            "Senator Walter Quincy Holm raised his son, Walter Holm, in Bergen. Rolf Aasen Jr. met his father, Rolf Aasen, in Oslo.",
            "Walter Quincy Holm retired in 1998. Rolf Aasen Jr. now runs the shipyard.",
        ],
        &[
            &["Walter Quincy Holm"],
            &["Walter Holm"],
            &["Rolf Aasen Jr"],
            &["Rolf Aasen"],
        ],
    );
}

#[test]
fn a_middle_name_that_is_left_out() {
    assert_nodes(
        &[
            "Senator Walter Quincy Holm spoke in Bergen.",
            "Walter Holm left Bergen. Walter Q. Holm will be back on Monday.",
        ],
        &[&["Walter Quincy Holm", "Walter Holm", "Walter Q. Holm"]],
    );
}

#[test]
fn a_family_of_one_name() {
    assert_nodes(
        &[
            "Hong Sung Il ruled for thirty years. His son Hong Jong Su followed him, and then Hong Chol Ho.",
            "Hong Chol Ho inspected a factory. State media said that Hong Jong Su had founded it.",
        ],
        &[&["Hong Sung Il"], &["Hong Jong Su"], &["Hong Chol Ho"]],
    );
}

#[test]
fn acronyms_in_brackets_and_by_initials() {
    assert_nodes(
        &[
            "The Committee to Defend Whistleblowers (CDW) wrote to the court. The CDW asked for an answer.",
            "The National Water Inspectorate closed the plant. CDW praised the step.",
            "NWI officials did not comment.",
        ],
        &[&["Committee to Defend Whistleblowers", "CDW"]],
    );
}

#[test]
fn demonyms_possessives_and_whose_ministry_it_is() {
    let texts = [
        "Poland's Ministry of Defence denied the report. The Polish Defense Ministry said that no soldier was hurt.",
        "The Czech Defense Ministry announced a drill. The ministry gave no details.",
    ];
    let extraction = extracted(&texts);
    let ministries: Vec<_> = extraction
        .entities
        .iter()
        .filter(|e| e.name.contains("Defen"))
        .collect();
    assert_eq!(ministries.len(), 2, "{:#?}", shown(&extraction));
    let no_role = |e: &&Entity| e.name.eq_ignore_ascii_case("the ministry") || e.name == "ministry";
    assert!(!extraction.entities.iter().any(|e| no_role(&e)));
}

#[test]
fn abbreviated_countries() {
    assert_nodes(
        &[
            "The United States sent a team to Tunis. The U.S. team left.",
            "The US and the UK signed in London. The United Kingdom sent two ministers.",
        ],
        &[&["United States", "U.S.", "US"], &["UK", "United Kingdom"]],
    );
}

#[test]
fn short_forms_of_units() {
    assert_nodes(
        &[
            "Ukraine's 47th Separate Mechanized Brigade held the village. The 47th Brigade lost two men.",
            "The Ukrainian 47th Mechanized Brigade withdrew. Russia's 47th Tank Division came.",
        ],
        &[
            &[
                "47th Separate Mechanized Brigade",
                "47th Brigade",
                "47th Mechanized Brigade",
            ],
            &["47th Tank Division"],
        ],
    );
}

#[test]
fn a_city_and_its_region() {
    assert_nodes(
        &[
            "Shells fell in the Sumy region. Sumy Oblast was without power.",
            "The mayor of Sumy said that the city was calm.",
        ],
        &[&["Sumy region", "Sumy Oblast"], &["Sumy"]],
    );
}

#[test]
fn no_pronoun_and_no_role_is_a_node() {
    let extraction = extracted(&[
        "The president said he would go. She told the general that they had won. Officials in Oslo agreed, \
         and the spokesman thanked him. Commander, minister and governor left.",
    ]);
    assert_eq!(shown(&extraction), ["place Oslo: Oslo"]);
}

#[test]
fn a_shared_surname_joins_nobody() {
    assert_nodes(
        &[
            "Anna Keller met Paul Keller in Vienna. Both left on Friday.",
            "Paul Keller sold the house. Anna Keller bought it.",
        ],
        &[&["Anna Keller"], &["Paul Keller"]],
    );
}

#[test]
fn weapons_are_one_by_code() {
    assert_nodes(
        &[
            "Crews fired HIMARS rockets at night. A MiG-29 fighter was hit.",
            "The MiG-29s were old; a HIMARS launcher stood nearby.",
        ],
        &[&["HIMARS"], &["MiG-29"]],
    );
}

/// All that a reading of these documents in this order says, in words that no order changes: entities by
/// name, kind, names and mentions, relations by their ends.
fn told(items: &[&(Document, Recognition)], order: &[usize]) -> Vec<String> {
    let mut turned: Vec<(Document, Recognition)> = Vec::new();
    for (place, &item) in order.iter().enumerate() {
        let (document, recognition) = items[item];
        let id = DocumentId(place as u32);
        turned.push((
            Document {
                id,
                ..document.clone()
            },
            recognition.clone(),
        ));
    }
    let pairs: Vec<_> = turned.iter().map(|(d, r)| (d, r)).collect();
    let found = ENGINE.resolve(&pairs);
    let name = |id: EntityId| {
        let entity = &found.entities[id.0 as usize];
        format!(
            "{} {:?} {}",
            entity.name,
            entity.location.as_ref().map(|l| &l.region),
            entity.kind.key()
        )
    };
    let entity = |entity: &Entity| {
        let mut names = entity.aliases.clone();
        names.sort();
        let place = |m: &Mention| format!("{}@{}", m.start, order[m.document.0 as usize]);
        let mut places: Vec<String> = entity.mentions.iter().map(place).collect();
        places.sort();
        format!(
            "{}: {} {}",
            name(entity.id),
            names.join("|"),
            places.join(" ")
        )
    };
    let relation = |relation: &Relation| {
        let mut ends = [name(relation.source), name(relation.target)];
        if relation.kind.is_mutual() {
            ends.sort();
        }
        let (kind, count) = (relation.kind.key(), relation.evidence.len());
        format!(
            "{} -{kind}-> {} {:?} {count}",
            ends[0], ends[1], relation.status
        )
    };
    let mut all: Vec<String> = found.entities.iter().map(entity).collect();
    all.extend(found.relations.iter().map(relation));
    all.sort();
    all
}

/// Sentences whose names depend on one another.
const SENTENCES: &[&str] = &[
    "General Ingrid Solheim spoke. Solheim left with the 12th Engineer Battalion.",
    "Solheim came to Bergen. The Committee to Defend Whistleblowers (CDW) wrote to her.",
    "CDW met Oleksandr Marchenko and Petro Marchenko in Riga.",
    "Marchenko was in Riga. Norway's Defence Ministry and the Norwegian Ministry of Defense agreed.",
    "The Defense Ministry denied it. Oleksander Marchenko resigned.",
    "Volodymyr Zelensky met Zelenskyy's adviser in Kiev. The SBU arrested a man.",
    "Volodymyr Zelenskiy thanked the Security Service of Ukraine (SBU) in Kyiv.",
    "The Security Service said nothing. Dame Judith Carew led it in London.",
    "Crowds filled Georgia's capital, Tbilisi. Georgia is not in the EU.",
    "Georgia Governor Brian Tull spoke in Atlanta and Savannah.",
    "Shells fell on Donetsk and Makiivka in Ukraine.",
    "In the Russian town of Donetsk a depot burned. Donetsk lies in Rostov region.",
    "The 46th Separate Airmobile Brigade held Kurakhove. The 46th lost two men.",
    "The 46th Brigade fought the Russian 20th Motor Rifle Division near Kurakhove.",
    "Kim Jong Un met Kim Yong Bok in Pyongyang. Kim praised the troops.",
    "Kim spoke of Jong Un. Jaewoo Park and Park Jae-woo are one man.",
    "Robert D. English met R. English. English wrote to Louis Marin and Luis Marin.",
    "Wagner fought in Bakhmut. The Wagner Group lost men. Hong Kong and Singapore trade.",
];

static READ: LazyLock<Vec<(Document, Recognition)>> = LazyLock::new(|| {
    let read = |text: &&str| {
        let document = read_bytes("a.txt", text.as_bytes())
            .expect("a text")
            .remove(0);
        let recognition = ENGINE.recognize(&document);
        (document, recognition)
    };
    SENTENCES.iter().map(read).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_documents_makes_no_difference(
        chosen in prop::sample::subsequence((0..SENTENCES.len()).collect::<Vec<_>>(), 2..8),
        turns in prop::collection::vec(any::<prop::sample::Index>(), 8)
    ) {
        let items: Vec<&(Document, Recognition)> = chosen.iter().map(|&at| &READ[at]).collect();
        let before: Vec<usize> = (0..items.len()).collect();
        let mut order = before.clone();
        for (at, turn) in turns.iter().enumerate().take(items.len()) {
            order.swap(at, turn.index(items.len()));
        }
        prop_assert_eq!(told(&items, &order), told(&items, &before), "{:?}", order);
    }
}

#[test]
fn two_ministers_of_one_surname() {
    assert_nodes(
        &[
            "Finance Minister Arvid Lindgren met Interior Minister Karin Lindgren in Stockholm on Monday. Arvid Lindgren said taxes would fall. Interior Minister Lindgren promised more police.",
        ],
        &[&["Arvid Lindgren"], &["Karin Lindgren", "Lindgren"]],
    );
    assert_nodes(
        &[
            "Jean-Luc Moreau, the mayor of Saint-Denis, met Marie Moreau, a doctor. Mr. Moreau said the bridge would open.",
        ],
        &[&["Jean-Luc Moreau", "Moreau"], &["Marie Moreau"]],
    );
}

#[test]
fn brigades_of_one_number_in_three_armies() {
    let extraction = extracted(&[
        "Poland\u{2019}s Ministry of Defense said the 12th Mechanized Brigade would train. The 12th Brigade left Szczecin.",
        "Russian troops of the 12th Brigade entered a village. The U.S. 12th Combat Aviation Brigade is in Germany.",
    ]);
    let brigades = bearing(&extraction, "12th Brigade");
    assert_eq!(brigades.len(), 2, "{:#?}", shown(&extraction));
}

#[test]
fn a_state_and_a_country_of_one_name_in_one_text() {
    let extraction = extracted(&[
        "The ministers met in Atlanta, Georgia, where the state paid. Crowds filled Tbilisi, Batumi and Kutaisi, and all of Georgia listened.",
    ]);
    let kinds: Vec<_> = bearing(&extraction, "Georgia")
        .iter()
        .filter_map(|e| e.location.as_ref()?.country_code.clone())
        .collect();
    assert_eq!(kinds, ["US", "GE"], "{:#?}", shown(&extraction));
}
