//! What a page shows, followed operator by operator, as letters with their places.

use super::fonts::Font;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object};
use hayro_syntax::page::{Page, Resources, Rotation};
use std::collections::HashMap;
use std::rc::Rc;

/// One letter (or several, of a ligature) on a page; y grows upwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
}

/// How much more may be done for a file; hostile ones show the same form thousands of times.
pub(super) struct Budget {
    pub(super) operators: usize,
    pub(super) letters: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            operators: 20_000_000,
            letters: 20_000_000,
        }
    }
}

/// Forms may show forms, so deep.
const DEEPEST: usize = 8;

/// a, b, c, d, e, f of the format's matrices.
type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_gap: f32,
    word_gap: f32,
    stretch: f32,
    leading: f32,
}

struct Walk<'b> {
    budget: &'b mut Budget,
    fonts: &'b mut HashMap<(u32, i32), Rc<Font>>,
    letters: Vec<Letter>,
    state: State,
    kept: Vec<State>,
    line: Matrix,
    text: Matrix,
    has_pictures: bool,
    unread: usize,
}

/// What a page shows.
pub(super) struct Shown {
    /// Its letters in the order in which they are shown.
    pub(super) letters: Vec<Letter>,
    /// It shows pictures.
    pub(super) has_pictures: bool,
    /// Signs of which the file does not tell which letters they are.
    pub(super) unread: usize,
}

/// What a page shows, as far as the budget goes.
pub(super) fn letters(
    page: &Page<'_>,
    budget: &mut Budget,
    fonts: &mut HashMap<(u32, i32), Rc<Font>>,
) -> Shown {
    let matrix = match page.rotation() {
        Rotation::None => IDENTITY,
        Rotation::Horizontal => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
        Rotation::Flipped => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
        Rotation::FlippedHorizontal => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
    };
    let mut walk = Walk {
        budget,
        fonts,
        letters: Vec::new(),
        state: State {
            matrix,
            font: None,
            size: 0.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
        },
        kept: Vec::new(),
        line: IDENTITY,
        text: IDENTITY,
        has_pictures: false,
        unread: 0,
    };
    if let Some(content) = page.page_stream() {
        walk.content(content, page.resources(), 0);
    }
    Shown {
        letters: walk.letters,
        has_pictures: walk.has_pictures,
        unread: walk.unread,
    }
}

