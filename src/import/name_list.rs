//! The user's own list of names: a CSV of name, kind and aliases, of any encoding.
//!
//! A header names the columns, in any order and by any of the usual words; without one they are
//! name, kind, aliases. Fields are divided by commas, semicolons or tabs, whichever the first line
//! has most of; aliases within a field by `;` or `|`. The kind `never` marks a name that is no entity.

use super::decode::decode;
use super::graph_csv::LineCounter;
use crate::error::{Error, ErrorKind, Result, Warnings};
use crate::model::{EntityKind, LONGEST_LISTED_NAME, ListEntry, NameList, normalized_name};
use csv::{ReaderBuilder, StringRecord};
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// The largest list that is read, in bytes: about a million names.
pub const MAX_LIST_BYTES: usize = 32 * 1024 * 1024;

/// Problems that are told one by one; of the rest only the number.
const TOLD: usize = 50;

/// Reads a list file; what is wrong with single lines becomes a warning that names the line.
///
/// # Errors
/// When the file cannot be read, is larger than [`MAX_LIST_BYTES`], is no text, or has no line that
/// can be used.
pub fn read_list(path: &Path) -> Result<(NameList, Warnings)> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?
            .take(MAX_LIST_BYTES as u64 + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|cause| Error::io("reading the list", cause).at(path))?;
    let title = path.file_name().unwrap_or_default().to_string_lossy();
    let (list, problems) = parse_list(&title, bytes).map_err(|error| error.at(path))?;
    let mut warnings = Warnings::default();
    for problem in problems.0 {
        warnings.push(path.to_string_lossy(), problem.message);
    }
    Ok((list, warnings))
}

/// Reads the bytes of a list under a title of its own.
///
/// # Errors
/// As [`read_list`].
pub fn parse_list(title: &str, bytes: Vec<u8>) -> Result<(NameList, Warnings)> {
    if bytes.len() > MAX_LIST_BYTES {
        let limit = MAX_LIST_BYTES / (1024 * 1024);
        return Err(wrong(format!(
            "the list is larger than {limit} MB; split it into smaller lists"
        )));
    }
    let text = decode(bytes)?;
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim().is_empty() {
        return Err(wrong("the list is empty"));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut building = Building::new(title);
    let mut lines = LineCounter::new(text);
    let mut columns = Columns::default();
    for (place, row) in reader.records().enumerate() {
        let row = row.map_err(|cause| wrong(format!("the list is no CSV: {cause}")))?;
        let line = lines.line_of(row.position());
        if place == 0
            && let Some(named) = Columns::of(&row)?
        {
            columns = named;
            continue;
        }
        building.add(&row, line, &columns);
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        building.warn(
            None,
            "a quotation mark is not closed; what follows it is one field",
        );
    }
    building.finish()
}

fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Format, message)
}

/// What divides the fields: whatever the first line that is not empty has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let count = |mark: u8| first.map_or(0, |l| l.bytes().filter(|&b| b == mark).count());
    // A comma wins a tie: "name,kind" before a lone semicolon inside an alias.
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|&mark| count(mark))
        .unwrap_or(b',')
}

/// Which columns hold what.
struct Columns {
    name: usize,
    kind: Option<usize>,
    aliases: Vec<usize>,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            name: 0,
            kind: Some(1),
            aliases: vec![2],
        }
    }
}

const NAME: &[&str] = &[
    "name",
    "names",
    "entity",
    "entity name",
    "label",
    "term",
    "title",
    "canonical",
    "canonical name",
    "full name",
    "caption",
];
const KIND: &[&str] = &[
    "kind",
    "type",
    "category",
    "class",
    "entity type",
    "entity kind",
    "schema",
    "sort",
];
const ALIASES: &[&str] = &[
    "alias",
    "aliases",
    "aka",
    "also known as",
    "other names",
    "other name",
    "alternative names",
    "alternate names",
    "alt names",
    "synonym",
    "synonyms",
    "variant",
    "variants",
    "weak aliases",
];

