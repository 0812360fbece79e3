"""The law and the facts (领域): events, cases, custody and clocks, in plain Python without input or output."""
