"""Settings: defaults, order of precedence, and a sentence for what makes no sense."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.language import say_error
from bot.settings import Settings, documentation, read_language, read_settings
from bot.types import Language
from index.errors import SettingError

HOME = {"HOME": "/home/ada"}


def test_everything_has_a_default() -> None:
    settings = read_settings(HOME)
    assert settings.data == Path("/home/ada/.local/share/beleg")
    assert settings.corpus == "local"
    assert settings.language is Language.GERMAN
    assert settings.model is None
    assert settings.reader is None
    assert settings.selector_url is None
    assert settings.selector_timeout == 20.0
    assert settings.read_selector_key() is None
    assert settings.read_token() is None
    assert settings.fetch_allow == frozenset()
    assert settings.contact is None


def test_an_option_outranks_the_environment_which_outranks_the_default() -> None:
    environment = {**HOME, "BELEG_DATA": "/srv/a", "BELEG_CORPUS": "42", "BELEG_LANGUAGE": "en"}
    settings = read_settings(environment)
    assert (settings.data, settings.corpus) == (Path("/srv/a"), "42")
    assert settings.language is Language.ENGLISH
    settings = read_settings(environment, data="/srv/b", corpus="local", language="de")
    assert (settings.data, settings.corpus) == (Path("/srv/b"), "local")
    assert settings.language is Language.GERMAN


def test_an_empty_variable_counts_as_unset() -> None:
    empty = dict.fromkeys((row.variable for row in documentation()), " ")
    assert read_settings({**HOME, **empty}) == read_settings(HOME)


def test_the_data_directory_follows_the_desktop_convention() -> None:
    assert read_settings({**HOME, "XDG_DATA_HOME": "/big"}).data == Path("/big/beleg")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_AT.UTF-8"}, Language.GERMAN),
        ({"LANG": "en_US.UTF-8"}, Language.ENGLISH),
        ({"LANG": "C.UTF-8"}, Language.GERMAN),
        ({"LANG": "POSIX"}, Language.GERMAN),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, Language.ENGLISH),
        ({"LANG": "en_US.UTF-8", "BELEG_LANGUAGE": "DE"}, Language.GERMAN),
        ({}, Language.GERMAN),
    ],
)
def test_the_language_comes_from_the_locale(
    environment: dict[str, str], language: Language
) -> None:
    assert read_language(environment) is language


def test_fetch_allow_is_a_list_of_hosts_with_ports() -> None:
    settings = read_settings({**HOME, "BELEG_FETCH_ALLOW": "Wiki.lan:8080, [::1]:80,"})
    assert settings.fetch_allow == {"wiki.lan:8080", "[::1]:80"}


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("BELEG_LANGUAGE", "fr", "language_unknown"),
        ("BELEG_CORPUS", "../other", "corpus_name"),
        ("BELEG_CORPUS", "a" * 65, "corpus_name"),
        ("BELEG_FETCH_ALLOW", "wiki.lan", "fetch_allow"),
        ("BELEG_FETCH_ALLOW", "wiki.lan:http", "fetch_allow"),
        ("BELEG_FETCH_ALLOW", "wiki.lan:70000", "fetch_allow"),
        ("BELEG_FETCH_ALLOW", ":80", "fetch_allow"),
        ("BELEG_CONTACT", "me\r\nX-Evil: 1", "contact"),
        ("BELEG_SELECTOR_URL", "127.0.0.1:11434", "selector_url"),
        ("BELEG_SELECTOR_URL", "file:///etc/passwd", "selector_url"),
        ("BELEG_SELECTOR_URL", "http:///v1", "selector_url"),
        ("BELEG_SELECTOR_URL", "http://[::1/v1", "selector_url"),
        ("BELEG_SELECTOR_URL", "http://host:99999/v1", "selector_url"),
        ("BELEG_SELECTOR_URL", "https://ada:secret@host/v1", "selector_url"),
        ("BELEG_SELECTOR_URL", "https://host/v1?key=secret", "selector_url"),
        ("BELEG_SELECTOR_URL", "http://127.0.0.1:11434/v1", "selector_model_missing"),
        ("BELEG_SELECTOR_TIMEOUT", "bald", "selector_timeout"),
        ("BELEG_SELECTOR_TIMEOUT", "0", "selector_timeout"),
        ("BELEG_SELECTOR_TIMEOUT", "nan", "selector_timeout"),
        ("BELEG_SELECTOR_TIMEOUT", "601", "selector_timeout"),
    ],
)
def test_a_value_without_sense_gets_a_sentence(variable: str, value: str, code: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({**HOME, variable: value})
    assert caught.value.code == code
    for language in Language:
        sentence = say_error(language, caught.value)
        assert variable in sentence
        assert "{" not in sentence
        assert "secret" not in sentence


def test_without_a_home_the_directory_must_be_chosen() -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({})
    assert "BELEG_DATA" in say_error(Language.ENGLISH, caught.value)


def test_the_token_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("abc.def\n")
    environment = {**HOME, "BELEG_DISCORD_TOKEN_FILE": str(secret)}
    assert read_settings(environment).read_token() == "abc.def"
    assert read_settings({**environment, "BELEG_DISCORD_TOKEN": "x.y"}).read_token() == "x.y"
    secret.write_text("\n")
    assert read_settings(environment).read_token() is None
    secret.unlink()
    with pytest.raises(SettingError) as caught:
        read_settings(environment).read_token()
    assert str(secret) in say_error(Language.GERMAN, caught.value)


def test_a_language_model_is_an_address_and_a_name() -> None:
    settings = read_settings(
        {**HOME, "BELEG_SELECTOR_URL": "http://[::1]:11434/v1", "BELEG_SELECTOR_MODEL": "tiny"}
    )
    assert (settings.selector_url, settings.selector_model) == ("http://[::1]:11434/v1", "tiny")


def test_the_key_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("abc\n")
    environment = {**HOME, "BELEG_SELECTOR_KEY_FILE": str(secret)}
    assert read_settings(environment).read_selector_key() == "abc"
    assert read_settings({**environment, "BELEG_SELECTOR_KEY": "x"}).read_selector_key() == "x"
    secret.unlink()
    with pytest.raises(SettingError) as caught:
        read_settings(environment).read_selector_key()
    assert caught.value.code == "selector_key_file_unreadable"
    assert str(secret) in say_error(Language.GERMAN, caught.value)


def test_limits_of_what_is_shown_are_whole_numbers_down_to_nothing() -> None:
    settings = read_settings(HOME)
    assert (settings.excerpt_characters, settings.excerpt_quotations) == (600, 3)
    assert settings.excerpt_article == 900
    assert read_settings({**HOME, "BELEG_EXCERPT_CHARACTERS": "0"}).excerpt_characters == 0
    for value in ("-1", "viele", "1.5", "²", "9" * 7):
        with pytest.raises(SettingError) as caught:
            read_settings({**HOME, "BELEG_EXCERPT_ARTICLE": value})
        assert "BELEG_EXCERPT_ARTICLE" in say_error(Language.GERMAN, caught.value)


def test_a_model_may_lie_at_home_or_bear_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    settings = read_settings(
        {**HOME, "BELEG_MODEL": "~/e5", "BELEG_READER": "owner/reader", "BELEG_WEIGHTS": "~/w.json"}
    )
    assert (settings.model, settings.reader) == ("/home/ada/e5", "owner/reader")
    assert settings.weights == Path("/home/ada/w.json")


@pytest.mark.parametrize("variable", ["BELEG_DISCORD_TOKEN", "BELEG_SELECTOR_KEY"])
def test_a_secret_is_never_shown(variable: str) -> None:
    assert "geheim" not in repr(read_settings({**HOME, variable: "geheim"}))


def test_every_setting_is_explained() -> None:
    rows = documentation()
    assert [row.name for row in rows] == [setting.name for setting in fields(Settings)]
    for row in rows:
        assert re.fullmatch("BELEG_[A-Z_]+", row.variable)
        assert row.default
        assert row.explanation.endswith(".")


def test_the_sample_environment_names_every_setting_with_its_explanation() -> None:
    sample = (Path(__file__).parents[2] / "deploy" / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^#?(BELEG_[A-Z_]+)=", sample) == [r.variable for r in documentation()]
    prose = " ".join(line.lstrip("# ") for line in sample.splitlines())
    for row in documentation():
        assert row.explanation in prose, row.variable
