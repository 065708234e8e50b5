//! Why an answer is as it is: `why.txt` has logs and what must be said of each.

use serde_json::Value;

/// Signs as cause, side and line; lists that are empty aren't named.
fn reduced(why: &Value) -> Value {
    let reduce = |sign: &Value| -> Value {
        ["cause", "speaks", "line"].iter().map(|key| sign[key].clone()).collect()
    };
    let mut why = why.clone();
    let keys = why.as_object_mut().unwrap();
    let signs = keys["signs"].as_array().unwrap().iter().map(reduce).collect();
    keys.insert("signs".to_owned(), signs);
    keys.retain(|_, value| value.as_array().is_none_or(|items| !items.is_empty()));
    why
}

#[test]
fn every_reason_is_in_the_json() {
    let cases = include_str!("why.txt").split("\n== ").skip(1);
    let mut count = 0;
    for (title, rest) in cases.filter_map(|case| case.split_once('\n')) {
        let (log, expected) = rest.split_once("=> ").unwrap();
        let (id, expected) = expected.trim().split_once(' ').unwrap();
        let json = pullmedic::json::diagnosis(&pullmedic::diagnose(log));
        let answer: Value = serde_json::from_str(&json).unwrap();
        let found = &answer["findings"][0];
        assert_eq!(found["problem"], id, "{title}");
        assert_eq!(
            reduced(&found["why"]),
            serde_json::from_str::<Value>(expected).unwrap(),
            "{title}"
        );
        count += 1;
    }
    assert!(count >= 15);
}
