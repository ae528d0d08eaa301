//! What a PDF says of itself in XMP (ISO 16684-1), for files whose older list of properties is empty.

use super::guard::find;
use crate::import::formats::{Extracted, iso_day};
use crate::import::graph_xml::{Step, Walker};
use crate::import::writers::{title, writer};

/// A packet is a few kilobytes; more of one is not read.
const MOST_BYTES: usize = 256 * 1024;

/// Adds title, author and day to what is not known of a file yet. Packets that are compressed are not
/// looked for: programs keep them plain so that any other can find them.
pub(super) fn fill(bytes: &[u8], found: &mut Extracted) {
    let Some(start) = find(bytes, b"<x:xmpmeta", 0) else {
        return;
    };
    let rest = &bytes[start..bytes.len().min(start + MOST_BYTES)];
    let end = find(rest, b"</x:xmpmeta>", 0).map_or(rest.len(), |at| at + 12);
    let packet = String::from_utf8_lossy(&rest[..end]);
    let mut walker = Walker::new(&packet);
    let mut within = String::new();
    let mut creators = Vec::new();
    let mut headline = None;
    let mut made = None;
    loop {
        match walker.step() {
            Ok(Step::Open(open)) => match open.name() {
                name if matches!(name.as_str(), "creator" | "title" | "CreateDate") => {
                    within = name
                }
                name if matches!(name.as_str(), "Alt" | "Seq" | "Bag" | "li") => {}
                _ => within.clear(),
            },
            Ok(Step::Text(text)) => match within.as_str() {
                "creator" => creators.extend(writer(&text)),
                "title" => headline = headline.take().or_else(|| title(&text)),
                "CreateDate" => made = made.or_else(|| iso_day(&text)),
                _ => {}
            },
            Ok(Step::Close(_)) => {}
            Ok(Step::End) | Err(_) => break,
        }
    }
    found.title = found.title.take().or(headline);
    let creators = (!creators.is_empty()).then(|| creators.join(", "));
    found.author = found.author.take().or(creators);
    found.made = found.made.or(made);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_authors_and_day_of_a_packet() {
        let packet = b"%PDF-1.7 stream <x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description>\
            <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>The bridge at Arden</rdf:li></rdf:Alt></dc:title>\
            <dc:creator><rdf:Seq><rdf:li>Ada M\xc3\xbcller</rdf:li><rdf:li>admin</rdf:li><rdf:li>Cy Dunn</rdf:li></rdf:Seq></dc:creator>\
            <dc:format>application/pdf</dc:format><xmp:CreateDate>2024-05-01T10:00:00Z</xmp:CreateDate>\
            </rdf:Description></rdf:RDF></x:xmpmeta> endstream";
        let mut found = Extracted::default();
        fill(packet, &mut found);
        assert_eq!(found.title.as_deref(), Some("The bridge at Arden"));
        assert_eq!(found.author.as_deref(), Some("Ada M\u{fc}ller, Cy Dunn"));
        assert_eq!(
            found.made.map(|day| day.to_string()).as_deref(),
            Some("2024-05-01")
        );
        fill(b"<x:xmpmeta <<<", &mut found);
        assert_eq!(found.title.as_deref(), Some("The bridge at Arden"));
    }
}
