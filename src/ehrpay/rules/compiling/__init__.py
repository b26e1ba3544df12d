"""Judged rule files to the compiled form: the classes of `domain.compiled`, which JSON keeps as plain rows."""
