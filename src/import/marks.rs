//! What each line of a report is: prose, or one of the marks that pages put around articles.
//!
//! The marks are words that web pages, agencies and feeds use everywhere, never names of publishers.

use super::dates::{compiled, head, leading_date};
use super::lines::Line;
use regex::Regex;
use std::sync::LazyLock;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Words of the article, headlines included.
    Prose,
    /// "This content originally appeared on …": where an article was taken from; ends it.
    Credit(CreditKind),
    /// "Read more" alone on a line: ends a teaser.
    ReadMore,
    /// A line of prose that ends in "… Continue reading": ends a teaser.
    Teaser,
    /// "Category: World", "Published on: …", "Tags: …".
    Meta {
        /// It tells when the article was published.
        dated: bool,
    },
    /// "Related articles:": headlines of other articles follow.
    RelatedHeading,
    /// "Updated Jan. 12, 2025, 11:08 p.m. ET.", or a date alone.
    DateLine,
    /// "date 2025-02-08", and then perhaps prose on the same line.
    DateLead,
    /// "By Ada Byron", "Edited by …", "(Reuters)", "Photo: …".
    Byline,
    /// "The Tyneside Gazette" at the head of a page.
    Masthead,
    /// "Advertisement", "Back to top", "Share this article".
    Navigation,
}

/// Which form a credit has; a form that comes again begins the next credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CreditKind {
    /// "This content originally appeared on SOURCE and was authored by AUTHOR."
    Appeared,
    /// "This post was originally published on SOURCE."
    Published,
    /// "The post TITLE first appeared on SOURCE."
    Post,
}

impl Mark {
    /// The line belongs to the article's words.
    pub const fn is_prose(self) -> bool {
        matches!(self, Self::Prose | Self::Teaser | Self::DateLead)
    }
}

/// Longer lines are prose, whatever they begin with.
const LONGEST_MARK: usize = 400;

macro_rules! patterns {
    ($($name:ident = $pattern:expr;)*) => {
        $(pub(super) static $name: LazyLock<Regex> = LazyLock::new(|| compiled($pattern));)*
    };
}

patterns! {
    APPEARED = r"(?i)^this (?:content|article|post|story|piece|report|essay|interview|text) (?:was |has )?(?:(?:originally|first) )?(?:appeared|ran)(?: first| originally)? (?:on|in|at) (?P<source>.+?)(?:,? and was (?:authored|written) by (?P<author>.+?))?\.?$";
    PUBLISHED = r"(?i)^(?:this (?:content|article|post|story|piece|report|essay|interview|text) (?:was |is )?(?:originally|first|re)[ -]?(?:published|posted|printed)|(?:originally|first) (?:published|posted|appeared)|republished) (?:on|in|at|by|from|with permission (?:from|of)) (?P<source>.+?)\.?$";
    POST = r"(?i)^the (?:post|article|story) (?P<title>.+) (?:first appeared|appeared first|was (?:first|originally) published) (?:on|in|at) (?P<source>.+?)\.?$";
    READ_MORE = r"(?i)^\W*(?:(?:read|view|see|show|learn|find out) more|(?:continue|keep) reading|(?:read|view|see) (?:the )?(?:full|whole|entire|rest of (?:the|this)) (?:story|article|post|report)|end of document)\W*(?:\(https?://\S+\)\W*)?$";
    TEASER_END = r"(?i)(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:continue reading|read (?:more|on))\W*$";
    META = r"(?i)^[*_]{0,2}(?P<key>categor(?:y|ies)|section|tags?|keywords?|topics?|filed under|published(?: on| at| by)?|posted(?: on| at| in)?|(?:publication )?date|load-date|(?:last )?(?:updated|modified)(?: on| at)?|source|publisher|authors?|by|byline|written by|title|headline|url|link|photos?(?: by| credit)?|images?(?: by| credits?)?|featured image|credits?|video|share(?: this)?|language)[*_]{0,2}\s*[:：][*_]{0,2}\s*(?P<value>.*)$";
    RELATED = r"(?i)^\W*(?:related(?: (?:stories|articles|coverage|news|posts|topics|content|links|reading))?|(?:read|see) also|also read|more (?:stories|news|articles|headlines|on this (?:story|topic))|recommended(?: (?:stories|articles|for you))?|you (?:may|might) also (?:like|be interested in)|most (?:read|popular|viewed)|trending(?: now)?|read next|up next|latest (?:stories|news|headlines)|don[’']t miss|in case you missed it)\W*$";
    RELATED_ITEM = r"(?i)^\W*(?:read more|read also|also read|related(?: (?:story|article|news))?|see also|read|more|watch|listen|don[’']t miss|in pictures|in depth|explainer)\s*[:|»>]\s*\S";
    NAVIGATION = r"(?i)^\W*(?:advertis(?:e)?ment|back to (?:main|top|home)|skip to (?:main )?content|share(?: (?:this(?: (?:article|story|post|page))?|on \w+|via \w+))?|click to (?:share|print|email)\b.*|print(?: this)?|e-?mail(?: this)?|tweet|comments?|\d+ comments?|(?:leave|post) a (?:comment|reply)|no comments(?: yet)?|copy link|facebook|twitter|whatsapp|linkedin|reddit|(?:story|article) continues below(?: advertisement)?|continues below advertisement|scroll (?:down )?to continue|listen to this (?:article|story)|(?:sign|log) (?:in|up)|subscribe(?: now)?|support now|donate(?: now)?|(?:\d+ )?min(?:ute)?s? read|read (?:a|this|the) (?:version of this (?:story|article)|story|article|version)(?: of this (?:story|article))? in [\p{L} ,]+|featured image (?:via|by|from|:).{0,120}|this (?:story|article) has been updated.{0,160}|updated to (?:include|add|reflect|correct|clarify).{0,240}|(?:image|photo|picture|video) (?:credits?|source|courtesy|via|by)\b.{0,120}|(?:©|\(c\)|copyright)\s.{0,160}|all rights reserved\W*)\W*$";
    STAFF = r"(?i)^[(\[*_]*(?:edited|translated|compiled|reported|written|produced|additional reporting|reporting|editing|writing|photographs?|photos?|graphics?|illustrations?|story|words|text)(?: and (?:edited|translated|editing|writing|photographs|photos))? by:?\s+(?P<names>.+)$";
    BY = r"^[*_]{0,3}(?:By|BY)\s+(?P<names>[^\s*_][^*_]*)[*_]{0,3}$";
    DATED = r"(?i)^(?:last )?(?:updated|published|posted|modified|revised|created)(?: on| at)?:?\s+(?P<date>.+)$";
    DATE_LEAD = r"(?i)^date:?\s+(?P<date>\d{4}-\d{2}-\d{2})\b";
    DATED_BY = r"(?i)^(?:posted|published|updated|written)(?: on| at)?:?\s+(?P<date>[^|]{6,40}?),?\s+(?:[|–-]\s*)?by:?\s+(?P<names>.+)$";
    IN_BRACKETS = r"^\([^()]{2,80}[^().!?,;:]\)$";
}

