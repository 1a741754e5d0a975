//! Resources that are fetched together: those that have a parent, and their parents, whose pages are
//! requested once for all of them. Windows of a range and values of lists are origins of a resource as the
//! records of a parent are.

mod batches;
mod child;
mod children;
mod crossed;
mod done;
mod job;
mod lists;
mod node;
mod relation;
mod slices;
mod windows;
mod work;

use std::collections::VecDeque;

use jiff::Timestamp;
use serde_json::Value;
use tokio::runtime::Handle;
use tracing::{Instrument as _, Span};

use self::{child::Child, children::Expansion, lists::combinations, node::Node, windows::windows};
pub(crate) use self::{
    node::{Selected, SharedPages},
    slices::Cut,
};
use crate::{
    Checkpoint, Client, Error,
    error::Reason,
    fetch::{
        beginning::Beginning,
        fetcher::Fetcher,
        pipe::{self, Inlet},
    },
    incremental,
    plan::{Link, Paginator, ResourcePlan},
};

/// Begins to fetch resources, tree by tree: those with the same root come out of one pipe, unless they
/// resume too far from each other. No page is requested yet. If `ahead` is false, nothing is requested
/// that is not asked for.
pub(crate) fn open(
    client: &Client,
    runtime: &Handle,
    wanted: Vec<Selected>,
    ahead: bool,
) -> Result<Vec<SharedPages>, Reason> {
    // One for all of them, in the whole seconds that a checkpoint keeps.
    let now = Timestamp::from_second(Timestamp::now().as_second());
    let now = now.map_err(|error| format!("the clock is wrong: {error}"))?;
    let mut rooted: Vec<Vec<Selected>> = Vec::new();
    for wanted in wanted {
        let has_root = |group: &&mut Vec<Selected>| {
            group.iter().any(|other| root(&other.plan).name == root(&wanted.plan).name)
        };
        match rooted.iter_mut().find(has_root) {
            Some(group) => group.push(wanted),
            None => rooted.push(vec![wanted]),
        }
    }
    let mut trees = Vec::new();
    for group in rooted {
        let nodes = tree(&group);
        if resume_together(client, &nodes)? {
            trees.push(nodes);
        } else {
            trees.extend(group.into_iter().map(|alone| tree(&[alone])));
        }
    }
    let opened = trees.iter().map(|nodes| {
        let wanted = nodes.iter().filter(|node| node.wanted.is_some());
        let resources = wanted.map(|node| node.resource).collect();
        Ok(SharedPages { resources, pages: begin(client, runtime, nodes, now, ahead)? })
    });
    opened.collect()
}

/// The first ancestor of a resource, or itself.
pub(crate) fn root(plan: &ResourcePlan) -> &ResourcePlan {
    plan.parent.as_ref().map_or(plan, |parent| root(&parent.plan))
}

/// The resources of one root together with their ancestors.
fn tree(resources: &[Selected]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    // Ancestors whose pages are not wanted are known by numbers behind the others'.
    let mut unwanted = resources.iter().map(|wanted| wanted.resource + 1).max().unwrap_or(0);
    for Selected { resource, plan, beginning } in resources {
        let mut line = VecDeque::from([plan.clone()]);
        while let Some(parent) = line.front().and_then(|plan| plan.parent.as_ref()) {
            line.push_front(parent.plan.clone());
            // What it takes from its parent is in the slice.
            if beginning.part.as_ref().is_some_and(|part| part.origins().is_some()) {
                line.pop_front();
                break;
            }
            // What its parent takes from its own is in the record that is given.
            if beginning.of_parent.is_some() {
                break;
            }
        }
        let mut parent = None;
        for plan in line {
            let known = nodes.iter().position(|node| node.plan.name == plan.name);
            parent = Some(known.unwrap_or_else(|| {
                let values = beginning.values.clone();
                nodes.push(Node { resource: unwanted, plan, wanted: None, values, parent });
                unwanted += 1;
                nodes.len() - 1
            }));
        }
        if let Some(node) = parent.and_then(|node| nodes.get_mut(node)) {
            node.resource = *resource;
            node.wanted = Some(beginning.clone());
        }
    }
    nodes
}

