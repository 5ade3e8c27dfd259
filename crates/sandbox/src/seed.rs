//! Numbers that follow from names, so that made-up ids are the same at every start.

/// FNV-1a: stable over releases and platforms, which the standard hasher does not promise.
pub(crate) fn of(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
