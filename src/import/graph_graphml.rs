//! GraphML: `<node id>`, `<edge source target>`, weights as `<data>` of a key named `weight`.

use super::graph::{Builder, format_error};
use super::graph_gexf::add_edge;
use super::graph_xml::{Element, Step, Walker};
use crate::error::Result;

/// Reads nodes and edges of a GraphML file, nested graphs included; ports and hyperedges are left
/// out with a warning.
pub(super) fn parse(text: &str) -> Result<Builder> {
    let mut walker = Walker::new(text);
    let mut state = State::default();
    let mut is_graphml = false;
    loop {
        match walker.step()? {
            Step::Open(element) => {
                is_graphml |= element.name() == "graphml";
                if is_graphml {
                    state.open(&element)?;
                }
            }
            Step::Close(name) => state.close(&name),
            Step::Text(text) => {
                if let Some(written) = &mut state.written {
                    written.push_str(&text);
                }
            }
            Step::End if is_graphml => return Ok(state.graph),
            Step::End => {
                return Err(format_error(
                    1,
                    "this is not a GraphML file: there is no <graphml>",
                ));
            }
        }
    }
}

/// An edge whose element is open.
struct OpenEdge {
    ends: [String; 2],
    weight: f64,
    line: usize,
}

#[derive(Default)]
struct State {
    graph: Builder,
    /// The ids of keys that hold an edge's weight.
    weight_keys: Vec<String>,
    edge: Option<OpenEdge>,
    /// The text of the weight that is open.
    written: Option<String>,
}

impl State {
    fn open(&mut self, element: &Element<'_>) -> Result<()> {
        match element.name().as_str() {
            "key" => {
                let name = element.attribute("attr.name")?.unwrap_or_default();
                let owner = element.attribute("for")?.unwrap_or_default();
                if name.eq_ignore_ascii_case("weight") && owner != "node" {
                    self.weight_keys.push(element.required("id")?);
                }
            }
            "node" => {
                self.graph.node(&element.required("id")?);
            }
            "edge" => {
                self.edge = Some(OpenEdge {
                    ends: [element.required("source")?, element.required("target")?],
                    weight: 1.0,
                    line: element.line,
                });
            }
            "hyperedge" => {
                let warning = format!("line {}: a hyperedge is left out", element.line);
                self.graph.warn(warning);
            }
            "data" if self.edge.is_some() => {
                let key = element.attribute("key")?.unwrap_or_default();
                if self.weight_keys.contains(&key) {
                    self.written = Some(String::new());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "data" => {
                if let (Some(written), Some(edge)) = (self.written.take(), &mut self.edge) {
                    edge.weight = self.graph.weight(&written, edge.line);
                }
            }
            "edge" => {
                if let Some(edge) = self.edge.take() {
                    add_edge(&edge.ends, edge.weight, edge.line, &mut self.graph);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::graph::tests::graph;

    #[test]
    fn nodes_edges_and_weights() {
        let text = r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="edge" attr.name="weight" attr.type="double"/><key id="d1" for="node" attr.name="weight"/>
<graph edgedefault="undirected"><node id="a"><data key="d1">7</data></node><node id="b"/>
<edge source="a" target="b"><data key="d0"> 1.5 </data></edge><edge source="b" target="b"/>
<edge source="b" target="a"><data key="d0">heavy</data></edge><hyperedge/></graph></graphml>"#;
        let read = graph("graphml", text).unwrap();
        assert_eq!(read.ids, ["a", "b"]);
        assert_eq!(read.edges, [(0, 1, 2.5), (1, 1, 1.0)]);
        assert_eq!(read.warnings.len(), 2);
    }

    #[test]
    fn other_xml_is_refused() {
        assert!(graph("graphml", "<gexf></gexf>").is_err());
        assert!(graph("graphml", "plain words").is_err());
    }
}
