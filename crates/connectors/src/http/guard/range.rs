//! Which addresses are not public, and what they are.
//!
//! The ranges are those of IANA's registries of special-purpose addresses (RFC 6890, as of 2026); the
//! clouds' metadata addresses are from their own documentation.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use model::Text;

/// What an address is that nobody's form may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// This machine.
    Loopback,
    /// A network of its own: homes, offices, providers.
    Private,
    /// The cable it hangs on.
    LinkLocal,
    /// Where a machine in a cloud learns its own secrets.
    Metadata,
    /// Many at once.
    Multicast,
    /// Nobody's, or another address in disguise.
    Reserved,
}

impl Range {
    /// What to say of an address: “… is”.
    pub(super) fn text(self) -> Text {
        match self {
            Range::Loopback => Text::fixed("cette machine elle-même", "this machine itself"),
            Range::Private => Text::fixed("une adresse de réseau privé", "an address of a private network"),
            Range::LinkLocal => Text::fixed("une adresse de lien local", "a link-local address"),
            Range::Metadata => {
                Text::fixed("l'adresse des métadonnées d'un hébergeur", "the address of a cloud's metadata")
            }
            Range::Multicast => Text::fixed("une adresse de multidiffusion", "a multicast address"),
            Range::Reserved => Text::fixed("une adresse réservée", "a reserved address"),
        }
    }
}

/// Clouds' metadata: nearly all; Alibaba; Azure's, which is a public address that leads to the host.
const METADATA_V4: [Ipv4Addr; 4] = [
    Ipv4Addr::new(169, 254, 169, 254),
    Ipv4Addr::new(169, 254, 170, 2),
    Ipv4Addr::new(100, 100, 100, 200),
    Ipv4Addr::new(168, 63, 129, 16),
];
/// Amazon's.
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

const V4: [(Ipv4Addr, u32, Range); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, Range::Loopback),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Range::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, Range::Private),
    (Ipv4Addr::new(127, 0, 0, 0), 8, Range::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, Range::LinkLocal),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Range::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, Range::Reserved),
    (Ipv4Addr::new(192, 0, 2, 0), 24, Range::Reserved),
    (Ipv4Addr::new(192, 88, 99, 0), 24, Range::Reserved),
    (Ipv4Addr::new(192, 168, 0, 0), 16, Range::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Range::Reserved),
    (Ipv4Addr::new(198, 51, 100, 0), 24, Range::Reserved),
    (Ipv4Addr::new(203, 0, 113, 0), 24, Range::Reserved),
    (Ipv4Addr::new(224, 0, 0, 0), 4, Range::Multicast),
    (Ipv4Addr::new(240, 0, 0, 0), 4, Range::Reserved),
];

const V6: [(Ipv6Addr, u32, Range); 9] = [
    (Ipv6Addr::UNSPECIFIED, 128, Range::Loopback),
    (Ipv6Addr::LOCALHOST, 128, Range::Loopback),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, Range::Private),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, Range::LinkLocal),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, Range::Multicast),
    // Teredo, benchmarks and other experiments.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, Range::Reserved),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, Range::Reserved),
    // 6to4: another address in disguise, and no longer in use.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, Range::Reserved),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, Range::Reserved),
];

/// Where the addresses stand that are given out to the public.
const PUBLIC_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
/// The addresses of a network without IPv4 that stand for IPv4 ones (RFC 6052).
const NAT64: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// What an address is; `None` for a public one.
pub(super) fn of(address: IpAddr) -> Option<Range> {
    match address.to_canonical() {
        IpAddr::V4(address) => of_v4(address),
        IpAddr::V6(address) => of_v6(address),
    }
}

fn of_v4(address: Ipv4Addr) -> Option<Range> {
    if METADATA_V4.contains(&address) {
        return Some(Range::Metadata);
    }
    let within = |net: Ipv4Addr, length: u32| (address.to_bits() ^ net.to_bits()) >> (32 - length) == 0;
    V4.iter().find(|(net, length, _)| within(*net, *length)).map(|(_, _, range)| *range)
}

fn of_v6(address: Ipv6Addr) -> Option<Range> {
    let within = |(net, length): (Ipv6Addr, u32)| (address.to_bits() ^ net.to_bits()) >> (128 - length) == 0;
    if address == METADATA_V6 {
        return Some(Range::Metadata);
    }
    if within(NAT64) {
        let [.., a, b, c, d] = address.octets();
        return of_v4(Ipv4Addr::new(a, b, c, d));
    }
    let known = V6.iter().find(|(net, length, _)| within((*net, *length))).map(|(_, _, range)| *range);
    // What was never given out leads nowhere good, the old IPv4-compatible form among it.
    known.or((!within(PUBLIC_V6)).then_some(Range::Reserved))
}