impl Walk<'_> {
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            let Some(left) = self.budget.operators.checked_sub(1) else {
                return;
            };
            self.budget.operators = left;
            if let TypedInstruction::XObject(form) = &operator {
                self.form(form.0, resources, depth);
            } else {
                self.text_operator(&operator, resources);
            }
        }
    }

    fn form(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else {
            return;
        };
        let dict = stream.dict();
        let subtype = dict.get::<Name<'_>>("Subtype");
        if subtype.is_some_and(|subtype| subtype.as_str() == "Image") {
            self.has_pictures = true;
            return;
        }
        if depth >= DEEPEST {
            return;
        }
        let Ok(content) = stream.decoded_data() else {
            return;
        };
        // Unpacking costs too, however little is in it.
        let cost = content.len() / 64;
        self.budget.operators = self.budget.operators.saturating_sub(cost);
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let kept = (self.state.clone(), self.kept.len());
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix").and_then(|m| matrix_of(&m)) {
            self.state.matrix = times(matrix, self.state.matrix);
        }
        self.content(&content, own.as_ref().unwrap_or(resources), depth + 1);
        self.state = kept.0;
        self.kept.truncate(kept.1);
    }

    fn text_operator(&mut self, operator: &TypedInstruction<'_, '_>, resources: &Resources<'_>) {
        /// Deeper nesting is no page of anybody's.
        const MOST_KEPT: usize = 512;
        use TypedInstruction as Op;
        match operator {
            Op::SaveState(_) if self.kept.len() < MOST_KEPT => self.kept.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.kept.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => {
                let matrix = numbers([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                self.state.matrix = times(matrix, self.state.matrix);
            }
            Op::BeginText(_) => (self.line, self.text) = (IDENTITY, IDENTITY),
            Op::TextFont(font) => {
                self.state.font = self.font(font.0, resources);
                self.state.size = font.1.as_f32();
            }
            Op::CharacterSpacing(gap) => self.state.letter_gap = gap.0.as_f32(),
            Op::WordSpacing(gap) => self.state.word_gap = gap.0.as_f32(),
            Op::HorizontalScaling(percent) => self.state.stretch = percent.0.as_f32() / 100.0,
            Op::TextLeading(leading) => self.state.leading = leading.0.as_f32(),
            Op::SetTextMatrix(m) => {
                self.line = numbers([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                self.text = self.line;
            }
            Op::NextLine(by) => self.next_line(by.0.as_f32(), by.1.as_f32()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f32();
                self.next_line(by.0.as_f32(), by.1.as_f32());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(shown) => self.show(shown.0.as_bytes()),
            Op::NextLineAndShowText(shown) => {
                self.next_line(0.0, -self.state.leading);
                self.show(shown.0.as_bytes());
            }
            Op::ShowTextWithParameters(shown) => {
                self.state.word_gap = shown.0.as_f32();
                self.state.letter_gap = shown.1.as_f32();
                self.next_line(0.0, -self.state.leading);
                self.show(shown.2.as_bytes());
            }
            Op::ShowTexts(shown) => {
                for item in shown.0.iter::<Object<'_>>() {
                    match item {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(back) => {
                            let by = -back.as_f32() / 1000.0 * self.state.size;
                            self.advance(by * self.state.stretch);
                        }
                        _ => {}
                    }
                }
            }
            Op::InlineImage(_) => self.has_pictures = true,
            _ => {}
        }
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        let make = || Rc::new(Font::new(&dict));
        let id = dict.obj_id().map(|id| (id.obj_number, id.gen_number));
        Some(match id {
            Some(id) => self.fonts.entry(id).or_insert_with(make).clone(),
            None => make(),
        })
    }

    fn next_line(&mut self, right: f32, up: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, right, up], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, right: f32) {
        self.text = times([1.0, 0.0, 0.0, 1.0, right, 0.0], self.text);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        for code in font.codes(bytes) {
            let Some(left) = self.budget.letters.checked_sub(1) else {
                return;
            };
            self.budget.letters = left;
            let placed = times(self.text, self.state.matrix);
            let word_gap = if code.is_space {
                self.state.word_gap
            } else {
                0.0
            };
            let width = code.width * self.state.size;
            match code.text.filter(|text| is_letters(text)) {
                Some(text) => self.place(text, placed, width * self.state.stretch),
                None => self.unread += usize::from(!code.is_space),
            }
            let step = width + self.state.letter_gap + word_gap;
            self.advance(step * self.state.stretch);
        }
    }

    /// Text that runs across the page is kept; what is turned (a stamp in the margin) is not.
    fn place(&mut self, text: String, placed: Matrix, width: f32) {
        let size = self.state.size.abs() * (placed[2].powi(2) + placed[3].powi(2)).sqrt();
        let is_level = placed[0] > 0.0 && placed[1].abs() < placed[0] * 0.1;
        let letter = Letter {
            text,
            left: placed[4],
            right: placed[4] + width * placed[0],
            baseline: placed[5],
            size,
        };
        let all = [letter.left, letter.right, letter.baseline, size];
        if is_level && size > 0.0 && all.iter().all(|n| n.is_finite()) {
            self.letters.push(letter);
        }
    }
}

/// Not of the private part of Unicode, where fonts put signs that only they know.
fn is_letters(text: &str) -> bool {
    !text
        .chars()
        .any(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}'))
}

fn numbers(all: [&Number; 6]) -> Matrix {
    all.map(|number| number.as_f32())
}

fn matrix_of(array: &Array<'_>) -> Option<Matrix> {
    let all: Vec<f32> = array.iter::<Number>().take(6).map(|n| n.as_f32()).collect();
    all.try_into().ok()
}
