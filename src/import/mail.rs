//! Mail as it is saved to a file (EML, RFC 5322 and MIME): the text, and who wrote it when.

use super::dates::compiled;
use super::formats::{Extracted, iso_day, one_line};
use super::html;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Document;
use mail_parser::{MessageParser, PartType};
use regex::Regex;
use std::sync::LazyLock;

/// Reads one mail. A part in plain text is preferred to one in HTML; attachments are left alone.
///
/// # Errors
/// When it is no mail, is encrypted, or has no text.
pub(super) fn read(bytes: &[u8]) -> Result<Extracted> {
    let wrong = |message: &str| Error::new(ErrorKind::Format, message);
    let mail = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| wrong("this is not a mail"))?;
    if mail.subject().is_none() && mail.from().is_none() && mail.date().is_none() {
        return Err(wrong(
            "this is not a mail: it has no subject, sender or date",
        ));
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(8_192)]).to_lowercase();
    if start.contains("multipart/encrypted") || start.contains("smime-type=enveloped-data") {
        return Err(wrong(
            "this mail is encrypted; save it decrypted and read it again",
        ));
    }
    let plain: Vec<&str> = mail
        .text_body
        .iter()
        .filter_map(|&part| match &mail.parts.get(part as usize)?.body {
            PartType::Text(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let text = if plain.iter().any(|text| !text.trim().is_empty()) {
        plain.join("\n\n").replace("\r\n", "\n")
    } else {
        let pages =
            mail.html_body
                .iter()
                .filter_map(|&part| match &mail.parts.get(part as usize)?.body {
                    PartType::Html(page) => Some(html::main_text(page).text),
                    _ => None,
                });
        pages.collect::<Vec<_>>().join("\n\n")
    };
    if text.trim().is_empty() {
        return Err(wrong("there is no text in this mail"));
    }
    let sender = mail.from().and_then(|from| from.first());
    Ok(Extracted {
        text,
        title: mail.subject().and_then(one_line),
        author: sender
            .and_then(|s| s.name().or(s.address()))
            .and_then(one_line),
        date: mail.date().and_then(|date| iso_day(&date.to_rfc3339())),
        ..Extracted::default()
    })
}

/// "Hi Petra,", "Dear all,", "On Sun, 3 Mar 2024 Petra Nova wrote:".
static FRAME: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"^(?:> ?)*(?:(?:Dear|Hi|Hello|Hey)\s[\p{L} .'’-]{1,40}[,!]?|On .{5,80} wrote:)$")
});

/// Greetings, signatures and the heads of quotations are no part of what a message says: a line that is
/// nothing but the sender's name, or a part of it, is a signature.
pub(super) fn leave_out_frame(document: &mut Document) {
    let author = document.author.clone().unwrap_or_default();
    let is_name = |line: &str| line == author || author.split(' ').any(|part| part == line);
    let mut start = 0;
    let mut found = Vec::new();
    for line in document.text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() && (is_name(words) || FRAME.is_match(words)) {
            let from = start + (line.len() - line.trim_start().len());
            found.push([from, from + words.len()]);
        }
        start += line.len();
    }
    found.retain(|[from, to]| !document.is_boilerplate(*from, *to));
    document.boilerplate.extend(found);
    document.boilerplate.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_parts_and_encodings() {
        let mail = b"From: =?utf-8?Q?Ada_M=C3=BCller?= <ada@example.org>\r\nSubject: The bridge\r\n at Arden\r\n\
            Date: Mon, 4 Mar 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\
            Content-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            =CC=EE=F1=F2 =F3=EF=E0=EB.\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Other</p>\r\n--x--\r\n";
        let read = read(mail).unwrap();
        assert_eq!(read.text.trim(), "Мост упал.");
        assert_eq!(read.title.as_deref(), Some("The bridge at Arden"));
        assert_eq!(read.author.as_deref(), Some("Ada Müller"));
        assert_eq!(read.date.unwrap().to_string(), "2024-03-04");
    }

    #[test]
    fn only_html_and_what_cannot_be_read() {
        let page = b"From: a@b.c\r\nContent-Type: text/html\r\n\r\n<p>The bridge fell.</p><p>Ada left.</p>";
        assert_eq!(read(page).unwrap().text, "The bridge fell.\n\nAda left.");
        let sealed =
            b"From: a@b.c\r\nContent-Type: multipart/encrypted; boundary=x\r\n\r\n--x--\r\n";
        assert!(read(sealed).unwrap_err().message.contains("encrypted"));
        assert!(
            read(b"just text")
                .unwrap_err()
                .message
                .contains("not a mail")
        );
    }

    #[test]
    fn greetings_and_signatures_are_left_out() {
        let text = "Hi Petra,\n\nLipsky met Blaha.\n\nTomas\n\nOn Sun, 3 Mar 2024 Petra Nova wrote:\n> So it is.";
        let mut document = Document {
            author: Some("Tomas Kral".to_owned()),
            ..Document::of_text(Default::default(), text)
        };
        leave_out_frame(&mut document);
        let left_out = document
            .boilerplate
            .iter()
            .map(|&[from, to]| &text[from..to]);
        assert_eq!(
            left_out.collect::<Vec<_>>(),
            ["Hi Petra,", "Tomas", "On Sun, 3 Mar 2024 Petra Nova wrote:"]
        );
    }
}
