//! The formats that a project can be exported to, and how a file's name tells them.

use crate::error::{Error, ErrorKind, Result};
use std::path::Path;

/// A format that a project can be exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A picture of pixels.
    Png,
    /// A picture of lines and text, for browsers and drawing programs.
    Svg,
    /// A page to print.
    Pdf,
    /// Everything, as other programs read it.
    Json,
    /// The graph as shown, for Gephi and its kin.
    Gexf,
    /// The evidence of every shown line as a table.
    EvidenceTable,
    /// The evidence of every shown line as a page.
    EvidencePage,
}

impl Format {
    /// All formats, in the order of lists.
    pub const ALL: [Self; 7] = [
        Self::Png,
        Self::Svg,
        Self::Pdf,
        Self::Json,
        Self::Gexf,
        Self::EvidenceTable,
        Self::EvidencePage,
    ];

    /// The extension of its files, which is its name on the command line too.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::Gexf => "gexf",
            Self::EvidenceTable => "csv",
            Self::EvidencePage => "html",
        }
    }

    /// The words for lists and dialogs.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Png => "PNG picture",
            Self::Svg => "SVG drawing",
            Self::Pdf => "PDF page",
            Self::Json => "JSON data",
            Self::Gexf => "GEXF graph",
            Self::EvidenceTable => "CSV table of evidence",
            Self::EvidencePage => "HTML page of evidence",
        }
    }

    /// It shows the scene, so that size, theme and camera matter.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Svg | Self::Pdf)
    }

    /// It shows where entities lie.
    pub const fn needs_places(self) -> bool {
        self.is_picture() || matches!(self, Self::Gexf)
    }

    /// The format of that [`Format::key`], whatever the case of its letters.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.key().eq_ignore_ascii_case(key))
    }

    /// The format that the extension of `path` names.
    ///
    /// # Errors
    /// When there is no extension or none of these formats has it.
    pub fn from_path(path: &Path) -> Result<Self> {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        Self::from_key(&extension).ok_or_else(|| {
            let known: Vec<String> = Self::ALL
                .iter()
                .map(|format| format!(".{}", format.key()))
                .collect();
            let message = format!("the name must end in one of {}", known.join(", "));
            Error::new(ErrorKind::Usage, message).at(path)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_name_formats() {
        for format in Format::ALL {
            let path = format!("a.b/chart.{}", format.key().to_uppercase());
            assert_eq!(Format::from_path(Path::new(&path)).unwrap(), format);
        }
        for path in ["chart", "chart.", "chart.doc", ".png"] {
            assert!(Format::from_path(Path::new(path)).is_err(), "{path}");
        }
    }
}
