//! Mentions by rules: lexicons, gazetteer and the shapes of names. Sentences come in; mentions and
//! roles go out. Each rule file proposes candidates, one stage decides between them, and a last one
//! makes the document agree with itself. It knows nothing of other documents, entities or relations.

mod beside;
mod called;
mod candidate;
mod consistency;
mod dates;
mod events;
mod fashions;
mod features;
mod fixed;
pub mod initials;
mod joined;
mod minor;
pub mod money;
mod nationality;
mod organizations;
mod page;
mod persons;
mod places;
pub mod roles;
mod rules;
mod shapes;
mod spelled;
mod stated;
mod trained;
mod units;
mod whole;
pub mod whole_names;

pub use features::names as feature_names;
pub use rules::{RuleRecognizer, TaggerInput};
pub use trained::TrainedRecognizer;
pub use whole::RULE as WHOLE;
