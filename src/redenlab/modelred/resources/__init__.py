"""The resources of `redenlab.modelred.client`, and the types of what they return."""

from redenlab.modelred.resources.assessments import AssessmentPriority, Assessments, AssessmentsV2
from redenlab.modelred.resources.models import Models
from redenlab_api.modelred.models import Assessment, Model, Probe, ProbeIndex, ProbePack, Report

__all__ = [
    "Assessment",
    "AssessmentPriority",
    "Assessments",
    "AssessmentsV2",
    "Model",
    "Models",
    "Probe",
    "ProbeIndex",
    "ProbePack",
    "Report",
]
