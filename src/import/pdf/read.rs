//! A PDF file to its text and what it says of itself.

use super::guard;
use super::lines::lines;
use super::page::{Budget, letters};
use super::{paragraphs, xmp};
use crate::error::{Error, ErrorKind, Result};
use crate::import::formats::{Extracted, one_line};
use crate::import::writers::{title, writer};
use hayro_syntax::{LoadPdfError, Pdf};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A whole file ends with a mark within so many bytes.
const TAIL: usize = 2048;
const DAMAGED: &str = "the PDF is damaged and cannot be read";
const CUT: &str = "the PDF is cut short, as after a download that broke off; fetch it again";

fn refused(message: &str) -> Error {
    Error::new(ErrorKind::Format, message)
}

/// Reads the text of a PDF. Time and memory are linear in the file and what it unpacks to, and bounded.
///
/// # Errors
/// When it is encrypted, damaged beyond repair, without a text layer, or unpacks beyond bounds.
pub(in crate::import) fn read(bytes: Vec<u8>) -> Result<Extracted> {
    guard::check(&bytes)?;
    // The library promises not to panic; should it do so on some damaged file, only that file fails.
    let mut about = Extracted::default();
    xmp::fill(&bytes, &mut about);
    let is_cut = !bytes[bytes.len().saturating_sub(TAIL)..]
        .windows(5)
        .any(|words| words == b"%%EOF");
    let damage = if is_cut { CUT } else { DAMAGED };
    let found = catch_unwind(AssertUnwindSafe(|| read_checked(bytes, damage)));
    let mut found = found.unwrap_or_else(|_| Err(refused(damage)))?;
    if is_cut && found.text.trim().is_empty() {
        return Err(refused(CUT));
    }
    found.author = found.author.as_deref().and_then(writer).or(about.author);
    found.title = found.title.as_deref().and_then(title).or(about.title);
    found.made = found.made.or(about.made);
    Ok(found)
}

fn read_checked(bytes: Vec<u8>, damage: &str) -> Result<Extracted> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => {
            refused("the PDF is encrypted; save a copy of it without a password")
        }
        LoadPdfError::Invalid => refused(damage),
    })?;
    let mut budget = Budget::default();
    let mut fonts = HashMap::new();
    let (mut pages, mut has_pictures, mut without_text) = (Vec::new(), false, 0);
    for page in pdf.pages().iter() {
        let shown = letters(page, &mut budget, &mut fonts);
        has_pictures |= shown.has_pictures;
        let is_unread = shown.unread > shown.letters.len();
        let is_picture = shown.letters.is_empty() && shown.has_pictures;
        without_text += usize::from(is_unread || is_picture);
        pages.push(lines(shown.letters));
    }
    let is_empty = pages.iter().all(Vec::is_empty);
    if is_empty && has_pictures {
        return Err(refused(
            "the PDF is a scan: it has pictures of text and no text; recognize the text in it (OCR) and \
             add it again",
        ));
    }
    let about = pdf.metadata();
    let made = about.creation_date.as_ref();
    let made = made.and_then(|date| {
        let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        day.parse().ok()
    });
    let notice = (without_text > 0).then(|| notice(without_text, pages.len()));
    Ok(Extracted {
        notice,
        text: paragraphs::text(pages),
        title: about.title.as_deref().and_then(words),
        author: about.author.as_deref().and_then(words),
        made,
        ..Extracted::default()
    })
}

/// What is said of a file of which only some pages can be read.
fn notice(without_text: usize, pages: usize) -> String {
    let have = if without_text == 1 { "has" } else { "have" };
    let them = if without_text == 1 { "it" } else { "them" };
    format!(
        "{without_text} of {pages} pages {have} no text that can be read (pictures of text, or a font that \
         does not tell its letters); recognize the text in {them} (OCR) and add the file again"
    )
}

/// Text in one of the two encodings that the format has for it, or in UTF-8.
fn words(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => {
                encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(bytes)
                    .0
            }
        },
    };
    one_line(text.trim_start_matches('\u{feff}'))
}
