"""The command line: results on stdout, the rest on stderr, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checks.test_judge import DOUBTFUL, SOURCE
from tests.support.commands import Done, command
from tests.support.drafts import ARTICLE, GOOD, with_bad_claim
from tests.support.server import Reply, ScriptedServer, answer


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.encode())
    return path


def run(server: ScriptedServer, *args: str, **options: str) -> Done:
    return command(
        "run",
        *args,
        "--model",
        "scripted",
        "--base-url",
        server.base_url,
        OPENAI_API_KEY="k",
        **options,
    )


def test_run_prints_the_summary_and_nothing_else(server: ScriptedServer, article: Path) -> None:
    done = run(server.will(answer(**GOOD)), str(article))
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert out.startswith("Fire at the old mill in Kent hurts four people")
    assert "✓ Four people were hurt." in out
    assert "[3] Four people were hurt." in out
    assert "Ann Lee: 12 engines fought the blaze for six hours [2]" in out
    assert "\x1b" not in out
    assert not any(line.endswith(" ") for line in out.splitlines())
    assert done.stderr == b""


def test_options_of_the_model_are_sent(server: ScriptedServer, article: Path) -> None:
    wanted = ("--model-option", "max_tokens=300", "--model-option", "reasoning_effort=low")
    assert run(server.will(answer(**GOOD)), str(article), *wanted).returncode == 0
    assert (server.requests[0]["max_tokens"], server.requests[0]["reasoning_effort"]) == (
        300,
        "low",
    )


def test_an_option_of_the_model_needs_a_name_and_a_value(
    server: ScriptedServer, article: Path
) -> None:
    done = run(server, str(article), "--model-option", "max_tokens")
    assert done.returncode == 2
    assert b"write NAME=VALUE" in done.stderr
    assert not server.requests


def test_run_json(server: ScriptedServer, article: Path) -> None:
    done = run(server.will(answer(**GOOD)), str(article), "--format", "json")
    assert json.loads(done.stdout)["figures"][0]["text"] == "12 engines"


def test_run_markdown_has_footnotes(server: ScriptedServer, article: Path) -> None:
    done = run(server.will(answer(**GOOD)), str(article), "--format", "markdown")
    out = done.stdout.decode()
    assert out.startswith("# Fire at the old mill")
    assert "[^1]: sentence 1, characters 0–57: “Fire crews were called" in out


def test_output_file(server: ScriptedServer, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    done = run(server.will(answer(**GOOD)), str(article), "-f", "json", "-o", str(target))
    assert done.stdout == b""
    assert json.loads(target.read_text())["headline"] == GOOD["headline"]


def test_flagged_lines_exit_with_one(server: ScriptedServer, article: Path) -> None:
    done = run(server.will(answer(**with_bad_claim())), str(article), "--on-problem", "flag")
    assert done.returncode == 1
    assert "✗ Nine people were hurt." in done.stdout.decode()


def test_withdrawn_lines_are_shown_as_withdrawn(server: ScriptedServer, article: Path) -> None:
    done = run(server.will(answer(**with_bad_claim())), str(article), "--on-problem", "drop")
    assert done.returncode == 0
    assert "Withdrawn: failed its check" in done.stdout.decode()


def test_stdin(server: ScriptedServer) -> None:
    words = ("run", "-", "--model", "m", "--base-url", server.will(answer(**GOOD)).base_url)
    assert command(*words, stdin=ARTICLE.encode(), OPENAI_API_KEY="k").returncode == 0


def test_terminal_escapes_of_the_article_are_harmless(
    server: ScriptedServer, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.replace("12 engines", "12 \x1b[2Jengines").encode())
    done = run(server.will(answer(**GOOD)), str(path), "--on-problem", "flag")
    assert b"\x1b" not in done.stdout


WRONG = [
    (["run", "nowhere.txt", "--model", "local"], "No such file"),
    (["check", "nowhere.txt", "--source", "nowhere.txt"], "No such file"),
    (["check", "-", "--source", "-"], "Only one of"),
]


@pytest.mark.parametrize(("args", "said"), WRONG)
def test_wrong_use_exits_with_two(args: list[str], said: str) -> None:
    done = command(*args)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_refused_key_exits_with_two(server: ScriptedServer, article: Path) -> None:
    done = run(server.will(Reply(401)), str(article))
    assert done.returncode == 2
    assert b"key was refused" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\xff", b"\xff\xfe4"])
def test_what_is_no_text_exits_with_two(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "binary"
    path.write_bytes(data)
    done = command("check", str(path), "--source", str(path))
    assert done.returncode == 2
    assert b"is not text in UTF-" in done.stderr


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Four men – died.".encode("utf-16"))
    assert command("check", str(path), "--source", str(path)).returncode == 0


def test_check(article: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Four people were hurt.")
    bad.write_text("Nine people were hurt in Paris.")
    assert command("check", str(good), "--source", str(article)).returncode == 0
    done = command("check", str(bad), "--source", str(article))
    assert done.returncode == 1
    out = done.stdout.decode()
    assert "✗ contradicted: Nine people: the source says “Four people” (sentence 3)" in out
    assert "Paris" in out
    assert "2 problem(s)" in out


@pytest.mark.parametrize(("said", "code"), [("yes", 0), ("no", 1)])
def test_check_asks_a_judge_that_is_named(
    server: ScriptedServer, tmp_path: Path, said: str, code: int
) -> None:
    (tmp_path / "summary.txt").write_text(DOUBTFUL)
    (tmp_path / "source.txt").write_text(SOURCE)
    where = str(tmp_path / "summary.txt"), "--source", str(tmp_path / "source.txt")
    key = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.base_url}
    server.will(answer(answers=[said]))
    assert command("check", *where, "--judge", "openai/j", **key).returncode == code
    assert len(server.requests) == 1


def test_check_json(article: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("Nine people were hurt.")
    done = command("check", str(bad), "--source", str(article), "--format", "json")
    data = json.loads(done.stdout)
    assert data["ok"] is False
    assert data["numbers"][0]["verdict"] == "contradicted"
    assert data["numbers"][0]["evidence"][0]["text"] == "Four"


SWAPPED = "The mill burned on Friday.\nNine people were hurt.\n"


def checked(tmp_path: Path, *options: str) -> Done:
    (tmp_path / "summary.txt").write_text(SWAPPED)
    (tmp_path / "article.txt").write_text(ARTICLE)
    where = (str(tmp_path / "summary.txt"), "--source", str(tmp_path / "article.txt"))
    return command("check", *where, *options)


def test_a_swapped_figure_fails_a_ci_job_with_its_place(tmp_path: Path) -> None:
    done = checked(tmp_path, "--format", "github")
    assert done.returncode == 1
    assert done.stdout.decode() == (
        f"::error file={tmp_path}/summary.txt,line=2,endLine=2,col=1,endColumn=5,"
        "title=contradicted::Nine people: the source says “Four people” (sentence 3)\n"
    )


def test_problems_can_be_let_pass(tmp_path: Path) -> None:
    assert checked(tmp_path, "--max-problems", "1").returncode == 0
    assert checked(tmp_path, "--max-problems", "0").returncode == 1


@pytest.mark.parametrize(
    ("format", "begins", "has"),
    [
        ("markdown", "# summary.txt", "(failed its check)"),
        ("html", "<!doctype html>", "contradicted"),
        ("json", "{", '"ok": false'),
    ],
)
def test_a_check_in_every_format(tmp_path: Path, format: str, begins: str, has: str) -> None:
    out = checked(tmp_path, "--format", format).stdout.decode()
    assert out.startswith(begins)
    assert has in out


def test_a_report_of_a_page_and_of_a_pdf(server: ScriptedServer, tmp_path: Path) -> None:
    from tests.support.obedient import completion
    from tests.support.pages import PAGE, pdf

    server.will(
        lambda body: Reply(body=completion(body), headers={"Content-Type": "application/json"})
    )
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "report.pdf").write_bytes(pdf("It burned.", "Four people were hurt in Kent."))
    page = run(server, str(tmp_path / "page.html"), "--format", "html")
    assert page.returncode == 0, page.stderr
    assert b"<title>" in page.stdout
    paper = run(server, str(tmp_path / "report.pdf"), "--format", "markdown")
    assert b"page 2, sentence 2, characters" in paper.stdout


def test_the_schema_of_the_json(server: ScriptedServer, article: Path) -> None:
    described = json.loads(command("schema").stdout)
    made = json.loads(run(server.will(answer(**GOOD)), str(article), "--format", "json").stdout)
    assert set(made) == set(described["properties"])
    assert set(described["required"]) <= set(made)


def test_the_cache_is_shown_and_cleared(
    server: ScriptedServer, article: Path, tmp_path: Path
) -> None:
    where = {"SUMMARIZER_CACHE": str(tmp_path / "cache.sqlite")}
    run(server.will(answer(**GOOD)), str(article), **where)
    run(server, str(article), **where)
    run(server, str(article), "--no-cache", **where)
    assert len(server.requests) == 2
    assert b"1 answer," in command("cache", "info", **where).stdout
    assert b"1 answer dropped" in command("cache", "clear", **where).stdout
    assert b"0 answers" in command("cache", "info", **where).stdout