/// What the line is, by itself; context is for those who ask.
pub(super) fn mark(words: &str) -> Mark {
    if words.len() > LONGEST_MARK {
        return long_line_mark(words);
    }
    if let Some(kind) = credit_kind(words) {
        return Mark::Credit(kind);
    }
    if READ_MORE.is_match(words) {
        return Mark::ReadMore;
    }
    if RELATED.is_match(words) {
        return Mark::RelatedHeading;
    }
    if DATE_LEAD.is_match(words) && words.len() > 40 {
        return Mark::DateLead;
    }
    if let Some(found) = META.captures(words) {
        return meta_mark(&found["key"], &found["value"]);
    }
    if let Some(mark) = date_mark(words) {
        return mark;
    }
    if is_byline(words) {
        return Mark::Byline;
    }
    let is_link = RELATED_ITEM.is_match(words) && !words.ends_with(['.', '”', '"']);
    if NAVIGATION.is_match(words) || is_link && words.len() <= 200 {
        return Mark::Navigation;
    }
    if TEASER_END.is_match(words) {
        return Mark::Teaser;
    }
    Mark::Prose
}

fn long_line_mark(words: &str) -> Mark {
    let tail = &words[words.ceil_char_boundary(words.len() - 40)..];
    if DATE_LEAD.is_match(head(words, 32)) {
        Mark::DateLead
    } else if TEASER_END.is_match(tail) {
        Mark::Teaser
    } else {
        Mark::Prose
    }
}

fn credit_kind(words: &str) -> Option<CreditKind> {
    if APPEARED.is_match(words) {
        Some(CreditKind::Appeared)
    } else if PUBLISHED.is_match(words) {
        Some(CreditKind::Published)
    } else if POST.is_match(words) {
        Some(CreditKind::Post)
    } else {
        None
    }
}

fn date_mark(words: &str) -> Option<Mark> {
    if DATE_LEAD.is_match(words) {
        return Some(Mark::DateLead);
    }
    if let Some(by) = DATED_BY.captures(words)
        && leading_date(&by["date"]).is_some()
        && is_names_only(&by["names"], 10)
    {
        return Some(Mark::DateLine);
    }
    let date = DATED
        .captures(words)
        .and_then(|found| found.name("date"))
        .map_or(words, |date| date.as_str());
    let (_, length) = leading_date(date)?;
    let rest = &date[length..];
    let is_time = rest.len() <= 40;
    let has_words = rest
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() > 4);
    let only_date = rest.is_empty() || rest.starts_with([',', ' ', '.', '|', '-', '–', '/']);
    (is_time && only_date && !has_words).then_some(Mark::DateLine)
}

