"""Pull requests played from end to end: an event in, the comment out, and again in its place."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from .commands import BUILD, Project
from .test_versions import META, PAGE, commit, git

MARK = "<!-- ulasan pilar -->\n"
WORDS = "Buku saku disimpan di tempat yang kering."


def propose(fork: Path, sentence: str, version: str) -> str:
    """A change in somebody's fork of the project; gives its commit."""
    page, meta = fork / PAGE, fork / META
    page.write_text(f"{page.read_text('utf-8')}\n{sentence}\n", "utf-8")
    old = next(line for line in meta.read_text("utf-8").splitlines() if line.startswith("versi:"))
    meta.write_text(meta.read_text("utf-8").replace(old, f"versi: {version}"), "utf-8")
    git(fork, "commit", "--quiet", "--all", "--message", f"Versi {version}")
    return git(fork, "rev-parse", "HEAD")


@pytest.fixture
def proposed(minimal: Project) -> tuple[Project, Path]:
    """A clone of the project as a workflow has it, and the fork that a merge request comes from."""
    git(minimal.root, "init", "--quiet", "--initial-branch", "main")
    commit(minimal, "Kurikulum pertama")
    center, fork, clone = (minimal.root.parent / name for name in ("pusat", "garpu", "klona"))
    for target in (center, fork, clone):
        bare = ["--bare"] if target == center else []
        source = center if target == clone else minimal.root
        git(minimal.root.parent, "clone", "--quiet", *bare, str(source), str(target))
    git(fork, "remote", "set-url", "origin", str(center))
    project = Project(clone, minimal.cache, clone / "build")
    project.add_scripts("review", "comment")
    return project, fork


def test_an_event_of_a_fork_gives_its_comment(proposed: tuple[Project, Path]) -> None:
    project, fork = proposed
    base = git(project.root, "rev-parse", "HEAD")
    head = propose(fork, WORDS, "1.2.1")
    git(project.root, "fetch", "--quiet", str(fork), "main")
    event = {
        "pull_request": {
            "base": {"sha": base},
            "head": {"sha": head, "repo": {"full_name": "penulis/modul", "fork": True}},
        },
        "repository": {"full_name": "pusat/modul"},
    }
    project.write("../peristiwa.json", json.dumps(event))
    played = project.script("review", "../peristiwa.json", "../ulasan")
    assert played.code == 0, played.err
    assert played.out.startswith(MARK)
    assert "hanya teks di 1 halaman modul CTT (+7 kata)" in played.out
    assert f"Dibuat dari komit {head[:12]}." in played.out
    assert WORDS in (project.root.parent / "ulasan/index.html").read_text("utf-8")
    assert (project.root.parent / "ulasan/aturan/index.html").is_file()


