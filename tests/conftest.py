"""How property tests run, whichever of them: for as long as they take, since no test asserts seconds."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
