"""The trained classifier: learns, explains, keeps its promises on confidence, and survives being saved."""

import csv
import gzip
import json
import zipfile
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.triage import InvalidModelFile, load_model, save_model
from jinlin.algorithms.triage.calibration import calibration_error, confidences
from jinlin.algorithms.triage.evaluation import evaluate
from jinlin.algorithms.triage.ngrams import Vocabulary, gram, normalise
from jinlin.algorithms.triage.training import TooFewExamples, fitted_calibration, prefix_groups, train_model

TOPICS = {
    "lift": ("电梯", "轿厢", "维保", "困在"),
    "water": ("停水", "水压", "水管", "自来水"),
    "noise": ("噪音", "广场舞", "装修", "扰民"),
}


def examples(count: int = 120) -> tuple[list[str], list[str]]:
    random = np.random.default_rng(0)
    labels = [list(TOPICS)[number % 3] for number in range(count)]
    filler = ("小区", "业主", "反映", "希望", "物业", "尽快", "解决")
    texts = [
        "，".join(random.permutation([*random.choice(TOPICS[label], 2), *random.choice(filler, 3)])) + f"{number}号"
        for number, label in enumerate(labels)
    ]
    return texts, labels


TEXTS, LABELS = examples()
MODEL = train_model(TEXTS, LABELS)


def test_it_learns_the_topics():
    found = MODEL.predict(["電梯轿厢又停了", "自来水水管没有水压", "楼上装修噪音"])
    assert [prediction.label for prediction in found] == ["lift", "water", "noise"]
    assert all(prediction.is_sure for prediction in found)


def test_confidences_are_shares_and_order_the_labels():
    prediction = MODEL.predict(["电梯和水管都坏了"])[0]
    shares = [prediction.confidence, *(share for _, share in prediction.others)]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "hello", "🚒\ud800\x00", "ёлка"])
def test_it_is_not_sure_of_what_it_does_not_know(text):
    assert not MODEL.predict([text])[0].is_sure
    assert MODEL.explain(text) == []


def test_no_texts_give_no_predictions():
    assert MODEL.predict([]) == []


def test_reasons_are_words_of_the_text():
    reasons = MODEL.explain("三号楼电梯坏了，轿厢里很黑")
    assert {"电梯", "轿厢"} & {reason.words for reason in reasons}
    assert [reason.weight for reason in reasons] == sorted((reason.weight for reason in reasons), reverse=True)
    assert all(reason.words in normalise("三号楼电梯坏了，轿厢里很黑") for reason in reasons)


def test_reasons_for_another_label():
    assert "水管" in MODEL.explain("电梯旁的水管漏水", label="water")[0].words


@given(st.text())
def test_any_text_is_classified_and_explained(text):
    assert MODEL.predict([text])[0].label in TOPICS
    assert all(reason.weight > 0 for reason in MODEL.explain(text))


def test_training_is_repeatable():
    again = train_model(TEXTS, LABELS)
    assert np.array_equal(again.weights, MODEL.weights)
    assert again.temperature == MODEL.temperature


def test_too_few_examples_are_refused():
    with pytest.raises(TooFewExamples, match="2 labels"):
        train_model(TEXTS, ["lift"] * len(TEXTS))
    with pytest.raises(TooFewExamples, match="different texts"):
        train_model(["电梯坏了"] * 50, LABELS[:50])
    with pytest.raises(ValueError, match="one label"):
        train_model(TEXTS, LABELS[:-1])


def test_a_label_with_one_example_is_learnt():
    model = train_model([*TEXTS, "路灯整夜不亮"], [*LABELS, "light"])
    assert "light" in model.labels


def test_a_saved_model_is_the_same(tmp_path):
    size = save_model(MODEL, tmp_path / "triage.model")
    loaded = load_model(tmp_path / "triage.model")
    assert size == (tmp_path / "triage.model").stat().st_size
    assert loaded.predict(TEXTS) == MODEL.predict(TEXTS)
    assert loaded.explain(TEXTS[0]) == MODEL.explain(TEXTS[0])
    save_model(loaded, tmp_path / "again.model")
    assert (tmp_path / "again.model").read_bytes() == (tmp_path / "triage.model").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.model", "triage.model"]


