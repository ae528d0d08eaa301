//! Bytes in, documents out: files, folders, standard input and pasted text of any encoding; and graph
//! files (CSV, GEXF, GraphML) for layouts.
//!
//! Knows formats and the marks that reports give of themselves (dates, bylines, credits); knows
//! nothing of entities. A page that holds several articles becomes several documents; whatever is
//! navigation, credit or appeal in a document is marked as boilerplate and stays in its text.

mod articles;
mod boilerplate;
mod dates;
mod decode;
mod find;
mod graph;
mod graph_csv;
mod graph_gexf;
mod graph_graphml;
mod graph_xml;
mod lines;
mod marks;
mod metadata;
mod name_list;
mod read;
mod split;

pub use find::{Found, FoundFile, find};
pub use graph::{GraphFile, MAX_GRAPH_BYTES, read_graph};
pub use name_list::{MAX_LIST_BYTES, parse_list, read_list};
pub use read::{MAX_TEXT_BYTES, is_project, read_bytes, read_file};
