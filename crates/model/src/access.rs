//! Who may do what: roles of people, scopes of tokens, and the rights both are made of.

use crate::text::Text;

/// What an address of the program asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// To see what is there.
    Read,
    /// To start and cancel runs, to preview and to test.
    Run,
    /// To change deals, connections and what belongs to them.
    Change,
    /// To look after one's own password, sessions and tokens.
    Own,
    /// To look after everybody's: members, tokens, the audit log.
    Manage,
}

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Sees everything, changes nothing.
    Viewer,
    /// Does everything but look after others.
    Editor,
    /// Everything.
    Owner,
}

impl Role {
    /// Every role, the mightiest first.
    pub const CHOICES: [Role; 3] = [Role::Owner, Role::Editor, Role::Viewer];

    /// The word in tables, forms and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Editor => "editor",
            Role::Owner => "owner",
        }
    }

    /// The role of that word.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::CHOICES.into_iter().find(|role| role.word() == word)
    }

    /// The name people see.
    pub fn label(self) -> Text {
        match self {
            Role::Viewer => Text::fixed("Lecture", "Viewer"),
            Role::Editor => Text::fixed("Édition", "Editor"),
            Role::Owner => Text::fixed("Propriétaire", "Owner"),
        }
    }

    /// Whether members of this role have that right.
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::Read | Right::Own => true,
            Right::Run | Right::Change => self >= Role::Editor,
            Right::Manage => self == Role::Owner,
        }
    }
}

/// What a token is good for; its member's role bounds it further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// To read.
    Read,
    /// To read, and to start and cancel syncs, previews and tests.
    Sync,
    /// For everything.
    Admin,
}

impl Scope {
    /// Every scope, the narrowest first.
    pub const CHOICES: [Scope; 3] = [Scope::Read, Scope::Sync, Scope::Admin];

    /// The word in tables, forms and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Sync => "sync",
            Scope::Admin => "admin",
        }
    }

    /// The scope of that word.
    pub fn from_word(word: &str) -> Option<Scope> {
        Scope::CHOICES.into_iter().find(|scope| scope.word() == word)
    }

    /// The name people see.
    pub fn label(self) -> Text {
        match self {
            Scope::Read => Text::fixed("Lire", "Read"),
            Scope::Sync => Text::fixed("Lire et synchroniser", "Read and sync"),
            Scope::Admin => Text::fixed("Tout", "Everything"),
        }
    }

    /// Whether tokens of this scope carry that right.
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::Read => true,
            Right::Run => self != Scope::Read,
            Right::Change | Right::Own | Right::Manage => self == Scope::Admin,
        }
    }

    /// Whether a member of this role may make such a token.
    pub fn is_for(self, role: Role) -> bool {
        self == Scope::Read || role >= Role::Editor
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])+ $name:ident = $word:literal, $fr:literal, $en:literal;)+) => {
        /// Something the audit log tells of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])+ $name,)+
        }

        impl Action {
            /// Every action.
            pub const ALL: &[Action] = &[$(Action::$name),+];

            /// The word in tables and JSON.
            pub fn word(self) -> &'static str {
                match self { $(Action::$name => $word,)+ }
            }

            /// The name people see.
            pub fn label(self) -> Text {
                match self { $(Action::$name => Text::fixed($fr, $en),)+ }
            }
        }
    };
}

actions! {
    /// Somebody logged in.
    LoggedIn = "login", "Connexion", "Login";
    /// Somebody could not log in.
    LoginFailed = "login_failed", "Connexion refusée", "Login refused";
    /// Somebody logged out.
    LoggedOut = "logout", "Déconnexion", "Logout";
    /// The first owner protected the access.
    Protected = "access_protected", "Accès protégé", "Access protected";
    /// A password was changed.
    PasswordChanged = "password_changed", "Mot de passe modifié", "Password changed";
    /// A session was ended from another one.
    SessionRevoked = "session_revoked", "Session fermée", "Session ended";
    /// A token was made.
    TokenCreated = "token_created", "Jeton créé", "Token made";
    /// A token was made worthless.
    TokenRevoked = "token_revoked", "Jeton révoqué", "Token revoked";
    /// Somebody was invited.
    MemberInvited = "member_invited", "Membre invité", "Member invited";
    /// Somebody accepted an invitation.
    MemberJoined = "member_joined", "Invitation acceptée", "Invitation accepted";
    /// A member has another role.
    MemberChanged = "member_changed", "Rôle modifié", "Role changed";
    /// A member was removed.
    MemberRemoved = "member_removed", "Membre retiré", "Member removed";
    /// A configuration was saved.
    ConfigurationSaved = "configuration_saved", "Configuration enregistrée", "Configuration saved";
    /// Something was deleted.
    Deleted = "deleted", "Suppression", "Deletion";
    /// A deletion was taken back.
    Restored = "restored", "Suppression annulée", "Deletion taken back";
    /// A sync was started.
    SyncStarted = "sync_started", "Synchronisation lancée", "Sync started";
    /// Rows left the program as a file.
    Exported = "exported", "Téléchargement", "Download";
}

impl Action {
    /// The action of that word.
    pub fn from_word(word: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHTS: [Right; 5] = [Right::Read, Right::Run, Right::Change, Right::Own, Right::Manage];

    #[test]
    fn who_may_what() {
        let may = |check: &dyn Fn(Right) -> bool| RIGHTS.map(check);
        assert_eq!(may(&|right| Role::Viewer.may(right)), [true, false, false, true, false]);
        assert_eq!(may(&|right| Role::Editor.may(right)), [true, true, true, true, false]);
        assert_eq!(may(&|right| Role::Owner.may(right)), [true; 5]);
        assert_eq!(may(&|right| Scope::Read.may(right)), [true, false, false, false, false]);
        assert_eq!(may(&|right| Scope::Sync.may(right)), [true, true, false, false, false]);
        assert_eq!(may(&|right| Scope::Admin.may(right)), [true; 5]);
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        assert!(Role::CHOICES.iter().all(|role| Role::from_word(role.word()) == Some(*role)));
        assert!(Scope::CHOICES.iter().all(|scope| Scope::from_word(scope.word()) == Some(*scope)));
        assert!(Action::ALL.iter().all(|action| Action::from_word(action.word()) == Some(*action)));
        assert_eq!((Role::from_word("root"), Scope::from_word("")), (None, None));
    }
}
