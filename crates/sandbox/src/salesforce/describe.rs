//! What the service tells of its objects and their fields.

use serde_json::{Map, Value, json};

use super::field::{Field, FieldType};
use super::refusal::Refusal;
use super::state::{Object, World};
use crate::faults::Answer;

impl World {
    pub(super) fn list_objects(&self) -> Answer {
        let seen: Vec<Value> = self.objects.values().filter(|object| object.visible).map(summary).collect();
        Answer::json(200, &json!({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": seen}))
    }

    pub(super) fn describe(&self, name: &str) -> Result<Answer, Refusal> {
        let object = self.known(name)?;
        let mut told = summary(object);
        told["fields"] = object.fields.iter().map(|field| self.field(field)).collect();
        told["childRelationships"] = json!([]);
        told["recordTypeInfos"] = json!([]);
        Ok(Answer::json(200, &told))
    }

    fn field(&self, field: &Field) -> Value {
        let (referenced, relationship) = match &field.kind {
            FieldType::Reference(objects, name) => (json!(objects), json!(name)),
            _ => (json!([]), Value::Null),
        };
        let (kind, soap) = names(&field.kind);
        let is_number = matches!(kind, "currency" | "double" | "percent");
        let pick = |pick: super::Pick| {
            json!({
                "active": pick.active, "defaultValue": false, "label": pick.label, "validFor": null,
                "value": pick.value,
            })
        };
        let length = match field.kind {
            FieldType::Id | FieldType::Reference(..) => 18,
            FieldType::Picklist(_) | FieldType::Stage => 255,
            FieldType::MultiPicklist(_) => 4_099,
            _ => field.longest().unwrap_or_default(),
        };
        let told = json!({
            "name": field.name, "label": field.label, "type": kind, "soapType": soap,
            "length": length, "byteLength": length * 3, "digits": 0,
            "precision": if is_number { 18 } else { 0 }, "scale": if is_number { 2 } else { 0 },
            "nillable": field.nillable, "createable": field.createable, "updateable": field.updateable,
            "defaultedOnCreate": field.defaulted, "calculated": field.calculated,
            "picklistValues": self.picks(field).into_iter().map(pick).collect::<Vec<_>>(),
            "restrictedPicklist": field.restricted, "dependentPicklist": false, "controllerName": null,
        });
        // In two halves: the macro has its limits.
        let more = json!({
            "autoNumber": false, "externalId": field.external_id, "unique": field.unique,
            "idLookup": field.external_id || field.kind == FieldType::Id,
            "caseSensitive": false, "custom": field.is_custom(), "nameField": field.name == "Name",
            "filterable": !matches!(field.kind, FieldType::TextArea(_) | FieldType::Base64 | FieldType::Address),
            "sortable": true, "groupable": true, "compoundFieldName": null,
            "referenceTo": referenced, "relationshipName": relationship, "encrypted": false,
            "htmlFormatted": false, "inlineHelpText": null, "deprecatedAndHidden": false,
        });
        let both = [told, more].into_iter().filter_map(|half| half.as_object().cloned()).flatten();
        Value::Object(both.collect::<Map<_, _>>())
    }
}

fn summary(object: &Object) -> Value {
    let url = format!("/services/data/v68.0/sobjects/{}", object.name);
    json!({
        "name": object.name, "label": object.label, "labelPlural": object.plural, "keyPrefix": object.prefix,
        "custom": object.name.ends_with("__c"), "queryable": true, "retrieveable": true,
        "createable": object.createable, "updateable": object.updateable, "deletable": object.updateable,
        "searchable": true, "deprecatedAndHidden": false,
        "urls": {"sobject": url, "describe": format!("{url}/describe"), "rowTemplate": format!("{url}/{{ID}}")},
    })
}

/// The word for a type, in this API and in the older one.
fn names(kind: &FieldType) -> (&'static str, &'static str) {
    match kind {
        FieldType::Id => ("id", "tns:ID"),
        FieldType::Text(_) => ("string", "xsd:string"),
        FieldType::TextArea(_) => ("textarea", "xsd:string"),
        FieldType::Phone => ("phone", "xsd:string"),
        FieldType::Url => ("url", "xsd:string"),
        FieldType::Email => ("email", "xsd:string"),
        FieldType::Picklist(_) | FieldType::Stage => ("picklist", "xsd:string"),
        FieldType::MultiPicklist(_) => ("multipicklist", "xsd:string"),
        FieldType::Reference(..) => ("reference", "tns:ID"),
        FieldType::Boolean => ("boolean", "xsd:boolean"),
        FieldType::Int => ("int", "xsd:int"),
        FieldType::Double => ("double", "xsd:double"),
        FieldType::Currency => ("currency", "xsd:double"),
        FieldType::Percent => ("percent", "xsd:double"),
        FieldType::Date => ("date", "xsd:date"),
        FieldType::DateTime => ("datetime", "xsd:dateTime"),
        FieldType::Base64 => ("base64", "xsd:base64Binary"),
        FieldType::Address => ("address", "urn:address"),
    }
}
