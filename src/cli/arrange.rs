//! `redstring layout`: a graph file in, positions out.

use super::arguments::{Arguments, Layout};
use super::console::{Console, Guarded};
use super::run::Ending;
use super::sources::read_options;
use crate::error::{Error, Result, Warnings};
use crate::session::{ArrangedGraph, GraphTask, LayoutChoice, arrange_graph_file, replace_file};
use std::io::Write;

/// Carries out `redstring layout`.
///
/// # Errors
/// When the graph could not be read or the positions could not be written, or the user interrupted.
pub(super) fn layout(arguments: &Arguments, task: &Layout, console: Console) -> Result<Ending> {
    let graph_task = GraphTask {
        layout: LayoutChoice::from_key(&task.algorithm).unwrap_or_default(),
        seed: task.seed,
        separate: task.separate,
    };
    let options = read_options(arguments);
    let arranged = arrange_graph_file(&task.graph, graph_task, &options, &mut |count| {
        console.say(&format!("Arranging {count} nodes"));
    })?;
    let mut warnings = Warnings::default();
    for sentence in &arranged.warnings {
        warnings.push(task.graph.display().to_string(), sentence.clone());
    }
    console.warn(&warnings);
    replace_file(&task.output, |out| {
        write_positions(&mut Guarded::new(out), &arranged)
            .map_err(|cause| Error::io("saving", cause))
    })?;
    Ok(Ending::Done)
}

/// Header and a row for each node, in the order of the graph.
fn write_positions(out: &mut dyn Write, arranged: &ArrangedGraph) -> std::io::Result<()> {
    let mut text = String::from("Id,X,Y\n");
    for (id, point) in arranged.ids.iter().zip(&arranged.positions) {
        push_field(&mut text, id);
        text.push_str(&format!(",{},{}\n", point.x, point.y));
        if text.len() > 1 << 16 {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    out.write_all(text.as_bytes())
}

/// A field as RFC 4180 has it: in quotes if it needs them.
fn push_field(text: &mut String, field: &str) {
    let plain = !field.contains([',', '"', '\n', '\r']) && field.trim() == field;
    if plain && !field.is_empty() {
        text.push_str(field);
        return;
    }
    text.push('"');
    text.push_str(&field.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Point;

    #[test]
    fn names_with_commas_and_quotes_are_quoted() {
        let arranged = ArrangedGraph {
            ids: vec!["plain".into(), "a, \"b\"".into(), String::new()],
            positions: vec![
                Point::default(),
                Point::new(1.5, -2.0),
                Point::new(3.0, 4.0),
            ],
            warnings: Vec::new(),
        };
        let mut bytes = Vec::new();
        write_positions(&mut bytes, &arranged).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "Id,X,Y\nplain,0,0\n\"a, \"\"b\"\"\",1.5,-2\n\"\",3,4\n"
        );
    }
}
