//! Where events of a contract, or with a topic at a place, are: lists in the order of ledgers. It only narrows a search;
//! whether an event passes a filter is the reader's question.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::history::EventRecord;

/// Topics that are listed; events may have more.
pub const INDEXED_TOPICS: usize = 4;

/// A contract, or a topic at a place, by hash: two that meet in one list cost time, not truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    pub fn contract(id: &[u8; 32]) -> Key {
        Key::of(0, id)
    }

    /// A topic's XDR at a place counted from 0.
    pub fn topic(place: usize, xdr: &[u8]) -> Key {
        Key::of(place + 1, xdr)
    }

    fn of(kind: usize, bytes: &[u8]) -> Key {
        let mut hasher = DefaultHasher::new();
        (kind, bytes).hash(&mut hasher);
        Key(hasher.finish())
    }
}

/// (ledger, place of the event in the ledger's list).
type Spot = (u32, u32);

#[derive(Clone, Default)]
pub struct EventIndex {
    lists: HashMap<Key, VecDeque<Spot>>,
}

impl EventIndex {
    pub fn add(&mut self, ledger: u32, events: &[EventRecord]) {
        for (at, event) in events.iter().enumerate() {
            for key in keys(event) {
                self.lists.entry(key).or_default().push_back((ledger, at as u32));
            }
        }
    }

    /// Forgets the oldest ledger, whose events these are.
    pub fn drop_oldest(&mut self, ledger: u32, events: &[EventRecord]) {
        for key in events.iter().flat_map(keys) {
            let Some(list) = self.lists.get_mut(&key) else { continue };
            while list.front().is_some_and(|spot| spot.0 <= ledger) {
                list.pop_front();
            }
            if list.is_empty() {
                self.lists.remove(&key);
            }
        }
    }

    /// How many events of `first..end` the lists of these keys name, one named twice counted twice.
    pub fn count(&self, keys: &[Key], first: u32, end: u32) -> usize {
        let lists = keys.iter().filter_map(|key| self.lists.get(key));
        lists.map(|list| bound(list, end) - bound(list, first)).sum()
    }

    /// The events of `first..end` that the lists of these keys name, in order and once each.
    pub fn spots(&self, keys: &[Key], first: u32, end: u32) -> impl Iterator<Item = Spot> + '_ {
        let mut lists: Vec<_> = keys
            .iter()
            .filter_map(|key| self.lists.get(key))
            .map(|list| list.range(bound(list, first)..bound(list, end)))
            .collect();
        let mut heads: BinaryHeap<Reverse<(Spot, usize)>> = BinaryHeap::new();
        for (at, list) in lists.iter_mut().enumerate() {
            heads.extend(list.next().map(|spot| Reverse((*spot, at))));
        }
        let mut last = None;
        std::iter::from_fn(move || loop {
            let Reverse((spot, at)) = heads.pop()?;
            heads.extend(lists[at].next().map(|next| Reverse((*next, at))));
            if last != Some(spot) {
                last = Some(spot);
                return Some(spot);
            }
        })
    }
}

fn keys(event: &EventRecord) -> impl Iterator<Item = Key> + '_ {
    let topics = event.topics.iter().take(INDEXED_TOPICS).enumerate();
    event.contract.iter().map(Key::contract).chain(topics.map(|(place, topic)| Key::topic(place, topic)))
}

fn bound(list: &VecDeque<Spot>, ledger: u32) -> usize {
    list.partition_point(|spot| spot.0 < ledger)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(contract: u8, topics: &[u8]) -> EventRecord {
        EventRecord {
            tx_order: 1,
            op: 0,
            index: 0,
            tx_at: 0,
            is_system: false,
            contract: Some([contract; 32]),
            topics: topics.iter().map(|t| vec![*t]).collect(),
            value: Vec::new(),
        }
    }

    #[test]
    fn lists_are_merged_in_order_without_repeats_and_shrink_with_the_window() {
        let mut index = EventIndex::default();
        let ledgers = [[event(1, &[7, 8]), event(2, &[7])], [event(1, &[9]), event(1, &[7])]];
        index.add(5, &ledgers[0]);
        index.add(6, &ledgers[1]);
        let keys = [Key::contract(&[1; 32]), Key::topic(0, &[7])];
        let all: Vec<Spot> = index.spots(&keys, 0, 9).collect();
        assert_eq!(all, [(5, 0), (5, 1), (6, 0), (6, 1)]);
        assert_eq!(index.spots(&keys[..1], 6, 9).collect::<Vec<_>>(), [(6, 0), (6, 1)]);
        assert_eq!((index.count(&keys, 5, 6), index.count(&[Key::topic(1, &[7])], 0, 9)), (3, 0));
        index.drop_oldest(5, &ledgers[0]);
        assert_eq!(index.spots(&keys, 0, 9).collect::<Vec<_>>(), [(6, 0), (6, 1)]);
        index.drop_oldest(6, &ledgers[1]);
        assert!(index.lists.is_empty());
    }
}
