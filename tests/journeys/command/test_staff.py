"""``helpdesk staff``: who works here, and what each of them may do."""

from pathlib import Path

import pytest

from tests.journeys.command.running import Helpdesk


def test_rights_are_given_listed_and_given_back(tmp_path: Path) -> None:
    helpdesk = Helpdesk(tmp_path / "data")
    assert helpdesk("staff", "list", "--json").json == {"staff": []}
    assert "everyone may do everything" in helpdesk("staff", "list").out
    given = helpdesk("staff", "allow", "77", "--may", "claim,close", "--for", "actor")
    assert given.code == 0
    assert "claim, close" in given.out
    (member,) = helpdesk("staff", "list", "--json").json["staff"]
    assert (member["id"], member["may"], member["for"]) == ("77", ["claim", "close"], ["actor"])
    helpdesk("staff", "allow", "77", "--may", "nothing")
    (member,) = helpdesk("staff", "list", "--json").json["staff"]
    assert (member["may"], len(member["for"])) == ([], 4)
    helpdesk("staff", "allow", "77")
    assert "may: all" in helpdesk("staff", "list").out


def test_whoever_was_never_seen_is_not_said_to_be_there(tmp_path: Path) -> None:
    helpdesk = Helpdesk(tmp_path / "data")
    assert "not seen yet" in helpdesk("staff", "allow", "77").out
    assert "not seen yet" in helpdesk("staff", "list").out


@pytest.mark.parametrize("name", ["@lin", "林", "77x", ""])
def test_a_name_is_no_number(tmp_path: Path, name: str) -> None:
    helpdesk = Helpdesk(tmp_path / "data")
    refused = helpdesk("staff", "allow", name)
    assert refused.code == 2
    assert f"“{name}”" in refused.err
    assert "helpdesk staff list" in refused.err
    assert helpdesk("staff", "list", "--json").json == {"staff": []}


def test_rights_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    refused = Helpdesk(tmp_path / "data")("staff", "allow", "77", "--may", "claim,sing")
    assert refused.code == 2
    assert "“sing”" in refused.err
    assert "transfer" in refused.err


@pytest.mark.parametrize("form", ["staff", "mail"])
def test_a_look_makes_no_database(tmp_path: Path, form: str) -> None:
    helpdesk = Helpdesk(tmp_path / "mistyped")
    assert helpdesk(form, "list").code == 0
    assert not helpdesk.data.exists()
