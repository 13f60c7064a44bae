"""Continuous integration: thin, few rights, and a comment that nobody's text can misuse."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .commands import REPOSITORY

WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
COMMIT = "0123456789abcdef0123456789abcdef01234567"


GITLAB = REPOSITORY / ".gitlab-ci.yml"
[BEFORE_CHECKOUT] = yaml.safe_load(GITLAB.read_text("utf-8"))["default"]["before_script"]
"""What a bare container lacks for a checkout, which brings the scripts."""


def steps(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
class TestWorkflows:
    def test_rights_are_given_a_job_at_a_time(self, path: Path) -> None:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}
        for job in workflow["jobs"].values():
            assert job["permissions"]
            assert job["timeout-minutes"] <= 60
            writing = {name for name, right in job["permissions"].items() if right == "write"}
            assert not writing or "contents" not in writing

    def test_is_thin(self, path: Path) -> None:
        """What is done stands in scripts/, and can be done by hand."""
        for step in steps(yaml.safe_load(path.read_text("utf-8"))):
            if "run" in step and step["run"] != BEFORE_CHECKOUT:
                assert re.fullmatch(r'scripts/[a-z]+( [\w"$./-]+)*', step["run"]), step["run"]
                assert (REPOSITORY / step["run"].split()[0]).is_file()

    def test_nothing_of_an_event_reaches_a_shell(self, path: Path) -> None:
        for step in steps(yaml.safe_load(path.read_text("utf-8"))):
            assert "${{" not in step.get("run", "")


PINNED = re.compile(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+")

MISTAKES = {
    r"\[{word}\].*\n *--> \S*{file}:": [  # zizmor
        ("unpinned-uses", "periksa", r"(?<=actions/checkout)@\w+ # .*", "@v6"),
        ("template-injection", "periksa", "scripts/annotate github", "echo ${{ github.head_ref }}"),
        ("dangerous-triggers", "pratinjau", "pull_request:", "pull_request_target:"),
        ("overprovisioned-secrets", "pratinjau", r"review \S+", "review ${{ toJSON(secrets) }}"),
        ("artipacked", "periksa", r" +persist-credentials: false\n", ""),
    ],
    r"{file}:\d+:\d+: .*\[{word}\]": [  # actionlint
        ("expression", "komentar", r"github\.token", "github.tokn"),
        ("job-needs", "terbit", "needs: buat", "needs: bangun"),
        ("events", "periksa", "pull_request:", "pull_requests:"),
        ("permissions", "periksa", "contents: read", "content: read"),
        ("syntax-check", "periksa", "timeout-minutes: 45", "timeout-minutes: lama"),
    ],
    r"{file}::\$(?s:.*)'{word}' was unexpected": [  # the schema of GitHub
        ("time-out", "periksa", "timeout-minutes: 45", "time-out: 45"),
    ],
    r"{file}::\$\.pages.*'{word}' was unexpected": [  # the schema of GitLab
        ("scripts", ".gitlab-ci", "script:", "scripts:"),
    ],
}
"""What a linter says, and mistakes: its word, the workflow, what is replaced in it, and by what."""


@pytest.mark.parametrize("said", MISTAKES)
def test_a_broken_workflow_is_found(tmp_path: Path, said: str) -> None:
    """Each mistake stands in a copy of its own and must be told by its name."""
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    shutil.copy(WORKFLOWS[0], folder)
    shutil.copy(REPOSITORY / ".gitlab-ci.yml", tmp_path)
    expected = []
    for word, name, old, new in MISTAKES[said]:
        if name == ".gitlab-ci":
            source, target = REPOSITORY / ".gitlab-ci.yml", tmp_path / ".gitlab-ci.yml"
        else:
            source, target = WORKFLOWS[0].with_stem(name), folder / f"{word}.yml"
        broken, count = re.subn(old, new, source.read_text("utf-8"))
        assert count, old
        target.write_text(broken, "utf-8")
        expected.append(said.format(word=word, file=re.escape(target.name)))
    done = subprocess.run(
        [REPOSITORY / "scripts/lint", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    told = done.stdout + done.stderr
    assert [mistake for mistake in expected if not re.search(mistake, told)] == [], told


def test_every_action_is_a_commit() -> None:
    used = [
        line for p in WORKFLOWS for line in p.read_text("utf-8").splitlines() if "uses:" in line
    ]
    assert len(used) >= 5
    assert [line for line in used if not PINNED.search(line)] == []


def test_only_the_comment_may_write_and_it_runs_code_of_main_alone() -> None:
    writing = {}
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        for job in workflow["jobs"].values():
            if job["permissions"].get("pull-requests") == "write":
                writing[path.stem] = workflow
    assert list(writing) == ["komentar"]
    workflow = writing["komentar"]
    assert list(workflow[True]) == ["workflow_run"]  # YAML 1.1 reads `on` as true
    checkouts = [s for s in steps(workflow) if s.get("uses", "").startswith("actions/checkout")]
    assert [s["with"]["ref"] for s in checkouts] == [
        "${{ github.event.repository.default_branch }}"
    ]


def test_gitlab_calls_the_same_scripts() -> None:
    def called(text: str) -> set[str]:
        return set(re.findall(r"scripts/[a-z]+", text))

    github = set().union(*(called(path.read_text("utf-8")) for path in WORKFLOWS))
    # GitLab shows a preview from the artifacts of its job.
    assert called(GITLAB.read_text("utf-8")) == github - {"scripts/previews"}


def test_what_builds_or_tests_runs_in_one_pinned_debian() -> None:
    """Ubuntu's apt-get has no Chromium."""
    image = yaml.safe_load(GITLAB.read_text("utf-8"))["default"]["image"]
    assert re.fullmatch(r"debian:12@sha256:[0-9a-f]{64}", image)
    for path in WORKFLOWS:
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            called = {step.get("run", "").split(" ")[0] for step in job["steps"]}
            if called & {"scripts/test", "scripts/preview", "scripts/review", "scripts/publish"}:
                assert job["container"]["image"] == image
                assert job["steps"][0]["run"] == BEFORE_CHECKOUT
                assert any("actions/cache@" in step.get("uses", "") for step in job["steps"])


