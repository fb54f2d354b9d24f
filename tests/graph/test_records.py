"""What is stored of a claim is the claim."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Claim, Referent
from graph.records import LARGEST, claim_of, claim_properties, plain

COLUMNS = ("id", "document", "predicate", "status", "quote", "start", "end", "method", "confidence", "said")
WORDS = st.text(min_size=1, max_size=6)
REFERENTS = st.builds(Referent, WORDS, st.sampled_from(["Person", "Company"]), st.tuples(WORDS, WORDS))
VALUES = st.one_of(
    WORDS, st.integers(), st.floats(allow_nan=False), st.booleans(), st.none(), st.lists(WORDS, max_size=2)
)
ATTRIBUTES = st.dictionaries(WORDS, WORDS, max_size=3) | st.dictionaries(WORDS, VALUES, max_size=3)
CLAIMS = st.builds(
    Claim,
    document=WORDS,
    subject=REFERENTS,
    predicate=st.just("OWNS"),
    object=REFERENTS,
    quote=WORDS,
    start=st.integers(0, 9),
    end=st.integers(10, 20),
    attributes=ATTRIBUTES,
    status=st.sampled_from([None, "active"]),
    speaker=st.none() | REFERENTS,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CLAIMS)
def test_a_claim_is_read_back_as_it_was_given(claim: Claim) -> None:
    properties = claim_properties(claim)
    assert claim_of([properties.get(name) for name in COLUMNS]) == claim


def test_no_attribute_takes_the_place_of_what_a_claim_says_itself() -> None:
    end = Referent("a", "Company", ("Apple",))
    said = {"status": "active", "quote": "another", "start": "2001", "speaker_name": "nobody", "left": None}
    properties = claim_properties(Claim("d", end, "OWNS", end, "q", 3, 4, said))
    assert {name: properties.get(name) for name in ("status", "quote", "start", "since", "speaker_name", "left")} == {
        "status": None, "quote": "q", "start": 3, "since": "2001", "speaker_name": None, "left": None,
    }  # fmt: skip


def test_a_list_becomes_what_a_property_can_hold() -> None:
    assert plain([1, 2]) == [1, 2]
    assert plain((1, "a")) == ["1", "a"]
    assert plain([LARGEST + 1]) == [float(LARGEST + 1)]
    assert plain([{"a": 1}]) == ['{"a": 1}']
