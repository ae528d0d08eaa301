//! The command line as clap reads it, and what is refused with one sentence.

use crate::session::LayoutChoice;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// From a folder of reports to a graph whose every line leads to its sentence.
#[derive(Debug, Parser)]
#[command(
    name = "redstring",
    version,
    about,
    disable_help_subcommand = true,
    after_help = "Without a command the window opens. PATH is a document, a folder, a project file, or - for text on standard input.\n\
                  Exit codes: 0 done, 1 something failed, 2 wrong usage, 130 interrupted."
)]
pub struct Arguments {
    /// What to do; none opens the window.
    #[command(subcommand)]
    pub task: Option<Task>,
    /// Print the licenses of Redstring and of what it is made of
    #[arg(long)]
    pub licenses: bool,
    /// Print nothing on standard error but failures
    #[arg(long, global = true)]
    pub quiet: bool,
    /// How many threads to use; the result is the same for any number [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Open the window on a project file, or on documents and folders
    Open {
        /// A project file, or documents and folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Write the entities and relations of documents as data
    Extract(Extract),
    /// Write the graph of documents as a picture, data or a project file
    Export(Export),
    /// Arrange a graph file and write the positions
    Layout(Layout),
}

/// Arguments of `redstring extract`.
#[derive(Debug, Args)]
pub struct Extract {
    /// Documents, folders, a project file, or - for text on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// One JSON object, one line for each document, or counts
    #[arg(long, value_enum, default_value_t = DataFormat::Json)]
    pub format: DataFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which relations to write
    #[arg(long, value_enum, default_value_t = RelationOption::Stated)]
    pub relations: RelationOption,
    /// The user's own lists.
    #[command(flatten)]
    pub lists: Lists,
}

/// The user's own lists.
#[derive(Debug, Args)]
pub struct Lists {
    /// Your own list of names, which takes precedence: a CSV with the columns name, kind, aliases
    ///
    /// The kind is person, unit, organization, place, equipment, event, group or date, or "never" for
    /// a name that is no entity. Aliases are divided by ; or |. Names are looked for as whole words,
    /// the longest first; abbreviations in capitals (NIS) as they are written. May be given more than
    /// once: of two lists that hold a name, the first decides.
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,
}

/// Form of `redstring extract`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// One object for all documents.
    Json,
    /// One object a line, one line a document, each resolved alone.
    Jsonl,
    /// Counts, one a line.
    Summary,
}

/// Which relations `redstring extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RelationOption {
    /// No relations.
    None,
    /// Relations that a source states.
    Stated,
    /// Co-mentions and the gazetteer's relations too.
    All,
}

/// Arguments of `redstring export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Documents, folders, a project file, or - for text on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The file to write; its extension names the format: png, svg, pdf, json, gexf, csv, html, redstring
    ///
    /// csv and html list the evidence of every shown line, sentence by sentence.
    #[arg(short, long, required = true, value_name = "FILE")]
    pub output: PathBuf,
    /// The format, where the extension does not tell
    #[arg(long, value_name = "NAME", value_parser = ["png", "svg", "pdf", "json", "gexf", "csv", "html", "redstring"])]
    pub format: Option<String>,
    /// How to arrange the graph
    #[arg(long, value_enum, value_name = "NAME")]
    pub layout: Option<PictureLayout>,
    /// Width of the picture in pixels
    #[arg(long, value_name = "PX", requires = "height", value_parser = clap::value_parser!(u32).range(16..=16384))]
    pub width: Option<u32>,
    /// Height of the picture in pixels
    #[arg(long, value_name = "PX", requires = "width", value_parser = clap::value_parser!(u32).range(16..=16384))]
    pub height: Option<u32>,
    /// Page to fill instead of a size in pixels
    #[arg(long, value_enum, requires = "dpi", conflicts_with_all = ["width", "height"])]
    pub paper: Option<Paper>,
    /// Pixels per inch of the page
    #[arg(long, value_name = "N", requires = "paper", value_parser = clap::value_parser!(u32).range(18..=1200))]
    pub dpi: Option<u32>,
    /// Colors of the picture
    #[arg(long, value_enum)]
    pub theme: Option<Theme>,
    /// Number the lines of the picture by their sources, and list these at its foot
    #[arg(long)]
    pub sources: bool,
    /// Seed of the layout
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The user's own lists.
    #[command(flatten)]
    pub lists: Lists,
}

