//! A preview as a process, and the smallest client there is.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::Duration;

use super::{Pages, files};

/// The one line that a previewed page has and a built page has not.
pub const LINE: &str = "<script src=\"/__preview/reload.js\" defer></script>\n";

/// Anything that takes longer will not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `tongwen serve`, ended with the test.
pub struct Preview {
    child: Child,
    pub address: SocketAddr,
    said: Arc<(Mutex<String>, Condvar)>,
}

pub struct Response {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Preview {
    /// Starts one for a site, at any free port unless the arguments name one.
    pub fn start(root: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
        command.arg("--root").arg(root).arg("serve");
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        command.args(arguments);
        Self::spawn(command)
    }

    /// Starts one by a command that ends in it.
    pub fn spawn(mut command: Command) -> Self {
        command.env("NO_COLOR", "1").stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let said = Arc::new((Mutex::new(String::new()), Condvar::new()));
        let heard = said.clone();
        let (send, address) = mpsc::channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let at = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
                heard.0.lock().unwrap().push_str(&format!("{line}\n"));
                heard.1.notify_all();
                if line.starts_with("preview at")
                    && let Some(address) = at.and_then(|at| at.parse().ok())
                {
                    let _ = send.send(address);
                }
            }
        });
        match address.recv_timeout(PATIENCE) {
            Ok(address) => Self { child, address, said },
            Err(_) => {
                child.kill().unwrap();
                panic!("it does not listen: {}", said.0.lock().unwrap())
            }
        }
    }

    /// What it said until now.
    pub fn said(&self) -> String {
        self.said.0.lock().unwrap().clone()
    }

    /// Waits until it has said so.
    pub fn says(&self, words: &str) {
        let (said, more) = &*self.said;
        let lacks = |said: &mut String| !said.contains(words);
        let (said, wait) = more.wait_timeout_while(said.lock().unwrap(), PATIENCE, lacks).unwrap();
        assert!(!wait.timed_out(), "it did not say `{words}` but: {said}");
    }

    pub fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[])
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        let mut bytes = Vec::new();
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream.read_to_end(&mut bytes).unwrap();
        parse(&bytes)
    }

    /// What comes back for any bytes, as text.
    pub fn raw(&self, request: &[u8]) -> String {
        let mut bytes = Vec::new();
        let mut stream = self.connect();
        // It may refuse before it has read all.
        let _ = stream.write_all(request);
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Listens to the event stream.
    pub fn events(&self) -> Events {
        let mut stream = self.connect();
        stream.write_all(b"GET /__preview/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        Events { lines: BufReader::new(stream) }
    }

    /// The most memory it ever had, in kB.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The messages of an event stream.
pub struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next message's data.
    pub fn next(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return data.trim_end().to_owned();
            }
        }
    }

    /// Reads messages until one is as it should be.
    pub fn until(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        loop {
            let data = self.next();
            if wanted(&data) {
                return data;
            }
        }
    }
}

fn parse(bytes: &[u8]) -> Response {
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    Response { status, headers, body: bytes[end + 4..].to_vec() }
}

/// A page as it was built.
pub fn without_line(bytes: &[u8]) -> Vec<u8> {
    let at = bytes.windows(LINE.len()).position(|part| part == LINE.as_bytes());
    match at {
        Some(at) => [&bytes[..at], &bytes[at + LINE.len()..]].concat(),
        None => bytes.to_vec(),
    }
}

/// The files that `build` writes.
pub fn built(root: &Path) -> Pages {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    let built = command.arg("--root").arg(root).arg("build").arg("--out").arg(&out).output();
    let built = built.unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    files(&out)
}
