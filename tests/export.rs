//! What files of other programs are promised: their form, their order, and that they are whole.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use redstring::error::Warnings;
use redstring::export::{self, Export, Format, Paper, PictureOptions, RelationChoice};
use redstring::geometry::Point;
use redstring::model::{
    Document, DocumentId, Entity, EntityId, EntityKind, Evidence, FileOutcome, FileRecord,
    FilterRule, Filters, LeftOut, Mention, Origin, Patch, Placement, Project, Relation, RelationId,
    RelationKind, Role, Status,
};
use redstring::scene::Theme;
use serde_json::Value;
use std::sync::Arc;

const TEXT: &str =
    "Gen. Ana Ruiz, commander of the 7th River Brigade, met Omar Li in Port <Alba> & left.";

fn span(words: &str) -> [usize; 2] {
    let start = TEXT.find(words).unwrap();
    [start, start + words.len()]
}

fn entity(id: u32, kind: EntityKind, name: &str) -> Entity {
    let [start, end] = span(name);
    Entity {
        id: EntityId(id),
        kind,
        name: name.to_owned(),
        aliases: vec![name.to_owned()],
        roles: Vec::new(),
        mentions: vec![Mention {
            document: DocumentId(0),
            start,
            end,
            text: name.to_owned(),
            score: 0.9,
        }],
        by_user: false,
        told: None,
        unit: None,
        date: None,
        location: None,
    }
}

fn evidence(origin: Origin, source: &str, target: &str, trigger: &str) -> Evidence {
    Evidence {
        origin,
        document: Some(DocumentId(0)),
        start: Some(0),
        end: Some(TEXT.len()),
        text: Some(TEXT.to_owned()),
        source_span: Some(span(source)),
        target_span: Some(span(target)),
        trigger: vec![span(trigger)],
        status: Status::Asserted,
        attributed_to: None,
        date: None,
        score: 0.91,
        method: "rule:apposition".to_owned(),
    }
}

fn relation(id: u32, ends: [u32; 2], kind: RelationKind, evidence: Evidence) -> Relation {
    Relation {
        id: RelationId(id),
        source: EntityId(ends[0]),
        target: EntityId(ends[1]),
        kind,
        label: "commander of".to_owned(),
        status: Status::Asserted,
        disputed: false,
        date: None,
        score: 0.91,
        evidence: vec![evidence],
    }
}

/// A line that leads, a mutual one, one that only the gazetteer knows, and a co-mention.
fn relations() -> [Relation; 4] {
    let gazetteer = Origin::Gazetteer {
        record: "1".to_owned(),
    };
    [
        relation(
            0,
            [0, 1],
            RelationKind::Leads,
            evidence(
                Origin::Text,
                "Ana Ruiz",
                "7th River Brigade",
                "commander of",
            ),
        ),
        relation(
            1,
            [0, 2],
            RelationKind::MetWith,
            evidence(Origin::Text, "Ana Ruiz", "Omar Li", "met"),
        ),
        relation(
            2,
            [1, 3],
            RelationKind::LocatedIn,
            evidence(gazetteer, "7th River Brigade", "Port <Alba> & left", "in"),
        ),
        relation(
            3,
            [2, 3],
            RelationKind::MentionedWith,
            evidence(Origin::Text, "Omar Li", "Port <Alba> & left", "in"),
        ),
    ]
}

fn left_out() -> LeftOut {
    let mut left_out = LeftOut {
        pairs_not_examined: 3,
        ..LeftOut::default()
    };
    left_out.add(FilterRule::Boilerplate, 1);
    left_out.add(FilterRule::Overlap, 1);
    left_out
}

/// One document, four entities, four relations of all sorts, every entity placed.
fn project() -> Project {
    let document = Document {
        path: "reports/a.txt".to_owned(),
        file_hash: "00".repeat(32),
        date: Some("2025-01-12".parse().unwrap()),
        source: Some("River News".to_owned()),
        sentences: 1,
        left_out: left_out(),
        ..Document::of_text(DocumentId(0), TEXT)
    };
    let mut commander = entity(0, EntityKind::Person, "Ana Ruiz");
    commander.roles.push(Role {
        text: "Gen.".to_owned(),
        document: DocumentId(0),
        start: 0,
    });
    let entities = [
        commander,
        entity(1, EntityKind::Unit, "7th River Brigade"),
        entity(2, EntityKind::Person, "Omar Li"),
        entity(3, EntityKind::Place, "Port <Alba> & left"),
    ];
    let file = |path: &str, outcome| FileRecord {
        path: path.to_owned(),
        outcome,
    };
    let placed = |id: u32, x: f32, y: f32| {
        let position = Some(Point::new(x, y));
        (
            EntityId(id),
            Some(Placement {
                position,
                ..Placement::default()
            }),
        )
    };
    Project::from_parts(
        Patch {
            documents: vec![(DocumentId(0), Some(Arc::new(document)))],
            entities: entities.map(|e| (e.id, Some(Arc::new(e)))).into(),
            relations: relations().map(|r| (r.id, Some(Arc::new(r)))).into(),
            placements: vec![
                placed(0, -90.0, -40.0),
                placed(1, 60.0, -70.0),
                placed(2, -40.0, 60.0),
                placed(3, 110.0, 50.0),
            ],
            files: Some(vec![
                file("reports/a.txt", FileOutcome::Read { documents: 1 }),
                file(
                    "reports/b.png",
                    FileOutcome::Skipped {
                        reason: "a picture".to_owned(),
                    },
                ),
                file(
                    "reports/c.txt",
                    FileOutcome::Failed {
                        reason: "no permission".to_owned(),
                    },
                ),
            ]),
            ..Patch::default()
        },
        [1, 4, 4, 0],
        redstring::model::SavedView::default(),
    )
}

