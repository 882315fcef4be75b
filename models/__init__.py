"""What is kept: tables, and the invariants a row can prove about itself."""
