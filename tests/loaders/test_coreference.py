"""Names of one entity in one text, and names that must stay apart."""

import re

import pytest

from loaders.coreference import same_names
from loaders.mentions import Mention
from loaders.scripts import simplify


def clusters(text: str) -> dict[str, int]:
    """The cluster of each name; names are marked as [person|company|product:name]."""
    plain, mentions, at = "", [], 0
    for found in re.finditer(r"\[(person|company|product):([^\]]+)\]", text):
        plain += text[at : found.start()]
        mentions.append(Mention(len(plain), len(plain) + len(found[2]), found[2], found[1], 1.0))
        plain += found[2]
        at = found.end()
    plain += text[at:]
    names = same_names(mentions, simplify(plain))
    return {m.surface: n for m, n in zip(mentions, names.clusters, strict=True)}


@pytest.mark.parametrize(
    "text",
    [
        "[company:中泽水处理科技股份有限公司]（以下简称“[company:中泽水科]”）",
        "[company:Alibaba Group Holding] ([company:Alibaba]) said",
        "[company:砚石智能]成立。[company:砚石]说",
        "[person:裴若川]来了，[person:老裴]说",
        "[person:蔡美玲]上任，[person:蔡主席]说",
        "[person:冯展峰]走了，[person:冯总]说",
        "[person:Derek Yip] left; [person:Mr. Yip] said",
        "[person:Seiichi Kitamura], who signs [person:Kitamura Seiichi]",
        "[company:Shokado Holdings] bought. [company:Shokado] said",
        "[company:National Cricket Board] met. [company:NCB] said",
        "[product:墨池Lite]和[product:Lite]",
        "[company:騰訊]與[company:腾讯]",
        "[company:阿里巴巴] and [company:Alibaba]",
        "[person:蔡崇信]（[person:Joe Tsai]）",
    ],
)
def test_one(text: str) -> None:
    assert len(set(clusters(text).values())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[company:阿里巴巴]和[company:阿里影业]",
        "[company:Alibaba] and [company:Alibaba Cloud]",
        "[company:NBA]与[company:NBA中国]",
        "[company:NBA]的[company:NBA布魯克林籃網隊]",
        "[company:伟鸿酒店]与[company:伟鸿食品]",
        "[person:林家豪]与[person:林冠中]",
        "[person:Selin Demirkan] and [person:Orhan Demirkan]",
        "[company:蓝海银行]与[company:蓝桥环保]",
        "[product:Pixel 8] and [product:Pixel 9]",
        "[person:Nair] met [company:Nair Motors]",
        "[company:Desrosiers Parfums] of [company:Maison Desrosiers]",
    ],
)
def test_two(text: str) -> None:
    assert len(set(clusters(text).values())) == 2


def test_a_surname_of_two_persons_is_left_open() -> None:
    text = "林家豪与林冠中。林总说"
    mentions = [Mention(0, 3, "林家豪", "person", 1.0), Mention(4, 7, "林冠中", "person", 1.0)]
    mentions.append(Mention(8, 10, "林总", "person", 1.0))
    names = same_names(mentions, text)
    assert names.choices == {2: frozenset(names.clusters[:2])}


def test_every_link_tells_its_reason() -> None:
    text = "砚石智能和砚石"
    mentions = [Mention(0, 4, "砚石智能", "company", 1.0), Mention(5, 7, "砚石", "company", 1.0)]
    assert [link.reason for link in same_names(mentions, text).links] == ["the same but for the legal form"]