/// Whether the pages of each parent can be requested once for itself and its children: all resume
/// in the same run of it, on the same page or the one after it. What lies further apart may have
/// moved on the server meanwhile, and then would be passed over.
fn resume_together(client: &Client, nodes: &[Node]) -> Result<bool, Reason> {
    for index in 0..nodes.len() {
        let starts = starts(nodes, index);
        let page = |start: &Option<Checkpoint>| start.as_ref().map_or(0, |start| start.page);
        let (least, most) = (starts.iter().map(page).min(), starts.iter().map(page).max());
        let mut is_one_run = true;
        if let Some(plan) = &nodes[index].plan.endpoint.incremental {
            // Its states tell where the runs have begun, whatever a bound is.
            let plan = incremental::filled(plan, &client.inner().inputs, &|_| Ok(Value::Null))?;
            let mut states = starts.iter().map(|start| {
                let start = start.as_ref();
                (start.and_then(|start| start.range.as_ref()), start.map(|start| &start.ranges))
            });
            if let Some(first) = states.next() {
                is_one_run = states.all(|other| incremental::are_of_one_run(&plan, other, first));
            }
        }
        if !is_one_run || most.unwrap_or(0) - least.unwrap_or(0) > 1 {
            return Ok(false);
        }
        // Its own page may come again with another cursor, and would be taken for one that has moved.
        let own = nodes[index].wanted.as_ref().filter(|wanted| wanted.appends);
        let is_behind = own.is_some_and(|own| page(&own.resume) > least.unwrap_or(0));
        if is_behind && !is_counted(&nodes[index].plan) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a page has the same place in every fetch.
fn is_counted(plan: &ResourcePlan) -> bool {
    matches!(plan.endpoint.paginator, Paginator::Offset(_) | Paginator::PageNumber(_))
}

fn begin(
    client: &Client,
    runtime: &Handle,
    nodes: &[Node],
    now: Timestamp,
    ahead: bool,
) -> Result<Inlet, Reason> {
    let span = |node: &Node| tracing::info_span!("fetch", resource = &*node.plan.name);
    let beginning = |index: usize| {
        let Node { wanted, values, .. } = &nodes[index];
        let unwanted = || Beginning { values: values.clone(), ..Beginning::default() };
        let wanted = wanted.clone().unwrap_or_else(unwanted);
        // Who has children of its own is fetched for them, too.
        let is_parent = nodes.iter().any(|node| node.parent == Some(index));
        let is_given_up = wanted.is_given_up.filter(|_| !is_parent);
        let resume = start(nodes, index);
        let now = resume.as_ref().map_or(now, |checkpoint| checkpoint.began(now));
        let is_strict = is_strict(nodes, index);
        let appends = appends(nodes, index);
        Beginning { resume, now, is_strict, appends, is_given_up, ..wanted }
    };
    let given = nodes.iter().find_map(|node| {
        let wanted = node.wanted.as_ref()?;
        Some((wanted.of_parent.clone()?, node))
    });
    let children = |index: usize| -> Result<Vec<Child>, Reason> {
        let children = nodes.iter().enumerate().filter(|(_, child)| child.parent == Some(index));
        let children = children.map(|(child, node)| {
            let beginning = beginning(child);
            let lists = combinations(client.inner(), &node.plan, beginning.now)?;
            let child = Child::new(node.resource, node.plan.clone(), beginning, span(node));
            Ok(child.for_each(lists))
        });
        children.collect()
    };
    let expansion = |index: usize| {
        Ok::<_, Reason>(Expansion::new(client, runtime, children(index)?, ahead, open))
    };
    let begun = |node: &Node, expansion: Expansion| {
        spawn(runtime, span(node), |outlet| expansion.run(outlet))
    };
    match given {
        Some((_, node)) if node.parent.is_none() => {
            Err(format!("`{}` has no parent whose record could be given", node.plan.name).into())
        }
        Some((record, _)) => {
            let parent = &nodes[0];
            Ok(begun(parent, expansion(0)?.of_record(&parent.plan.name, record?)))
        }
        None => {
            let mut pages = root_pages(client, runtime, &nodes[0], beginning(0), ahead)?;
            for (index, node) in nodes.iter().enumerate() {
                let expansion = expansion(index)?;
                if !expansion.is_empty() {
                    pages = begun(node, expansion.of_pages(pages, node, start(nodes, index)));
                }
            }
            Ok(pages)
        }
    }
}

/// The pages of a resource that has no parent.
fn root_pages(
    client: &Client,
    runtime: &Handle,
    node: &Node,
    beginning: Beginning,
    ahead: bool,
) -> Result<Inlet, Reason> {
    let span = tracing::info_span!("fetch", resource = &*node.plan.name);
    let lists = combinations(client.inner(), &node.plan, beginning.now)?;
    let part = beginning.part.clone();
    let origins = part.as_ref().and_then(|part| part.origins());
    if lists.is_some() || origins.is_some() {
        let child = Child::new(node.resource, node.plan.clone(), beginning, span.clone());
        let child = match origins {
            Some(origins) => slices::sliced(child, lists, origins)?,
            None => child.for_each(lists),
        };
        let expansion = Expansion::new(client, runtime, vec![child], ahead, open).of_lists();
        return Ok(spawn(runtime, span, |outlet| expansion.run(outlet)));
    }
    if let Some((mut slices, range)) = windows(client, &node.plan, &beginning)? {
        if let Some(part) = &part {
            slices = slices::of_part(slices, part)?;
        }
        range.warn_of_what_is_left(&beginning.observed);
        let (resource, plan, state) = (node.resource, node.plan.clone(), range.state());
        let child = Child::in_windows(resource, plan, beginning, span.clone(), slices, state);
        let expansion = Expansion::new(client, runtime, vec![child], ahead, open).of_windows();
        return Ok(spawn(runtime, span, |outlet| expansion.run(outlet)));
    }
    // Only here: several children are fetched at the same time as it is.
    let width = usize::try_from(client.inner().concurrency).unwrap_or(usize::MAX);
    let beginning = Beginning { width: if ahead { width } else { 1 }, ..beginning };
    let fetcher = Fetcher::new(client, node.resource, node.plan.clone(), beginning)?;
    Ok(spawn(runtime, span, |outlet| fetcher.run(outlet)))
}

/// Cuts the fetch of a resource into at most so many parts, by the origins of its requests.
pub(crate) async fn cut(
    client: &Client,
    runtime: &Handle,
    plan: &Link<ResourcePlan>,
    beginning: &Beginning,
    most: usize,
) -> Result<Cut, Error> {
    slices::cut(client, runtime, plan, beginning, most, open).await
}

fn spawn<F: Future<Output = ()> + Send + 'static>(
    runtime: &Handle,
    span: Span,
    task: impl FnOnce(pipe::Outlet) -> F,
) -> Inlet {
    pipe::spawn(runtime, |outlet| task(outlet).instrument(span))
}

/// Whether all of a resource must come: for itself, or where its own pages are not wanted, for children.
fn is_strict(nodes: &[Node], index: usize) -> bool {
    match &nodes[index].wanted {
        Some(wanted) => wanted.is_strict,
        None => {
            let mut children = nodes.iter().enumerate();
            children.any(|(child, node)| node.parent == Some(index) && is_strict(nodes, child))
        }
    }
}

/// Whether no record of a resource may come a second time: for itself or for its children.
fn appends(nodes: &[Node], index: usize) -> bool {
    let mut children = nodes.iter().enumerate();
    nodes[index].wanted.as_ref().is_some_and(|wanted| wanted.appends)
        || children.any(|(child, node)| node.parent == Some(index) && appends(nodes, child))
}

/// Where the pages of a resource begin: where it resumes itself, or earlier where a child of it
/// does. `None`: at the first one.
fn start(nodes: &[Node], index: usize) -> Option<Checkpoint> {
    let page = |start: &Option<Checkpoint>| start.as_ref().map_or(0, |checkpoint| checkpoint.page);
    starts(nodes, index).into_iter().min_by_key(page).flatten()
}

/// Where a resource resumes itself, if it is wanted, and where its children want it to.
fn starts(nodes: &[Node], index: usize) -> Vec<Option<Checkpoint>> {
    let own = nodes[index].wanted.as_ref().map(|wanted| wanted.resume.clone());
    let children = nodes.iter().enumerate().filter(|(_, child)| child.parent == Some(index));
    let children = children.map(|(child, _)| {
        start(nodes, child).and_then(|checkpoint| checkpoint.parent).and_then(|point| point.after)
    });
    own.into_iter().chain(children).collect()
}
