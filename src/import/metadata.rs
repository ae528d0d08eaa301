//! What an article says of itself: title, date of publication, publisher.

use super::articles::Page;
use super::bylines::{authors, masthead, place_and_date};
use super::dates::{compiled, head, leading_date};
use super::marks::{APPEARED, BY, DATE_LEAD, DATED, DATED_BY, META, Mark, POST, PUBLISHED};
use crate::model::DateValue;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Title, date and source, where the text gives them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<DateValue>,
    /// Who published it.
    pub source: Option<String>,
    /// Who wrote it, with commas between several.
    pub author: Option<String>,
}

/// "TAIPEI, Taiwan – ", "CAIRO - 13 July 2022: ", "YAOUNDÉ, May 13 2022 (IPS) - ".
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?P<place>\p{Lu}[\p{Lu}\p{M} .'’-]+(?:,? \p{Lu}[\p{L}.]+){0,2}?)(?:,? (?P<rest>[^–—]{0,60}?))?\s*(?:\.-|–|—|--| - |:)",
    )
});

/// The place between the place of a dateline and its dash: an agency in brackets.
static AGENCY: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\((?P<agency>\p{Lu}[\p{L} ./&-]{1,40})\)\s*(?:\.-|–|—|--|-|:)"));

/// "Seoul, 9 June 2024 (Yonhap) -- ".
static DATED_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^\p{Lu}[\p{L} .'’-]{1,40}, (?P<date>[^()–—]{6,30}?) \((?P<agency>\p{Lu}[\p{L} ./&-]{1,40})\)\s*(?:–|—|--|-)",
    )
});

/// So many lines may stand before the paragraph with the dateline: headline, byline and the like.
const MOST_BEFORE: usize = 4;

/// Reads what `article` (lines of the page) says of itself.
pub(super) fn metadata(page: &Page<'_>, article: Range<usize>) -> Metadata {
    let mut found = Metadata::default();
    let mut credit: Option<(u8, String)> = None;
    let mut updated = None;
    for line in article.clone() {
        let words = page.words(line);
        match page.marks[line] {
            Mark::Credit(_) => {
                note_credit(words, &mut credit, &mut found.title);
                let by = APPEARED.captures(words);
                let by = by.and_then(|by| authors(by.name("author")?.as_str()));
                found.author = found.author.take().or(by);
            }
            Mark::Byline => {
                let by = BY.captures(words).and_then(|by| authors(&by["names"]));
                found.author = found.author.take().or(by);
            }
            Mark::Masthead => {
                if let Some((paper, date)) = masthead(words) {
                    found.source.get_or_insert(paper);
                    found.date = found.date.or(date);
                }
            }
            Mark::Meta { .. } => note_detail(words, &mut found),
            Mark::DateLine => {
                updated = updated.or_else(|| date_of_line(words));
                let by = DATED_BY
                    .captures(words)
                    .and_then(|by| authors(&by["names"]));
                found.author = found.author.take().or(by);
            }
            Mark::DateLead => {
                let lead = DATE_LEAD.captures(head(words, 32));
                let date = lead.and_then(|lead| leading_date(lead.name("date")?.as_str()));
                found.date = found.date.or(date.map(|(date, _)| date));
            }
            _ => {}
        }
    }
    found.date = found.date.or(updated);
    found.source = found.source.or(credit.map(|(_, source)| source));
    let headline = headline(page, article.clone());
    if headline.is_some() {
        found.title = headline;
    }
    note_dateline(page, article, &mut found);
    found
}

/// The publisher that an article "originally appeared" with comes before those who passed it on.
fn note_credit(words: &str, credit: &mut Option<(u8, String)>, title: &mut Option<String>) {
    let forms: [(u8, &Regex); 3] = [(0, &APPEARED), (1, &POST), (2, &PUBLISHED)];
    let Some((rank, found)) = forms
        .iter()
        .find_map(|(rank, form)| form.captures(words).map(|found| (*rank, found)))
    else {
        return;
    };
    if let Some(named) = found.name("title") {
        title.get_or_insert_with(|| clean(named.as_str()));
    }
    if credit.as_ref().is_none_or(|(before, _)| rank < *before) {
        *credit = found
            .name("source")
            .map(|source| (rank, clean(source.as_str())));
    }
}

