//! What a fetch of children begins with: a record that is given, windows, lists, and the records of other
//! resources that are combined with the parent's.

use std::sync::Arc;

use super::{
    super::{
        child::Child,
        crossed::combine,
        job::Work,
        relation::Related,
        work::{ParentPage, work},
    },
    Expansion, Item,
};
use crate::fetch::fetched::Fetched;

/// How many combinations of lists are made at once.
const LISTED: usize = 256;

impl Expansion {
    /// Of a record that the caller has given.
    pub(in crate::run::tree) fn of_record(self, parent: &str, record: String) -> Expansion {
        Expansion { given: Some((parent.to_owned(), record)), ..self }
    }

    /// Of the windows of a range. In a checkpoint they are the records of a parent with one page.
    pub(in crate::run::tree) fn of_windows(mut self) -> Expansion {
        let around = Arc::default();
        for (number, child) in self.children.iter_mut().enumerate() {
            let slices = child.windows.iter().flat_map(|windows| &windows.slices);
            let related = slices.map(|slice| Some(Related::of_window(slice))).collect();
            let page = ParentPage::of_values(&around);
            self.work.extend(work(number, child, "windows", &page, (related, None)));
            child.parent_has_ended();
        }
        self
    }

    /// Of the combinations of lists. In a checkpoint they are the records of a parent with one page.
    pub(in crate::run::tree) fn of_lists(self) -> Expansion {
        Expansion { listed: Some(0), ..self }
    }

    /// Adds the work for the next combinations of lists, if there is none.
    pub(super) fn list_more(&mut self) {
        while self.work.is_empty()
            && let Some(from) = self.listed
            && let Some(child) = self.children.first_mut()
            && !child.is_over()
        {
            let to = child.values().min(from + LISTED);
            let related = (from..to).map(|index| Some(child.value(index))).collect();
            let is_whole = to == child.values();
            self.listed = (!is_whole).then_some(to);
            let end = child.sliced.as_ref().map(|sliced| sliced.end.clone());
            let around = Arc::new((None, end.unwrap_or_default()));
            let page = ParentPage { from, is_whole, ..ParentPage::of_values(&around) };
            self.work.extend(self.held.take());
            self.work.extend(work(0, child, "lists", &page, (related, None)));
            if is_whole {
                if let Some(Work::Fetch(last)) = self.work.back_mut() {
                    last.is_last = true;
                }
                child.parent_has_ended();
            } else {
                // Whether it is the last one is not known before there is another one.
                self.held = self.work.pop_back();
            }
        }
    }

    /// Fetches what the records of the parent are combined with, and begins with the one that was given.
    pub(super) async fn combine(&mut self) {
        for child in &mut self.children {
            if child.plan.crossed.is_empty() || child.sliced.is_some() {
                continue;
            }
            match combine(&self.client, &self.runtime, child, self.ahead, self.open).await {
                Ok(combinations) => child.lists = Some(combinations),
                Err(error) => {
                    child.has_failed = true;
                    self.queue.push_back(Item::Failed(child.resource, error));
                }
            }
        }
        if let Some((parent, record)) = self.given.take() {
            if let Err(error) = self.expand(&parent, None, &Fetched::given(record)) {
                let failed = self.children.first().map(|child| Item::Failed(child.resource, error));
                self.queue.extend(failed);
            }
            self.children.iter().for_each(Child::parent_has_ended);
        }
    }
}
