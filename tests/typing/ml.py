"""Never run: the type checkers prove what users' editors will tell them."""

from typing import Any, Literal, assert_type

from redenlab import Aggregate, Asset, AsyncInferenceClient, Health, InferenceClient, Job
from redenlab_api.ml.jobs import ModelName, ModelResult, Prediction
from redenlab_api.ml.models import (
    IntelligibilityResult,
    NaturalnessResult,
    SpeakerDiarisationResult,
    TranscribeResult,
    WhisperxResult,
)


def the_model_of_the_client_types_the_result() -> None:
    scorer = InferenceClient()
    assert_type(scorer, InferenceClient[IntelligibilityResult])
    assert_type(scorer.predict("a.wav"), Prediction[IntelligibilityResult])
    assert_type(scorer.predict("a.wav").result.intelligibility_score, float)
    diariser = InferenceClient(model_name="speaker_diarisation_workflow")
    assert_type(diariser.predict("a.wav").result, SpeakerDiarisationResult)


def the_model_of_the_call_wins(client: InferenceClient[IntelligibilityResult]) -> None:
    found = client.predict("a.wav", model_name="speaker_diarisation_workflow", timeout=5)
    assert_type(found.result, SpeakerDiarisationResult)
    job = client.submit(b"...", model_name="intelligibility")
    assert_type(job, Job[Prediction[IntelligibilityResult]])
    assert_type(job.result().result.intelligibility_score, float)


def an_unknown_model_is_untyped(client: InferenceClient[Any], model: str) -> None:
    assert_type(client.predict("a.wav", model_name=model), Prediction[Any])
    assert_type(
        client.predict("a.wav", model_name="next-year", parameters={"x": 1}), Prediction[Any]
    )


def a_variable_that_names_models_gives_their_results(
    client: InferenceClient[Any],
    alike: Literal["intelligibility", "ataxia-intelligibility"],
    mixed: Literal["intelligibility", "whisperx"],
    model: ModelName,
) -> None:
    assert_type(client.predict("a.wav", model_name=alike), Prediction[IntelligibilityResult])
    assert_type(client.predict("a.wav", model_name=mixed), Prediction[ModelResult])
    assert_type(client.predict("a.wav", model_name=model), Prediction[ModelResult])
    assert_type(client.submit("a.wav", model_name=model), Job[Prediction[ModelResult]])
    assert_type(client.get_result("id", model_name=model), Prediction[ModelResult])
    assert_type(InferenceClient(model_name=model), InferenceClient[ModelResult])
    assert_type(InferenceClient(model_name=alike), InferenceClient[IntelligibilityResult])
    assert_type(client.predict("a.wav", model_name=model, parameters={}), Prediction[Any])


def parameters_may_come_as_a_mapping(client: InferenceClient[Any]) -> None:
    found = client.predict("a.wav", model_name="whisperx", parameters={"diarize": True})
    assert_type(found.result, WhisperxResult)


def a_client_of_one_result_is_one_of_several(
    client: InferenceClient[WhisperxResult],
) -> InferenceClient[ModelResult]:
    return client


async def both_colours_agree() -> None:
    async with AsyncInferenceClient(model_name="speaker_diarisation_workflow") as client:
        assert_type((await client.predict("a.wav")).result, SpeakerDiarisationResult)
        job = await client.submit("a.wav", model_name="intelligibility")
        assert_type((await job.result()).result.intelligibility_score, float)


def an_upload_is_taken_instead_of_a_recording(client: InferenceClient[Any]) -> None:
    asset = client.upload("a.wav")
    assert_type(asset, Asset)
    scored = client.predict(asset, model_name="ataxia-naturalness")
    assert_type(scored.result, NaturalnessResult)
    words = client.predict(asset, model_name="whisperx", diarize=True, batch_size=4)
    assert_type(words.result, WhisperxResult)
    text = client.predict(asset, model_name="transcribe", language_code="en-US")
    assert_type(text.result, TranscribeResult)


def segments_and_health_have_types(client: InferenceClient[Any]) -> None:
    assert_type(client.predict_segmented("a.wav", model_name="ataxia-naturalness"), Aggregate)
    assert_type(client.predict_segmented("a.wav").mean, float)
    assert_type(client.health("whisperx"), Health)
    assert_type(client.warm_up(), float)


async def a_token_may_be_awaited() -> None:
    async def provide() -> str:
        return "token"

    async with AsyncInferenceClient(token=provide) as client:
        assert_type(await client.upload(b"..."), Asset)
