//! GEXF, the format of Gephi: `<node id>`, `<edge source target weight>`. Versions 1.1 to 1.3.

use super::graph::{Builder, format_error};
use super::graph_xml::{Element, Step, Walker};
use crate::error::Result;

/// Reads nodes and edges of a GEXF file; positions, colors and attributes are left alone.
pub(super) fn parse(text: &str) -> Result<Builder> {
    let mut walker = Walker::new(text);
    let mut graph = Builder::default();
    let mut is_gexf = false;
    loop {
        match walker.step()? {
            Step::Open(element) => match element.name().as_str() {
                "gexf" => is_gexf = true,
                "node" if is_gexf => {
                    graph.node(&element.required("id")?);
                }
                "edge" if is_gexf => edge(&element, &mut graph)?,
                _ => {}
            },
            Step::Close(_) | Step::Text(_) => {}
            Step::End if is_gexf => return Ok(graph),
            Step::End => {
                return Err(format_error(
                    1,
                    "this is not a GEXF file: there is no <gexf>",
                ));
            }
        }
    }
}

fn edge(element: &Element<'_>, graph: &mut Builder) -> Result<()> {
    let ends = [element.required("source")?, element.required("target")?];
    let weight = match element.attribute("weight")? {
        Some(written) => graph.weight(&written, element.line),
        None => 1.0,
    };
    add_edge(&ends, weight, element.line, graph);
    Ok(())
}

/// Adds an edge between named nodes; a node that the file has not declared is added with a warning.
pub(super) fn add_edge(ends: &[String; 2], weight: f64, line: usize, graph: &mut Builder) {
    for end in ends {
        if !graph.has_node(end) {
            let shown: String = end.chars().take(60).collect();
            graph.warn(format!(
                "line {line}: the node \"{shown}\" is not declared; added"
            ));
        }
    }
    let [source, target] = [&ends[0], &ends[1]].map(|end| graph.node(end));
    graph.edge(source, target, weight);
}

#[cfg(test)]
mod tests {
    use crate::import::graph::tests::graph;

    #[test]
    fn nodes_and_edges() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">
<nodes><node id="n1" label="A &amp; B"/><node id="n2"><viz:position x="1" y="2"/></node></nodes>
<edges><edge id="0" source="n1" target="n2" weight="2.5"/><edge source="n2" target="n1"/>
<edge source="n2" target="n9" weight="-1"/></edges></graph></gexf>"#;
        let read = graph("gexf", text).unwrap();
        assert_eq!(read.ids, ["n1", "n2", "n9"]);
        assert_eq!(read.edges, [(0, 1, 3.5), (1, 2, 1.0)]);
        assert_eq!(read.warnings.len(), 2);
    }

    #[test]
    fn damaged_files_name_the_line() {
        let cut = "<gexf>\n<graph>\n<nodes><node id=\"a\"/>";
        assert!(
            graph("gexf", cut)
                .unwrap_err()
                .to_string()
                .contains("line 3")
        );
        let nameless = "<gexf>\n<node/></gexf>";
        assert!(
            graph("gexf", nameless)
                .unwrap_err()
                .to_string()
                .contains("line 2")
        );
        assert!(graph("gexf", "<svg/>").is_err());
    }

    #[test]
    fn entities_of_the_file_are_not_expanded() {
        let mut bomb = "<!DOCTYPE gexf [<!ENTITY a \"ha\">".to_owned();
        for n in 0..40 {
            bomb.push_str(&format!("<!ENTITY b{n} \"&b{};&b{};\">", n + 1, n + 1));
        }
        bomb.push_str("]><gexf><node id=\"&b0;\"/></gexf>");
        assert!(graph("gexf", &bomb).is_err());
    }
}
