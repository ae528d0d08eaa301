//! One hierarchy in layers: cycles broken, layers by the longest way from the top, crossings reduced,
//! each layer placed below its parents and above its children.
//!
//! After Sugiyama, Tagawa and Toda (1981). Where bodies within the hierarchy have heads of their own,
//! heads stand in layers between those of the bodies, so that no commander of a part is level with the
//! whole. Many leaves of one parent, or many heads of one body, stand
//! together in rows as one item. Across, each layer in turn comes as near as can be to the middle of
//! what it is linked to in the layer before, exactly, by [`super::spread`].

use super::blocks::Block;
use super::crossings::reduce_crossings;
use super::graph::LayoutGraph;
use super::spread::spread;
use super::stop::Stop;
use crate::geometry::{Point, Rect, Vector};
use std::collections::BTreeMap;

/// Room between two items of a layer, in world units.
const GAP: f64 = 22.0;
/// Room beside a line that passes through a layer.
const GAP_OF_LINE: f64 = 9.0;
/// Room between two layers, and what is added for each unit that the steepest line goes across.
const LAYER_GAP: f32 = 58.0;
/// Share of the width of a wide drawing that is added between layers, so that lines are not too flat.
const LAYER_SHARE: f32 = 0.035;
/// More leaves of one parent than this stand in rows.
const MOST_LEAVES: usize = 7;
/// Rounds of placing the layers across.
const ROUNDS: usize = 14;
/// Lines through layers take part in all this up to so many pieces for each node and arc.
const MOST_PIECES: usize = 4;

/// What stands in a layer: a node, leaves in rows, or a line that passes through.
#[derive(Clone, Debug, Default)]
struct Item {
    /// Its nodes with their places relative to the item's middle; none for a line.
    nodes: Vec<(u32, Point)>,
    /// The room it takes, relative to its middle.
    room: Option<Rect>,
}

/// The layers of a hierarchy; items by number.
pub(super) struct Layers {
    /// For each layer, from the top, its items from left to right.
    pub order: Vec<Vec<u32>>,
    /// For each item those that it is linked to in the layer above.
    pub up: Vec<Vec<u32>>,
    /// For each item those that it is linked to in the layer below.
    pub down: Vec<Vec<u32>>,
    /// For heads of a body within the hierarchy those in the layer above that the body goes by.
    pub beside: Vec<Vec<u32>>,
}

/// Places of `nodes` (ascending), which hang together by `arcs` (above, below), in layers.
pub(super) fn layered(graph: &LayoutGraph, nodes: &[u32], arcs: &[(u32, u32)]) -> Block {
    let mut local: BTreeMap<u32, u32> = BTreeMap::new();
    for (at, &node) in nodes.iter().enumerate() {
        local.insert(node, at as u32);
    }
    let arcs: Vec<(u32, u32)> = arcs
        .iter()
        .filter_map(|(above, below)| Some((*local.get(above)?, *local.get(below)?)))
        .collect();
    let arcs = without_cycles(nodes.len(), &arcs);
    let (mut items, arcs) = bundled(graph, nodes, &arcs);
    let layer_of = without_gaps(layers_by_longest_way(items.len(), &arcs));
    let mut layers = with_lines(&mut items, &layer_of, &arcs);
    reduce_crossings(&mut layers, &graph.stop);
    let x = across(&items, &layers, &graph.stop);
    let y = down(&items, &layers, &x);
    let mut block = Vec::with_capacity(nodes.len());
    for (at, item) in items.iter().enumerate() {
        let offset = Vector::new(x[at] as f32, y[at]);
        block.extend(
            item.nodes
                .iter()
                .map(|&(node, place)| (node, place + offset)),
        );
    }
    block
}

/// Neighbours by node, in the order of the arcs.
fn lists(count: usize, pairs: impl Iterator<Item = (u32, u32)>) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); count];
    for (from, to) in pairs {
        lists[from as usize].push(to);
    }
    lists
}

