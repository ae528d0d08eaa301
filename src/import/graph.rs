//! A graph file as layouts need it: nodes by number, edges with weights.

use super::{graph_csv, graph_gexf, graph_graphml};
use crate::error::{Error, ErrorKind, Result};
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// The largest graph file that is read, in bytes.
pub const MAX_GRAPH_BYTES: usize = 512 * 1024 * 1024;

/// More than so many warnings of one file are counted, not listed.
const MOST_WARNINGS: usize = 20;

/// What a graph file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphFile {
    /// The nodes' own names in order of first appearance; a node's number is its place here.
    pub ids: Vec<String>,
    /// Edges as (node, node, weight) in order of first appearance, the smaller number first, each
    /// pair once with the sum of its weights; a weight is finite and positive.
    pub edges: Vec<(u32, u32, f32)>,
    /// The same edges with their weights as the file directs them, (source, target, weight): a pair
    /// that is there in both directions twice.
    pub arcs: Vec<(u32, u32, f32)>,
    /// What was mended, one sentence each, with line numbers.
    pub warnings: Vec<String>,
}

/// Reads a graph from a `.csv`, `.gexf` or `.graphml` file, by its extension.
///
/// Takes time and memory linear in the file's size; entities that an XML file defines are not
/// expanded.
///
/// # Errors
/// When the extension is another one, the file cannot be read or is larger than
/// [`MAX_GRAPH_BYTES`], or it is not well-formed; the message tells the line.
pub fn read_graph(path: &Path) -> Result<GraphFile> {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let parse = match extension.to_lowercase().as_str() {
        "csv" => graph_csv::parse,
        "gexf" => graph_gexf::parse,
        "graphml" => graph_graphml::parse,
        _ => {
            let message = "the graph must be a .csv, .gexf or .graphml file";
            return Err(Error::new(ErrorKind::Usage, message).at(path));
        }
    };
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = MAX_GRAPH_BYTES as u64 + 1;
        std::fs::File::open(path)?
            .take(limit)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|cause| Error::io("reading", cause).at(path))?;
    if bytes.len() > MAX_GRAPH_BYTES {
        let limit = MAX_GRAPH_BYTES / (1024 * 1024);
        let message = format!("the graph is larger than {limit} MB");
        return Err(Error::new(ErrorKind::Format, message).at(path));
    }
    let text = super::decode::decode_any(bytes).map_err(|error| error.at(path))?;
    let graph = parse(text.trim_start_matches('\u{FEFF}')).map_err(|error| error.at(path))?;
    Ok(graph.finish())
}

/// A graph that is being read.
#[derive(Default)]
pub(super) struct Builder {
    ids: Vec<String>,
    numbers: HashMap<String, u32>,
    edges: Vec<(u32, u32)>,
    weights: Vec<f64>,
    edge_numbers: HashMap<(u32, u32), usize>,
    /// For each edge its weight from the smaller number to the larger.
    forward: Vec<f64>,
    warnings: Vec<String>,
    more_warnings: usize,
}

impl Builder {
    /// The number of the node `id`, which is new or known.
    pub fn node(&mut self, id: &str) -> u32 {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        // A file of at most 512 MB names fewer nodes than a number of 32 bits can count.
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.numbers.insert(id.to_owned(), number);
        self.ids.push(id.to_owned());
        number
    }

    /// The node `id` was named before.
    pub fn has_node(&self, id: &str) -> bool {
        self.numbers.contains_key(id)
    }

    /// Adds an edge, or its weight to the edge that is there.
    pub fn edge(&mut self, a: u32, b: u32, weight: f64) {
        let pair = (a.min(b), a.max(b));
        let next = self.edges.len();
        let number = *self.edge_numbers.entry(pair).or_insert(next);
        if number == next {
            self.edges.push(pair);
            self.weights.push(0.0);
            self.forward.push(0.0);
        }
        self.weights[number] += weight;
        if a <= b {
            self.forward[number] += weight;
        }
    }

    /// A weight as written in `line`: 1 with a warning if it is not finite and positive.
    pub fn weight(&mut self, written: &str, line: usize) -> f64 {
        match written.trim().parse::<f64>() {
            Ok(weight) if weight.is_finite() && weight > 0.0 => weight,
            _ => {
                let shown: String = written.chars().take(40).collect();
                self.warn(format!(
                    "line {line}: the weight \"{shown}\" is not a positive number; taken as 1"
                ));
                1.0
            }
        }
    }

    /// Notes what was mended.
    pub fn warn(&mut self, warning: String) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(warning);
        } else {
            self.more_warnings += 1;
        }
    }

    fn finish(mut self) -> GraphFile {
        if self.more_warnings > 0 {
            let more = format!("{} more of the same kind", self.more_warnings);
            self.warnings.push(more);
        }
        let sum = |weight: f64| weight.clamp(f32::MIN_POSITIVE.into(), f32::MAX.into()) as f32;
        let mut arcs = Vec::with_capacity(self.edges.len());
        for ((&(a, b), &all), &forward) in self.edges.iter().zip(&self.weights).zip(&self.forward) {
            if forward > 0.0 {
                arcs.push((a, b, sum(forward)));
            }
            if all > forward {
                arcs.push((b, a, sum(all - forward)));
            }
        }
        GraphFile {
            arcs,
            ids: self.ids,
            edges: self
                .edges
                .iter()
                .zip(&self.weights)
                .map(|(&(a, b), &weight)| (a, b, sum(weight)))
                .collect(),
            warnings: self.warnings,
        }
    }
}

/// An error in the content of a graph file.
pub(super) fn format_error(line: usize, message: &str) -> Error {
    Error::new(ErrorKind::Format, format!("line {line}: {message}"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Parses `text` as [`read_graph`] does a file of that extension.
    pub fn graph(extension: &str, text: &str) -> Result<GraphFile> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("graph.{extension}"));
        std::fs::write(&path, text).unwrap();
        read_graph(&path)
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(
            graph("txt", "Source,Target").unwrap_err().kind,
            ErrorKind::Usage
        );
        let missing = read_graph(Path::new("no/such.csv")).unwrap_err();
        assert_eq!(missing.kind, ErrorKind::Missing);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_file_ends_in_a_graph_or_an_error(
            text in "(Source,Target,Weight\n)?(<gexf><graph>|<graphml><key id=\"w\" for=\"edge\" attr.name=\"weight\"/>|a,b|\"|,|\n|1e999|<node id=\"a\"/>|<edge source=\"a\" target=\"b\" weight=\"2\"/>|<data key=\"w\">3|</graph>|&lol;|]]>|é){0,12}"
        ) {
            for extension in ["csv", "gexf", "graphml"] {
                if let Ok(read) = graph(extension, &text) {
                    for &(a, b, weight) in &read.edges {
                        prop_assert!(a <= b && (b as usize) < read.ids.len());
                        prop_assert!(weight.is_finite() && weight > 0.0);
                    }
                }
            }
        }
    }
}
