//! Colors, sizes and times of the whole program, read from `assets/theme`. No other file holds one.

use crate::geometry::Color;
use crate::model::EntityKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The colors of one look. See `assets/theme/light.json`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Light letters on a dark ground.
    pub dark: bool,
    /// The canvas.
    #[serde(with = "hex")]
    pub background: Color,
    /// Panels beside the canvas.
    #[serde(with = "hex")]
    pub panel: Color,
    /// Fields, menus, cards.
    #[serde(with = "hex")]
    pub raised: Color,
    /// Ground of a row or button under the pointer.
    #[serde(with = "hex")]
    pub hover: Color,
    /// Ground of a row or button that is pressed or chosen.
    #[serde(with = "hex")]
    pub pressed: Color,
    /// Lines between parts of the window, 1 point.
    #[serde(with = "hex")]
    pub hairline: Color,
    /// Text.
    #[serde(with = "hex")]
    pub text: Color,
    /// Captions and lesser text.
    #[serde(with = "hex")]
    pub text_muted: Color,
    /// Links, focus, the button that is meant.
    #[serde(with = "hex")]
    pub accent: Color,
    /// Text on the accent color.
    #[serde(with = "hex")]
    pub on_accent: Color,
    /// Warnings and errors, always with an icon.
    #[serde(with = "hex")]
    pub warning: Color,
    /// The red string: what is followed. Nothing else has this color.
    #[serde(with = "hex")]
    pub highlight: Color,
    /// Stated relations.
    #[serde(with = "hex")]
    pub line: Color,
    /// Labels of lines.
    #[serde(with = "hex")]
    pub line_label: Color,
    /// Icons inside marks.
    #[serde(with = "hex")]
    pub mark_ink: Color,
    kinds: BTreeMap<EntityKind, HexColor>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
struct HexColor(#[serde(with = "hex")] Color);

impl Theme {
    /// The light look.
    pub fn light() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| read(include_str!("../../assets/theme/light.json")))
    }

    /// The dark look.
    pub fn dark() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| read(include_str!("../../assets/theme/dark.json")))
    }

    /// White paper.
    pub fn print() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| read(include_str!("../../assets/theme/print.json")))
    }

    /// The color of a kind of entity.
    pub fn kind(&self, kind: EntityKind) -> Color {
        self.kinds.get(&kind).map_or(self.line, |color| color.0)
    }

    /// A color that steps back behind what is followed: mixed with the background, so that it
    /// stays opaque where lines cross.
    pub fn stepped_back(&self, color: Color) -> Color {
        self.background.mixed(color, Measures::get().stepped_back)
    }

    /// The color of co-mentions.
    pub fn co_mention(&self) -> Color {
        self.background
            .mixed(self.line, Measures::get().line.co_mention_strength)
    }
}

/// Sizes and times, the same in every look. See `assets/theme/measures.json`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// All distances of the window are multiples of it, in points.
    pub grid: f32,
    /// Sizes of text.
    pub fonts: FontMeasures,
    /// Marks.
    pub node: NodeMeasures,
    /// Lines.
    pub line: LineMeasures,
    /// Labels in the picture.
    pub label: LabelMeasures,
    /// Coasts and borders.
    pub map: MapMeasures,
    /// Share of its color that is left to what is not followed, 0 to 1.
    pub stepped_back: f32,
    /// How long the pointer rests on a node before the rest steps back.
    pub hover_delay_ms: u64,
    /// Length of camera moves.
    pub fly_ms: u64,
    /// How long nodes glide to new places.
    pub glide_ms: u64,
}

/// Sizes of text in points.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct FontMeasures {
    pub body: f32,
    pub label: f32,
    pub label_large: f32,
    pub label_hub: f32,
    pub caption: f32,
    pub line_label: f32,
    pub heading: f32,
    pub title: f32,
}

/// Sizes of marks. Radii without `screen` are world units; all others are screen points.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeMeasures {
    /// Radius of a node with one mention.
    pub radius_min: f32,
    /// No node is larger.
    pub radius_max: f32,
    /// What is added for the square root of the mentions beyond the first.
    pub radius_per_root_mention: f32,
    /// No mark is drawn smaller, unless one looks from far away.
    pub screen_radius_min: f32,
    /// Below this zoom the smallest marks shrink to dots, so that thousands stay apart.
    pub dots_below_zoom: f32,
    /// No dot is drawn smaller.
    pub screen_radius_dot: f32,
    /// Below zoom 1 marks grow with this power of the zoom.
    pub zoom_exponent_far: f32,
    /// Above zoom 1 marks grow with this power of the zoom: so crowded nodes come apart.
    pub zoom_exponent_near: f32,
    /// From this radius on screen a mark holds its icon.
    pub icon_from_radius: f32,
    /// From this radius on screen a mark has an outline of the background's color.
    pub outline_from_radius: f32,
    /// Width of that outline.
    pub outline: f32,
    /// Width of the ring around selected and followed marks.
    pub ring: f32,
}

