//! Prints what the trained recognizer is told of documents, as JSON lines, so that training reads
//! exactly what the program sees.
//!
//!     cargo run --release --example recognizer_inputs -- VOCABULARY PATH...
//!
//! VOCABULARY has one piece a line. First comes a line `{"features": [names by number]}`, then one
//! for each document: `path`, `range` in the file, `words` as byte offsets into the document's text,
//! `pieces` and `features` of each word, `sentences` and `windows` as ranges of words, and the
//! rules' `mentions` as `[start, end, kind, score]`.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use redstring::error::{Error, ErrorKind, Result};
use redstring::extract::Recognizer;
use redstring::extract::recognize::{RuleRecognizer, feature_names};
use redstring::extract::text::sentences;
use redstring::import;
use redstring::model::Document;
use redstring_tagger::Vocabulary;
use serde_json::json;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

fn line(document: &Document, vocabulary: &Vocabulary) -> String {
    let rules = RuleRecognizer::new();
    let ranges = sentences(&document.text);
    let input = rules.tagger_input(document, &ranges, vocabulary);
    let numbers = 0..input.words.words.len();
    let words: Vec<_> = input.words.words.iter().map(|w| [w.start, w.end]).collect();
    let pieces: Vec<_> = numbers.clone().map(|w| input.words.pieces_of(w)).collect();
    let features: Vec<_> = numbers.map(|word| input.features.of(word)).collect();
    let mentions: Vec<_> = rules
        .mentions(document, &ranges)
        .0
        .iter()
        .map(|m| json!([m.start, m.end, m.kind.key(), m.score]))
        .collect();
    json!({
        "path": document.path,
        "range": document.range,
        "words": words,
        "pieces": pieces,
        "features": features,
        "sentences": input.words.sentences,
        "windows": input.windows,
        "mentions": mentions,
    })
    .to_string()
}

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let list = arguments
        .next()
        .ok_or_else(|| Error::new(ErrorKind::Usage, "recognizer_inputs VOCABULARY PATH..."))?;
    let list = std::fs::read_to_string(&list)
        .map_err(|e| Error::io("read the vocabulary", e).at(&list))?;
    let vocabulary = Vocabulary::parse(&list);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let failed = |e: std::io::Error| Error::io("write the inputs", e);
    writeln!(out, "{}", json!({ "features": feature_names() })).map_err(failed)?;
    let files = import::find(&arguments.collect::<Vec<_>>()).files;
    let read: Vec<Result<Vec<String>>> = files
        .par_iter()
        .map(|file| {
            let documents = import::read_file(&file.path)?;
            Ok(documents.iter().map(|d| line(d, &vocabulary)).collect())
        })
        .collect();
    for lines in read {
        for line in lines? {
            writeln!(out, "{line}").map_err(failed)?;
        }
    }
    Ok(())
}