/// Layouts for pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureLayout {
    /// Linked nodes attract, all repel.
    #[value(alias = "forceatlas2")]
    Force,
    /// All on a circle.
    Circular,
    /// On rings around the node of the most links.
    Radial,
    /// As an order of battle: leaders and parents above.
    Hierarchical,
    /// In rows and columns, kind by kind.
    Grid,
    /// Places at their coordinates on a map, the rest near them.
    Geographic,
}

/// Pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// 210 by 297 mm, lying.
    #[value(name = "A4", alias = "a4")]
    A4,
    /// 297 by 420 mm, lying.
    #[value(name = "A3", alias = "a3")]
    A3,
    /// 8.5 by 11 inches, lying.
    #[value(name = "letter")]
    Letter,
}

/// Colors of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Dark on a light ground.
    Light,
    /// Light on a dark ground.
    Dark,
    /// Black on white, for paper.
    Print,
}

/// Arguments of `redstring layout`.
#[derive(Debug, Args)]
pub struct Layout {
    /// The graph: csv with the columns Source, Target and perhaps Weight; gexf; graphml
    #[arg(value_name = "GRAPH")]
    pub graph: PathBuf,
    /// The positions to write: csv with the columns Id, X, Y
    #[arg(short, long, required = true, value_name = "POSITIONS.csv")]
    pub output: PathBuf,
    /// How to arrange the graph: force, circular, radial, hierarchical or grid
    #[arg(
        long,
        default_value = "force",
        value_name = "NAME",
        hide_default_value = true
    )]
    pub algorithm: String,
    /// Seed of the layout
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Move nodes apart that overlap, with their names below them
    #[arg(long)]
    pub separate: bool,
}

impl Layout {
    /// The layouts that need nothing but a graph.
    pub fn choices() -> impl Iterator<Item = LayoutChoice> {
        let all = LayoutChoice::ALL.into_iter();
        all.filter(|&choice| choice != LayoutChoice::Geographic)
    }

    /// The one of that name.
    pub fn choice(name: &str) -> Option<LayoutChoice> {
        LayoutChoice::from_key(name).filter(|&choice| choice != LayoutChoice::Geographic)
    }
}

impl Task {
    /// One sentence for an option that belongs to a later version, if one was given.
    pub fn refusal(&self) -> Option<String> {
        match self {
            Self::Layout(layout) if Layout::choice(&layout.algorithm).is_none() => {
                let known: Vec<&str> = Layout::choices().map(LayoutChoice::key).collect();
                Some(format!(
                    "There is no layout of graph files named {}; use one of {}.",
                    layout.algorithm,
                    known.join(", ")
                ))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn forceatlas2_is_another_name_for_force() {
        let arguments = Arguments::try_parse_from([
            "redstring",
            "export",
            "seeds",
            "-o",
            "a.png",
            "--layout",
            "forceatlas2",
        ]);
        let Some(Task::Export(export)) = arguments.unwrap().task else {
            panic!("not an export");
        };
        assert_eq!(export.layout, Some(PictureLayout::Force));
    }

    #[test]
    fn every_layout_is_known_and_no_other() {
        let refused = |name: &str| {
            let words = [
                "redstring",
                "layout",
                "a.csv",
                "-o",
                "b",
                "--algorithm",
                name,
            ];
            let arguments = Arguments::try_parse_from(words).unwrap();
            arguments.task.unwrap().refusal()
        };
        for choice in Layout::choices() {
            assert_eq!(refused(choice.key()), None);
        }
        assert_eq!(refused("forceatlas2"), None);
        for name in ["spiral", "geographic"] {
            assert!(refused(name).unwrap().contains("hierarchical"));
        }
    }
}
