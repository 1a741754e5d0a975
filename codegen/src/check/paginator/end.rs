//! How pages end, and that they do.

use rest_source_plan::{Configurable, End, Selector, Template, Total};

use super::{
    super::{selector, setting::Filling},
    Checks, Keyed, keys,
};
use crate::{
    config::Ends,
    diagnostic::{Code, Diagnostic},
    parse::{OrTemplate, Setting},
    source::Spanned,
};

impl Checks<'_> {
    /// Where a response has the total, in its body or in a header. Without one, a maximum, a word of the
    /// server or an end at the first empty or short page, there is nothing that ends the pages.
    pub(super) fn total(
        &mut self,
        total_path: &Setting<Option<Spanned<String>>>,
        (maximum_key, maximum): Keyed<'_, OrTemplate<u64>>,
        ends: &Ends,
    ) -> (Option<Selector>, Option<Template>) {
        let header = self.total_header(total_path, ends);
        let total = match total_path {
            Setting::Given(Some(total)) => selector::read(total, self.diagnostics),
            Setting::Given(None) | Setting::Invalid => None,
            Setting::Absent if !ends.total_header.is_absent() => None,
            Setting::Absent => Some(keys(&["total"])),
        };
        let no_total = matches!(total_path, Setting::Given(None)) && ends.total_header.is_absent();
        let short = ends.stop_after_short_page.get();
        if let Some(stop) = ends.stop_after_empty_page.get()
            && !stop.value
            && no_total
            && maximum.is_absent()
            && ends.has_more_path.is_absent()
            && ends.end_path.is_absent()
            && !short.is_some_and(|stop| stop.value)
        {
            let message = "this paginator never terminates";
            self.diagnostics.push(Diagnostic::error(Code::NeverStops, stop.span, message).help(
                format!("leave this out, or add `total_path`, `has_more_path` or `{maximum_key}`"),
            ));
        }
        (total, header)
    }

    /// The header that has the total, which has one place.
    fn total_header(
        &mut self,
        total_path: &Setting<Option<Spanned<String>>>,
        ends: &Ends,
    ) -> Option<Template> {
        let header = ends.total_header.get()?;
        if let Some(Some(path)) = total_path.get() {
            let message = "`total_path` and `total_header` are two places of one total";
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, header.span, message)
                    .label(path.span, "the other place")
                    .help("keep one of them"),
            );
        }
        self.header(&ends.total_header)
    }

    /// What ends pages that are not counted, with the total that they are to reach.
    pub(super) fn end_with_total(
        &mut self,
        total_path: &Setting<Option<Spanned<String>>>,
        ends: &Ends,
    ) -> End {
        let header = self.total_header(total_path, ends);
        let total = match (total_path, header) {
            (Setting::Given(Some(path)), _) => {
                selector::read(path, self.diagnostics).map(Total::At)
            }
            (_, Some(header)) => Some(Total::Header(header)),
            (Setting::Given(None), _) => Some(Total::None),
            (Setting::Absent | Setting::Invalid, _) => None,
        };
        End { total: total.unwrap_or(Total::Detected), ..self.end(ends) }
    }

    pub(super) fn end(&mut self, ends: &Ends) -> End {
        End {
            stop_after_empty_page: ends.stop_after_empty_page.get().map(|stop| stop.value),
            stop_after_short_page: ends.stop_after_short_page.get().map(|stop| stop.value),
            maximum_empty_pages: self.number(&ends.maximum_empty_pages, Filling::count(0)),
            has_more_path: self.path(&ends.has_more_path),
            end_path: self.path(&ends.end_path),
            total: Total::Detected,
            ..End::NONE
        }
    }

    /// A maximum is exclusive: one at the beginning is passed before the first request. What settings
    /// give is not known here.
    pub(super) fn check_reached(
        &mut self,
        (key, maximum): Keyed<'_, OrTemplate<u64>>,
        first: &Configurable<u64>,
    ) {
        let Some(Spanned { value: OrTemplate::Known(number), span }) = maximum.get() else {
            return;
        };
        if let Some(first) = first.known().filter(|first| number <= first) {
            let message = format!("`{key}` is not after the first page, {first}");
            self.diagnostics.push(
                Diagnostic::error(Code::InvalidNumber, *span, message)
                    .help(format!("`{key}` is exclusive: the first number that is not requested")),
            );
        }
    }
}
