//! What several test files share: made-up graphs, and a way to see a window without any display.
#![allow(dead_code)]

pub mod desk;
pub mod drawn;
pub mod graphs;
pub mod raster;
pub mod window;