/// The arcs, those turned around that lead back in a depth-first search from the top.
fn without_cycles(count: usize, arcs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let below = lists(count, arcs.iter().copied());
    let mut above_count = vec![0_i64; count];
    for &(_, to) in arcs {
        above_count[to as usize] += 1;
    }
    let mut starts: Vec<usize> = (0..count).collect();
    // True heads first, then those that have most below them and least above.
    starts.sort_by_key(|&node| {
        let surplus = below[node].len() as i64 - above_count[node];
        (above_count[node] > 0, -surplus, node)
    });
    // 0 not seen, 1 on the way from the start, 2 done.
    let mut state = vec![0_u8; count];
    let mut out = Vec::with_capacity(arcs.len());
    for start in starts {
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        let mut way = vec![(start, 0)];
        while let Some((node, next)) = way.last_mut() {
            let Some(&other) = below[*node].get(*next) else {
                state[*node] = 2;
                way.pop();
                continue;
            };
            *next += 1;
            let (from, to) = (*node as u32, other);
            if state[other as usize] == 1 {
                out.push((to, from));
            } else {
                out.push((from, to));
                if state[other as usize] == 0 {
                    state[other as usize] = 1;
                    way.push((other as usize, 0));
                }
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Items, and the arcs among them: leaves of one parent, and heads of one body, stand together where
/// they are many.
fn bundled(
    graph: &LayoutGraph,
    nodes: &[u32],
    arcs: &[(u32, u32)],
) -> (Vec<Item>, Vec<(u32, u32)>) {
    let below = lists(nodes.len(), arcs.iter().copied());
    let above = lists(nodes.len(), arcs.iter().map(|&(a, b)| (b, a)));
    let mut bundles: BTreeMap<(u32, bool), Vec<u32>> = BTreeMap::new();
    for node in 0..nodes.len() {
        match (&above[node][..], &below[node][..]) {
            ([parent], []) => bundles
                .entry((*parent, true))
                .or_default()
                .push(node as u32),
            ([], [body]) => bundles.entry((*body, false)).or_default().push(node as u32),
            _ => {}
        }
    }
    let mut item_of = vec![u32::MAX; nodes.len()];
    let mut items: Vec<Item> = Vec::new();
    for ((_, hangs), members) in &bundles {
        if members.len() > MOST_LEAVES {
            for &node in members {
                item_of[node as usize] = items.len() as u32;
            }
            let members: Vec<u32> = members.iter().map(|&node| nodes[node as usize]).collect();
            items.push(rows(graph, &members, *hangs));
        }
    }
    for (at, &node) in nodes.iter().enumerate() {
        if item_of[at] == u32::MAX {
            item_of[at] = items.len() as u32;
            items.push(Item {
                nodes: vec![(node, Point::default())],
                room: Some(graph.box_of(node as usize)),
            });
        }
    }
    let item = |node: u32| item_of[node as usize];
    let mut arcs: Vec<(u32, u32)> = arcs.iter().map(|&(a, b)| (item(a), item(b))).collect();
    arcs.sort_unstable();
    arcs.dedup();
    (items, arcs)
}

/// Nodes in rows: hanging down from the layer, or standing on it.
fn rows(graph: &LayoutGraph, members: &[u32], hangs: bool) -> Item {
    /// Width of the whole by its height that is aimed at.
    const SHAPE: f32 = 1.6;
    /// Room between nodes.
    const BETWEEN: Vector = Vector::new(18.0, 22.0);
    let cell = super::blocks::cell_of(graph, members);
    let size = cell.size() + BETWEEN;
    let columns = (members.len() as f32 * size.y * SHAPE / size.x)
        .sqrt()
        .ceil();
    let columns = (columns as usize).clamp(2, members.len());
    let row_count = members.len().div_ceil(columns);
    let mut item = Item::default();
    let mut room = Rect::EMPTY;
    for (at, &node) in members.iter().enumerate() {
        let (row, column) = (at / columns, at % columns);
        let in_row = columns.min(members.len() - row * columns);
        let row = if hangs {
            row as f32
        } else {
            row as f32 + 1.0 - row_count as f32
        };
        let place = Point::new(
            (column as f32 - 0.5 * (in_row as f32 - 1.0)) * size.x,
            row * size.y,
        );
        room.include(place + (cell.min - Point::default()));
        room.include(place + (cell.max - Point::default()));
        item.nodes.push((node, place));
    }
    item.room = Some(room);
    item
}

/// For each item the length of the longest way to it from the top; heads stand right above the
/// highest of what they lead. Where some body has both something above that is no mere head and heads
/// of its own, a way from body to body counts twice: heads stand between.
fn layers_by_longest_way(count: usize, arcs: &[(u32, u32)]) -> Vec<u32> {
    let below = lists(count, arcs.iter().copied());
    let mut waiting = vec![0_u32; count];
    for &(_, to) in arcs {
        waiting[to as usize] += 1;
    }
    let is_top: Vec<bool> = waiting.iter().map(|&above| above == 0).collect();
    let is_head = |item: u32| is_top[item as usize] && below[item as usize].len() == 1;
    let (mut has_head, mut has_body_above) = (vec![false; count], vec![false; count]);
    for &(above, to) in arcs {
        let kind = if is_head(above) {
            &mut has_head
        } else {
            &mut has_body_above
        };
        kind[to as usize] = true;
    }
    let between = has_head
        .iter()
        .zip(&has_body_above)
        .any(|(&head, &body)| head && body);
    let way = |above: u32| 1 + u32::from(between && !is_head(above));
    let mut layer_of = vec![0_u32; count];
    let mut queue: Vec<u32> = (0..count as u32)
        .filter(|&at| is_top[at as usize])
        .collect();
    let mut next = 0;
    while next < queue.len() {
        let item = queue[next];
        next += 1;
        for &other in &below[item as usize] {
            let other = other as usize;
            layer_of[other] = layer_of[other].max(layer_of[item as usize] + way(item));
            waiting[other] -= 1;
            if waiting[other] == 0 {
                queue.push(other as u32);
            }
        }
    }
    for item in (0..count).filter(|&item| is_top[item]) {
        let highest = below[item]
            .iter()
            .map(|&other| layer_of[other as usize])
            .min();
        layer_of[item] = highest.map_or(0, |layer| layer.saturating_sub(way(item as u32)));
    }
    layer_of
}

/// The same layers numbered without those that are empty.
fn without_gaps(mut layer_of: Vec<u32>) -> Vec<u32> {
    let used: std::collections::BTreeSet<u32> = layer_of.iter().copied().collect();
    let numbers: BTreeMap<u32, u32> = used.into_iter().zip(0..).collect();
    for layer in &mut layer_of {
        *layer = numbers.get(layer).copied().unwrap_or(*layer);
    }
    layer_of
}

/// The layers, with an item for each layer that an arc passes through, shorter arcs first, as long as
/// there are not too many.
fn with_lines(items: &mut Vec<Item>, layer_of: &[u32], arcs: &[(u32, u32)]) -> Layers {
    let span = |&(a, b): &(u32, u32)| layer_of[b as usize].saturating_sub(layer_of[a as usize]);
    let mut by_span: Vec<(u32, u32)> = arcs.to_vec();
    by_span.sort_by_key(|arc| (span(arc), *arc));
    let most = MOST_PIECES * (items.len() + arcs.len()) + 1000;
    let first_line = items.len();
    let mut layer = layer_of.to_vec();
    let mut links: Vec<(u32, u32)> = Vec::new();
    for (above, below) in by_span {
        let pieces = span(&(above, below)).saturating_sub(1) as usize;
        if items.len() - first_line + pieces > most {
            break;
        }
        let mut before = above;
        for piece in 0..pieces as u32 {
            let line = items.len() as u32;
            items.push(Item::default());
            layer.push(layer_of[above as usize] + 1 + piece);
            links.push((before, line));
            before = line;
        }
        links.push((before, below));
    }
    let last = layer.iter().max().map_or(0, |&last| last as usize + 1);
    let mut layers = Layers {
        order: vec![Vec::new(); last],
        up: lists(items.len(), links.iter().map(|&(a, b)| (b, a))),
        down: lists(items.len(), links.iter().copied()),
        beside: Vec::new(),
    };
    layers.beside = above_of_bodies(&layers);
    for item in in_depth_first_order(&layers, &layer) {
        layers.order[layer[item as usize] as usize].push(item);
    }
    layers
}

/// What [`Layers::beside`] holds; of many only the first few.
fn above_of_bodies(layers: &Layers) -> Vec<Vec<u32>> {
    const MOST: usize = 8;
    let above = |body: &Vec<u32>| -> Vec<u32> {
        let others = body.iter().flat_map(|&other| &layers.up[other as usize]);
        others.copied().take(MOST).collect()
    };
    let by_body: Vec<Vec<u32>> = layers.up.iter().map(above).collect();
    let heads = layers.up.iter().zip(&layers.down);
    heads
        .map(|(up, down)| {
            let bodies = down.iter().filter(|_| up.is_empty()).take(MOST);
            let found = bodies.flat_map(|&body| &by_body[body as usize]);
            found.copied().take(MOST).collect()
        })
        .collect()
}

/// Items in the order of a depth-first search from the top: trees have no crossings then.
fn in_depth_first_order(layers: &Layers, layer: &[u32]) -> Vec<u32> {
    let count = layers.up.len();
    let mut starts: Vec<u32> = (0..count as u32).collect();
    starts.sort_by_key(|&item| (layer[item as usize], item));
    let mut seen = vec![false; count];
    let mut order = Vec::with_capacity(count);
    for start in starts {
        let mut stack = vec![start];
        while let Some(item) = stack.pop() {
            if !std::mem::replace(&mut seen[item as usize], true) {
                order.push(item);
                stack.extend(layers.down[item as usize].iter().rev());
            }
        }
    }
    order
}

/// The middle of each item across.
fn across(items: &[Item], layers: &Layers, stop: &Stop) -> Vec<f64> {
    let mut x = vec![0.0; items.len()];
    let gaps: Vec<Vec<f64>> = layers
        .order
        .iter()
        .map(|layer| {
            let pairs = layer.windows(2);
            pairs
                .map(|pair| gap(&items[pair[0] as usize], &items[pair[1] as usize]))
                .collect()
        })
        .collect();
    for (layer, gaps) in layers.order.iter().zip(&gaps) {
        let mut at = -0.5 * gaps.iter().sum::<f64>();
        for (place, &item) in layer.iter().enumerate() {
            x[item as usize] = at;
            at += gaps.get(place).copied().unwrap_or(0.0);
        }
    }
    let last = layers.order.len();
    for round in 0..ROUNDS {
        if stop.is_asked() {
            break;
        }
        for step in 0..last {
            // Down, then up; in the end both sides count, so that parents stand in the middle.
            let goes_down = round % 2 == 0;
            let layer = if goes_down { step } else { last - 1 - step };
            let both = round + 3 > ROUNDS;
            place_layer(
                items,
                layers,
                layer,
                &gaps[layer],
                (goes_down || both, !goes_down || both),
                &mut x,
            );
        }
    }
    x
}

/// Moves the items of a layer to the middles of what they are linked to.
fn place_layer(
    items: &[Item],
    layers: &Layers,
    layer: usize,
    gaps: &[f64],
    (by_up, by_down): (bool, bool),
    x: &mut [f64],
) {
    let order = &layers.order[layer];
    let is_line = |item: u32| items[item as usize].room.is_none();
    let mut targets = Vec::with_capacity(order.len());
    let mut weights = Vec::with_capacity(order.len());
    for &item in order {
        let (mut sum, mut total) = (0.0, 0.0);
        let up = layers.up[item as usize].iter().filter(|_| by_up);
        let down = layers.down[item as usize].iter().filter(|_| by_down);
        for &other in up.chain(down) {
            // Long lines are to be straight.
            let pull = match (is_line(item), is_line(other)) {
                (true, true) => 8.0,
                (true, false) | (false, true) => 2.0,
                (false, false) => 1.0,
            };
            sum += pull * x[other as usize];
            total += pull;
        }
        if total > 0.0 {
            targets.push(sum / total);
            weights.push(total);
        } else {
            targets.push(x[item as usize]);
            weights.push(0.1);
        }
    }
    for (&item, place) in order.iter().zip(spread(&targets, &weights, gaps)) {
        x[item as usize] = place;
    }
}

fn gap(left: &Item, right: &Item) -> f64 {
    let reach = |item: &Item, of: fn(&Rect) -> f32| item.room.as_ref().map_or(0.0, of);
    let between = if left.room.is_some() && right.room.is_some() {
        GAP
    } else {
        GAP_OF_LINE
    };
    f64::from(reach(left, |room| room.max.x) - reach(right, |room| room.min.x)) + between
}

/// The height of each item: its layer's.
fn down(items: &[Item], layers: &Layers, x: &[f64]) -> Vec<f32> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for &at in x {
        low = low.min(at);
        high = high.max(at);
    }
    let wide = ((high - low).max(0.0) as f32 * LAYER_SHARE).min(240.0);
    let mut y = vec![0.0; items.len()];
    let mut at = 0.0;
    for (index, layer) in layers.order.iter().enumerate() {
        let rooms = || layer.iter().filter_map(|&item| items[item as usize].room);
        let above = rooms().fold(0.0_f32, |most, room| most.max(-room.min.y));
        let below = rooms().fold(0.0_f32, |most, room| most.max(room.max.y));
        at += if index == 0 {
            0.0
        } else {
            LAYER_GAP + wide + above
        };
        for &item in layer {
            y[item as usize] = at;
        }
        at += below;
    }
    y
}
