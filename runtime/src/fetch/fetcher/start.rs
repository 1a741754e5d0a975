//! Where a fetch begins: with its first page, or where a checkpoint or the last run has left it.

use super::{
    super::{
        ahead::Ahead, beginning::Beginning, checkpoint::PagePoint, filled::Filled, kept,
        shaping::Shaping, templates,
    },
    Fetcher, Held,
};
use crate::{
    Checkpoint, Client,
    decode::format::Header,
    error::Reason,
    incremental::{self, Range, Token},
    paginate::Paginator,
    plan::{Link, NextRun, ResourcePlan},
};

impl Fetcher {
    /// The error says why there can be no such fetch.
    pub(crate) fn new(
        client: &Client,
        resource: usize,
        plan: Link<ResourcePlan>,
        mut beginning: Beginning,
    ) -> Result<Fetcher, Reason> {
        let resume = beginning.resume.take().unwrap_or_default();
        let names = kept::credentials(&resume);
        if names.is_empty() {
            let resume = resume.taken_up(&|name| client.inner().inputs.kept(name))?;
            return Fetcher::at(
                client,
                resource,
                plan,
                Beginning { resume: Some(resume), ..beginning },
            );
        }
        let known = Checkpoint { pages: None, range: None, ..resume.clone() };
        let before = Beginning { resume: Some(known), ..beginning.clone() };
        beginning.resume = Some(resume);
        let held = Some(Box::new(Held { beginning, names }));
        Ok(Fetcher { held, ..Fetcher::at(client, resource, plan, before)? })
    }

    /// The fetch that begins at a checkpoint with its secrets filled in.
    pub(super) fn at(
        client: &Client,
        resource: usize,
        plan: Link<ResourcePlan>,
        beginning: Beginning,
    ) -> Result<Fetcher, Reason> {
        let incremental = plan.endpoint.incremental.as_ref();
        let may_restart = incremental.is_some_and(|plan| plan.next_run != NextRun::Cursor);
        let scratch = may_restart.then(|| {
            let Beginning { ref resume, now, .. } = beginning;
            let now = resume.as_ref().map_or(now, |resume| resume.began(now));
            Box::new(Beginning { resume: None, now, ..beginning.clone() })
        });
        let Beginning {
            params,
            page_size,
            mut values,
            resume,
            now,
            slice,
            part,
            width,
            set_aside,
            detected,
            observed,
            is_strict,
            ..
        } = beginning;
        let resume = resume.unwrap_or_default();
        let now = resume.began(now);
        let Checkpoint { page, pages, range, .. } = resume;
        let endpoint = &plan.endpoint;
        values.now = now;
        let incremental = endpoint.incremental.as_ref();
        let incremental = incremental.map(|plan| values.range(client.inner(), plan)).transpose()?;
        let token = match &incremental {
            Some(plan) if may_restart => {
                let is_in_text = templates::names_bound_in_text(endpoint);
                Token::new(plan, &endpoint.paginator, is_in_text, range.clone(), now)?
            }
            _ => None,
        };
        let first = token.as_ref().and_then(Token::position);
        let (position, total, header) = match pages {
            Some(PagePoint { position, total, header }) => (Some(position), total, header),
            None => (None, None, Vec::new()),
        };
        let position = position.or(first);
        let range = match (&incremental, slice) {
            _ if token.is_some() => None,
            (Some(incremental), Some(slice)) => {
                Some(Range::within(incremental, range.unwrap_or_default(), slice, now)?)
            }
            (Some(incremental), None) => {
                let range = Range::new(incremental, range, now)?;
                range.warn_of_what_is_left(&observed);
                Some(range)
            }
            (None, _) => None,
        };
        let is_of_now = incremental.as_deref().is_some_and(incremental::is_of_now)
            || templates::is_of_now(endpoint, &client.inner().inputs);
        values.bounds = match &token {
            Some(token) => token.bounds(),
            None => range.as_ref().map(Range::bounds).transpose()?.unwrap_or_default(),
        };
        let shaping = Shaping::of(&plan, &values).map(Box::new);
        let custom = client.inner().paginators.of(&plan.name);
        let inputs = &client.inner().inputs;
        let paginator =
            Paginator::new(plan.clone(), custom, inputs, page_size, position, observed)?;
        let paginator = paginator.ending_before(part.and_then(|part| part.until()));
        let (request, filled) = Filled { values, params }.begin(client, &plan, &paginator)?;
        Ok(Fetcher {
            client: client.clone(),
            resource,
            plan,
            held: None,
            // Records in an order may end the pages early.
            width: if range.as_ref().is_some_and(Range::may_end_early) { 1 } else { width },
            request,
            filled,
            paginator: paginator.sharing(detected).resuming_total(total),
            range,
            scratch: scratch.filter(|_| token.as_ref().is_some_and(Token::is_of_server)),
            token,
            shaping,
            header: if header.is_empty() { Header::new() } else { Header::from(header) },
            now: is_of_now.then(|| now.as_second()),
            number: page.saturating_add(1),
            ahead: Ahead::default(),
            set_aside,
            is_strict,
            turn: None,
        })
    }
}
