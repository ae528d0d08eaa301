//! HTML pages: the main text without navigation, and what the page says of itself.
//!
//! The page is read as a row of tokens with a stack of open elements; every run of text between
//! block elements is a block. Blocks in navigation, footers and the like, and blocks that are mostly
//! links, are left out; if hardly anything is left then, the page is built otherwise, and all of it
//! counts. (The measure of links is that of Kohlschütter, Fankhauser and Nejdl, "Boilerplate
//! detection using shallow text features", 2010.)

use super::decode::{declared_in_page, decode_any};
use super::formats::{Extracted, iso_day, one_line};
use super::page_title;
use crate::error::Result;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// Elements open at once that are kept track of; deeper ones count as their parents.
const DEEPEST: usize = 256;
/// Share of letters in links above which a block leads elsewhere instead of saying something.
const MOST_LINKED: f64 = 0.5;
/// Letters below which the main text found is taken for a mistake.
const FEWEST_LETTERS: usize = 200;

/// Elements whose text is never shown.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select",
    "textarea", "canvas", "audio", "video", "head",
];
/// Elements that hold what is not the text of a page.
const AROUND: &[&str] = &[
    "nav",
    "footer",
    "aside",
    "form",
    "menu",
    "button",
    "dialog",
    "figcaption",
    "search",
];
/// Words of `class`, `id` and `role` that say so.
const AROUND_WORDS: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "footer",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "related",
    "share",
    "sharing",
    "social",
    "cookie",
    "cookies",
    "consent",
    "newsletter",
    "subscribe",
    "subscription",
    "advert",
    "advertisement",
    "ad",
    "ads",
    "promo",
    "banner",
    "popup",
    "pagination",
    "contentinfo",
    "complementary",
    "masthead",
    "toolbar",
    "widget",
    "caption",
    "credit",
    "tags",
    "topics",
    "trending",
    "recommended",
];
/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "title",
];
/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Reads the bytes of a page; without a mark and not in UTF-8, in the encoding that it names.
///
/// # Errors
/// When the bytes are no text.
pub(super) fn read(bytes: Vec<u8>) -> Result<Extracted> {
    let page = match declared_in_page(&bytes) {
        Some(encoding) if std::str::from_utf8(&bytes).is_err() => {
            encoding.decode(&bytes).0.into_owned()
        }
        _ => decode_any(bytes)?,
    };
    Ok(main_text(&page))
}

/// A run of text between block elements.
#[derive(Clone, Debug, Default)]
struct Block {
    text: String,
    letters: usize,
    linked: usize,
    is_heading: bool,
    is_around: bool,
    in_article: bool,
}

/// The main text of a page, and its metadata. Linear in the page.
pub(super) fn main_text(page: &str) -> Extracted {
    let mut reading = Reading::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) => reading.open(&tag),
            Token::EndTag(tag) => reading.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reading.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reading.end_block();
    reading.finish()
}

struct Open {
    name: String,
    is_unseen: bool,
    is_around: bool,
    is_link: bool,
    is_article: bool,
}

#[derive(Default)]
struct Reading {
    open: Vec<Open>,
    block: Block,
    blocks: Vec<Block>,
    title: String,
    linked_data: String,
    in_linked_data: bool,
    found: Extracted,
}

impl Reading {
    fn open(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attribute = |wanted: &str| {
            let value = tag.attributes.get(wanted.as_bytes())?;
            Some(String::from_utf8_lossy(value).into_owned())
        };
        if BLOCKS.contains(&name.as_str()) {
            self.end_block();
        }
        match name.as_str() {
            "meta" => self.note_meta(
                attribute("name")
                    .or_else(|| attribute("property"))
                    .or_else(|| attribute("itemprop")),
                attribute("content"),
            ),
            "br" => self.block.text.push('\n'),
            "time" => {
                let date = attribute("datetime").and_then(|date| iso_day(&date));
                self.found.date = self.found.date.or(date);
            }
            _ => {}
        }
        if VOID.contains(&name.as_str()) || tag.self_closing {
            return;
        }
        // A paragraph ends where the next begins, and so do rows and items.
        if matches!(
            name.as_str(),
            "p" | "li" | "tr" | "td" | "th" | "dt" | "dd" | "option"
        ) && self.open.last().is_some_and(|last| last.name == name)
        {
            self.open.pop();
        }
        // Many pages leave it open, as they may: it ends where something is shown.
        let is_shown = name != "title" && BLOCKS.contains(&name.as_str());
        if is_shown && self.open.last().is_some_and(|last| last.name == "head") {
            self.open.pop();
        }
        // A link holds no other link.
        let inner = self.open.iter().rev();
        let mut inner = inner.take_while(|open| !BLOCKS.contains(&open.name.as_str()));
        if name == "a" && inner.any(|open| open.name == "a") {
            self.close("a");
        }
        if name == "script" {
            self.in_linked_data =
                attribute("type").is_some_and(|kind| kind.trim() == "application/ld+json");
        }
        if self.open.len() < DEEPEST {
            let parent = self.open.last();
            let within = |of: fn(&Open) -> bool| parent.is_some_and(of);
            let words = [attribute("class"), attribute("id"), attribute("role")];
            let is_text = matches!(name.as_str(), "body" | "html" | "main" | "article");
            let says_around = !is_text && words.iter().flatten().any(|words| is_around(words));
            let is_hidden = attribute("hidden").is_some()
                || attribute("aria-hidden").is_some_and(|hidden| hidden == "true");
            self.open.push(Open {
                is_unseen: within(|p| p.is_unseen) || UNSEEN.contains(&name.as_str()),
                is_around: within(|p| p.is_around)
                    || AROUND.contains(&name.as_str())
                    || says_around
                    || is_hidden,
                is_link: name == "a" || within(|p| p.is_link),
                is_article: within(|p| p.is_article)
                    || matches!(name.as_str(), "article" | "main")
                    || words.iter().flatten().any(|words| words == "main"),
                name,
            });
        }
    }

