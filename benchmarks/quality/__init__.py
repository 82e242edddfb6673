"""How good the results are on the development sets, as figures by name: for the floors of the tests and for the docs.

`sets` says what is measured and how, `floors` what may not fall, `docs` which figures the docs show. Speed does not belong here."""
