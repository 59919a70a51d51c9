"""Answers of speech services that are no transcripts: the state, the reason, what to do."""

from __future__ import annotations

import json

import pytest

from qa_checker.readers import SetAside

WAIT = "fetch the result again when the job is done"
AGAIN = "transcribe the recording again"
RUNS = "the transcription job has not finished: "
BROKE = "the transcription job failed: "


@pytest.mark.parametrize(
    ("answer", "reason", "help"),
    [
        ({"id": "t", "status": "error", "error": "no audio at https://x/a.wav?key=1", "text": None},
         BROKE + "error no audio at https://x/a.wav", AGAIN),
        ({"status": "ERROR", "job_id": "x", "error_code": "SIS.0023", "error_msg": "bad audio"},
         BROKE + "ERROR SIS.0023 bad audio", AGAIN),
        ({"id": "x", "status": "in_progress", "type": "async"}, RUNS + "in_progress", WAIT),
        ({"id": "x", "status": "failed", "failure": "download", "failure_detail": "not found"},
         BROKE + "failed download not found", AGAIN),
        ({"self": "https://x/1", "status": "Running"}, RUNS + "Running", WAIT),
        ({"status": "Failed", "properties": {"error": {"code": "Invalid", "message": "bad"}}},
         BROKE + "Failed Invalid bad", AGAIN),
        ({"done": True, "error": {"code": 3, "message": "bad"}}, BROKE + "3 bad", AGAIN),
        ({"Code": "0", "Data": {"TaskId": "t", "TaskStatus": "ONGOING"}}, RUNS + "ONGOING", WAIT),
        ({"Success": True, "Data": [{"TaskId": "x", "Status": 0}]}, RUNS + "Status 0", WAIT),
        ({"error": {"message": "Invalid file", "code": None}}, BROKE + "Invalid file", AGAIN),
        ({"code": 401, "msg": "token expired", "data": None}, BROKE + "401 token expired", AGAIN),
    ],
)  # fmt: skip
def test_the_state_of_a_job_is_told_with_its_reason(results, answer, reason, help):
    (aside,) = results(json.dumps(answer))
    assert (aside.reason, aside.help) == (reason, help)


def test_a_failed_job_of_a_known_service_is_not_waited_for(results):
    job = {"TranscriptionJobName": "x", "TranscriptionJobStatus": "FAILED", "FailureReason": "bad"}
    (aside,) = results(json.dumps({"TranscriptionJob": job}))
    assert aside.reason == 'not a finished transcript: Amazon Transcribe says "FAILED": bad'
    assert aside.help == AGAIN
    kind = "type.googleapis.com/google.cloud.speech.v1.LongRunningRecognizeMetadata"
    (aside,) = results(json.dumps({"name": "1", "metadata": {"@type": kind}}))
    assert aside.reason.endswith('says "running"')
    assert aside.help.startswith("wait")


@pytest.mark.parametrize(
    "other",
    [
        {"status": "failed", "lines": [{"who": "agent", "words": "hi"}]},
        {"status": "completed", "words": "hi"},
        {"code": 0, "msg": "success", "data": "hi"},
        {"state": "CA", "city": "Oakland"},
        [],
        7,
    ],
)
def test_other_json_is_not_taken_for_a_state(results, other):
    (aside,) = results(json.dumps(other))
    assert isinstance(aside, SetAside)
    assert "job" not in aside.reason
