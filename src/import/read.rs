//! One file, or bytes from elsewhere, to its documents.

use super::articles;
use super::decode::decode;
use super::formats::Packed;
use super::mail;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Document;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

/// The largest text that is read, in bytes: about ten million words, more than a hundred novels.
pub const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;

/// How every project file begins: it is an SQLite database.
const PROJECT_START: &[u8] = b"SQLite format 3\0";

/// Reads one file into its documents (ids all 0, to be given by the caller), in reading order.
///
/// Takes time and memory linear in the file's size. A file without a visible character gives none.
///
/// # Errors
/// When the file cannot be read, is larger than [`MAX_TEXT_BYTES`], or is not text in any encoding.
pub fn read_file(path: &Path) -> Result<Vec<Document>> {
    let named = path.to_string_lossy();
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = MAX_TEXT_BYTES as u64 + 1;
        std::fs::File::open(path)?
            .take(limit)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|cause| Error::io("reading", cause).at(path))?;
    documents(&named, bytes).map_err(|error| error.at(path))
}

/// Reads bytes that came from elsewhere (standard input, a paste, an embedded sample, a dropped file
/// without a path) under the name `path`, as [`read_file`] does.
///
/// # Errors
/// When there are more than [`MAX_TEXT_BYTES`], or they are not text in any encoding.
pub fn read_bytes(path: &str, bytes: &[u8]) -> Result<Vec<Document>> {
    let kept = &bytes[..bytes.len().min(MAX_TEXT_BYTES + 1)];
    documents(path, kept.to_vec()).map_err(|error| error.at(path))
}

/// The file is a project: it is an SQLite database, whatever its name.
///
/// # Errors
/// When the file cannot be opened or read.
pub fn is_project(path: &Path) -> Result<bool> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut start = Vec::new();
        let limit = PROJECT_START.len() as u64;
        std::fs::File::open(path)?
            .take(limit)
            .read_to_end(&mut start)?;
        Ok(start)
    };
    let start = read().map_err(|cause| Error::io("reading", cause).at(path))?;
    Ok(is_project_start(&start))
}

pub(super) fn is_project_start(start: &[u8]) -> bool {
    start.starts_with(PROJECT_START)
}

fn documents(path: &str, bytes: Vec<u8>) -> Result<Vec<Document>> {
    if bytes.len() > MAX_TEXT_BYTES {
        let limit = MAX_TEXT_BYTES / (1024 * 1024);
        return Err(Error::new(
            ErrorKind::Format,
            format!("the text is larger than {limit} MB; split it into smaller files"),
        ));
    }
    let file_hash = hash(&bytes);
    let mut documents = match Packed::of(Path::new(path)).or_else(|| sniffed(path, &bytes)) {
        Some(format) => packed(format, bytes)?,
        None => articles::documents(&decode(bytes)?),
    };
    for document in &mut documents {
        path.clone_into(&mut document.path);
        document.file_hash.clone_from(&file_hash);
    }
    Ok(documents)
}

/// What has no ending, such as standard input, is a page if it begins like one.
fn sniffed(path: &str, bytes: &[u8]) -> Option<Packed> {
    if bytes.starts_with(b"%PDF-") {
        return Some(Packed::Pdf);
    }
    if Path::new(path).extension().is_some() {
        return None;
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(64)]).to_lowercase();
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    let is_page = start.starts_with("<!doctype html") || start.starts_with("<html");
    is_page.then_some(Packed::Html)
}

/// The documents of a format whose text is no slice of the file.
fn packed(format: Packed, bytes: Vec<u8>) -> Result<Vec<Document>> {
    let found = format.read(bytes)?;
    let mut documents = articles::documents(&found.text);
    let is_one = documents.len() == 1;
    for document in &mut documents {
        document.range = None;
        document.notice.clone_from(&found.notice);
        if is_one {
            // What the file says of itself is surer than what its text looks like.
            document.title = found.title.clone().or(document.title.take());
            document.author = found.author.clone().or(document.author.take());
            if matches!(format, Packed::Mail) {
                mail::leave_out_frame(document);
            }
            document.date = found.date.or(document.date).or(found.made);
            document.source = found.source.clone().or(document.source.take());
        } else {
            document.date = document.date.or(found.date);
            document.source = document.source.take().or_else(|| found.source.clone());
        }
    }
    Ok(documents)
}

fn hash(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the contract promises of documents of one file, whose decoded text is `file`.
    fn check(documents: &[Document], file: &str) {
        let mut last = 0;
        for document in documents {
            let [from, to] = document.range.unwrap();
            assert!(from >= last && to <= file.len());
            assert_eq!(&file[from..to], document.text);
            last = to;
            let mut at = 0;
            for &[start, end] in &document.boilerplate {
                assert!(at <= start && start < end && document.text.get(start..end).is_some());
                at = end;
            }
        }
    }

    #[test]
    fn a_mark_counts_and_crlf_stays() {
        let bytes = b"\xEF\xBB\xBFFirst line.\r\n\r\nSecond line.\r\n";
        let documents = read_bytes("a.txt", bytes).unwrap();
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].range, Some([3, bytes.len()]));
        assert_eq!(documents[0].text.as_bytes(), &bytes[3..]);
        assert_eq!(documents[0].file_hash.len(), 64);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(read_bytes("-", b"").unwrap(), []);
        assert_eq!(read_bytes("-", b" \r\n\t\xEF\xBB\xBF").unwrap(), []);
    }

    #[test]
    fn too_large_and_missing_are_refused() {
        let large = vec![b'a'; MAX_TEXT_BYTES + 1];
        let error = read_bytes("large.txt", &large).unwrap_err();
        assert!(error.to_string().contains("64 MB"), "{error}");
        let error = read_file(Path::new("no/such/file.txt")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Missing);
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_documents_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(documents) = read_bytes("any", &bytes) {
                let file = decode(bytes).unwrap();
                check(&documents, &file);
            }
        }

        #[test]
        fn any_page_is_sliced_rightly(page in "(([ ]{0,4}[•\\-] )?(Read More|Read more »|Tags: a|Published on: 2024-01-02|date 2024-05-06 x|This content originally appeared on X\\.|The post A first appeared on B\\.|RELATED STORIES|By Ada B|\\(AP\\)|Ünï wörds, with “quotes” that go on and on for long enough to be a paragraph of prose\\.|Your support and donation pay for our journalism\\.|# T|…|\u{FEFF})(\\r?\\n){1,3}){0,30}") {
            let documents = read_bytes("page", page.as_bytes()).unwrap();
            check(&documents, &page);
        }
    }
}
