//! Text laid out as it is seen: lines that are broken and cut where reading wants it, and what of the
//! text stands where.

use super::lines::break_lines;
use super::order::{Piece, is_right_to_left, pieces, visual_order};
use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, RichText, Ui, Vec2, WidgetText, vec2};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Text of one or more lines, laid out in the order in which it is seen.
pub struct SeenText {
    /// The text on screen.
    pub galley: Arc<Galley>,
    /// What stands where; `None` where nothing is read from right to left.
    pieces: Option<Vec<SeenPiece>>,
}

/// Words on the screen. The toolkit's own count of letters is no help where some are read from right to
/// left: it takes them for more than they are.
struct SeenPiece {
    row: usize,
    /// Bytes of the text.
    range: Range<usize>,
    /// Left and right end in the galley.
    sides: [f32; 2],
    is_reversed: bool,
    /// The words alone.
    galley: Arc<Galley>,
}

impl SeenText {
    /// The byte of `text` at a place of the galley.
    pub fn byte_at(&self, text: &str, at: Vec2) -> usize {
        let Some(pieces) = &self.pieces else {
            let index = self.galley.cursor_from_pos(at).index.0;
            return byte_of_letter(text, index);
        };
        let rows = &self.galley.rows;
        let row = rows.iter().position(|row| at.y < row.max_y());
        let row = row.unwrap_or(rows.len().saturating_sub(1));
        let mut in_row = pieces.iter().filter(|piece| piece.row == row).peekable();
        let first = in_row.peek().copied();
        let Some(piece) = in_row
            .take_while(|piece| piece.sides[0] <= at.x)
            .last()
            .or(first)
        else {
            return text.len();
        };
        let words = &text[piece.range.clone()];
        let [left, right] = piece.sides;
        let letter = if piece.is_reversed {
            let share = (right - at.x) / (right - left).max(1.0);
            (share * words.chars().count() as f32).round().max(0.0) as usize
        } else {
            piece.galley.cursor_from_pos(vec2(at.x - left, 1.0)).index.0
        };
        piece.range.start + byte_of_letter(words, letter)
    }

    /// How far below the top of the galley the row begins that holds byte `byte` of `text`.
    pub fn top_of(&self, text: &str, byte: usize) -> f32 {
        let Some(pieces) = &self.pieces else {
            let index = text.char_indices().take_while(|(at, _)| *at < byte).count();
            let cursor = egui::text::CCursor::new(index);
            return self.galley.pos_from_cursor(cursor).min.y;
        };
        let holding = pieces.iter().find(|piece| piece.range.contains(&byte));
        let row = holding.and_then(|piece| self.galley.rows.get(piece.row));
        row.map_or(0.0, |row| row.min_y())
    }
}

fn byte_of_letter(text: &str, index: usize) -> usize {
    let letter = text.char_indices().nth(index);
    letter.map_or(text.len(), |(byte, _)| byte)
}

/// Lays out `job`, whose text is one paragraph. Lines are broken in the order of reading; then each is
/// put in the order of seeing.
pub fn lay_out(ui: &Ui, job: LayoutJob) -> SeenText {
    if !job.text.chars().any(is_right_to_left) {
        return SeenText {
            galley: ui.fonts_mut(|fonts| fonts.layout_job(job)),
            pieces: None,
        };
    }
    let galley_of = |range: Range<usize>| {
        let mut part = LayoutJob::default();
        append(&mut part, &job, &Piece::of(range), |_| ());
        ui.fonts_mut(|fonts| fonts.layout_job(part))
    };
    let width_of = |range| galley_of(range).intrinsic_size().x;
    let rows = break_lines(&job.text, job.wrap.max_width, width_of);
    let (job_seen, placed) = in_visual_order(&job, rows);
    let mut pieces = Vec::with_capacity(placed.len());
    let (mut row_before, mut left) = (0, 0.0);
    for (row, piece) in placed {
        if row != row_before {
            (row_before, left) = (row, 0.0);
        }
        let galley = galley_of(piece.range.clone());
        let right = left + galley.intrinsic_size().x;
        pieces.push(SeenPiece {
            row,
            range: piece.range,
            sides: [left, right],
            is_reversed: piece.is_reversed,
            galley,
        });
        left = right;
    }
    SeenText {
        galley: ui.fonts_mut(|fonts| fonts.layout_job(job_seen)),
        pieces: Some(pieces),
    }
}

/// Words for a label that wraps: broken in the order of reading where some are read from right to left,
/// at most as wide as `ui` has room.
pub fn wrapped(ui: &Ui, text: &str, font: FontId, color: Color32) -> WidgetText {
    if !text.chars().any(is_right_to_left) {
        return RichText::new(text).font(font).color(color).into();
    }
    let text = text.replace('\n', " ");
    let job = LayoutJob::simple(text, font, color, ui.available_width());
    lay_out(ui, job).galley.into()
}

