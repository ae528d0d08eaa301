//! Bytes in, documents out: files (text, Markdown, HTML, PDF, DOCX, ODT, EML), folders, standard input and
//! pasted text of any encoding; the user's own lists of names; and graph
//! files (CSV, GEXF, GraphML) for layouts.
//!
//! Knows formats and the marks that reports give of themselves (dates, bylines, credits); knows
//! nothing of entities. A page that holds several articles becomes several documents; whatever is
//! navigation, credit or appeal in a document is marked as boilerplate and stays in its text.

mod articles;
mod boilerplate;
mod bylines;
mod dates;
mod decode;
mod find;
mod formats;
mod graph;
mod graph_csv;
mod graph_gexf;
mod graph_graphml;
mod graph_xml;
mod html;
mod language;
mod lines;
mod mail;
mod marks;
mod metadata;
mod name_list;
mod office;
mod page_title;
mod pdf;
mod read;
mod split;
mod writers;

pub use find::{Found, FoundFile, find};
pub use formats::READ_EXTENSIONS;
pub use graph::{GraphFile, MAX_GRAPH_BYTES, read_graph};
pub use name_list::{MAX_LIST_BYTES, parse_list, read_list};
pub use read::{MAX_TEXT_BYTES, is_project, read_bytes, read_file};
