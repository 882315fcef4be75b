"""Where facts leave: recorded in the change's transaction, relayed after its commit, announced to live readers."""
