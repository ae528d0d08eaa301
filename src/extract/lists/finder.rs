//! All names of the lists as one automaton, and the places of a text that they name.

use super::letters::{case_fits, fold_into, folded, is_word};
use crate::model::{EntityKind, NameList};
use fst::raw::{Builder, Fst, Output};
use std::collections::BTreeMap;

/// A place of a text that a list names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListedSpan<'a> {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The name that its entry bears.
    pub name: &'a str,
    /// What sort of thing it is; `None` for what is never an entity.
    pub kind: Option<EntityKind>,
}

/// One name or alias, as it is spelled in its list.
#[derive(Debug)]
struct Spelling {
    text: String,
    entry: usize,
}

/// Lists, ready to be looked for. Memory is linear in the names.
pub struct ListFinder {
    /// Folded names, to places in `spellings`.
    names: Fst<Vec<u8>>,
    spellings: Vec<Vec<Spelling>>,
    entries: Vec<(String, Option<EntityKind>)>,
}

impl std::fmt::Debug for ListFinder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ListFinder of {} entries", self.entries.len())
    }
}

/// Letters that a name in a text may have more than a listed one: blanks and marks within it.
const LONGEST_IN_TEXT: usize = 2 * crate::model::LONGEST_LISTED_NAME;

impl ListFinder {
    /// Makes the lists ready; where two hold one name, the earlier list holds. `None` without names.
    pub fn new<'a>(lists: impl IntoIterator<Item = &'a NameList>) -> Option<Self> {
        let mut entries = Vec::new();
        let mut by_key: BTreeMap<String, Vec<Spelling>> = BTreeMap::new();
        for entry in lists.into_iter().flat_map(|list| &list.entries) {
            for name in entry.names() {
                let key = folded(name);
                if key.is_empty() {
                    continue;
                }
                let spellings = by_key.entry(key).or_default();
                if !spellings.iter().any(|known| known.text == name) {
                    spellings.push(Spelling {
                        text: name.to_owned(),
                        entry: entries.len(),
                    });
                }
            }
            entries.push((entry.name.clone(), entry.kind));
        }
        if by_key.is_empty() {
            return None;
        }
        let mut builder = Builder::memory();
        let mut spellings = Vec::with_capacity(by_key.len());
        for (key, found) in by_key {
            builder.insert(key, spellings.len() as u64).ok()?;
            spellings.push(found);
        }
        Some(Self {
            names: builder.into_fst(),
            spellings,
            entries,
        })
    }

    /// The places of `text` that are named, from left to right; they do not overlap, and of several
    /// names that begin at one place the longest counts. Linear in the text: from each word at most
    /// as many letters are read as the longest name has.
    pub fn find<'a>(&'a self, text: &str) -> Vec<ListedSpan<'a>> {
        let mut found = Vec::new();
        let mut taken = 0;
        let (mut before, mut earlier) = (' ', ' ');
        for (at, c) in text.char_indices() {
            // "Neil" does not begin within "O'Neil". A name may begin with a mark, such as "@".
            let within = is_word(before)
                || (matches!(before, '\'' | '\u{2019}') && is_word(earlier) && is_word(c));
            let begins = !within && !c.is_whitespace();
            (before, earlier) = (c, before);
            if at < taken || !begins {
                continue;
            }
            if let Some((end, entry)) = self.longest(text, at) {
                let (name, kind) = &self.entries[entry];
                found.push(ListedSpan {
                    start: at,
                    end,
                    name,
                    kind: *kind,
                });
                taken = end;
            }
        }
        found
    }

    /// The end of the longest name that begins at `start`, and its entry.
    fn longest(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        let mut node = self.names.root();
        let mut output = Output::zero();
        let mut best = None;
        let mut key = String::new();
        let mut line_ends = 0;
        let mut last_was_blank = false;
        for (offset, c) in text[start..].char_indices().take(LONGEST_IN_TEXT) {
            line_ends += usize::from(c == '\n');
            // A name may be broken over a line, not over paragraphs.
            if line_ends > 1 {
                break;
            }
            key.clear();
            fold_into(c, &mut key);
            if key.is_empty() {
                continue;
            }
            if key == " " && std::mem::replace(&mut last_was_blank, true) {
                continue;
            }
            if key != " " {
                last_was_blank = false;
                line_ends = 0;
            }
            let mut alive = true;
            for &byte in key.as_bytes() {
                match node.find_input(byte) {
                    Some(input) => {
                        let transition = node.transition(input);
                        output = output.cat(transition.out);
                        node = self.names.node(transition.addr);
                    }
                    None => {
                        alive = false;
                        break;
                    }
                }
            }
            if !alive {
                break;
            }
            let end = start + offset + c.len_utf8();
            if node.is_final() && ends_here(text, end, c) {
                let place = output.cat(node.final_output()).value();
                let spellings = usize::try_from(place)
                    .ok()
                    .and_then(|place| self.spellings.get(place));
                let fits = |s: &&Spelling| case_fits(&s.text, &text[start..end]);
                if let Some(spelling) = spellings.and_then(|all| all.iter().find(fits)) {
                    best = Some((end, spelling.entry));
                }
            }
        }
        best
    }
}

