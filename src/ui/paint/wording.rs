//! Which words a frame has time for.
//!
//! To lay out a name that was not on the screen takes many times as long as to draw it again, and a new
//! choice of labels brings a hundred at once. So a frame lays out only some, and the next ones go on.

use crate::scene::{Label, Weight};
use std::collections::HashSet;
use std::sync::Arc;

/// So many letters that were not drawn before are laid out in a frame.
const LETTERS: usize = 200;

/// What was drawn in the frame before, and what in this one.
#[derive(Default)]
pub struct Wording {
    before: HashSet<Words>,
    now: HashSet<Words>,
    /// For so many letters this frame has time.
    left: usize,
    /// The picture moves: halos may be rougher than at rest.
    pub(in crate::ui) is_moving: bool,
}

/// Words as they are laid out: text, size in hundredths of a point, heavy, italic.
type Words = (Arc<str>, u32, bool, bool);

impl Wording {
    /// Another frame begins. After one without any words there is time for all.
    pub(super) fn next_frame(&mut self) {
        std::mem::swap(&mut self.before, &mut self.now);
        self.now.clear();
        self.left = if self.before.is_empty() {
            usize::MAX
        } else {
            LETTERS
        };
    }

    /// There is time for the words of the label; they count as drawn.
    pub(super) fn takes(&mut self, label: &Label) -> bool {
        let is_heavy = label.weight == Weight::SemiBold;
        let size = (label.size * 100.0) as u32;
        let words = (label.text.clone(), size, is_heavy, label.italic);
        if !self.before.contains(&words) && !self.now.contains(&words) {
            if self.left == 0 {
                return false;
            }
            self.left = self.left.saturating_sub(label.text.len());
        }
        self.now.insert(words);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Color, Point};

    fn label(text: &str) -> Label {
        Label {
            text: text.into(),
            center: Point::default(),
            width: 0.0,
            size: 12.0,
            weight: Weight::Regular,
            italic: false,
            angle: 0.0,
            color: Color::rgb(0, 0, 0),
            halo: None,
        }
    }

    #[test]
    fn new_words_come_a_few_at_a_time_and_those_that_are_there_stay() {
        let mut wording = Wording::default();
        let shown = |wording: &mut Wording, labels: &[Label]| {
            wording.next_frame();
            let drawn = labels.iter().filter(|label| wording.takes(label));
            drawn.count()
        };
        let first: Vec<Label> = (0..300).map(|n| label(&format!("Name {n:04}"))).collect();
        // Nothing was there: all of it is drawn at once.
        assert_eq!(shown(&mut wording, &first), 300);
        let others = (300..900).map(|n| label(&format!("Name {n:04}")));
        let mixed: Vec<Label> = first.iter().take(100).cloned().chain(others).collect();
        let (mut before, mut frames) = (100, 0);
        loop {
            let drawn = shown(&mut wording, &mixed);
            assert!(drawn > before && (drawn - before) * 9 <= LETTERS + 9);
            (before, frames) = (drawn, frames + 1);
            if drawn == mixed.len() {
                break;
            }
        }
        assert!((20..50).contains(&frames), "{frames} frames");
        // The same words in other letters are others.
        let heavy = Label {
            weight: Weight::SemiBold,
            ..label("Name 0001")
        };
        wording.next_frame();
        wording.left = 0;
        assert!(wording.takes(&mixed[1]) && !wording.takes(&heavy));
    }
}
