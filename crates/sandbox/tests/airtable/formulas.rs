//! The formula language, by table: which formulas keep a record.

use chrono::DateTime;
use sandbox::Clock;
use sandbox::airtable::{Field, FieldType as T, Options};
use serde_json::json;

use crate::client::{BASE, bench_with, kind};

/// Formulas that keep the record below.
const KEEPS: &[&str] = &[
    // References and texts.
    "{Name}",
    "Name",
    "{Name} = \"L'Été \\\"chaud\\\"\"",
    "{Name} = 'L\\'Été \"chaud\"'",
    "1",
    "'x'",
    "TRUE()",
    // Comparisons.
    "{Amount} = 12.5",
    "{Amount} != 12",
    "{Amount} < 13",
    "{Amount} <= 12.5",
    "{Amount} > -1",
    "{Amount} >= 12.5",
    "{Stage} = 'Won'",
    "{Stage} != 'Lost'",
    "'a' < 'b'",
    "{Zero} = 0",
    "{Due} > '2024-04-30'",
    "{Due} = '2024-05-01'",
    // Arithmetic and joining, with their ranks.
    "1 + 2 * 3 = 7",
    "(1 + 2) * 3 = 9",
    "10 - 4 - 3 = 3",
    "8 / 4 / 2 = 1",
    "-{Amount} = -12.5",
    "2 - -1 = 3",
    "'a' & 'b' = 'ab'",
    "1 & 2 = '12'",
    "{Amount} & ' €' = '12.5 €'",
    "+1 = 1",
    // Logic.
    "AND(1, {Amount}, 'x')",
    "OR(0, '', {Amount})",
    "NOT({Empty})",
    "NOT(0)",
    "XOR(1, 0, 0)",
    "XOR(1, 1, 1)",
    "IF({Amount} > 10, 1, 0)",
    "IF(0, 0, 1)",
    "NOT(IF(0, 1))",
    "SWITCH({Stage}, 'Lost', 0, 'Won', 1)",
    "SWITCH({Stage}, 'x', 0, 'y', 0, 1)",
    "NOT(SWITCH({Stage}, 'x', 1))",
    "NOT(FALSE())",
    "and(true(), 1)",
    // Blanks.
    "{Empty} = BLANK()",
    "{Empty} = ''",
    "{Empty number} = 0",
    "{Empty number} = BLANK()",
    "{Zero} = BLANK()",
    "{Amount} != BLANK()",
    "{Empty date} = BLANK()",
    "{Due} != BLANK()",
    "NOT({Due} = '')",
    // Checkboxes.
    "{Done}",
    "{Done} = 1",
    "{Done} = TRUE()",
    "NOT({Undone})",
    "{Undone} = 0",
    "{Undone} = FALSE()",
    // Text functions.
    "LEN({Stage}) = 3",
    "LEN('été') = 3",
    "LOWER('ÉTÉ') = 'été'",
    "UPPER({Stage}) = 'WON'",
    "TRIM('  a b ') = 'a b'",
    "CONCATENATE('a', 1, {Stage}) = 'a1Won'",
    "VALUE('12.5') = 12.5",
    "VALUE('1,234 €') = 1234",
    "FIND('Été', {Name}) = 3",
    "FIND('x', {Name}) = 0",
    "FIND('a', 'banana', 3) = 4",
    "SEARCH('t', 'état') = 2",
    "SEARCH('x', 'y') = BLANK()",
    "LEFT('abc', 2) = 'ab'",
    "RIGHT('abc', 2) = 'bc'",
    "SUBSTITUTE('a-b-c', '-', '') = 'abc'",
    "REGEX_MATCH({Name}, '^L.*chaud')",
    "REGEX_MATCH('a1', '[0-9]$')",
    // Numbers.
    "ABS(-2) = 2",
    "ROUND(1.256, 2) = 1.26",
    "ROUND(2.5) = 3",
    "SUM(1, 2, {Amount}) = 15.5",
    "MAX(1, 3, 2) = 3",
    "MIN(4, 3) = 3",
    // Several values.
    "{Tags} = 'A, B'",
    "FIND('B', {Tags})",
    "ARRAYJOIN({Tags}, ';') = 'A, B'",
    // The record itself.
    "RECORD_ID() = 'recFormulaFormula'",
    "CREATED_TIME() = '2024-06-15T12:00:00.000Z'",
    "LAST_MODIFIED_TIME() = CREATED_TIME()",
    "LAST_MODIFIED_TIME({Amount}, {Stage}) = CREATED_TIME()",
    "IS_AFTER(LAST_MODIFIED_TIME(), '2024-06-15T11:59:59.999Z')",
    "NOT(IS_AFTER(LAST_MODIFIED_TIME(), '2024-06-15T12:00:00.000Z'))",
    // Dates.
    "IS_AFTER({Due}, '2024-04-30')",
    "IS_BEFORE({Due}, '2024-05-02')",
    "IS_SAME({Due}, '2024-05-01')",
    "IS_SAME({Due}, '2024-05-31', 'month')",
    "NOT(IS_SAME({Due}, '2024-06-01', 'month'))",
    "IS_SAME({Due}, '2024-12-31', 'year')",
    "NOT(IS_AFTER({Empty date}, '2000-01-01'))",
    "NOT(IS_BEFORE({Empty date}, '2100-01-01'))",
    "IS_SAME(NOW(), '2024-06-15T12:00:00.000Z')",
    "IS_SAME(TODAY(), '2024-06-15')",
    "TODAY() < NOW()",
    "DATETIME_PARSE('2024-05-01T10:00:00.000Z') = '2024-05-01T10:00:00Z'",
    "DATETIME_PARSE('31/12/2024', 'DD/MM/YYYY') = '2024-12-31'",
    "DATETIME_PARSE('31/12/2024 23:59', 'D/M/YYYY HH:mm') = '2024-12-31T23:59:00Z'",
    "DATETIME_FORMAT({Due}, 'DD/MM/YY') = '01/05/24'",
    "DATETIME_FORMAT({When}, 'YYYY-MM-DD HH:mm:ss') = '2024-05-01 10:00:30'",
    "DATETIME_FORMAT({When}, '[le] D MMMM') = 'le 1 May'",
    "DATETIME_FORMAT({Due}) = '2024-05-01T00:00:00.000Z'",
    "DATEADD({Due}, 1, 'month') = '2024-06-01'",
    "DATEADD('2024-01-31', 1, 'months') = '2024-02-29'",
    "DATEADD({Due}, -1, 'days') = '2024-04-30'",
    "DATEADD({When}, 90, 'minutes') = '2024-05-01T11:30:30Z'",
    "DATEADD({Due}, 1, 'year') = '2025-05-01'",
    "DATEADD({Due}, 2, 'weeks') = '2024-05-15'",
    "DATETIME_DIFF({When}, {Due}, 'hours') = 10",
    "DATETIME_DIFF('2024-03-01', '2024-02-01', 'days') = 29",
    "DATETIME_DIFF('2025-05-01', {Due}, 'years') = 1",
    "DATETIME_DIFF('2024-04-30', '2024-01-31', 'months') = 2",
    "{When} & '' = '2024-05-01T10:00:30.000Z'",
];

