//! Places know where they are: names that several places bear, by what the text around them speaks of.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::Engine;
use redstring::import::read_bytes;
use redstring::model::EntityKind;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// "region, country" of the place of that name in a text, or why there is none.
fn lies_in(text: &str, name: &str) -> String {
    let document = read_bytes("a.txt", text.as_bytes()).unwrap().remove(0);
    let recognition = ENGINE.recognize(&document);
    let extraction = ENGINE.resolve(&[(&document, &recognition)]);
    let mut named = extraction.entities.iter();
    let place =
        named.find(|e| e.kind == EntityKind::Place && e.aliases.iter().any(|alias| alias == name));
    match place.map(|place| &place.location) {
        None => "no place".to_owned(),
        Some(None) => "nowhere".to_owned(),
        Some(Some(location)) => location.within(),
    }
}

/// A text, a name in it that several places bear, and the end of "region, country" of the one that is meant.
const NAMESAKES: &[(&str, &str, &str)] = &[
    (
        "Police in Birmingham arrested a man from Coventry, England.",
        "Birmingham",
        "England, United Kingdom",
    ),
    (
        "Police in Birmingham arrested a man from Montgomery, Alabama.",
        "Birmingham",
        "Alabama, United States",
    ),
    (
        "The college in Cambridge, Massachusetts, opened on Monday.",
        "Cambridge",
        "Massachusetts, United States",
    ),
    (
        "A fire in Cambridge spread toward Ely, said firefighters in Norwich, England.",
        "Cambridge",
        "England, United Kingdom",
    ),
    (
        "Fishermen of Boston in Lincolnshire sold their boats.",
        "Boston",
        "England, United Kingdom",
    ),
    (
        "The mayor of Boston spoke in Washington.",
        "Boston",
        "Massachusetts, United States",
    ),
    (
        "Trains between Perth and Dundee in Scotland stood still.",
        "Perth",
        "Scotland, United Kingdom",
    ),
    (
        "The storm reached Perth and Fremantle in Western Australia.",
        "Perth",
        "Western Australia, Australia",
    ),
    (
        "Protests in San Jose spread to Alajuela, said the president of Costa Rica.",
        "San Jose",
        "San Jose, Costa Rica",
    ),
    (
        "A start-up in San Jose, California, closed.",
        "San Jose",
        "California, United States",
    ),
    (
        "Clashes in Tripoli left three dead, the Lebanese army said in Beirut.",
        "Tripoli",
        "Lebanon",
    ),
    (
        "Clashes in Tripoli left three dead, Libya's government said. Misrata and Benghazi were calm.",
        "Tripoli",
        "Libya",
    ),
    (
        "Workers in Alexandria and Cairo, Egypt, went on strike.",
        "Alexandria",
        "Egypt",
    ),
    (
        "Voters in Alexandria, Virginia, went to the polls.",
        "Alexandria",
        "Virginia, United States",
    ),
    (
        "Farmers near Cordoba and Rosario in Argentina sold soy.",
        "Cordoba",
        "Argentina",
    ),
    (
        "Rivers near Cordoba and Seville in Spain are dry.",
        "Cordoba",
        "Spain",
    ),
    (
        "Oil workers in Valencia and Maracaibo, Venezuela, went home.",
        "Valencia",
        "Venezuela",
    ),
    (
        "Floods hit Valencia, Spain's government in Madrid said.",
        "Valencia",
        "Spain",
    ),
    (
        "A volcano near Granada and Managua, Nicaragua, woke.",
        "Granada",
        "Nicaragua",
    ),
    (
        "Police in Hyderabad and Karachi, Pakistan, held two men.",
        "Hyderabad",
        "Pakistan",
    ),
    (
        "Engineers in Hyderabad and Bangalore, India, met.",
        "Hyderabad",
        "India",
    ),
    (
        "Four students were found dead in Moscow, Idaho, police said.",
        "Moscow",
        "Idaho, United States",
    ),
    (
        "Riots in Santiago and Valparaiso shook Chile.",
        "Santiago",
        "Chile",
    ),
];

#[test]
fn the_text_around_a_name_tells_which_place_it_is() {
    let mut wrong = Vec::new();
    for &(text, name, expected) in NAMESAKES {
        let found = lies_in(text, name);
        if !found.ends_with(expected) {
            wrong.push(format!("{name}: {found} in {text:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn counties_of_the_united_kingdom_are_there_and_namesakes_elsewhere_too() {
    for county in [
        "Kent", "Norfolk", "Surrey", "Cornwall", "Devon", "Somerset", "Essex", "Dorset",
    ] {
        let text = format!("Farmers in {county} sold their cattle after the floods.");
        assert_eq!(
            lies_in(&text, county),
            "England, United Kingdom",
            "{county}"
        );
    }
    let text = "The fleet left Norfolk, Virginia, on Monday.";
    assert_eq!(lies_in(text, "Norfolk"), "Virginia, United States");
    let text = "Police in Surrey and Vancouver, British Columbia, held two men in Canada.";
    assert!(lies_in(text, "Surrey").ends_with("Canada"));
}

#[test]
fn divisions_go_by_their_usual_english_names() {
    for (name, country) in [
        ("Zaporizhzhia region", "Ukraine"),
        ("Kyiv region", "Ukraine"),
        ("Odesa region", "Ukraine"),
        ("Voronezh region", "Russia"),
        ("Tuva Republic", "Russia"),
        ("Nineveh province", "Iraq"),
        ("Raqqa province", "Syria"),
    ] {
        let text = format!("Shells fell in the {name} on Monday, officials said.");
        assert!(
            lies_in(&text, name).ends_with(country),
            "{name}: {}",
            lies_in(&text, name)
        );
    }
    let hanoi = lies_in("Police in Hanoi, Vietnam, held a man.", "Hanoi");
    assert!(hanoi == "Vietnam" || hanoi.starts_with("Ha"), "{hanoi}");
}
