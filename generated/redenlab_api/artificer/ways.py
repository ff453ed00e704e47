"""Other ways to make the calls of this API, as ``x-ways`` of the spec has them."""

from collections.abc import Mapping
from typing import Final

from redenlab.core.spec.ways import Meaning, Passage, Procedure, Way, XWay

WAYS: Final[Mapping[str, Way]] = {
    "trpc": Way(
        how=XWay(
            protocol="trpc",
            statuses=(
                Meaning(text="(?i)not found", status=404),
                Meaning(text="(?i)cannot (start|pause|resume|cancel|delete)", status=409),
                Meaning(text="(?i)rate limit", status=429),
            ),
        ),
        passages={
            "conversations.list": Passage(
                procedure=Procedure(query="conversations.list"),
                path="/api/conversations",
                status=200,
                types={},
            ),
            "conversations.create": Passage(
                procedure=Procedure(mutation="conversations.create", input="$request.body"),
                path="/api/conversations",
                status=201,
                types={},
            ),
            "conversations.get": Passage(
                procedure=Procedure(
                    query="conversations.getById", input="$request.path.conversationId"
                ),
                path="/api/conversations/{conversationId}",
                status=200,
                types={},
            ),
            "conversations.update": Passage(
                procedure=Procedure(
                    mutation="conversations.update",
                    input={
                        "conversationId": "$request.path.conversationId",
                        "title": "$request.body#/title",
                        "model": "$request.body#/model",
                        "systemPrompt": "$request.body#/systemPrompt",
                        "temperature": "$request.body#/temperature",
                        "maxTokens": "$request.body#/maxTokens",
                    },
                ),
                path="/api/conversations/{conversationId}",
                status=200,
                types={},
            ),
            "conversations.delete": Passage(
                procedure=Procedure(
                    mutation="conversations.delete", input="$request.path.conversationId"
                ),
                path="/api/conversations/{conversationId}",
                status=204,
                types={},
            ),
            "conversations.update_title": Passage(
                procedure=Procedure(
                    mutation="conversations.updateTitle",
                    input={
                        "conversationId": "$request.path.conversationId",
                        "firstMessage": "$request.body#/firstMessage",
                    },
                ),
                path="/api/conversations/{conversationId}/title",
                status=200,
                types={},
            ),
            "conversations.send_message": Passage(
                procedure=Procedure(
                    mutation="chat.sendMessage",
                    input={
                        "conversationId": "$request.path.conversationId",
                        "content": "$request.body#/content",
                    },
                ),
                path="/api/conversations/{conversationId}/messages/send",
                status=200,
                types={},
            ),
            "messages.get_by_conversation": Passage(
                procedure=Procedure(
                    query="messages.getByConversation",
                    input={"conversationId": "$request.path.conversationId"},
                ),
                path="/api/conversations/{conversationId}/messages",
                status=200,
                types={},
            ),
            "messages.create": Passage(
                procedure=Procedure(
                    mutation="messages.create",
                    input={
                        "conversationId": "$request.path.conversationId",
                        "role": "$request.body#/role",
                        "content": "$request.body#/content",
                        "tokens": 0,
                    },
                ),
                path="/api/conversations/{conversationId}/messages",
                status=201,
                types={},
            ),
            "messages.update": Passage(
                procedure=Procedure(
                    mutation="messages.update",
                    input={"id": "$request.path.messageId", "content": "$request.body#/content"},
                ),
                path="/api/messages/{messageId}",
                status=200,
                types={},
            ),
            "messages.delete": Passage(
                procedure=Procedure(mutation="messages.delete", input="$request.path.messageId"),
                path="/api/messages/{messageId}",
                status=204,
                types={},
            ),
            "chat.stream": Passage(
                procedure=Procedure(
                    post="/api/stream/chat",
                    input={
                        "conversationId": "$request.body#/conversationId",
                        "content": "$request.body#/message",
                    },
                ),
                path="/api/chat/stream",
                status=200,
                types={},
            ),
            "chat.get_messages": Passage(
                procedure=Procedure(
                    query="chat.getMessages",
                    input={"conversationId": "$request.path.conversationId"},
                ),
                path="/api/chat/{conversationId}/messages",
                status=200,
                types={},
            ),
            "batch.create": Passage(
                procedure=Procedure(
                    mutation="batch.createJob",
                    input="$request.body",
                    output={
                        "id": "$response.body#/job/id",
                        "name": "$response.body#/job/name",
                        "status": "$response.body#/job/status",
                        "totalItems": "$response.body#/job/totalItems",
                        "createdAt": "$response.body#/job/createdAt",
                        "completedItems": 0,
                        "failedItems": 0,
                        "costIncurred": 0,
                        "tokensUsed": 0,
                    },
                ),
                path="/api/batch",
                status=200,
                types={},
            ),
            "batch.list": Passage(
                procedure=Procedure(
                    query="batch.listJobs",
                    input={
                        "projectId": "$request.query.projectId",
                        "status": "$request.query.status",
                        "limit": "$request.query.limit",
                        "offset": "$request.query.offset",
                    },
                    output={
                        "each": "$response.body#/jobs",
                        "as": {
                            "id": "$entry#/id",
                            "name": "$entry#/name",
                            "status": "$entry#/status",
                            "projectId": "$entry#/projectId",
                            "totalItems": "$entry#/totalItems",
                            "completedItems": "$entry#/completedItems",
                            "failedItems": "$entry#/failedItems",
                            "currentPhase": "$entry#/currentPhase",
                            "costIncurred": "$entry#/costIncurred",
                            "tokensUsed": "$entry#/tokensUsed",
                            "error": "$entry#/error",
                            "createdAt": "$entry#/createdAt",
                            "startedAt": "$entry#/startedAt",
                            "completedAt": "$entry#/completedAt",
                        },
                    },
                ),
                path="/api/batch",
                status=200,
                types={"limit": "integer", "offset": "integer"},
            ),
            "batch.get": Passage(
                procedure=Procedure(
                    query="batch.getJobStatus",
                    input={"jobId": "$request.path.jobId"},
                    output={
                        "id": "$response.body#/status/id",
                        "name": "$response.body#/status/name",
                        "status": "$response.body#/status/status",
                        "currentPhase": "$response.body#/status/currentPhase",
                        "totalItems": "$response.body#/status/progress/totalItems",
                        "completedItems": "$response.body#/status/progress/completedItems",
                        "failedItems": "$response.body#/status/progress/failedItems",
                        "percentComplete": "$response.body#/status/progress/percentComplete",
                        "costIncurred": "$response.body#/status/analytics/costIncurred",
                        "tokensUsed": "$response.body#/status/analytics/tokensUsed",
                        "estimatedTimeRemainingMs": "$response.body#/status/analytics/estimatedTimeRemaining",
                        "error": "$response.body#/status/error",
                        "startedAt": "$response.body#/status/startedAt",
                        "completedAt": "$response.body#/status/completedAt",
                    },
                ),
                path="/api/batch/{jobId}",
                status=200,
                types={},
            ),
            "batch.delete": Passage(
                procedure=Procedure(
                    mutation="batch.deleteJob", input={"jobId": "$request.path.jobId"}
                ),
                path="/api/batch/{jobId}",
                status=204,
                types={},
            ),
            "batch.start": Passage(
                procedure=Procedure(
                    mutation="batch.startJob",
                    input={"jobId": "$request.path.jobId"},
                    then=Procedure(
                        query="batch.getJobStatus", input={"jobId": "$request.path.jobId"}
                    ),
                    output={
                        "id": "$response.body#/status/id",
                        "name": "$response.body#/status/name",
                        "status": "$response.body#/status/status",
                        "currentPhase": "$response.body#/status/currentPhase",
                        "totalItems": "$response.body#/status/progress/totalItems",
                        "completedItems": "$response.body#/status/progress/completedItems",
                        "failedItems": "$response.body#/status/progress/failedItems",
                        "percentComplete": "$response.body#/status/progress/percentComplete",
                        "costIncurred": "$response.body#/status/analytics/costIncurred",
                        "tokensUsed": "$response.body#/status/analytics/tokensUsed",
                        "estimatedTimeRemainingMs": "$response.body#/status/analytics/estimatedTimeRemaining",
                        "error": "$response.body#/status/error",
                        "startedAt": "$response.body#/status/startedAt",
                        "completedAt": "$response.body#/status/completedAt",
                    },
                ),
                path="/api/batch/{jobId}/start",
                status=200,
                types={},
            ),
            "batch.pause": Passage(
                procedure=Procedure(
                    mutation="batch.pauseJob",
                    input={"jobId": "$request.path.jobId"},
                    then=Procedure(
                        query="batch.getJobStatus", input={"jobId": "$request.path.jobId"}
                    ),
                    output={
                        "id": "$response.body#/status/id",
                        "name": "$response.body#/status/name",
                        "status": "$response.body#/status/status",
                        "currentPhase": "$response.body#/status/currentPhase",
                        "totalItems": "$response.body#/status/progress/totalItems",
                        "completedItems": "$response.body#/status/progress/completedItems",
                        "failedItems": "$response.body#/status/progress/failedItems",
                        "percentComplete": "$response.body#/status/progress/percentComplete",
                        "costIncurred": "$response.body#/status/analytics/costIncurred",
                        "tokensUsed": "$response.body#/status/analytics/tokensUsed",
                        "estimatedTimeRemainingMs": "$response.body#/status/analytics/estimatedTimeRemaining",
                        "error": "$response.body#/status/error",
                        "startedAt": "$response.body#/status/startedAt",
                        "completedAt": "$response.body#/status/completedAt",
                    },
                ),
                path="/api/batch/{jobId}/pause",
                status=200,
                types={},
            ),
            "batch.resume": Passage(
                procedure=Procedure(
                    mutation="batch.resumeJob",
                    input={"jobId": "$request.path.jobId"},
                    then=Procedure(
                        query="batch.getJobStatus", input={"jobId": "$request.path.jobId"}
                    ),
                    output={
                        "id": "$response.body#/status/id",
                        "name": "$response.body#/status/name",
                        "status": "$response.body#/status/status",
                        "currentPhase": "$response.body#/status/currentPhase",
                        "totalItems": "$response.body#/status/progress/totalItems",
                        "completedItems": "$response.body#/status/progress/completedItems",
                        "failedItems": "$response.body#/status/progress/failedItems",
                        "percentComplete": "$response.body#/status/progress/percentComplete",
                        "costIncurred": "$response.body#/status/analytics/costIncurred",
                        "tokensUsed": "$response.body#/status/analytics/tokensUsed",
                        "estimatedTimeRemainingMs": "$response.body#/status/analytics/estimatedTimeRemaining",
                        "error": "$response.body#/status/error",
                        "startedAt": "$response.body#/status/startedAt",
                        "completedAt": "$response.body#/status/completedAt",
                    },
                ),
                path="/api/batch/{jobId}/resume",
                status=200,
                types={},
            ),
            "batch.cancel": Passage(
                procedure=Procedure(
                    mutation="batch.cancelJob",
                    input={"jobId": "$request.path.jobId"},
                    then=Procedure(
                        query="batch.getJobStatus", input={"jobId": "$request.path.jobId"}
                    ),
                    output={
                        "id": "$response.body#/status/id",
                        "name": "$response.body#/status/name",
                        "status": "$response.body#/status/status",
                        "currentPhase": "$response.body#/status/currentPhase",
                        "totalItems": "$response.body#/status/progress/totalItems",
                        "completedItems": "$response.body#/status/progress/completedItems",
                        "failedItems": "$response.body#/status/progress/failedItems",
                        "percentComplete": "$response.body#/status/progress/percentComplete",
                        "costIncurred": "$response.body#/status/analytics/costIncurred",
                        "tokensUsed": "$response.body#/status/analytics/tokensUsed",
                        "estimatedTimeRemainingMs": "$response.body#/status/analytics/estimatedTimeRemaining",
                        "error": "$response.body#/status/error",
                        "startedAt": "$response.body#/status/startedAt",
                        "completedAt": "$response.body#/status/completedAt",
                    },
                ),
                path="/api/batch/{jobId}/cancel",
                status=200,
                types={},
            ),
            "batch.get_results": Passage(
                procedure=Procedure(
                    query="batch.getJobResults",
                    input={"jobId": "$request.path.jobId"},
                    output={
                        "each": "$response.body#/results",
                        "as": {
                            "itemIndex": "$entry#/itemIndex",
                            "output": "$entry#/output",
                            "status": "$entry#/status",
                            "phaseOutputs": "$entry#/phaseOutputs",
                            "errors": "$entry#/errors",
                            "costIncurred": "$entry#/costIncurred",
                            "tokensUsed": "$entry#/tokensUsed",
                            "processingTimeMs": "$entry#/processingTimeMs",
                            "input": "$entry#/input/input",
                            "metadata": "$entry#/input/metadata",
                        },
                    },
                ),
                path="/api/batch/{jobId}/results",
                status=200,
                types={},
            ),
            "batch.get_analytics": Passage(
                procedure=Procedure(
                    query="batch.getJobAnalytics",
                    input={"jobId": "$request.path.jobId"},
                    output="$response.body#/analytics",
                ),
                path="/api/batch/{jobId}/analytics",
                status=200,
                types={},
            ),
            "batch.cleanup_checkpoints": Passage(
                procedure=Procedure(
                    mutation="batch.cleanupCheckpoints",
                    input="$request.body",
                    output={"cleanedCount": "$response.body#/cleanedCount"},
                ),
                path="/api/batch/checkpoints/cleanup",
                status=200,
                types={},
            ),
            "images.extract_text_from_image": Passage(
                procedure=Procedure(mutation="images.extractTextFromImage", input="$request.body"),
                path="/api/images/extract-text",
                status=200,
                types={},
            ),
            "images.analyze_image": Passage(
                procedure=Procedure(mutation="images.analyzeImage", input="$request.body"),
                path="/api/images/analyze",
                status=200,
                types={},
            ),
            "images.process_pdf": Passage(
                procedure=Procedure(mutation="images.processPdf", input="$request.body"),
                path="/api/images/process-pdf",
                status=200,
                types={},
            ),
            "images.check_pdf_needs_ocr": Passage(
                procedure=Procedure(query="images.checkPdfNeedsOCR", input="$request.body"),
                path="/api/images/check-pdf-needs-ocr",
                status=200,
                types={},
            ),
            "orchestration.process_text": Passage(
                procedure=Procedure(
                    mutation="orchestration.processText",
                    input={
                        "text": "$request.body#/text",
                        "chainConfig": {"phases": "$request.body#/phases"},
                    },
                ),
                path="/api/orchestration/process-text",
                status=200,
                types={},
            ),
            "orchestration.execute": Passage(
                procedure=Procedure(
                    mutation="orchestration.processText",
                    input={
                        "text": "$request.body#/query",
                        "chainConfig": {
                            "phases": [{"name": "answer", "model": "$request.body#/model"}]
                        },
                    },
                    output={
                        "response": "$response.body#/chainResults/0/response",
                        "model": "$response.body#/chainResults/0/model",
                        "cost": "$response.body#/metadata/totalCost",
                    },
                ),
                path="/api/orchestration/execute",
                status=200,
                types={},
            ),
            "orchestration.chat": Passage(
                procedure=Procedure(mutation="orchestration.chainChat", input="$request.body"),
                path="/api/orchestration/chat",
                status=200,
                types={},
            ),
            "orchestration.stream": Passage(
                procedure=Procedure(post="/api/stream/orchestration", input="$request.body"),
                path="/api/orchestration/stream",
                status=200,
                types={},
            ),
            "orchestration.get_analytics": Passage(
                procedure=Procedure(
                    query="orchestration.getRoutingAnalytics",
                    input={
                        "limit": "$request.query.limit",
                        "conversationId": "$request.query.conversationId",
                    },
                ),
                path="/api/orchestration/analytics",
                status=200,
                types={"limit": "integer"},
            ),
            "projects.list": Passage(
                procedure=Procedure(query="projects.list", output="$response.body#/projects"),
                path="/api/projects",
                status=200,
                types={},
            ),
            "projects.create": Passage(
                procedure=Procedure(
                    mutation="projects.create",
                    input="$request.body",
                    output="$response.body#/project",
                ),
                path="/api/projects",
                status=201,
                types={},
            ),
            "projects.get": Passage(
                procedure=Procedure(
                    query="projects.getById",
                    input={"id": "$request.path.projectId"},
                    output="$response.body#/project",
                ),
                path="/api/projects/{projectId}",
                status=200,
                types={},
            ),
            "projects.update": Passage(
                procedure=Procedure(
                    mutation="projects.update",
                    input={"id": "$request.path.projectId", "data": "$request.body"},
                    output="$response.body#/project",
                ),
                path="/api/projects/{projectId}",
                status=200,
                types={},
            ),
            "projects.delete": Passage(
                procedure=Procedure(
                    mutation="projects.delete", input={"id": "$request.path.projectId"}
                ),
                path="/api/projects/{projectId}",
                status=204,
                types={},
            ),
            "projects.get_conversations": Passage(
                procedure=Procedure(
                    query="projects.getConversations",
                    input={"projectId": "$request.path.projectId"},
                    output="$response.body#/conversations",
                ),
                path="/api/projects/{projectId}/conversations",
                status=200,
                types={},
            ),
            "projects.associate_conversation": Passage(
                procedure=Procedure(
                    mutation="projects.associateConversation",
                    input={
                        "projectId": "$request.path.projectId",
                        "conversationId": "$request.path.conversationId",
                    },
                    output="$response.body#/conversation",
                ),
                path="/api/projects/{projectId}/conversations/{conversationId}",
                status=200,
                types={},
            ),
            "projects.get_documents": Passage(
                procedure=Procedure(
                    query="projects.getDocuments",
                    input={"projectId": "$request.path.projectId"},
                    output="$response.body#/documents",
                ),
                path="/api/projects/{projectId}/documents",
                status=200,
                types={},
            ),
            "projects.upload_document": Passage(
                procedure=Procedure(
                    mutation="projects.uploadDocument",
                    input={
                        "projectId": "$request.path.projectId",
                        "filename": "$request.body#/filename",
                        "content": "$request.body#/content",
                        "contentType": "$request.body#/contentType",
                    },
                    output="$response.body#/document",
                ),
                path="/api/projects/{projectId}/documents",
                status=201,
                types={},
            ),
            "projects.search_documents": Passage(
                procedure=Procedure(
                    query="projects.searchDocuments",
                    input={
                        "projectId": "$request.path.projectId",
                        "query": "$request.query.query",
                        "limit": "$request.query.limit",
                    },
                    output="$response.body#/results",
                ),
                path="/api/projects/{projectId}/documents/search",
                status=200,
                types={"limit": "integer"},
            ),
            "projects.get_document_stats": Passage(
                procedure=Procedure(
                    query="projects.getDocumentStats",
                    input={"projectId": "$request.path.projectId"},
                    output="$response.body#/stats",
                ),
                path="/api/projects/{projectId}/documents/stats",
                status=200,
                types={},
            ),
            "projects.get_document": Passage(
                procedure=Procedure(
                    query="projects.getDocument",
                    input={"documentId": "$request.path.documentId"},
                    output="$response.body#/document",
                ),
                path="/api/documents/{documentId}",
                status=200,
                types={},
            ),
            "projects.update_document": Passage(
                procedure=Procedure(
                    mutation="projects.updateDocument",
                    input={
                        "documentId": "$request.path.documentId",
                        "content": "$request.body#/content",
                        "reason": "$request.body#/reason",
                    },
                    output="$response.body#/document",
                ),
                path="/api/documents/{documentId}",
                status=200,
                types={},
            ),
            "projects.delete_document": Passage(
                procedure=Procedure(
                    mutation="projects.deleteDocument",
                    input={"documentId": "$request.path.documentId"},
                ),
                path="/api/documents/{documentId}",
                status=204,
                types={},
            ),
            "projects.propose_document_update": Passage(
                procedure=Procedure(
                    mutation="projects.proposeDocumentUpdate",
                    input={
                        "documentId": "$request.path.documentId",
                        "conversationContext": "$request.body#/conversationContext",
                        "userRequest": "$request.body#/userRequest",
                    },
                    output="$response.body#/proposal",
                ),
                path="/api/documents/{documentId}/proposals",
                status=200,
                types={},
            ),
            "export.get_formats": Passage(
                procedure=Procedure(query="export.getFormats", output="$response.body#/formats"),
                path="/api/export/formats",
                status=200,
                types={},
            ),
            "export.export_all": Passage(
                procedure=Procedure(
                    query="export.exportAll",
                    input={
                        "format": "$request.query.format",
                        "includeMetadata": "$request.query.includeMetadata",
                        "includeTimestamps": "$request.query.includeTimestamps",
                        "includeCosts": "$request.query.includeCosts",
                        "groupByConversation": "$request.query.groupByConversation",
                    },
                    output={
                        "format": "$response.body#/format",
                        "metadata": "$response.body#/metadata",
                        "content": "$response.body#/data/content",
                        "files": "$response.body#/data/files",
                        "pages": "$response.body#/data/data",
                        "data": "$response.body#/data",
                    },
                ),
                path="/api/export/conversations",
                status=200,
                types={
                    "includeMetadata": "boolean",
                    "includeTimestamps": "boolean",
                    "includeCosts": "boolean",
                    "groupByConversation": "boolean",
                },
            ),
            "export.export_conversation": Passage(
                procedure=Procedure(
                    query="export.exportConversation",
                    input={
                        "conversationId": "$request.path.conversationId",
                        "format": "$request.query.format",
                        "includeMetadata": "$request.query.includeMetadata",
                        "includeTimestamps": "$request.query.includeTimestamps",
                        "includeCosts": "$request.query.includeCosts",
                    },
                    output={
                        "format": "$response.body#/format",
                        "metadata": "$response.body#/metadata",
                        "content": "$response.body#/data/content",
                        "files": "$response.body#/data/files",
                        "pages": "$response.body#/data/data",
                        "data": "$response.body#/data",
                    },
                ),
                path="/api/export/conversations/{conversationId}",
                status=200,
                types={
                    "includeMetadata": "boolean",
                    "includeTimestamps": "boolean",
                    "includeCosts": "boolean",
                },
            ),
            "search.search_documents": Passage(
                procedure=Procedure(mutation="search.searchDocuments", input="$request.body"),
                path="/api/search/documents",
                status=200,
                types={},
            ),
            "search.get_embedding_stats": Passage(
                procedure=Procedure(
                    query="search.getEmbeddingStats", input={"projectId": "$request.path.projectId"}
                ),
                path="/api/search/projects/{projectId}/stats",
                status=200,
                types={},
            ),
            "search.reindex_document": Passage(
                procedure=Procedure(
                    mutation="search.reindexDocument",
                    input={"documentId": "$request.path.documentId"},
                ),
                path="/api/search/documents/{documentId}/reindex",
                status=200,
                types={},
            ),
            "search.health_check": Passage(
                procedure=Procedure(query="search.healthCheck"),
                path="/api/search/health",
                status=200,
                types={},
            ),
            "usage.get_session_stats": Passage(
                procedure=Procedure(query="usage.getSessionStats"),
                path="/api/usage/session",
                status=200,
                types={},
            ),
            "usage.get_model_usage": Passage(
                procedure=Procedure(query="usage.getModelUsage"),
                path="/api/usage/models",
                status=200,
                types={},
            ),
            "monitoring.get_models": Passage(
                procedure=Procedure(query="monitoring.getModelMonitoring"),
                path="/api/monitoring/models",
                status=200,
                types={},
            ),
            "monitoring.get_usage": Passage(
                procedure=Procedure(query="monitoring.getUsageStats"),
                path="/api/monitoring/usage",
                status=200,
                types={},
            ),
            "monitoring.get_health": Passage(
                procedure=Procedure(query="monitoring.getHealthStatus"),
                path="/api/monitoring/health",
                status=200,
                types={},
            ),
            "monitoring.get_capabilities": Passage(
                procedure=Procedure(query="monitoring.getCapabilities"),
                path="/api/monitoring/capabilities",
                status=200,
                types={},
            ),
            "monitoring.check_model_health": Passage(
                procedure=Procedure(
                    mutation="monitoring.checkModelHealth",
                    input="$request.body",
                    output="$response.body#/health",
                ),
                path="/api/monitoring/models/check",
                status=200,
                types={},
            ),
            "models.refresh": Passage(
                procedure=Procedure(mutation="modelAdmin.refreshModels"),
                path="/api/models/refresh",
                status=200,
                types={},
            ),
            "models.get_cache_status": Passage(
                procedure=Procedure(query="modelAdmin.getCacheStatus"),
                path="/api/models/cache",
                status=200,
                types={},
            ),
            "models.list": Passage(
                procedure=Procedure(
                    query="modelAdmin.listModels",
                    input={"provider": "$request.query.provider", "limit": "$request.query.limit"},
                    output="$response.body#/models",
                ),
                path="/api/models",
                status=200,
                types={"limit": "integer"},
            ),
            "models.test_selection": Passage(
                procedure=Procedure(query="modelAdmin.testSelection", input="$request.body"),
                path="/api/models/test-selection",
                status=200,
                types={},
            ),
            "models.get_fallback_models": Passage(
                procedure=Procedure(
                    query="modelAdmin.getFallbackModels", output="$response.body#/models"
                ),
                path="/api/models/fallback",
                status=200,
                types={},
            ),
            "auth.get_status": Passage(
                procedure=Procedure(query="auth.public"),
                path="/api/auth/status",
                status=200,
                types={},
            ),
            "auth.verify": Passage(
                procedure=Procedure(query="auth.protected"),
                path="/api/auth/verify",
                status=200,
                types={},
            ),
            "auth.whoami": Passage(
                procedure=Procedure(query="auth.whoami"),
                path="/api/auth/whoami",
                status=200,
                types={},
            ),
            "health": Passage(
                procedure=Procedure(get="/health"), path="/health", status=200, types={}
            ),
        },
    ),
    "worker": Way(
        how=XWay(protocol="json", key="none"),
        passages={
            "images.extract_text_from_image": Passage(
                procedure=Procedure(
                    post="/api/images/extract-text",
                    input={
                        "image_data": "$request.body#/imageData",
                        "content_type": "$request.body#/contentType",
                    },
                    output={
                        "text": "$response.body#/text",
                        "confidence": "$response.body#/confidence",
                        "metadata": {
                            "processingTime": "$response.body#/metadata/processing_time",
                            "provider": "$response.body#/metadata/provider",
                            "model": "$response.body#/metadata/model",
                            "tokensUsed": "$response.body#/metadata/tokens_used",
                            "cost": "$response.body#/metadata/cost",
                        },
                    },
                ),
                path="/api/images/extract-text",
                status=200,
                types={},
            ),
            "images.process_pdf": Passage(
                procedure=Procedure(
                    post="/api/pdf/process",
                    input={
                        "pdf_data": "$request.body#/pdfData",
                        "force_ocr": "$request.body#/options/forceOCR",
                        "min_text_threshold": "$request.body#/options/minTextThreshold",
                    },
                    output={
                        "text": "$response.body#/text",
                        "metadata": {
                            "pages": "$response.body#/metadata/pages",
                            "method": "$response.body#/metadata/method",
                            "title": "$response.body#/metadata/title",
                            "author": "$response.body#/metadata/author",
                            "hasTextContent": "$response.body#/metadata/has_text_content",
                            "processingTime": "$response.body#/metadata/processing_time",
                        },
                    },
                ),
                path="/api/images/process-pdf",
                status=200,
                types={},
            ),
            "images.check_pdf_needs_ocr": Passage(
                procedure=Procedure(
                    post="/api/pdf/check-needs-ocr",
                    input={
                        "pdf_data": "$request.body#/pdfData",
                        "min_text_threshold": "$request.body#/minTextThreshold",
                    },
                    output={
                        "needsOCR": "$response.body#/needs_ocr",
                        "hasTextContent": "$response.body#/has_text_content",
                        "pages": "$response.body#/pages",
                        "textLength": "$response.body#/text_length",
                        "estimatedOCRCost": "$response.body#/estimated_ocr_cost",
                    },
                ),
                path="/api/images/check-pdf-needs-ocr",
                status=200,
                types={},
            ),
        },
    ),
}
"""By their names."""