fn note_detail(words: &str, found: &mut Metadata) {
    let Some(detail) = META.captures(words) else {
        return;
    };
    let value = clean(&detail["value"]);
    match detail["key"].to_lowercase().as_str() {
        _ if value.is_empty() => {}
        "title" | "headline" => {
            found.title.get_or_insert(value);
        }
        "author" | "authors" | "by" | "byline" | "written by" => {
            found.author = found.author.take().or_else(|| authors(&value));
        }
        "source" | "publisher" if !value.starts_with("http") => {
            found.source.get_or_insert(value);
        }
        key if key.starts_with("published by") => {
            found.source.get_or_insert(value);
        }
        key if key.contains("date")
            || key.starts_with("published")
            || key.starts_with("posted") =>
        {
            if let Some((date, _)) = leading_date(&value) {
                found.date.get_or_insert(date);
            }
        }
        _ => {}
    }
}

fn date_of_line(words: &str) -> Option<DateValue> {
    let date = DATED.captures(words).and_then(|found| found.name("date"));
    leading_date(date.map_or(words, |date| date.as_str())).map(|(date, _)| date)
}

/// The first line, if it reads like a headline and a paragraph of prose follows it.
fn headline(page: &Page<'_>, article: Range<usize>) -> Option<String> {
    let mut prose = article.filter(|&line| page.marks[line].is_prose());
    let first = prose.next()?;
    let words = page.words(first);
    if let Some(heading) = words.strip_prefix('#') {
        let heading = clean(heading.trim_start_matches('#').trim_end_matches('#'));
        return (!heading.is_empty() && heading.len() <= 250).then_some(heading);
    }
    let mut rest = prose.map(|line| page.words(line));
    let next = rest.find(|words| place_and_date(words).is_none())?;
    let enough_words = (3..=30).contains(&words.split_whitespace().count());
    let is_headline = words.len() <= 200
        && enough_words
        && page.marks[first] == Mark::Prose
        && words.starts_with(|c: char| !c.is_lowercase())
        && !words.ends_with(['.', ',', ':', ';', '…'])
        && !words.ends_with(".”")
        && !words.ends_with(".\"")
        && words.matches(['“', '"']).count() <= 2
        && !DATELINE.is_match(words);
    let is_body =
        next.len() >= 80 && next.len() > words.len() && next.contains(['.', '!', '?', '。']);
    (is_headline && is_body).then(|| clean(words))
}

/// Date and agency of a dateline at the beginning of the first paragraph.
fn note_dateline(page: &Page<'_>, article: Range<usize>, found: &mut Metadata) {
    let paragraphs = article.filter(|&line| page.marks[line].is_prose());
    for line in paragraphs.take(MOST_BEFORE) {
        if let Some(date) = place_and_date(page.words(line)) {
            found.date = found.date.or(Some(date));
            continue;
        }
        let start = head(page.words(line), 140);
        if let Some(lead) = DATED_PLACE.captures(start)
            && let Some((date, _)) = leading_date(&lead["date"])
        {
            found.date = found.date.or(Some(date));
            found.source.get_or_insert_with(|| clean(&lead["agency"]));
            return;
        }
        let Some(dateline) = DATELINE.find(start) else {
            continue;
        };
        let after_dash = start.len() - start[dateline.end()..].trim_start().len();
        let date = start
            .char_indices()
            .take_while(|(at, _)| *at <= after_dash)
            .filter(|(at, _)| start[..*at].ends_with([' ', '(']))
            .find_map(|(at, _)| leading_date(&start[at..]))
            .map(|(date, _)| date);
        found.date = found.date.or(date);
        if found.source.is_none() {
            let agency = AGENCY
                .captures(start)
                .and_then(|found| found.name("agency"));
            found.source = agency.map(|agency| clean(agency.as_str()));
        }
        return;
    }
}

