//! Claims that cannot both be true are found, and what has a way out is left alone.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use redstring::analysis::contradictions;
use redstring::model::{
    Document, DocumentId, Entity, EntityId, EntityKind, Evidence, Location, Origin, Patch,
    PlaceKind, Project, Relation, RelationId, RelationKind, SavedView, Status,
};
use std::sync::Arc;

/// A project in the making; each claim has a document of its own.
#[derive(Default)]
struct Case {
    patch: Patch,
    names: Vec<String>,
}

impl Case {
    fn entity(&mut self, kind: EntityKind, name: &str) -> EntityId {
        if let Some(at) = self.names.iter().position(|known| known == name) {
            return EntityId(at as u32);
        }
        let id = EntityId(self.names.len() as u32);
        self.names.push(name.to_owned());
        // "Arden in Sylvania" lies in that country.
        let location = name.split_once(" in ").map(|(name, country)| {
            Box::new(Location {
                name: name.to_owned(),
                kind: PlaceKind::City,
                country: Some(country.to_owned()),
                country_code: None,
                region: None,
                latitude: name.len() as f32,
                longitude: country.len() as f32,
                score: 1.0,
            })
        });
        let is_country = kind == EntityKind::Place && location.is_none();
        let country = is_country.then(|| {
            Box::new(Location {
                name: name.to_owned(),
                kind: PlaceKind::Country,
                country: Some(name.to_owned()),
                country_code: None,
                region: None,
                latitude: 0.0,
                longitude: 0.0,
                score: 1.0,
            })
        });
        let entity = Entity {
            id,
            kind,
            name: name.to_owned(),
            aliases: vec![name.to_owned()],
            roles: Vec::new(),
            mentions: Vec::new(),
            by_user: true,
            told: None,
            unit: None,
            date: None,
            location: location.or(country),
        };
        self.patch.entities.push((id, Some(Arc::new(entity))));
        id
    }

    /// One claim: the ends, the label, the day of publishing, the day told, the period told.
    fn says(
        &mut self,
        ends: [(EntityKind, &str); 2],
        kind: RelationKind,
        label: &str,
        published: &str,
        told: [&str; 2],
    ) {
        let id = self.patch.relations.len() as u32;
        let [source, target] = ends.map(|(kind, name)| self.entity(kind, name));
        let document = Document {
            range: None,
            date: published.parse().ok(),
            sentences: 1,
            ..Document::of_text(
                DocumentId(id),
                format!("{} {label} {}.", ends[0].1, ends[1].1),
            )
        };
        let evidence = Evidence {
            origin: Origin::Text,
            document: Some(document.id),
            start: Some(0),
            end: Some(document.text.len()),
            text: Some(document.text.clone()),
            source_span: None,
            target_span: None,
            trigger: Vec::new(),
            status: Status::Asserted,
            attributed_to: None,
            date: told[0].parse().ok(),
            score: 0.9,
            method: "rule:test".to_owned(),
        };
        let mut relation = Relation {
            id: RelationId(id),
            source,
            target,
            kind,
            label: label.to_owned(),
            status: Status::Asserted,
            disputed: false,
            date: told[1].parse().ok(),
            score: 0.9,
            evidence: vec![evidence],
        };
        relation.normalize_direction();
        self.patch
            .documents
            .push((document.id, Some(Arc::new(document))));
        self.patch
            .relations
            .push((relation.id, Some(Arc::new(relation))));
    }

    fn leads(&mut self, who: &str, label: &str, published: &str, period: &str) {
        let ends = [(EntityKind::Person, who), (EntityKind::Unit, "5th Brigade")];
        self.says(ends, RelationKind::Leads, label, published, ["", period]);
    }

    fn dies(&mut self, place: &str, published: &str, day: &str) {
        let ends = [
            (EntityKind::Person, "Ada Byron"),
            (EntityKind::Place, place),
        ];
        self.says(ends, RelationKind::DiedIn, "died in", published, [day, ""]);
    }

    fn meets(&mut self, published: &str, day: &str) {
        let ends = [
            (EntityKind::Person, "Ada Byron"),
            (EntityKind::Person, "Bo Carr"),
        ];
        self.says(ends, RelationKind::MetWith, "met", published, [day, ""]);
    }

    fn found(self) -> Vec<String> {
        let project = Project::from_parts(self.patch, [0; 4], SavedView::default());
        let found = contradictions(&project);
        for contradiction in &found {
            let [a, b] = contradiction.claims;
            assert_ne!(a, b);
            for claim in [a, b] {
                assert!(claim.evidence < project.relation(claim.relation).unwrap().evidence.len());
            }
        }
        found.into_iter().map(|c| c.explanation).collect()
    }
}

