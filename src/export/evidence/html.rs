//! The evidence as one page that needs nothing else: no script, no network, no font.
//!
//! Lines stand under the entity that they lead from; under the other end a reference leads to them.

use super::html_parts::{Name, piece, style};
use super::listing::{Line, Listing};
use crate::error::Result;
use crate::export::write::saving_error;
use crate::export::xml::Escaped;
use crate::model::{Entity, EntityId, Project, Visible};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the page. `made_on` is the day of making, as it is to be read.
///
/// # Errors
/// When `out` fails.
pub(in crate::export) fn html(
    out: &mut dyn Write,
    project: &Project,
    visible: &Visible,
    made_on: &str,
) -> Result<()> {
    page(out, &Listing::new(project, visible), made_on).map_err(saving_error)
}

fn page(out: &mut dyn Write, listing: &Listing<'_>, made_on: &str) -> io::Result<()> {
    let title = match listing.project.title() {
        "" => "Evidence",
        title => title,
    };
    let title = Escaped(title);
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
    )?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width\">"
    )?;
    writeln!(
        out,
        "<meta name=\"generator\" content=\"Redstring {}\">",
        env!("CARGO_PKG_VERSION")
    )?;
    writeln!(
        out,
        "<title>{title}</title>\n<style>\n{}</style>\n</head>",
        style()
    )?;
    writeln!(out, "<body>\n<main>\n<h1>{title}</h1>")?;
    summary(out, listing, made_on)?;
    let sections = sections(listing);
    index(out, &sections)?;
    for (entity, lines) in &sections {
        section(out, entity, lines)?;
    }
    sources(out, listing)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn summary(out: &mut dyn Write, listing: &Listing<'_>, made_on: &str) -> io::Result<()> {
    let sentences: usize = listing.lines.iter().map(|line| line.pieces.len()).sum();
    let counts = [
        counted(listing.lines.len(), "line"),
        counted(sentences, "piece of evidence"),
        counted(listing.sources.len(), "source"),
    ];
    writeln!(
        out,
        "<p>What each line of the graph rests on: {}.</p>",
        counts.join(", ")
    )?;
    let filters = listing.project.view.filters.in_words(listing.project);
    let filters = match filters.is_empty() {
        true => String::new(),
        false => format!(" Filters in force: {}.", filters.join("; ")),
    };
    writeln!(
        out,
        "<p class=\"small\">Made on {} with Redstring {}.{}</p>",
        Escaped(made_on),
        env!("CARGO_PKG_VERSION"),
        Escaped(&filters),
    )?;
    writeln!(
        out,
        "<p class=\"small\">In each sentence the two ends are marked and the deciding words underlined. Reported: someone else says so. Alleged: not confirmed. Denied: someone denies it, or the text refutes it.</p>"
    )
}

fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ if one.starts_with("piece") => format!("{count} pieces of evidence"),
        _ => format!("{count} {one}s"),
    }
}

type Sections<'a> = Vec<(&'a Entity, Vec<&'a Line<'a>>)>;

/// The entities by id, each with the lines that it is an end of.
fn sections<'a>(listing: &'a Listing<'a>) -> Sections<'a> {
    let mut by_entity: BTreeMap<EntityId, (&Entity, Vec<&Line<'_>>)> = BTreeMap::new();
    for line in &listing.lines {
        for end in [line.source, line.target] {
            let entry = by_entity.entry(end.id).or_insert((end, Vec::new()));
            entry.1.push(line);
        }
    }
    by_entity.into_values().collect()
}

fn index(out: &mut dyn Write, sections: &Sections<'_>) -> io::Result<()> {
    if sections.is_empty() {
        return writeln!(out, "<p>No relation is stated among what is shown.</p>");
    }
    let mut by_name: Vec<_> = sections.iter().collect();
    by_name.sort_by_key(|(entity, _)| (entity.name.to_lowercase(), entity.id));
    writeln!(out, "<nav>\n<ul class=\"index\">")?;
    for (entity, lines) in by_name {
        writeln!(
            out,
            "<li><a href=\"#entity-{}\">{}</a> <span class=\"small\">{}</span></li>",
            entity.id.0,
            Name(&entity.name),
            lines.len()
        )?;
    }
    writeln!(out, "</ul>\n</nav>")
}

fn section(out: &mut dyn Write, entity: &Entity, lines: &[&Line<'_>]) -> io::Result<()> {
    let kind = entity.kind;
    writeln!(
        out,
        "<section id=\"entity-{}\">\n<h2>{} <span class=\"kind {}\">{}</span></h2>",
        entity.id.0,
        Name(&entity.name),
        kind.key(),
        kind.title().to_lowercase(),
    )?;
    also_called(out, entity)?;
    let is_own = |line: &&&Line<'_>| line.source.id == entity.id;
    for line in lines.iter().filter(is_own) {
        line_in_full(out, line)?;
    }
    let others: Vec<_> = lines.iter().filter(|line| !is_own(line)).collect();
    if !others.is_empty() {
        writeln!(out, "<ul class=\"also\">")?;
        for line in others {
            let number = line.number;
            writeln!(
                out,
                "<li><span class=\"number\"><a href=\"#line-{number}\">{number}</a></span> {} {} {}</li>",
                Name(&line.source.name),
                Escaped(words(line)),
                Name(&entity.name),
            )?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</section>")
}

fn also_called(out: &mut dyn Write, entity: &Entity) -> io::Result<()> {
    /// Names and roles beyond these would fill the page.
    const MOST: usize = 8;
    let aliases = entity.aliases.iter().filter(|alias| **alias != entity.name);
    let mut names: Vec<&str> = Vec::new();
    for name in aliases
        .map(String::as_str)
        .chain(entity.roles.iter().map(|r| r.text.as_str()))
    {
        if names.len() < MOST && !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = names.iter().map(|name| Name(name).to_string()).collect();
    writeln!(out, "<p class=\"small\">{}</p>", names.join(", "))
}

/// The text's own words for the relation.
fn words<'a>(line: &Line<'a>) -> &'a str {
    match line.relation.label.trim() {
        "" => line.relation.kind.phrase(),
        label => label,
    }
}

fn line_in_full(out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
    let (relation, number) = (line.relation, line.number);
    writeln!(
        out,
        "<article id=\"line-{number}\">\n<h3><span class=\"number\">{number}</span>{} <em>{}</em> <a href=\"#entity-{}\">{}</a></h3>",
        Name(&line.source.name),
        Escaped(words(line)),
        line.target.id.0,
        Name(&line.target.name),
    )?;
    let mut facts = vec![
        relation.kind.phrase().to_owned(),
        relation.status.key().to_owned(),
    ];
    facts.extend(relation.date.map(|period| format!("period {period}")));
    if relation.disputed {
        facts.push("disputed: one source denies what another says".to_owned());
    }
    writeln!(
        out,
        "<p class=\"small\">{}</p>",
        Escaped(&facts.join(" \u{b7} "))
    )?;
    for told in &line.pieces {
        piece(out, told, [line.source, line.target])?;
    }
    writeln!(out, "</article>")
}

fn sources(out: &mut dyn Write, listing: &Listing<'_>) -> io::Result<()> {
    if listing.sources.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>Sources</h2>\n<ol class=\"sources\">")?;
    for source in &listing.sources {
        writeln!(
            out,
            "<li id=\"source-{}\" value=\"{}\">{}",
            source.number,
            source.number,
            Name(&source.in_words()),
        )?;
        if let Some(document) = source.document {
            writeln!(
                out,
                "<br><span class=\"small\">{}</span>",
                Name(&document.path)
            )?;
        }
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ol>\n</section>")
}
