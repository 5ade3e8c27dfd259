//! Every spelling of an address that must not be dialled, and a listener that must never hear of it.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use model::Text;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use secrecy::SecretString;
use url::Url;

use super::{AllowedHost, Given, PublicOnly, Refused, Way, Why, judge};
use crate::error::{Error, ErrorKind};
use crate::http::{Credential, Http, Limits, Policy, Refusal, Request, Target, for_status, no_budgets};

/// What leads inside, as it may be typed.
const INSIDE: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.0.1.",
    "127.255.255.254",
    "0.0.0.0",
    "0",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "017700000001",
    "0177.0.0.01",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "127.0.\t0.1",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "ｌocalhost",
    "a.localhost",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "198.18.0.1",
    "198.19.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "169.254.169.254",
    "2852039166",
    "0xA9FEA9FE",
    "169.254.170.2",
    "169.254.0.1",
    "168.63.129.16",
    "metadata.google.internal",
    "Metadata.Google.Internal",
    "[fd00:ec2::254]",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd00::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[100::1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::]",
    "[2001::1]",
    "[2001:2::1]",
    "[5f00::1]",
    "good@127.0.0.1",
    "good:pass@odoo.example.com",
    "127.0.0.1#@good",
    "127.0.0.1\\@good",
    "odoo.example.com.",
];

/// What is no site, whatever host it names.
const NO_SITE: &[&str] = &[
    "//127.0.0.1",
    "file:///etc/passwd",
    "ftp://odoo.example.com/",
    "gopher://odoo.example.com/",
    "data:text/plain,x",
    "jar:http://odoo.example.com!/",
    "unix:/run/odoo.sock",
    "http://a\0b/",
    "http://",
    "http://odoo.example.com:0/",
    "http://odoo.example.com:22/",
    "http://odoo.example.com:25/",
    "http://odoo.example.com:5432/",
    "http://odoo.example.com:6379/",
];

/// What may be dialled, if it resolves to public addresses.
const OUTSIDE: &[&str] = &[
    "https://odoo.example.com",
    "http://odoo.example.com:8069/erp",
    "https://good\\@127.0.0.1/",
    "http://8.8.8.8",
    "http://134744072",
    "http://[2606:4700::1111]",
    "http://[::ffff:8.8.8.8]",
    "http://[64:ff9b::8.8.8.8]",
    "http://172.32.0.1",
    "http://localhost.example.com",
];

fn judged(typed: &str, allowed: &[AllowedHost]) -> Option<Way> {
    judge(&Url::parse(typed).ok()?, allowed).ok()
}

#[test]
fn every_spelling_is_judged() {
    for typed in INSIDE {
        assert_eq!(judged(&format!("http://{typed}/"), &[]), None, "{typed}");
    }
    for typed in NO_SITE {
        assert_eq!(judged(typed, &[]), None, "{typed}");
    }
    for typed in OUTSIDE {
        assert_eq!(judged(typed, &[]), Some(Way::PublicOnly), "{typed}");
    }
}

#[test]
fn the_operator_s_list() {
    let list = ["odoo.lan", "192.168.1.10:8069", "fd12::1", "[fd12::2]:8069", "127.1", " ERP.Local:443 "];
    let list = list.map(|host| AllowedHost::parse(host).expect("a host"));
    for (typed, allowed) in [
        ("http://odoo.lan", true),
        ("https://ODOO.lan:8443/web", true),
        ("http://odoo.lan:22", true),
        ("http://x.odoo.lan.", false),
        ("http://192.168.1.10:8069", true),
        ("http://3232235786:8069", true),
        ("http://192.168.1.10", false),
        ("http://192.168.1.11:8069", false),
        ("http://[fd12::1]:1234", true),
        ("http://[fd12:0::2]:8069", true),
        ("http://[fd12::2]", false),
        ("http://127.0.0.1:8069", true),
        ("http://localhost:8069", false),
        ("https://erp.local", true),
        ("http://erp.local", false),
        ("http://me:secret@odoo.lan", false),
        ("ftp://odoo.lan", false),
    ] {
        assert_eq!(judged(typed, &list) == Some(Way::Anywhere), allowed, "{typed}");
    }
    for nonsense in
        ["", ":8069", "odoo.lan:", "odoo.lan:web", "odoo.lan:70000", "http://odoo.lan", "a/b", "*.lan", "a b"]
    {
        let fault = AllowedHost::parse(nonsense).expect_err(nonsense);
        assert!(fault.fr.contains("192.168.1.10:8069"), "{nonsense}");
    }
}

