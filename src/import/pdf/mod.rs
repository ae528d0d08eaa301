//! PDF files with a text layer: bytes in, running text out.
//!
//! What a page shows is followed operator by operator, letters are put into lines where they stand on
//! the page, and lines into paragraphs. What stands at the head or foot of page after page is left
//! out. Knows nothing of articles or entities. A file that is encrypted, that is only pictures of
//! text, or that unpacks beyond bounds is refused in a sentence.

mod fonts;
mod glyph_names;
mod guard;
mod lines;
mod page;
mod paragraphs;
mod read;
mod xmp;

pub(super) use read::read;
