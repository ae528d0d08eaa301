//! What the files of evidence are promised: every shown line with every sentence, harmless whatever
//! the names are.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use redstring::error::Warnings;
use redstring::export::{Export, Format, Listing, PictureOptions, RelationChoice};
use redstring::model::{
    Area, Document, DocumentBatch, DocumentId, Edit, Entity, EntityId, EntityKind, Evidence,
    Filters, History, Mention, Origin, Patch, Project, Relation, RelationId, RelationKind,
    SavedView, Status,
};
use redstring::scene::Theme;
use std::sync::Arc;

/// Names as a hostile document may hold them.
const NAMES: [&str; 4] = [
    "=HYPERLINK(\"http://evil\",\"x\")",
    "<script>alert(1)</script>",
    "Bo \u{202E}txt.exe\" onmouseover=\"x",
    "Acme & Sons; \"Ltd\"",
];

fn text(index: u32) -> String {
    let [a, b, c, d] = NAMES;
    format!("{a} leads {d}, says {b} of document {index}.\nYesterday {c} met {a} -- they say.")
}

fn document(id: u32) -> Document {
    let text = text(id);
    Document {
        path: format!("reports/<{id}>.txt"),
        file_hash: "00".repeat(32),
        title: Some(format!("Report {id} <b>")),
        date: ["2025-01-12", "2024-05-01"][id as usize % 2].parse().ok(),
        source: Some("River News".to_owned()),
        sentences: 2,
        ..Document::of_text(DocumentId(id), text)
    }
}

fn entity(id: u32, kind: EntityKind) -> Entity {
    let name = NAMES[id as usize];
    let mention = |document: u32| {
        let start = text(document).find(name).unwrap();
        Mention {
            document: DocumentId(document),
            start,
            end: start + name.len(),
            text: name.to_owned(),
            score: 0.9,
        }
    };
    Entity {
        id: EntityId(id),
        kind,
        name: name.to_owned(),
        aliases: vec![name.to_owned()],
        roles: Vec::new(),
        mentions: (0..2).map(mention).collect(),
        by_user: false,
        told: None,
        unit: None,
        date: None,
        location: None,
    }
}

fn evidence(document: u32, source: u32, target: u32, words: &str, status: Status) -> Evidence {
    let text = text(document);
    let second = text.find('\n').unwrap() + 1;
    let [start, end] = match words {
        "met" => [second, text.len()],
        _ => [0, second - 1],
    };
    let span = |words: &str| {
        let at = start + text[start..end].find(words).unwrap();
        [at, at + words.len()]
    };
    Evidence {
        origin: Origin::Text,
        document: Some(DocumentId(document)),
        start: Some(start),
        end: Some(end),
        text: Some(text[start..end].to_owned()),
        source_span: Some(span(NAMES[source as usize])),
        target_span: Some(span(NAMES[target as usize])),
        trigger: vec![span(words)],
        status,
        attributed_to: Some("@Kyodo <News>".to_owned()),
        date: None,
        score: 0.91,
        method: "rule:apposition".to_owned(),
    }
}

fn relation(id: u32, ends: [u32; 2], kind: RelationKind, evidence: Vec<Evidence>) -> Relation {
    let mut relation = Relation {
        id: RelationId(id),
        source: EntityId(ends[0]),
        target: EntityId(ends[1]),
        kind,
        label: "leads <the>".to_owned(),
        status: Status::Asserted,
        disputed: false,
        date: None,
        score: 0.0,
        evidence,
    };
    relation.refresh();
    relation
}

fn by_hand(note: &str) -> Evidence {
    Evidence {
        origin: Origin::User {
            note: note.to_owned(),
            when: "2025-02-08T12:00:00Z".to_owned(),
        },
        document: None,
        start: None,
        end: None,
        text: None,
        source_span: None,
        target_span: None,
        trigger: Vec::new(),
        status: Status::Asserted,
        attributed_to: None,
        date: None,
        score: 1.0,
        method: "user".to_owned(),
    }
}

