//! What a page says about the one after it.

/// What a page says about the one after it.
pub(super) enum Step {
    /// There is one.
    Next,
    /// There is none.
    Last(Why),
}

/// Why there is no next page.
pub(super) enum Why {
    /// The response says so: what names the next page is empty there, a total is reached.
    Said,
    /// What names the next page is not in the response at all.
    Absent(Absent),
    /// It is `0` there.
    Zero(Absent),
    /// The description says so, whatever the response says.
    Declared,
}

/// What is not in a response.
pub(super) struct Absent {
    /// What it is: `page cursor`.
    pub(super) what: &'static str,
    /// The key of the file that says where it is, with its value: `cursor_path: meta.next`.
    pub(super) setting: String,
}

/// What a request has asked for already and is to ask for again.
pub(super) struct Again {
    /// What it is: `page cursor`.
    pub(super) what: &'static str,
    pub(super) value: String,
    /// What is likely to be wrong.
    pub(super) cause: String,
    /// Whether it is what the last request asked for.
    pub(super) is_of_last: bool,
}