/// Sizes of lines in screen points, but for those that say `in_world`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineMeasures {
    /// Width of a relation that one document states.
    pub width_min: f32,
    /// No line is wider.
    pub width_max: f32,
    /// What each further document adds.
    pub width_per_document: f32,
    /// Width of co-mentions.
    pub co_mention_width: f32,
    /// Share of the line color that co-mentions have, 0 to 1.
    pub co_mention_strength: f32,
    /// Where there are many lines, each has so many square points of the screen; the least important
    /// ones beyond that are left out.
    pub area_each: f32,
    /// Zoomed far out, lines shrink to this share of their width.
    pub far_width_floor: f32,
    /// Distance between parallel lines.
    pub fan_in_world: f32,
    /// Parallel lines do not bend farther than this.
    pub fan_limit_in_world: f32,
    /// Length of a dash and of the gap after it.
    pub dash: [f32; 2],
    /// Length of a dot and of the gap after it.
    pub dots: [f32; 2],
    /// Distance between the crosses of a denied relation.
    pub cross_every: f32,
    /// Length of an arrow head on a thin line.
    pub arrow_length: f32,
    /// From this zoom on lines have arrow heads.
    pub arrow_from_zoom: f32,
    /// From this zoom on lines have labels.
    pub label_from_zoom: f32,
}

/// Coasts and borders behind the geographic layout. Widths are screen points, strengths the share
/// of the line color that they have, 0 to 1.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MapMeasures {
    pub coast_width: f32,
    pub coast_strength: f32,
    pub border_width: f32,
    pub border_strength: f32,
}

/// Sizes of labels in screen points.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelMeasures {
    /// Width of the halo.
    pub halo: f32,
    /// Between a mark and its label.
    pub gap: f32,
    /// Distance of baselines as a multiple of the font size.
    pub line_height: f32,
    /// Names of units, organizations and places longer than this may break into two lines.
    pub break_from_characters: usize,
    /// A line of a label is cut after so many characters.
    pub longest_characters: usize,
    /// The labels of so many of the most mentioned entities are tried at any zoom.
    pub free_ranks: usize,
    /// Other labels are tried once their mark has this radius on screen.
    pub radius_for_label: f32,
}

impl Measures {
    /// The one set that the program has.
    pub fn get() -> &'static Self {
        static MEASURES: OnceLock<Measures> = OnceLock::new();
        MEASURES.get_or_init(|| read(include_str!("../../assets/theme/measures.json")))
    }
}

#[allow(clippy::expect_used)]
fn read<T: for<'a> Deserialize<'a>>(json: &str) -> T {
    serde_json::from_str(json).expect("theme files are compiled in, and a test reads each")
}

mod hex {
    use crate::geometry::Color;
    use serde::{Deserialize, Deserializer, de::Error};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color, D::Error> {
        let text = String::deserialize(deserializer)?;
        Color::from_hex(&text).ok_or_else(|| D::Error::custom(format!("{text} is no color")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2.1 defines them.
    fn contrast(a: Color, b: Color) -> f32 {
        let luminance = |c: Color| {
            let [r, g, b] = [c.r, c.g, c.b].map(|v| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 {
                    v / 12.92
                } else {
                    ((v + 0.055) / 1.055).powf(2.4)
                }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_is_legible_on_every_ground() {
        assert!(Measures::get().grid > 0.0);
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            for ground in [theme.background, theme.panel, theme.raised, theme.hover] {
                for ink in [
                    theme.text,
                    theme.text_muted,
                    theme.line_label,
                    theme.accent,
                    theme.warning,
                ] {
                    let found = contrast(ink, ground);
                    let least = if ground == theme.hover && ink == theme.warning {
                        3.9
                    } else {
                        4.5
                    };
                    assert!(found >= least, "{} on {}: {found}", ink.hex(), ground.hex());
                }
            }
            assert!(contrast(theme.on_accent, theme.accent) >= 4.5);
        }
    }

    #[test]
    fn marks_stand_out_and_so_do_their_icons() {
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            for kind in EntityKind::ALL {
                assert!(
                    contrast(theme.kind(kind), theme.background) >= 3.0,
                    "{kind:?}"
                );
                assert!(
                    contrast(theme.kind(kind), theme.mark_ink) >= 3.0,
                    "{kind:?}"
                );
                assert_ne!(theme.kind(kind), theme.highlight);
            }
        }
    }
}
