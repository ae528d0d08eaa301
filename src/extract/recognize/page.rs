//! One document as the rules see it: tokens with what the lexicons and the document itself say of
//! each word.

use crate::extract::lexicon::{LONGEST_ENTRY, Lexicon, Tag, Tags};
use crate::extract::text::{Class, Token, tokens};
use crate::model::normalized_name;
use std::collections::HashMap;

/// No word longer than this, in bytes, is looked up.
const LONGEST_WORD: usize = 48;

/// A word form of the document, folded, and how the document writes it.
#[derive(Debug, Default)]
pub struct Word {
    /// Folded as names are looked up; empty for marks and overlong words.
    pub key: String,
    /// What the lexicons say.
    pub tags: Tags,
    /// How often it is written in lower case.
    pub lower: u32,
    /// How often with a capital where only a name has one.
    pub inside: u32,
}

/// Tokens, words and sentences of one document. Tokens are named by their index.
pub struct Page<'a> {
    /// The document's text.
    pub text: &'a str,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// First token of each sentence that has any, and the one after its last.
    pub sentences: Vec<[usize; 2]>,
    words: Vec<Word>,
    word_of: Vec<u32>,
    weak: Vec<bool>,
    headline: Vec<bool>,
}

impl<'a> Page<'a> {
    /// Reads `text` sentence by sentence. Linear in its length.
    pub fn new(text: &'a str, sentence_ranges: &[[usize; 2]], lexicon: &Lexicon) -> Self {
        let mut page = Self {
            text,
            tokens: Vec::new(),
            sentences: Vec::with_capacity(sentence_ranges.len()),
            words: vec![Word::default()],
            word_of: Vec::new(),
            weak: Vec::new(),
            headline: Vec::new(),
        };
        let mut ids: HashMap<String, u32> = HashMap::new();
        let mut buffer = String::new();
        for &[from, to] in sentence_ranges {
            let first = page.tokens.len();
            page.tokens.extend(tokens(text, from, to));
            for index in first..page.tokens.len() {
                let id = page.intern(index, &mut ids, &mut buffer, lexicon);
                page.word_of.push(id);
            }
            if page.tokens.len() > first {
                page.sentences.push([first, page.tokens.len()]);
            }
        }
        page.weak = vec![false; page.tokens.len()];
        page.headline = vec![false; page.tokens.len()];
        for index in 0..page.sentences.len() {
            page.read_case(page.sentences[index]);
        }
        page
    }

    fn intern(
        &mut self,
        index: usize,
        ids: &mut HashMap<String, u32>,
        buffer: &mut String,
        lexicon: &Lexicon,
    ) -> u32 {
        let token = self.tokens[index];
        if !token.is_word() && token.class != Class::Number
            || token.end - token.start > LONGEST_WORD
        {
            return 0;
        }
        fold_into(&self.text[token.start..token.end], buffer);
        if let Some(&id) = ids.get(buffer.as_str()) {
            return id;
        }
        let id = u32::try_from(self.words.len()).unwrap_or(0);
        self.words.push(Word {
            key: buffer.clone(),
            tags: lexicon.tags(buffer),
            ..Word::default()
        });
        ids.insert(buffer.clone(), id);
        id
    }

    /// Notes for each word of a sentence how it is written, and where a capital says nothing:
    /// at the start, after a colon or an opening quote, in headlines and in all capitals.
    fn read_case(&mut self, [first, end]: [usize; 2]) {
        let headline = self.is_headline(first, end);
        self.headline[first..end].fill(headline);
        let mut opens = true;
        for index in first..end {
            let token = self.tokens[index];
            let id = self.word_of[index] as usize;
            match token.class {
                Class::Mark => {
                    let mark = &self.text[token.start..token.end];
                    opens |= matches!(
                        mark,
                        "“" | "\"" | "‘" | ":" | "•" | "(" | "—" | "–" | "[" | "*" | "#" | ">"
                    ) && !(mark == "(" || mark == "[");
                }
                Class::Lower => {
                    self.words[id].lower += 1;
                    opens = false;
                }
                Class::Number | Class::Possessive => opens = false,
                _ => {
                    self.weak[index] = opens || headline;
                    if !self.weak[index] {
                        self.words[id].inside += 1;
                    }
                    opens = false;
                }
            }
        }
    }

    /// Most words have a capital, though it is no mere name, and no stop ends the line.
    fn is_headline(&self, first: usize, end: usize) -> bool {
        let (mut capitals, mut small, mut common) = (0, 0, 0);
        for index in first..end.min(first + 60) {
            match self.tokens[index].class {
                Class::Title | Class::Upper => {
                    capitals += 1;
                    common += usize::from(self.tags(index).has_any(&[Tag::Common, Tag::NonName]));
                }
                Class::Lower if self.tokens[index].end - self.tokens[index].start > 3 => small += 1,
                _ => {}
            }
        }
        let ends = end > first && self.is_mark(end - 1, ".");
        !ends && capitals >= 3 && common >= 2 && capitals >= 4 * small
    }

    /// How the document writes the token's word; that of no word beyond the last token.
    pub fn word(&self, index: usize) -> &Word {
        let word = self.word_of.get(index).copied().unwrap_or_default();
        &self.words[word as usize]
    }

    /// The token's folded word.
    pub fn key(&self, index: usize) -> &str {
        &self.word(index).key
    }

    /// What the lexicons say of the token's word.
    pub fn tags(&self, index: usize) -> Tags {
        self.word(index).tags
    }

