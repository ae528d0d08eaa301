//! From characters to sentences and tokens. A text comes in; byte ranges go out, on character
//! boundaries, in linear time for any text. It knows nothing of names.

mod sentences;
mod tokens;

pub use sentences::sentences;
pub use tokens::{Class, Token, tokens};
