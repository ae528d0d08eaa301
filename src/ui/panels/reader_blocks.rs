//! A document cut into blocks, so that only the visible part of a long text is laid out.

/// Longer lines are cut at a blank near this many bytes.
const LONGEST: usize = 1600;

/// The blocks of one text with their heights: estimates until a block was laid out once.
#[derive(Default)]
pub struct Blocks {
    /// Bytes of each block, line ends left out; in order, disjoint.
    pub ranges: Vec<[usize; 2]>,
    heights: Vec<f32>,
    tops: Vec<f32>,
    width: f32,
}

impl Blocks {
    /// Cuts `text` at line ends, and long lines at blanks.
    pub fn new(text: &str) -> Self {
        let mut ranges = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            cut_line(text, at, at + content.len(), &mut ranges);
            at += line.len();
        }
        Self {
            ranges,
            ..Self::default()
        }
    }

    /// Estimates all heights for lines `width` points wide, unless that is the width already.
    pub fn set_width(&mut self, width: f32, line_height: f32, gap: f32) {
        if (self.width - width).abs() < 0.5 && self.heights.len() == self.ranges.len() {
            return;
        }
        self.width = width;
        let per_line = (width / (line_height * 0.36)).max(8.0);
        self.heights = self
            .ranges
            .iter()
            .map(|[start, end]| {
                let lines = ((end - start) as f32 / per_line).ceil().max(0.5);
                lines * line_height + gap
            })
            .collect();
        self.place();
    }

    /// Notes the height that a block turned out to have; gives whether that changed anything.
    pub fn measured(&mut self, block: usize, height: f32) -> bool {
        let changed = (self.heights[block] - height).abs() > 0.25;
        self.heights[block] = height;
        changed
    }

    /// Puts the blocks below each other again after heights changed.
    pub fn place(&mut self) {
        self.tops.clear();
        let mut top = 0.0;
        for height in &self.heights {
            self.tops.push(top);
            top += height;
        }
        self.tops.push(top);
    }

    /// Height of all blocks together.
    pub fn total_height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Distance of a block from the top.
    pub fn top(&self, block: usize) -> f32 {
        self.tops.get(block).copied().unwrap_or(0.0)
    }

    /// The block at a distance from the top.
    pub fn block_at(&self, y: f32) -> usize {
        self.tops
            .partition_point(|&top| top <= y)
            .saturating_sub(1)
            .min(self.ranges.len().saturating_sub(1))
    }

    /// The block that holds a byte, or the next one after it.
    pub fn block_of(&self, byte: usize) -> usize {
        self.ranges
            .partition_point(|&[_, end]| end <= byte)
            .min(self.ranges.len().saturating_sub(1))
    }
}

fn cut_line(text: &str, mut start: usize, end: usize, ranges: &mut Vec<[usize; 2]>) {
    while end - start > LONGEST {
        let mut cut = start + LONGEST;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        if let Some(blank) = text[start..cut].rfind(' ').filter(|&at| at > 0) {
            cut = start + blank + 1;
        }
        ranges.push([start, cut]);
        start = cut;
    }
    ranges.push([start, end]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn line_ends_belong_to_no_block() {
        let blocks = Blocks::new("ab\r\n\ncd");
        assert_eq!(blocks.ranges, [[0, 2], [4, 4], [5, 7]]);
        assert_eq!(blocks.block_of(5), 2);
        assert_eq!(blocks.block_of(1), 0);
    }

    #[test]
    fn a_line_without_end_is_cut_and_found_by_height() {
        let text = "word ".repeat(200_000);
        let mut blocks = Blocks::new(&text);
        assert!(blocks.ranges.iter().all(|[a, b]| b - a <= LONGEST));
        blocks.set_width(400.0, 20.0, 4.0);
        let middle = blocks.total_height() / 2.0;
        let block = blocks.block_at(middle);
        assert!(blocks.top(block) <= middle && middle < blocks.top(block + 1));
    }

    proptest! {
        #[test]
        fn blocks_hold_everything_but_line_ends(text in "[a-z \r\n\u{e9}\u{4e2d}]{0,4000}") {
            let blocks = Blocks::new(&text);
            let mut covered = 0;
            for &[start, end] in &blocks.ranges {
                prop_assert!(covered <= start && start <= end);
                prop_assert!(text[covered..start].chars().all(|c| c == '\r' || c == '\n'));
                prop_assert!(text.is_char_boundary(end));
                covered = end;
            }
            prop_assert!(text[covered..].chars().all(|c| c == '\r' || c == '\n'));
        }
    }
}
