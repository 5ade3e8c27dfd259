//! The functions of the formula language.

use super::{Cells, Expr, Kind, Val, dates, eval::eval};

/// A function's name, how many arguments it takes, and roughly what it gives.
pub(super) struct Function {
    pub(super) name: &'static str,
    least: usize,
    most: usize,
    kind: Kind,
}

impl Function {
    pub(super) fn takes(&self, count: usize) -> bool {
        (self.least..=self.most).contains(&count)
    }
}

const MANY: usize = usize::MAX;

const fn function(name: &'static str, least: usize, most: usize, kind: Kind) -> Function {
    Function { name, least, most, kind }
}

const FUNCTIONS: &[Function] = &[
    function("ABS", 1, 1, Kind::Number),
    function("AND", 1, MANY, Kind::Number),
    function("ARRAYJOIN", 1, 2, Kind::Text),
    function("BLANK", 0, 0, Kind::Text),
    function("CONCATENATE", 1, MANY, Kind::Text),
    function("CREATED_TIME", 0, 0, Kind::Moment),
    function("DATEADD", 3, 3, Kind::Moment),
    function("DATETIME_DIFF", 2, 3, Kind::Number),
    function("DATETIME_FORMAT", 1, 2, Kind::Text),
    function("DATETIME_PARSE", 1, 3, Kind::Moment),
    function("FALSE", 0, 0, Kind::Number),
    function("FIND", 2, 3, Kind::Number),
    function("IF", 2, 3, Kind::Text),
    function("IS_AFTER", 2, 3, Kind::Number),
    function("IS_BEFORE", 2, 3, Kind::Number),
    function("IS_SAME", 2, 3, Kind::Number),
    function("LAST_MODIFIED_TIME", 0, MANY, Kind::Moment),
    function("LEFT", 2, 2, Kind::Text),
    function("LEN", 1, 1, Kind::Number),
    function("LOWER", 1, 1, Kind::Text),
    function("MAX", 1, MANY, Kind::Number),
    function("MIN", 1, MANY, Kind::Number),
    function("NOT", 1, 1, Kind::Number),
    function("NOW", 0, 0, Kind::Moment),
    function("OR", 1, MANY, Kind::Number),
    function("RECORD_ID", 0, 0, Kind::Text),
    function("REGEX_MATCH", 2, 2, Kind::Number),
    function("RIGHT", 2, 2, Kind::Text),
    function("ROUND", 1, 2, Kind::Number),
    function("SEARCH", 2, 3, Kind::Number),
    function("SUBSTITUTE", 3, 3, Kind::Text),
    function("SUM", 1, MANY, Kind::Number),
    function("SWITCH", 2, MANY, Kind::Text),
    function("TODAY", 0, 0, Kind::Moment),
    function("TRIM", 1, 1, Kind::Text),
    function("TRUE", 0, 0, Kind::Number),
    function("UPPER", 1, 1, Kind::Text),
    function("VALUE", 1, 1, Kind::Number),
    function("XOR", 1, MANY, Kind::Number),
];

pub(super) fn find(word: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name.eq_ignore_ascii_case(word))
}

pub(super) fn kind(name: &str) -> Kind {
    find(name).map_or(Kind::Text, |function| function.kind)
}

/// Calls a function. Those that choose between arguments evaluate only what they need.
pub(super) fn call(name: &str, args: &[Expr], cells: &impl Cells) -> Val {
    match name {
        "IF" => {
            let chosen = match eval(&args[0], cells) {
                Val::Error => return Val::Error,
                condition if condition.is_truthy() => args.get(1),
                _ => args.get(2),
            };
            chosen.map_or(Val::Blank, |arg| eval(arg, cells))
        }
        "SWITCH" => switch(args, cells),
        "LAST_MODIFIED_TIME" => {
            let slots: Vec<usize> = args
                .iter()
                .filter_map(|arg| if let Expr::Column(slot) = arg { Some(*slot) } else { None })
                .collect();
            Val::Moment(cells.modified(&slots))
        }
        "CREATED_TIME" => Val::Moment(cells.created()),
        "RECORD_ID" => Val::text(cells.record_id().as_str()),
        "NOW" => Val::Moment(cells.now()),
        "TODAY" => Val::Moment(dates::midnight(cells.now())),
        _ => {
            let values: Vec<Val> = args.iter().map(|arg| eval(arg, cells)).collect();
            if values.contains(&Val::Error) { Val::Error } else { plain(name, &values).unwrap_or(Val::Error) }
        }
    }
}

