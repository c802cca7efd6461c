"""The site: marts → pages in every language → a verified release.

Content: `model`, `contexts`, `pages`, `fragments`. Engine: `build` puts pages into `shells`, `verify` reads the
result, `release` switches to it. Neither half knows the other's inside; `source` is the seam.
"""