/// One line of `text`, in the order in which it is seen, cut at the end of reading, with an ellipsis,
/// where it is wider than `room` points.
pub fn cut_to(ui: &Ui, text: &str, font: &FontId, room: f32) -> String {
    let seen = |text: &str| visual_order(text).into_owned();
    let whole = seen(text);
    let width_of = |text: &str| {
        let (text, font) = (text.to_owned(), font.clone());
        let color = Color32::PLACEHOLDER;
        ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, font, color).size().x)
    };
    // What is read from left to right the toolkit cuts itself.
    if whole == text || width_of(&whole) <= room {
        return whole;
    }
    let starts_reversed = text
        .chars()
        .find(|&letter| letter.is_alphabetic())
        .is_some_and(is_right_to_left);
    let with_ellipsis = |kept: &str| match starts_reversed {
        true => format!("…{}", seen(kept.trim_end())),
        false => format!("{}…", seen(kept.trim_end())),
    };
    let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    let fitting = ends.partition_point(|&end| width_of(&with_ellipsis(&text[..end])) <= room);
    with_ellipsis(&text[..ends.get(fitting.saturating_sub(1)).copied().unwrap_or(0)])
}

/// The text of `job` with each of its rows in visual order and a new line after it, and its pieces with
/// their rows.
fn in_visual_order(job: &LayoutJob, rows: Vec<Range<usize>>) -> (LayoutJob, Vec<(usize, Piece)>) {
    let mut seen = LayoutJob {
        break_on_newline: true,
        halign: job.halign,
        ..LayoutJob::default()
    };
    let mut placed = Vec::new();
    let count = rows.len();
    // A paragraph runs the way of its first word.
    let rows = pieces(&job.text, None, rows.into_iter());
    for (number, row) in rows.into_iter().enumerate() {
        for piece in row {
            append(&mut seen, job, &piece, |part| {
                let piece = Piece {
                    range: part,
                    ..piece.clone()
                };
                placed.push((number, piece));
            });
        }
        if let (true, Some(section)) = (number + 1 < count, job.sections.first()) {
            seen.append("\n", 0.0, section.format.clone());
        }
    }
    (seen, placed)
}

/// Appends a piece of `job` in its own formats; each part of one format is told.
fn append(
    seen: &mut LayoutJob,
    job: &LayoutJob,
    piece: &Piece,
    mut told: impl FnMut(Range<usize>),
) {
    for section in &job.sections {
        let held = section.byte_range.start.0..section.byte_range.end.0;
        let part = piece.range.start.max(held.start)..piece.range.end.min(held.end);
        if part.is_empty() {
            continue;
        }
        let mut room = [0; 4];
        let words = match piece.turned {
            Some(letter) => &*letter.encode_utf8(&mut room),
            None => &job.text[part.clone()],
        };
        seen.append(words, 0.0, section.format.clone());
        told(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(parts: &[&str]) -> LayoutJob {
        let mut job = LayoutJob::default();
        for part in parts {
            job.append(part, 0.0, egui::TextFormat::default());
        }
        job
    }

    #[test]
    fn rows_are_broken_before_they_are_turned() {
        let text = ["حزب ", "الله", " قال (LB)"];
        let whole = text.concat();
        let cut = "حزب الله ".len();
        let (seen, pieces) = in_visual_order(&job(&text), vec![0..cut, cut..whole.len()]);
        assert_eq!(seen.text, " الله حزب\n(LB) قال");
        // The word on the right of the first row is the first that is read.
        let mut first_row = pieces.iter().filter(|(row, _)| *row == 0);
        let last = first_row
            .next_back()
            .map(|(_, piece)| piece.clone())
            .unwrap();
        assert!(last.is_reversed && last.range == (0.."حزب".len()));
    }

    /// In a frame, with the bundled fonts.
    fn in_frame(mut draw: impl FnMut(&Ui)) {
        let ctx = egui::Context::default();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| draw(ui));
        output.textures_delta.clear();
    }

    #[test]
    fn no_row_is_wider_than_its_room_and_clicks_find_their_words() {
        let text = "צבא ההגנה לישראל הודיע (IDF) כי חטיבה 47 גולני פועלת באזור חאן יונס ברצועת עזה";
        in_frame(|ui| {
            let mut job = job(&[&text[..20], &text[20..]]);
            job.wrap.max_width = 150.0;
            let seen = lay_out(ui, job);
            assert!(seen.galley.rows.len() > 2);
            for row in &seen.galley.rows {
                assert!(row.size.x <= 151.0, "{}", row.size.x);
            }
            let first = &seen.galley.rows[0];
            let at = vec2(first.size.x - 1.0, first.max_y() - 4.0);
            assert!(seen.byte_at(text, at) < 4, "the right end is read first");
            let last = text.rfind(' ').unwrap() + 1;
            let y = seen.top_of(text, last) + 2.0;
            assert!(y > first.max_y());
            assert!(seen.byte_at(text, vec2(1.0, y)) > last);
        });
    }

    #[test]
    fn long_lines_are_cut_where_reading_ends() {
        let text = "ראש הממשלה נפגש עם שר הביטחון";
        in_frame(|ui| {
            let font = FontId::default();
            let cut = cut_to(ui, text, &font, 120.0);
            assert!(cut.starts_with('…') && cut.ends_with("ראש"), "{cut}");
            assert_eq!(cut_to(ui, text, &font, 5000.0), visual_order(text));
            assert_eq!(cut_to(ui, "a long name", &font, 20.0), "a long name");
        });
    }
}
