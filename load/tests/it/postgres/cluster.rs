//! A real PostgreSQL server for the tests of this process.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::LazyLock,
};

use tempfile::TempDir;

/// One with everything that has to be encoded in a URL.
pub(crate) const PASSWORD: &str = "canary@p:s/w?rd#1";
const ENCODED: &str = "canary%40p%3As%2Fw%3Frd%231";

static CLUSTER: LazyLock<Cluster> = LazyLock::new(Cluster::start);

/// The server: it ends when the input of its process is closed.
pub(crate) struct Cluster {
    pub(crate) port: u16,
    pub(crate) folder: PathBuf,
    _process: Child,
}

impl Cluster {
    pub(crate) fn get() -> &'static Cluster {
        &CLUSTER
    }

    /// The URL of its database, by way of this port.
    pub(crate) fn url_by(port: u16) -> String {
        format!("postgres://postgres:{ENCODED}@localhost:{port}/postgres")
    }

    /// The URL of its database.
    pub(crate) fn url(&self) -> String {
        Cluster::url_by(self.port)
    }

    /// The file with the authority whose certificate it has.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.join("authority.pem")
    }

    fn start() -> Cluster {
        // Removed by the server's own process, which outlives this one.
        let folder = TempDir::new().unwrap().keep();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/postgres/cluster.sh");
        let mut command = Command::new("sh");
        // PostgreSQL refuses to be run by root, which may not own files that others may.
        if let Some((user, group)) = user_if_root() {
            chown(&folder, Some(user), Some(group)).unwrap();
            command.uid(user).gid(group);
        }
        // As the script's text, because another user may not read the file. In a group of its own, so
        // that Ctrl-C ends it by the end of its input and not before it has removed the folder.
        let text = fs::read_to_string(script).unwrap();
        let mut process = command
            .args(["-c", &text, "cluster.sh"])
            .arg(binaries())
            .arg(&folder)
            .args([&free.to_string(), PASSWORD])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "PostgreSQL did not start; see {}", folder.display());
        Cluster { port: free, folder, _process: process }
    }
}

/// Where Debian's `initdb` and `postgres` are, or those of the path.
fn binaries() -> PathBuf {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<_> = debian.map(|version| version.path().join("bin")).collect();
    debian.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = debian.into_iter().rev().chain(std::env::split_paths(&path));
    let has_server =
        |folder: &Path| folder.join("initdb").exists() && folder.join("postgres").exists();
    folders.find(|folder| has_server(folder)).unwrap_or_else(|| {
        panic!(
            "the tests with the feature `postgres-tests` need a PostgreSQL server: on Debian \
             `apt-get install postgresql`, elsewhere `initdb` and `postgres` on the path"
        )
    })
}

/// The user `postgres` and its group, if this is root.
fn user_if_root() -> Option<(u32, u32)> {
    let id = |flag: &str, user: &[&str]| {
        let output = Command::new("id").arg(flag).args(user).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().parse::<u32>().ok()
    };
    (id("-u", &[]) == Some(0)).then(|| {
        let user =
            id("-u", &["postgres"]).expect("the user `postgres`, who comes with the package");
        (user, id("-g", &["postgres"]).unwrap())
    })
}
