//! The arrows between modules, where the toolkit and threads may appear, and how long a file may be:
//! the picture of `docs/architecture.md`, held by a test.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each module with the modules that it may name, in dependency order.
const ARROWS: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("error", &[]),
    ("model", &["geometry", "error"]),
    ("import", &["model", "error"]),
    ("extract", &["model", "error"]),
    ("analysis", &["model"]),
    ("layout", &["geometry"]),
    ("scene", &["geometry", "model", "layout"]),
    ("export", &["geometry", "model", "scene", "error"]),
    ("store", &["geometry", "model", "error"]),
    (
        "session",
        &[
            "geometry", "error", "model", "import", "extract", "analysis", "layout", "scene",
            "export", "store",
        ],
    ),
    ("cli", &["session", "error"]),
    ("ui", &["session", "scene", "model", "geometry", "error"]),
    ("main", &["cli", "ui"]),
];

/// No source file is longer than this.
const MOST_LINES: usize = 600;

/// The only file that starts threads that outlive a call.
const THREADS_START_IN: &str = "session/jobs.rs";

struct Source {
    /// Below `src/`, with forward slashes.
    name: String,
    /// As it is.
    text: String,
    /// Without comments, and with empty strings.
    code: String,
}

impl Source {
    /// The top-level module that the file belongs to; the library's root belongs to none.
    fn module(&self) -> Option<&str> {
        let first = self.name.split('/').next()?;
        let module = first.strip_suffix(".rs").unwrap_or(first);
        (module != "lib").then_some(module)
    }

    /// How many modules lie between the crate's root and the file, itself included.
    fn depth(&self) -> usize {
        self.name
            .split('/')
            .filter(|part| *part != "mod.rs")
            .count()
    }
}

/// All that is below `folder` of the repository.
fn sources_below(folder: &str) -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("sources are readable") {
            let path = entry.expect("sources are readable").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
            let below = path.strip_prefix(&root).expect("found below the folder");
            Source {
                name: below.to_string_lossy().replace('\\', "/"),
                code: code_of(&text),
                text,
            }
        })
        .collect()
}

fn sources() -> Vec<Source> {
    sources_below("src")
}

/// The packages that the program's own is built on.
fn lower_packages() -> Vec<Source> {
    let found = sources_below("crates");
    assert!(!found.is_empty());
    found
}

/// The end of a raw string that opens at `at` (`r"…"`, `br#"…"#`), if one does.
fn raw_string_end(text: &[u8], at: usize) -> Option<usize> {
    let mut from = at;
    if text[from] == b'b' {
        from += 1;
    }
    if text.get(from) != Some(&b'r') {
        return None;
    }
    from += 1;
    let hashes = text[from..].iter().take_while(|&&b| b == b'#').count();
    from += hashes;
    if text.get(from) != Some(&b'"') {
        return None;
    }
    let close: Vec<u8> = std::iter::once(b'"')
        .chain(std::iter::repeat_n(b'#', hashes))
        .collect();
    let rest = &text[from + 1..];
    let length = rest
        .windows(close.len())
        .position(|window| window == close.as_slice())?;
    Some(from + 1 + length + close.len())
}

/// The end of a comment that opens at `at`, if one does.
fn comment_end(text: &[u8], at: usize) -> Option<usize> {
    if text[at..].starts_with(b"//") {
        let length = text[at..].iter().position(|&b| b == b'\n');
        return Some(length.map_or(text.len(), |length| at + length));
    }
    if !text[at..].starts_with(b"/*") {
        return None;
    }
    let (mut depth, mut here) = (0_usize, at);
    while here < text.len() {
        if text[here..].starts_with(b"/*") {
            depth += 1;
            here += 2;
        } else if text[here..].starts_with(b"*/") {
            depth -= 1;
            here += 2;
            if depth == 0 {
                return Some(here);
            }
        } else {
            here += 1;
        }
    }
    Some(text.len())
}

/// The end of a string or character literal that opens at `at`, if one does (a lifetime is none).
fn literal_end(text: &[u8], at: usize) -> Option<usize> {
    let quote = text[at];
    if quote == b'\'' {
        let escaped = text.get(at + 1) == Some(&b'\\');
        let width = std::str::from_utf8(&text[at + 1..])
            .ok()
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
        if !escaped && text.get(at + 1 + width) != Some(&b'\'') {
            return None;
        }
    } else if quote != b'"' {
        return None;
    }
    let mut here = at + 1;
    while here < text.len() && text[here] != quote {
        here += if text[here] == b'\\' { 2 } else { 1 };
    }
    Some((here + 1).min(text.len()))
}

