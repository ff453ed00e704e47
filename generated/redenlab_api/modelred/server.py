"""What the embedded backend accepts and answers, validated by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel, SecretStr


class Provider(
    RootModel[
        Literal[
            "openai",
            "anthropic",
            "azure",
            "huggingface",
            "rest",
            "bedrock",
            "sagemaker",
            "google",
            "grok",
            "openrouter",
        ]
    ]
):
    root: Annotated[
        Literal[
            "openai",
            "anthropic",
            "azure",
            "huggingface",
            "rest",
            "bedrock",
            "sagemaker",
            "google",
            "grok",
            "openrouter",
        ],
        Field(description="Who runs a model."),
    ]


class ModelOrder(
    RootModel[
        Literal[
            "displayName",
            "provider",
            "modelId",
            "modelName",
            "isActive",
            "testCount",
            "lastTested",
            "createdAt",
        ]
    ]
):
    root: Annotated[
        Literal[
            "displayName",
            "provider",
            "modelId",
            "modelName",
            "isActive",
            "testCount",
            "lastTested",
            "createdAt",
        ],
        Field(description="Property of models that they are sorted by."),
    ]


class Priority(RootModel[str]):
    root: Annotated[
        str,
        Field(
            description="How soon an assessment begins, against others of the organization.",
            examples=["normal"],
            pattern="^(low|normal|high|critical)$",
        ),
    ]


class Tier(RootModel[Literal["free", "starter", "pro", "enterprise"]]):
    root: Annotated[
        Literal["free", "starter", "pro", "enterprise"],
        Field(description="The plans, each of which has the probes of those before it."),
    ]


class Severity(RootModel[Literal["critical", "high", "medium", "low"]]):
    root: Annotated[
        Literal["critical", "high", "medium", "low"],
        Field(description="How bad a weakness is."),
    ]


class AssessmentStatus(RootModel[Literal["queued", "running", "completed", "failed", "cancelled"]]):
    root: Annotated[
        Literal["queued", "running", "completed", "failed", "cancelled"],
        Field(description="Where an assessment stands; the service sends them in either case."),
    ]


class Problem(BaseModel):
    """
    Why a request was not carried out.
    """

    success: Annotated[bool | None, Field(description="Always false.")] = None
    error: Annotated[
        str | None,
        Field(description="The text for people; sometimes it is `message` or `detail` instead."),
    ] = None
    message: Annotated[
        str | None, Field(description="The text for people where there is no `error`.")
    ] = None
    detail: Annotated[
        str | None, Field(description="The text for people where there is neither.")
    ] = None
    code: Annotated[
        str | None,
        Field(description="A word for programs; only today's service sends it."),
    ] = None
    tier: Annotated[
        str | None,
        Field(description="The plan that would allow it, where a plan does not."),
    ] = None


class Done(BaseModel):
    """
    What a command was answered with.
    """

    success: Annotated[bool | None, Field(description="Whether it was carried out.")] = None


class Model(BaseModel):
    """
    A registered language model.
    """

    id: Annotated[str, Field(description="Its id in the database.", examples=["cm4x8z1qk0001"])]
    modelId: Annotated[
        str | None,
        Field(
            description="Your slug for it: lower case with hyphens, unique in the organization.",
            examples=["support-bot"],
        ),
    ] = None
    provider: Annotated[
        str | None,
        Field(
            description="One of the providers of this spec, or a newer one.",
            examples=["openai"],
        ),
    ] = None
    modelName: Annotated[
        str | None,
        Field(description="What the provider calls it.", examples=["gpt-4o-mini"]),
    ] = None
    displayName: Annotated[
        str | None, Field(description="What people call it.", examples=["Support bot"])
    ] = None
    description: Annotated[
        str | None,
        Field(description="Free text; null for none.", examples=["Answers customers."]),
    ] = None
    isActive: Annotated[
        bool | None,
        Field(description="Whether it may be assessed; absent means that it may."),
    ] = True
    testCount: Annotated[
        int | None,
        Field(description="How many assessments it had; absent for none.", ge=0),
    ] = 0
    lastTested: Annotated[
        AwareDatetime | None,
        Field(description="When its last assessment was; null before the first."),
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was registered.")] = None
    updatedAt: Annotated[AwareDatetime | None, Field(description="When it was last changed.")] = (
        None
    )


class ModelAnswer(BaseModel):
    """
    A model in its envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: Model


