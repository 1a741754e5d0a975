//! Requests for pages whose addresses are known beforehand, several of them under way at the same
//! time.

use std::collections::VecDeque;

use tokio::task::JoinHandle;

use crate::{Error, error::Kind, http::retry::Success, paginate::Paginator};

/// The requests under way, in the order of their pages.
#[derive(Default)]
pub(crate) struct Ahead(VecDeque<UnderWay>);

/// A request for the page that its paginator asks for. Dropping it gives it up.
struct UnderWay {
    paginator: Paginator,
    answer: JoinHandle<Result<Success, Error>>,
}

impl Ahead {
    /// Begins requests until `most` are under way, from the one for the page that `next` asks for
    /// onwards, as far as what comes after a page is known before it has come. `request` is told how
    /// many pages are between.
    pub(crate) fn fill(
        &mut self,
        next: &Paginator,
        most: usize,
        request: impl Fn(&Paginator, u64) -> JoinHandle<Result<Success, Error>>,
    ) {
        let mut paginator = match self.0.back() {
            Some(last) => last.paginator.predict(),
            None => next.predict().map(|_| next.clone()),
        };
        while self.0.len() < most
            && let Some(asking) = paginator
        {
            paginator = asking.predict();
            let between = self.0.len() as u64;
            self.0.push_back(UnderWay { answer: request(&asking, between), paginator: asking });
        }
    }

    /// The answer for the page that `next` asks for, if its request is under way. If the pages turn
    /// out to be others than was foreseen, what is under way is given up.
    pub(crate) async fn take(&mut self, next: &Paginator) -> Option<Result<Success, Error>> {
        let mut first = self.0.pop_front()?;
        if first.paginator.position() != next.position() {
            self.0.clear();
            return None;
        }
        let answer = (&mut first.answer).await;
        Some(answer.unwrap_or_else(|error| {
            let stopped = Kind::Cancelled("the fetch was stopped".to_owned());
            Err(Error::new(stopped).with_source(error))
        }))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.answer.abort();
    }
}
