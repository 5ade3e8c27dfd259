//! Evaluates an expression for one record.

use std::cmp::Ordering;

use super::{Cells, Expr, Op, Val, functions};

pub(super) fn eval(expr: &Expr, cells: &impl Cells) -> Val {
    match expr {
        Expr::Number(number) => Val::Number(*number),
        Expr::Text(text) => Val::Text(text.clone()),
        // Formulas are bound before they are evaluated.
        Expr::Field(_) => Val::Error,
        Expr::Column(slot) => cells.cell(*slot),
        Expr::RolledUp => cells.rolled_up(),
        Expr::Negative(inner) => {
            eval(inner, cells).to_number().map_or(Val::Error, |number| Val::Number(-number))
        }
        Expr::Binary(op, left, right) => binary(*op, &eval(left, cells), &eval(right, cells)),
        Expr::Call(name, args) => functions::call(name, args, cells),
    }
}

fn binary(op: Op, left: &Val, right: &Val) -> Val {
    if matches!(left, Val::Error) || matches!(right, Val::Error) {
        return Val::Error;
    }
    let order = |wanted: fn(Ordering) -> bool| Val::Bool(left.compare(right).is_some_and(wanted));
    let arithmetic = |compute: fn(f64, f64) -> f64| match (left.to_number(), right.to_number()) {
        (Some(left), Some(right)) => Val::Number(compute(left, right)),
        _ => Val::Error,
    };
    match op {
        Op::Equal => order(Ordering::is_eq),
        Op::Unequal => Val::Bool(!left.compare(right).is_some_and(Ordering::is_eq)),
        Op::Less => order(Ordering::is_lt),
        Op::LessEqual => order(Ordering::is_le),
        Op::Greater => order(Ordering::is_gt),
        Op::GreaterEqual => order(Ordering::is_ge),
        Op::Plus => arithmetic(|left, right| left + right),
        Op::Minus => arithmetic(|left, right| left - right),
        Op::Times => arithmetic(|left, right| left * right),
        Op::Divide => arithmetic(|left, right| left / right),
        Op::Join => Val::Text(left.to_text() + &right.to_text()),
    }
}
