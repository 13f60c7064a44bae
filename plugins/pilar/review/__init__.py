"""What a change does to the curriculum: two commits compared, told to those who approve it.

    snapshot  ->  comparing  ->  summary (Markdown), report (HTML)
    (a commit,    (frozen        (words and pictures; no rules)
     checked)      data)

Works on git's objects; the working tree is never touched.
"""
