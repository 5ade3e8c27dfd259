//! Everything a running service holds.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::Entity;
use super::field::{Field, Target};
use super::fields::built_in;
use super::grant::Access;
use super::limits::{Limiter, Limits};
use super::oauth::Server;
use super::pipeline::{Pipeline, Stage, User};
use super::webhooks::Webhooks;
use crate::Courier;

/// The whole company.
pub(super) struct World {
    /// The company's word in its address.
    pub(super) domain: String,
    pub(super) users: Vec<User>,
    pub(super) pipelines: Vec<Pipeline>,
    pub(super) stages: Vec<Stage>,
    sets: [Set; 3],
    pub(super) tokens: HashMap<String, Access>,
    pub(super) oauth: Server,
    pub(super) limiter: Limiter,
    /// Cursors given before are not known any more when this is raised.
    pub(super) generation: u32,
    /// Nobody has paid.
    pub(super) is_unpaid: bool,
    pub(super) webhooks: Webhooks,
    /// The last id given to anything but records.
    last_id: i64,
}

/// The records of an entity.
pub(super) struct Set {
    pub(super) fields: Vec<Field>,
    pub(super) records: BTreeMap<i64, Record>,
    pub(super) last_id: i64,
    /// How many the plan allows.
    pub(super) cap: Option<usize>,
}

/// A record.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// By code, built-in and custom fields alike. Empty ones are left out.
    pub(super) values: Map<String, Value>,
    pub(super) added: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
}

impl World {
    pub(super) fn new(domain: &str, limits: Limits, courier: Courier) -> Self {
        let set = |entity| Set { fields: built_in(entity), records: BTreeMap::new(), last_id: 0, cap: None };
        Self {
            domain: domain.to_owned(),
            users: Vec::new(),
            pipelines: Vec::new(),
            stages: Vec::new(),
            sets: Entity::ALL.map(set),
            tokens: HashMap::new(),
            oauth: Server::default(),
            limiter: Limiter::new(limits),
            generation: 0,
            is_unpaid: false,
            webhooks: Webhooks::new(courier),
            last_id: 100,
        }
    }

    pub(super) fn set(&self, entity: Entity) -> &Set {
        &self.sets[entity.place()]
    }

    pub(super) fn set_mut(&mut self, entity: Entity) -> &mut Set {
        &mut self.sets[entity.place()]
    }

    /// A number nothing else has.
    pub(super) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Whether there is such a thing.
    pub(super) fn has(&self, target: Target, id: i64) -> bool {
        match target {
            Target::User => self.users.iter().any(|user| user.id == id),
            Target::Stage => self.stages.iter().any(|stage| stage.id == id),
            Target::Pipeline => self.pipelines.iter().any(|pipeline| pipeline.id == id),
            Target::Record(entity) => self.set(entity).records.contains_key(&id),
        }
    }

    /// The first stage of a pipeline.
    pub(super) fn first_stage(&self, pipeline: i64) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.pipeline == pipeline)
    }
}

impl Set {
    pub(super) fn field(&self, code: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.code == code)
    }

    pub(super) fn field_mut(&mut self, code: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.code == code)
    }
}
