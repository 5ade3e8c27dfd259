//! What every simulator is, whatever service it plays.

/// Makes a struct with a `server` and a `service` a simulator like the others: its controls are at hand, and its
/// `Debug` tells where it is and no secret.
macro_rules! running {
    ($simulator:ty) => {
        impl std::ops::Deref for $simulator {
            type Target = crate::Controls;

            fn deref(&self) -> &crate::Controls {
                &self.service.controls
            }
        }

        impl std::fmt::Debug for $simulator {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("Simulator").field("url", &self.url()).finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use running;