fn switch(args: &[Expr], cells: &impl Cells) -> Val {
    let subject = eval(&args[0], cells);
    let mut cases = args[1..].chunks(2);
    let found = cases.find_map(|case| match case {
        [pattern, result] => {
            let equal = subject.compare(&eval(pattern, cells)).is_some_and(std::cmp::Ordering::is_eq);
            equal.then_some(result)
        }
        // An odd one at the end is the default.
        [default] => Some(default),
        _ => None,
    });
    found.map_or(Val::Blank, |result| eval(result, cells))
}

/// Functions of values alone; `None` is an error.
fn plain(name: &str, values: &[Val]) -> Option<Val> {
    let text = |at: usize| values[at].to_text();
    let number = |at: usize| values[at].to_number();
    let truths = || values.iter().filter(|value| value.is_truthy()).count();
    Some(match name {
        "TRUE" => Val::Bool(true),
        "FALSE" => Val::Bool(false),
        "BLANK" => Val::Blank,
        "AND" => Val::Bool(truths() == values.len()),
        "OR" => Val::Bool(truths() > 0),
        "XOR" => Val::Bool(truths() % 2 == 1),
        "NOT" => Val::Bool(!values[0].is_truthy()),
        "LEN" => Val::Number(text(0).chars().count() as f64),
        "LOWER" => Val::Text(text(0).to_lowercase()),
        "UPPER" => Val::Text(text(0).to_uppercase()),
        "TRIM" => Val::text(text(0).trim()),
        "LEFT" => Val::Text(text(0).chars().take(count(number(1)?)).collect()),
        "RIGHT" => {
            let text = text(0);
            let skip = text.chars().count().saturating_sub(count(number(1)?));
            Val::Text(text.chars().skip(skip).collect())
        }
        "SUBSTITUTE" => Val::Text(text(0).replace(&text(1), &text(2))),
        "CONCATENATE" => Val::Text(values.iter().map(Val::to_text).collect()),
        "ARRAYJOIN" => {
            let separator = values.get(1).map_or(", ".into(), Val::to_text);
            Val::Text(
                flat(&values[..1]).iter().map(|item| item.to_text()).collect::<Vec<_>>().join(&separator),
            )
        }
        "VALUE" => Val::Number(digits(&text(0))?),
        "FIND" => Val::Number(position(values)? as f64),
        "SEARCH" => match position(values)? {
            0 => Val::Blank,
            found => Val::Number(found as f64),
        },
        "REGEX_MATCH" => Val::Bool(regex::Regex::new(&text(1)).ok()?.is_match(&text(0))),
        "ABS" => Val::Number(number(0)?.abs()),
        "ROUND" => {
            let scale = 10_f64.powf(values.get(1).map_or(Some(0.0), Val::to_number)?);
            Val::Number((number(0)? * scale).round() / scale)
        }
        "SUM" => Val::Number(numbers(values)?.iter().sum()),
        "MAX" => Val::Number(numbers(values)?.into_iter().reduce(f64::max).unwrap_or_default()),
        "MIN" => Val::Number(numbers(values)?.into_iter().reduce(f64::min).unwrap_or_default()),
        _ => return dates::call(name, values),
    })
}

/// Where the needle stands in the hay, from 1; 0 if nowhere.
fn position(values: &[Val]) -> Option<usize> {
    let (needle, hay) = (values[0].to_text(), values[1].to_text());
    let skip = count(values.get(2).map_or(Some(0.0), Val::to_number)?).saturating_sub(1);
    let from = hay.char_indices().nth(skip).map_or(hay.len(), |(at, _)| at);
    Some(hay[from..].find(&needle).map_or(0, |at| skip + hay[from..from + at].chars().count() + 1))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float casts saturate: negative is none"
)]
fn count(number: f64) -> usize {
    number as usize
}

/// `VALUE` ignores currency signs, spaces and thousands separators.
fn digits(text: &str) -> Option<f64> {
    let kept: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    kept.parse().ok()
}

fn flat(values: &[Val]) -> Vec<&Val> {
    let items = values.iter().flat_map(|value| match value {
        Val::List(items) => items.iter().collect(),
        other => vec![other],
    });
    items.filter(|item| !item.is_blank()).collect()
}

fn numbers(values: &[Val]) -> Option<Vec<f64>> {
    flat(values).into_iter().map(Val::to_number).collect()
}
