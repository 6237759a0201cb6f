"""What a user of the package sees: offsets, types, errors, pickles, a notebook's view."""

from __future__ import annotations

import copy
import html
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sayso
from conftest import ARTICLE

WIDE = "👩‍🚒 " + ARTICLE.replace("bridge", "brîdge") + "\n\n«Ça va,» said Dr. Okafor — twice."


@pytest.mark.parametrize("text", [ARTICLE, WIDE, "\ufeff" + WIDE.replace("\n", "\r\n"), '"We lost," Ruiz said.'])
def test_offsets_count_code_points(text: str) -> None:
    doc = sayso.extract(text)
    assert doc.text == text
    assert doc.statements
    for s in doc.statements:
        for part in (s.content, s.cue, s.source, s.addressee, s.topic, s.when, s.where):
            if part is not None:
                assert " … ".join(text[b:e] for b, e in part.spans) == part.text == str(part)
    for speaker in doc.speakers:
        for begin, end in speaker.mentions:
            assert text[begin:end].strip() == text[begin:end] != ""


def test_a_statement_says_who_and_how(article: str) -> None:
    doc = sayso.extract(article)
    first, second = doc.statements[:2]
    assert (first.index, first.form, first.act, first.resolved_by) == (0, "direct", "assert", "name")
    assert first.content.text == "“The bridge will open in May,”"
    assert first.cue is not None and (first.cue.text, first.cue.lemma) == ("said", "say")
    assert first.when is not None and first.when.text == "on Tuesday"
    assert second.addressee is not None and second.addressee.text == "reporters"
    assert second.speakers == first.speakers
    assert second.speakers[0].id == first.speakers[0].id
    assert (first.speakers[0].name, first.speakers[0].kind, first.speakers[0].role) == ("Ana Ruiz", "person", "mayor")
    assert doc.dateline == "LORCA" and doc.credit is None and doc.language == "en"
    assert 0 <= first.confidence <= 1


def test_many_texts_come_back_in_their_order() -> None:
    texts = [f"“Bridge {i} is open,” said Ana Ruiz." for i in range(100)]
    alone = [sayso.extract(t) for t in texts]
    assert sayso.extract_all(texts) == alone
    assert sayso.extract_all((t for t in texts), threads=1) == alone
    assert sayso.extract_all(tuple(texts), 3) == alone
    assert sayso.extract_all([]) == []
    assert [d.id for d in sayso.extract_all(texts[:2], ids=["a", "b"])] == ["a", "b"]


def test_wrong_types_raise_type_error() -> None:
    for wrong in (None, 3, b"bytes", ["list"]):
        with pytest.raises(TypeError, match="text is .*, not str"):
            sayso.extract(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"texts\[1\] is int, not str"):
        sayso.extract_all(["fine", 3])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="texts is one str"):
        sayso.extract_all("one text")
    with pytest.raises(TypeError):
        sayso.extract_all(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        sayso.extract_all(["a"], threads="2")  # type: ignore[arg-type]


def test_wrong_values_say_what_to_do() -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        sayso.extract_all(["a"], threads=0)
    with pytest.raises(ValueError, match="2 texts, but 1 ids"):
        sayso.extract_all(["a", "b"], ids=["1"])


@pytest.mark.parametrize("text", ["", " \n", "\0", "“" * 1000, "a\ud800b “c” said d\udfff", "\U0010ffff", "He said " * 500])
def test_text_never_raises(text: str) -> None:
    doc = sayso.extract(text)
    assert len(doc.text) == len(text)
    assert sayso.extract_all([text])[0] == doc


def test_a_bad_model_file_is_a_model_error(tmp_path: Path) -> None:
    bad = tmp_path / "bad.model"
    bad.write_bytes(b"not a model at all\n")
    with pytest.raises(sayso.ModelError, match=r"bad\.model: .*not a sayso model"):
        sayso.Extractor(bad)
    with pytest.raises(FileNotFoundError) as caught:
        sayso.Extractor(str(tmp_path / "none.model"))
    assert caught.value.filename.endswith("none.model")
    assert issubclass(sayso.ModelError, Exception) and not issubclass(sayso.ModelError, ValueError)


def test_a_model_file_of_ones_own_is_read() -> None:
    shipped = Path(__file__).parents[2] / "crates" / "sayso-en" / "model.bin"
    extractor = sayso.Extractor(shipped)
    assert extractor.model == str(shipped)
    assert extractor.extract(ARTICLE) == sayso.extract(ARTICLE)
    assert pickle.loads(pickle.dumps(extractor)).model == str(shipped)
    assert sayso.Extractor().model is None


def test_the_accurate_model_finds_what_the_fast_one_does_and_more(article: str) -> None:
    accurate, fast = sayso.Extractor(model="accurate"), sayso.Extractor(model="fast")
    assert fast.extract(article) == sayso.extract(article)
    doc = accurate.extract(article)
    assert doc != sayso.extract(article), "it is another model"
    assert {s.content.text for s in doc.statements if s.form == "direct"} & {s.content.text for s in fast.extract(article).statements}
    assert pickle.loads(pickle.dumps(accurate)).extract(article) == doc
    assert accurate.extract_all([article, ""], threads=2)[0] == doc


def test_documents_survive_a_pickle_and_a_copy(article: str) -> None:
    doc = sayso.extract(article, id="a1")
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(doc, protocol))
        assert again == doc and again.to_dict() == doc.to_dict() and hash(again) == hash(doc)
    assert copy.deepcopy(doc) == doc


