//! Patterns of file names: `*` and `?`, without case, several parted by `;` or `,`.

/// Some patterns.
#[derive(Clone, Debug)]
pub(super) struct Glob(Vec<Vec<char>>);

impl Glob {
    pub(super) fn new(patterns: &str) -> Glob {
        let patterns = patterns.split([';', ',']).map(str::trim).filter(|p| !p.is_empty());
        Glob(patterns.map(|p| p.to_lowercase().chars().collect()).collect())
    }

    /// Whether a name fits one of the patterns, as it is or without the `.gz` of a packed file.
    pub(super) fn fits(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let whole: Vec<char> = name.chars().collect();
        let unpacked: Vec<char> = name.strip_suffix(".gz").unwrap_or(&name).chars().collect();
        self.0.iter().any(|pattern| fits(pattern, &whole) || fits(pattern, &unpacked))
    }
}

/// Goes back to the last `*` only, which is enough and never more than the product of both lengths.
fn fits(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match &mut star {
                Some((star, from)) => {
                    *from += 1;
                    p = *star + 1;
                    n = *from;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_patterns() {
        for (pattern, name, expected) in [
            ("*.csv", "Ventes.CSV", true),
            ("*.csv", "ventes.csv.gz", true),
            ("*.csv", "ventes.xlsx", false),
            ("*.csv; *.xlsx", "ventes.xlsx", true),
            ("*vente*20??*", "export_ventes_2026_11.csv", true),
            ("a*b*c", "aXbXbXc", true),
            ("a*b*c", "aXbXbX", false),
            ("", "x", false),
            ("*", "", true),
        ] {
            assert_eq!(Glob::new(pattern).fits(name), expected, "{pattern} {name}");
        }
    }
}
