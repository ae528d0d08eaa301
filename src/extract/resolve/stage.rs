//! The steps of resolution in their order.

use super::super::{Extraction, Recognition};
use super::meanings::Meanings;
use super::nodes::Nodes;
use super::{
    acronyms, entities, locate, organizations, other_names, persons, places, relations, units,
};
use crate::model::{Document, EntityKind};

/// Entities and relations of all documents. `items` in reading order. Ids count from 0: entities by
/// first mention, relations by source, target, kind and period; no relations unless asked for.
/// Near-linear in the mentions.
pub fn resolve(items: &[(&Document, &Recognition)], with_relations: bool) -> Extraction {
    let mut nodes = Nodes::new(items);
    let located = locate::locate(&nodes);
    places::join(&mut nodes, &located);
    persons::join(&mut nodes);
    let meanings = Meanings::new(&mut nodes);
    organizations::join(&mut nodes);
    units::join(&mut nodes);
    acronyms::join(&mut nodes, &meanings);
    acronyms::join_called(&mut nodes);
    other_names::join(&mut nodes);
    nodes.join_by_key(|_, node| match node.kind {
        EntityKind::Group | EntityKind::Date | EntityKind::Equipment | EntityKind::Event => {
            Some(format!("{} {}", node.kind.key(), node.key))
        }
        _ => None,
    });
    let (entities, of_mention) = entities::build(&mut nodes, &located);
    let relations = if with_relations {
        relations::build(items, &nodes.countries, &entities, &of_mention)
    } else {
        Vec::new()
    };
    Extraction {
        entities,
        relations,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::*;

    /// Names of the entities of the texts, with the texts of their mentions.
    fn resolved(texts: &[&str]) -> Vec<String> {
        let items: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(id, text)| marked(id as u32, text))
            .collect();
        let items: Vec<_> = items.iter().map(|(d, r)| (d, r)).collect();
        resolve(&items, true)
            .entities
            .iter()
            .map(|entity| {
                let mentions: Vec<_> = entity.mentions.iter().map(|m| m.text.as_str()).collect();
                format!("{}: {}", entity.name, mentions.join(", "))
            })
            .collect()
    }

    #[test]
    fn surname_goes_to_the_full_name_of_its_document() {
        assert_eq!(
            resolved(&[
                "[person Volodymyr Zelenskyy] spoke. [person Zelensky] left. [person Volodymyr] slept."
            ]),
            ["Volodymyr Zelenskyy: Volodymyr Zelenskyy, Zelensky, Volodymyr"]
        );
    }

    #[test]
    fn surname_goes_across_documents_when_one_bearer_fits() {
        assert_eq!(
            resolved(&[
                "[person Klimenko] died.",
                "[person Pavel Klimenko] commanded.",
                "[person Pavel] slept."
            ]),
            ["Pavel Klimenko: Klimenko, Pavel Klimenko", "Pavel: Pavel"]
        );
    }

    #[test]
    fn four_kims_are_four_men() {
        let found = resolved(&[
            "[person Kim Jong Un] met [person Kim Il Sung] and [person Kim Jong Il]. [person Kim] left.",
            "[person Kim Yong Bok] arrived. Two words. [person Kim] left.",
            "[person Kim] came.",
        ]);
        assert_eq!(
            found,
            [
                "Kim Jong Un: Kim Jong Un",
                "Kim Il Sung: Kim Il Sung",
                "Kim Jong Il: Kim Jong Il",
                "Kim: Kim",
                "Kim Yong Bok: Kim Yong Bok, Kim",
                "Kim: Kim",
            ]
        );
    }

    #[test]
    fn title_tells_which_bearer_is_meant() {
        assert_eq!(
            resolved(&[
                "[role General] [person Ivan Petrov] met [role Mayor] [person Oleg Petrov]. [role Mayor] [person Petrov] left."
            ]),
            [
                "Ivan Petrov: Ivan Petrov",
                "Oleg Petrov: Oleg Petrov, Petrov"
            ]
        );
    }

    #[test]
    fn spellings_slips_order_and_middle_names() {
        assert_eq!(
            resolved(&[
                "[person Volodymyr Zelenskyy] and [person Jaewoo Park] and [person Kim Jong-un].",
                "[person Volodymr Zelenskiy] and [person Park Jaewoo] and [person Kim Jong Un].",
                "[person Robert D. English] and [person Robert English] and [person R. English].",
                "[person George H. W. Bush] and [person George W. Bush].",
            ])
            .len(),
            6
        );
    }

    #[test]
    fn ministries_belong_to_their_country() {
        assert_eq!(
            resolved(&[
                "[place Russia]'s [organization Ministry of Defense] spoke. The [group=Ukraine Ukrainian] [organization Defense Ministry] spoke. The [organization Defense Ministry] left.",
                "[place Russia]'s [organization Defense Ministry] spoke. The [organization Ministry of Defence] left. [organization Russian Defense Ministry] came.",
                "A [group=Russia Russian] came. The [organization Defense Ministry] slept.",
            ])
            .iter()
            .filter(|line| line.to_lowercase().contains("defense"))
            .cloned()
            .collect::<Vec<_>>(),
            [
                "Russia's Ministry of Defense: Ministry of Defense, Defense Ministry, Ministry of Defence, Russian Defense Ministry",
                "Ukrainian Defense Ministry: Defense Ministry, Defense Ministry",
                "Defense Ministry: Defense Ministry",
            ]
        );
    }

    #[test]
    fn acronyms_by_brackets_and_initials() {
        assert_eq!(
            resolved(&[
                "The [organization National Intelligence Service] ([organization NIS]) spoke. [organization CPJ] left.",
                "The [organization Committee to Protect Journalists] and [organization NIS] spoke.",
            ]),
            [
                "National Intelligence Service: National Intelligence Service, NIS, NIS",
                "Committee to Protect Journalists: CPJ, Committee to Protect Journalists",
            ]
        );
    }

    #[test]
    fn a_translated_acronym_in_brackets_names_the_same() {
        assert_eq!(
            resolved(&[
                "The [organization Guard Service of Sylvania] ([organization GBS]) spoke. [organization GBS] left. The [organization Court of Ruritania] ([organization QXZ]) spoke.",
            ]),
            [
                "Guard Service of Sylvania: Guard Service of Sylvania, GBS, GBS",
                "Court of Ruritania: Court of Ruritania",
                "QXZ: QXZ",
            ]
        );
    }

    #[test]
    fn status_words_make_no_other_unit() {
        let count = |text: &str| {
            let found = resolved(&[text]);
            found
                .iter()
                .filter(|line| line.contains("Regiment"))
                .count()
        };
        let text = |a: &str, b: &str, c: &str| {
            format!(
                "The [group=Sylvania Sylvanian] [unit {a}] left. The [group={b}] [unit {c}] came."
            )
        };
        let long = "9th Separate Guards Rifle Regiment";
        let own = "Sylvania Sylvanian";
        assert_eq!(count(&text(long, own, "9th Rifle Regiment")), 1);
        assert_eq!(count(&text(long, own, "9th Guards Rifle Regiment")), 1);
        assert_eq!(count(&text(long, own, "7th Rifle Regiment")), 2);
        assert_eq!(
            count(&text(long, "Ruritania Ruritanian", "9th Rifle Regiment")),
            2
        );
        assert_eq!(count(&text(long, own, "9th Tank Regiment")), 2);
    }

    #[test]
    fn short_forms_of_a_country_join_it() {
        assert_eq!(
            resolved(&[
                "[place=United_States US] and [place US] and [place=United_States U.S.] left."
            ])
            .len(),
            1
        );
    }

    #[test]
    fn status_words_do_not_make_a_unit_s_name_fuller() {
        assert_eq!(
            resolved(&[
                "The [unit 9th Rifle Regiment] left. The [unit 9th Separate Rifle Regiment] came."
            ]),
            ["9th Rifle Regiment: 9th Rifle Regiment, 9th Separate Rifle Regiment"]
        );
    }

    #[test]
    fn a_place_of_a_dateline_is_named_as_elsewhere() {
        assert_eq!(
            resolved(&["[place LIMA], where [place UAE] met [place STOKE ON TRENT]."]),
            ["Lima: LIMA", "UAE: UAE", "Stoke on Trent: STOKE ON TRENT"]
        );
    }

    #[test]
    fn countries_by_canonical_name_and_regions_apart_from_cities() {
        assert_eq!(
            resolved(&[
                "[place=United_States U.S.] and [place=United_States America]. [place Kursk] and [place Kursk region].",
                "[place Kursk Oblast] and [place=United_States US].",
            ])
            .iter()
            .map(|line| line.split(": ").nth(1).unwrap_or_default().to_owned())
            .collect::<Vec<_>>(),
            ["U.S., America, US", "Kursk", "Kursk region, Kursk Oblast"]
        );
    }

    #[test]
    fn units_by_number_and_country() {
        assert_eq!(
            resolved(&[
                "The [group=Ukraine Ukrainian] [unit 46th Air Mobile Brigade] and the [unit 46th Brigade] fought the [group=Russia Russian] [unit 5th Brigade].",
                "The [group=Ukraine Ukrainian] [unit 5th Brigade]. The [unit Fifth Brigade].",
            ])
            .iter()
            .filter(|line| line.contains("Brigade"))
            .count(),
            3
        );
    }

    #[test]
    fn the_article_of_an_arabic_name_has_two_spellings() {
        assert_eq!(
            resolved(&[
                "[person Abdul-Wahhab el-Saidi] spoke. [person Al-Saidi] left. [person El-Saidi] ate."
            ]),
            ["Abdul-Wahhab el-Saidi: Abdul-Wahhab el-Saidi, Al-Saidi, El-Saidi"]
        );
    }

    #[test]
    fn a_service_is_its_country_s_wherever_that_is_spoken_of() {
        let found = resolved(&[
            "[organization Security Service of Ukraine] spoke. The [organization Security Service] left.",
            "She led the [organization Security Service] in [place London].",
            "In [place=Ukraine Ukraine] the [organization Security Service] slept.",
        ]);
        let services = found.iter().filter(|line| line.contains("Service"));
        assert_eq!(
            services.collect::<Vec<_>>(),
            [
                "Security Service of Ukraine: Security Service of Ukraine, Security Service, Security Service",
                "Security Service: Security Service",
            ]
        );
        assert_eq!(
            resolved(&[
                "The [organization Investigative Committee of Russia] and [place=Russia Russia]'s [organization Investigative Committee] and the [organization Investigative Committee]."
            ])
            .len(),
            2
        );
    }

    #[test]
    fn acronyms_that_leave_out_the_country_or_stand_before_their_name() {
        assert_eq!(
            resolved(&[
                "The [organization U.S. Central Command] ([organization CENTCOM]) and [organization HELCOM] (the [organization Baltic Marine Protection Commission]) met."
            ])
            .len(),
            2
        );
    }

    #[test]
    fn a_name_spelled_otherwise_is_the_other_one_s() {
        assert_eq!(
            resolved(&[
                "[person Joe Louis] met [person Luis Firpo]. [person Louis] won. [person Luis] lost."
            ]),
            [
                "Joe Louis: Joe Louis, Louis",
                "Luis Firpo: Luis Firpo, Luis"
            ]
        );
    }

    #[test]
    fn names_that_a_text_gives_beside_another_are_one_thing_s() {
        assert_eq!(
            resolved(&[
                "[person Mohamed Hamdan Dagalo], known as [person Hemedti], left. [person Hemedti] spoke. [person Hamdan] slept.",
                "[person Luiz Lula da Silva] and [person Lula]. [person Jo Yong-won] is [person Cho Yong Won].",
                "The [place Demilitarized Zone] ([place DMZ]) is quiet. The [place DMZ] is wide.",
            ]),
            [
                "Mohamed Hamdan Dagalo: Mohamed Hamdan Dagalo, Hemedti, Hemedti, Hamdan",
                "Luiz Lula da Silva: Luiz Lula da Silva, Lula",
                "Cho Yong Won: Jo Yong-won, Cho Yong Won",
                "Demilitarized Zone: Demilitarized Zone, DMZ, DMZ",
            ]
        );
    }

    #[test]
    fn a_unit_s_town_is_not_its_country() {
        assert_eq!(
            resolved(&[
                "The [unit 810th Naval Infantry Brigade] of [place Sevastopol] fights. The [group=Russia Russian] [unit 810th Brigade] lost.",
            ])
            .iter()
            .filter(|line| line.contains("Brigade"))
            .count(),
            1
        );
        assert_eq!(
            resolved(&[
                "The [organization Indian National Congress] spoke. [organization Congress] left. The [organization Trades Union Council] slept."
            ])
            .len(),
            2
        );
    }

    #[test]
    fn a_title_of_a_sex_goes_to_the_bearer_of_such_a_title() {
        assert_eq!(
            resolved(&[
                "[role Dame] [person Judith Carew] and [role Sir] [person Peter Carew] had a son, [person David Carew]. He spoke. [role Lady] [person Carew] left."
            ]),
            [
                "Judith Carew: Judith Carew, Carew",
                "Peter Carew: Peter Carew",
                "David Carew: David Carew"
            ]
        );
    }

    #[test]
    fn an_acronym_of_two_bodies_is_each_document_s_own() {
        let institute = "The [organization Massachusetts Institute of Technology] ([organization MIT]) grew. [organization MIT] hires.";
        let agents = "[place=Turkey Turkey]'s [organization National Intelligence Organization] ([organization MIT]) slept. [organization MIT] spied.";
        assert_eq!(
            resolved(&[institute, agents, "[organization MIT] published."]),
            [
                "Massachusetts Institute of Technology: Massachusetts Institute of Technology, MIT, MIT",
                "Turkey: Turkey",
                "National Intelligence Organization: National Intelligence Organization, MIT, MIT",
                "MIT: MIT",
            ]
        );
        assert_eq!(
            resolved(&[
                "[organization Massachusetts Institute of Technology] grew. [organization MIT] hires. The [organization National Intelligence Organization] ([organization MIT]) slept. [organization MIT] spied. The [organization Massachusetts Institute of Technology] paid. [organization MIT] left."
            ]),
            [
                "Massachusetts Institute of Technology: Massachusetts Institute of Technology, MIT, Massachusetts Institute of Technology, MIT",
                "National Intelligence Organization: National Intelligence Organization, MIT, MIT",
            ]
        );
    }

    #[test]
    fn names_of_one_body_in_other_words_leave_its_acronym_one() {
        let count = |texts: &[&str]| resolved(texts).len();
        assert_eq!(
            count(&[
                "The [organization Center for Disease Control] ([organization CDC]) spoke.",
                "The [organization Centers for Disease Control and Prevention] ([organization CDC]) spoke.",
                "[organization CDC] spoke.",
            ]),
            1
        );
        assert_eq!(
            count(&[
                "The [organization National Intelligence Organization] ([organization MIT]) slept. [organization MIT] woke.",
                "The [organization Milli Istihbarat Teskilati] ([organization MIT]) slept. [organization MIT] spied.",
                "The [organization Massachusetts Institute of Technology] ([organization MIT]) grew.",
            ]),
            2
        );
        assert_eq!(
            count(&[
                "[place=Russia Russia]'s [organization Interior Ministry] ([organization MVD]) spoke. [organization MVD] left.",
                "[place=Belarus Belarus]'s [organization Interior Ministry] ([organization MVD]) spoke. [organization MVD] left.",
            ]),
            4
        );
    }

    #[test]
    fn a_bare_surname_of_two_needs_a_title_or_the_sentence_before() {
        assert_eq!(
            resolved(&[
                "[person Jane Smith] and [person John Smith] died. [role Mr] [person Smith] was back. [role Ms] [person Smith] was a nurse. They rest. It rained. [person Smith] was loved."
            ]),
            [
                "Jane Smith: Jane Smith, Smith",
                "John Smith: John Smith, Smith",
                "Smith: Smith"
            ]
        );
        assert_eq!(
            resolved(&[
                "[person Ada Park] spoke. [person Park] left. [person Bo Park] ate. It rained. It snowed. [person Park] slept."
            ]),
            ["Ada Park: Ada Park, Park", "Bo Park: Bo Park", "Park: Park"]
        );
        assert_eq!(
            resolved(&[
                "[role Mr] [person Kerr] spoke. [role Mrs] [person Kerr] left.",
                "[role Mr] [person Kerr] slept.",
                "[person Ann Brandt] sang.",
                "[role Mr] [person Brandt] sang.",
            ]),
            [
                "Kerr: Kerr, Kerr",
                "Kerr: Kerr",
                "Ann Brandt: Ann Brandt",
                "Brandt: Brandt"
            ]
        );
    }

    #[test]
    fn pairs_of_a_crowded_sentence_are_bounded() {
        let names: String = (0..3000).map(|n| format!("[place P{n}] ")).collect();
        let (document, recognition) = marked(0, &names);
        let found = resolve(&[(&document, &recognition)], true);
        assert_eq!(found.entities.len(), 3000);
        assert!(found.relations.len() < 3000 * 17);
    }

    #[test]
    fn a_surname_fifty_thousand_times_is_quick() {
        let names = "[person Kim Jong Un] and [person Kim Yong Bok]. ".to_owned()
            + &"[person Kim] left. ".repeat(50_000);
        let (document, recognition) = marked(0, &names);
        let found = resolve(&[(&document, &recognition)], true);
        assert_eq!(found.entities.len(), 3);
    }
}
