//! Pieces of the page of evidence: colors, names, sentences with their marks.

use super::excerpt;
use super::listing::Piece;
use crate::export::xml::Escaped;
use crate::model::{Entity, EntityKind, Evidence, Origin};
use crate::scene::Theme;
use std::fmt::Write as _;
use std::io::{self, Write};

const RULES: &str = include_str!("../../../assets/theme/evidence.css");

/// How strong the grounds of marked names are, 0 to 1.
const TINT_LIGHT: f32 = 0.2;
const TINT_DARK: f32 = 0.36;

/// The style sheet: colors of the looks, then the rules that are the same for all.
pub(super) fn style() -> String {
    let mut out = format!("{}\n", colors(Theme::light()));
    let dark = colors(Theme::dark());
    let print = colors(Theme::print());
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "@media screen and (prefers-color-scheme:dark){{{dark}}}"
    );
    let _ = writeln!(out, "@media print{{{print}}}");
    out.push_str(RULES);
    out
}

fn colors(theme: &Theme) -> String {
    let scheme = if theme.dark { "dark" } else { "light" };
    let mut out = format!(
        ":root{{color-scheme:{scheme};--background:{};--text:{};--muted:{};--hairline:{};--accent:{}}}",
        theme.background.hex(),
        theme.text.hex(),
        theme.text_muted.hex(),
        theme.hairline.hex(),
        theme.accent.hex(),
    );
    let tint = if theme.dark { TINT_DARK } else { TINT_LIGHT };
    for kind in EntityKind::ALL {
        let color = theme.kind(kind);
        let ground = theme.background.mixed(color, tint);
        let key = kind.key();
        let _ = write!(out, ".{key}{{--mark:{}}}", ground.hex());
        let _ = write!(out, ".kind.{key}{{color:{}}}", color.hex());
    }
    out
}

/// A name that cannot change the direction of the text around it.
pub(super) struct Name<'a>(pub(super) &'a str);

impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<bdi>{}</bdi>", Escaped(self.0))
    }
}

/// A sentence with its ends and deciding words marked, and where it stands.
pub(super) fn piece(out: &mut dyn Write, piece: &Piece<'_>, ends: [&Entity; 2]) -> io::Result<()> {
    let evidence = piece.evidence;
    writeln!(out, "<blockquote class=\"{}\">", evidence.status.key())?;
    match &evidence.origin {
        Origin::Text => {
            write!(out, "<p dir=\"auto\">")?;
            sentence(out, evidence, ends)?;
            writeln!(out, "</p>")?;
        }
        Origin::User { note, .. } if note.is_empty() => {}
        Origin::User { note, .. } => writeln!(out, "<p dir=\"auto\">{}</p>", Escaped(note))?,
        Origin::Gazetteer { record } => writeln!(out, "<p>{}</p>", Escaped(record))?,
        Origin::Import { .. } => {}
    }
    let number = piece.source;
    writeln!(
        out,
        "<p class=\"small\"><a href=\"#source-{number}\">[{number}]</a> {}</p>\n</blockquote>",
        Escaped(&about(piece)),
    )
}

fn sentence(out: &mut dyn Write, evidence: &Evidence, ends: [&Entity; 2]) -> io::Result<()> {
    for (role, part) in excerpt::parts(evidence) {
        let end = match (role.source, role.target) {
            (true, _) => Some(ends[0]),
            (_, true) => Some(ends[1]),
            _ => None,
        };
        if let Some(end) = end {
            let (kind, name) = (end.kind.key(), Escaped(&end.name));
            write!(out, "<mark class=\"{kind}\" title=\"{name}\">")?;
        }
        let words = Escaped(&part);
        match role.trigger {
            true => write!(out, "<u>{words}</u>")?,
            false => write!(out, "{words}")?,
        }
        if end.is_some() {
            write!(out, "</mark>")?;
        }
    }
    Ok(())
}

/// "Reported, according to Kyodo News · 2024-10 · score 0.91 · rule:apposition".
fn about(piece: &Piece<'_>) -> String {
    let evidence = piece.evidence;
    let mut parts = vec![evidence.status.key().to_owned()];
    if let Some(who) = &evidence.attributed_to {
        parts[0].push_str(&format!(", according to {who}"));
    }
    match (evidence.date, piece.date) {
        (Some(date), _) => parts.push(date.to_string()),
        (None, Some(date)) => parts.push(format!("published {date}")),
        (None, None) => {}
    }
    if let Origin::User { when, .. } = &evidence.origin {
        parts.push(format!(
            "added by the user on {}",
            when.get(..10).unwrap_or(when)
        ));
    } else {
        parts.push(format!("score {:.2}", evidence.score));
        parts.push(format!("found by {}", evidence.found_by()));
    }
    parts.join(" \u{b7} ")
}
