"""The system's packages are installed where that is allowed, else named in one line to copy."""

import subprocess

import pytest
import system
from system import Machine, SetupError

LIBRARIES = ["libEGL.so.1", "libxcb-cursor.so.0"]
PACKAGES = ["libegl1", "libxcb-cursor0"]


def machine(*programs, root=False, platform="linux"):
    return Machine(platform, root, frozenset(programs))


@pytest.fixture
def commands(monkeypatch):
    """Record commands instead of running them; those that contain a refused word fail."""
    ran, refused = [], []

    def run(command, **_):
        ran.append(command)
        return subprocess.CompletedProcess(command, int(any(w in command for w in refused)), "", "")

    monkeypatch.setattr(system.subprocess, "run", run)
    return ran, refused


def test_root_on_debian_installs_what_is_missing_and_nothing_else(commands):
    ran, _ = commands
    system.install(PACKAGES, LIBRARIES, machine("apt-get", root=True))
    assert ran[0] == ["apt-get", "update", "-qq"]
    assert [word for word in ran[1] if not word.startswith("-")] == [
        "apt-get",
        "install",
        *PACKAGES,
    ]


def test_sudo_is_used_only_when_it_asks_no_password(commands):
    ran, _ = commands
    system.install(PACKAGES, LIBRARIES, machine("apt-get", "sudo"))
    assert all(command[:2] == ["sudo", "-n"] for command in ran)


@pytest.mark.parametrize("programs", [("apt-get",), ("apt-get", "sudo")])
def test_without_rights_the_exact_line_is_given_to_copy(commands, programs):
    ran, refused = commands
    refused.append("true")  # sudo wants a password
    with pytest.raises(SetupError) as caught:
        system.install(PACKAGES, LIBRARIES, machine(*programs))
    line = "sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    assert f"    {line}\n" in str(caught.value)
    assert not any("install" in command for command in ran)


def test_a_failed_installation_gives_the_line_to_copy(commands):
    _, refused = commands
    refused.append("install")
    with pytest.raises(SetupError, match="sudo apt-get install"):
        system.install(PACKAGES, LIBRARIES, machine("apt-get", root=True))


def test_an_outdated_package_list_does_not_stop_the_installation(commands):
    ran, refused = commands
    refused.append("update")
    system.install(PACKAGES, LIBRARIES, machine("apt-get", root=True))
    assert "install" in ran[-1]


def test_fedora_is_told_the_libraries_by_the_names_its_packages_bring():
    with pytest.raises(SetupError) as caught:
        system.install(PACKAGES, LIBRARIES, machine("dnf", root=True))
    line = "sudo dnf install 'libEGL.so.1()(64bit)' 'libxcb-cursor.so.0()(64bit)'"
    assert line in str(caught.value)


def test_another_system_is_told_the_libraries():
    with pytest.raises(SetupError, match=r"libEGL\.so\.1 libxcb-cursor\.so\.0"):
        system.install(PACKAGES, LIBRARIES, machine())


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_are_asked_for_nothing(monkeypatch, platform):
    monkeypatch.setattr(system, "missing_libraries", pytest.fail)
    system.prepare(window=True, machine=machine(platform=platform))


def test_a_window_takes_more_libraries_than_paper(monkeypatch):
    asked = []
    monkeypatch.setattr(system.ctypes, "CDLL", asked.append)
    monkeypatch.setattr(system, "missing_libraries", lambda wanted: asked.append(set(wanted)) or {})
    monkeypatch.setattr(system, "find_spec", lambda _: object())
    system.prepare(window=False, machine=machine("apt-get"))
    system.prepare(window=True, machine=machine("apt-get"))
    paper, window = asked
    assert "libEGL.so.1" in paper
    assert window - paper == set(system.WINDOW_LIBRARIES)


def test_a_python_without_ensurepip_is_completed(monkeypatch, commands):
    ran, _ = commands
    monkeypatch.setattr(system, "missing_libraries", lambda _: {})
    monkeypatch.setattr(system, "find_spec", lambda _: None)
    system.prepare(window=False, machine=machine("apt-get", root=True))
    assert any(word.startswith("python3.") and word.endswith("-venv") for word in ran[-1])


def test_libraries_that_load_are_not_missing():
    def load(name):
        if name == "absent.so":
            raise OSError(name)

    wanted = {"there.so": "there", "absent.so": "absent"}
    assert system.missing_libraries(wanted, load) == {"absent.so": "absent"}


@pytest.mark.parametrize(
    ("platform", "environment", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_only_linux_is_ever_without_a_screen(platform, environment, screen):
    assert system.has_screen(platform, environment) is screen
