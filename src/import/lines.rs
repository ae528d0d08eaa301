//! A text as its lines with something on them, twelve bytes each.

/// A line with something on it. Offsets are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    start: u32,
    end: u32,
    /// White space before the first character, in characters; 255 at most.
    pub indent: u8,
    /// Empty lines before it; 255 at most.
    pub blanks_before: u8,
    /// Bytes of the bullet and the space after it; 0 without a bullet.
    bullet: u8,
}

impl Line {
    /// Where the line's first visible character is.
    #[cfg(test)]
    pub const fn start(&self) -> usize {
        self.start as usize
    }

    /// Where the line's words begin: after the bullet, if it has one.
    pub const fn words_start(&self) -> usize {
        (self.start as usize) + (self.bullet as usize)
    }

    /// Where its last visible character ends.
    pub const fn end(&self) -> usize {
        self.end as usize
    }

    /// It begins with a bullet.
    pub const fn has_bullet(&self) -> bool {
        self.bullet > 0
    }

    /// Its words, without bullet and outer white space.
    pub fn words<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.words_start()..self.end()).unwrap_or_default()
    }
}

/// The lines of `text` that are not empty. Ends of lines are `\n`, `\r\n` and a lone `\r`.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut blanks: u8 = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        match line(&rest[..length], at, blanks) {
            Some(line) => {
                lines.push(line);
                blanks = 0;
            }
            None => blanks = blanks.saturating_add(1),
        }
        at += length;
        at += match &text.as_bytes()[at..] {
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
    }
    lines
}

fn line(content: &str, at: usize, blanks_before: u8) -> Option<Line> {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}');
    let visible = content.trim_start_matches(is_space);
    let start = at + content.len() - visible.len();
    let visible = visible.trim_end_matches(is_space);
    if visible.is_empty() {
        return None;
    }
    let indent = content
        .chars()
        .take(255)
        .take_while(|c| is_space(*c))
        .count();
    Some(Line {
        start: u32::try_from(start).ok()?,
        end: u32::try_from(start + visible.len()).ok()?,
        indent: u8::try_from(indent).unwrap_or(u8::MAX),
        blanks_before,
        bullet: bullet_length(visible),
    })
}

fn bullet_length(visible: &str) -> u8 {
    let mut characters = visible.chars();
    let Some(first) = characters.next() else {
        return 0;
    };
    let is_bullet = matches!(
        first,
        '•' | '◦' | '▪' | '■' | '●' | '·' | '‣' | '*' | '-' | '–'
    );
    let rest = characters.as_str();
    let words = rest.trim_start();
    if !is_bullet || words.is_empty() || words.len() == rest.len() {
        return 0;
    }
    u8::try_from(visible.len() - words.len()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_of_lines_of_all_systems() {
        let text = "one\r\n\r\n  • two \rthree\n\n\n- four";
        let found: Vec<(&str, u8, u8)> = lines(text)
            .iter()
            .map(|line| (line.words(text), line.indent, line.blanks_before))
            .collect();
        assert_eq!(
            found,
            [
                ("one", 0, 0),
                ("two", 2, 1),
                ("three", 0, 0),
                ("four", 0, 2)
            ]
        );
    }

    proptest! {
        #[test]
        fn lines_cover_all_that_is_visible(text in "[ab•\\- \\r\\n\u{FEFF}é]{0,60}") {
            let found = lines(&text);
            let visible = |text: &str| {
                text.chars().filter(|c| !c.is_whitespace() && *c != '\u{FEFF}').count()
            };
            let in_lines: usize = found.iter().map(|l| visible(&text[l.start()..l.end()])).sum();
            prop_assert_eq!(in_lines, visible(&text));
            for pair in found.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start());
            }
        }
    }
}