#[test]
fn a_refusal_says_which_address_why_and_what_to_do() {
    let error = |typed: &str| {
        let refused = judge(&Url::parse(typed).expect("an address"), &[]).expect_err(typed);
        refused.error("Odoo")
    };
    let refused = error("http://2130706433/");
    assert_eq!(refused.kind, ErrorKind::InvalidSettings);
    assert_eq!(
        refused.message,
        Text::fixed(
            "Odoo : l'adresse « 127.0.0.1 » n'est pas autorisée : c'est cette machine elle-même.",
            "Odoo: the address “127.0.0.1” is not allowed: it is this machine itself.",
        )
    );
    assert!(refused.hint.expect("a hint").fr.contains("PASSERELLE_ALLOW_PRIVATE_HOSTS=127.0.0.1"));
    let why = Why::Address(IpAddr::from([10, 0, 0, 7]), super::range::Range::Private);
    let refused = Refused { host: "odoo.lan".to_owned(), why }.error("Odoo");
    assert!(refused.message.fr.contains("elle mène à 10.0.0.7, une adresse de réseau privé"));
    assert!(!error("http://me:secret@8.8.8.8/").message.fr.contains("secret"));
}

/// Answers every name with these addresses, the next ones the next time.
struct Scripted {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Scripted {
    fn new(answers: &[&[&str]]) -> Arc<Scripted> {
        let addresses = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().expect("an address")).collect();
        Arc::new(Scripted { answers: answers.iter().map(addresses).collect(), asked: AtomicUsize::new(0) })
    }
}

impl Resolve for Scripted {
    fn resolve(&self, _name: Name) -> Resolving {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        let answer = self.answers[asked % self.answers.len()].clone();
        let answer = answer.into_iter().map(|ip| SocketAddr::from((ip, 0)));
        Box::pin(async move { Ok(Box::new(answer) as Addrs) })
    }
}

#[tokio::test]
async fn a_name_leads_only_to_what_was_judged() {
    let names = PublicOnly(Scripted::new(&[
        &["8.8.8.8", "2606:4700::1111"],
        &["127.0.0.1"],
        &["8.8.8.8", "::ffff:10.0.0.1"],
        &[],
    ]));
    let resolve = || names.resolve("odoo.example.com".parse().expect("a name"));
    let dialled: Vec<IpAddr> = resolve().await.expect("public").map(|address| address.ip()).collect();
    let public: [IpAddr; 2] = ["8.8.8.8", "2606:4700::1111"].map(|ip| ip.parse().expect("an address"));
    assert_eq!(dialled, public);
    // The same name leads elsewhere the second time, and to a good and a bad one the third.
    for _ in 0..2 {
        let error = resolve().await.err().expect("inside");
        assert!(error.downcast_ref::<Refused>().is_some());
    }
    assert_eq!(resolve().await.expect("nothing").count(), 0);
}

/// Asks an address that was given by somebody, with every name leading to this machine.
async fn ask(url: Url, address: Given, allow_private: Vec<AllowedHost>) -> Error {
    let policy = Policy { attempts: 1, allow_private, ..Policy::without_waiting() };
    let http = Http::with_names(policy, Scripted::new(&[&["127.0.0.1"]])).expect("clients");
    let channel = http.channel(Target {
        service: "Odoo",
        key: url.to_string(),
        address,
        limits: Limits {
            per_second: 1_000.0,
            burst: std::num::NonZeroU32::MIN,
            penalty: std::time::Duration::ZERO,
        },
        credential: Credential::Bearer(SecretString::from("CANARY")),
        headers: &[],
        read_refusal: |reply| Refusal {
            code: String::new(),
            said: String::new(),
            committed: None,
            error: for_status("Odoo", reply.status),
        },
        read_budgets: no_budgets,
    });
    let request = Request::get(url);
    let answer = channel.expect("a channel").call(&request, |body| serde_json::from_slice::<()>(body)).await;
    *answer.expect_err("the listener never answers").error
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_typed_reaches_this_machine() {
    let canary = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = canary.local_addr().expect("an address").port();
    canary.set_nonblocking(true).expect("not blocking");
    let typed = INSIDE.iter().copied().chain(["odoo.example.com", "good\\@127.0.0.1"]);
    for host in typed {
        let (host, rest) = host.split_once(['#', '\\']).unwrap_or((host, ""));
        let Ok(url) = Url::parse(&format!("http://{host}:{port}/{rest}")) else { continue };
        let error = ask(url, Given::ByUser, Vec::new()).await;
        assert_eq!(error.kind, ErrorKind::InvalidSettings, "{host}");
        assert!(canary.accept().is_err(), "{host}");
    }
    // It does hear what the operator gives or allows.
    canary.set_nonblocking(false).expect("blocking");
    let listening =
        std::thread::spawn(move || (0..3).map(|_| canary.accept().is_ok()).filter(|heard| *heard).count());
    let url = |host: &str| Url::parse(&format!("http://{host}:{port}/")).expect("an address");
    let allowed = |host: &str| vec![AllowedHost::parse(host).expect("a host")];
    for error in [
        ask(url("odoo.example.com"), Given::ByOperator, Vec::new()).await,
        ask(url("odoo.example.com"), Given::ByUser, allowed("odoo.example.com")).await,
        ask(url("127.1"), Given::ByUser, allowed(&format!("127.0.0.1:{port}"))).await,
    ] {
        assert_eq!(error.kind, ErrorKind::Unavailable);
    }
    assert_eq!(listening.join().expect("the listener"), 3);
}
