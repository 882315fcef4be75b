"""The benchmark: workloads, whom they are measured against, and the figures they came to."""