impl Columns {
    /// The columns that a header names; `None` if the row is no header.
    fn of(row: &StringRecord) -> Result<Option<Self>> {
        let words: Vec<String> = row
            .iter()
            .map(|cell| normalized_name(&cell.replace('_', " ")))
            .collect();
        let all = |known: &[&str]| -> Vec<usize> {
            (0..words.len())
                .filter(|&at| known.contains(&words[at].as_str()))
                .collect()
        };
        let (names, kinds, aliases) = (all(NAME), all(KIND), all(ALIASES));
        let first = |found: &[usize]| found.first().copied();
        match (first(&names), first(&kinds)) {
            (Some(name), kind) if kind.is_some() || !aliases.is_empty() || words.len() == 1 => {
                if kind.is_none() {
                    return Err(wrong(
                        "line 1: no column is called kind; the columns are name, kind, aliases",
                    ));
                }
                Ok(Some(Self {
                    name,
                    kind,
                    aliases,
                }))
            }
            (None, Some(_)) if !aliases.is_empty() || kinds.len() == words.len() => Err(wrong(
                "line 1: no column is called name; the columns are name, kind, aliases",
            )),
            _ => Ok(None),
        }
    }
}

/// The kind that a cell names: `Some(None)` for never an entity.
fn kind_of(cell: &str) -> Option<Option<EntityKind>> {
    let word = normalized_name(&cell.replace('_', " "));
    if let Some(kind) = EntityKind::from_key(&word) {
        return Some(Some(kind));
    }
    Some(Some(match word.as_str() {
        "never" | "never an entity" | "not an entity" | "no entity" | "none" | "ignore"
        | "exclude" | "stop" | "stopword" | "no" => return Some(None),
        "people" | "persons" | "per" | "individual" | "human" | "man" | "woman" => {
            EntityKind::Person
        }
        "units" | "military unit" | "formation" | "military" => EntityKind::Unit,
        "organisation" | "organizations" | "organisations" | "org" | "orgs" | "company"
        | "legalentity" | "publicbody" | "institution" | "party" => EntityKind::Organization,
        "places" | "location" | "locations" | "loc" | "gpe" | "city" | "town" | "village"
        | "country" | "region" | "address" => EntityKind::Place,
        "weapon" | "weapons" | "vehicle" | "vessel" | "ship" | "aircraft" | "system"
        | "product" => EntityKind::Equipment,
        "events" | "operation" | "battle" => EntityKind::Event,
        "groups" | "norp" | "nationality" | "people group" | "ethnicity" => EntityKind::Group,
        "dates" | "time" => EntityKind::Date,
        _ => return None,
    }))
}

/// A list in the making.
struct Building {
    list: NameList,
    /// Folded names: which entry they name, and on which line it stands.
    known: HashMap<String, (usize, usize)>,
    warnings: Warnings,
    untold: usize,
}

impl Building {
    fn new(title: &str) -> Self {
        Self {
            list: NameList {
                title: title.to_owned(),
                entries: Vec::new(),
            },
            known: HashMap::new(),
            warnings: Warnings::default(),
            untold: 0,
        }
    }

    fn warn(&mut self, line: Option<usize>, message: &str) {
        if self.warnings.0.len() >= TOLD {
            self.untold += 1;
            return;
        }
        let message = match line {
            Some(line) => format!("line {line}: {message}"),
            None => message.to_owned(),
        };
        self.warnings.push(self.list.title.clone(), message);
    }

