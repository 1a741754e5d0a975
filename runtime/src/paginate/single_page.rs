//! `single_page`: there is no next request.

/// The paginator of responses that stand alone.
#[derive(Clone)]
pub(crate) struct SinglePage;

impl SinglePage {
    #[expect(clippy::unused_self, reason = "every paginator is advanced in the same way")]
    pub(crate) fn advance(&self) -> bool {
        false
    }
}
