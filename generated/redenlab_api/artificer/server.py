"""What the embedded backend accepts and answers, validated by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, RootModel, SecretStr


class Issue(BaseModel):
    """
    What is wrong with one part of a request.
    """

    path: Annotated[
        list[Any] | None,
        Field(description="Names and indexes on the way to the part; empty for the whole."),
    ] = None
    code: Annotated[str | None, Field(description="A word for programs, such as `too_big`.")] = None
    message: Annotated[str, Field(description="A sentence for people.")]


class Role(RootModel[Literal["user", "assistant", "system"]]):
    root: Annotated[
        Literal["user", "assistant", "system"], Field(description="Who says something.")
    ]


class NewConversation(BaseModel):
    """
    A conversation to create; everything has a default.
    """

    title: Annotated[
        str | None,
        Field(description="What people call it; the first exchange replaces it. Left out, none."),
    ] = None
    model: Annotated[
        str | None,
        Field(description="`provider/model`. Left out, the chat model of the server."),
    ] = None
    systemPrompt: Annotated[
        str | None,
        Field(description="What the model is told before anything else. Left out, a stock text."),
    ] = None
    temperature: Annotated[
        float | None,
        Field(
            description="How freely the model answers, from 0 to 2. Left out, 0.7.",
            ge=0.0,
            le=2.0,
        ),
    ] = None
    maxTokens: Annotated[
        int | None,
        Field(description="Tokens of an answer at most. Left out, 1000.", ge=1, le=4000),
    ] = None
    projectId: Annotated[
        str | None, Field(description="The project that it belongs to. Left out, none.")
    ] = None


class ConversationChange(BaseModel):
    """
    What to change of a conversation; what is left out stays.
    """

    title: Annotated[str | None, Field(description="What people call it.")] = None
    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    systemPrompt: Annotated[
        str | None, Field(description="What the model is told before anything else.")
    ] = None
    temperature: Annotated[
        float | None,
        Field(description="How freely the model answers, from 0 to 2.", ge=0.0, le=2.0),
    ] = None
    maxTokens: Annotated[
        int | None, Field(description="Tokens of an answer at most.", ge=1, le=4000)
    ] = None


class TitleRequest(BaseModel):
    """
    What a title is made of.
    """

    firstMessage: Annotated[
        str,
        Field(
            description="A text; its first 50 characters become the title.",
            min_length=1,
        ),
    ]


class ConversationMessage(BaseModel):
    """
    A message within its conversation.
    """

    id: Annotated[str, Field(description="Names it.")]
    role: Annotated[str, Field(description="`user`, `assistant` or `system`.")]
    content: Annotated[str, Field(description="The text.")]
    tokens: Annotated[
        int | None,
        Field(description="Its length for the model; null where it was not counted."),
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was stored.")] = None
    parentId: Annotated[
        str | None, Field(description="The message that it answers; null for none.")
    ] = None


class ConversationItem(BaseModel):
    """
    A conversation in a list.
    """

    id: Annotated[str, Field(description="Names it.")]
    title: Annotated[
        str | None,
        Field(
            description="What people call it; derived from the first message where there is none."
        ),
    ] = None
    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    systemPrompt: Annotated[
        str | None,
        Field(description="What the model is told before anything else; null for nothing."),
    ] = None
    temperature: Annotated[
        float | None,
        Field(description="How freely the model answers, from 0 to 2; null for the server's."),
    ] = None
    maxTokens: Annotated[
        int | None,
        Field(description="Tokens of an answer at most; null for the server's."),
    ] = None
    projectId: Annotated[
        str | None, Field(description="The project that it belongs to; null for none.")
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    updatedAt: Annotated[
        AwareDatetime | None,
        Field(description="When it or its messages were last changed."),
    ] = None
    messageCount: Annotated[int | None, Field(description="How many messages it has.")] = None
    lastMessagePreview: Annotated[
        str | None,
        Field(
            description="The first 100 characters of its first message; null or absent where there is none."
        ),
    ] = None


class ChatMessageRequest(BaseModel):
    """
    A message to send.
    """

    content: Annotated[
        str,
        Field(
            description="Up to 10,000 characters; not blank.",
            max_length=10000,
            min_length=1,
        ),
    ]


class ChatReply(BaseModel):
    """
    The answer of a model.
    """

    id: Annotated[str, Field(description="Names the stored message.")]
    content: Annotated[str, Field(description="What the model said.")]
    role: Annotated[str | None, Field(description="Always `assistant`.")] = None
    timestamp: Annotated[AwareDatetime | None, Field(description="When it was stored.")] = None
    model: Annotated[
        str | None,
        Field(description="`provider/model`; null where the server does not tell."),
    ] = None
    cost: Annotated[
        float | None,
        Field(description="US dollars; null where the server does not tell."),
    ] = None
    tokens: Annotated[int | None, Field(description="Its length for the model.")] = None
    conversationTitle: Annotated[
        str | None,
        Field(description="The new title, on the first exchange; null later."),
    ] = None


class ChatMessage(BaseModel):
    """
    What was said in a conversation.
    """

    id: Annotated[str, Field(description="Names it.")]
    content: Annotated[str, Field(description="The text.")]
    role: Annotated[str, Field(description="`user`, `assistant` or `system`.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When it was stored.")] = None
    model: Annotated[
        str | None,
        Field(description="`provider/model`; null where the server does not tell."),
    ] = None
    cost: Annotated[
        float | None,
        Field(description="US dollars; null where the server does not tell."),
    ] = None
    tokens: Annotated[int | None, Field(description="Its length for the model.")] = None


class ChatStreamRequest(BaseModel):
    """
    A message whose answer is streamed.
    """

    conversationId: Annotated[
        str, Field(description="The conversation that it belongs to.", min_length=1)
    ]
    message: Annotated[
        str,
        Field(description="Up to 10,000 characters.", max_length=10000, min_length=1),
    ]


class RagSource(BaseModel):
    """
    A part of a document that an answer is based on.
    """

    filename: Annotated[str, Field(description="The document.")]
    content: Annotated[str, Field(description="The part.")]
    score: Annotated[
        float | None,
        Field(description="How close it is to the question; 1 is closest."),
    ] = None


class NewMessage(BaseModel):
    """
    A message to store.
    """

    role: Role
    content: Annotated[
        str,
        Field(description="Up to 10,000 characters.", max_length=10000, min_length=1),
    ]


class MessageChange(BaseModel):
    """
    What to change of a message.
    """

    content: Annotated[
        str,
        Field(description="Up to 10,000 characters.", max_length=10000, min_length=1),
    ]


class Message(BaseModel):
    """
    A stored message.
    """

    id: Annotated[str, Field(description="Names it.")]
    role: Annotated[str, Field(description="`user`, `assistant` or `system`.")]
    content: Annotated[str, Field(description="The text.")]
    tokens: Annotated[
        int | None,
        Field(description="Its length for the model: a quarter of its characters."),
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was stored.")] = None
    conversationId: Annotated[
        str | None, Field(description="The conversation that it belongs to.")
    ] = None
    parentId: Annotated[
        str | None, Field(description="The message that it answers; null for none.")
    ] = None
    cost: Annotated[
        float | None,
        Field(description="US dollars; absent where it was not asked for."),
    ] = None
    model: Annotated[
        str | None,
        Field(description="`provider/model`; null where the server does not tell."),
    ] = None
    timestamp: Annotated[
        AwareDatetime | None,
        Field(description="The same as `createdAt`; absent where it was not asked for."),
    ] = None


class BatchJobStatus(
    RootModel[Literal["PENDING", "RUNNING", "PAUSED", "COMPLETED", "FAILED", "CANCELLED"]]
):
    root: Annotated[
        Literal["PENDING", "RUNNING", "PAUSED", "COMPLETED", "FAILED", "CANCELLED"],
        Field(description="Where a batch job stands."),
    ]


class BatchItem(BaseModel):
    """
    A text that goes through the phases.
    """

    input: Annotated[
        str,
        Field(description="From 1 to 100,000 characters.", max_length=100000, min_length=1),
    ]
    metadata: Annotated[
        dict[str, Any] | None,
        Field(description="What you want to find in its result. Left out, nothing."),
    ] = None


class ValidationConfig(BaseModel):
    """
    How the output of a model is judged.
    """

    enabled: Annotated[bool, Field(description="Whether it is.")]
    minScore: Annotated[
        float | None,
        Field(
            description="The score from 0 to 10 below which it is made anew. Left out, the server decides.",
            ge=0.0,
            le=10.0,
        ),
    ] = None
    maxRetries: Annotated[
        int | None,
        Field(description="How often it is made anew. Left out, the server decides.", ge=0),
    ] = None


class BatchOptions(BaseModel):
    """
    How a batch job is run.
    """

    concurrency: Annotated[
        int | None,
        Field(description="Items at a time, up to 50. Left out, 5.", ge=1, le=50),
    ] = None
    checkpointFrequency: Annotated[
        int | None,
        Field(
            description="Items between two checkpoints, up to 100. Left out, 10.",
            ge=1,
            le=100,
        ),
    ] = None
    autoStart: Annotated[
        bool | None,
        Field(description="Whether it starts by itself. Left out, it does."),
    ] = None


class BatchJob(BaseModel):
    """
    A batch job, as it is now.
    """

    id: Annotated[str, Field(description="Names it.")]
    name: Annotated[str, Field(description="What people call it.")]
    status: Annotated[
        str,
        Field(description="Where it stands; `value` is the text that the service sent."),
    ]
    projectId: Annotated[
        str | None,
        Field(
            description="The project that it belongs to; null for none, absent over tRPC but in lists."
        ),
    ] = None
    totalItems: Annotated[int, Field(description="How many items it has.")]
    completedItems: Annotated[int, Field(description="Items that went through all phases.")]
    failedItems: Annotated[int, Field(description="Items that failed in one of them.")]
    percentComplete: Annotated[
        float | None,
        Field(description="From 0 to 100; absent where the server does not tell."),
    ] = None
    currentPhase: Annotated[
        str | None, Field(description="The phase that runs; null where none does.")
    ] = None
    costIncurred: Annotated[float, Field(description="US dollars so far.")]
    tokensUsed: Annotated[int, Field(description="So far.")]
    estimatedTimeRemainingMs: Annotated[
        float | None,
        Field(description="Milliseconds until its end; null where that is not known."),
    ] = None
    error: Annotated[str | None, Field(description="Why it failed; null otherwise.")] = None
    createdAt: Annotated[
        AwareDatetime | None,
        Field(
            description="When it was created; absent over tRPC but in lists and the answer to its creation."
        ),
    ] = None
    startedAt: Annotated[
        AwareDatetime | None, Field(description="When it began to run; null before.")
    ] = None
    completedAt: Annotated[
        AwareDatetime | None,
        Field(description="When it ended, well or badly; null before."),
    ] = None


class ItemError(BaseModel):
    """
    What went wrong with an item in a phase.
    """

    phase: Annotated[str | None, Field(description="The name of the phase.")] = None
    error: Annotated[str, Field(description="Why.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When.")] = None
    retryAttempt: Annotated[
        int | None,
        Field(description="Which attempt it was, from 0; absent for the only one."),
    ] = None
    deadLetter: Annotated[
        bool | None,
        Field(description="Whether it was the last attempt; absent where that is not known."),
    ] = None


class BatchOverall(BaseModel):
    """
    How many items of a job are done.
    """

    totalItems: Annotated[int | None, Field(description="How many there are.")] = None
    completedItems: Annotated[
        int | None, Field(description="Items that went through all phases.")
    ] = None
    failedItems: Annotated[int | None, Field(description="Items that failed in one of them.")] = (
        None
    )
    successRate: Annotated[
        float | None, Field(description="Percent of the items that are completed.")
    ] = None


class PhaseAnalytics(BaseModel):
    """
    What a phase took.
    """

    phase: Annotated[str, Field(description="Its name.")]
    itemsProcessed: Annotated[int | None, Field(description="How many items went through it.")] = (
        None
    )
    cost: Annotated[float | None, Field(description="US dollars.")] = None
    tokens: Annotated[int | None, Field(description="Of all items.")] = None
    avgProcessingTimeMs: Annotated[float | None, Field(description="Milliseconds an item.")] = None


class CleanupStatus(RootModel[Literal["COMPLETED", "FAILED", "CANCELLED"]]):
    root: Annotated[
        Literal["COMPLETED", "FAILED", "CANCELLED"],
        Field(description="The jobs whose checkpoints are removed."),
    ]


class Cleanup(BaseModel):
    """
    What was removed.
    """

    cleanedCount: Annotated[int, Field(description="How many checkpoints.")]


class ImageRequest(BaseModel):
    """
    An image whose text is read.
    """

    imageData: Annotated[
        str,
        Field(
            description="The image in base64, up to 20 MB of bytes.",
            json_schema_extra={"contentEncoding": "base64"},
            max_length=27962028,
            min_length=1,
        ),
    ]
    contentType: Annotated[str, Field(description="Its media type. Left out, `image/png`.")]


class AnalyzeRequest(BaseModel):
    """
    An image to describe.
    """

    imageData: Annotated[
        str,
        Field(
            description="The image in base64, up to 20 MB of bytes.",
            json_schema_extra={"contentEncoding": "base64"},
            max_length=27962028,
            min_length=1,
        ),
    ]
    contentType: Annotated[str, Field(description="Its media type. Left out, `image/png`.")]
    prompt: Annotated[str | None, Field(description="What to look at. Left out, everything.")] = (
        None
    )


class PdfOptions(BaseModel):
    """
    How a PDF is read.
    """

    forceOCR: Annotated[
        bool | None,
        Field(description="Whether it is read by OCR although it has text. Left out, it is not."),
    ] = None
    minTextThreshold: Annotated[
        float | None,
        Field(
            description="Characters of a page from which on it needs no OCR. Left out, 100.",
            ge=0.0,
        ),
    ] = None


class PdfCheckRequest(BaseModel):
    """
    A PDF that may need OCR.
    """

    pdfData: Annotated[
        str,
        Field(
            description="The PDF in base64, up to 50 MB of bytes.",
            json_schema_extra={"contentEncoding": "base64"},
            max_length=69905068,
            min_length=1,
        ),
    ]
    minTextThreshold: Annotated[
        float | None,
        Field(
            description="Characters of a page from which on it needs no OCR. Left out, 100.",
            ge=0.0,
        ),
    ] = None


class OCRMetadata(BaseModel):
    """
    How an image was read.
    """

    processingTime: Annotated[float | None, Field(description="Milliseconds.")] = None
    provider: Annotated[str | None, Field(description="What read it, such as `openai-vision`.")] = (
        None
    )
    model: Annotated[str | None, Field(description="The model; null where none was used.")] = None
    tokensUsed: Annotated[int | None, Field(description="Null where the server does not tell.")] = (
        None
    )
    cost: Annotated[
        float | None,
        Field(description="US dollars; null where the server does not tell."),
    ] = None
    pageCount: Annotated[
        int | None, Field(description="Pages of the document; absent for an image.")
    ] = None


class AnalysisDetails(BaseModel):
    """
    What an analysis took.
    """

    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    tokensUsed: Annotated[int | None, Field(description="Null where the server does not tell.")] = (
        None
    )
    cost: Annotated[float | None, Field(description="US dollars.")] = None


class PdfMetadata(BaseModel):
    """
    How a PDF was read.
    """

    pages: Annotated[int, Field(description="How many it has.")]
    method: Annotated[str, Field(description="`direct`, `ocr` or `hybrid`.")]
    title: Annotated[str | None, Field(description="As the PDF says; null or absent for none.")] = (
        None
    )
    author: Annotated[
        str | None, Field(description="As the PDF says; null or absent for none.")
    ] = None
    creationDate: Annotated[
        str | None, Field(description="As the PDF says; null or absent for none.")
    ] = None
    hasTextContent: Annotated[
        bool | None, Field(description="Whether it has text without OCR.")
    ] = None
    ocrUsed: Annotated[
        bool | None,
        Field(description="Whether it was read by OCR; absent from the worker."),
    ] = None
    ocrConfidence: Annotated[float | None, Field(description="From 0 to 1; null without OCR.")] = (
        None
    )
    ocrCost: Annotated[float | None, Field(description="US dollars; null without OCR.")] = None
    processingTime: Annotated[float | None, Field(description="Milliseconds.")] = None


class PdfOcrCheck(BaseModel):
    """
    Whether a PDF needs OCR.
    """

    needsOCR: Annotated[bool, Field(description="Whether it has too little text.")]
    hasTextContent: Annotated[
        bool, Field(description="Whether it has more than 100 characters of text.")
    ]
    pages: Annotated[int, Field(description="How many it has.")]
    textLength: Annotated[int, Field(description="Characters of its text.")]
    estimatedOCRCost: Annotated[
        float | None, Field(description="US dollars; null where it needs no OCR.")
    ] = None


class ChainExecutionRequest(BaseModel):
    """
    A query for a chain of models.
    """

    query: Annotated[
        str,
        Field(description="From 1 to 100,000 characters.", max_length=100000, min_length=1),
    ]
    taskType: Annotated[
        str | None,
        Field(description="What kind of task it is, such as `qa`. Left out, the server decides."),
    ] = None
    model: Annotated[
        str | None, Field(description="`provider/model`. Left out, the server chooses.")
    ] = None
    useRAG: Annotated[
        bool | None,
        Field(description="Whether documents are looked at. Left out, they are not."),
    ] = None
    validationConfig: ValidationConfig | None = None


class ChainAnalysis(BaseModel):
    """
    What the server took a query for.
    """

    complexity: Annotated[float | None, Field(description="From 1 to 10.")] = None
    category: Annotated[
        str | None,
        Field(description="`code`, `research`, `creative`, `analysis` or `chat`."),
    ] = None


class ChainChatRequest(BaseModel):
    """
    A message for models that the server chooses.
    """

    conversationId: Annotated[
        str, Field(description="The conversation that it belongs to.", min_length=1)
    ]
    content: Annotated[
        str,
        Field(description="Up to 10,000 characters.", max_length=10000, min_length=1),
    ]


class ChainMetadata(BaseModel):
    """
    How an answer came about.
    """

    complexity: Annotated[float | None, Field(description="From 1 to 10.")] = None
    category: Annotated[
        str | None,
        Field(description="`code`, `research`, `creative`, `analysis` or `chat`."),
    ] = None
    strategy: Annotated[str | None, Field(description="`single`, `ensemble` or `speculative`.")] = (
        None
    )
    retryCount: Annotated[int | None, Field(description="How often it was made anew.")] = None
    successful: Annotated[bool | None, Field(description="Whether a validation accepted it.")] = (
        None
    )
    totalLatency: Annotated[float | None, Field(description="Milliseconds.")] = None
    validationScore: Annotated[
        float | None, Field(description="From 0 to 10; null without validation.")
    ] = None


class ChainProgress(BaseModel):
    """
    What the models are doing.
    """

    type: Annotated[
        str,
        Field(
            description="`analyzing`, `routing`, `executing`, `validating`, `retrying`, `complete` or `error`."
        ),
    ]
    stage: Annotated[str | None, Field(description="The same in words.")] = None
    message: Annotated[str | None, Field(description="A sentence for people.")] = None
    progress: Annotated[float | None, Field(description="From 0 to 1.")] = None
    metadata: Annotated[
        dict[str, Any] | None,
        Field(
            description="What was found out so far: `analysis`, `routingPlan`, `model`, and `content`, the first 100 characters."
        ),
    ] = None
    timestamp: Annotated[AwareDatetime | None, Field(description="When.")] = None


class TextPhase(BaseModel):
    """
    What happens to a text.
    """

    name: Annotated[str, Field(description="Names it in the results.", min_length=1)]
    model: Annotated[
        str | None, Field(description="`provider/model`. Left out, the server chooses.")
    ] = None
    systemPrompt: Annotated[
        str | None, Field(description="What the model is told. Left out, nothing.")
    ] = None
    temperature: Annotated[
        float | None,
        Field(
            description="How freely the model answers, from 0 to 2. Left out, the server's.",
            ge=0.0,
            le=2.0,
        ),
    ] = None


class TextPhaseResult(BaseModel):
    """
    What a phase made of a text.
    """

    phase: Annotated[str, Field(description="Its name.")]
    response: Annotated[str, Field(description="What it made.")]
    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    metadata: Annotated[
        dict[str, Any] | None,
        Field(description="`cost` in US dollars, `processingTime` in seconds, `cacheHit`."),
    ] = None


class RoutingDecision(BaseModel):
    """
    Which model was chosen for a prompt.
    """

    id: Annotated[str, Field(description="Names it.")]
    promptHash: Annotated[str | None, Field(description="The first 16 hexadecimal digits.")] = None
    promptLength: Annotated[int | None, Field(description="Characters.")] = None
    complexity: Annotated[float | None, Field(description="From 1 to 10.")] = None
    category: Annotated[
        str | None,
        Field(description="`code`, `research`, `creative`, `analysis` or `chat`."),
    ] = None
    executedModel: Annotated[str | None, Field(description="`provider/model`.")] = None
    totalCost: Annotated[float | None, Field(description="US dollars.")] = None
    successful: Annotated[bool | None, Field(description="Whether there was an answer.")] = None
    retryCount: Annotated[int | None, Field(description="How often it was made anew.")] = None
    latencyMs: Annotated[float | None, Field(description="Milliseconds.")] = None
    strategy: Annotated[
        str | None,
        Field(description="`single`, `ensemble` or `speculative`; null where it is not known."),
    ] = None
    validationScore: Annotated[
        float | None, Field(description="From 0 to 10; null without validation.")
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When.")] = None


class RoutingSummary(BaseModel):
    """
    Numbers about the decisions.
    """

    total: Annotated[int | None, Field(description="How many there are.")] = None
    successful: Annotated[int | None, Field(description="How many of them led to an answer.")] = (
        None
    )
    averageCost: Annotated[float | None, Field(description="US dollars.")] = None
    averageRetries: Annotated[float | None, Field(description="A decision.")] = None
    modelDistribution: Annotated[
        dict[str, int] | None, Field(description="How many decisions for each model.")
    ] = None


class NewProject(BaseModel):
    """
    A project to create.
    """

    name: Annotated[str, Field(description="Up to 100 characters.", max_length=100, min_length=1)]
    description: Annotated[
        str | None,
        Field(description="Up to 500 characters. Left out, none.", max_length=500),
    ] = None
    settings: Annotated[
        dict[str, Any] | None, Field(description="Anything of yours. Left out, empty.")
    ] = None


class ProjectChange(BaseModel):
    """
    What to change of a project; what is left out stays.
    """

    name: Annotated[
        str | None,
        Field(description="Up to 100 characters.", max_length=100, min_length=1),
    ] = None
    description: Annotated[
        str | None, Field(description="Up to 500 characters.", max_length=500)
    ] = None
    settings: Annotated[
        dict[str, Any] | None,
        Field(description="Anything of yours; replaces what there is."),
    ] = None


class Project(BaseModel):
    """
    What conversations and documents can belong to.
    """

    id: Annotated[str, Field(description="Names it.")]
    name: Annotated[str, Field(description="What people call it.")]
    description: Annotated[str | None, Field(description="Free text; null for none.")] = None
    userId: Annotated[
        str | None, Field(description="Whose it is; null where there are no users.")
    ] = None
    settings: Annotated[dict[str, Any] | None, Field(description="Anything of yours.")] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    updatedAt: Annotated[AwareDatetime | None, Field(description="When it was last changed.")] = (
        None
    )


class ProjectStats(BaseModel):
    """
    How much a project has.
    """

    conversationCount: Annotated[
        int | None, Field(description="How many conversations belong to it.")
    ] = None
    documentCount: Annotated[int | None, Field(description="How many documents belong to it.")] = (
        None
    )
    knowledgeEntityCount: Annotated[
        int | None, Field(description="Things that are known from its documents.")
    ] = None
    lastActivity: Annotated[
        AwareDatetime | None,
        Field(description="When something of it was last changed."),
    ] = None


class ProjectEntry(BaseModel):
    """
    A conversation or document of a project.
    """

    id: Annotated[str, Field(description="Names it.")]
    title: Annotated[str | None, Field(description="Of a conversation.")] = None
    filename: Annotated[str | None, Field(description="Of a document.")] = None
    size: Annotated[int | None, Field(description="Bytes of a document.")] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="Of a conversation.")] = None
    uploadedAt: Annotated[AwareDatetime | None, Field(description="Of a document.")] = None


class ProjectConversation(BaseModel):
    """
    A conversation of a project, without its messages.
    """

    id: Annotated[str, Field(description="Names it.")]
    title: Annotated[
        str | None,
        Field(description="What people call it; null before the first exchange."),
    ] = None
    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    projectId: Annotated[str | None, Field(description="The project that it belongs to.")] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    updatedAt: Annotated[AwareDatetime | None, Field(description="When it was last changed.")] = (
        None
    )
    messageCount: Annotated[
        int | None,
        Field(description="How many messages it has; absent where it was just associated."),
    ] = None
    lastMessagePreview: Annotated[
        str | None,
        Field(description="The beginning of the latest message; absent where there is none."),
    ] = None


class NewDocument(BaseModel):
    """
    A document to add; texts alone are taken.
    """

    filename: Annotated[
        str,
        Field(description="Its name; what is unsafe in a path is removed.", min_length=1),
    ]
    content: Annotated[
        str,
        Field(
            description="The text in base64.",
            json_schema_extra={"contentEncoding": "base64"},
            min_length=1,
        ),
    ]
    contentType: Annotated[str, Field(description="Its media type, such as `text/plain`.")]


class DocumentCreated(BaseModel):
    """
    A document that was added.
    """

    id: Annotated[str, Field(description="Names it.")]
    filename: Annotated[str, Field(description="Its name.")]
    size: Annotated[int | None, Field(description="Bytes.")] = None
    contentType: Annotated[str | None, Field(description="Its media type.")] = None
    uploadedAt: Annotated[AwareDatetime | None, Field(description="When it was added.")] = None


class DocumentSummary(BaseModel):
    """
    A document in a list.
    """

    id: Annotated[str, Field(description="Names it.")]
    filename: Annotated[str, Field(description="Its name.")]
    originalName: Annotated[str | None, Field(description="Its name before it was made safe.")] = (
        None
    )
    contentType: Annotated[str | None, Field(description="Its media type.")] = None
    size: Annotated[int | None, Field(description="Bytes.")] = None
    uploadedAt: Annotated[AwareDatetime | None, Field(description="When it was added.")] = None
    metadata: Annotated[dict[str, Any] | None, Field(description="What is known of it.")] = None


class Document(BaseModel):
    """
    A document with its content.
    """

    id: Annotated[str, Field(description="Names it.")]
    filename: Annotated[str, Field(description="Its name.")]
    originalName: Annotated[str | None, Field(description="Its name before it was made safe.")] = (
        None
    )
    contentType: Annotated[str | None, Field(description="Its media type.")] = None
    size: Annotated[int | None, Field(description="Bytes.")] = None
    content: Annotated[str | None, Field(description="The text.")] = None
    uploadedAt: Annotated[AwareDatetime | None, Field(description="When it was added.")] = None
    updatedAt: Annotated[AwareDatetime | None, Field(description="When it was last changed.")] = (
        None
    )
    metadata: Annotated[dict[str, Any] | None, Field(description="What is known of it.")] = None


class DocumentChange(BaseModel):
    """
    The new content of a document.
    """

    content: Annotated[str, Field(description="The text.")]
    reason: Annotated[
        str | None, Field(description="Why it is changed. Left out, nothing is noted.")
    ] = None


class DocumentUpdated(BaseModel):
    """
    A document that was changed.
    """

    id: Annotated[str, Field(description="Names it.")]
    filename: Annotated[str, Field(description="Its name.")]
    contentType: Annotated[str | None, Field(description="Its media type.")] = None
    updatedAt: Annotated[AwareDatetime | None, Field(description="When it was changed.")] = None


class DocumentMatch(BaseModel):
    """
    A document that fits a search.
    """

    id: Annotated[str, Field(description="Names it.")]
    filename: Annotated[str, Field(description="Its name.")]
    content: Annotated[str | None, Field(description="The whole text.")] = None
    similarity: Annotated[
        float | None,
        Field(description="From 0 to 1; the server of today sends 0.8 always."),
    ] = None
    metadata: Annotated[dict[str, Any] | None, Field(description="What is known of it.")] = None


class TypeCount(BaseModel):
    """
    How many documents have a media type.
    """

    contentType: Annotated[str, Field(description="The media type.")]
    count: Annotated[int, Field(description="Documents.")]


class ProposalRequest(BaseModel):
    """
    What a document should be changed for.
    """

    conversationContext: Annotated[str, Field(description="What was said before.")]
    userRequest: Annotated[str, Field(description="What the user wants.")]


class UpdateProposal(BaseModel):
    """
    A change of a document that a model proposes.
    """

    documentId: Annotated[str, Field(description="Which document would be changed.")]
    documentName: Annotated[str | None, Field(description="What that document is called.")] = None
    originalContent: Annotated[str | None, Field(description="The text as it is.")] = None
    proposedContent: Annotated[str, Field(description="The text as it would be.")]
    reason: Annotated[str | None, Field(description="Why.")] = None
    changeSummary: Annotated[str | None, Field(description="What would change.")] = None


class ExportFormatId(
    RootModel[Literal["markdown", "notion", "obsidian", "google-docs", "json", "html"]]
):
    root: Annotated[
        Literal["markdown", "notion", "obsidian", "google-docs", "json", "html"],
        Field(description="The name of a format."),
    ]


class ExportFormat(BaseModel):
    """
    What conversations can be exported as.
    """

    id: Annotated[str, Field(description="What `format` is.")]
    name: Annotated[str, Field(description="What people call it.")]
    description: Annotated[str | None, Field(description="What it is for.")] = None
    extensions: Annotated[list[str] | None, Field(description="Of its files.")] = None


class ExportResult(BaseModel):
    """
    An export; it has one of `content`, `files` and `pages`.
    """

    format: Annotated[str, Field(description="The id of the format.")]
    metadata: Annotated[
        dict[str, Any] | None,
        Field(
            description="`exportDate`, `totalMessages`, `totalTokens`, `totalCost`, and what was exported."
        ),
    ] = None
    content: Annotated[
        str | None, Field(description="The text; absent for notion and obsidian.")
    ] = None
    files: Annotated[
        dict[str, str] | None,
        Field(description="Texts by the names of their files; of obsidian alone."),
    ] = None
    pages: Annotated[list[dict[str, Any]] | None, Field(description="Of notion alone.")] = None
    data: Annotated[
        Any | None,
        Field(
            description="The export in the form of its format; over tRPC alone, where html is a text here."
        ),
    ] = None


class SearchRequest(BaseModel):
    """
    What to search for.
    """

    projectId: Annotated[str, Field(description="Whose documents are searched.", min_length=1)]
    query: Annotated[
        str, Field(description="Up to 1,000 characters.", max_length=1000, min_length=1)
    ]
    limit: Annotated[
        int | None, Field(description="How many at most. Left out, 10.", ge=1, le=50)
    ] = None
    minScore: Annotated[
        float | None,
        Field(
            description="The score below which nothing is found. Left out, all are.",
            ge=0.0,
            le=1.0,
        ),
    ] = None
    documentIds: Annotated[
        list[str] | None, Field(description="Only these documents. Left out, all.")
    ] = None


class SearchHit(BaseModel):
    """
    A part of a document that was found.
    """

    id: Annotated[str, Field(description="Names it.")]
    documentId: Annotated[str, Field(description="Where the part is from.")]
    projectId: Annotated[str | None, Field(description="Where the document belongs.")] = None
    content: Annotated[str, Field(description="The part.")]
    filename: Annotated[str | None, Field(description="The name of the document.")] = None
    score: Annotated[float, Field(description="1 is best; may be below 0.")]
    metadata: Annotated[
        dict[str, Any] | None,
        Field(description="Where it stands: `chunkIndex`, `totalChunks`, `startChar`, `endChar`."),
    ] = None


class EmbeddingStats(BaseModel):
    """
    Which documents of a project are indexed.
    """

    totalChunks: Annotated[int, Field(description="Parts.")]
    totalDocuments: Annotated[int, Field(description="How many the project has.")]
    indexedDocuments: Annotated[int | None, Field(description="Documents that can be found.")] = (
        None
    )
    unindexedDocuments: Annotated[
        int | None, Field(description="Documents that cannot be found.")
    ] = None
    indexedFiles: Annotated[
        list[ProjectEntry] | None, Field(description="Those that can be found.")
    ] = None
    unindexedFiles: Annotated[
        list[ProjectEntry] | None, Field(description="Those that cannot be found.")
    ] = None


class ReindexResult(BaseModel):
    """
    A document that was indexed anew.
    """

    documentId: Annotated[str, Field(description="What was indexed.")]
    filename: Annotated[str | None, Field(description="Its name.")] = None
    chunksCreated: Annotated[int, Field(description="Parts.")]


class SearchHealth(BaseModel):
    """
    Whether the search works.
    """

    chroma: Annotated[bool, Field(description="Whether the store of vectors can be reached.")]
    embeddings: Annotated[bool, Field(description="Whether texts can be made vectors.")]
    overall: Annotated[bool, Field(description="Whether both work.")]


class SessionStats(BaseModel):
    """
    What was used so far.
    """

    conversationCount: Annotated[int, Field(description="In the whole database, not of one user.")]
    messageCount: Annotated[int, Field(description="Of all conversations.")]
    totalTokens: Annotated[int, Field(description="Of all messages.")]
    totalCost: Annotated[float, Field(description="US dollars.")]


class RoleUsage(BaseModel):
    """
    How many messages there are of a role.
    """

    role: Annotated[str, Field(description="`user`, `assistant` or `system`.")]
    count: Annotated[int, Field(description="Messages.")]
    percentage: Annotated[float, Field(description="From 0 to 100.")]


class MonitoredModel(BaseModel):
    """
    How often a model is used.
    """

    model: Annotated[str, Field(description="`provider/model`.")]
    count: Annotated[int, Field(description="Messages.")]
    percentage: Annotated[float, Field(description="From 0 to 100.")]


class MonitoredCapabilities(BaseModel):
    """
    What models can do.
    """

    capabilities: Annotated[
        dict[str, Any],
        Field(
            description="By their names: `maxTokens`, `costPer1kTokens`, `supportsStreaming`, `contextWindow`."
        ),
    ]
    timestamp: Annotated[AwareDatetime | None, Field(description="When it was found out.")] = None


class ModelCheckRequest(BaseModel):
    """
    A model to look at.
    """

    modelId: Annotated[str, Field(description="`provider/model`.", min_length=1)]


class ModelHealth(BaseModel):
    """
    Whether a model works.
    """

    model: Annotated[str, Field(description="`provider/model`.")]
    isHealthy: Annotated[bool, Field(description="False as well where it was never checked.")]
    responseTime: Annotated[float | None, Field(description="Milliseconds.")] = None
    lastChecked: Annotated[AwareDatetime | None, Field(description="When; 1970 for never.")] = None
    error: Annotated[str | None, Field(description="Why it does not work; null where it does.")] = (
        None
    )


class RefreshResult(BaseModel):
    """
    That the list of models was read anew.
    """

    success: Annotated[bool, Field(description="Always true.")]
    modelCount: Annotated[int, Field(description="How many there are.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When.")] = None
    message: Annotated[str | None, Field(description="A sentence for people.")] = None


class CacheStatus(BaseModel):
    """
    How old the list of models is.
    """

    cached: Annotated[bool, Field(description="Whether there is one.")]
    message: Annotated[
        str | None,
        Field(description="A sentence for people; absent where there is one."),
    ] = None
    modelCount: Annotated[int | None, Field(description="How many models it has.")] = None
    lastUpdated: Annotated[
        Any | None,
        Field(description="When it was read, as a timestamp or in milliseconds."),
    ] = None
    source: Annotated[str | None, Field(description="`api`, `fallback` or `file`.")] = None
    ageHours: Annotated[float | None, Field(description="Hours since then.")] = None
    isValid: Annotated[bool | None, Field(description="Whether it is fresh enough.")] = None
    ttlHours: Annotated[float | None, Field(description="Hours for which it is.")] = None


class ModelInfo(BaseModel):
    """
    What is known of a language model.
    """

    id: Annotated[str, Field(description="`provider/model`.")]
    name: Annotated[str, Field(description="What people call it.")]
    contextLength: Annotated[int | None, Field(description="Tokens that it reads.")] = None
    inputCost: Annotated[
        float | None, Field(description="US dollars a million tokens that it reads.")
    ] = None
    outputCost: Annotated[
        float | None, Field(description="US dollars a million tokens that it writes.")
    ] = None
    maxOutputTokens: Annotated[
        int | None,
        Field(description="Tokens that it writes at most; null where that is not known."),
    ] = None


class SelectionRequirements(BaseModel):
    """
    What a model has to be like; what is left out does not matter.
    """

    minInputTokens: Annotated[
        int | None, Field(description="Tokens that it has to read.", ge=0)
    ] = None
    minOutputTokens: Annotated[
        int | None, Field(description="Tokens that it has to write.", ge=0)
    ] = None
    maxInputCostPer1M: Annotated[
        float | None,
        Field(description="US dollars a million tokens that it reads.", ge=0.0),
    ] = None
    maxOutputCostPer1M: Annotated[
        float | None,
        Field(description="US dollars a million tokens that it writes.", ge=0.0),
    ] = None
    preferredProviders: Annotated[list[str] | None, Field(description="Those that come first.")] = (
        None
    )
    excludedProviders: Annotated[
        list[str] | None, Field(description="Those that are left out.")
    ] = None
    requiresJson: Annotated[bool | None, Field(description="Whether it has to write JSON.")] = None
    preferQuality: Annotated[bool | None, Field(description="Whether dearer ones come first.")] = (
        None
    )
    preferSpeed: Annotated[bool | None, Field(description="Whether faster ones come first.")] = None
    preferLatest: Annotated[bool | None, Field(description="Whether newer ones come first.")] = None
    modality: Annotated[str | None, Field(description="What it has to read, such as `text`.")] = (
        None
    )


class SelectedModel(BaseModel):
    """
    A model that fits.
    """

    id: Annotated[str, Field(description="`provider/model`.")]
    name: Annotated[str | None, Field(description="What people call it.")] = None
    score: Annotated[float | None, Field(description="From 0 to 1.")] = None
    reason: Annotated[str | None, Field(description="Why it fits.")] = None
    contextLength: Annotated[int | None, Field(description="Tokens that it reads.")] = None
    inputCost: Annotated[
        float | None, Field(description="US dollars a million tokens that it reads.")
    ] = None
    outputCost: Annotated[
        float | None, Field(description="US dollars a million tokens that it writes.")
    ] = None
    maxOutputTokens: Annotated[
        int | None,
        Field(description="Tokens that it writes at most; null where that is not known."),
    ] = None


class AuthStatus(BaseModel):
    """
    That the server can be reached.
    """

    message: Annotated[str, Field(description="A sentence for people.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When.")] = None


class KeyVerification(BaseModel):
    """
    What a key is good for; null where the server asks for none.
    """

    message: Annotated[str, Field(description="A sentence for people.")]
    userId: Annotated[str | None, Field(description="Whose it is.")] = None
    keyId: Annotated[str | None, Field(description="Names the key; not its secret.")] = None
    scopes: Annotated[
        list[str] | None, Field(description="What it may do; `*` for everything.")
    ] = None
    clientIp: Annotated[str | None, Field(description="Where the request came from.")] = None
    timestamp: Annotated[AwareDatetime | None, Field(description="When.")] = None


class User(BaseModel):
    """
    Somebody who has keys.
    """

    id: Annotated[str, Field(description="Names them.")]
    email: Annotated[str | None, Field(description="Their address.")] = None
    name: Annotated[str | None, Field(description="What people call them.")] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When they were added.")] = None


class NewApiKey(BaseModel):
    """
    An API key to create.
    """

    name: Annotated[str, Field(description="What people call it.", min_length=1)]
    expiresInDays: Annotated[
        int | None,
        Field(description="After so many days it is refused. Left out, never.", ge=1),
    ] = None
    ipWhitelist: Annotated[
        list[str] | None, Field(description="Addresses that may use it. Left out, all.")
    ] = None
    scopes: Annotated[
        list[str] | None, Field(description="What it may do. Left out, everything.")
    ] = None


class ApiKeyInfo(BaseModel):
    """
    An API key without its secret.
    """

    id: Annotated[str, Field(description="Names it.")]
    name: Annotated[str, Field(description="What people call it.")]
    scopes: Annotated[
        list[str] | None, Field(description="What it may do; `*` for everything.")
    ] = None
    ipWhitelist: Annotated[
        list[str] | None, Field(description="Addresses that may use it; empty for all.")
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    expiresAt: Annotated[
        AwareDatetime | None,
        Field(description="After it the key is refused; null for never."),
    ] = None
    lastUsedAt: Annotated[
        AwareDatetime | None,
        Field(description="When it was last used; null for never."),
    ] = None


class ApiKeyCreated(BaseModel):
    """
    A new API key with its secret.
    """

    id: Annotated[str, Field(description="Names it.")]
    key: Annotated[
        SecretStr,
        Field(description="The secret: `sk_` and 64 hexadecimal digits. It is shown this once."),
    ]
    name: Annotated[str, Field(description="What people call it.")]
    scopes: Annotated[
        list[str] | None, Field(description="What it may do; `*` for everything.")
    ] = None
    ipWhitelist: Annotated[
        list[str] | None, Field(description="Addresses that may use it; empty for all.")
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    expiresAt: Annotated[
        AwareDatetime | None,
        Field(description="After it the key is refused; null for never."),
    ] = None


class Health(BaseModel):
    """
    How the server is.
    """

    status: Annotated[str, Field(description="`ok`, `healthy` or `unhealthy`.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When.")] = None
    mode: Annotated[
        str | None,
        Field(description="`demo` or `database`; absent where the server does not tell."),
    ] = None
    uptime: Annotated[
        float | None,
        Field(description="Seconds since its start; absent where the server does not tell."),
    ] = None
    services: Annotated[
        dict[str, Any] | None,
        Field(description="How each of its parts is; absent where the server does not tell."),
    ] = None


class ErrorDetail(BaseModel):
    """
    Why a request was refused, or failed.
    """

    code: Annotated[str, Field(description="A word for programs, such as `BAD_REQUEST`.")]
    message: Annotated[str, Field(description="A sentence for people.")]
    issues: Annotated[
        list[Issue] | None,
        Field(description="What is wrong with which part; absent where no part is wrong."),
    ] = None
    requestId: Annotated[
        str | None,
        Field(description="The id of the request in the logs of the server."),
    ] = None


class Conversation(BaseModel):
    """
    A conversation with its messages.
    """

    id: Annotated[str, Field(description="Names it.")]
    title: Annotated[
        str | None,
        Field(description="What people call it; null before the first exchange."),
    ] = None
    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    systemPrompt: Annotated[
        str | None,
        Field(description="What the model is told before anything else; null for nothing."),
    ] = None
    temperature: Annotated[
        float | None,
        Field(description="How freely the model answers, from 0 to 2; null for the server's."),
    ] = None
    maxTokens: Annotated[
        int | None,
        Field(description="Tokens of an answer at most; null for the server's."),
    ] = None
    projectId: Annotated[
        str | None, Field(description="The project that it belongs to; null for none.")
    ] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    updatedAt: Annotated[
        AwareDatetime | None,
        Field(description="When it or its messages were last changed."),
    ] = None
    messages: Annotated[
        list[ConversationMessage] | None,
        Field(description="What was said, oldest first."),
    ] = None


class ChunkMetadata(BaseModel):
    """
    What is known of an answer while it is written; most of it in the last chunk alone.
    """

    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    tokenCount: Annotated[
        int | None, Field(description="Length of the whole answer for the model.")
    ] = None
    cost: Annotated[float | None, Field(description="US dollars.")] = None
    messageId: Annotated[str | None, Field(description="Names the stored answer.")] = None
    ragSources: Annotated[
        list[RagSource] | None, Field(description="The documents that were used.")
    ] = None


class PhaseConfig(BaseModel):
    """
    What happens to each item.
    """

    name: Annotated[str, Field(description="Names it in the outputs of an item.", min_length=1)]
    taskType: Annotated[
        str | None,
        Field(
            description="What kind of task it is, such as `translate`. Left out, the server decides."
        ),
    ] = None
    model: Annotated[
        str | None, Field(description="`provider/model`. Left out, the server chooses.")
    ] = None
    useRAG: Annotated[
        bool | None,
        Field(
            description="Whether documents of the project are looked at. Left out, they are not."
        ),
    ] = None
    validation: ValidationConfig | None = None


class BatchJobResult(BaseModel):
    """
    What became of an item.
    """

    itemIndex: Annotated[int, Field(description="Its place among the items, from 0.")]
    input: Annotated[str, Field(description="Its text.")]
    metadata: Annotated[
        dict[str, Any] | None,
        Field(description="What was sent along; null for nothing."),
    ] = None
    output: Annotated[
        str | None,
        Field(description="The output of the last phase; null where it has none yet."),
    ] = None
    status: Annotated[
        str,
        Field(description="`PENDING`, `PROCESSING`, `COMPLETED`, `FAILED` or `SKIPPED`."),
    ]
    phaseOutputs: Annotated[
        dict[str, Any] | None,
        Field(description="The output of each phase by its name; empty or null before the first."),
    ] = None
    errors: Annotated[
        list[ItemError] | None, Field(description="What went wrong; empty for nothing.")
    ] = None
    costIncurred: Annotated[float | None, Field(description="US dollars.")] = None
    tokensUsed: Annotated[int | None, Field(description="Of all phases.")] = None
    processingTimeMs: Annotated[
        float | None, Field(description="Milliseconds; null before its end.")
    ] = None


class BatchAnalytics(BaseModel):
    """
    Cost, tokens and times of a batch job.
    """

    jobId: Annotated[str, Field(description="Whose numbers these are.")]
    name: Annotated[str | None, Field(description="What people call it.")] = None
    status: Annotated[str | None, Field(description="One of the statuses of a batch job.")] = None
    overall: BatchOverall | None = None
    cost: Annotated[
        dict[str, Any] | None,
        Field(description="US dollars: `total`, `perItem`, and `byPhase`, a list."),
    ] = None
    tokens: Annotated[
        dict[str, Any] | None,
        Field(description="`total`, `perItem`, and `byPhase`, a list."),
    ] = None
    performance: Annotated[
        dict[str, Any] | None,
        Field(description="Milliseconds: `avgProcessingTimeMs`, and `byPhase`, a list."),
    ] = None
    phases: Annotated[list[PhaseAnalytics] | None, Field(description="The same by phases.")] = None


class CleanupRequest(BaseModel):
    """
    Which checkpoints to remove.
    """

    olderThanDays: Annotated[
        int | None,
        Field(
            description="Only of jobs that ended so many days ago. Left out, 30.",
            ge=1,
            le=365,
        ),
    ] = None
    status: CleanupStatus | None = None


class PdfRequest(BaseModel):
    """
    A PDF whose text is read.
    """

    pdfData: Annotated[
        str,
        Field(
            description="The PDF in base64, up to 50 MB of bytes.",
            json_schema_extra={"contentEncoding": "base64"},
            max_length=69905068,
            min_length=1,
        ),
    ]
    options: PdfOptions | None = None


class OCRResult(BaseModel):
    """
    The text of an image.
    """

    text: Annotated[str, Field(description="What can be read; empty for nothing.")]
    confidence: Annotated[float, Field(description="From 0 to 1.")]
    metadata: OCRMetadata | None = None


class ImageAnalysis(BaseModel):
    """
    What is on an image.
    """

    description: Annotated[str, Field(description="In words.")]
    details: AnalysisDetails | None = None


class PdfProcessingResult(BaseModel):
    """
    The text of a PDF.
    """

    text: Annotated[
        str,
        Field(description="Of all pages; read by OCR, each begins with `--- Page N ---`."),
    ]
    metadata: PdfMetadata


class ChainExecutionResult(BaseModel):
    """
    The answer of a chain of models.
    """

    response: Annotated[str, Field(description="What it answers.")]
    model: Annotated[str | None, Field(description="`provider/model`.")] = None
    cost: Annotated[float, Field(description="US dollars.")]
    tokens: Annotated[int | None, Field(description="Absent over tRPC.")] = None
    successful: Annotated[
        bool | None,
        Field(description="Whether a validation accepted it; absent over tRPC."),
    ] = None
    retryCount: Annotated[
        int | None, Field(description="How often it was made anew; absent over tRPC.")
    ] = None
    latencyMs: Annotated[float | None, Field(description="Milliseconds; absent over tRPC.")] = None
    validationScore: Annotated[
        float | None, Field(description="From 0 to 10; null without validation.")
    ] = None
    analysis: ChainAnalysis | None = None
    strategy: Annotated[
        str | None,
        Field(description="`single`, `ensemble` or `speculative`; absent over tRPC."),
    ] = None


class ChainChatReply(BaseModel):
    """
    The answer of models that the server has chosen.
    """

    id: Annotated[str, Field(description="Names the stored message.")]
    content: Annotated[str, Field(description="The answer.")]
    role: Annotated[str | None, Field(description="Always `assistant`.")] = None
    timestamp: Annotated[AwareDatetime | None, Field(description="When it was stored.")] = None
    model: Annotated[
        str | None,
        Field(description="`provider/model`; null where the server does not tell."),
    ] = None
    cost: Annotated[
        float | None,
        Field(description="US dollars; null where the server does not tell."),
    ] = None
    tokens: Annotated[int | None, Field(description="Its length for the model.")] = None
    conversationTitle: Annotated[
        str | None,
        Field(description="The new title, on the first exchange; null later."),
    ] = None
    chainMetadata: ChainMetadata | None = None


class TextChainRequest(BaseModel):
    """
    A text that goes through phases.
    """

    text: Annotated[
        str,
        Field(description="From 1 to 100,000 characters.", max_length=100000, min_length=1),
    ]
    phases: Annotated[
        list[TextPhase],
        Field(
            description="From 1 to 10; the response of each is the text of the next.",
            max_length=10,
            min_length=1,
        ),
    ]


class TextChainResult(BaseModel):
    """
    What phases made of a text.
    """

    chainResults: Annotated[list[TextPhaseResult], Field(description="One for each phase.")]
    metadata: Annotated[
        dict[str, Any] | None,
        Field(description="`totalCost` in US dollars, `totalTime` in seconds, `phaseCount`."),
    ] = None


class RoutingAnalytics(BaseModel):
    """
    The last decisions on models.
    """

    decisions: Annotated[list[RoutingDecision], Field(description="Newest first.")]
    summary: RoutingSummary | None = None


class ProjectSummary(BaseModel):
    """
    A project in a list.
    """

    id: Annotated[str, Field(description="Names it.")]
    name: Annotated[str, Field(description="What people call it.")]
    description: Annotated[str | None, Field(description="Free text; null for none.")] = None
    settings: Annotated[dict[str, Any] | None, Field(description="Anything of yours.")] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    updatedAt: Annotated[AwareDatetime | None, Field(description="When it was last changed.")] = (
        None
    )
    stats: ProjectStats | None = None


class ProjectDetail(BaseModel):
    """
    A project with what is new in it.
    """

    id: Annotated[str, Field(description="Names it.")]
    name: Annotated[str, Field(description="What people call it.")]
    description: Annotated[str | None, Field(description="Free text; null for none.")] = None
    userId: Annotated[
        str | None, Field(description="Whose it is; null where there are no users.")
    ] = None
    settings: Annotated[dict[str, Any] | None, Field(description="Anything of yours.")] = None
    createdAt: Annotated[AwareDatetime | None, Field(description="When it was created.")] = None
    updatedAt: Annotated[AwareDatetime | None, Field(description="When it was last changed.")] = (
        None
    )
    conversations: Annotated[list[ProjectEntry] | None, Field(description="Up to five.")] = None
    documents: Annotated[list[ProjectEntry] | None, Field(description="Up to five.")] = None


class DocumentStats(BaseModel):
    """
    How many documents a project has.
    """

    totalCount: Annotated[int, Field(description="How many documents there are.")]
    totalSize: Annotated[int, Field(description="Bytes.")]
    typeBreakdown: Annotated[
        list[TypeCount] | None, Field(description="The same by media types.")
    ] = None


class SearchResponse(BaseModel):
    """
    What was found.
    """

    query: Annotated[str, Field(description="What was searched for.")]
    results: Annotated[list[SearchHit], Field(description="The best first.")]
    count: Annotated[int, Field(description="How many there are.")]


class ModelUsage(BaseModel):
    """
    How many messages there are of each role.
    """

    totalMessages: Annotated[int, Field(description="Of all roles.")]
    byRole: Annotated[list[RoleUsage], Field(description="The same by roles.")]


class ModelMonitoring(BaseModel):
    """
    How all models are.
    """

    usage: Annotated[list[MonitoredModel], Field(description="How often they are used.")]
    health: Annotated[list[ModelHealth], Field(description="Whether they work.")]
    capabilities: Annotated[dict[str, Any], Field(description="What they can do, by their names.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When it was found out.")] = None


class MonitoredUsage(BaseModel):
    """
    How often models are used.
    """

    usage: Annotated[list[MonitoredModel], Field(description="One for each model.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When it was found out.")] = None


class MonitoredHealth(BaseModel):
    """
    Whether models work.
    """

    health: Annotated[list[ModelHealth], Field(description="One for each model.")]
    timestamp: Annotated[AwareDatetime | None, Field(description="When it was found out.")] = None


class SelectionRequest(BaseModel):
    """
    What a model has to be like.
    """

    requirements: SelectionRequirements
    showAll: Annotated[
        bool | None,
        Field(description="Whether all that fit are returned. Left out, the best one is."),
    ] = None


class SelectionResult(BaseModel):
    """
    The models that fit.
    """

    success: Annotated[bool, Field(description="Whether there is one.")]
    selected: SelectedModel | None = None
    matches: Annotated[
        list[SelectedModel] | None,
        Field(description="All that fit, the best first; absent unless asked for."),
    ] = None
    matchCount: Annotated[
        int | None, Field(description="How many fit; absent unless asked for.")
    ] = None
    message: Annotated[str | None, Field(description="Why there is none; absent otherwise.")] = None


class Identity(BaseModel):
    """
    Whose a key is.
    """

    user: Annotated[User | None, Field(description="Null where the server asks for no key.")] = None
    keyId: Annotated[str | None, Field(description="Names the key; not its secret.")] = None
    scopes: Annotated[
        list[str] | None, Field(description="What it may do; `*` for everything.")
    ] = None


class ErrorBody(BaseModel):
    """
    What a refused request is answered with.
    """

    error: ErrorDetail


class ChatChunk(BaseModel):
    """
    A piece of an answer.
    """

    content: Annotated[str, Field(description="What comes next; empty in the last chunk.")]
    finished: Annotated[bool, Field(description="True in the last chunk alone.")]
    error: Annotated[
        str | None,
        Field(description="Why there is no more of the answer; absent for success."),
    ] = None
    metadata: ChunkMetadata | None = None


class CreateBatchJob(BaseModel):
    """
    What a new batch job runs: items, phases, and how.
    """

    name: Annotated[
        str,
        Field(
            description="What people call it, up to 200 characters.",
            max_length=200,
            min_length=1,
        ),
    ]
    items: Annotated[
        list[BatchItem],
        Field(description="From 1 to 10,000 texts.", max_length=10000, min_length=1),
    ]
    phases: Annotated[
        list[PhaseConfig],
        Field(
            description="From 1 to 10 phases; the output of each is the input of the next.",
            max_length=10,
            min_length=1,
        ),
    ]
    projectId: Annotated[
        str | None, Field(description="The project that it belongs to. Left out, none.")
    ] = None
    options: BatchOptions | None = None


class BatchJobResults(RootModel[list[BatchJobResult]]):
    """
    One result for each item, in their order.
    """

    root: Annotated[
        list[BatchJobResult],
        Field(description="One result for each item, in their order."),
    ]
