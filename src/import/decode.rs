//! Bytes of any encoding to UTF-8, as a reader of the text would expect it.
//!
//! In order: a byte-order mark decides; valid UTF-8 is UTF-8; UTF-16 without a mark is known by its
//! zero bytes; UTF-8 with a few damaged places is repaired; the rest is guessed by chardetng, which
//! knows the letter statistics of the encodings that browsers know.

use crate::error::{Error, ErrorKind, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

const MARK: char = '\u{FEFF}';

/// How many bytes decide whether a file is text.
pub(super) const SNIFFED_BYTES: usize = 64 * 1024;

/// A file format that is known by its first bytes and that is no plain text.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "an archive or office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xD0\xCF\x11\xE0", "an office file"),
    (b"\x1F\x8B", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xBC\xAF", "an archive"),
    (b"SQLite format 3\0", "a database"),
];

/// Why bytes that begin like this are not text, in the words "a picture" or "a binary file".
/// `None` for what may be text. Looks at the first [`SNIFFED_BYTES`] at most.
pub(super) fn binary_reason(start: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES
        .iter()
        .find(|(signature, _)| start.starts_with(signature));
    if let Some((_, what)) = known {
        return Some(what);
    }
    let sample = &start[..start.len().min(SNIFFED_BYTES)];
    if Encoding::for_bom(sample).is_some() || utf16_without_mark(sample).is_some() {
        return None;
    }
    let controls = sample
        .iter()
        .filter(|&&byte| byte < 0x09 || (0x0E..0x20).contains(&byte) && byte != 0x1B)
        .count();
    (sample.contains(&0) || controls * 50 > sample.len()).then_some("a binary file")
}

/// The bytes as UTF-8. A byte-order mark is kept as the first character: offsets count it.
///
/// # Errors
/// When the bytes are no text in any encoding.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String> {
    if let Some(what) = binary_reason(&bytes) {
        return Err(not_text(what));
    }
    let text = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) if encoding != encoding_rs::UTF_8 => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
            format!("{MARK}{text}")
        }
        Some(_) => utf8(bytes).unwrap_or_else(|bytes| lossy(&bytes)),
        None => match utf8(bytes) {
            Ok(text) => text,
            Err(bytes) => guessed(&bytes),
        },
    };
    if text.contains('\0') {
        match utf16_without_mark(text.as_bytes()) {
            Some(encoding) => Ok(encoding
                .decode_without_bom_handling(text.as_bytes())
                .0
                .into_owned()),
            None => Err(not_text("a binary file")),
        }
    } else {
        Ok(text)
    }
}

/// The bytes as UTF-8, where the file's format is known to be text: as [`decode()`], but whatever the
/// file begins with, and with the encoding that an XML declaration names.
///
/// # Errors
/// When the bytes hold zeros without being UTF-16.
pub(super) fn decode_any(bytes: Vec<u8>) -> Result<String> {
    let text = match utf8(bytes) {
        Ok(text) => text,
        Err(bytes) => match declared_encoding(&bytes) {
            Some(encoding) => encoding.decode(&bytes).0.into_owned(),
            None => return decode(bytes),
        },
    };
    if text.contains('\0') {
        return decode(text.into_bytes());
    }
    Ok(text)
}

/// The encoding that `<?xml … encoding="…"?>` names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(200)];
    let declaration = String::from_utf8_lossy(start.strip_prefix(b"<?xml")?).into_owned();
    let (_, after) = declaration.split_once("encoding=")?;
    let label = after.get(1..)?.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// The encoding that an HTML page names in its first two thousand bytes.
pub(super) fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(2_048)];
    let start = String::from_utf8_lossy(start).to_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', '>', ';', ' ', '/']).next()?;
    Encoding::for_label(label.as_bytes())
}

fn not_text(what: &str) -> Error {
    Error::new(
        ErrorKind::Format,
        format!(
            "this is {what}, not text; Redstring reads text, Markdown, HTML, PDF, DOCX, ODT and EML files"
        ),
    )
}

fn utf8(bytes: Vec<u8>) -> std::result::Result<String, Vec<u8>> {
    String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn guessed(bytes: &[u8]) -> String {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    if is_damaged_utf8(bytes) {
        return lossy(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-8 that was cut or damaged in a few places would turn to gibberish throughout as anything else.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad
}

/// UTF-16 of mostly Latin text, known by the zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SNIFFED_BYTES) & !1];
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let encoding = if even == 0 && odd * 5 >= pairs * 2 && pairs >= 2 {
        UTF_16LE
    } else if odd == 0 && even * 5 >= pairs * 2 && pairs >= 2 {
        UTF_16BE
    } else {
        return None;
    };
    let (text, damaged) = encoding.decode_without_bom_handling(sample);
    let has_controls = text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}'));
    (!damaged && !has_controls).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "Wołodymyr spoke in Kyiv.\r\nНичего не подтверждено.";
        assert_eq!(decode(text.into()).unwrap(), text);
        for big in [false, true] {
            assert_eq!(
                decode(utf16(&format!("\u{FEFF}{text}"), big)).unwrap(),
                format!("\u{FEFF}{text}")
            );
            assert_eq!(
                decode(utf16("Plain words in two bytes each.", big)).unwrap(),
                "Plain words in two bytes each."
            );
        }
        let cyrillic =
            "Президент Украины сообщил о новых потерях российских войск в Курской области.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(cyrillic);
        assert_eq!(decode(bytes.into_owned()).unwrap(), cyrillic);
        assert_eq!(
            decode(b"Gen. Jos\xE9 Mu\xF1oz arrived in S\xE3o Paulo.".to_vec()).unwrap(),
            "Gen. José Muñoz arrived in São Paulo."
        );
    }

    #[test]
    fn one_bad_byte_does_not_spoil_the_rest() {
        let mut bytes = "“Ничего”, сказал он. ".repeat(5).into_bytes();
        bytes.push(0xFF);
        assert!(decode(bytes).unwrap().starts_with("“Ничего”"));
    }

    #[test]
    fn binary_files_are_named() {
        assert_eq!(binary_reason(b"%PDF-1.7\n"), Some("a PDF file"));
        assert_eq!(binary_reason(b"a\0\0\0\x01\x02bc"), Some("a binary file"));
        assert!(decode(b"text and then\0a zero".to_vec()).is_err());
        assert_eq!(binary_reason("plain ✓ text".as_bytes()), None);
        assert_eq!(binary_reason(b""), None);
    }
}
