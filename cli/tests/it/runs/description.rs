//! Descriptions at random, and what somebody edits in them.

use std::fmt::Write as _;

use fastrand::Rng;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description {
    pub(super) resources: Vec<Resource>,
    /// Whose records are fetched, if that is told from outside of the file.
    pub(super) tenant: Option<&'static str>,
    /// Where it goes.
    place: Place,
    concurrency: u64,
}

/// Where in a request the tenant goes, and what tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    SettingInHeader,
    SettingInQuery,
    SettingInBaseUrl,
    ArgumentInPath,
}

const PLACES: [Place; 4] =
    [Place::SettingInHeader, Place::SettingInQuery, Place::SettingInBaseUrl, Place::ArgumentInPath];

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resource {
    /// Its first letter tells how it is paged.
    pub(super) name: String,
    disposition: &'static str,
    /// Records of a page.
    size: u64,
    /// Whether runs fetch what is new only, and whether the server sorts it.
    range: Option<bool>,
    /// Where its range ends: behind every record.
    end: Option<u64>,
    /// Whether a run may take what does not come for gone.
    may_replace: bool,
    /// The resource that it is fetched for each record of.
    pub(super) parent: Option<String>,
    /// How many of these share one request.
    batch: Option<u64>,
    /// A parameter that the server does not know.
    parameter: Option<u64>,
    text: Option<u64>,
    /// Whether the type of a column is declared that is detected otherwise.
    declares: bool,
}

const DISPOSITIONS: [&str; 5] =
    ["append", "append", "{disposition: merge, strategy: upsert}", "merge", "replace"];

/// The columns that are always declared.
const COLUMNS: &str =
    "id: {data_type: bigint}, updated: {data_type: bigint}, tenant: {data_type: text}";

impl Description {
    pub(super) fn random(rng: &mut Rng) -> Description {
        let tenant = (rng.u8(..4) == 0).then_some("a");
        let mut resources: Vec<Resource> = Vec::new();
        for index in 0..rng.usize(1..=3) {
            let paging = ["page", "offset", "cursor", "link"][rng.usize(..4)];
            let parent = resources.iter().find(|one| one.parent.is_none());
            let parent = parent.filter(|_| rng.u8(..3) == 0).map(|parent| parent.name.clone());
            let disposition = DISPOSITIONS[rng.usize(..DISPOSITIONS.len())];
            let of_range = parent.as_ref().and_then(|parent| {
                resources.iter().find(|one| one.name == *parent).and_then(|one| one.range)
            });
            // What needs everything is not fetched by a range.
            let needs_everything = disposition == "replace" || disposition.contains("scd2");
            let can = !needs_everything && of_range.is_none();
            // One that replaces a tenant's rows removes those of the others, too.
            let is_partial = of_range.is_some() || tenant.is_some();
            let disposition = if needs_everything && is_partial { "append" } else { disposition };
            resources.push(Resource {
                name: format!("{paging}{index}"),
                disposition,
                size: rng.u64(1..=4),
                range: (can && rng.u8(..5) < 2).then(|| rng.bool()),
                end: None,
                may_replace: needs_everything && !is_partial,
                batch: parent.as_ref().filter(|_| rng.bool()).map(|_| rng.u64(1..=4)),
                parent,
                parameter: None,
                text: None,
                declares: rng.u8(..4) == 0,
            });
        }
        let place = PLACES[rng.usize(..PLACES.len())];
        Description { resources, tenant, place, concurrency: rng.u64(1..=3) }
    }

    /// What somebody does to it between two runs.
    pub(super) fn edit(&mut self, rng: &mut Rng) {
        let index = rng.usize(..self.resources.len());
        let resource = &mut self.resources[index];
        match rng.u8(..10) {
            0 => self.concurrency = rng.u64(1..=3),
            1 => resource.size = rng.u64(1..=4),
            2 => resource.text = Some(rng.u64(..10)),
            3 => resource.declares = !resource.declares,
            4 => resource.parameter = Some(rng.u64(..3)),
            5 => resource.range = resource.range.map(|is_sorted| !is_sorted),
            6 => resource.end = [None, Some(1_000), Some(1_001)][rng.usize(..3)],
            7 => {
                let count = DISPOSITIONS.len() - usize::from(!resource.may_replace);
                resource.disposition = DISPOSITIONS[rng.usize(..count)];
            }
            8 => resource.batch = resource.batch.map(|_| rng.u64(1..=4)),
            _ => self.tenant = self.tenant.map(|_| ["a", "b"][rng.usize(..2)]),
        }
    }

