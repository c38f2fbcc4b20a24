"""The numbers of packages: pure functions on arrays, which know of no files, states or texts.

`problem` says what a negotiation is; `frontier` and `solutions` choose exactly where a frontier can
be listed, `mip` where it cannot; `blocking` explains why there is no deal; `explanations` what a
deal trades; `sampling` and `robustness` how sure it is.
"""
