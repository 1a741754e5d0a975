//! A resource.

use std::{collections::HashSet, fmt::Write as _};

use crate::{
    Code, Column, DataType, Endpoint, JsonTemplate, Link, List, MergeStrategy, SchemaContract,
    Selector, Str, WriteDisposition, code::plan,
};

plan! {
    /// One resource: where its records come from and what identifies and describes them.
    #[derive(Clone, PartialEq)]
    pub struct ResourcePlan or DEFAULT {
        /// The resource's name in the file.
        pub name: Str = Str::Borrowed(""),
        /// The name of its table.
        pub table_name: Str = Str::Borrowed(""),
        /// Whether it is loaded. A child may need it all the same.
        pub selected: bool = true,
        /// The resource whose records fill the gaps of this one's endpoint.
        pub parent: Option<Parent> = None,
        /// Resources beside the parent whose records fill gaps too: it is fetched for each combination of
        /// their records with those of the parent.
        pub crossed: List<Crossed> = List::Borrowed(&[]),
        /// The lists that it is fetched for: once for each combination of their values, and of these with
        /// each record of the parent.
        pub for_each: List<Each> = List::Borrowed(&[]),
        /// What fills gaps of the path that nothing else fills.
        pub arguments: List<Argument> = List::Borrowed(&[]),
        /// Method, path and parameters that serve it.
        pub endpoint: Endpoint = Endpoint::DEFAULT,
        /// The declared columns, in the file's order, and behind them those taken from the parent.
        pub columns: List<Column> = List::Borrowed(&[]),
        /// Columns that identify a record.
        pub primary_key: List<Str> = List::Borrowed(&[]),
        /// Columns that say which existing rows a record replaces, beside those with its
        /// primary key.
        pub merge_key: List<Str> = List::Borrowed(&[]),
        /// What loading does to existing rows.
        pub write_disposition: WriteDisposition = WriteDisposition::Append,
        /// How rows are merged.
        pub merge_strategy: MergeStrategy = MergeStrategy::Default,
        /// How to handle fields that are not declared.
        pub schema_contract: SchemaContract = SchemaContract::EVOLVE,
        /// Down to which depth nested data becomes tables.
        pub max_table_nesting: Option<u32> = None,
    }
}

impl ResourcePlan {
    /// The columns that records get from elsewhere: from the records of the parents, and from lists.
    pub fn included(&self) -> impl Iterator<Item = &Str> {
        let of_parent = self.parent.iter().flat_map(|parent| parent.include.iter());
        let of_crossed = self.crossed.iter().flat_map(|crossed| crossed.include.iter());
        let of_lists = self.for_each.iter().filter_map(|list| list.column.as_ref());
        of_parent.chain(of_crossed).map(|included| &included.column).chain(of_lists)
    }

    /// The resource, its parents, and the resources that its records are combined with.
    pub fn line(&self) -> Vec<&ResourcePlan> {
        let (mut line, mut open, mut known) = (Vec::new(), vec![self], HashSet::new());
        while let Some(plan) = open.pop() {
            if known.insert(&*plan.name) {
                line.push(plan);
                open.extend(plan.crossed.iter().rev().map(|crossed| &*crossed.plan));
                open.extend(plan.parent.iter().map(|parent| &*parent.plan));
            }
        }
        line
    }

    /// A resource with default settings, which appends its records.
    pub const fn new(
        name: &'static str,
        endpoint: Endpoint,
        columns: &'static [Column],
    ) -> ResourcePlan {
        ResourcePlan {
            name: Str::Borrowed(name),
            table_name: Str::Borrowed(name),
            endpoint,
            columns: List::Borrowed(columns),
            ..ResourcePlan::DEFAULT
        }
    }
}

const NO_PARENT: &ResourcePlan = &ResourcePlan::DEFAULT;

plan! {
    /// The parent of a resource.
    #[derive(Clone, PartialEq)]
    pub struct Parent or DEFAULT {
        /// Its plan.
        pub plan: Link<ResourcePlan> = Link::Static(NO_PARENT),
        /// Fields of its record that are added to each record.
        pub include: List<Included> = List::Borrowed(&[]),
        /// The fields whose values of several records share one request. If there are none, each record
        /// has requests of its own.
        pub batches: List<Batched> = List::Borrowed(&[]),
    }
}

plan! {
    /// A field of the parent's record, of which one request has several values.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Batched or DEFAULT {
        /// Where it is in the parent's record.
        pub field: Selector = Selector::ROOT,
        /// How many values, and how they are joined.
        pub batch: Batch = Batch::DEFAULT,
    }
}

plan! {
    /// Several values in one request. By itself in a JSON body they are a list, elsewhere a text.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Batch or DEFAULT {
        /// How many at most.
        pub size: u64 = 1,
        /// What is between them in a text.
        pub separator: Str = Str::Borrowed(","),
    }
}

plan! {
    /// A field of the parent's record that is added to each record of a child.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Included or DEFAULT {
        /// Where it is in the parent's record.
        pub field: Selector = Selector::ROOT,
        /// The column that takes it, `_posts_id`.
        pub column: Str = Str::Borrowed(""),
    }
}

plan! {
    /// A resource beside the parent whose records are combined with those of the parent.
    #[derive(Clone, PartialEq)]
    pub struct Crossed or DEFAULT {
        /// Its plan.
        pub plan: Link<ResourcePlan> = Link::Static(NO_PARENT),
        /// The fields of its records that fill gaps, each with the name by which
        /// [`Part::Each`](crate::Part::Each) means it: `resources.items.id`.
        pub fields: List<(Str, Selector)> = List::Borrowed(&[]),
        /// Fields of its records that are added to each record.
        pub include: List<Included> = List::Borrowed(&[]),
    }
}

plan! {
    /// A list that a resource is fetched for: once for each of its values, which fills `{each.repo}`.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Each or DEFAULT {
        /// Its name, `repo`.
        pub name: Str = Str::Borrowed(""),
        /// Its values. A text that is one setting and nothing else has as many as the setting's list.
        pub values: List<JsonTemplate> = List::Borrowed(&[]),
        /// The column that each record gets the value in, if there is one.
        pub column: Option<Str> = None,
        /// How many of its values share one request. `None`: each has requests of its own.
        pub batch: Option<Batch> = None,
    }
}

plan! {
    /// A value that a fetch needs: `{customer_id}` of a path that nothing binds.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Argument or DEFAULT {
        /// Its name in the path.
        pub name: Str = Str::Borrowed(""),
        /// What it is.
        pub data_type: DataType = DataType::Text,
    }
}

/// A resource is not written inside another one: the name of a constant stands for its plan.
impl Code for Link<ResourcePlan> {
    fn write_code(&self, code: &mut String) {
        let _ = write!(code, "Link::Static({})", plan_constant(&self.name));
    }
}

/// The name of the constant of a resource's plan in the code of other ones: `PLAN_POSTS`.
pub fn plan_constant(resource: &str) -> String {
    let mut name = "PLAN_".to_owned();
    for c in resource.chars() {
        match c {
            'a'..='z' => name.push(c.to_ascii_uppercase()),
            '0'..='9' => name.push(c),
            _ => {
                let _ = write!(name, "_{:X}_", u32::from(c));
            }
        }
    }
    name
}
