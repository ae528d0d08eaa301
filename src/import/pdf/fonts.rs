//! From the codes of a font to letters and widths.

use super::glyph_names;
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use std::collections::HashMap;

/// One font of a page.
pub(super) struct Font {
    /// Codes have two bytes.
    is_wide: bool,
    to_unicode: Option<CMap>,
    /// From codes to the numbers that widths are given by, of wide fonts.
    codes: Option<CMap>,
    /// The codes of a wide font are letters in UTF-16.
    is_unicode: bool,
    /// Letters of the 256 codes of a narrow font.
    letters: Vec<Option<String>>,
    /// In thousandths of the size.
    widths: HashMap<u32, f32>,
    usual_width: Option<f32>,
}

/// One code of a string that is shown.
pub(super) struct Code {
    pub(super) text: Option<String>,
    /// Share of the font's size.
    pub(super) width: f32,
    /// It is the one-byte code 32, to which word spacing applies.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn new(dict: &Dict<'_>) -> Self {
        let to_unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| stream.decoded_data().ok())
            .and_then(|data| CMap::parse(&data, |_| None));
        let is_wide = name(dict, "Subtype").as_deref() == Some("Type0");
        let mut font = Self {
            is_wide,
            to_unicode,
            codes: None,
            is_unicode: false,
            letters: Vec::new(),
            widths: HashMap::new(),
            usual_width: None,
        };
        if is_wide {
            font.read_wide(dict);
        } else {
            font.read_narrow(dict);
        }
        font
    }

    fn read_wide(&mut self, dict: &Dict<'_>) {
        if let Some(name) = name(dict, "Encoding") {
            self.is_unicode = name.contains("UCS2") || name.contains("UTF16");
        } else if let Some(stream) = dict.get::<Stream<'_>>("Encoding") {
            let data = stream.decoded_data().ok();
            self.codes = data.and_then(|data| CMap::parse(&data, |_| None));
        }
        let Some(descendant) = dict
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next())
        else {
            return;
        };
        let usual = descendant.get::<Number>("DW").map(|n| n.as_f32());
        self.usual_width = Some(usual.unwrap_or(1000.0));
        if let Some(widths) = descendant.get::<Array<'_>>("W") {
            self.read_wide_widths(&widths);
        }
    }

    /// `c [w1 w2 …]` and `first last w`, in any order.
    fn read_wide_widths(&mut self, widths: &Array<'_>) {
        /// Numbers of glyphs have two bytes.
        const MOST: u32 = 0xFFFF;
        let mut pending: Vec<f32> = Vec::new();
        for item in widths.iter::<Object<'_>>() {
            match item {
                Object::Array(list) => {
                    let first = pending.pop().unwrap_or(0.0).max(0.0) as u32;
                    for (at, width) in (0..=MOST).zip(list.iter::<Number>()) {
                        self.widths.insert(first.saturating_add(at), width.as_f32());
                    }
                    pending.clear();
                }
                Object::Number(number) => pending.push(number.as_f32()),
                _ => {}
            }
            if let [first, last, width] = pending[..] {
                let (first, last) = (first.max(0.0) as u32, last.max(0.0) as u32);
                for code in first..=last.min(MOST) {
                    self.widths.insert(code, width);
                }
                pending.clear();
            }
        }
    }

    fn read_narrow(&mut self, dict: &Dict<'_>) {
        let encoding = dict.get::<Dict<'_>>("Encoding");
        let base = match &encoding {
            Some(encoding) => name(encoding, "BaseEncoding"),
            None => name(dict, "Encoding"),
        };
        self.letters = (0..=255)
            .map(|code| base_letter(base.as_deref(), code))
            .collect();
        let differences = encoding.and_then(|e| e.get::<Array<'_>>("Differences"));
        let mut code = 0usize;
        for item in differences.iter().flat_map(Array::iter::<Object<'_>>) {
            match item {
                Object::Number(number) => code = number.as_i64().clamp(0, 256) as usize,
                Object::Name(name) => {
                    if let Some(slot) = self.letters.get_mut(code) {
                        *slot = glyph_names::letters(name.as_str());
                    }
                    code += 1;
                }
                _ => {}
            }
        }
        let first = dict.get::<Number>("FirstChar").map_or(0, |n| n.as_i64());
        let first = first.clamp(0, 255) as u32;
        let widths = dict.get::<Array<'_>>("Widths");
        // The glyphs of a Type 3 font are measured in a space of their own.
        let scale = dict
            .get::<Array<'_>>("FontMatrix")
            .and_then(|matrix| matrix.iter::<Number>().next())
            .map_or(1.0, |n| n.as_f32() * 1000.0);
        for (code, width) in (first..256).zip(widths.iter().flat_map(Array::iter::<Number>)) {
            self.widths.insert(code, width.as_f32() * scale);
        }
    }

    /// The codes of a string.
    pub(super) fn codes<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Code> + 'a {
        let step = if self.is_wide { 2 } else { 1 };
        bytes.chunks(step).map(move |chunk| {
            let code = chunk.iter().fold(0u32, |sum, &b| sum << 8 | u32::from(b));
            let text = self.text(code);
            Code {
                width: self.width(code, text.as_deref()) / 1000.0,
                is_space: !self.is_wide && code == 32,
                text,
            }
        })
    }

    fn text(&self, code: u32) -> Option<String> {
        let told = self
            .to_unicode
            .as_ref()
            .and_then(|map| map.lookup_bf_string(code));
        let told = told.map(|text| match text {
            BfString::Char(letter) => letter.to_string(),
            BfString::String(text) => text,
        });
        let told = told.filter(|text| !text.is_empty() && !text.starts_with('\0'));
        told.or_else(|| {
            if self.is_wide {
                let letter = self.is_unicode.then(|| char::from_u32(code)).flatten();
                return letter.map(String::from);
            }
            self.letters.get(code as usize).cloned().flatten()
        })
    }

    fn width(&self, code: u32, text: Option<&str>) -> f32 {
        let number = match &self.codes {
            Some(codes) => codes.lookup_cid_code(code, 2).unwrap_or(code),
            None => code,
        };
        let known = self.widths.get(&number).copied().or(self.usual_width);
        let width = known.unwrap_or_else(|| usual_width(text));
        if width.is_finite() { width } else { 0.0 }
    }
}