fn json_text(choice: RelationChoice) -> String {
    let mut warnings = Warnings::default();
    warnings.push("reports/b.png", "skipped: a picture");
    let mut out = Vec::new();
    export::json(&mut out, &project(), &warnings, choice).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(choice: RelationChoice) -> Value {
    serde_json::from_str(&json_text(choice)).unwrap()
}

#[test]
fn json_has_the_form_of_the_contract() {
    insta::assert_snapshot!(json_text(RelationChoice::All));
    let all = json(RelationChoice::All);
    assert_eq!(all["version"], 1);
    let text = all["documents"][0]["text"].as_str().unwrap();
    for mention in all["entities"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|e| e["mentions"].as_array().unwrap())
    {
        let at = |name: &str| usize::try_from(mention[name].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at("start")..at("end")], mention["text"]);
    }
}

#[test]
fn relations_are_written_as_asked_for() {
    let kinds = |choice| -> Vec<String> {
        let written = json(choice);
        let relations = written["relations"].as_array().unwrap().clone();
        relations
            .iter()
            .map(|r| r["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(kinds(RelationChoice::None), [""; 0]);
    assert_eq!(kinds(RelationChoice::Stated), ["leads", "met_with"]);
    assert_eq!(
        kinds(RelationChoice::All),
        ["leads", "met_with", "located_in", "mentioned_with"]
    );
}

#[test]
fn json_lines_are_the_same_object_on_one_line() {
    let mut out = Vec::new();
    export::json_line(
        &mut out,
        &project(),
        &Warnings::default(),
        RelationChoice::Stated,
    )
    .unwrap();
    let line = String::from_utf8(out).unwrap();
    assert_eq!(line.matches('\n').count(), 1);
    let mut object = json(RelationChoice::Stated);
    object["warnings"] = Value::Array(Vec::new());
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), object);
}

#[test]
fn the_summary_adds_up() {
    let mut out = Vec::new();
    export::summary(&mut out, &project()).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn gexf_is_read_back_and_has_its_form() {
    let project = project();
    let filters = Filters {
        gazetteer: true,
        ..Filters::default()
    };
    let visible = filters.visible(&project);
    let mut out = Vec::new();
    export::gexf(&mut out, &project, &visible, Theme::light()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.gexf");
    std::fs::write(&path, &out).unwrap();
    let read = redstring::import::read_graph(&path).unwrap();
    assert_eq!(read.ids, ["0", "1", "2", "3"]);
    assert_eq!(
        read.edges,
        [(0, 1, 1.0), (0, 2, 1.0), (1, 3, 1.0), (2, 3, 1.0)]
    );
    assert_eq!(read.warnings, [""; 0]);
    let creator = concat!("Redstring ", env!("CARGO_PKG_VERSION"));
    let text = String::from_utf8(out).unwrap();
    insta::assert_snapshot!(text.replace(creator, "Redstring"));
}

fn exported(format: Format, options: &PictureOptions) -> Vec<u8> {
    let project = project();
    let visible = Filters::default().visible(&project);
    let export = Export {
        project: &project,
        visible: &visible,
        warnings: &Warnings::default(),
        relations: RelationChoice::Stated,
        picture: options,
        made_on: "2025-02-08",
    };
    let mut out = Vec::new();
    export.write(&mut out, format).unwrap();
    out
}

fn picture(width: u32, height: u32) -> PictureOptions {
    PictureOptions::of_pixels(width, height, Theme::light()).unwrap()
}

#[test]
fn svg_holds_names_as_text_and_its_fonts() {
    let options = PictureOptions {
        title: "A <title>".to_owned(),
        ..picture(800, 600)
    };
    let svg = String::from_utf8(exported(Format::Svg, &options)).unwrap();
    let mut reader = quick_xml::Reader::from_str(&svg);
    let mut words = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Text(text) => words.push(text.into_inner().trim().to_owned()),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    for name in ["Ana Ruiz", "Omar Li", "People", "Mentioned together"] {
        assert!(words.iter().any(|word| word == name), "{name} is missing");
    }
    assert_eq!(svg.matches("@font-face").count(), 3);
    assert!(
        !svg.contains("http://") || svg.matches("http").count() == 1,
        "it fetches something"
    );
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
    assert!(svg.contains(r#"width="800" height="600""#));
}

#[test]
fn png_has_the_size_asked_for_and_the_colors_of_the_theme() {
    for [width, height] in [[800, 600], [2400, 1800]] {
        let options = picture(width, height);
        let png = exported(Format::Png, &options);
        let pixmap = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
        assert_eq!([pixmap.width(), pixmap.height()], [width, height]);
        let has = |color: redstring::geometry::Color| {
            pixmap
                .pixels()
                .iter()
                .any(|p| [p.red(), p.green(), p.blue()] == [color.r, color.g, color.b])
        };
        for kind in [EntityKind::Person, EntityKind::Unit, EntityKind::Place] {
            assert!(has(Theme::light().kind(kind)), "{kind:?}");
        }
        assert!(has(Theme::light().background) && has(Theme::light().text));
    }
}

#[test]
fn paper_has_its_size_and_resolution() {
    let options = PictureOptions::of_paper(Paper::A4, 150.0, true, Theme::print()).unwrap();
    let png = exported(Format::Png, &options);
    assert_eq!(&png[33 + 4..33 + 8], b"pHYs");
    assert_eq!(&png[33 + 8..33 + 12], 5906_u32.to_be_bytes());
    assert!(resvg::tiny_skia::Pixmap::decode_png(&png).is_ok());
    let options = PictureOptions::of_paper(Paper::A4, 150.0, false, Theme::print()).unwrap();
    let pdf = exported(Format::Pdf, &options);
    let text = String::from_utf8_lossy(&pdf);
    assert!(
        text.contains("/MediaBox [0 0 841.89 595.28]") || text.contains("841.89"),
        "wrong page"
    );
}

#[test]
fn pdf_embeds_the_fonts_of_its_text() {
    let pdf = exported(Format::Pdf, &picture(800, 600));
    assert!(pdf.starts_with(b"%PDF-"));
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("Inter-Regular") && text.contains("/FontFile3"));
    assert_eq!(
        text.matches("/Type /Page\n").count() + text.matches("/Type/Page/").count(),
        1
    );
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    for format in Format::ALL {
        let options = picture(640, 480);
        assert_eq!(
            exported(format, &options),
            exported(format, &options),
            "{format:?}"
        );
    }
}

#[test]
fn pixels_for_the_clipboard_are_those_of_the_picture() {
    let project = project();
    let visible = Filters::default().visible(&project);
    let camera = redstring::geometry::Camera::default();
    let size = redstring::geometry::Vector::new(300.0, 200.0);
    let options = PictureOptions::of_screen(size, camera, 2.0, Theme::dark()).unwrap();
    let export = Export {
        project: &project,
        visible: &visible,
        warnings: &Warnings::default(),
        relations: RelationChoice::Stated,
        picture: &options,
        made_on: "2025-02-08",
    };
    let (width, height, pixels) = export.pixels().unwrap();
    assert_eq!((width, height, pixels.len()), (600, 400, 600 * 400 * 4));
    let background = Theme::dark().background;
    assert_eq!(pixels[..4], [background.r, background.g, background.b, 255]);
}

#[test]
fn files_are_replaced_as_a_whole_or_not_at_all() {
    let project = project();
    let visible = Filters::default().visible(&project);
    let options = picture(64, 64);
    let export = Export {
        project: &project,
        visible: &visible,
        warnings: &Warnings::default(),
        relations: RelationChoice::All,
        picture: &options,
        made_on: "2025-02-08",
    };
    let folder = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        let path = folder.path().join(format!("chart.{}", format.key()));
        std::fs::write(&path, "what was there before").unwrap();
        export
            .write_file(&path, Format::from_path(&path).unwrap())
            .unwrap();
        let mut expected = Vec::new();
        export.write(&mut expected, format).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), expected);
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        Format::ALL.len()
    );
    let nowhere = folder.path().join("no/such/chart.png");
    let error = export
        .write_file(&nowhere, Format::Png)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("chart.png") && error.contains("no folder"),
        "{error}"
    );
    let locked = folder.path().join("chart.json");
    let mut permissions = std::fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&locked, permissions).unwrap();
    let error = export
        .write_file(&locked, Format::Json)
        .unwrap_err()
        .to_string();
    assert!(error.contains("write-protected"), "{error}");
}