def test_no_cache_goes_into_what_is_sealed() -> None:
    """A cache of main can be read by every pull request, and written by main alone."""
    workflow = (REPOSITORY / ".github/workflows/terbit.yml").read_text("utf-8")
    assert ".cache/pilar" not in workflow
    jobs = yaml.safe_load(GITLAB.read_text("utf-8"))
    assert [cache["paths"] for cache in jobs["pages"]["cache"]] == [[".cache/pip"]]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """What `pilar review` writes, as far as the comment looks."""
    folder = tmp_path / "ulasan"
    folder.mkdir()
    (folder / "ringkasan.md").write_text("## Satu modul berubah\n\n- BLC 1.0.0 → 1.1.0\n", "utf-8")
    return folder


def event_file(tmp_path: Path, event: dict[str, Any]) -> Path:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(event), "utf-8")
    return path


def run_comment(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPOSITORY / "scripts/comment"), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | environment
    )


def test_a_pull_request_played_here_gives_its_comment(tmp_path: Path, report: Path) -> None:
    event = event_file(tmp_path, {"pull_request": {"head": {"sha": COMMIT}}})
    done = run_comment(event, report)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<!-- ulasan pilar -->\n## Satu modul berubah\n")
    assert f"Dibuat dari komit {COMMIT[:12]}." in done.stdout


def test_text_of_anybody_stays_text(tmp_path: Path, report: Path) -> None:
    event = event_file(tmp_path, {"pull_request": {"head": {"sha": COMMIT}}})
    page = report / "ringkasan.md"
    page.write_text("<!-- ulasan pilar -->\n@semua\x1b[31m\x00\n" + "kata\n" * 60_000, "utf-8")
    done = run_comment(event, report)
    assert done.returncode == 0
    assert len(done.stdout) <= 60_000
    assert done.stdout.count("<!-- ulasan pilar -->") == 1
    assert "@semua" not in done.stdout
    assert "\x1b" not in done.stdout
    assert "Ringkasan dipotong" in done.stdout
    secret = tmp_path / "rahasia"
    secret.write_text("rahasia", "utf-8")
    page.unlink()
    page.symlink_to(secret)
    done = run_comment(event, report)
    assert done.returncode == 1
    assert "rahasia" not in done.stdout


