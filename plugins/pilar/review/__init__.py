"""What a change does to the curriculum: two commits compared, for those who approve it.

    project.state  ->  compare   ->  report
    (a commit,         (frozen       (ringkasan.md, index.html;
     checked)           data)         no comparing)

Works on git's objects; the working tree is never touched.
"""
