//! Edge lists as Gephi and spreadsheets write them: `Source,Target[,Weight]`, RFC 4180.

use super::graph::{Builder, format_error};
use crate::error::Result;
use csv::{ReaderBuilder, StringRecord};

/// Reads an edge list. The columns are known by the names in the header, whatever their case and
/// order; further columns are left alone. An empty target makes an isolated node.
pub(super) fn parse(text: &str) -> Result<Builder> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let header = match rows.next() {
        Some(Ok(header)) => header,
        Some(Err(cause)) => return Err(format_error(1, &cause.to_string())),
        None => {
            return Err(format_error(
                1,
                "the file is empty; it must begin with Source,Target",
            ));
        }
    };
    let columns = Columns::of(&header)?;
    let mut graph = Builder::default();
    let mut lines = LineCounter::new(text);
    for row in rows {
        let row =
            row.map_err(|cause| format_error(lines.line_of(cause.position()), &cause.to_string()))?;
        let line = lines.line_of(row.position());
        columns.add(&row, line, &mut graph);
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        graph.warn("a quotation mark is not closed; what follows it is one field".to_owned());
    }
    Ok(graph)
}

/// Counts lines up to a position; going on where it stopped, it is linear. (The line that the reader
/// itself tells is one too small after `\r\n`.)
pub(super) struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    /// At the start of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    /// The line of a position that is not before the last one asked for, from 1.
    pub(super) fn line_of(&mut self, position: Option<&csv::Position>) -> usize {
        let bytes = self.text.as_bytes();
        let mut to = position
            .map_or(0, |position| position.byte() as usize)
            .min(bytes.len());
        while matches!(bytes.get(to), Some(b'\n' | b'\r')) {
            to += 1;
        }
        let passed = &bytes[self.at..to.max(self.at)];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = to.max(self.at);
        self.line
    }
}

struct Columns {
    source: usize,
    target: usize,
    weight: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self> {
        let column = |name: &str| {
            header
                .iter()
                .position(|field| field.trim().eq_ignore_ascii_case(name))
        };
        match (column("source"), column("target")) {
            (Some(source), Some(target)) => Ok(Self {
                source,
                target,
                weight: column("weight"),
            }),
            _ => Err(format_error(
                1,
                "the header must be Source,Target or Source,Target,Weight, with commas between",
            )),
        }
    }

    fn add(&self, row: &StringRecord, line: usize, graph: &mut Builder) {
        let field = |column: usize| row.get(column).unwrap_or_default();
        let (source, target) = (field(self.source), field(self.target));
        match (source.is_empty(), target.is_empty()) {
            (true, true) => graph.warn(format!("line {line}: no source and no target; left out")),
            (true, false) => {
                graph.node(target);
                graph.warn(format!(
                    "line {line}: no source; \"{target}\" is taken as a node"
                ));
            }
            (false, true) => {
                graph.node(source);
            }
            (false, false) => {
                let (source, target) = (graph.node(source), graph.node(target));
                let weight = match self.weight.map(field) {
                    None | Some("") => 1.0,
                    Some(written) => graph.weight(written, line),
                };
                graph.edge(source, target, weight);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::graph::tests::graph;

    #[test]
    fn rules_of_the_edge_list() {
        let text = "\u{FEFF}Source,Target,Weight\r\n\"Smith, J.\",b,2\r\nb,\"Smith, J.\",0.5\r\nalone,,\r\nb,c,nan\r\nc,c,1e300\r\nc,c,1e300\r\n";
        let read = graph("csv", text).unwrap();
        assert_eq!(read.ids, ["Smith, J.", "b", "alone", "c"]);
        assert_eq!(read.edges, [(0, 1, 2.5), (1, 3, 1.0), (3, 3, f32::MAX)]);
        assert_eq!(
            read.warnings,
            ["line 5: the weight \"nan\" is not a positive number; taken as 1"]
        );
    }

    #[test]
    fn a_header_is_needed() {
        assert!(graph("csv", "").unwrap_err().to_string().contains("line 1"));
        assert!(
            graph("csv", "a;b\n1;2")
                .unwrap_err()
                .to_string()
                .contains("Source,Target")
        );
        assert_eq!(graph("csv", "Source,Target\n").unwrap().ids.len(), 0);
    }
}
