//! Office documents, which are ZIP files of XML: DOCX (Office Open XML, ECMA-376) and ODT
//! (OpenDocument, ISO 26300). The text of the body in its order, without headers, footers, comments
//! and deleted passages.

use super::formats::{Extracted, iso_day, one_line};
use super::graph_xml::{Step, Walker};
use super::read::MAX_TEXT_BYTES;
use crate::error::{Error, ErrorKind, Result};
use std::io::{Cursor, Read};
use zip::ZipArchive;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Format, message)
}

/// Reads a DOCX file.
///
/// # Errors
/// When it is none, is encrypted, or unpacks to more than [`MAX_TEXT_BYTES`].
pub(super) fn docx(bytes: &[u8]) -> Result<Extracted> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(wrong(
            "this Word file is encrypted, or of an older kind; save it as DOCX without a password",
        ));
    }
    let mut archive = open(bytes, "a Word file")?;
    let body = part(&mut archive, "word/document.xml")?
        .ok_or_else(|| wrong("this is not a Word file: it has no document"))?;
    let mut found = Extracted {
        text: text(&body, &DOCX)?,
        ..Extracted::default()
    };
    if let Some(properties) = part(&mut archive, "docProps/core.xml")? {
        note_properties(&properties, &["created"], &mut found);
    }
    Ok(found)
}

/// Reads an ODT file.
///
/// # Errors
/// When it is none, is encrypted, or unpacks to more than [`MAX_TEXT_BYTES`].
pub(super) fn odt(bytes: &[u8]) -> Result<Extracted> {
    let mut archive = open(bytes, "an OpenDocument file")?;
    let manifest = part(&mut archive, "META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(wrong(
            "this document is encrypted; save it without a password and read it again",
        ));
    }
    let body = part(&mut archive, "content.xml")?
        .ok_or_else(|| wrong("this is not an OpenDocument file: it has no content"))?;
    let mut found = Extracted {
        text: text(&body, &ODT)?,
        ..Extracted::default()
    };
    if let Some(properties) = part(&mut archive, "meta.xml")? {
        note_properties(&properties, &["creation-date", "date"], &mut found);
    }
    Ok(found)
}

fn open<'a>(bytes: &'a [u8], what: &str) -> Result<Archive<'a>> {
    ZipArchive::new(Cursor::new(bytes))
        .map_err(|cause| wrong(format!("this is not {what}, or it is damaged: {cause}")))
}

/// A part of the archive as text; `None` if it is not there. What says one size and unpacks to
/// another is read no further than the limit.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>> {
    let Some(index) = archive.index_for_name(name) else {
        return Ok(None);
    };
    let entry = archive.by_index(index).map_err(|cause| {
        if matches!(cause, zip::result::ZipError::UnsupportedArchive(_)) {
            wrong("this document is encrypted, or packed in a way that is not read")
        } else {
            wrong(format!("{name} cannot be unpacked: {cause}"))
        }
    })?;
    let mut bytes = Vec::new();
    entry
        .take(MAX_TEXT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| wrong(format!("{name} cannot be unpacked: {cause}")))?;
    if bytes.len() > MAX_TEXT_BYTES {
        let limit = MAX_TEXT_BYTES / (1024 * 1024);
        return Err(wrong(format!(
            "it unpacks to more than {limit} MB and is not read"
        )));
    }
    super::decode::decode_any(bytes).map(Some)
}

/// What the elements of a format mean, by local name.
struct Dialect {
    paragraphs: &'static [&'static str],
    /// Elements whose text counts; empty if all does that is within a paragraph.
    runs: &'static [&'static str],
    tabs: &'static [&'static str],
    breaks: &'static [&'static str],
    /// A run of blanks.
    spaces: &'static [&'static str],
    left_out: &'static [&'static str],
}

const DOCX: Dialect = Dialect {
    paragraphs: &["p"],
    runs: &["t"],
    tabs: &["tab"],
    breaks: &["br", "cr"],
    spaces: &[],
    // A text box stands there twice: once for programs that know no better.
    left_out: &["Fallback", "del", "pPr", "rPr", "sectPr"],
};

const ODT: Dialect = Dialect {
    paragraphs: &["p", "h"],
    runs: &[],
    tabs: &["tab"],
    breaks: &["line-break"],
    spaces: &["s"],
    left_out: &[
        "annotation",
        "tracked-changes",
        "note-citation",
        "automatic-styles",
        "font-face-decls",
        "scripts",
        "table-of-content",
    ],
};

fn text(xml: &str, dialect: &Dialect) -> Result<String> {
    let mut walker = Walker::new(xml);
    let mut out = String::new();
    let mut line = String::new();
    let (mut depth, mut left_out_at) = (0usize, None);
    let (mut paragraphs, mut runs) = (0usize, 0usize);
    loop {
        match walker.step()? {
            Step::Open(element) => {
                depth += 1;
                let name = element.name();
                let is = |list: &[&str]| list.contains(&name.as_str());
                if left_out_at.is_some() {
                    continue;
                }
                if is(dialect.left_out) {
                    left_out_at = Some(depth);
                } else if is(dialect.paragraphs) {
                    paragraphs += 1;
                } else if is(dialect.runs) {
                    runs += 1;
                } else if is(dialect.tabs) || is(dialect.spaces) {
                    line.push(' ');
                } else if is(dialect.breaks) {
                    line.push('\n');
                }
            }
            Step::Close(name) => {
                let is = |list: &[&str]| list.contains(&name.as_str());
                if left_out_at == Some(depth) {
                    left_out_at = None;
                } else if left_out_at.is_none() {
                    if is(dialect.paragraphs) {
                        paragraphs = paragraphs.saturating_sub(1);
                        end_paragraph(&mut line, &mut out);
                    } else if is(dialect.runs) {
                        runs = runs.saturating_sub(1);
                    }
                }
                depth = depth.saturating_sub(1);
            }
            Step::Text(text) => {
                let counts = left_out_at.is_none()
                    && paragraphs > 0
                    && (dialect.runs.is_empty() || runs > 0);
                if counts {
                    line.push_str(&text);
                }
            }
            Step::End => {
                end_paragraph(&mut line, &mut out);
                return Ok(out);
            }
        }
    }
}

fn end_paragraph(line: &mut String, out: &mut String) {
    let words = line.trim();
    if !words.is_empty() {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(words);
    }
    line.clear();
}

/// Title, author and date of a file of properties; what cannot be read is left out.
fn note_properties(xml: &str, dates: &[&str], found: &mut Extracted) {
    let mut walker = Walker::new(xml);
    let mut element = String::new();
    loop {
        match walker.step() {
            Ok(Step::Open(open)) => element = open.name(),
            Ok(Step::Text(text)) => match element.as_str() {
                "title" => found.title = found.title.take().or_else(|| one_line(&text)),
                "creator" | "initial-creator" => {
                    found.author = found.author.take().or_else(|| one_line(&text));
                }
                name if dates.contains(&name) => found.date = found.date.or_else(|| iso_day(&text)),
                _ => {}
            },
            Ok(Step::Close(_)) => element.clear(),
            Ok(Step::End) | Err(_) => return,
        }
    }
}