class ModelPage(BaseModel):
    """
    A page of models in its envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: Annotated[
        list[Model],
        Field(description="The models of this page, in the order that was asked for."),
    ]
    page: Annotated[int | None, Field(description="Number of this page, from 1.", ge=1)] = None
    pageSize: Annotated[int | None, Field(description="Models on a full page.", ge=1)] = None
    total: Annotated[int | None, Field(description="Models on all pages.", ge=0)] = None
    totalPages: Annotated[int | None, Field(description="How many pages there are.", ge=0)] = None


class ModelRequest(BaseModel):
    """
    A model to register.
    """

    modelId: Annotated[
        str,
        Field(
            description="Your slug for it: lower case with hyphens, unique in the organization.",
            examples=["support-bot"],
            min_length=1,
        ),
    ]
    provider: Provider
    displayName: Annotated[
        str,
        Field(
            description="What people will call it.",
            examples=["Support bot"],
            min_length=1,
        ),
    ]
    providerConfig: Annotated[
        dict[str, Any],
        Field(
            description="How the service reaches it: the `…Config` of its provider, which may hold secrets."
        ),
    ]
    description: Annotated[str | None, Field(description="Free text. Left out, none.")] = None


class AssessmentRequest(BaseModel):
    """
    An assessment to start.
    """

    model: Annotated[
        str,
        Field(
            description="The slug or the id of the model.",
            examples=["support-bot"],
            min_length=1,
        ),
    ]
    testTypes: Annotated[
        list[str],
        Field(
            description="Keys of probes, such as `jailbreak`; `probes.list` has them.",
            examples=[["jailbreak"]],
            min_length=1,
        ),
    ]
    priority: Priority | None = None


class PackAssessmentRequest(BaseModel):
    """
    An assessment to start; it needs `model` or `modelId`.
    """

    model: Annotated[
        str | None,
        Field(
            description="The slug of the model. Left out where `modelId` is given.",
            examples=["support-bot"],
        ),
    ] = None
    modelId: Annotated[
        str | None,
        Field(description="The id of the model in the database. Left out where `model` is given."),
    ] = None
    probePackIds: Annotated[
        list[str],
        Field(
            description="Ids of packs; `probe_packs` lists them.",
            examples=[["cm4xa0w3f0003"]],
            min_length=1,
        ),
    ]
    priority: Priority | None = None


class AssessmentCommand(BaseModel):
    """
    What is to happen to an assessment.
    """

    action: Annotated[Literal["cancel"], Field(description="The only command.")]


class Pagination(BaseModel):
    """
    Where a page stands among others.
    """

    totalPages: Annotated[int | None, Field(description="How many pages there are.", ge=0)] = None


class ProbeReport(BaseModel):
    """
    What one probe found.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    key: Annotated[
        str | None,
        Field(
            description="What `testTypes` of the assessment named.",
            examples=["jailbreak"],
        ),
    ] = None
    displayName: Annotated[str | None, Field(description="What people call the probe.")] = None
    category: Annotated[
        str | None,
        Field(description="What kind of attack it is; the service has the list."),
    ] = None
    severity: Annotated[
        str | None,
        Field(description="`critical`, `high`, `medium` or `low`, in either case."),
    ] = None
    total_cases: Annotated[int | None, Field(description="Cases that were run.", ge=0)] = None
    passed_cases: Annotated[
        int | None, Field(description="Cases that the model withstood.", ge=0)
    ] = None
    failed_cases: Annotated[
        int | None, Field(description="Cases that the model gave in to.", ge=0)
    ] = None
    pass_rate: Annotated[
        float | None,
        Field(description="Percent of its cases that the model withstood."),
    ] = None
    findings: Annotated[
        list[Any] | None,
        Field(description="What was seen case by case, in a form that is not documented."),
    ] = None