/// A line of two documents, one that is denied, one of the user's, one of the gazetteer's alone, and
/// a co-mention.
fn project() -> Project {
    use Status::{Asserted, Denied, Reported};
    let told = |document, status| evidence(document, 0, 3, "leads", status);
    let met = |status| evidence(0, 2, 0, "met", status);
    let gazetteer = Evidence {
        origin: Origin::Gazetteer {
            record: "x".to_owned(),
        },
        ..by_hand("")
    };
    let relations = [
        relation(
            0,
            [0, 3],
            RelationKind::Leads,
            vec![told(0, Reported), told(1, Asserted)],
        ),
        relation(1, [0, 2], RelationKind::MetWith, vec![met(Denied)]),
        relation(
            2,
            [1, 3],
            RelationKind::MemberOf,
            vec![by_hand("+1 <i>seen</i>")],
        ),
        relation(3, [2, 3], RelationKind::LocatedIn, vec![gazetteer]),
        relation(4, [1, 2], RelationKind::MentionedWith, vec![met(Asserted)]),
    ];
    let kinds = [
        EntityKind::Person,
        EntityKind::Person,
        EntityKind::Place,
        EntityKind::Organization,
    ];
    let entities = (0..4).map(|id| entity(id, kinds[id as usize]));
    Project::from_parts(
        Patch {
            documents: (0..2)
                .map(|id| (DocumentId(id), Some(Arc::new(document(id)))))
                .collect(),
            entities: entities.map(|e| (e.id, Some(Arc::new(e)))).collect(),
            relations: relations.map(|r| (r.id, Some(Arc::new(r)))).into(),
            title: Some("Case </title><script>".to_owned()),
            ..Patch::default()
        },
        [0; 4],
        SavedView::default(),
    )
}

fn exported(project: &Project, format: Format) -> String {
    let visible = project.view.filters.visible(project);
    let picture = PictureOptions::of_pixels(100, 100, Theme::light()).unwrap();
    let export = Export {
        project,
        visible: &visible,
        warnings: &Warnings::default(),
        relations: RelationChoice::Stated,
        picture: &picture,
        made_on: "2025-02-08",
    };
    let mut out = Vec::new();
    export.write(&mut out, format).unwrap();
    String::from_utf8(out).unwrap()
}

/// RFC 4180 as it is written there.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(cell.is_empty() && row.is_empty(), "the last row has no end");
    rows
}

#[test]
fn the_table_has_a_row_for_each_sentence_of_what_is_shown() {
    let csv = exported(&project(), Format::EvidenceTable);
    let rows = rows(csv.strip_prefix('\u{FEFF}').unwrap());
    let column = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
    let told = |row: usize, name: &str| rows[row][column(name)].as_str();
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    for cell in rows.iter().skip(1).flatten() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@']),
            "{cell} is a formula"
        );
    }
    // From the earliest to the latest, although the later document was read first.
    assert_eq!(
        [told(1, "Document date"), told(2, "Document date")],
        ["2024-05-01", "2025-01-12"]
    );
    assert_eq!(
        [told(1, "Source number"), told(2, "Source number")],
        ["2", "1"]
    );
    assert_eq!(told(1, "Source"), format!("'{}", NAMES[0]));
    assert_eq!(told(1, "Deciding words"), "leads");
    assert_eq!(told(1, "Line status"), "asserted");
    assert_eq!(told(2, "Status"), "reported");
    assert_eq!(told(2, "According to"), "'@Kyodo <News>");
    assert_eq!(told(3, "Origin"), "user");
    assert!(told(3, "Note").starts_with("'+1 <i>seen</i>"));
}

#[test]
fn what_the_filters_hide_is_not_listed_and_what_they_show_is() {
    let mut project = project();
    assert!(!exported(&project, Format::EvidencePage).contains("<blockquote class=\"denied\">"));
    project.view.filters.statuses.insert(Status::Denied);
    assert!(exported(&project, Format::EvidencePage).contains("<blockquote class=\"denied\">"));
    project
        .view
        .filters
        .hidden_relation_kinds
        .insert(RelationKind::Leads);
    let csv = exported(&project, Format::EvidenceTable);
    assert!(csv.contains("met_with") && !csv.contains("leads,"));
    assert!(exported(&project, Format::EvidencePage).contains("without relations: leads"));
}

