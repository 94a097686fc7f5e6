"""A book in a synced or shared folder is noticed."""

import os
from pathlib import Path

import pytest

from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.storage.place import is_on_network, synced_by, warning

MOUNTS = [
    "/dev/vda1 / ext4 rw 0 0",
    "nas:/partage /mnt/partage nfs4 rw 0 0",
    "//nas/docs /mnt/nas\\040du\\040bureau cifs rw 0 0",
    "/dev/sdb1 /mnt/partage/local ext4 rw 0 0",
]


@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("/home/ana/OneDrive/compta/x.cantine", "OneDrive"),
        ("/home/ana/OneDrive - Les Petites Cantines/x.cantine", "OneDrive"),
        ("/home/ana/Dropbox (Perso)/x.cantine", "Dropbox"),
        ("/home/ana/Google Drive/x.cantine", "Google Drive"),
        ("/Users/ana/Library/CloudStorage/GoogleDrive-ana@x.fr/Mon Drive/x.cantine", "un nuage"),
        ("/Users/ana/Library/Mobile Documents/x.cantine", "iCloud Drive"),
        ("/home/ana/Nextcloud/x.cantine", "Nextcloud"),
        ("/home/ana/ownCloud/x.cantine", "ownCloud"),
        ("/home/ana/kDrive/x.cantine", "kDrive"),
        ("/home/ana/pCloudDrive/x.cantine", "pCloud"),
        ("/home/ana/Documents/x.cantine", None),
        ("/home/ana/Documents/OneDriveOld.cantine", None),
        ("/home/dropbox-user/x.cantine", "Dropbox"),
    ],
)
def test_a_synced_folder_is_known_by_its_name(path, program):
    assert synced_by(Path(path), {}) == program


def test_onedrive_is_known_wherever_windows_says_it_is():
    variables = {"OneDriveCommercial": "/home/ana/Travail"}
    assert synced_by(Path("/home/ana/Travail/x.cantine"), variables) == "OneDrive"
    assert synced_by(Path("/home/ana/Travaux/x.cantine"), variables) is None


@pytest.mark.parametrize(
    ("witness", "program"),
    [
        (".dropbox", "Dropbox"),
        (".sync_0a1b2c.db", "Nextcloud"),
        ("._sync_0a1b2c.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_synced_folder_is_known_by_what_the_program_leaves_there(tmp_path, witness, program):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / witness).touch()
    assert synced_by(folder / "x.cantine", {}) == program


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/home/ana/x.cantine", False),
        ("/mnt/partage/x.cantine", True),
        ("/mnt/partage/local/x.cantine", False),
        ("/mnt/partageur/x.cantine", False),
        ("/mnt/nas du bureau/x.cantine", True),
        ("//nas/docs/x.cantine", True),
        ("\\\\nas\\docs\\x.cantine", True),
        ("\\\\?\\UNC\\nas\\docs\\x.cantine", True),
        ("\\\\?\\C:\\Users\\ana\\x.cantine", False),
    ],
)
def test_a_disk_of_the_network_is_told_from_a_disk_of_this_machine(path, answer):
    if os.name == "nt" and path.startswith("/mnt"):
        pytest.skip("disks have letters there")
    assert is_on_network(Path(path), MOUNTS) is answer


def test_opening_in_a_synced_folder_warns_and_says_what_to_do(tmp_path):
    opened = create_book(tmp_path / "Dropbox" / "x.cantine")
    opened.close()
    [notice] = opened.notices
    assert "Dropbox" in notice
    assert "copie de sauvegarde" in notice


def test_an_ordinary_folder_brings_no_warning(tmp_path):
    assert warning(tmp_path / "x.cantine") is None