    /// The token as written.
    pub fn str(&self, index: usize) -> &'a str {
        let token = self.tokens[index];
        &self.text[token.start..token.end]
    }

    /// The token is this mark.
    pub fn is_mark(&self, index: usize, mark: &str) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| token.class == Class::Mark)
            && self.str(index) == mark
    }

    /// The token is this word in lower case.
    pub fn is_word(&self, index: usize, word: &str) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| token.class == Class::Lower)
            && self.str(index) == word
    }

    /// The token stands in a headline, which writes nearly all words with a capital.
    pub fn is_in_headline(&self, index: usize) -> bool {
        self.headline[index]
    }

    /// A hyphen without blanks around joins the token before `index` to the one after it.
    pub fn is_hyphen(&self, index: usize) -> bool {
        (self.is_mark(index, "-") || self.is_mark(index, "‑"))
            && self.tokens[index].is_glued
            && self
                .tokens
                .get(index + 1)
                .is_some_and(|t| t.is_glued && t.is_word())
    }

    /// A word that begins with a capital.
    pub fn is_capitalized(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(Token::is_capitalized)
    }

    /// Its capital says nothing, and the word is one of everyday or written small elsewhere.
    pub fn is_weak(&self, index: usize) -> bool {
        let word = self.word(index);
        self.weak[index]
            && (word.lower > 0
                || word
                    .tags
                    .has_any(&[Tag::Common, Tag::NonName, Tag::Starter])
                || self.headline[index] && is_verb_form(word))
            && word.inside <= word.lower
    }

    /// Its capital says nothing: at a sentence's start, in a headline.
    pub fn is_unclear(&self, index: usize) -> bool {
        self.weak[index]
    }

    /// A capitalized word that can be part of a name.
    pub fn is_name_word(&self, index: usize) -> bool {
        let tags = self.tags(index);
        let abbreviation = tags.has(Tag::Capitals) && self.tokens[index].class == Class::Upper;
        self.is_capitalized(index)
            && !self.is_weak(index)
            && !tags.has(Tag::NonName)
            && !abbreviation
            && !self.is_after_inner_dot(index)
    }

    /// The part of an address after a dot: "Org" in "Example.Org".
    fn is_after_inner_dot(&self, index: usize) -> bool {
        index > 1
            && self.tokens[index].is_glued
            && self.is_mark(index - 1, ".")
            && self.tokens[index - 1].is_glued
            && self.str(index - 2).len() > 2
    }

    /// The folded words of tokens `first..end`, one space between, hyphens and dots left out.
    pub fn folded(&self, first: usize, end: usize) -> String {
        let mut out = String::new();
        for index in first..end {
            let key = self.key(index);
            if !key.is_empty() {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(key);
            }
        }
        out
    }

    /// The first of the tokens that the bytes from `start` to `end` touch, and the one after the last.
    pub fn touched(&self, start: usize, end: usize) -> [usize; 2] {
        let first = self.tokens.partition_point(|token| token.end <= start);
        let stop = self.tokens.partition_point(|token| token.start < end);
        [first, stop]
    }

    /// The text of tokens `first..end`.
    pub fn span(&self, first: usize, end: usize) -> &'a str {
        if first >= end {
            return "";
        }
        &self.text[self.tokens[first].start..self.tokens[end - 1].end]
    }

    /// The longest entry of the lexicon's fixed names that begins at `first`: the token after it.
    pub fn known_end(&self, first: usize, limit: usize, lexicon: &Lexicon) -> Option<usize> {
        let single = lexicon.known(self.key(first)).map(|_| first + 1);
        if !self.tags(first).has(Tag::PhraseStart) {
            return single;
        }
        let mut folded = self.key(first).to_owned();
        let mut best = single;
        let mut words = 1;
        for index in first + 1..limit.min(first + 2 * LONGEST_ENTRY) {
            let key = self.key(index);
            if key.is_empty() {
                let joins = ["-", ".", "/"].iter().any(|mark| self.is_mark(index, mark));
                if joins {
                    continue;
                }
                break;
            }
            folded.push(' ');
            folded.push_str(key);
            words += 1;
            if words > LONGEST_ENTRY {
                break;
            }
            if lexicon.known(&folded).is_some() {
                best = Some(index + 1);
            }
        }
        best
    }
}

/// The ending of a verb's form on a word that is no name: "Reopened".
fn is_verb_form(word: &Word) -> bool {
    (word.key.ends_with("ed") || word.key.ends_with("ing"))
        && word.key.len() > 4
        && !word.tags.has_any(&[Tag::Given, Tag::Surname])
}

/// As [`normalized_name`], without allocation for plain ASCII words.
fn fold_into(word: &str, buffer: &mut String) {
    buffer.clear();
    if word.is_ascii() {
        buffer.extend(
            word.bytes()
                .filter(|b| !matches!(b, b'\'' | b'.' | b'`'))
                .map(|b| {
                    if b.is_ascii_alphanumeric() {
                        b.to_ascii_lowercase() as char
                    } else {
                        ' '
                    }
                }),
        );
    } else {
        buffer.push_str(&normalized_name(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::text::sentences;

    #[test]
    fn capitals_that_say_nothing() {
        let text = "Troops came. The troops met Orlov. Orlov left.";
        let ranges = sentences(text);
        let page = Page::new(text, &ranges, Lexicon::shared());
        let at = |word: &str, n: usize| {
            (0..page.tokens.len())
                .filter(|&i| page.str(i) == word)
                .nth(n)
                .unwrap()
        };
        assert!(page.is_weak(at("Troops", 0)));
        assert!(!page.is_weak(at("Orlov", 0)) && !page.is_weak(at("Orlov", 1)));
        assert!(page.is_unclear(at("Orlov", 1)));
    }

    #[test]
    fn folding_is_that_of_names() {
        let mut buffer = String::new();
        for word in ["Jong", "U.S.", "O'Brien", "Łódź", "d’Ivoire", "46th"] {
            fold_into(word, &mut buffer);
            assert_eq!(buffer, normalized_name(word));
        }
    }
}