/// Formulas that drop it: `0`, `false`, `""`, blank, NaN, errors.
const DROPS: &[&str] = &[
    "0",
    "''",
    "FALSE()",
    "BLANK()",
    "{Empty}",
    "{Undone}",
    "{Zero}",
    "{Amount} = 12",
    "AND(1, 0)",
    "OR(0, '')",
    "XOR(1, 1)",
    "0 / 0",
    "'x' * 2",
    "VALUE('x')",
    "REGEX_MATCH('a', '[')",
    "DATETIME_PARSE('never')",
    "IF('x' * 2, 1, 1)",
    "{Due} = BLANK()",
    "LEN('') ",
    "{Empty tags}",
    "DATEADD('x', 1, 'days')",
    "{Stage} = 'won'",
];

/// Formulas that cannot be read.
const WRONG: &[(&str, &str)] = &[
    ("AND(", "Invalid formula. Please check your formula text."),
    ("1 +", "Invalid formula. Please check your formula text."),
    ("(1", "Invalid formula. Please check your formula text."),
    ("1 2", "Invalid formula. Please check your formula text."),
    ("'open", "Invalid formula. Please check your formula text."),
    ("{open", "Invalid formula. Please check your formula text."),
    ("#", "Invalid formula. Please check your formula text."),
    ("{Nope} = {Amount} + {Never}", "Unknown field names: nope, never"),
    ("Nope", "Unknown field names: nope"),
    ("NOPE(1)", "Unknown function names: NOPE"),
    ("LEN()", "Invalid arguments for function LEN."),
];

