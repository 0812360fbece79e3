"""What may be asked of the system (应用): use cases, permissions, flows, sweep and projections, without an engine."""
