//! Creating, changing and deleting.

use serde_json::{Value, json};

use crate::client::bench;

#[tokio::test]
async fn new_records_have_their_defaults_and_their_author() {
    let bench = bench().await;
    let id = &bench.ok("crm.lead", "create", json!({"vals_list": {"name": "A"}})).await[0];
    let fields = ["type", "stage_id", "user_id", "company_id", "active", "create_uid", "priority"];
    let read = bench.ok("crm.lead", "read", json!({"ids": [id], "fields": fields})).await[0].clone();
    let expected = json!({
        "id": id, "type": "lead", "stage_id": [1, "Nouveau"], "user_id": [2, "Passerelle"], "active": true,
        "company_id": [1, "Cave du Port"], "create_uid": [2, "Passerelle"], "priority": "0",
    });
    assert_eq!(read, expected);
}

#[tokio::test]
async fn values_that_do_not_fit_undo_the_whole_call() {
    let bench = bench().await;
    for (values, status, name) in [
        (json!({"name": "A", "priority": "9"}), 500, "builtins.ValueError"),
        (json!({"name": "A", "no": 1}), 500, "builtins.ValueError"),
        (json!({"name": "A", "date_deadline": "01/05/2024"}), 500, "builtins.ValueError"),
        (json!({"name": "A", "date_closed": "2024-05-01T10:00:00Z"}), 500, "builtins.ValueError"),
        (json!({"name": "A", "expected_revenue": "12"}), 500, "builtins.ValueError"),
        (json!({"name": false}), 422, "odoo.exceptions.ValidationError"),
        (json!({"phone": "1"}), 422, "odoo.exceptions.ValidationError"),
        (json!({"name": "A", "partner_id": 99}), 404, "odoo.exceptions.MissingError"),
    ] {
        let body = json!({"vals_list": [{"name": "Good"}, values]});
        let (found, refusal) = bench.call("crm.lead", "create", body).await;
        assert_eq!((found, &refusal["name"]), (status, &json!(name)), "{values}");
    }
    assert!(bench.sim.table("crm.lead").ids().is_empty());
}

#[tokio::test]
async fn records_are_changed_and_deleted() {
    let bench = bench().await;
    let leads = bench.sim.table("crm.lead");
    let ids =
        leads.make((0..3).map(|number| json!({"name": format!("L{number}"), "type": "lead", "phone": "1"})));
    let body = json!({"ids": ids[..2], "vals": {"phone": false, "expected_revenue": 1.239}});
    bench.ok("crm.lead", "write", body).await;
    assert_eq!(
        (leads.get(ids[0], "phone"), leads.get(ids[1], "expected_revenue")),
        (Value::Null, json!(1.24))
    );
    assert_eq!((leads.get(ids[2], "phone"), leads.get(ids[0], "write_uid")), (json!("1"), json!(2)));
    bench.ok("crm.lead", "unlink", json!({"ids": [ids[1]]})).await;
    for (method, body) in [
        ("write", json!({"ids": [ids[0], ids[1]], "vals": {"name": "X"}})),
        ("read", json!({"ids": [ids[1]]})),
        ("unlink", json!({"ids": [ids[1]]})),
    ] {
        let (status, refusal) = bench.call("crm.lead", method, body).await;
        assert_eq!((status, &refusal["name"]), (404, &json!("odoo.exceptions.MissingError")), "{method}");
    }
    assert_eq!(leads.get(ids[0], "name"), json!("L0"), "nothing of the call was done");
}

#[tokio::test]
async fn lists_of_records_take_commands() {
    let bench = bench().await;
    bench.sim.table("res.partner.category").make((0..4).map(|number| json!({"name": format!("T{number}")})));
    let id = bench.sim.table("res.partner").make([json!({"name": "A"})])[0];
    for (commands, expected) in [
        (json!([[6, 0, [1, 2]]]), json!([1, 2])),
        (json!([[4, 3, 0], [4, 1, 0]]), json!([1, 2, 3])),
        (json!([[3, 1, 0]]), json!([2, 3])),
        (json!([[5, 0, 0], [4, 4, 0]]), json!([4])),
    ] {
        let body = json!({"ids": [id], "vals": {"category_id": commands}});
        bench.ok("res.partner", "write", body).await;
        assert_eq!(bench.sim.table("res.partner").get(id, "category_id"), expected, "{commands}");
    }
}
