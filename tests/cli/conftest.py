from cantine_desktop.i18n import use_language


def pytest_runtest_teardown():
    use_language("fr")
