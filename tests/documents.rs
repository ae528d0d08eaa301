//! Each format that is read gives its main text and what it says of itself; what cannot be read says
//! why in a sentence. The files are made by `tests/fixtures/documents/make.py`.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::Engine;
use redstring::import::{find, read_bytes, read_file};
use redstring::model::Document;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents")
}

fn only(name: &str) -> Document {
    let mut documents = read_file(&folder().join(name)).unwrap();
    assert_eq!(documents.len(), 1, "{name}");
    documents.remove(0)
}

#[test]
fn every_format_gives_the_same_text_and_tells_of_itself() {
    let paragraphs = [
        "General Ada Byron, commander of the 5th Arden Brigade, arrived in Perth on Monday & met Bo Carr.",
        "had stayed behind to look after the wounded in the town's only hospital.",
    ];
    for name in ["report.html", "report.docx", "report.odt", "report.eml"] {
        let document = only(name);
        assert_eq!(document.range, None, "{name}");
        assert_eq!(
            document.title.as_deref(),
            Some("The brigade in Perth"),
            "{name}"
        );
        assert_eq!(document.author.as_deref(), Some("Dana Ford"), "{name}");
        assert_eq!(document.date.unwrap().to_string(), "2024-03-04", "{name}");
        assert_eq!(document.language.as_deref(), Some("English"), "{name}");
        for paragraph in paragraphs {
            assert!(
                document.text.contains(paragraph),
                "{name}: {}",
                document.text
            );
        }
        for left_out in ["Eva Grant", "Fay Hill", "Gus Irving", "Deleted", "remark"] {
            assert!(!document.text.contains(left_out), "{name}: {left_out}");
        }
        let recognition = Engine::new().recognize(&document);
        let names: Vec<&str> = recognition
            .mentions
            .iter()
            .map(|m| &document.text[m.start..m.end])
            .collect();
        assert!(
            names.contains(&"Ada Byron") && names.contains(&"Perth"),
            "{name}: {names:?}"
        );
        assert!(!names.contains(&"Dana Ford"), "{name}");
    }
    assert_eq!(only("report.html").source.as_deref(), Some("Arden Post"));
}

#[test]
fn what_cannot_be_read_says_why() {
    let refusal = |name: &str| read_file(&folder().join(name)).unwrap_err().message;
    assert!(
        refusal("encrypted.odt").contains("encrypted"),
        "{}",
        refusal("encrypted.odt")
    );
    assert!(
        refusal("bomb.docx").contains("64 MB"),
        "{}",
        refusal("bomb.docx")
    );
    let said = |name: &str, bytes: &[u8]| read_bytes(name, bytes).unwrap_err().message;
    assert!(said("a.docx", b"\xD0\xCF\x11\xE0rest").contains("encrypted"));
    assert!(said("a.docx", b"PK\x03\x04 cut off").contains("not a Word file"));
    assert!(said("a.odt", b"no archive").contains("not an OpenDocument file"));
    assert!(said("a.eml", b"no mail at all").contains("not a mail"));
    assert_eq!(read_bytes("a.html", b"<html><nav></nav>").unwrap(), []);
}

#[test]
fn a_folder_is_read_with_all_of_them() {
    let found = find(&[folder()]);
    let names: Vec<_> = found
        .files
        .iter()
        .map(|file| {
            file.path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    for name in ["report.html", "report.docx", "report.odt", "report.eml"] {
        assert!(names.iter().any(|found| found == name), "{names:?}");
    }
    assert!(!names.iter().any(|name| name == "make.py"));
}

#[test]
fn a_pdf_gives_running_text_without_heads_and_feet() {
    let document = only("report.pdf");
    assert_eq!(document.title.as_deref(), Some("A bridge is repaired"));
    assert_eq!(document.author.as_deref(), Some("Marta Lindqvist"));
    for said in [
        "The river bridge at Orlova was opened again on Thursday, General Tomasz Wierzbicki of the Sylvanian Engineer Corps said.",
        "“We have kept our word,” Wierzbicki told reporters in Kraków. His deputy, Colonel Žofia Nováková,",
        "had sent in December, for their patience.",
    ] {
        assert!(document.text.contains(said), "{said}\n{}", document.text);
    }
    assert!(!document.text.contains("Harbor Quarterly"));
    assert!(!document.text.contains("of 2"), "{}", document.text);
    let paragraphs = document.text.split("\n\n").count();
    assert_eq!(paragraphs, 18, "{}", document.text);
    assert_eq!(document.range, None);
}

#[test]
fn a_pdf_that_gives_no_text_says_why() {
    for (name, reason) in [
        ("locked.pdf", "encrypted"),
        ("scan.pdf", "is a scan"),
        ("bomb.pdf", "64 MB"),
    ] {
        let error = read_file(&folder().join(name)).unwrap_err().to_string();
        assert!(error.contains(reason), "{name}: {error}");
    }
    let cut = std::fs::read(folder().join("report.pdf")).unwrap();
    for length in [0, 9, 400, cut.len() / 2, cut.len() - 10] {
        // Whatever is left of it: some text, or a sentence why not.
        match read_bytes("cut.pdf", &cut[..length]) {
            Ok(documents) => assert!(documents.iter().any(|d| !d.text.trim().is_empty())),
            Err(error) if length >= 400 => {
                assert!(error.to_string().contains("cut short"), "{length}: {error}");
            }
            Err(_) => {}
        }
    }
}
