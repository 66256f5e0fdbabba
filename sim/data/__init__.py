"""National tables the package reads at run time; `README.md` beside this file gives their sources and licences."""
