//! The API: HTTP/1.1 with connections kept open, and nothing to compute for a request.

use std::{collections::HashMap, io, ops::Range, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use crate::{
    bodies::{self, PAGE, id, list},
    shape::Shape,
};

/// The resources of the reference example, each at `/v1/` and its name.
pub const RESOURCES: [&str; 4] = ["payments", "refunds", "mandates", "payouts"];

/// How many payments each customer has.
pub const CHILDREN: usize = 10;

/// The responses, each with its head, made before the first request.
#[derive(Debug, Default)]
pub struct Api {
    /// Those of a path, by the number of the page: what `after` or `page` says, or `offset` in pages.
    responses: HashMap<String, Vec<Vec<u8>>>,
}

impl Api {
    /// One with so many records of about 550 bytes in each of these resources.
    #[must_use]
    pub fn resources(self, names: &[&str], records: usize) -> Api {
        let paths: Vec<_> = names.iter().map(|name| (format!("/v1/{name}"), *name)).collect();
        self.pages(&paths, records, list)
    }

    /// One with so many records of this shape.
    #[must_use]
    pub fn shape(self, shape: &Shape, records: usize) -> Api {
        self.pages(&[(format!("/v1/{}", shape.name), "records")], records, shape.list)
    }

    /// Pages of the same records at each of these paths, under a name.
    fn pages(
        mut self,
        paths: &[(String, &str)],
        records: usize,
        list: impl Fn(Range<usize>) -> String,
    ) -> Api {
        let pages = records.div_ceil(PAGE).max(1);
        for page in 0..pages {
            let text = list(page * PAGE..records.min((page + 1) * PAGE));
            let after = (page + 1 < pages).then_some(page + 1);
            for (path, name) in paths {
                let response = response(&bodies::page(name, &text, after, records));
                self.responses.entry(path.clone()).or_default().push(response);
            }
        }
        self
    }

    /// One with so many customers, at `/v1/customers`, of which each has a page of payments.
    #[must_use]
    pub fn customers(mut self, customers: usize) -> Api {
        for customer in 0..customers {
            let text = list(customer * CHILDREN..(customer + 1) * CHILDREN);
            let response = response(&bodies::page("payments", &text, None, CHILDREN));
            self.responses
                .insert(format!("/v1/customers/{}/payments", id(customer)), vec![response]);
        }
        self.resources(&["customers"], customers)
    }

    /// One with so many payments, a page of them for each account at `/v1/accounts`.
    #[must_use]
    pub fn accounts(mut self, payments: usize) -> Api {
        let accounts = payments.div_ceil(PAGE);
        for account in 0..accounts {
            let text = list(account * PAGE..payments.min((account + 1) * PAGE));
            let response = response(&bodies::page("payments", &text, None, PAGE));
            self.responses.insert(format!("/v1/accounts/{}/payments", id(account)), vec![response]);
        }
        self.resources(&["accounts"], accounts)
    }

    /// Serves it on a free port of the loopback interface, each response so long after its request,
    /// and gives the address.
    ///
    /// # Errors
    ///
    /// If there is no free port.
    pub async fn serve(self, latency: Duration) -> io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let api = Arc::new(self);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let _ = connection.set_nodelay(true);
                tokio::spawn(answer(connection, Arc::clone(&api), latency));
            }
        });
        Ok(address)
    }

    /// The response to a request; nothing for an address that there is not.
    fn response(&self, request: &[u8]) -> Option<&[u8]> {
        let line = request.split(|byte| *byte == b'\r').next()?;
        let target = str::from_utf8(line).ok()?.split(' ').nth(1)?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let parameters = query.split('&').filter_map(|parameter| parameter.split_once('='));
        let page = parameters.map(|(name, value)| match name {
            "after" | "page" => value.parse().ok(),
            "offset" => value.parse().ok().map(|offset: usize| offset / PAGE),
            _ => None,
        });
        let page = page.flatten().next().unwrap_or(0);
        self.responses.get(path)?.get(page).map(Vec::as_slice)
    }
}

/// Answers the requests of a connection, one after the other.
async fn answer(mut connection: TcpStream, api: Arc<Api>, latency: Duration) {
    const NOTHING: &[u8] = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    let mut request = Vec::new();
    loop {
        let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") else {
            match connection.read_buf(&mut request).await {
                Ok(0) | Err(_) => return,
                Ok(_) => continue,
            }
        };
        let response = api.response(&request[..end]).unwrap_or(NOTHING);
        request.drain(..end + 4);
        if !latency.is_zero() {
            sleep(latency).await;
        }
        if connection.write_all(response).await.is_err() {
            return;
        }
    }
}

fn response(body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body.as_bytes()].concat()
}
