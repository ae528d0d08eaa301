//! What the readers of XML graph files share: elements with their attributes, and line numbers.

use super::graph::format_error;
use crate::error::{Error, Result};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// What happens next in an XML file.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// An element of this local name ends.
    Close(String),
    /// Text between the tags.
    Text(String),
    /// The file ends, with every element closed.
    End,
}

/// An element's name and attributes.
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
    /// The line that it ends in.
    pub line: usize,
}

impl Element<'_> {
    /// The name without its namespace prefix.
    pub fn name(&self) -> String {
        self.start.local_name().as_ref().to_owned()
    }

    /// An attribute by its name without prefix; `None` if it is not there.
    ///
    /// # Errors
    /// When the attributes are not well-formed or name an entity that XML does not define: those
    /// that a file defines itself are never expanded.
    pub fn attribute(&self, name: &str) -> Result<Option<String>> {
        for attribute in self.start.attributes().with_checks(false) {
            let attribute =
                attribute.map_err(|cause| format_error(self.line, &cause.to_string()))?;
            if attribute.key.local_name().as_ref() == name {
                let value = attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .map_err(|cause| format_error(self.line, &cause.to_string()))?;
                return Ok(Some(value.into_owned()));
            }
        }
        Ok(None)
    }

    /// An attribute that must be there.
    pub fn required(&self, name: &str) -> Result<String> {
        self.attribute(name)?.ok_or_else(|| {
            let message = format!("<{}> has no attribute {name}", self.name());
            format_error(self.line, &message)
        })
    }
}

/// Walks an XML file that was decoded to UTF-8.
pub(super) struct Walker<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    counted_to: usize,
    lines: usize,
    depth: usize,
}

impl<'a> Walker<'a> {
    /// A walker at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            text,
            counted_to: 0,
            lines: 1,
            depth: 0,
        }
    }

    /// The line that the walker has come to. Counting goes on where it stopped, so it is linear.
    fn line(&mut self) -> usize {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let at = at.min(self.text.len()).max(self.counted_to);
        let passed = &self.text.as_bytes()[self.counted_to..at];
        self.lines += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted_to = at;
        self.lines
    }

    fn error(&mut self, cause: &quick_xml::Error) -> Error {
        let line = self.line();
        format_error(line, &cause.to_string())
    }

    /// The next step.
    ///
    /// # Errors
    /// When the file is not well-formed or ends too early.
    pub fn step(&mut self) -> Result<Step<'a>> {
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(cause) => return Err(self.error(&cause)),
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    let line = self.line();
                    return Ok(Step::Open(Element { start, line }));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::Close(end.local_name().as_ref().to_owned()));
                }
                Event::Text(text) => return Ok(Step::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Step::Text(text.xml10_content().into_owned())),
                // Only what XML itself defines: what a file defines is never expanded.
                Event::GeneralRef(reference) => {
                    let letter = reference.resolve_char_ref().ok().flatten();
                    let known = resolve_predefined_entity(&reference);
                    if let Some(text) = letter.map(String::from).or(known.map(str::to_owned)) {
                        return Ok(Step::Text(text));
                    }
                }
                Event::Eof if self.depth > 0 => {
                    let line = self.line();
                    return Err(format_error(
                        line,
                        "the file ends before its last element is closed",
                    ));
                }
                Event::Eof => return Ok(Step::End),
                _ => {}
            }
        }
    }
}
