"""Where a book's file lies: on this machine's disk, in a synced folder, or on a network.

SQLite needs a disk whose locks hold and whose files change only under its own
hand. Programs that sync a folder copy the file in the middle of a write, and
bring an old one back; network drives lie about locks. Both have destroyed
people's data; backups, on the other hand, are welcome there.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath, PureWindowsPath

from cantine_desktop.i18n import tr

_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "drivefs": "Google Drive",
    "mon drive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "kdrive": "kDrive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "cloudstorage": "un nuage",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "proton drive": "Proton Drive",
    "megasync": "MEGA",
    "mega": "MEGA",
    "seafile": "Seafile",
    "synologydrive": "Synology Drive",
    "cozy drive": "Cozy",
    "twake drive": "Twake",
    "syncthing": "Syncthing",
}
"""Names that sync programs give their folder, folded."""

_WITNESSES = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".stfolder": "Syncthing",
}
"""Files that a sync program leaves at the top of the folder it keeps."""

_JOURNALS = {
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".csync_journal.db*": "ownCloud",
}
"""The same, when the name varies."""

_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}
"""Environment variables that hold a synced folder."""

_NETWORK_KINDS = ("nfs", "cifs", "smb", "fuse.sshfs", "fuse.gvfsd", "fuse.rclone", "davfs", "9p")
_WINDOWS_NETWORK_DRIVE = 4
_VERBATIM = ("\\\\?\\", "\\\\.\\")


def synced_by(path: Path, variables: Mapping[str, str] = os.environ) -> str | None:
    """Return the name of the program that syncs the folder of a file, if one does.

    Args:
        path: The file; it need not exist.
        variables: The environment, where OneDrive says where it stands.
    """
    for name, program in _VARIABLES.items():
        root = variables.get(name)
        if root and _is_under(path, root):
            return program
    for folder in [*path.parents][::-1]:
        if found := _by_name(folder) or _by_witness(folder):
            return found
    return None


def is_on_network(path: Path, mounts: Iterable[str] | None = None) -> bool:
    """Tell whether a file lies on another machine's disk.

    Args:
        path: The file; it need not exist.
        mounts: Lines of ``/proc/mounts``; by default those of this machine.
    """
    text = str(path).replace("/", "\\")
    for verbatim in _VERBATIM:
        # A path too long for the older programs is written ``\\?\C:\…`` or ``\\?\UNC\nas\…``.
        text = text.replace(f"{verbatim}UNC\\", "\\\\").removeprefix(verbatim)
    if text.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        return _is_mapped_drive(path)
    best = max(
        (
            m
            for m in map(_mount, mounts if mounts is not None else _mounts())
            if _is_under(path, m[0])
        ),
        key=lambda m: len(m[0]),
        default=("", ""),
    )
    return best[1].startswith(_NETWORK_KINDS)


def warning(path: Path) -> str | None:
    """Return the sentence to show when a book opens from a place that may spoil it."""
    if program := synced_by(path):
        return tr(
            "Le fichier de la cantine est dans un dossier synchronisé ({program}), qui peut "
            "l’abîmer en le copiant pendant que vous travaillez. Déplacez-le sur ce poste ; une "
            "copie de sauvegarde restera ici."
        ).format(program=program)
    if is_on_network(path):
        return tr(
            "Le fichier de la cantine est sur un disque du réseau, où deux postes peuvent l’abîmer "
            "en y écrivant ensemble. Déplacez-le sur ce poste, ou passez à une base PostgreSQL "
            "pour travailler à plusieurs ; une copie de sauvegarde restera ici."
        )
    return None


def _is_under(path: Path, root: str) -> bool:
    """Compare as the system of the path does: without case on Windows."""
    kind: type[PurePath] = PureWindowsPath if "\\" in root else PurePath
    return kind(path).is_relative_to(kind(root))


def _by_name(folder: Path) -> str | None:
    name = folder.name.casefold()
    plain = name.partition(" - ")[0].partition(" (")[0].partition("-")[0].strip()
    return _FOLDERS.get(name) or _FOLDERS.get(plain)


def _by_witness(folder: Path) -> str | None:
    try:
        names = {entry.name for entry in os.scandir(folder) if entry.name.startswith(".")}
    except OSError:
        return None
    for witness, program in _WITNESSES.items():
        if witness in names:
            return program
    for pattern, program in _JOURNALS.items():
        if any(PurePath(name).match(pattern) for name in names):
            return program
    return None


def _mounts() -> list[str]:
    try:
        return Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


def _mount(line: str) -> tuple[str, str]:
    """Return the folder and the kind of file system of a line of ``/proc/mounts``."""
    fields = line.split(" ")
    return (fields[1].replace("\\040", " "), fields[2]) if len(fields) > 2 else ("", "")


def _is_mapped_drive(path: Path) -> bool:
    import ctypes  # noqa: PLC0415  -- Windows alone needs it

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  -- absent elsewhere
    return bool(kernel.GetDriveTypeW(path.absolute().anchor) == _WINDOWS_NETWORK_DRIVE)