/// Of the fonts that every reader has and that need not tell their widths.
fn usual_width(text: Option<&str>) -> f32 {
    match text.and_then(|text| text.chars().next()) {
        Some('m' | 'w' | 'M' | 'W' | '—' | '@' | '%') => 850.0,
        Some(c) if " .,:;'|!ijltfrI()[]-’‘".contains(c) => 290.0,
        Some(c) if c.is_uppercase() => 680.0,
        _ => 520.0,
    }
}

/// The letter of a code in one of the format's own encodings.
fn base_letter(encoding: Option<&str>, code: u8) -> Option<String> {
    if code < 32 {
        return None;
    }
    let standard = match code {
        0x27 => "’",
        0x60 => "‘",
        0xAE => "fi",
        0xAF => "fl",
        0xAA => "“",
        0xBA => "”",
        0xB1 => "–",
        0xD0 => "—",
        0xB7 => "•",
        _ => "",
    };
    let table = match encoding {
        Some("MacRomanEncoding") => encoding_rs::MACINTOSH,
        Some("WinAnsiEncoding") => encoding_rs::WINDOWS_1252,
        _ if !standard.is_empty() => return Some(standard.to_owned()),
        _ => encoding_rs::WINDOWS_1252,
    };
    let bytes = [code];
    let (text, _) = table.decode_without_bom_handling(&bytes);
    let text = text.replace('\u{a0}', " ");
    (!text.chars().any(char::is_control)).then_some(text)
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key)
        .map(|name| name.as_str().to_owned())
}
