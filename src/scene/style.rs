//! How much of something is drawn how large: mentions to radii, sources to widths, status to
//! patterns, and how sizes follow the zoom.

use super::shape::Pattern;
use super::theme::Measures;
use crate::model::{Entity, EntityKind, Relation, Status};

/// Radius of an entity's mark in world units, from how often it is mentioned: area grows with mentions.
pub fn node_radius(entity: &Entity) -> f32 {
    radius_of_mentions(entity.mentions.len())
}

/// [`node_radius`] for a number of mentions.
pub fn radius_of_mentions(mentions: usize) -> f32 {
    let node = &Measures::get().node;
    let beyond_first = mentions.saturating_sub(1) as f32;
    (node.radius_min + node.radius_per_root_mention * beyond_first.sqrt()).min(node.radius_max)
}

/// Width of a relation's line in screen points, from how many independent sources say so.
pub fn line_width(relation: &Relation, sources: usize) -> f32 {
    let line = &Measures::get().line;
    if !relation.is_stated() {
        return line.co_mention_width;
    }
    let further = sources.saturating_sub(1) as f32;
    (line.width_min + line.width_per_document * further).min(line.width_max)
}

/// The pattern of a status.
pub const fn pattern(status: Status) -> Pattern {
    match status {
        Status::Asserted => Pattern::Solid,
        Status::Reported => Pattern::Dashes,
        Status::Alleged => Pattern::Dots,
        Status::Denied => Pattern::Crossed,
    }
}

/// Radius on screen of a mark of `radius` world units. Marks grow slower than distances when one
/// zooms in, so that crowded nodes come apart, and shrink slower when one zooms out.
pub fn radius_in_screen(radius_in_world: f32, zoom: f32) -> f32 {
    (radius_in_world * radius_factor(zoom)).max(least_radius(zoom))
}

/// No mark is smaller on screen: visible as what it is, until so much is shown that it becomes a dot.
fn least_radius(zoom: f32) -> f32 {
    let node = &Measures::get().node;
    (node.screen_radius_min * (zoom / node.dots_below_zoom).sqrt())
        .clamp(node.screen_radius_dot, node.screen_radius_min)
}

fn radius_factor(zoom: f32) -> f32 {
    let node = &Measures::get().node;
    zoom.powf(if zoom < 1.0 {
        node.zoom_exponent_far
    } else {
        node.zoom_exponent_near
    })
}

/// What depends on the zoom alone, worked out once for a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetailLevel {
    zoom: f32,
    radius_factor: f32,
    least_radius: f32,
    /// Lines have this share of their width.
    pub width_share: f32,
    /// Lines have arrow heads.
    pub arrows: bool,
    /// Lines have labels.
    pub line_labels: bool,
}

impl DetailLevel {
    /// The level at `zoom`.
    pub fn at(zoom: f32) -> Self {
        let line = &Measures::get().line;
        Self {
            zoom,
            radius_factor: radius_factor(zoom),
            least_radius: least_radius(zoom),
            width_share: zoom.sqrt().clamp(line.far_width_floor, 1.0),
            arrows: zoom >= line.arrow_from_zoom,
            line_labels: zoom >= line.label_from_zoom,
        }
    }

    /// The zoom it was made for.
    pub const fn zoom(&self) -> f32 {
        self.zoom
    }

    /// [`radius_in_screen`] at this zoom.
    pub fn radius(&self, radius_in_world: f32) -> f32 {
        (radius_in_world * self.radius_factor).max(self.least_radius)
    }
}

/// The name as its label shows it: one line, or two for long names of anything but a person; each
/// cut with an ellipsis beyond what is legible.
pub fn label_lines(name: &str, kind: EntityKind) -> Vec<String> {
    let label = &Measures::get().label;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = name.chars().count();
    let breakable = kind != EntityKind::Person && length > label.break_from_characters;
    let middle_space = name
        .char_indices()
        .enumerate()
        .filter(|(_, (_, c))| *c == ' ')
        .min_by_key(|(index, _)| (2 * index).abs_diff(length))
        .map(|(_, (byte, _))| byte);
    match middle_space {
        Some(byte) if breakable => vec![
            shortened(&name[..byte], label.longest_characters),
            shortened(&name[byte + 1..], label.longest_characters),
        ],
        _ => vec![shortened(&name, label.longest_characters)],
    }
}

/// At most `longest` characters, the last an ellipsis if something was cut.
pub fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radii_grow_with_mentions_within_bounds() {
        let radii: Vec<f32> = [0, 1, 2, 10, 50, 100_000].map(radius_of_mentions).to_vec();
        assert_eq!(radii[0], radii[1]);
        assert!(radii.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(radii[5], Measures::get().node.radius_max);
    }

    #[test]
    fn marks_shrink_and_grow_slower_than_the_world() {
        assert_eq!(radius_in_screen(10.0, 1.0), 10.0);
        assert!(radius_in_screen(10.0, 0.5) > 5.0);
        assert!(radius_in_screen(10.0, 4.0) < 40.0);
        assert!(radius_in_screen(5.0, 0.4) >= Measures::get().node.screen_radius_min);
        for zoom in [0.0, 1e-6, 0.01, 0.1, 0.2, 0.7, 1.0, 3.0] {
            let radius = radius_in_screen(5.0, zoom);
            assert!(radius >= Measures::get().node.screen_radius_dot);
            assert_eq!(radius, DetailLevel::at(zoom).radius(5.0));
        }
    }

    #[test]
    fn long_unit_names_break_near_their_middle() {
        let lines = label_lines("8th Special Operations Regiment", EntityKind::Unit);
        assert_eq!(lines, ["8th Special", "Operations Regiment"]);
        let person = label_lines("Maria Alexandrovna Ivanova", EntityKind::Person);
        assert_eq!(person.len(), 1);
    }

    #[test]
    fn endless_names_are_cut_between_characters() {
        let lines = label_lines(&"й".repeat(500), EntityKind::Place);
        assert_eq!(lines.len(), 1);
        assert_eq!(
            lines[0].chars().count(),
            Measures::get().label.longest_characters
        );
        assert!(lines[0].ends_with('…'));
        assert_eq!(label_lines("", EntityKind::Unit), [""]);
    }
}