    /// Whether the same resources as in the other one keep all versions of a record.
    pub(super) fn keeps_versions_as(&self, other: &Description) -> bool {
        let appends = |it: &Resource| it.disposition == "append";
        self.resources.iter().map(appends).eq(other.resources.iter().map(appends))
    }

    /// What a run of it is told.
    pub(super) fn settings(&self) -> Vec<String> {
        let option = if self.place == Place::ArgumentInPath { "arg" } else { "set" };
        self.tenant.iter().map(|tenant| format!("--{option}=tenant={tenant}")).collect()
    }

    pub(super) fn yaml(&self, url: &str) -> String {
        let place = self.tenant.map(|_| self.place);
        let tenants = if place == Some(Place::SettingInBaseUrl) { "/{config.tenant}" } else { "" };
        let mut text = format!(
            "client:\n  base_url: \"{url}{tenants}\"\n  concurrency: {}\n  retry: {{max_retries: 0}}\n",
            self.concurrency
        );
        if place == Some(Place::SettingInHeader) {
            text += "  headers: {Tenant: \"{config.tenant}\"}\n";
        }
        let params = match place {
            Some(Place::SettingInQuery) => ", tenant: \"{config.tenant}\"",
            _ => "",
        };
        let path = if place == Some(Place::ArgumentInPath) { "{tenant}/" } else { "" };
        text += "resources:\n";
        for resource in &self.resources {
            resource.write(&mut text, path, params);
        }
        text
    }
}

impl Resource {
    fn write(&self, yaml: &mut String, path: &str, params: &str) {
        let Resource { name, disposition, size, .. } = self;
        let _ = writeln!(yaml, "  - name: {name}\n    write_disposition: {disposition}");
        // Tenants share the tables, and not their rows.
        let _ = writeln!(yaml, "    primary_key: [id, tenant]");
        if let Some(text) = self.text {
            let _ = writeln!(yaml, "    description: Text {text}.");
        }
        let amount = if self.declares { ", amount: {data_type: bigint}" } else { "" };
        let _ = writeln!(yaml, "    columns: {{{COLUMNS}{amount}}}");
        let mut ids = String::new();
        let path = match (&self.parent, self.batch) {
            (Some(parent), Some(batch)) => {
                ids = format!(
                    ", ids: {{type: resolve, resource: {parent}, field: id, batch: {batch}}}"
                );
                format!("{path}{parent}/{{ids}}/{name}")
            }
            (Some(parent), None) => {
                let _ = writeln!(yaml, "    include_from_parent: [id]");
                format!("{path}{parent}/{{resources.{parent}.id}}/{name}")
            }
            (None, _) => format!("{path}{name}"),
        };
        let _ = writeln!(yaml, "    endpoint:\n      path: \"{path}\"\n      data_selector: data");
        let sort = self.range == Some(true);
        let sorted = if sort { ", sort: updated" } else { "" };
        let parameter = self.parameter.map_or_else(String::new, |value| format!(", mode: {value}"));
        let (size, paginator) = match &name[..1] {
            "p" => (
                format!("per: {size}"),
                "{type: page_number, base_page: 1, page_param: page, total_path: null}".to_owned(),
            ),
            "o" => (
                format!("sent: {size}"),
                format!("{{type: offset, limit: {size}, limit_param: per, total_path: total}}"),
            ),
            "c" => (
                format!("per: {size}"),
                "{type: cursor, cursor_path: after, cursor_param: after}".to_owned(),
            ),
            _ => (format!("per: {size}"), "{type: json_link, next_url_path: next}".to_owned()),
        };
        let _ = writeln!(yaml, "      params: {{{size}{sorted}{parameter}{params}{ids}}}");
        let _ = writeln!(yaml, "      paginator: {paginator}");
        if self.range.is_some() {
            let order = if sort { ", row_order: asc" } else { "" };
            let end = self.end.map_or_else(String::new, |end| format!(", end_value: {end}"));
            let _ = writeln!(
                yaml,
                "      incremental: {{cursor_path: updated, start_param: since, initial_value: 0{end}{order}}}"
            );
        }
    }
}
