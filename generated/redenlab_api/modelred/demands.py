"""What the schemas of the spec demand of the arguments of its operations."""

from typing import Final

from redenlab.core.spec.demands import Demands

DEMANDS: Final = Demands(
    operations={
        "models.list": {
            "page": {"type": "integer", "minimum": 1},
            "pageSize": {"type": "integer", "minimum": 1, "maximum": 100},
            "search": {"type": "string"},
            "provider": {"$ref": "#/components/schemas/Provider"},
            "status": {"type": "string", "enum": ["active", "inactive", "both"]},
            "sortBy": {"$ref": "#/components/schemas/ModelOrder"},
            "sortDir": {"type": "string", "enum": ["asc", "desc"]},
        },
        "models.create": {
            "modelId": {"type": "string", "minLength": 1},
            "provider": {"$ref": "#/components/schemas/Provider"},
            "displayName": {"type": "string", "minLength": 1},
            "providerConfig": {"type": "object"},
            "description": {"type": "string"},
        },
        "models.retrieve": {"model_id": {"type": "string"}},
        "models.delete": {"model_id": {"type": "string"}},
        "assessments.list": {"limit": {"type": "integer", "minimum": 1}},
        "assessments.create": {
            "model": {"type": "string", "minLength": 1},
            "testTypes": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "priority": {"$ref": "#/components/schemas/Priority"},
        },
        "assessments.retrieve": {"assessment_id": {"type": "string"}},
        "probes.list": {
            "category": {"type": "string"},
            "tier": {"$ref": "#/components/schemas/Tier"},
            "severity": {"$ref": "#/components/schemas/Severity"},
            "pageSize": {"type": "integer", "minimum": 1},
        },
        "assessments_v2.list": {
            "page": {"type": "integer", "minimum": 1},
            "pageSize": {"type": "integer", "minimum": 1},
            "search": {"type": "string"},
            "status": {
                "type": "string",
                "enum": ["all", "QUEUED", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"],
            },
            "provider": {"type": "string"},
            "sortBy": {"type": "string"},
            "sortDir": {"type": "string", "enum": ["asc", "desc"]},
        },
        "assessments_v2.create": {
            "model": {"type": "string"},
            "modelId": {"type": "string"},
            "probePackIds": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "priority": {"$ref": "#/components/schemas/Priority"},
        },
        "assessments_v2.retrieve": {"assessment_id": {"type": "string"}},
        "assessments_v2.cancel": {
            "assessment_id": {"type": "string"},
            "action": {"type": "string", "enum": ["cancel"]},
        },
        "probe_packs.list": {
            "page": {"type": "integer", "minimum": 1},
            "pageSize": {"type": "integer", "minimum": 1},
            "category": {"type": "string"},
            "search": {"type": "string"},
            "isPublic": {"type": "string", "enum": ["true", "false"]},
            "sortBy": {"type": "string"},
            "sortDir": {"type": "string", "enum": ["asc", "desc"]},
        },
        "probe_packs.list_imported": {
            "page": {"type": "integer", "minimum": 1},
            "pageSize": {"type": "integer", "minimum": 1},
            "category": {"type": "string"},
            "search": {"type": "string"},
            "isPublic": {"type": "string", "enum": ["true", "false"]},
            "sortBy": {
                "type": "string",
                "enum": ["importedAt", "name", "category", "probeCount", "promptCount"],
            },
            "sortDir": {"type": "string", "enum": ["asc", "desc"]},
        },
        "probe_packs.retrieve": {"pack_id": {"type": "string"}},
        "probe_packs.retrieve_data": {"pack_id": {"type": "string"}},
    },
    definitions={
        "#/components/schemas/Provider": {
            "type": "string",
            "enum": [
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
        },
        "#/components/schemas/ModelOrder": {
            "type": "string",
            "enum": [
                "displayName",
                "provider",
                "modelId",
                "modelName",
                "isActive",
                "testCount",
                "lastTested",
                "createdAt",
            ],
        },
        "#/components/schemas/Priority": {
            "type": "string",
            "pattern": "^(low|normal|high|critical)$",
        },
        "#/components/schemas/Tier": {
            "type": "string",
            "enum": ["free", "starter", "pro", "enterprise"],
        },
        "#/components/schemas/Severity": {
            "type": "string",
            "enum": ["critical", "high", "medium", "low"],
        },
    },
    defaults={"assessments_v2.cancel": {"action": "cancel"}},
)
"""Of each operation."""