fn meta_mark(key: &str, value: &str) -> Mark {
    let key = key.to_lowercase();
    let dated = key.contains("date") || key.starts_with("published") || key.starts_with("posted");
    let dated = dated && leading_date(value).is_some();
    let is_short = value.len() <= 200;
    // "By: …" and "Link: …" are marks, "Video: he was seen leaving the house." is prose.
    let is_sentence = value.ends_with('.') && value.split_whitespace().count() > 12;
    if is_short && !is_sentence {
        Mark::Meta { dated }
    } else {
        Mark::Prose
    }
}

fn is_byline(words: &str) -> bool {
    if words.len() > 250 {
        return false;
    }
    let by = |pattern: &Regex, most_words: usize| {
        pattern
            .captures(words)
            .and_then(|found| found.name("names"))
            .is_some_and(|names| is_names_only(names.as_str(), most_words))
    };
    IN_BRACKETS.is_match(words) || by(&STAFF, 40) || by(&BY, 10) && !words.ends_with([',', ':'])
}

/// Words that join names in a byline.
const BETWEEN_NAMES: [&str; 26] = [
    "and",
    "by",
    "for",
    "in",
    "of",
    "the",
    "with",
    "at",
    "edited",
    "translated",
    "editing",
    "reporting",
    "additional",
    "writing",
    "photos",
    "de",
    "der",
    "den",
    "van",
    "von",
    "bin",
    "ibn",
    "al",
    "el",
    "da",
    "di",
];

fn is_names_only(names: &str, most_words: usize) -> bool {
    let mut count = 0;
    for word in names.split_whitespace() {
        count += 1;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let joins = bare.is_empty() || BETWEEN_NAMES.contains(&bare.to_lowercase().as_str());
        let is_name = bare.chars().next().is_some_and(|c| !c.is_lowercase());
        if !joins && !is_name || count > most_words {
            return false;
        }
    }
    count > 0
}

/// Marks of all lines; `None`-like prose for what is nothing else.
pub(super) fn marks(text: &str, lines: &[Line]) -> Vec<Mark> {
    lines.iter().map(|line| mark(line.words(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_pages() {
        for (words, expected) in [
            (
                "This content originally appeared on The Daily and was authored by Ada Byron.",
                Mark::Credit(CreditKind::Appeared),
            ),
            (
                "This post was originally published on The Daily.",
                Mark::Credit(CreditKind::Published),
            ),
            (
                "The post What it was first appeared on The Daily.",
                Mark::Credit(CreditKind::Post),
            ),
            ("Read More", Mark::ReadMore),
            ("[Read more →](https://example.org/a)", Mark::ReadMore),
            ("They waited for hours.… Continue reading", Mark::Teaser),
            ("Category: World", Mark::Meta { dated: false }),
            (
                "Published on: 2025-04-28 10:06:22",
                Mark::Meta { dated: true },
            ),
            ("RELATED STORIES", Mark::RelatedHeading),
            ("Updated Jan. 12, 2025, 11:08 p.m. ET.", Mark::DateLine),
            ("12 January 2025", Mark::DateLine),
            ("date 2025-02-08 The minister said so.", Mark::DateLead),
            ("By ADA BYRON and Charles Babbage", Mark::Byline),
            (
                "Translated by Ada Byron. Edited by Charles Babbage.",
                Mark::Byline,
            ),
            ("*By Ida Berg*", Mark::Byline),
            ("(Reuters)", Mark::Byline),
            ("Posted on May 7, 2024 by Chidi Okafor", Mark::DateLine),
            ("BACK TO MAIN", Mark::Navigation),
            ("READ: What we know of the strike", Mark::Navigation),
        ] {
            assert_eq!(mark(words), expected, "{words}");
        }
    }

    #[test]
    fn prose_stays_prose() {
        for words in [
            "By noon the town was empty.",
            "Written by nobody knows whom, the letter was read aloud.",
            "May 9, 2022 was the day on which the parade was held without planes.",
            "This article of the treaty appeared in doubt.",
            "Read more books, the teacher said, and write less.",
            "(He did not say who they were.)",
            "More: a saint of the church who would not sign.",
            "2022",
            "",
        ] {
            assert_eq!(mark(words), Mark::Prose, "{words}");
        }
    }
}
