//! Resources that are fetched together: those that have a parent, and their parents, whose pages are
//! requested once for all of them.

mod children;
mod relation;

use std::collections::VecDeque;

use tokio::runtime::Handle;
use tracing::{Instrument as _, Span};

use self::children::{Child, Expansion};
use crate::{
    Checkpoint, Client,
    fetcher::{Beginning, Fetcher},
    pipe::{self, Inlet},
    plan::{Link, ResourcePlan},
};

/// A resource that somebody wants the pages of.
pub(crate) struct Wanted {
    /// By which its pages are known.
    pub(crate) resource: usize,
    pub(crate) plan: Link<ResourcePlan>,
    pub(crate) beginning: Beginning,
}

/// Begins to fetch resources, family by family: those in one pipe have the same first ancestor.
/// Nothing is asked for yet. If `ahead` is false, nothing is requested that is not asked for.
pub(crate) fn open(
    client: &Client,
    runtime: &Handle,
    wanted: Vec<Wanted>,
    ahead: bool,
) -> Result<Vec<Inlet>, String> {
    let mut families: Vec<Vec<Node>> = Vec::new();
    // Ancestors that nobody wants the pages of are known by numbers behind the others'.
    let mut unwanted = wanted.iter().map(|wanted| wanted.resource + 1).max().unwrap_or(0);
    for Wanted { resource, plan, beginning } in wanted {
        let mut line = VecDeque::from([plan]);
        while let Some(parent) = line.front().and_then(|plan| plan.parent.as_ref()) {
            line.push_front(parent.plan.clone());
        }
        let founder = line.front().map(|plan| plan.name.clone());
        let known = families.iter().position(|nodes| Some(&nodes[0].plan.name) == founder.as_ref());
        let family = known.unwrap_or_else(|| {
            families.push(Vec::new());
            families.len() - 1
        });
        let nodes = &mut families[family];
        let mut parent = None;
        for plan in line {
            let known = nodes.iter().position(|node| node.plan.name == plan.name);
            parent = Some(known.unwrap_or_else(|| {
                nodes.push(Node { resource: unwanted, plan, wanted: None, parent });
                unwanted += 1;
                nodes.len() - 1
            }));
        }
        if let Some(node) = parent.and_then(|node| nodes.get_mut(node)) {
            node.resource = resource;
            node.wanted = Some(beginning);
        }
    }
    let families = families.into_iter();
    families.map(|nodes| begin(client, runtime, &nodes, ahead)).collect()
}

/// A resource of a family. Parents stand before their children.
struct Node {
    resource: usize,
    plan: Link<ResourcePlan>,
    /// How it is fetched if somebody wants it.
    wanted: Option<Beginning>,
    parent: Option<usize>,
}

fn begin(client: &Client, runtime: &Handle, nodes: &[Node], ahead: bool) -> Result<Inlet, String> {
    let span = |node: &Node| tracing::info_span!("fetch", resource = &*node.plan.name);
    let beginning = |index: usize| Beginning {
        resume: start(nodes, index),
        ..nodes[index].wanted.clone().unwrap_or_default()
    };
    let root = &nodes[0];
    let fetcher = Fetcher::new(client, root.resource, root.plan.clone(), beginning(0))?;
    let mut pages = spawn(runtime, span(root), |outlet| fetcher.run(outlet));
    for (index, node) in nodes.iter().enumerate() {
        let children = nodes.iter().enumerate().filter(|(_, child)| child.parent == Some(index));
        let children = children.map(|(child, node)| {
            Child::new(node.resource, node.plan.clone(), beginning(child), span(node))
        });
        let children: Vec<Child> = children.collect();
        if children.is_empty() {
            continue;
        }
        let wanted = node
            .wanted
            .as_ref()
            .map(|wanted| wanted.resume.as_ref().map_or(0, |checkpoint| checkpoint.page));
        let expansion = Expansion::new(
            client,
            runtime,
            pages,
            (node.resource, node.plan.clone(), wanted, start(nodes, index)),
            children,
            ahead,
        );
        pages = spawn(runtime, span(node), |outlet| expansion.run(outlet));
    }
    Ok(pages)
}

fn spawn<F: Future<Output = ()> + Send + 'static>(
    runtime: &Handle,
    span: Span,
    task: impl FnOnce(pipe::Outlet) -> F,
) -> Inlet {
    pipe::spawn(runtime, |outlet| task(outlet).instrument(span))
}

/// Where the pages of a resource begin: where it goes on itself, or earlier where a child of it
/// does. `None`: at the first one.
fn start(nodes: &[Node], index: usize) -> Option<Checkpoint> {
    let own = nodes[index].wanted.as_ref().map(|wanted| wanted.resume.clone());
    let children = nodes.iter().enumerate().filter(|(_, child)| child.parent == Some(index));
    let children = children.map(|(child, _)| {
        start(nodes, child).and_then(|checkpoint| checkpoint.parent).and_then(|point| point.after)
    });
    let page = |start: &Option<Checkpoint>| start.as_ref().map_or(0, |checkpoint| checkpoint.page);
    own.into_iter().chain(children).min_by_key(page).flatten()
}