#[test]
fn the_page_is_whole_and_holds_nothing_that_acts() {
    let html = exported(&project(), Format::EvidencePage);
    const TAGS: &str = "!doctype html head meta title style body main h1 h2 h3 p nav ul ol li a bdi span section article blockquote mark u em br";
    let mut open: Vec<&str> = Vec::new();
    let body = html.replace(
        html[html.find("<style>").unwrap() + 7..html.find("</style>").unwrap()]
            .to_owned()
            .as_str(),
        "",
    );
    for tag in body.split('<').skip(1) {
        let inside = &tag[..tag.find('>').expect("a tag ends")];
        let name = inside
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap();
        assert!(
            TAGS.split(' ')
                .any(|known| known.eq_ignore_ascii_case(name)),
            "<{inside}>"
        );
        assert!(!inside.to_lowercase().contains(" on"), "<{inside}>");
        match inside.starts_with('/') {
            true => assert_eq!(open.pop(), Some(name), "<{inside}>"),
            false if ["!DOCTYPE", "meta", "br"].contains(&name) => {}
            false => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
    for fetching in ["src=", "url(", "@import", "<link"] {
        assert!(!html.contains(fetching), "{fetching}");
    }
    for href in html.split("href=\"").skip(1) {
        assert!(href.starts_with('#'), "it leads away: {}", &href[..20]);
        let id = &href[1..href.find('"').unwrap()];
        assert!(
            html.contains(&format!("id=\"{id}\"")),
            "nothing is called {id}"
        );
    }
    assert!(html.contains("<u>leads</u>") && html.contains("prefers-color-scheme"));
    assert!(html.contains("Made on 2025-02-08"));
}

#[test]
fn table_page_and_pictures_give_sources_the_same_numbers() {
    let project = project();
    let visible = project.view.filters.visible(&project);
    let listing = Listing::new(&project, &visible);
    let numbers = listing.numbers();
    assert_eq!(numbers[&RelationId(0)], [1, 2]);
    assert_eq!(numbers[&RelationId(2)], [3]);
    assert_eq!(
        numbers.len(),
        2,
        "only what is shown and stated is numbered"
    );
    let html = exported(&project, Format::EvidencePage);
    for source in &listing.sources {
        let words = source.in_words().replace('<', "&lt;").replace('>', "&gt;");
        let item = format!(
            "<li id=\"source-{0}\" value=\"{0}\"><bdi>{words}",
            source.number
        );
        assert!(html.contains(&item), "{item}");
    }
}

#[test]
fn no_relation_without_evidence_gets_into_a_project() {
    let whole = project();
    let bare = |relation: &Relation| Relation {
        evidence: Vec::new(),
        ..relation.clone()
    };
    // By an edit, as readings and lists of names make it.
    let batch = DocumentBatch {
        documents: whole.documents().cloned().collect(),
        entities: whole.entities().cloned().collect(),
        relations: whole.relations().map(|r| Arc::new(bare(r))).collect(),
        ..DocumentBatch::default()
    };
    let mut added = Project::default();
    let add = Edit::AddDocuments(Box::new(batch));
    let (_, patch) = add.plan(&added, "2025-02-08T12:00:00Z").unwrap();
    added.apply(patch);
    assert_eq!((added.entities().len(), added.relations().len()), (4, 0));
    // From a file from which the evidence was taken.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    redstring::store::save(&file, &whole, &History::default(), None).unwrap();
    let database = rusqlite::Connection::open(&file).unwrap();
    database
        .execute("DELETE FROM evidence WHERE relation <> 0", [])
        .unwrap();
    drop(database);
    let loaded = redstring::store::load(&file).unwrap().project;
    assert_eq!(loaded.relations().map(|r| r.id.0).collect::<Vec<_>>(), [0]);
    assert_eq!(loaded.check_references(), Ok(()));
    // And where a patch brings one in all the same, the project says that something is wrong.
    let mut wrong = whole;
    let first = wrong.relations().next().unwrap().clone();
    wrong.apply(Patch {
        relations: vec![(first.id, Some(Arc::new(bare(&first))))],
        ..Patch::default()
    });
    assert!(wrong.check_references().is_err());
}

#[test]
fn filters_by_score_sources_dates_and_area_leave_what_passes() {
    let shown = |change: &dyn Fn(&mut Filters)| -> Vec<u32> {
        let project = project();
        let mut filters = Filters::default();
        change(&mut filters);
        let visible = filters.visible(&project);
        visible.relations.iter().map(|id| id.0).collect()
    };
    let date = |text: &str| text.parse().ok();
    assert_eq!(
        shown(&|_| {}),
        [0, 2, 4],
        "denied and the gazetteer's are hidden"
    );
    assert_eq!(shown(&|f| f.gazetteer = true), [0, 2, 3, 4]);
    assert_eq!(shown(&|f| f.co_mentions = false), [0, 2]);
    assert_eq!(shown(&|f| f.statuses = Status::ALL.into()), [0, 1, 2, 4]);
    assert_eq!(shown(&|f| f.statuses = [Status::Denied].into()), [1, 4]);
    assert_eq!(shown(&|f| f.min_score = 0.95), [2, 4], "the user is sure");
    assert_eq!(
        shown(&|f| f.min_sources = 2),
        [2],
        "both documents are of one publisher"
    );
    assert_eq!(shown(&|f| f.until = date("2024-05")), [0, 2]);
    assert_eq!(shown(&|f| f.from = date("2025-01-12")), [0, 2, 4]);
    assert_eq!(shown(&|f| f.from = date("2026")), [2]);
    let elsewhere = Area {
        country: "Nowhere".to_owned(),
        region: None,
    };
    assert_eq!(shown(&|f| f.within = Some(elsewhere.clone())), [0; 0]);
}

#[test]
fn nothing_shown_is_a_page_and_a_table_too() {
    let empty = Project::default();
    assert!(exported(&empty, Format::EvidencePage).contains("No relation is stated"));
    assert_eq!(
        exported(&empty, Format::EvidenceTable)
            .matches("\r\n")
            .count(),
        1
    );
}
