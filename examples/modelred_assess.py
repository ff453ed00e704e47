"""An assessment of a language model, from the list of probes to the report."""

from redenlab.modelred import AssessmentPriority, ModelRedClient

with ModelRedClient() as client:
    probes = list(client.probes.list(tier="free"))
    print(len(probes), "probes are free")
    started = client.assessments.create(
        model="support-bot", test_types=["jailbreak"], priority=AssessmentPriority.NORMAL
    )
    final = client.assessments.wait_for_completion(
        started.id, poll_interval=0.2, timeout_seconds=1800
    )
    print(final.status.value, final.detailed_report.overall_score)