class Vulnerability(BaseModel):
    """
    A weakness of the model.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    probe: Annotated[str | None, Field(description="Key of the probe that found it.")] = None
    severity: Annotated[
        str | None,
        Field(description="`critical`, `high`, `medium` or `low`, in either case."),
    ] = None
    description: Annotated[str | None, Field(description="What the model did.")] = None
    recommendation: Annotated[str | None, Field(description="What helps against it.")] = None


class Probe(BaseModel):
    """
    A set of attacks that a model can be assessed with.
    """

    id: Annotated[str, Field(description="Its id in the database.", examples=["cm4xb5d2r0004"])]
    key: Annotated[
        str,
        Field(
            description="What `testTypes` of an assessment name.",
            examples=["jailbreak"],
        ),
    ]
    displayName: Annotated[str | None, Field(description="What people call it.")] = None
    description: Annotated[str | None, Field(description="What it tries.")] = None
    category: Annotated[
        str | None,
        Field(
            description="What kind of attack it is, in either case; `probe_categories` of the list has them."
        ),
    ] = None
    tier: Annotated[
        str | None, Field(description="The lowest plan that has it, in either case.")
    ] = None
    severity: Annotated[
        str | None,
        Field(description="How bad it is if a model gives in, in either case."),
    ] = None
    tags: Annotated[list[str] | None, Field(description="Words to find it by.")] = None
    estimated_time: Annotated[str | None, Field(description="How long it takes, in words.")] = None
    version: Annotated[str | None, Field(description="Of its cases.")] = "1.0"
    isActive: Annotated[
        bool | None,
        Field(description="Whether it can be used; absent means that it can."),
    ] = True


class ProbeIndex(BaseModel):
    """
    Probes, and what the words mean that they are filtered by.
    """

    probes: Annotated[list[Probe], Field(description="The probes that were asked for.")]
    probe_categories: Annotated[
        dict[str, Any] | None, Field(description="The categories, by their keys.")
    ] = None
    tier_definitions: Annotated[
        dict[str, Any] | None, Field(description="The plans, by their keys.")
    ] = None
    severity_levels: Annotated[
        dict[str, Any] | None, Field(description="The severities, by their keys.")
    ] = None


class ProbeMeta(BaseModel):
    """
    Who asked for probes.
    """

    user_tier: Annotated[
        str | None,
        Field(description="The plan of the organization that the key belongs to."),
    ] = None


class ProbePack(BaseModel):
    """
    A pack of probes. The service documents none of it; this is what was seen.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    id: Annotated[
        str,
        Field(
            description="What `probePackIds` of an assessment name.",
            examples=["cm4xa0w3f0003"],
        ),
    ]
    name: Annotated[str | None, Field(description="What people call it.")] = None
    category: Annotated[str | None, Field(description="What kind of attacks it has.")] = None
    description: Annotated[str | None, Field(description="Free text; null for none.")] = None
    isPublic: Annotated[
        bool | None, Field(description="Whether everybody sees it; absent if unknown.")
    ] = None
    probeCount: Annotated[
        int | None,
        Field(description="How many probes it has; absent if unknown.", ge=0),
    ] = None
    promptCount: Annotated[
        int | None,
        Field(description="How many prompts its probes have; absent if unknown.", ge=0),
    ] = None
    importedAt: Annotated[
        AwareDatetime | None,
        Field(description="When it was imported; null for one of your own."),
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was made.")] = None


class ProbePackAnswer(BaseModel):
    """
    A pack in its envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: ProbePack


class ProbePackPage(BaseModel):
    """
    A page of packs in its envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: Annotated[
        list[ProbePack],
        Field(description="The packs of this page, in the order that was asked for."),
    ]
    totalPages: Annotated[int | None, Field(description="How many pages there are.", ge=0)] = None


class ProbePackDataAnswer(BaseModel):
    """
    The contents of a pack in their envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: Annotated[
        dict[str, Any],
        Field(description="The contents, in a form that is not documented."),
    ]


class OpenAIConfig(BaseModel):
    """
    How the service reaches a model of OpenAI.
    """

    api_key: Annotated[SecretStr, Field(description="Secret key of an account at OpenAI.")]
    model_name: Annotated[str, Field(description="Name of the model, such as `gpt-4o-mini`.")]
    organization: Annotated[
        str | None,
        Field(description="Organization at OpenAI. Left out, that of the key."),
    ] = None
    base_url: Annotated[str | None, Field(description="Where the API is. Left out, at OpenAI.")] = (
        None
    )


class AnthropicConfig(BaseModel):
    """
    How the service reaches a model of Anthropic.
    """

    api_key: Annotated[SecretStr, Field(description="Secret key of an account at Anthropic.")]
    model_name: Annotated[str, Field(description="Name of the model at Anthropic.")]


class AzureConfig(BaseModel):
    """
    How the service reaches a deployment of Azure OpenAI.
    """

    api_key: Annotated[SecretStr, Field(description="Key of the Azure resource.")]
    endpoint: Annotated[str, Field(description="Address of the Azure resource, with `https://`.")]
    deployment_name: Annotated[str, Field(description="Name of the deployment in that resource.")]
    api_version: Annotated[
        str | None, Field(description="A date, as Azure names its versions.")
    ] = "2024-06-01"


class OpenRouterConfig(BaseModel):
    """
    How the service reaches a model of OpenRouter.
    """

    api_key: Annotated[SecretStr, Field(description="Secret key of an account at OpenRouter.")]
    model_name: Annotated[str, Field(description="Name of the model, with its vendor.")]
    base_url: Annotated[
        str | None, Field(description="Where the API is. Left out, at OpenRouter.")
    ] = None


class GrokConfig(BaseModel):
    """
    How the service reaches a model of xAI.
    """

    api_key: Annotated[SecretStr, Field(description="Secret key of an account at xAI.")]
    model_name: Annotated[str, Field(description="Name of the model at xAI.")]


class GoogleConfig(BaseModel):
    """
    How the service reaches a model of Google.
    """

    api_key: Annotated[SecretStr, Field(description="Secret key of a project at Google.")]
    model_name: Annotated[str, Field(description="Name of the model at Google.")]
    generation_config: Annotated[
        dict[str, Any] | None,
        Field(
            description="Settings of generation as Google names them. Left out, those of Google."
        ),
    ] = None
    safety_settings: Annotated[
        dict[str, Any] | None,
        Field(description="Safety settings as Google names them. Left out, those of Google."),
    ] = None


class HuggingFaceConfig(BaseModel):
    """
    How the service reaches a model of Hugging Face.
    """

    model_name: Annotated[str, Field(description="`owner/name` at Hugging Face.")]
    api_key: Annotated[
        SecretStr | None,
        Field(description="Token of Hugging Face. Left out for public models."),
    ] = None
    use_inference_api: Annotated[
        bool | None,
        Field(description="Whether it is called at Hugging Face, and not at `endpoint_url`."),
    ] = True
    endpoint_url: Annotated[
        str | None,
        Field(description="Address of an endpoint of your own. Left out, none."),
    ] = None
    task: Annotated[str | None, Field(description="What the model does.")] = "text-generation"


class RestConfig(BaseModel):
    """
    How the service reaches a model behind an HTTP API of your own.
    """

    uri: Annotated[str, Field(description="Where requests go.")]
    method: Annotated[str | None, Field(description="Method of the requests.")] = "POST"
    headers: Annotated[
        dict[str, str] | None,
        Field(description="Headers of the requests. Left out, none."),
    ] = None
    api_key: Annotated[
        SecretStr | None,
        Field(description="Key that the headers may name. Left out, none."),
    ] = None
    req_template: Annotated[
        str | None,
        Field(description="The body of a request; the prompt takes the place of `$INPUT`."),
    ] = "$INPUT"
    req_template_json_object: Annotated[
        dict[str, Any] | None,
        Field(description="The body as JSON. Left out where `req_template` is used."),
    ] = None
    response_json: Annotated[bool | None, Field(description="Whether responses are JSON.")] = True
    response_json_field: Annotated[
        str | None, Field(description="Where their text is: keys with dots between.")
    ] = "text"
    request_timeout: Annotated[float | None, Field(description="Seconds for one request.")] = 20
    ratelimit_codes: Annotated[
        list[int] | None,
        Field(description="HTTP statuses that ask for a pause. Left out, only 429."),
    ] = None
    skip_codes: Annotated[
        list[int] | None,
        Field(description="HTTP statuses that end a case without a result. Left out, none."),
    ] = None
    verify_ssl: Annotated[
        bool | None,
        Field(description="Whether certificates are checked. Left out, the service decides."),
    ] = None
    proxies: Annotated[
        dict[str, str] | None, Field(description="Proxies, by scheme. Left out, none.")
    ] = None


class BedrockConfig(BaseModel):
    """
    How the service reaches a model of Amazon Bedrock.
    """

    region: Annotated[str, Field(description="Region of AWS, such as `us-east-1`.")]
    model_id: Annotated[str, Field(description="Id of the model at Bedrock.")]
    access_key_id: Annotated[SecretStr, Field(description="Access key of AWS.")]
    secret_access_key: Annotated[SecretStr, Field(description="Second half of the access key.")]
    session_token: Annotated[
        SecretStr | None,
        Field(description="Token of a temporary key. Left out for a lasting one."),
    ] = None
    temperature: Annotated[float | None, Field(description="How free answers are.", ge=0.0)] = 0
    max_tokens: Annotated[int | None, Field(description="Tokens of an answer at most.", ge=1)] = (
        1024
    )


class SageMakerConfig(BaseModel):
    """
    How the service reaches an endpoint of Amazon SageMaker.
    """

    region: Annotated[str, Field(description="Region of AWS, such as `us-east-1`.")]
    endpoint_name: Annotated[str, Field(description="Name of the endpoint in that region.")]
    access_key_id: Annotated[SecretStr, Field(description="Access key of AWS.")]
    secret_access_key: Annotated[SecretStr, Field(description="Second half of the access key.")]
    session_token: Annotated[
        SecretStr | None,
        Field(description="Token of a temporary key. Left out for a lasting one."),
    ] = None
    content_type: Annotated[
        str | None,
        Field(description="Media type of requests. Left out, the service decides."),
    ] = None
    accept: Annotated[
        str | None,
        Field(description="Media type of responses. Left out, the service decides."),
    ] = None
    request_json_template: Annotated[
        dict[str, Any] | None,
        Field(description="The body of a request as JSON. Left out where a text is used."),
    ] = None
    request_text_template: Annotated[
        str | None,
        Field(description="The body of a request as text. Left out where JSON is used."),
    ] = None
    response_json_field: Annotated[
        str | None,
        Field(description="Where the text of responses is: keys with dots between."),
    ] = "generated_text"
    timeout_ms: Annotated[int | None, Field(description="Milliseconds for one request.", ge=1)] = (
        20000
    )


class Report(BaseModel):
    """
    What an assessment found. The service documents none of it; this is what was seen.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    overall_score: Annotated[float | None, Field(description="From 0 to 100, higher is safer.")] = (
        None
    )
    risk_level: Annotated[
        str | None, Field(description="`low`, `medium`, `high` or `critical`.")
    ] = None
    total_tests: Annotated[int | None, Field(description="Cases that were run.")] = None
    passed_tests: Annotated[int | None, Field(description="Cases that the model withstood.")] = None
    failed_tests: Annotated[int | None, Field(description="Cases that the model gave in to.")] = (
        None
    )
    probes: Annotated[
        list[ProbeReport] | None,
        Field(description="What each probe found, in no certain order."),
    ] = None
    vulnerabilities: Annotated[
        list[Vulnerability] | None,
        Field(description="The weaknesses that were found, in no certain order."),
    ] = None


class ProbeAnswer(BaseModel):
    """
    The probes in their envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: ProbeIndex
    meta: ProbeMeta | None = None


class Assessment(BaseModel):
    """
    A run of probes against a model.
    """

    id: Annotated[str, Field(description="Names it.", examples=["cm4x9a7pt0002"])]
    modelId: Annotated[
        str | None,
        Field(description="The model, as the assessment was started with it or by its id."),
    ] = None
    testTypes: Annotated[
        list[str] | None,
        Field(description="Keys of its probes; absent where it runs packs."),
    ] = None
    probePackIds: Annotated[
        list[str] | None,
        Field(description="Ids of its packs; absent where it runs probes."),
    ] = None
    status: Annotated[
        str | None,
        Field(
            description="Where it stands; `value` is the text that the service sent, in its case."
        ),
    ] = None
    priority: Annotated[
        str | None,
        Field(description="One of the priorities of this spec, or a newer one."),
    ] = None
    progress: Annotated[
        int | None,
        Field(
            description="Percent of its cases that are done; absent if unknown.",
            ge=0,
            le=100,
        ),
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was started.")] = None
    completedAt: Annotated[
        AwareDatetime | None,
        Field(description="When it ended, well or badly; null before."),
    ] = None
    errorMessage: Annotated[str | None, Field(description="Why it failed; absent otherwise.")] = (
        None
    )
    detailedReport: Annotated[
        Report | None,
        Field(description="What was found; null or absent before the end."),
    ] = None


class AssessmentAnswer(BaseModel):
    """
    An assessment in its envelope.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: Assessment


class AssessmentList(BaseModel):
    """
    Assessments in their envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: Annotated[list[Assessment], Field(description="Assessments, the newest first.")]


class AssessmentPage(BaseModel):
    """
    A page of assessments in its envelope.
    """

    success: Annotated[bool | None, Field(description="Always true.")] = None
    data: Annotated[
        list[Assessment],
        Field(description="The assessments of this page, in the order that was asked for."),
    ]
    totalPages: Annotated[
        int | None,
        Field(
            description="How many pages there are; sometimes in `pagination` instead.",
            ge=0,
        ),
    ] = None
    pagination: Pagination | None = None
