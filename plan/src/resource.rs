//! A resource.

use crate::{
    Code, Column, DataType, Endpoint, Link, List, MergeStrategy, SchemaContract, Selector, Str,
    WriteDisposition, code::plan,
};

plan! {
    /// One resource: where its records come from and what identifies and describes them.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ResourcePlan or DEFAULT {
        /// The resource's name in the file.
        pub name: Str,
        /// The name of its table.
        pub table_name: Str,
        /// Whether it is loaded. A child may need it all the same.
        pub selected: bool,
        /// The resource whose records fill the gaps of this one's endpoint.
        pub parent: Option<Parent>,
        /// What fills gaps of the path that nothing else fills.
        pub arguments: List<Argument>,
        /// Method, path and parameters that serve it.
        pub endpoint: Endpoint,
        /// The declared columns, in the file's order, and behind them those taken from the parent.
        pub columns: List<Column>,
        /// Columns that identify a record.
        pub primary_key: List<Str>,
        /// Columns that say which existing rows a record replaces, beside those with its
        /// primary key.
        pub merge_key: List<Str>,
        /// What loading does to existing rows.
        pub write_disposition: WriteDisposition,
        /// How rows are merged.
        pub merge_strategy: MergeStrategy,
        /// How to handle fields that are not declared.
        pub schema_contract: SchemaContract,
        /// Down to which depth nested data becomes tables.
        pub max_table_nesting: Option<u32>,
    }
}

impl ResourcePlan {
    /// A resource without a name, which appends its records.
    pub const DEFAULT: ResourcePlan = ResourcePlan {
        name: Str::Borrowed(""),
        table_name: Str::Borrowed(""),
        selected: true,
        parent: None,
        arguments: List::Borrowed(&[]),
        endpoint: Endpoint::DEFAULT,
        columns: List::Borrowed(&[]),
        primary_key: List::Borrowed(&[]),
        merge_key: List::Borrowed(&[]),
        write_disposition: WriteDisposition::Append,
        merge_strategy: MergeStrategy::Default,
        schema_contract: SchemaContract::EVOLVE,
        max_table_nesting: None,
    };

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

plan! {
    /// The parent of a resource.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Parent {
        /// Its plan.
        pub plan: Link<ResourcePlan>,
        /// Fields of its record that are added to each record.
        pub include: List<Included>,
    }
}

plan! {
    /// A field of the parent's record that is added to each record of a child.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Included {
        /// Where it is in the parent's record.
        pub field: Selector,
        /// The column that takes it, `_posts_id`.
        pub column: Str,
    }
}

plan! {
    /// A value that a fetch needs: `{customer_id}` of a path that nothing binds.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Argument {
        /// Its name in the path.
        pub name: Str,
        /// What it is.
        pub data_type: DataType,
    }
}

/// A resource is not written inside another one: `PARENT` names the plan of its parent.
impl Code for Link<ResourcePlan> {
    fn write_code(&self, code: &mut String) {
        code.push_str("Link::Static(PARENT)");
    }
}