/// The bytes of the page that name the agency of an article's dateline.
pub(super) fn agency_of_dateline(page: &Page<'_>, article: Range<usize>) -> Option<[usize; 2]> {
    let paragraphs = article.filter(|&line| page.marks[line].is_prose());
    paragraphs.take(MOST_BEFORE).find_map(|line| {
        let start = head(page.words(line), 140);
        let from = page.lines[line].words_start();
        if let Some(lead) = DATED_PLACE.captures(start)
            && let Some(agency) = lead.name("agency")
            && leading_date(&lead["date"]).is_some()
        {
            return Some([from + agency.start(), from + agency.end()]);
        }
        let dateline = DATELINE.find(start)?;
        let agency = AGENCY.captures(&start[..dateline.end()])?.name("agency")?;
        // Behind the dash the text has begun.
        let is_before_dash = !start[..agency.start()].contains(" - ");
        is_before_dash.then_some([from + agency.start(), from + agency.end()])
    })
}

/// One line of words, without markup, quotes around it, or white space at its ends.
fn clean(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = joined.trim_matches(['*', '_', ' ']);
    let bare = trimmed
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .unwrap_or(trimmed);
    bare.to_owned()
}

#[cfg(test)]
mod tests {
    use crate::import::read_bytes;

    fn read(text: &str) -> (Option<String>, Option<String>, Option<String>) {
        let document = read_bytes("a", text.as_bytes()).unwrap().remove(0);
        (
            document.title,
            document.date.map(|date| date.to_string()),
            document.source,
        )
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    const BODY: &str = "The council met on Monday to speak about the bridge. Nobody knew what it would cost the town.";

    #[test]
    fn headlines_and_details() {
        let page = format!(
            "Council speaks of bridge\n\n{BODY}\n\nPublished on: 2024-03-02 10:00\nSource: The Town Paper\n"
        );
        assert_eq!(
            read(&page),
            (
                some("Council speaks of bridge"),
                some("2024-03-02"),
                some("The Town Paper")
            )
        );
        let markdown = format!("---\ntitle: \"A bridge\"\ndate: 2024-03-02\n---\n\n{BODY}\n");
        assert_eq!(
            read(&markdown),
            (some("A bridge"), some("2024-03-02"), None)
        );
        assert_eq!(
            read(&format!("# The bridge\n\n{BODY}")).0,
            some("The bridge")
        );
        assert_eq!(read(&format!("{BODY}\n\n{BODY}")), (None, None, None));
    }

    #[test]
    fn papers_authors_and_places_at_the_head() {
        let page = format!(
            "The Town Paper Weekly\nCouncil speaks of bridge\nBy Ada Byron, Cy Dunn and Bo Li in Arden\n12 March 2024\n\nARDEN, Freedonia (Reuters) - {BODY}"
        );
        let found = read_bytes("a", page.as_bytes()).unwrap().remove(0);
        assert_eq!(found.author.as_deref(), Some("Ada Byron, Cy Dunn, Bo Li"));
        assert_eq!(found.source.as_deref(), Some("The Town Paper Weekly"));
        assert_eq!(found.title.as_deref(), Some("Council speaks of bridge"));
        assert_eq!(
            found.date.map(|d| d.to_string()).as_deref(),
            Some("2024-03-12")
        );
        let left_out = found.boilerplate.iter().map(|b| &found.text[b[0]..b[1]]);
        let left_out: Vec<&str> = left_out.collect();
        assert!(
            left_out.contains(&"Reuters") && left_out[0].starts_with("The Town"),
            "{left_out:?}"
        );
        let page = format!("Council speaks of bridge\n\nARDEN, Freedonia, 3 May 2024\n\n{BODY}");
        assert_eq!(
            read(&page),
            (some("Council speaks of bridge"), some("2024-05-03"), None)
        );
    }

    #[test]
    fn datelines_and_credits() {
        let dated = format!("YAOUNDÉ, May 13 2022 (IPS) - {BODY}");
        assert_eq!(read(&dated), (None, some("2022-05-13"), some("IPS")));
        assert_eq!(
            read(&format!("CAIRO - 13 July 2022: {BODY}")).1,
            some("2022-07-13")
        );
        let credited = format!(
            "{BODY}\n\nThe post A bridge too far first appeared on Town Paper.\n\nThis post was originally published on Feed."
        );
        assert_eq!(
            read(&credited),
            (some("A bridge too far"), None, some("Town Paper"))
        );
        let titled = format!("Seoul, 9 June 2024 (Yonhap) -- {BODY}");
        assert_eq!(read(&titled), (None, some("2024-06-09"), some("Yonhap")));
        let lead = format!(" date 2024-03-02 {BODY}");
        assert_eq!(read(&lead).1, some("2024-03-02"));
    }
}
