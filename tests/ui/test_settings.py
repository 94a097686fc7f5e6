import pytest

from cantine_desktop.settings import FILE, Settings, load, save


def test_what_is_saved_is_read_again(tmp_path):
    kept = Settings(language="en", theme="dark", text_scale=150, recent_books=["a", "b"])
    kept.geometry = [10, 20, 1200, 700]
    kept.folders = {"pdf": "/tmp/é"}
    save(kept, tmp_path)
    assert load(tmp_path) == kept


@pytest.mark.parametrize(
    "junk",
    [b"", b"\x00\xff\xfe", b"[[[", b"language = ", "thème = 'é'".encode("latin-1")],
)
def test_a_junk_file_gives_the_usual_settings(tmp_path, junk):
    (tmp_path / FILE).write_bytes(junk)
    assert load(tmp_path) == Settings()


def test_one_bad_value_does_not_spoil_the_others(tmp_path):
    (tmp_path / FILE).write_text(
        'language = "xx"\ntheme = 3\ntext_scale = 117\ngeometry = ["a"]\nmaximized = 1\n'
        'last_book = "port.cantine"\nfrom_the_future = true\nfolders = [1]\n',
        encoding="utf-8",
    )
    assert load(tmp_path) == Settings(last_book="port.cantine")


def test_no_file_at_all_gives_the_usual_settings(tmp_path):
    assert load(tmp_path / "nowhere") == Settings()


def test_a_folder_in_place_of_the_file_gives_the_usual_settings(tmp_path):
    (tmp_path / FILE).mkdir()
    assert load(tmp_path) == Settings()


def test_saving_leaves_no_draft_behind(tmp_path):
    save(Settings(), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_the_latest_book_comes_first_and_once():
    settings = Settings()
    for book in ("a", "b", "a", "c"):
        settings.remember_book(book, "Le Port")
    assert settings.recent_books == ["c", "a", "b"]
    assert settings.last_book == "c"
    assert settings.last_canteen == "Le Port"
