//! How strong lines are: fainter the more there are and the longer they run.

use super::theme::{Measures, Theme};
use crate::geometry::Color;

/// The colors of stated lines and co-mentions in steps of strength, worked out once for a picture.
pub(super) struct Tones {
    stated: [Color; TONES],
    together: [Color; TONES],
    /// How crowded stated lines and co-mentions are, 0 to 1.
    crowds: [f32; 2],
    /// What of that strength is left to all lines.
    left: f32,
}

const TONES: usize = 16;
/// So many lines are all drawn in full, and so many times more are as faint as lines ever get.
const FEW: f32 = 150.0;
const MANY_TIMES: f32 = 60.0;
/// What faint lines keep of their strength.
const FAINT: f32 = 0.4;
/// Lines up to this length in screen points keep more of their color in a crowd.
const SHORT: f32 = 70.0;

impl Tones {
    /// For a picture of so many stated lines and co-mentions, of which everything but what is followed
    /// has stepped `back` (0 to 1).
    pub(super) fn new(theme: &Theme, lines: [usize; 2], zoom: f32, back: f32) -> Self {
        let toned = |strength: f32, color: Color| {
            let color = theme.background.mixed(color, strength);
            if back > 0.0 {
                color.mixed(theme.stepped_back(color), back)
            } else {
                color
            }
        };
        let strength = |tone: usize| tone as f32 / (TONES - 1) as f32;
        let many = |lines: usize| ((lines as f32 / FEW).max(1.0).ln() / MANY_TIMES.ln()).min(1.0);
        // Close by, lines have room however many there are around.
        let far = ((1.2 - zoom) / 0.7).clamp(0.0, 1.0);
        Self {
            stated: std::array::from_fn(|tone| toned(strength(tone), theme.line)),
            together: std::array::from_fn(|tone| {
                // Already faint, they fade half as much.
                let faint = Measures::get().line.co_mention_strength;
                toned(faint * (0.5 + 0.5 * strength(tone)), theme.line)
            }),
            crowds: lines.map(|lines| many(lines) * far),
            left: 1.0,
        }
    }

    /// Where nodes stand in rows lines run through them: those are to be faint, so that rows can be
    /// read.
    pub(super) fn faint(mut self, faint: bool) -> Self {
        if faint {
            self.left = FAINT;
        }
        self
    }

    /// The color of a line of that width and length in screen points, stated or not.
    pub(super) fn of(&self, (width, is_stated): (f32, bool), length: f32) -> Color {
        let near = (SHORT / length.max(SHORT)).sqrt();
        // A line that several documents state is worth seeing in any crowd.
        let weight = (width / Measures::get().line.width_max).min(1.0);
        let kept = (near * (0.55 + 0.45 * weight)).max(0.16);
        let crowd = self.crowds[usize::from(!is_stated)];
        let strength = self.left * (1.0 - crowd * (1.0 - kept));
        let tone = (strength * (TONES - 1) as f32).round() as usize;
        if is_stated {
            self.stated[tone.min(TONES - 1)]
        } else {
            self.together[tone.min(TONES - 1)]
        }
    }
}
