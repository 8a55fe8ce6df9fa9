//! By which path a job finds this program for good.

use std::path::{Component, Path, PathBuf};

/// Folders whose names carry a version or a digest: the next upgrade brings another one.
const VERSIONED: [&str; 4] = ["Cellar", "Caskroom", "store", "versions"];

/// The path of `program` that lasts longest: one that an installer keeps pointing at the newest version, if
/// one of `candidates` leads to it, else its own.
pub fn lasting(program: &Path, candidates: &[PathBuf]) -> PathBuf {
    let is_it = |candidate: &&PathBuf| {
        candidate.is_absolute() && candidate.canonicalize().is_ok_and(|found| found == program)
    };
    let lasts = |path: &&PathBuf| !is_versioned(path);
    let own = program.to_owned();
    let fit: Vec<&PathBuf> = candidates.iter().filter(is_it).collect();
    match is_versioned(program) {
        true => fit.into_iter().find(lasts).cloned().unwrap_or(own),
        false => {
            fit.into_iter().find(|path| path.is_symlink() && !is_versioned(path)).cloned().unwrap_or(own)
        }
    }
}

/// Whether an upgrade leaves it behind.
pub fn is_versioned(path: &Path) -> bool {
    let inside = |component: Component<'_>| VERSIONED.iter().any(|name| component.as_os_str() == *name);
    path.parent().is_some_and(|folder| folder.components().any(inside))
}

/// Whether it may be gone tomorrow: a build's folder, or one for temporary files, `temporary` among them.
pub fn is_fleeting(path: &Path, temporary: &Path) -> bool {
    let temporary = [temporary, Path::new("/tmp"), Path::new("/var/tmp"), Path::new("/dev/shm")];
    let built = |folder: &Path| {
        let name = folder.file_name().unwrap_or_default();
        (name == "debug" || name == "release") && folder.components().any(|it| it.as_os_str() == "target")
    };
    temporary.iter().any(|folder| path.starts_with(folder)) || path.parent().is_some_and(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_build_makes_and_temporary_folders_do_not_last() {
        let fleeting = |path: &str| is_fleeting(Path::new(path), Path::new("/scratch"));
        for path in ["/home/ada/sellauth/target/release/sellauth", "/tmp/sellauth", "/scratch/a/sellauth"] {
            assert!(fleeting(path), "{path}");
        }
        for path in ["/usr/bin/sellauth", "/home/ada/release/sellauth", "/home/target/bin/sellauth"] {
            assert!(!fleeting(path), "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_that_is_kept_up_to_date_is_better_than_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let real = root.join("Cellar/sellauth/0.1.0/bin/sellauth");
        std::fs::create_dir_all(real.parent().unwrap()).unwrap();
        std::fs::write(&real, "").unwrap();
        let (link, other) = (root.join("sellauth"), root.join("other"));
        std::os::unix::fs::symlink(&real, &link).unwrap();
        std::fs::write(&other, "").unwrap();
        assert_eq!(lasting(&real, &[other.clone(), real.clone(), link.clone()]), link);
        assert_eq!(lasting(&real, &[other.clone(), PathBuf::from("sellauth")]), real);
        assert_eq!(lasting(&other, &[link, other.clone()]), other);
        assert!(is_versioned(&real) && is_versioned(Path::new("/nix/store/abc-sellauth/bin/sellauth")));
        assert!(!is_versioned(Path::new("/usr/bin/store")));
    }
}