def test_content_that_cannot_be_read_has_a_comment_too(proposed: tuple[Project, Path]) -> None:
    project, _ = proposed
    base = git(project.root, "rev-parse", "HEAD")
    project.write("modules/kurikulum.yml", "nama: [\n")
    commit(project, "Rusak")
    head = git(project.root, "rev-parse", "HEAD")
    event = {"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}
    project.write("../peristiwa.json", json.dumps(event))
    played = project.script("review", "../peristiwa.json", "../ulasan")
    assert played.code == 0, played.err
    assert "Y101" in played.out
    event["pull_request"]["head"]["sha"] = "f" * 40
    project.write("../peristiwa.json", json.dumps(event))
    assert project.script("review", "../peristiwa.json", "../ulasan").code != 0


class Gitlab(ThreadingHTTPServer):
    """As much of GitLab as the comment needs: one page of requests, notes that can be written."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.open: list[dict[str, object]] = []
        self.notes: list[dict[str, object]] = []
        self.calls: list[str] = []


class _Answers(BaseHTTPRequestHandler):
    server: Gitlab

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _body(self) -> str:
        length = int(self.headers["Content-Length"])
        return str(json.loads(self.rfile.read(length))["body"])

    def _answer(self, found: object) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "rahasia"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        query = parse_qs(place.query)
        known = {
            "/user": {"id": 3},
            "/projects/9/merge_requests/7/notes": self.server.notes,
            "/projects/9/merge_requests/8/notes": [],
        }
        if place.path == "/projects/9/merge_requests":
            assert (query["state"], query["target_branch"]) == (["opened"], ["main"])
            known[place.path] = self.server.open
        self._answer(known[place.path] if query.get("page") != ["2"] else [])

    def do_POST(self) -> None:
        self.server.calls.append(f"POST {self.path}")
        self.server.notes.append({"id": 21, "author": {"id": 3}, "body": self._body()})
        self._answer({})

    def do_PUT(self) -> None:
        self.server.calls.append(f"PUT {self.path}")
        self.server.notes[-1]["body"] = self._body()
        self._answer({})


@pytest.fixture
def gitlab() -> Iterator[Gitlab]:
    with Gitlab() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.panjang
def test_gitlab_finds_merge_requests_of_forks_and_keeps_one_note_on_each(
    proposed: tuple[Project, Path], gitlab: Gitlab
) -> None:
    """The three jobs of the schedule, one after the other; only the outer two have the token."""
    project, fork = proposed
    environment = {
        "CI_API_V4_URL": f"http://127.0.0.1:{gitlab.server_port}",
        "CI_PROJECT_ID": "9",
        "CI_DEFAULT_BRANCH": "main",
        "CI_PIPELINE_URL": "https://example.invalid/jalur/5",
        "PILAR_GITLAB_TOKEN": "rahasia",
    }

    def schedule() -> str:
        found = project.script("comment", "gitlab", "--list", **environment).fine().out
        project.write("usulan.json", found)
        played = project.script("review", "usulan.json", "ulasan")
        assert played.code == 0, played.err
        written = project.script(
            "comment", "usulan.json", "ulasan", "--post", "gitlab", **environment
        )
        assert written.code == 0, written.err
        return written.err

    def push(sentence: str, version: str) -> str:
        head = propose(fork, sentence, version)
        git(fork, "push", "--quiet", "--force", "origin", "HEAD:refs/merge-requests/7/head")
        return head

    stranger = {"id": 20, "author": {"id": 4}, "body": f"{MARK}bukan dari sini"}
    gitlab.notes.append(stranger)
    first = push(WORDS, "1.2.1")
    gone = {"iid": 8, "sha": "f" * 40}
    gitlab.open = [{"iid": 7, "sha": first}]
    assert schedule() == ""
    assert gitlab.calls == ["POST /projects/9/merge_requests/7/notes"]
    note = str(gitlab.notes[-1]["body"])
    assert "hanya teks di 1 halaman modul CTT (+7 kata)" in note
    assert f"Dibuat dari komit {first[:12]}." in note
    assert "(https://example.invalid/jalur/5): unduh, lalu buka `ulasan/7/index.html`." in note
    assert WORDS in (project.root / "ulasan/7/index.html").read_text("utf-8")

    schedule()
    assert len(gitlab.calls) == 1

    second = push("Bawalah pena cadangan.", "1.2.2")
    gitlab.open = [gone, {"iid": 7, "sha": second}]
    assert "no report on !8" in schedule()
    assert gitlab.calls[1:] == ["PUT /projects/9/merge_requests/7/notes/21"]
    assert f"Dibuat dari komit {second[:12]}." in str(gitlab.notes[-1]["body"])
    assert stranger["body"] == f"{MARK}bukan dari sini"


def test_problems_become_notes_at_their_lines(minimal: Project) -> None:
    minimal.add_scripts("annotate")
    line = minimal.replace(PAGE, "# Mencatat", "/// pelatij\n///\n\n# Mencatat")
    noted = minimal.script("annotate", "github").fine().out
    assert f"::error file={PAGE},line={line}" in noted
    rows = json.loads(minimal.script("annotate", "gitlab").fine().out)
    places = [(row["location"], row["check_name"], row["severity"]) for row in rows]
    assert ({"path": PAGE, "lines": {"begin": line}}, "B101", "major") in places
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    assert minimal.script("annotate", "bitbucket").code == 2


@pytest.mark.panjang
def test_a_preview_of_an_outsider_has_nothing_of_the_trainers(minimal: Project) -> None:
    minimal.add_scripts("preview")
    outcome = minimal.script("preview", "pratinjau")
    assert outcome.code == 0, outcome.err
    folder = minimal.root / "pratinjau" / BUILD
    assert "DRAF" in (folder / "peserta/index.html").read_text("utf-8")
    assert (folder / "peserta/buku/buku-modul.pdf").is_file()
    assert not (folder / "pelatih").exists()