def test_parts_are_equal_by_what_they_say(article: str) -> None:
    one, other = sayso.extract(article), sayso.extract(article)
    assert one == other and one != sayso.extract(article + " ")
    assert one.statements == other.statements and set(one.statements) == set(other.statements)
    assert one.speakers == other.speakers and set(one.speakers) == set(other.speakers)
    assert one.statements[0] != one.statements[1] and one.statements[0] != "direct"
    assert one.statements[0].content == other.statements[0].content
    assert hash(one.statements[0].cue) == hash(other.statements[0].cue)


def test_nothing_can_be_changed(article: str) -> None:
    doc = sayso.extract(article)
    for thing, name in ((doc, "text"), (doc.statements[0], "form"), (doc.speakers[0], "name"), (doc.statements[0].content, "spans")):
        with pytest.raises(AttributeError):
            setattr(thing, name, None)


def test_it_shows_itself(article: str) -> None:
    doc = sayso.extract(article)
    assert re.fullmatch(r"Document\(\d+ statements, \d+ speakers?: 'LORCA: “The bridge.*…'\)", repr(doc))
    assert repr(doc.statements[0]) == "Statement(direct assert, Ana Ruiz: '“The bridge will open in May,”')"
    assert repr(doc.speakers[0]).startswith("Speaker(0, 'Ana Ruiz', 'person', role='mayor'")


def test_a_notebook_sees_the_text_escaped() -> None:
    text = "<script>alert(1)</script>\n\n“Tom & <b>Jerry</b>,” said Ana \"<i>\" Ruiz."
    page = sayso.extract(text)._repr_html_()
    assert "<script>" not in page and "<b>" not in page and "<i>" not in page
    cast, _, page = page.partition('<div class="text">')
    assert '<bdi class="name">Ana' in cast and "statement</span>" in cast
    page = page.removesuffix("</div></div>")
    assert "Tom &amp; &lt;b&gt;Jerry&lt;/b&gt;" in page
    assert html.unescape(re.sub("<[^>]*>", "", page)) == text
    assert page.count("<mark") == page.count("</mark>") >= 1


def test_the_styles_of_a_notebook_touch_nothing_else(article: str) -> None:
    page = sayso.extract(article)._repr_html_()
    style = re.sub(r"/\*.*?\*/|\([^()]*\)", "", page.partition("<style>")[2].partition("</style>")[0])
    rules = [rule.strip() for rule in re.findall(r"([^{}]+){", style)]
    assert len(rules) > 10 and all(selector.strip().startswith(".sayso") for rule in rules for selector in rule.split(","))


def test_other_threads_run_meanwhile(ticks_during: Callable[[Callable[[], object]], tuple[int, float]]) -> None:
    texts = [ARTICLE * 20] * 200
    ticks, took = ticks_during(lambda: sayso.extract_all(texts, threads=1))
    assert ticks > took * 100, f"another thread ran {ticks} times in {took:.2f} s: the lock was held"