#[tokio::test]
async fn formulas_keep_drop_and_fail_as_they_should() {
    let clock = Clock::manual(DateTime::parse_from_rfc3339("2024-06-15T12:00:00Z").unwrap().to_utc());
    let bench = bench_with(Options { clock, ..Options::unlimited() }).await;
    let table = bench.base.table(
        "Formulas",
        [
            Field::text("Name"),
            Field::new("Amount", T::Number { precision: 2 }),
            Field::new("Zero", T::Number { precision: 0 }),
            Field::new("Stage", T::single_select(&["Won", "Lost"])),
            Field::new("Tags", T::multiple_selects(&["A", "B"])),
            Field::new("Empty tags", T::multiple_selects(&["A"])),
            Field::new("Due", T::date()),
            Field::new("When", T::date_time("utc")),
            Field::new("Done", T::Checkbox),
            Field::new("Undone", T::Checkbox),
            Field::text("Empty"),
            Field::new("Empty number", T::Number { precision: 0 }),
            Field::new("Empty date", T::date()),
        ],
    );
    let row = json!({
        "Name": "L'Été \"chaud\"", "Amount": 12.5, "Zero": 0, "Stage": "Won", "Tags": ["A", "B"],
        "Due": "2024-05-01", "When": "2024-05-01T10:00:30Z", "Done": true,
    });
    table.insert_as(sandbox::airtable::Id::parse("recFormulaFormula").unwrap(), &row).unwrap();
    let ask = async |formula: &str| {
        let (status, body) =
            bench.post(&format!("{BASE}/Formulas/listRecords"), json!({"filterByFormula": formula})).await;
        if status == 200 { Ok(body["records"].as_array().unwrap().len()) } else { Err(body) }
    };
    for formula in KEEPS {
        assert_eq!(ask(formula).await, Ok(1), "{formula}");
    }
    for formula in DROPS {
        assert_eq!(ask(formula).await, Ok(0), "{formula}");
    }
    for (formula, why) in WRONG {
        let body = ask(formula).await.unwrap_err();
        assert_eq!(kind(&body), "INVALID_FILTER_BY_FORMULA", "{formula}");
        assert_eq!(body["error"]["message"], format!("The formula for filtering records is invalid: {why}"));
    }
}

#[tokio::test]
async fn formula_fields_show_results_of_every_kind() {
    let bench = bench_with(Options::unlimited()).await;
    let table =
        bench.base.table("Formulas", [Field::text("Name"), Field::new("Amount", T::Number { precision: 2 })]);
    let cases = [
        ("{Amount} * 2", json!(25)),
        ("{Amount} / 3 > 4", json!(1)),
        ("{Name} & '!'", json!("A!")),
        ("DATEADD('2024-01-01', 1, 'day')", json!("2024-01-02T00:00:00.000Z")),
        ("0 / 0", json!({"specialValue": "NaN"})),
        ("1 / 0", json!({"specialValue": "Infinity"})),
        ("'x' * 2", json!({"error": "#ERROR!"})),
        ("{Nope}", json!({"error": "#ERROR!"})),
        ("BLANK()", json!(null)),
        ("''", json!(null)),
        ("{F0} + 1", json!(26)),
    ];
    for (at, (source, _)) in cases.iter().enumerate() {
        table.add_field(Field::new(&format!("F{at}"), T::formula(source)));
    }
    table.insert([json!({"Name": "A", "Amount": 12.5})]).unwrap();
    let row = table.records().remove(0);
    for (at, (source, shown)) in cases.iter().enumerate() {
        assert_eq!(row.get(&format!("F{at}")), shown, "{source}");
    }
}

#[tokio::test]
async fn formulas_in_a_circle_are_errors() {
    let bench = bench_with(Options::unlimited()).await;
    let table = bench.base.table(
        "Formulas",
        [Field::text("Name"), Field::new("A", T::formula("{B}")), Field::new("B", T::formula("1"))],
    );
    table.retype("B", T::formula("{A}"));
    table.insert([json!({"Name": "x"})]).unwrap();
    assert_eq!(table.records()[0].get("A"), &json!({"error": "#ERROR!"}));
}
