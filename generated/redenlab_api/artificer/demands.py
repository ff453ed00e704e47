"""What the schemas of the spec demand of the arguments of its operations."""

from typing import Final

from redenlab.core.spec.demands import Demands

DEMANDS: Final = Demands(
    operations={
        "conversations.create": {
            "title": {"type": "string"},
            "model": {"type": "string"},
            "systemPrompt": {"type": "string"},
            "temperature": {"type": "number", "minimum": 0, "maximum": 2},
            "maxTokens": {"type": "integer", "minimum": 1, "maximum": 4000},
            "projectId": {"type": "string"},
        },
        "conversations.get": {"conversationId": {"type": "string"}},
        "conversations.update": {
            "conversationId": {"type": "string"},
            "title": {"type": "string"},
            "model": {"type": "string"},
            "systemPrompt": {"type": "string"},
            "temperature": {"type": "number", "minimum": 0, "maximum": 2},
            "maxTokens": {"type": "integer", "minimum": 1, "maximum": 4000},
        },
        "conversations.delete": {"conversationId": {"type": "string"}},
        "conversations.update_title": {
            "conversationId": {"type": "string"},
            "firstMessage": {"type": "string", "minLength": 1},
        },
        "conversations.send_message": {
            "conversationId": {"type": "string"},
            "content": {"type": "string", "minLength": 1, "maxLength": 10000},
        },
        "messages.get_by_conversation": {"conversationId": {"type": "string"}},
        "messages.create": {
            "conversationId": {"type": "string"},
            "role": {"$ref": "#/components/schemas/Role"},
            "content": {"type": "string", "minLength": 1, "maxLength": 10000},
        },
        "messages.update": {
            "messageId": {"type": "string"},
            "content": {"type": "string", "minLength": 1, "maxLength": 10000},
        },
        "messages.delete": {"messageId": {"type": "string"}},
        "chat.stream": {
            "conversationId": {"type": "string", "minLength": 1},
            "message": {"type": "string", "minLength": 1, "maxLength": 10000},
        },
        "chat.get_messages": {"conversationId": {"type": "string"}},
        "batch.create": {
            "name": {"type": "string", "minLength": 1, "maxLength": 200},
            "items": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/BatchItem"},
                "minItems": 1,
                "maxItems": 10000,
            },
            "phases": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/PhaseConfig"},
                "minItems": 1,
                "maxItems": 10,
            },
            "projectId": {"type": "string"},
            "options": {"$ref": "#/components/schemas/BatchOptions"},
        },
        "batch.list": {
            "projectId": {"type": "string"},
            "status": {"$ref": "#/components/schemas/BatchJobStatus"},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100},
            "offset": {"type": "integer", "minimum": 0},
        },
        "batch.get": {"jobId": {"type": "string"}},
        "batch.delete": {"jobId": {"type": "string"}},
        "batch.start": {"jobId": {"type": "string"}},
        "batch.pause": {"jobId": {"type": "string"}},
        "batch.resume": {"jobId": {"type": "string"}},
        "batch.cancel": {"jobId": {"type": "string"}},
        "batch.get_results": {"jobId": {"type": "string"}},
        "batch.get_analytics": {"jobId": {"type": "string"}},
        "batch.cleanup_checkpoints": {
            "olderThanDays": {"type": "integer", "minimum": 1, "maximum": 365},
            "status": {"$ref": "#/components/schemas/CleanupStatus"},
        },
        "images.extract_text_from_image": {
            "imageData": {"type": "string", "minLength": 1, "maxLength": 27962028},
            "contentType": {"type": "string"},
        },
        "images.analyze_image": {
            "imageData": {"type": "string", "minLength": 1, "maxLength": 27962028},
            "contentType": {"type": "string"},
            "prompt": {"type": "string"},
        },
        "images.process_pdf": {
            "pdfData": {"type": "string", "minLength": 1, "maxLength": 69905068},
            "options": {"$ref": "#/components/schemas/PdfOptions"},
        },
        "images.check_pdf_needs_ocr": {
            "pdfData": {"type": "string", "minLength": 1, "maxLength": 69905068},
            "minTextThreshold": {"type": "number", "minimum": 0},
        },
        "images.check_small_pdf_needs_ocr": {
            "pdfData": {"type": "string", "minLength": 1},
            "minTextThreshold": {"type": "number", "minimum": 0},
        },
        "orchestration.process_text": {
            "text": {"type": "string", "minLength": 1, "maxLength": 100000},
            "phases": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/TextPhase"},
                "minItems": 1,
                "maxItems": 10,
            },
        },
        "orchestration.execute": {
            "query": {"type": "string", "minLength": 1, "maxLength": 100000},
            "taskType": {"type": "string"},
            "model": {"type": "string"},
            "useRAG": {"type": "boolean"},
            "validationConfig": {"$ref": "#/components/schemas/ValidationConfig"},
        },
        "orchestration.chat": {
            "conversationId": {"type": "string", "minLength": 1},
            "content": {"type": "string", "minLength": 1, "maxLength": 10000},
        },
        "orchestration.stream": {
            "conversationId": {"type": "string", "minLength": 1},
            "content": {"type": "string", "minLength": 1, "maxLength": 10000},
        },
        "orchestration.get_analytics": {
            "limit": {"type": "integer", "minimum": 1, "maximum": 100},
            "conversationId": {"type": "string"},
        },
        "projects.create": {
            "name": {"type": "string", "minLength": 1, "maxLength": 100},
            "description": {"type": "string", "maxLength": 500},
            "settings": {"type": "object"},
        },
        "projects.get": {"projectId": {"type": "string"}},
        "projects.update": {
            "projectId": {"type": "string"},
            "name": {"type": "string", "minLength": 1, "maxLength": 100},
            "description": {"type": "string", "maxLength": 500},
            "settings": {"type": "object"},
        },
        "projects.delete": {"projectId": {"type": "string"}},
        "projects.get_conversations": {"projectId": {"type": "string"}},
        "projects.associate_conversation": {
            "projectId": {"type": "string"},
            "conversationId": {"type": "string"},
        },
        "projects.get_documents": {"projectId": {"type": "string"}},
        "projects.upload_document": {
            "projectId": {"type": "string"},
            "filename": {"type": "string", "minLength": 1},
            "content": {"type": "string", "minLength": 1},
            "contentType": {"type": "string"},
        },
        "projects.search_documents": {
            "projectId": {"type": "string"},
            "query": {"type": "string", "minLength": 1},
            "limit": {"type": "integer", "minimum": 1, "maximum": 20},
        },
        "projects.get_document_stats": {"projectId": {"type": "string"}},
        "projects.get_document": {"documentId": {"type": "string"}},
        "projects.update_document": {
            "documentId": {"type": "string"},
            "content": {"type": "string"},
            "reason": {"type": "string"},
        },
        "projects.delete_document": {"documentId": {"type": "string"}},
        "projects.propose_document_update": {
            "documentId": {"type": "string"},
            "conversationContext": {"type": "string"},
            "userRequest": {"type": "string"},
        },
        "export.export_all": {
            "format": {"$ref": "#/components/schemas/ExportFormatId"},
            "includeMetadata": {"type": "boolean"},
            "includeTimestamps": {"type": "boolean"},
            "includeCosts": {"type": "boolean"},
            "groupByConversation": {"type": "boolean"},
        },
        "export.export_conversation": {
            "conversationId": {"type": "string"},
            "format": {"$ref": "#/components/schemas/ExportFormatId"},
            "includeMetadata": {"type": "boolean"},
            "includeTimestamps": {"type": "boolean"},
            "includeCosts": {"type": "boolean"},
        },
        "search.search_documents": {
            "projectId": {"type": "string", "minLength": 1},
            "query": {"type": "string", "minLength": 1, "maxLength": 1000},
            "limit": {"type": "integer", "minimum": 1, "maximum": 50},
            "minScore": {"type": "number", "minimum": 0, "maximum": 1},
            "documentIds": {"type": "array", "items": {"type": "string"}},
        },
        "search.get_embedding_stats": {"projectId": {"type": "string"}},
        "search.reindex_document": {"documentId": {"type": "string"}},
        "monitoring.check_model_health": {"modelId": {"type": "string", "minLength": 1}},
        "models.list": {
            "provider": {"type": "string"},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100},
        },
        "models.test_selection": {
            "requirements": {"$ref": "#/components/schemas/SelectionRequirements"},
            "showAll": {"type": "boolean"},
        },
        "auth.create_key": {
            "name": {"type": "string", "minLength": 1},
            "expiresInDays": {"type": "integer", "minimum": 1},
            "ipWhitelist": {"type": "array", "items": {"type": "string"}},
            "scopes": {"type": "array", "items": {"type": "string"}},
        },
        "auth.delete_key": {"keyId": {"type": "string"}},
    },
    definitions={
        "#/components/schemas/Role": {"type": "string", "enum": ["user", "assistant", "system"]},
        "#/components/schemas/BatchItem": {
            "type": "object",
            "required": ["input"],
            "properties": {
                "input": {"type": "string", "minLength": 1, "maxLength": 100000},
                "metadata": {"type": "object"},
            },
        },
        "#/components/schemas/PhaseConfig": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "taskType": {"type": "string"},
                "model": {"type": "string"},
                "useRAG": {"type": "boolean"},
                "validation": {"$ref": "#/components/schemas/ValidationConfig"},
            },
        },
        "#/components/schemas/ValidationConfig": {
            "type": "object",
            "required": ["enabled"],
            "properties": {
                "enabled": {"type": "boolean"},
                "minScore": {"type": "number", "minimum": 0, "maximum": 10},
                "maxRetries": {"type": "integer", "minimum": 0},
            },
        },
        "#/components/schemas/BatchOptions": {
            "type": "object",
            "properties": {
                "concurrency": {"type": "integer", "minimum": 1, "maximum": 50},
                "checkpointFrequency": {"type": "integer", "minimum": 1, "maximum": 100},
                "autoStart": {"type": "boolean"},
            },
        },
        "#/components/schemas/BatchJobStatus": {
            "type": "string",
            "enum": ["PENDING", "RUNNING", "PAUSED", "COMPLETED", "FAILED", "CANCELLED"],
        },
        "#/components/schemas/CleanupStatus": {
            "type": "string",
            "enum": ["COMPLETED", "FAILED", "CANCELLED"],
        },
        "#/components/schemas/PdfOptions": {
            "type": "object",
            "properties": {
                "forceOCR": {"type": "boolean"},
                "minTextThreshold": {"type": "number", "minimum": 0},
            },
        },
        "#/components/schemas/TextPhase": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "model": {"type": "string"},
                "systemPrompt": {"type": "string"},
                "temperature": {"type": "number", "minimum": 0, "maximum": 2},
            },
        },
        "#/components/schemas/ExportFormatId": {
            "type": "string",
            "enum": ["markdown", "notion", "obsidian", "google-docs", "json", "html"],
        },
        "#/components/schemas/SelectionRequirements": {
            "type": "object",
            "properties": {
                "minInputTokens": {"type": "integer", "minimum": 0},
                "minOutputTokens": {"type": "integer", "minimum": 0},
                "maxInputCostPer1M": {"type": "number", "minimum": 0},
                "maxOutputCostPer1M": {"type": "number", "minimum": 0},
                "preferredProviders": {"type": "array", "items": {"type": "string"}},
                "excludedProviders": {"type": "array", "items": {"type": "string"}},
                "requiresJson": {"type": "boolean"},
                "preferQuality": {"type": "boolean"},
                "preferSpeed": {"type": "boolean"},
                "preferLatest": {"type": "boolean"},
                "modality": {"type": "string"},
            },
        },
    },
    defaults={
        "images.extract_text_from_image": {"contentType": "image/png"},
        "images.analyze_image": {"contentType": "image/png"},
    },
)
"""Of each operation."""