#[test]
fn two_commanders_at_one_time() {
    let two = "Ada Byron and Bo Carr are both said to be commander of 5th Brigade at one time.";
    for (published, periods, expected) in [
        (["2024-05-01", "2024-05-09"], ["", ""], true),
        (["2024-05-01", "2024-09-01"], ["", ""], false),
        (["", ""], ["", ""], false),
        (["2024-05-01", "2024-05-09"], ["../2024-05-01", ""], false),
        (["2024-05-01", "2013-05-09"], ["2010/2014", ""], true),
        (["2024-05-01", "2015-05-09"], ["2010/2014", ""], false),
        (["2024-05-01", "2023-05-09"], ["2010/..", ""], true),
        (["2024-05-01", "2024-09-09"], ["2010/..", ""], false),
        (
            ["2024-05-01", "2024-05-09"],
            ["2010/2014", "2014/2016"],
            false,
        ),
        (["2024-05-01", "2024-05-09"], ["2010/2014", "2012/.."], true),
    ] {
        let mut case = Case::default();
        case.leads("Ada Byron", "commander of the", published[0], periods[0]);
        case.leads("Bo Carr", "commander of", published[1], periods[1]);
        let found = case.found();
        assert_eq!(
            found == [two],
            expected,
            "{published:?} {periods:?}: {found:?}"
        );
        assert_eq!(
            found.is_empty(),
            !expected,
            "{published:?} {periods:?}: {found:?}"
        );
    }
}

#[test]
fn other_posts_and_other_spellings_are_no_contradiction() {
    let mut case = Case::default();
    case.leads("Ada Byron", "commander of the", "2024-05-01", "");
    case.leads("Byron", "commander of", "2024-05-02", "");
    case.leads("Bo Carr", "chief of staff of", "2024-05-02", "");
    case.leads("Cy Dunn", "deputy commander of", "2024-05-02", "");
    assert_eq!(case.found(), [""; 0]);
}

#[test]
fn one_death_in_two_places() {
    let mut case = Case::default();
    case.dies("Arden in Sylvania", "2024-05-01", "");
    case.dies("Perth in Sylvania", "2024-05-01", "");
    case.dies("Sylvania", "2024-05-01", "");
    let expected = "Ada Byron is said to have died in Arden in Sylvania and in Perth in Sylvania.";
    assert_eq!(case.found(), [expected]);
}

#[test]
fn one_death_on_two_days() {
    for (days, expected) in [
        (["2024-05-01", "2024-05-09"], true),
        (["2024-05-01", "2024-05-02"], false),
        (["2024-05", "2024-05-09"], false),
        (["2024-04", "2024-05-09"], true),
        (["", "2024-05-09"], false),
    ] {
        let mut case = Case::default();
        case.dies("Sylvania", "2024-06-01", days[0]);
        case.dies("Sylvania", "2024-06-01", days[1]);
        assert_eq!(case.found().len() == 1, expected, "{days:?}");
    }
}

#[test]
fn dead_and_alive_later() {
    for (death, deed, expected) in [
        (
            ["2024-05-03", "2024-05-01"],
            ["2024-08-01", "2024-07-30"],
            true,
        ),
        (["2024-05-03", ""], ["2024-08-01", "2024-07-30"], true),
        (["2024-05-03", ""], ["2024-08-01", ""], false),
        (
            ["2024-05-03", "2024-05-01"],
            ["2024-08-01", "2024-04"],
            false,
        ),
        (
            ["2024-05-03", "2024-05-01"],
            ["2024-08-01", "2024-05-02"],
            false,
        ),
    ] {
        let mut case = Case::default();
        case.dies("Sylvania", death[0], death[1]);
        case.meets(deed[0], deed[1]);
        assert_eq!(case.found().len() == 1, expected, "{death:?} {deed:?}");
    }
}

#[test]
fn on_both_sides_of_a_fight() {
    let side = |name| (EntityKind::Organization, name);
    let ada = (EntityKind::Person, "Ada Byron");
    for (period, fights, expected) in [
        ("", true, true),
        ("../2020", true, false),
        ("", false, false),
    ] {
        let mut case = Case::default();
        let member = RelationKind::MemberOf;
        case.says(
            [ada, side("Red Army")],
            member,
            "soldier of",
            "2024",
            ["", period],
        );
        case.says(
            [ada, side("Blue Army")],
            member,
            "officer of",
            "2024",
            ["", ""],
        );
        if fights {
            let ends = [side("Blue Army"), side("Red Army")];
            case.says(ends, RelationKind::Fights, "attacked", "2024", ["", ""]);
        }
        assert_eq!(case.found().len() == 1, expected, "{period} {fights}");
    }
}