/// A name whose last letter is `last` may end at `end`: no word goes on there.
fn ends_here(text: &str, end: usize, last: char) -> bool {
    let mut rest = text[end..].chars();
    let Some(next) = rest.next() else {
        return true;
    };
    if is_word(next) {
        return !is_word(last) || is_unspaced(last, next);
    }
    // "Jong-un" goes on, "Moscow-based" and "Wagner-linked" begin something else.
    let goes_on = matches!(next, '-' | '\u{2010}' | '\u{2011}') && is_word(last);
    if !goes_on {
        return true;
    }
    let part: Vec<char> = rest.take_while(|&c| is_word(c)).take(5).collect();
    part.is_empty() || (part.len() > 3 && part[0].is_lowercase())
}

/// Scripts that write no blanks between words, and Korean, whose particles follow a name at once.
fn is_unspaced(last: char, next: char) -> bool {
    let is_so = |c: char| {
        matches!(c,
            '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
    };
    is_so(last) && is_so(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ListEntry;
    use std::time::Instant;

    fn list(entries: &[(&str, Option<EntityKind>, &[&str])]) -> NameList {
        NameList {
            title: "test".to_owned(),
            entries: entries
                .iter()
                .map(|&(name, kind, aliases)| ListEntry {
                    name: name.to_owned(),
                    kind,
                    aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
                })
                .collect(),
        }
    }

    fn found(text: &str) -> Vec<String> {
        use EntityKind::{Organization, Person, Place, Unit};
        let lists = [list(&[
            ("Wagner Group", Some(Unit), &["Wagner", "PMC"]),
            ("Kim Jong", Some(Person), &[]),
            ("NIS", Some(Organization), &["국정원"]),
            ("Azov", Some(Unit), &[]),
            ("Sea of Azov", Some(Place), &[]),
            ("Azov Films", None, &[]),
            ("@ada", Some(Person), &[]),
        ])];
        let finder = ListFinder::new(&lists).unwrap();
        let spans = finder.find(text);
        spans
            .iter()
            .map(|s| format!("{}={}", &text[s.start..s.end], s.name))
            .collect()
    }

    #[test]
    fn words_the_longest_and_their_case() {
        assert_eq!(
            found("WAGNER GROUP's men, Wagner-linked, wagnerian, Wagneresque and wagner."),
            ["WAGNER GROUP=Wagner Group", "Wagner=Wagner Group"]
        );
        assert_eq!(
            found("Azov men by the Sea\nof  Azov; Azov Films. Sea\n\nof Azov"),
            [
                "Azov=Azov",
                "Sea\nof  Azov=Sea of Azov",
                "Azov Films=Azov Films",
                "Azov=Azov"
            ]
        );
        assert_eq!(
            found("NIS, Nis, nis, NIS-led and (NIS)"),
            ["NIS=NIS", "NIS=NIS"]
        );
        assert_eq!(
            found("Kim Jong-un met Kim Jong, x@ada, O'NIS and @ada."),
            ["Kim Jong=Kim Jong", "@ada=@ada"]
        );
        assert_eq!(found("국정원은 밝혔다"), ["국정원=NIS"]);
        assert_eq!(found(""), Vec::<String>::new());
    }

    #[test]
    fn a_hundred_thousand_names_take_linear_time() {
        let entries: Vec<ListEntry> = (0..100_000)
            .map(|n| ListEntry {
                name: format!("Ada Byron the {n}th of Many Names"),
                kind: Some(EntityKind::Person),
                aliases: vec![format!("Ada {n}")],
            })
            .collect();
        let lists = [NameList {
            title: String::new(),
            entries,
        }];
        let finder = ListFinder::new(&lists).unwrap();
        let text =
            "Ada Byron the 77777th of Many Names met Ada 5 and Ada Byron the 1. ".repeat(1_000);
        let started = Instant::now();
        assert_eq!(finder.find(&text).len(), 3_000 - 1_000);
        let once = started.elapsed();
        let started = Instant::now();
        finder.find(&text.repeat(8));
        assert!(started.elapsed() < once * 40 + std::time::Duration::from_millis(200));
        let hostile = "Ada Byron the ".repeat(20_000);
        assert!(finder.find(&hostile).is_empty());
    }
}