@pytest.mark.parametrize(
    "bait",
    [
        "[klik](https://jahat.example)",
        "\\\\[klik](https://jahat.example)",
        "![](https://jahat.example/intip.png)",
        "[klik][x]\n\n[x]: https://jahat.example",
        "[klik](//jahat.example)",
        "[klik](index.html#a) [lihat](index.html#b)![x](//jahat.example)",
        '<a href="//jahat.example">klik</a> <img src=//jahat.example>',
        "<https://jahat.example> <mailto:aku@jahat.example>",
        "https://jahat.example www.jahat.example WWW.jahat.example",
        "https:\\/\\/jahat.example www\\.jahat.example",
        "@semua \\@semua &#64;semua &commat;semua aku@jahat.example",
        "jahat/modul#1 jahat/modul\\#1 jahat/modul!1 gh-1",
        "```mermaid\nclick A href\n```\n~~~math\na\n~~~",
        "$\\href{//jahat.example}{klik}$",
        "/approve\n  /merge",
    ],
)
def test_nothing_of_a_summary_leads_out(tmp_path: Path, report: Path, bait: str) -> None:
    event = event_file(tmp_path, {"pull_request": {"head": {"sha": COMMIT}}})
    (report / "ringkasan.md").write_text(f"## Kepala\n\n{bait}\n\n| a | **b** |\n", "utf-8")
    done = run_comment(event, report)
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout.removeprefix("<!-- ulasan pilar -->\n")
    assert text.startswith("## Kepala\n")
    assert "\n| a | **b** |\n" in text
    leads = r"[<\[\]$]|:\\?/\\?/|(?i:www)\\?\.|@\w|&(?!(?:amp|lt|gt|lsqb|rsqb|sol);)|[#!]\d|gh-\d"
    assert not re.search(rf"{leads}|```|~~~|(?m:^\s*/)", text), text


def test_links_into_the_report_become_one_to_where_it_is(tmp_path: Path, report: Path) -> None:
    run = {"head_sha": COMMIT, "html_url": "https://example.invalid/jalan/7"}
    (report / "ringkasan.md").write_text(
        "<!-- pilar:ulasan -->\n## Ulasan\n\n`a` → `b` · [Laporan lengkap](index.html)\n\n"
        "- **Halaman**: [“Pamit \\[1\\]”](index.html#halaman-sapa--penutup) +17 kata\n"
        "- **Masalah**: [3 galat baru](index.html#masalah) harus diperbaiki\n",
        "utf-8",
    )
    text = run_comment(event_file(tmp_path, {"workflow_run": run}), report).stdout
    assert text.startswith(
        "<!-- ulasan pilar -->\n## Ulasan\n\n"
        "`a` → `b` · [Laporan lengkap](https://example.invalid/jalan/7)\n\n"
        "- **Halaman**: “Pamit &lsqb;1&rsqb;” +17 kata\n"
        "- **Masalah**: 3 galat baru harus diperbaiki\n\n---\n"
    )
    here = event_file(tmp_path, {"pull_request": {"head": {"sha": COMMIT}}})
    assert "`b` · Laporan lengkap\n" in run_comment(here, report).stdout


FAKE_PREVIEWS = """#!{python}
import json, os, sys, tarfile
from pathlib import Path
words = " ".join(sys.argv[1:])
data = json.load(open(os.environ["GH_DATA"]))
if words.startswith("run download"):
    folder = Path(sys.argv[sys.argv.index("--dir") + 1])
    folder.mkdir()
    made = folder if sys.argv[sys.argv.index("--name") + 1] == "tayang" else folder / "isi"
    made.mkdir(exist_ok=True)
    (made / "index.html").write_text(sys.argv[3])
    (made / "jalan").symlink_to("/etc/passwd")
    if made != folder:
        (made / "jalan").unlink()
        with tarfile.open(folder / "artifact.tar", "w") as packed:
            packed.add(made / "index.html", "./index.html")
elif "/pulls?" in words:
    print(json.dumps(data["pulls"]))
else:
    key = words.partition("workflows/")[2].partition(".")[0] + words.partition("head_sha=")[2]
    print(json.dumps({{"workflow_runs": [{{"id": n}} for n in data["runs"].get(key, [])]}}))
"""


