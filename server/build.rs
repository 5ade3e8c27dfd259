//! Makes sure that the folder of the built pages exists, and that the program is linked anew when they change.
//!
//! An empty folder is fine: the JSON API and its tests need no pages.

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("../target/site")?;
    println!("cargo::rerun-if-changed=../target/site");
    Ok(())
}
