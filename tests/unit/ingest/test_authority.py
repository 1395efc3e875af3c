"""Where an official notice holds, told from the body that issued it."""

import pytest

from ingest.authority import find_jurisdiction


@pytest.mark.parametrize(
    ("issuer", "where"),
    [
        ("深圳市商务局", "city:深圳市"),
        ("深圳市市场监督管理局", "city:深圳市"),
        ("深圳市政府", "city:深圳市"),
        ("深圳市民政局", "city:深圳市"),
        ("深圳市区域合作办公室", "city:深圳市"),
        ("国家税务总局深圳市税务局", "city:深圳市"),
        ("深圳市文化广电旅游体育局、深圳市财政局", "city:深圳市"),
        ("深圳市南山区人民政府", "district:深圳市南山区"),
        ("广东省深圳市福田区人民政府", "district:深圳市福田区"),
        ("深圳市前海深港现代服务业合作区管理局", "district:深圳市前海深港现代服务业合作区"),
        ("蕉岭县人民政府", "district:蕉岭县"),
        ("广东省广播电视局", "province:广东省"),
        ("广西壮族自治区广播电视局", "province:广西壮族自治区"),
        ("国家广播电视总局", "country:CN"),
        ("国家市场监督管理总局", "country:CN"),
        ("国家税务总局", "country:CN"),
        ("国务院办公厅", "country:CN"),
        ("人力资源社会保障部、外交部、公安部、文化部", "country:CN"),
    ],
)
def test_the_name_of_the_body_tells_where_its_rules_hold(issuer: str, where: str) -> None:
    assert str(find_jurisdiction(issuer)) == where


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "某某局",
        "深圳特区报",
        "中国电影家协会",
        "深圳市商务局、广东省财政厅",
        "National Radio and Television Administration",
    ],
)
def test_what_a_name_does_not_tell_is_not_guessed(issuer: str) -> None:
    assert find_jurisdiction(issuer) is None
