//! GEXF 1.3 (<https://gexf.net>): the graph as shown, for Gephi and programs that read its files.

use super::write::saving_error;
use super::xml::Escaped;
use crate::error::Result;
use crate::geometry::Color;
use crate::model::{Entity, Project, Relation, Visible};
use crate::scene::{Theme, radius_of_mentions};
use std::io::{self, Write};

/// Writes what is `visible` with positions, sizes, colors, kinds and labels. Co-mentions are edges of
/// the kind `mentioned_with`. The y axis points up, as Gephi draws it.
///
/// An edge's weight is the number of documents that say so, at least 1.
///
/// # Errors
/// When `out` fails.
pub fn gexf(
    out: &mut dyn Write,
    project: &Project,
    visible: &Visible,
    theme: &Theme,
) -> Result<()> {
    write_graph(out, project, visible, theme).map_err(saving_error)
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
"#;

const ATTRIBUTES: &str = r#"    <attributes class="node" mode="static">
      <attribute id="kind" title="Kind" type="string"/>
      <attribute id="aliases" title="Aliases" type="string"/>
      <attribute id="mentions" title="Mentions" type="integer"/>
      <attribute id="documents" title="Documents" type="integer"/>
      <attribute id="sources" title="Independent sources" type="integer"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="relation" title="Relation" type="string"/>
      <attribute id="status" title="Status" type="string"/>
      <attribute id="disputed" title="Disputed" type="boolean"/>
      <attribute id="period" title="Period" type="string"/>
      <attribute id="sentences" title="Sentences" type="integer"/>
      <attribute id="sources" title="Independent sources" type="integer"/>
    </attributes>
"#;

fn write_graph(
    out: &mut dyn Write,
    project: &Project,
    visible: &Visible,
    theme: &Theme,
) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let version = env!("CARGO_PKG_VERSION");
    writeln!(out, "  <meta>\n    <creator>Redstring {version}</creator>")?;
    let title = Escaped(project.title());
    writeln!(out, "    <description>{title}</description>\n  </meta>")?;
    writeln!(out, r#"  <graph defaultedgetype="directed" mode="static">"#)?;
    out.write_all(ATTRIBUTES.as_bytes())?;
    let entities = visible.entities.iter().filter_map(|&id| project.entity(id));
    writeln!(out, r#"    <nodes count="{}">"#, entities.clone().count())?;
    for entity in entities {
        node(out, project, entity, theme)?;
    }
    let relations = visible
        .relations
        .iter()
        .filter_map(|&id| project.relation(id));
    writeln!(
        out,
        "    </nodes>\n    <edges count=\"{}\">",
        relations.clone().count()
    )?;
    for relation in relations {
        edge(out, project, relation, theme)?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn node(out: &mut dyn Write, project: &Project, entity: &Entity, theme: &Theme) -> io::Result<()> {
    let (id, name) = (entity.id.0, Escaped(&entity.name));
    writeln!(out, r#"      <node id="{id}" label="{name}">"#)?;
    let aliases = entity.aliases.join("; ");
    let mentions = entity.mentions.len();
    let documents = entity.documents();
    attributes(
        out,
        &[
            ("kind", entity.kind.key().to_owned()),
            ("aliases", aliases),
            ("mentions", mentions.to_string()),
            ("documents", documents.len().to_string()),
            (
                "sources",
                project.independent_sources(documents).to_string(),
            ),
        ],
    )?;
    color(out, theme.kind(entity.kind))?;
    let position = project.placement(entity.id).position;
    if let Some(position) = position.filter(|position| position.is_finite()) {
        // 0 - y, so that no -0 is written.
        let (x, y) = (position.x, 0.0 - position.y);
        writeln!(out, r#"        <viz:position x="{x}" y="{y}" z="0"/>"#)?;
    }
    let size = 2.0 * radius_of_mentions(mentions);
    writeln!(out, r#"        <viz:size value="{size}"/>"#)?;
    writeln!(out, "      </node>")
}

fn edge(
    out: &mut dyn Write,
    project: &Project,
    relation: &Relation,
    theme: &Theme,
) -> io::Result<()> {
    let direction = if relation.kind.is_mutual() {
        "undirected"
    } else {
        "directed"
    };
    writeln!(
        out,
        r#"      <edge id="{}" source="{}" target="{}" type="{direction}" kind="{}" label="{}" weight="{}">"#,
        relation.id.0,
        relation.source.0,
        relation.target.0,
        relation.kind.key(),
        Escaped(&relation.label),
        relation.document_count().max(1),
    )?;
    attributes(
        out,
        &[
            ("relation", relation.kind.key().to_owned()),
            ("status", relation.status.key().to_owned()),
            ("disputed", relation.disputed.to_string()),
            (
                "period",
                relation
                    .date
                    .map(|date| date.to_string())
                    .unwrap_or_default(),
            ),
            ("sentences", relation.evidence.len().to_string()),
            ("sources", project.sources_of(relation).to_string()),
        ],
    )?;
    let stated = relation.is_stated();
    color(
        out,
        if stated {
            theme.line
        } else {
            theme.co_mention()
        },
    )?;
    writeln!(out, "      </edge>")
}

fn attributes(out: &mut dyn Write, values: &[(&str, String)]) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        let value = Escaped(value);
        writeln!(out, r#"          <attvalue for="{name}" value="{value}"/>"#)?;
    }
    writeln!(out, "        </attvalues>")
}

fn color(out: &mut dyn Write, color: Color) -> io::Result<()> {
    let Color { r, g, b, .. } = color;
    writeln!(out, r#"        <viz:color r="{r}" g="{g}" b="{b}"/>"#)
}
