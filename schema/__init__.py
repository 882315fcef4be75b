"""What may be asked: types, inputs, payloads and roots. No SQL, no rules."""