/// The text without comments and without what stands in strings.
fn code_of(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let in_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        let skipped = comment_end(bytes, at)
            .or_else(|| {
                if in_word {
                    None
                } else {
                    raw_string_end(bytes, at)
                }
            })
            .or_else(|| literal_end(bytes, at));
        match skipped {
            Some(end) => {
                kept.push(b' ');
                at = end;
            }
            None => {
                kept.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(kept).expect("whole characters were kept")
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The names that directly follow `path` (such as `crate::`), those of a brace list included.
fn names_after<'a>(code: &'a str, path: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(path) {
        if code[..at]
            .chars()
            .next_back()
            .is_some_and(|c| is_word(c) || c == ':')
        {
            continue;
        }
        let rest = code[at + path.len()..].trim_start();
        match rest.strip_prefix('{') {
            None => names.extend(first_word(rest)),
            Some(list) => names.extend(first_words_of_list(list)),
        }
    }
    names
}

fn first_word(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

fn first_words_of_list(list: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut depth, mut item) = (0_usize, 0_usize);
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                words.extend(first_word(&list[item..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                words.extend(first_word(&list[item..at]));
                item = at + 1;
            }
            _ => {}
        }
    }
    words
}

/// The top-level modules that a file names.
fn modules_named(source: &Source) -> BTreeSet<String> {
    let known: BTreeSet<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    let from_root = "super::".repeat(source.depth());
    ["crate::", "redstring::", &from_root]
        .into_iter()
        .flat_map(|path| names_after(&source.code, path))
        .filter(|name| known.contains(name))
        .map(str::to_owned)
        .collect()
}

#[test]
fn modules_use_only_those_that_their_row_names() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some(module) = source.module() else {
            continue;
        };
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == module) else {
            broken.push(format!("{}: {module} has no row in the table", source.name));
            continue;
        };
        for used in modules_named(&source) {
            if used != module && !allowed.contains(&used.as_str()) {
                broken.push(format!("{}: {module} may not use {used}", source.name));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn arrows_point_only_downwards() {
    let mut above = BTreeSet::new();
    for (module, allowed) in ARROWS {
        for used in *allowed {
            assert!(
                above.contains(used),
                "{module} uses {used}, which is not above it"
            );
        }
        above.insert(*module);
    }
}

#[test]
fn the_toolkit_is_named_only_in_ui() {
    let broken: Vec<String> = sources()
        .iter()
        .chain(&lower_packages())
        .filter(|source| source.module() != Some("ui"))
        .filter(|source| {
            source
                .code
                .split(|c| !is_word(c))
                .any(|word| word == "egui" || word == "eframe")
        })
        .map(|source| source.name.clone())
        .collect();
    assert!(broken.is_empty(), "egui or eframe in {broken:?}");
}

#[test]
fn trained_networks_are_named_only_in_extract() {
    let broken: Vec<String> = sources()
        .iter()
        .filter(|source| source.module() != Some("extract"))
        .filter(|source| source.code.contains("redstring_tagger"))
        .map(|source| source.name.clone())
        .collect();
    assert!(broken.is_empty(), "redstring_tagger in {broken:?}");
}

#[test]
fn threads_start_only_in_jobs() {
    let broken: Vec<String> = sources()
        .iter()
        .chain(&lower_packages())
        .filter(|source| source.name != THREADS_START_IN)
        .filter(|source| {
            ["thread::spawn", "thread::Builder", "rayon::spawn"]
                .iter()
                .any(|start| source.code.contains(start))
                || names_after(&source.code, "thread::")
                    .iter()
                    .any(|name| *name == "spawn" || *name == "Builder")
        })
        .map(|source| source.name.clone())
        .collect();
    assert!(
        broken.is_empty(),
        "threads are started outside src/{THREADS_START_IN}: {broken:?}"
    );
}

#[test]
fn no_source_file_is_too_long() {
    let broken: Vec<String> = sources()
        .iter()
        .chain(&lower_packages())
        .map(|source| (source.text.lines().count(), &source.name))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, name)| format!("{name}: {lines} lines"))
        .collect();
    assert!(broken.is_empty(), "over {MOST_LINES} lines: {broken:?}");
}

#[test]
fn the_sample_reports_are_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let reports = std::fs::read_dir(folder)
        .expect("the folder of the sample is readable")
        .filter_map(|entry| entry.ok())
        .filter(|entry| entry.metadata().is_ok_and(|data| data.len() > 0))
        .count();
    assert_eq!(reports, 5);
}

#[test]
fn the_check_itself_sees_what_it_should() {
    let code = code_of(
        "// crate::ui\n/* crate::cli /* deeper */ */ let a = \"crate::ui\"; let b = r#\"crate::ui\"#;\n\
         let c = 'x'; fn f<'a>() {} let d = '\\''; use crate::{model::{Edit, ids}, layout}; crate::store::save();",
    );
    assert_eq!(names_after(&code, "crate::"), ["model", "layout", "store"]);
    let source = Source {
        name: "layout/force.rs".to_owned(),
        text: String::new(),
        code: "use super::super::session::Session; use super::tree;".to_owned(),
    };
    assert_eq!(
        modules_named(&source).into_iter().collect::<Vec<_>>(),
        ["session"]
    );
    assert_eq!(source.module(), Some("layout"));
}
