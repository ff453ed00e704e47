"""ModelRed: security assessments of language models.

from redenlab.modelred import ModelRedClient

with ModelRedClient() as client:
    report = client.assess(model="support-bot", test_types=["jailbreak"]).result
    print(report.overall_score)
"""

from redenlab.modelred.client import AsyncModelRedClient, ModelRedClient
from redenlab.modelred.resources.assessments import AssessmentPriority, OnProgress

__all__ = ["AssessmentPriority", "AsyncModelRedClient", "ModelRedClient", "OnProgress"]
