//! Text with marked stretches: mentions in the color of their kind, what is followed, what is selected.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Stroke};

/// One marked stretch. Later marks win over earlier ones where both set the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Bytes of the whole text (not of the part that is laid out).
    pub range: [usize; 2],
    /// Ground behind the words.
    pub background: Option<Color32>,
    /// Line under the words.
    pub underline: Option<Color32>,
    /// Weight 600.
    pub strong: bool,
}

/// Lays out `text`, which begins at byte `offset` of the whole text, at most `width` points wide.
/// Control characters become blanks; marks are cut to the text and to character boundaries.
pub fn job(
    text: &str,
    offset: usize,
    marks: &[Mark],
    font: &FontId,
    color: Color32,
    width: f32,
) -> LayoutJob {
    let mut cuts = vec![0, text.len()];
    for mark in marks {
        for edge in mark.range {
            let edge = edge.saturating_sub(offset);
            if edge < text.len() && text.is_char_boundary(edge) {
                cuts.push(edge);
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut job = LayoutJob {
        wrap: TextWrapping::wrap_at_width(width),
        break_on_newline: false,
        ..LayoutJob::default()
    };
    for pair in cuts.windows(2) {
        let format = format_at(offset + pair[0], marks, font, color);
        let piece: String = text[pair[0]..pair[1]]
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        job.append(&piece, 0.0, format);
    }
    job
}

fn format_at(byte: usize, marks: &[Mark], font: &FontId, color: Color32) -> TextFormat {
    let mut format = TextFormat {
        expand_bg: 1.0,
        line_height: Some((font.size * 1.5).round()),
        ..TextFormat::simple(font.clone(), color)
    };
    for mark in marks {
        if !(mark.range[0]..mark.range[1]).contains(&byte) {
            continue;
        }
        if let Some(background) = mark.background {
            format.background = background;
        }
        if let Some(line) = mark.underline {
            format.underline = Stroke::new(2.0, line);
        }
        if mark.strong {
            format.font_id = FontId::new(font.size, super::look::name().family);
        }
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark {
            range: [start, end],
            background: Some(Color32::RED),
            underline: None,
            strong: false,
        }
    }

    #[test]
    fn marks_cut_the_text_where_they_begin_and_end() {
        let job = job(
            "Ada met\nBob",
            100,
            &[mark(100, 103), mark(108, 111)],
            &FontId::default(),
            Color32::BLACK,
            100.0,
        );
        let parts: Vec<(&str, bool)> = job
            .sections
            .iter()
            .map(|s| {
                let range = s.byte_range.start.0..s.byte_range.end.0;
                (&job.text[range], s.format.background == Color32::RED)
            })
            .collect();
        assert_eq!(parts, [("Ada", true), (" met ", false), ("Bob", true)]);
    }

    #[test]
    fn marks_off_the_text_or_inside_a_character_are_harmless() {
        let text = "Ünal";
        let job = job(
            text,
            10,
            &[mark(0, 5), mark(11, 12), mark(13, 900)],
            &FontId::default(),
            Color32::BLACK,
            100.0,
        );
        assert_eq!(job.text, text);
    }
}
