//! The table of the manual that says how each data type is stored.

use rest_source::{
    Date, DateTime, Decimal, Time, Timestamp, Wei,
    plan::{Column, DataType, WriteDisposition::Append},
};
use rest_source_load::Error;

use super::Place;
use crate::support::{Cell, Resource, Shop, row};

const PAGE: &str = include_str!("../../../src/guide/types.md");

/// A row of the table, as one destination has it.
struct Row {
    column: Column,
    value: String,
    /// The type of the column.
    stored: String,
    /// What comes back. `None`: the record is refused.
    read: Option<String>,
}

impl Row {
    /// The cells of a row, of which that under `destination` counts.
    fn of(line: &str, destination: usize) -> Row {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let mut declared = words(cells[0]).into_iter();
        let data_type = declared.next().unwrap();
        let data_type = DataType::named(if data_type == "enum" { "text" } else { data_type });
        let mut column = Column::new("value", data_type.unwrap());
        for hint in declared {
            match hint.split_once(": ").unwrap() {
                ("precision", digits) => column.precision = digits.parse().ok(),
                ("scale", digits) => column.scale = digits.parse().ok(),
                ("timezone", "false") => column.timezone = false,
                hint => panic!("{hint:?}"),
            }
        }
        let value = words(cells[1])[0].to_owned();
        let stored = words(cells[destination]);
        let read = stored.get(1).map_or(&*value, |read| read);
        let read = (!cells[destination].ends_with("refused")).then(|| read.to_owned());
        Row { column, stored: stored[0].to_owned(), read, value }
    }

    /// The value as a record has it.
    fn cell(&self) -> Vec<Cell> {
        let text = &*self.value;
        match self.column.data_type {
            DataType::Text => row![text],
            DataType::Bigint => row![text.parse::<i64>().ok()],
            DataType::Double => row![text.parse::<f64>().ok()],
            DataType::Bool => row![text.parse::<bool>().ok()],
            DataType::Timestamp if self.column.timezone => row![text.parse::<Timestamp>().ok()],
            DataType::Timestamp => row![text.parse::<DateTime>().ok()],
            DataType::Date => row![text.parse::<Date>().ok()],
            DataType::Time => row![text.parse::<Time>().ok()],
            DataType::Decimal => row![text.parse::<Decimal>().ok()],
            DataType::Wei => row![text.parse::<Wei>().ok()],
            DataType::Json => row![text.parse::<rest_source::Json>().ok()],
            DataType::Binary => row![Some(vec![0_u8, 255, 10])],
        }
    }

    /// What the test reads, as the table writes it.
    fn written(&self, read: &str) -> String {
        match (self.column.data_type, read) {
            (DataType::Bool, "1") if self.stored != "INTEGER" => "true".to_owned(),
            (DataType::Binary, "[0, 255, 10]" | r"\x00ff0a") => "AP8K".to_owned(),
            _ => read.to_owned(),
        }
    }
}

/// What stands between backquotes.
fn words(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

pub(super) async fn the_table_of_types_is_true<P: Place>() {
    let mut table = PAGE.lines().skip_while(|line| !line.starts_with("| declared"));
    let head: Vec<&str> = table.next().unwrap().split('|').collect();
    let destination = head.iter().position(|head| head.trim().starts_with(P::CALLED)).unwrap() - 1;
    let table: Vec<_> = table.skip(1).take_while(|line| line.starts_with('|')).collect();
    let rows: Vec<_> = table.iter().map(|line| Row::of(line, destination)).collect();
    let resource = |(index, row): (usize, &Row)| {
        let mut resource = Resource::new(&format!("t{index}"), Append);
        resource.plan.columns.to_mut().push(row.column.clone());
        resource.page([row.cell()])
    };
    let place = P::new().await;
    let shop = Shop(rows.iter().enumerate().map(resource).collect());
    let refused = place.pipeline().run(&shop).await.err();
    for (index, row) in rows.iter().enumerate() {
        let (name, line) = (format!("t{index}"), table[index]);
        let failures = refused.iter().flat_map(Error::failures);
        let failure = failures.into_iter().find(|failure| failure.resource == name);
        assert_eq!(failure.is_none(), row.read.is_some(), "{line}: {failure:?}");
        assert!(failure.is_none_or(|failure| failure.error.is_record()), "{line}: {failure:?}");
        if let Some(read) = &row.read {
            let found = place.rows(&name, &["value"]).await;
            assert_eq!(row.written(&found[0]), *read, "{line}");
            assert_eq!(place.type_of(&name, "value").await, row.stored, "{line}");
        }
    }
}