def test_previews_stand_beside_what_is_published(tmp_path: Path) -> None:
    own, other = {"full_name": "pusat/modul"}, {"full_name": "penulis/modul"}
    heads = [(7, "a", own), (8, "b", other), (9, "c", own), (10, "d", None)]
    data = {
        "runs": {"terbit": [1], "pratinjaua": [70], "pratinjaub": [80], "pratinjaud": [100]},
        "pulls": [{"number": n, "head": {"sha": sha, "repo": repo}} for n, sha, repo in heads],
    }
    (tmp_path / "data").write_text(json.dumps(data))
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(FAKE_PREVIEWS.format(python=sys.executable))
    gh.chmod(0o755)
    environment = {
        "PATH": f"{gh.parent}:{os.environ['PATH']}",
        "GH_DATA": str(tmp_path / "data"),
        "GITHUB_REPOSITORY": "pusat/modul",
    }
    out = tmp_path / "tayang"
    command = [sys.executable, str(REPOSITORY / "scripts/previews"), str(out)]
    subprocess.run(command, check=True, env=os.environ | environment)
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    assert found == {"index.html", "pratinjau/index.html", "pratinjau/7/index.html"}
    assert (out / "index.html").read_text() == "1"
    assert (out / "pratinjau/7/index.html").read_text() == "70"
    assert '<a href="7/index.html">Usulan 7</a>' in (out / "pratinjau/index.html").read_text()


FAKE_GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$*" in
*comments?per_page*) cat "$GH_COMMENTS" ;;
*/pulls?*) cat "$GH_PULLS" ;;
*) cat >> "$GH_LOG" ;;
esac
"""


def test_the_comment_is_written_once_and_then_replaced(tmp_path: Path, report: Path) -> None:
    run = {
        "head_sha": COMMIT,
        "head_branch": "usulan",
        "html_url": "https://example.invalid/jalan/7",
        "head_repository": {"owner": {"login": "penulis"}},
        "pull_requests": [],
    }
    event = event_file(tmp_path, {"repository": {"full_name": "pusat/modul"}, "workflow_run": run})
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(FAKE_GH)
    gh.chmod(0o755)
    comments, pulls, log = tmp_path / "comments", tmp_path / "pulls", tmp_path / "log"
    environment = {
        "PATH": f"{gh.parent}:{os.environ['PATH']}",
        "GH_LOG": str(log),
        "GH_COMMENTS": str(comments),
        "GH_PULLS": str(pulls),
    }

    def posted(found: list[Any], open_pulls: list[Any]) -> str:
        log.unlink(missing_ok=True)
        comments.write_text(json.dumps([found]))
        pulls.write_text(json.dumps(open_pulls))
        done = run_comment(event, report, "--post", "github", **environment)
        assert done.returncode == 0, done.stderr
        return log.read_text("utf-8")

    here = [{"number": 12, "head": {"sha": COMMIT}}]
    mark = "<!-- ulasan pilar -->\nlama"
    robot, person = {"login": "github-actions[bot]"}, {"login": "penulis"}
    stranger = {"id": 4, "user": person, "body": mark}
    calls = posted([stranger], here)
    assert "pulls?state=open&head=penulis%3Ausulan" in calls
    assert "--method POST repos/pusat/modul/issues/12/comments" in calls
    assert "https://example.invalid/jalan/7" in calls
    calls = posted([stranger, {"id": 5, "user": robot, "body": mark}], here)
    assert "--method PATCH repos/pusat/modul/issues/comments/5" in calls
    assert "--method POST" not in calls
    moved_on = [{"number": 12, "head": {"sha": "f" * 40}}]
    assert "--method" not in posted([], moved_on)