    fn add(&mut self, row: &StringRecord, line: usize, columns: &Columns) {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        if row.iter().all(|cell| cell.trim().is_empty()) || cell(0).starts_with('#') {
            return;
        }
        let name = one_line(cell(columns.name));
        let kind_cell = columns.kind.map(cell).unwrap_or_default();
        let Some(kind) = kind_of(kind_cell) else {
            let kinds: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.key()).collect();
            let said = if kind_cell.is_empty() {
                format!("\"{}\" has no kind", shortened(&name))
            } else {
                format!("\"{}\" is no kind", shortened(kind_cell))
            };
            let message = format!("{said}; the kinds are {} and never", kinds.join(", "));
            return self.warn(Some(line), &message);
        };
        if let Some(problem) = unfit(&name) {
            return self.warn(Some(line), &problem);
        }
        let aliases = columns.aliases.iter().flat_map(|&at| {
            let parts = cell(at).split([';', '|']).map(one_line);
            parts.filter(|alias| !alias.is_empty()).collect::<Vec<_>>()
        });
        let aliases: Vec<String> = aliases.collect();
        let entry = match self.known.get(&key(&name)) {
            None => {
                let entry = self.list.entries.len();
                self.known.insert(key(&name), (entry, line));
                self.list.entries.push(ListEntry {
                    name,
                    kind,
                    aliases: Vec::new(),
                });
                entry
            }
            Some(&(entry, _)) if self.list.entries[entry].kind == kind => {
                self.take_alias(entry, line, name);
                entry
            }
            Some(&(entry, first)) => {
                let before = self.list.entries[entry].kind.map_or("never", |k| k.key());
                let now = kind.map_or("never", |k| k.key());
                let message = format!(
                    "\"{}\" is {now} here and {before} in line {first}; line {first} holds",
                    shortened(&name)
                );
                return self.warn(Some(line), &message);
            }
        };
        for alias in aliases {
            self.take_alias(entry, line, alias);
        }
    }

    fn take_alias(&mut self, entry: usize, line: usize, alias: String) {
        if let Some(problem) = unfit(&alias) {
            return self.warn(Some(line), &problem);
        }
        match self.known.get(&key(&alias)) {
            Some(&(other, first)) if other != entry => {
                let message = format!(
                    "\"{}\" names \"{}\" of line {first} already; line {first} holds",
                    shortened(&alias),
                    shortened(&self.list.entries[other].name),
                );
                self.warn(Some(line), &message);
            }
            Some(_) => {
                // The same name in other letters, "NIS" beside "Nis", is looked for as well.
                let target = &mut self.list.entries[entry];
                if !target.names().any(|name| name == alias) {
                    target.aliases.push(alias);
                }
            }
            None => {
                self.known.insert(key(&alias), (entry, line));
                self.list.entries[entry].aliases.push(alias);
            }
        }
    }

    fn finish(mut self) -> Result<(NameList, Warnings)> {
        if self.list.entries.is_empty() {
            let first = self.warnings.0.first().map(|w| w.message.clone());
            return Err(wrong(match first {
                Some(first) => format!("no line of the list can be used; {first}"),
                None => "the list is empty".to_owned(),
            }));
        }
        if self.untold > 0 {
            let message = format!("{} more lines have problems", self.untold);
            self.warnings.push(self.list.title.clone(), message);
        }
        Ok((self.list, self.warnings))
    }
}

/// Names that differ only in letter case or blanks are told apart by their spelling alone.
fn key(name: &str) -> String {
    name.to_lowercase()
}

fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(name: &str) -> String {
    const SHOWN: usize = 40;
    if name.chars().count() <= SHOWN {
        return name.to_owned();
    }
    let start: String = name.chars().take(SHOWN).collect();
    format!("{start}…")
}

