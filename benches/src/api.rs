//! The API: HTTP/1.1 with connections kept open, and nothing to compute for a request.

use std::{fmt::Write as _, io, sync::Arc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How many records are on a page.
pub const PAGE: usize = 500;

/// The responses for `/v1/payments`, each with its head, by the number that `after` has.
#[derive(Debug)]
pub struct Api {
    responses: Vec<Vec<u8>>,
}

impl Api {
    /// One with so many records of about 550 bytes.
    pub fn with(records: usize) -> Api {
        let pages = records.div_ceil(PAGE).max(1);
        let responses = (0..pages).map(|page| {
            let numbers = page * PAGE..records.min((page + 1) * PAGE);
            let after = if page + 1 < pages { format!("\"{}\"", page + 1) } else { "null".into() };
            response(&body(numbers, &after))
        });
        Api { responses: responses.collect() }
    }

    /// Serves it on a free port of the loopback interface, and gives the address.
    ///
    /// # Errors
    ///
    /// If there is no free port.
    pub async fn serve(self) -> io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let api = Arc::new(self);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let _ = connection.set_nodelay(true);
                tokio::spawn(answer(connection, Arc::clone(&api)));
            }
        });
        Ok(address)
    }
}

/// Answers the requests of a connection, one after the other.
async fn answer(mut connection: TcpStream, api: Arc<Api>) {
    let mut request = Vec::new();
    loop {
        let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") else {
            match connection.read_buf(&mut request).await {
                Ok(0) | Err(_) => return,
                Ok(_) => continue,
            }
        };
        let page = after(&request[..end]);
        request.drain(..end + 4);
        let response = api.responses.get(page).unwrap_or(&api.responses[0]);
        if connection.write_all(response).await.is_err() {
            return;
        }
    }
}

/// The number that the parameter `after` of a request has; 0 without one.
fn after(request: &[u8]) -> usize {
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let value = line.split_once("after=").map_or("", |(_, rest)| rest);
    let digits = value.split(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn response(body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

fn body(numbers: impl Iterator<Item = usize>, after: &str) -> String {
    let mut body = String::from("{\"payments\":[");
    for (index, number) in numbers.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
        let _ = write!(
            body,
            "{comma}{{\"id\":\"PM{number:010}\",\
             \"created_at\":\"2024-03-04T{hour:02}:{minute:02}:{second:02}.{:03}Z\",\
             \"amount\":{},\"currency\":\"GBP\",\"status\":\"paid_out\",\"charge_date\":\"2024-03-11\",\
             \"amount_refunded\":0,\"reference\":\"INV-{number:08}\",\
             \"description\":\"Order {number} of the spring catalogue, delivered in two parcels\",\
             \"retry_if_possible\":false,\"fx\":{{\"fx_currency\":\"EUR\",\"fx_amount\":null,\
             \"exchange_rate\":null,\"estimated_exchange_rate\":\"1.1234567890\"}},\
             \"links\":{{\"mandate\":\"MD{:08}\",\"creditor\":\"CR000011\",\"payout\":\"PO{:08}\"}},\
             \"metadata\":{{\"order\":\"{number}\",\"channel\":\"web\"}}}}",
            number % 1000,
            100 + number % 9_900,
            number / 7,
            number / 100,
        );
    }
    let _ = write!(
        body,
        "],\"meta\":{{\"cursors\":{{\"before\":null,\"after\":{after}}},\"limit\":500}}}}"
    );
    body
}
