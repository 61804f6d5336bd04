"""Settings come from the environment once; a mistake in one is told by the name of its variable."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from kamerbrief.errors import SettingsError
from kamerbrief.library import Kamerbrief
from kamerbrief.settings import Settings, load


def test_without_variables_the_data_lies_in_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    settings = load()
    assert settings.data_dir.is_relative_to(tmp_path)
    assert settings.data_dir.name == "kamerbrief"
    assert settings.embedding_model == ""


def test_a_variable_sets_its_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAMERBRIEF_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KAMERBRIEF_MAX_SOURCE_BYTES", "1000")
    settings = load()
    assert (settings.data_dir, settings.max_source_bytes) == (tmp_path, 1000)
    assert load(max_source_bytes=7).max_source_bytes == 7


def test_an_unknown_variable_is_named_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERBRIEF_X", "1")
    with pytest.raises(SettingsError, match=r"^unknown setting KAMERBRIEF_X: .*KAMERBRIEF_DATA_DIR"):
        load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAMERBRIEF_MAX_SOURCE_BYTES", "veel"),
        ("KAMERBRIEF_MAX_SOURCE_BYTES", "0"),
        ("KAMERBRIEF_EMBEDDING_TIMEOUT", "-1"),
        ("KAMERBRIEF_CAUTION", "extreme"),
    ],
)
def test_a_wrong_value_names_its_variable_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as caught:
        load()
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_wrong_argument_names_its_setting() -> None:
    with pytest.raises(SettingsError, match="KAMERBRIEF_COLOUR"):
        load(colour="red")


def test_settings_do_not_change_and_do_not_tell_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERBRIEF_EMBEDDING_API_KEY", "not-to-be-seen")
    settings = load()
    assert settings.embedding_api_key.get_secret_value() == "not-to-be-seen"
    assert "not-to-be-seen" not in repr(settings) + str(settings.model_dump())
    with pytest.raises(ValidationError):
        settings.max_source_bytes = 1


def test_the_data_folder_given_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAMERBRIEF_DATA_DIR", str(tmp_path / "environment"))
    with Kamerbrief(tmp_path / "argument", settings=Settings(data_dir=tmp_path / "settings")) as kb:
        assert kb.status().data_dir == str(tmp_path / "argument")
    with Kamerbrief(settings=Settings(data_dir=tmp_path / "settings")) as kb:
        assert kb.status().data_dir == str(tmp_path / "settings")
    with Kamerbrief() as kb:
        assert kb.status().data_dir == str(tmp_path / "environment")


def test_an_empty_variable_sets_nothing_and_a_tilde_is_the_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    default = load().data_dir
    monkeypatch.setenv("KAMERBRIEF_DATA_DIR", "")
    assert load().data_dir == default
    monkeypatch.setenv("KAMERBRIEF_DATA_DIR", "~/letters")
    assert load().data_dir == tmp_path / "letters"