def spoilt(path, name, content):
    """Write the saved model again with one entry replaced."""
    with zipfile.ZipFile(path) as file:
        entries = {entry: file.read(entry) for entry in file.namelist()}
    entries[name] = content(entries[name])
    with zipfile.ZipFile(path, "w") as file:
        for entry, data in entries.items():
            file.writestr(entry, data)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.json", lambda data: data.replace(b"triage-2", b"triage-9")),
        ("model.json", lambda data: json.dumps({**json.loads(data), "labels": ["one"]}).encode()),
        ("model.json", lambda data: json.dumps({**json.loads(data), "temperature": 0}).encode()),
        ("model.json", lambda data: b"{"),
        ("idf.npy", lambda data: data[:-40]),
        ("idf.npy", lambda data: b"cos\nsystem\n(S'true'\ntR."),
        ("weights.npy", lambda data: data.replace(b"<f4", b"|O4")),
    ],
)
def test_a_damaged_file_is_refused(tmp_path, name, content):
    path = tmp_path / "triage.model"
    save_model(MODEL, path)
    spoilt(path, name, content)
    with pytest.raises(InvalidModelFile, match="train a new one"):
        load_model(path)


def test_another_file_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("电梯")
    with pytest.raises(InvalidModelFile):
        load_model(tmp_path / "notes.txt")
    with pytest.raises(FileNotFoundError):
        load_model(tmp_path / "absent")


def test_evaluation_in_folds_and_by_a_model():
    rounds = []
    figures = evaluate(TEXTS, LABELS, folds=3, progress=lambda done, total: rounds.append((done, total)))
    assert figures["rows"] == len(TEXTS)
    assert figures["macro_f1"] > 0.95
    assert figures["calibration_error"] < 0.2
    assert rounds == [(1, 3), (2, 3), (3, 3)]
    assert evaluate(TEXTS, LABELS, model=MODEL)["accuracy"] == 1
    assert json.loads(json.dumps(figures)) == figures


def test_evaluation_needs_texts_and_groups():
    with pytest.raises(ValueError, match="no texts"):
        evaluate([], [])
    with pytest.raises(TooFewExamples, match="5 folds"):
        evaluate(["电梯坏了"] * 20, ["a", "b"] * 10)


def test_a_model_is_measured_on_labels_it_does_not_know():
    figures = evaluate(["电梯坏了", "路灯不亮"], ["lift", "light"], model=MODEL)
    assert figures["per_label"]["light"]["f1"] == 0


@given(st.lists(st.text(alphabet="电梯坏了 ab1，", max_size=12), min_size=1, max_size=8))
def test_weights_are_rows_of_length_one_over_known_pairs(texts):
    normal = [normalise(text) for text in texts]
    vocabulary = Vocabulary.learn(normal, limit=1000)
    lengths = np.sqrt(vocabulary.weigh(normal).multiply(vocabulary.weigh(normal)).sum(axis=1))
    assert np.all(np.isclose(lengths, 1) | (lengths == 0))
    twice = {pair for pair in ("电梯", "坏了", "梯坏") if sum(pair in text for text in normal) >= 2}
    assert twice <= {
        pair for pair in ("电梯", "坏了", "梯坏") if vocabulary.find(np.array([gram(pair)], np.uint64))[0] >= 0
    }


def test_calibration_finds_the_scale_of_scores():
    random = np.random.default_rng(1)
    scores = random.normal(size=(4000, 3)) * 2
    targets = np.array([random.choice(3, p=share) for share in confidences(scores, 1.0)])
    trust, offsets, temperature = fitted_calibration(scores * 5, np.zeros_like(scores), targets)
    assert trust == 0
    assert temperature == pytest.approx(5, rel=0.1)
    assert np.abs(offsets).max() < 0.8
    shares = confidences(scores * 5 + offsets, temperature)
    assert calibration_error(shares.max(axis=1), shares.argmax(axis=1) == targets) < 0.03


def test_calibration_error_by_hand():
    assert calibration_error([0.9, 0.9, 0.5, 0.5], [1, 1, 1, 0]) == pytest.approx(0.05)
    assert calibration_error([1.0], [False]) == 1


@pytest.mark.data
def test_real_messages_are_told_apart(shared_data):
    with gzip.open(shared_data / "taidi2020c" / "messages_labelled_dev.csv.gz", "rt", encoding="utf-8") as lines:
        rows = list(islice(csv.DictReader(lines), 1200))
    texts = [f"{row['subject']} {row['detail']}" for row in rows]
    figures = evaluate(texts, [row["label"] for row in rows], groups=prefix_groups(texts), folds=2)
    assert figures["macro_f1"] > 0.8
    assert figures["calibration_error"] < 0.08
    assert figures["predict_ms_per_row"] < 2
