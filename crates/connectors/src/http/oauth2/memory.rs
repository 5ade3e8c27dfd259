//! Keeps tokens as long as somebody holds them: for a form that is being tried.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use model::Text;

use crate::error::Result;
use crate::http::{TokenKeeper, Tokens, Turn};

/// The only session of its connection; its turn is always its own.
#[derive(Default)]
pub(super) struct Memory(Mutex<Option<Tokens>>);

impl Memory {
    fn tokens(&self) -> MutexGuard<'_, Option<Tokens>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl TokenKeeper for Memory {
    async fn load(&self) -> Result<Option<Tokens>> {
        Ok(self.tokens().clone())
    }

    async fn turn(&self) -> Result<Turn> {
        Ok(Turn(0))
    }

    async fn save(&self, _turn: Turn, tokens: &Tokens) -> Result<()> {
        *self.tokens() = Some(tokens.clone());
        Ok(())
    }

    async fn lost(&self, _turn: Turn, _why: &Text) -> Result<()> {
        Ok(())
    }

    async fn end(&self, _turn: Turn) {}
}
