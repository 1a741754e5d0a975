//! What stands between a client and the server, and cuts their connections.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::AbortHandle,
};

use super::cluster::Cluster;

/// When a connection is cut.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cut {
    /// Each after a random time of up to so many milliseconds; every third one when the server has
    /// got a COMMIT of rows, before it has said so.
    Randomly(u64),
    /// The first so many that commit rows, when the server has got it, before it has said so.
    AtCommits(u64),
}

/// A proxy before the server, for connections without TLS.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    cuts: Arc<AtomicU64>,
    accepting: AbortHandle,
}

impl Proxy {
    pub(crate) async fn start(cut: Cut) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let cuts = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&cuts);
        let accept = async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                tokio::spawn(pass_on(client, cut, Arc::clone(&count)));
            }
        };
        Proxy { port, cuts, accepting: tokio::spawn(accept).abort_handle() }
    }

    /// The URL of the server's database by way of this.
    pub(crate) fn url(&self) -> String {
        let url = Cluster::url_by(self.port).replace("localhost", "127.0.0.1");
        format!("{url}?sslmode=disable")
    }

    /// How many connections have been cut.
    pub(crate) fn cuts(&self) -> u64 {
        self.cuts.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Passes on what both say until one ends, or the connection is cut; dropping the sockets closes
/// them.
async fn pass_on(client: TcpStream, cut: Cut, cuts: Arc<AtomicU64>) {
    let server = TcpStream::connect(("127.0.0.1", Cluster::get().port)).await.unwrap();
    let ((from_client, to_client), (from_server, to_server)) =
        (client.into_split(), server.into_split());
    let (time, at_commit) = match cut {
        Cut::Randomly(_) if fastrand::u8(0..3) == 0 => (Duration::MAX, 2),
        Cut::Randomly(most) => (Duration::from_millis(fastrand::u64(0..most)), 0),
        Cut::AtCommits(most) => (Duration::MAX, u8::from(cuts.load(Ordering::Relaxed) < most)),
    };
    let is_silent = AtomicBool::new(false);
    let is_cut = tokio::select! {
        is_cut = requests(from_client, to_server, at_commit, &is_silent) => is_cut,
        () = answers(from_server, to_client, &is_silent) => false,
        () = tokio::time::sleep(time) => true,
    };
    cuts.fetch_add(u64::from(is_cut), Ordering::Relaxed);
}

/// Passes on what a client says. One of so many commits of rows is the last thing that it does:
/// nothing of the answer comes through. Whether it ended so.
async fn requests(
    mut client: OwnedReadHalf,
    mut server: OwnedWriteHalf,
    one_of: u8,
    is_silent: &AtomicBool,
) -> bool {
    let mut buffer = vec![0; 64 << 10];
    let mut has_rows = false;
    while let Ok(length @ 1..) = client.read(&mut buffer).await {
        let said = |what: &[u8]| buffer[..length].windows(what.len()).any(|said| said == what);
        has_rows |= said(b"COPY ");
        let is_last = has_rows && said(b"COMMIT\0") && one_of > 0 && fastrand::u8(0..one_of) == 0;
        has_rows &= !said(b"COMMIT\0");
        is_silent.store(is_last, Ordering::SeqCst);
        if server.write_all(&buffer[..length]).await.is_err() {
            return false;
        }
        if is_last {
            // So that the server has done it.
            tokio::time::sleep(Duration::from_millis(fastrand::u64(5..30))).await;
            return true;
        }
    }
    false
}

async fn answers(mut server: OwnedReadHalf, mut client: OwnedWriteHalf, is_silent: &AtomicBool) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(length @ 1..) = server.read(&mut buffer).await {
        if is_silent.load(Ordering::SeqCst) {
            continue;
        }
        if client.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