/// Why a name cannot be looked for.
fn unfit(name: &str) -> Option<String> {
    let shown = shortened(name);
    if name.is_empty() {
        return Some("there is no name".to_owned());
    }
    if !name.chars().any(char::is_alphabetic) {
        return Some(format!("\"{shown}\" has no letter, and is not looked for"));
    }
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < 2 {
        return Some(format!("\"{shown}\" is one letter, and is not looked for"));
    }
    if name.chars().count() > LONGEST_LISTED_NAME {
        return Some(format!(
            "\"{shown}\" is longer than {LONGEST_LISTED_NAME} characters, and is not looked for"
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let (list, warnings) = parse_list("a.csv", text.as_bytes().to_vec()).unwrap();
        let entries = list
            .entries
            .iter()
            .map(|entry| {
                let kind = entry.kind.map_or("never", |kind| kind.key());
                format!("{} [{kind}] {}", entry.name, entry.aliases.join("/"))
            })
            .collect();
        let told = warnings.0.into_iter().map(|w| w.message).collect();
        (entries, told)
    }

    fn refusal(text: &[u8]) -> String {
        parse_list("a.csv", text.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn columns_by_header_or_by_place() {
        let expected = ["Ada Byron [person] A. Byron/Byron", "Acme [organization] "];
        for text in [
            "name,kind,aliases\nAda Byron,person,A. Byron; Byron\nAcme,organization,\n",
            "Ada Byron,Person,A. Byron|Byron\nAcme,org\n",
            "\u{FEFF}Type;Full name;AKA\r\nPER;Ada  Byron;A. Byron | Byron\r\nORG;Acme;\r\n",
            "entity\ttype\talso_known_as\nAda Byron\tpeople\tA. Byron;Byron\n\nAcme\tcompany\n",
            "# ours\nname,kind,aliases\nAda Byron,person,A. Byron; Byron\nAcme,organization,\n",
        ] {
            let text = text.strip_prefix("# ours\n").unwrap_or(text);
            assert_eq!(read(text), (expected.map(str::to_owned).to_vec(), vec![]));
        }
    }

    #[test]
    fn other_encodings() {
        let (latin, _) = parse_list("a.csv", b"name,kind\nM\xFCller,person\n".to_vec()).unwrap();
        assert_eq!(latin.entries[0].name, "Müller");
        let wide: Vec<u8> = "\u{FEFF}name,kind\nКиїв,place\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let (wide, _) = parse_list("a.csv", wide).unwrap();
        assert_eq!(wide.entries[0].name, "Київ");
    }

    #[test]
    fn problems_name_their_lines() {
        let (entries, told) = read(
            "name,kind,aliases\nWagner,unit,PMC\nWagner,person,\nX,person\n---,place\nAcme,thing\nBeta,,\nGamma,org,Wagner\nwagner,unit,\n",
        );
        assert_eq!(
            entries,
            ["Wagner [unit] PMC/wagner", "Gamma [organization] "]
        );
        assert_eq!(
            told,
            [
                "line 3: \"Wagner\" is person here and unit in line 2; line 2 holds",
                "line 4: \"X\" is one letter, and is not looked for",
                "line 5: \"---\" has no letter, and is not looked for",
                "line 6: \"thing\" is no kind; the kinds are person, unit, organization, place, equipment, event, group, date and never",
                "line 7: \"Beta\" has no kind; the kinds are person, unit, organization, place, equipment, event, group, date and never",
                "line 8: \"Wagner\" names \"Wagner\" of line 2 already; line 2 holds",
            ]
        );
    }

    #[test]
    fn bad_lists_are_refused_in_a_sentence() {
        assert_eq!(refusal(b" \r\n"), "the list is empty");
        assert_eq!(refusal(b"name,kind\n"), "the list is empty");
        assert!(refusal(b"name,aliases\nAda,A.\n").contains("no column is called kind"));
        assert!(refusal(b"kind,aliases\nperson,A.\n").contains("no column is called name"));
        assert!(refusal(b"Ada Byron\nAcme\n").contains("line 1"));
        assert!(refusal(&vec![b'a'; MAX_LIST_BYTES + 1]).contains("32 MB"));
        assert!(refusal(b"%PDF-1.4\n").contains("PDF"));
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_a_list_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok((list, _)) = parse_list("a", bytes) {
                prop_assert!(!list.entries.is_empty());
            }
        }
    }
}
