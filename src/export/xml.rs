//! Text as XML 1.0 may hold it.

use std::fmt::{self, Display, Write};

/// Text for element content or an attribute in double quotes. Characters that XML 1.0 does not allow
/// become U+FFFD.
pub(super) struct Escaped<'a>(pub &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => f.write_char('\u{FFFD}')?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_escapes() {
        let escaped = Escaped("a<b> & \"c\"\u{1}\n'd'").to_string();
        assert_eq!(escaped, "a&lt;b&gt; &amp; &quot;c&quot;\u{FFFD} 'd'");
    }
}
