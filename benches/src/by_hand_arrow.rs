//! What a careful engineer writes over reqwest and arrow-json: pages of records as record batches.

use std::error::Error;

use arrow_array::{Array as _, RecordBatch, cast::AsArray as _};
use arrow_json::{ReaderBuilder, reader::Decoder};
use arrow_schema::{DataType, Field, Fields, Schema, TimeUnit};

use crate::by_hand::plain_client;

/// The four fields of a payment that are declared.
pub fn payment() -> Fields {
    let amount = Field::new("amount", DataType::Int64, true);
    vec![text("id"), moment("created_at"), amount, text("currency")].into()
}

/// All fields of a payment that have a value, of which most are not declared and kept as they come.
pub fn whole_payment() -> Fields {
    let fields = vec![
        text("id"),
        moment("created_at"),
        whole("amount"),
        text("currency"),
        text("status"),
        text("charge_date"),
        whole("amount_refunded"),
        text("reference"),
        text("description"),
        Field::new("retry_if_possible", DataType::Boolean, true),
        record("fx", vec![text("fx_currency"), text("estimated_exchange_rate")]),
        record("links", vec![text("mandate"), text("creditor"), text("payout")]),
        record("metadata", vec![text("order"), text("channel")]),
    ];
    fields.into()
}

/// Eight fields, most of them text.
pub fn eight_columns() -> Fields {
    let fields = vec![
        text("id"),
        whole("amount"),
        text("currency"),
        text("status"),
        text("charge_date"),
        whole("amount_refunded"),
        text("reference"),
        text("description"),
    ];
    fields.into()
}

/// All 13 fields of a payment with their types. Decimals are text, as their scale is not declared.
pub fn all_columns() -> Fields {
    let rates = ["exchange_rate", "estimated_exchange_rate"].map(text);
    let fx = [vec![text("fx_currency"), whole("fx_amount")], rates.to_vec()].concat();
    let fields = vec![
        text("id"),
        moment("created_at"),
        whole("amount"),
        text("currency"),
        text("status"),
        Field::new("charge_date", DataType::Date32, true),
        whole("amount_refunded"),
        text("reference"),
        text("description"),
        Field::new("retry_if_possible", DataType::Boolean, true),
        record("fx", fx),
        record("links", vec![text("mandate"), text("creditor"), text("payout")]),
        record("metadata", vec![text("order"), text("channel")]),
    ];
    fields.into()
}

/// Sixty fields of six types.
pub fn sixty_columns() -> Fields {
    let field = |number: usize| {
        let name = format!("field_{number}");
        match number % 6 {
            0 => text(&name),
            1 => whole(&name),
            2 => moment(&name),
            3 => Field::new(name, DataType::Float64, true),
            4 => Field::new(name, DataType::Boolean, true),
            _ => Field::new(name, DataType::Date32, true),
        }
    };
    (0..60).map(field).collect::<Vec<_>>().into()
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn moment(name: &str) -> Field {
    let utc = DataType::Timestamp(TimeUnit::Microsecond, Some("+00:00".into()));
    Field::new(name, utc, true)
}

fn record(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(fields.into()), true)
}

/// The pages of a resource, one after the other.
#[derive(Debug)]
pub struct Pages {
    http: reqwest::Client,
    url: String,
    decoder: Decoder,
    /// The cursor of the next page, of which the first one has none.
    after: Option<String>,
    is_over: bool,
}

impl Pages {
    /// Those at an address, whose records are in the list of this name.
    ///
    /// # Errors
    ///
    /// If arrow-json has no decoder for these fields.
    pub fn new(url: String, list: &str, fields: Fields) -> Result<Pages, Box<dyn Error>> {
        let item = Field::new("item", DataType::Struct(fields), true);
        let page = Schema::new(vec![
            Field::new(list, DataType::List(item.into()), true),
            record("meta", vec![record("cursors", vec![text("after")])]),
        ]);
        let decoder = ReaderBuilder::new(page.into()).build_decoder()?;
        Ok(Pages { http: plain_client(), url, decoder, after: None, is_over: false })
    }

    /// The records of the next page.
    ///
    /// # Errors
    ///
    /// If the request fails, or the body is not a page.
    pub async fn next(&mut self) -> Result<Option<RecordBatch>, Box<dyn Error>> {
        if self.is_over {
            return Ok(None);
        }
        let after = self.after.take().map(|after| [("after", after)]);
        let request = self.http.get(&self.url).query(&[("limit", "500")]);
        let request = request.query(&after.unwrap_or_default());
        let response = request.bearer_auth("token").send().await?.error_for_status()?;
        self.decoder.decode(&response.bytes().await?)?;
        let page = self.decoder.flush()?.ok_or("there is no page")?;
        let cursors = page.column(1).as_struct().column(0).as_struct().column(0);
        let after = cursors.as_string::<i32>();
        self.after = after.is_valid(0).then(|| after.value(0).to_owned());
        self.is_over = self.after.is_none();
        Ok(Some(page.column(0).as_list::<i32>().values().as_struct().into()))
    }
}