    fn close(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        if name == "script" {
            self.in_linked_data = false;
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_linked_data {
            self.linked_data.push_str(text);
            return;
        }
        let last = self.open.last();
        if last.is_some_and(|open| open.name == "title") {
            self.title.push_str(text);
            return;
        }
        if last.is_some_and(|open| open.is_unseen) {
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.block.letters += letters;
        if last.is_some_and(|open| open.is_link) {
            self.block.linked += letters;
        }
        self.block.text.push_str(text);
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        if block.letters == 0 {
            return;
        }
        let lines = block.text.split('\n').filter_map(one_line);
        block.text = lines.collect::<Vec<_>>().join(" ");
        let last = self.open.last();
        block.is_heading = self
            .open
            .iter()
            .rev()
            .take(3)
            .any(|open| matches!(open.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
        block.is_around = last.is_some_and(|open| open.is_around);
        block.in_article = last.is_some_and(|open| open.is_article);
        self.blocks.push(block);
    }

    fn note_meta(&mut self, name: Option<String>, content: Option<String>) {
        let (Some(name), Some(content)) = (name, content) else {
            return;
        };
        let found = &mut self.found;
        let line = || one_line(&content).filter(|line| !line.starts_with("http"));
        match name.to_lowercase().as_str() {
            "og:title" | "twitter:title" | "dc.title" | "headline" => {
                found.title = found.title.take().or_else(line);
            }
            "author" | "article:author" | "dc.creator" | "byl" | "parsely-author" => {
                found.author = found.author.take().or_else(line);
            }
            "article:published_time"
            | "date"
            | "dc.date"
            | "dc.date.issued"
            | "datepublished"
            | "pubdate"
            | "publish-date"
            | "parsely-pub-date"
            | "dcterms.created" => {
                found.date = found.date.or_else(|| iso_day(&content));
            }
            "og:site_name" | "dc.publisher" | "publisher" | "application-name" => {
                found.source = found.source.take().or_else(line);
            }
            _ => {}
        }
    }

    /// What the page's linked data (schema.org) says, where the page's head does not.
    fn note_linked_data(&mut self) {
        let Ok(data) = serde_json::from_str::<serde_json::Value>(&self.linked_data) else {
            return;
        };
        let listed = data.get("@graph").and_then(|graph| graph.as_array());
        let all = listed.or(data.as_array()).cloned().unwrap_or(vec![data]);
        for item in &all {
            let Some(headline) = item.get("headline").and_then(|h| h.as_str()) else {
                continue;
            };
            let name = |key: &str| {
                let value = item.get(key)?;
                let value = value.get(0).unwrap_or(value);
                let name = value.get("name").unwrap_or(value).as_str()?;
                one_line(name).filter(|name| !name.starts_with("http"))
            };
            let found = &mut self.found;
            found.title = found.title.take().or_else(|| one_line(headline));
            found.author = found.author.take().or_else(|| name("author"));
            found.source = found.source.take().or_else(|| name("publisher"));
            let date = item.get("datePublished").and_then(|date| date.as_str());
            found.date = found.date.or_else(|| iso_day(date?));
        }
    }

    fn finish(mut self) -> Extracted {
        self.note_linked_data();
        let title = one_line(&self.title);
        let mut found = std::mem::take(&mut self.found);
        let is_prose = |block: &&Block| {
            block.is_heading || (block.linked as f64) <= block.letters as f64 * MOST_LINKED
        };
        let letters = |blocks: &[&Block]| blocks.iter().map(|b| b.letters).sum::<usize>();
        let within: Vec<&Block> = self.blocks.iter().filter(|b| !b.is_around).collect();
        let within: Vec<&Block> = within.into_iter().filter(is_prose).collect();
        let article: Vec<&Block> = within.iter().copied().filter(|b| b.in_article).collect();
        let all: Vec<&Block> = self.blocks.iter().collect();
        let chosen = if letters(&article) >= FEWEST_LETTERS {
            article
        } else if letters(&within) >= FEWEST_LETTERS.min(letters(&all) / 4) {
            within
        } else {
            all
        };
        // "The bridge | Arden Post": the page's own heading is the title without its publisher.
        let heading = title.as_deref().and_then(|title| {
            let headings = chosen.iter().filter(|block| block.is_heading);
            let mut within = headings.filter(|block| title.contains(&block.text));
            within.next().map(|block| block.text.clone())
        });
        let has_line = |line: &str| self.blocks.iter().any(|block| block.text == line);
        let known = found.source.clone();
        let split = |title: String| page_title::split(&title, known.as_deref(), &has_line);
        let (told, told_by) = found.title.take().map(split).unzip();
        let (whole, by) = title.map(split).unzip();
        found.title = told.or(heading).or(whole);
        found.source = found.source.or(told_by.flatten()).or(by.flatten());
        let mut paragraphs: Vec<&str> = chosen.iter().map(|block| block.text.as_str()).collect();
        // A heading with nothing under it belongs to what was left out.
        while chosen
            .get(paragraphs.len().wrapping_sub(1))
            .is_some_and(|b| b.is_heading)
            && paragraphs.len() > 1
        {
            paragraphs.pop();
        }
        found.text = paragraphs.join("\n\n");
        found
    }
}

fn is_around(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| AROUND_WORDS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    const PROSE: &str = "The bridge at Arden fell on Monday after days of rain, and Ada Byron, who keeps \
        the lock, said that nobody was hurt. Bo Carr of the Road Office closed both banks. The river had \
        risen by two meters in a night, which no one in the town can remember.";

    #[test]
    fn navigation_is_left_out_and_the_head_is_read() {
        let page = format!(
            "<!doctype html><html><head><title>Bridge | Arden Post</title>\
             <meta property=og:title content='Bridge &amp; river'><meta name=author content='Cy Dunn'>\
             <meta property='article:published_time' content='2024-03-04T10:00:00Z'>\
             <meta property='og:site_name' content='Arden Post'><script>var x = '<p>no</p>';</script></head>\
             <body><nav><a href=/>Home</a> Sections</nav><div class='top-menu'>Menu words</div>\
             <article><h1>Bridge &amp; river</h1><p>{PROSE}<p>Second<br>line.</p>\
             <div class=related>Read also this</div><p><a href=x>More news from here and there</a></p></article>\
             <footer>Imprint</footer></body></html>"
        );
        let found = main_text(&page);
        assert_eq!(
            found.text,
            format!("Bridge & river\n\n{PROSE}\n\nSecond line.")
        );
        assert_eq!(found.title.as_deref(), Some("Bridge & river"));
        assert_eq!(found.author.as_deref(), Some("Cy Dunn"));
        assert_eq!(found.source.as_deref(), Some("Arden Post"));
        assert_eq!(found.date.unwrap().to_string(), "2024-03-04");
    }

    #[test]
    fn linked_data_and_other_encodings() {
        let page = format!(
            "<meta charset=windows-1251><script type='application/ld+json'>{{\"headline\": \"H\", \
             \"datePublished\": \"2024-05-06\", \"author\": [{{\"name\": \"Ada\"}}], \
             \"publisher\": {{\"name\": \"Post\"}}}}</script><p>{PROSE}</p>"
        );
        let found = main_text(&page);
        assert_eq!(
            (found.title.as_deref(), found.author.as_deref()),
            (Some("H"), Some("Ada"))
        );
        assert_eq!(found.date.unwrap().to_string(), "2024-05-06");
        let bytes = b"<meta charset=windows-1251><p>\xCC\xEE\xF1\xF2</p>".to_vec();
        assert_eq!(read(bytes).unwrap().text, "Мост");
    }

    #[test]
    fn broken_pages_give_their_text_in_linear_time() {
        assert_eq!(main_text("<nav><div>Only this").text, "Only this");
        let open = "<html><head><title>B</title><body><nav><a href=x>Home<a>News</nav>";
        let open = format!("{open}<p>{PROSE}<table><tr><td>Arden");
        assert_eq!(main_text(&open).text, format!("{PROSE}\n\nArden"));
        assert_eq!(main_text("</p></div>a<b>c").text, "ac");
        assert_eq!(main_text("<!-- never closed").text, "");
        let started = Instant::now();
        main_text(&"<div class=x>a".repeat(200_000));
        main_text(&"</div>".repeat(200_000));
        main_text(&"<p><a href='".repeat(100_000));
        assert!(started.elapsed().as_secs() < 20);
    }
}
